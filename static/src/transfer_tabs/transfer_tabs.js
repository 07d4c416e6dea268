import { Component, onWillUpdateProps, useState } from "@odoo/owl";
import { Domain } from "@web/core/domain";
import { KeepLast } from "@web/core/utils/concurrency";
import { useService } from "@web/core/utils/hooks";

// As many as the server counts at most.
const MOST_COUNTED = 1000;

/**
 * Filters of the search view that are always in sight, one press away.
 *
 * The model of the list counts what each of them shows (`store.transfer.tabs`). Where
 * there is more than it counts, a plus is shown.
 *
 * The action's context names them: `{"store_transfer_tabs": ["to_approve", …]}`; all of
 * them stand in one group of the search view. They are the very filters of the search
 * bar: what is pressed in one place shows in the other.
 */
export class TransferTabs extends Component {
    static template = "store_transfer.TransferTabs";
    static props = { list: Object };

    setup() {
        this.orm = useService("orm");
        this.keepLast = new KeepLast();
        this.state = useState({ counts: [] });
        this.loadCounts();
        onWillUpdateProps((nextProps) => {
            if (nextProps.list !== this.props.list) {
                this.loadCounts();
            }
        });
    }

    getTabs() {
        const { searchModel } = this.env;
        const names = searchModel.globalContext.store_transfer_tabs || [];
        const filters = searchModel.getSearchItems((item) => names.includes(item.name));
        const tabs = names.map((name) =>
            filters.find((filter) => filter.name === name)
        );
        // A button above one list hands its tabs on to the next one, which has others.
        return tabs.every(Boolean) ? tabs : [];
    }

    /** Count in the background: the list does not wait for it. */
    async loadCounts() {
        const tabs = this.getTabs();
        if (!tabs.length) {
            return;
        }
        const { domainEvalContext } = this.env.searchModel;
        this.state.counts = await this.keepLast.add(
            this.orm.silent.call(this.props.list.resModel, "count_tabs", [
                this.getDomainOfOtherFilters(tabs[0].groupId),
                tabs.map((tab) => new Domain(tab.domain).toList(domainEvalContext)),
            ])
        );
    }

    formatCount(count) {
        return count < MOST_COUNTED ? `${count}` : `${MOST_COUNTED - 1}+`;
    }

    getDomainOfOtherFilters(groupId) {
        const { facets, globalDomain, domainEvalContext } = this.env.searchModel;
        const domains = facets
            .filter((facet) => facet.groupId !== groupId && facet.domain)
            .map((facet) => facet.domain);
        return Domain.and([globalDomain, ...domains]).toList(domainEvalContext);
    }

    showAll() {
        this.env.searchModel.deactivateGroup(this.getTabs()[0].groupId);
    }

    showOnly(tab) {
        const { searchModel } = this.env;
        const groupItems = searchModel.getSearchItems(
            (item) => item.groupId === tab.groupId
        );
        const ids = groupItems.map((item) => item.id);
        searchModel.query = searchModel.query.filter(
            (element) => !ids.includes(element.searchItemId)
        );
        searchModel.toggleSearchItem(tab.id);
    }
}

import { Component } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { standardFieldProps } from "@web/views/fields/standard_field_props";
import { ViewButton } from "@web/views/view_button/view_button";

/** What a cell may have meant: one click, and it is read so. */
export class ImportSuggestion extends Component {
    static template = "store_transfer.ImportSuggestion";
    static components = { ViewButton };
    static props = { ...standardFieldProps };

    get suggestion() {
        return this.props.record.data[this.props.name];
    }

    get label() {
        return _t("Use %s", this.suggestion);
    }
}

registry.category("fields").add("store_transfer_import_suggestion", {
    component: ImportSuggestion,
    supportedTypes: ["char"],
});

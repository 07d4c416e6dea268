import { onMounted, useExternalListener, useState } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { useService } from "@web/core/utils/hooks";
import { SelectionPopup } from "@point_of_sale/app/components/popups/selection_popup/selection_popup";
import { usePos } from "@point_of_sale/app/hooks/pos_hook";
import { makeAwaitable } from "@point_of_sale/app/utils/make_awaitable_dialog";
import { getProblem } from "@store_transfer/pos_start/problem/get_problem";
import { useTillPage } from "../till_page";

/**
 * What is scanned into an order: a code is in its draft until the server has said of
 * which product it is. So none is lost without a connection, or by who leaves meanwhile:
 * the server is asked again.
 *
 * @param {OrderDraft} draft a reactive one
 * @param {(product: Object) => void} addProduct `{id, name, sku, quantity}`
 * @returns {{problem: object|null, find: Function, take: Function, lookUp: Function}}
 *  `take` a scanned code; `find` the product of a typed one; `lookUp` what was not
 *  answered; `problem` is why
 */
export function useScannedCodes(draft, addProduct) {
    const pos = usePos();
    const till = useService("store_transfer_till");
    const notification = useService("notification");
    const page = useTillPage();
    const state = useState({ problem: null });
    // The ids of those that the server is asked for at the moment
    const asked = new Set();

    function choose(products) {
        const list = products.map((product) => ({
            id: product.id,
            label: product.name,
            description: product.sku,
            item: product,
        }));
        const title = _t("Which product?");
        return makeAwaitable(page.dialog, SelectionPopup, { title, list });
    }

    /** Return the product of a code; undefined if there is none, null if none is chosen. */
    state.find = async (code) => {
        const found = await till.call("find", code);
        if (found.kind === "products") {
            return (await choose(found.products)) || null;
        }
        return found.kind === "product" ? found : undefined;
    };

    function sayUnknown(code) {
        pos.sound.play("error");
        notification.add(_t("%s is no product.", code), { type: "warning" });
    }

    async function ask(scanned) {
        const product = await state.find(scanned.code);
        const isLeft = product === null && !page.isShown();
        if (isLeft || !draft.takeCode(scanned)) {
            return;
        }
        if (product) {
            addProduct(product);
        } else if (product === undefined) {
            sayUnknown(scanned.code);
        }
    }

    async function askOnce(scanned) {
        asked.add(scanned.id);
        try {
            await ask(scanned);
            state.problem = null;
        } catch (error) {
            state.problem = getProblem(error);
        } finally {
            asked.delete(scanned.id);
        }
    }

    state.lookUp = async () => {
        const open = draft.values.codes.filter(({ id }) => !asked.has(id));
        await Promise.all(open.map(askOnce));
    };
    state.take = (code) => {
        draft.addCode(code);
        return state.lookUp();
    };
    onMounted(() => state.lookUp());
    useExternalListener(window, "pos-network-online", () => state.lookUp());
    return state;
}

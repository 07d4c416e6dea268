import { _t } from "@web/core/l10n/translation";
import { useService } from "@web/core/utils/hooks";
import { SelectionPopup } from "@point_of_sale/app/components/popups/selection_popup/selection_popup";
import { usePos } from "@point_of_sale/app/hooks/pos_hook";
import { makeAwaitable } from "@point_of_sale/app/utils/make_awaitable_dialog";
import { getProblem } from "@store_transfer/pos_start/problem/get_problem";
import { reportPresence } from "../scan/presence";
import { useTillKeyScanner } from "../scan/till_scanner";
import { useTillPage } from "../till_page";

/**
 * Open what is scanned while the component is shown: the transfer of a slip or a carton,
 * or where a product is.
 *
 * @returns {(code: string, options: {isTyped: boolean}) => Promise} the same for what is
 *  typed; nothing is said of a word that is no code
 */
export function useTillCodes() {
    const pos = usePos();
    const till = useService("store_transfer_till");
    const page = useTillPage();
    const notification = useService("notification");

    const openTransfer = (transferId) =>
        page.navigate("TransferScreen", { transferId });
    const openProduct = (productId) =>
        page.navigate("TransferLookupScreen", { productId });

    async function choose(title, items, open) {
        const list = items.map(({ id, name, partner }) => ({
            id,
            label: name,
            description: partner,
            item: id,
        }));
        const id = await makeAwaitable(page.dialog, SelectionPopup, { title, list });
        if (id) {
            open(id);
        }
    }

    const openers = {
        transfer: ({ id }) => openTransfer(id),
        carton: ({ transfer_id: id }) => openTransfer(id),
        product: ({ id }) => openProduct(id),
        transfers: ({ transfers }) =>
            choose(_t("Which transfer?"), transfers, openTransfer),
        products: ({ products }) => choose(_t("Which product?"), products, openProduct),
    };

    // Who scans the next one before the server has answered wants to see that.
    let last = null;
    async function takeCode(code, { isTyped = false } = {}) {
        reportPresence();
        const mine = (last = Symbol(code));
        try {
            const found = await till.call("find", code);
            if (mine !== last) {
                return;
            }
            if (found.kind) {
                await openers[found.kind](found);
            } else if (!isTyped) {
                pos.sound.play("error");
                notification.add(
                    _t(
                        "%s is no transfer of this store, no carton and no product.",
                        code
                    ),
                    { type: "warning" }
                );
            }
        } catch (error) {
            notification.add(getProblem(error).text, { type: "danger" });
        }
    }

    useTillKeyScanner((code) => takeCode(code));
    return takeCode;
}

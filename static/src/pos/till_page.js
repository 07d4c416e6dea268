import { onWillUnmount, status, useComponent } from "@odoo/owl";
import { AlertDialog } from "@web/core/confirmation_dialog/confirmation_dialog";
import { useService } from "@web/core/utils/hooks";
import { usePos } from "@point_of_sale/app/hooks/pos_hook";

/**
 * What a screen of ours does with the till, as long as it is shown. Answers may come when
 * somebody sells again, or when the till is locked: then none leads away from there, and
 * no dialog is in the way. What a dialog asked goes with the screen that asked it.
 *
 * @returns {{isShown: () => boolean, dialog: {add: Function}, navigate: Function,
 *     tell: Function}} `dialog` is for `makeAwaitable` and `ask`: what they wait
 *     for is nothing once the screen is left
 */
export function useTillPage() {
    const component = useComponent();
    const pos = usePos();
    const dialog = useService("dialog");
    const notification = useService("notification");
    const closers = [];
    onWillUnmount(() => closers.forEach((close) => close()));
    const isShown = () => status(component) !== "destroyed";
    return {
        isShown,
        dialog: {
            add(Dialog, props, options) {
                if (isShown()) {
                    closers.push(dialog.add(Dialog, props, options));
                } else {
                    options?.onClose?.();
                }
            },
        },
        navigate(name, params) {
            if (isShown()) {
                pos.navigate(name, params);
            }
        },
        /** Who has pressed a button is told what went wrong, wherever they are now. */
        tell(title, body) {
            if (isShown()) {
                this.dialog.add(AlertDialog, { title, body });
            } else {
                notification.add(body, { title, type: "danger" });
            }
        },
    };
}

import { _t } from "@web/core/l10n/translation";
import { ConfirmationDialog } from "@web/core/confirmation_dialog/confirmation_dialog";
import { registry } from "@web/core/registry";
import { formView } from "@web/views/form/form_view";

/** Asks once more before an import, where the server says what to ask. */
export class ImportFormController extends formView.Controller {
    async beforeExecuteActionButton(clickParams) {
        // What was chosen is saved first: the question is about that.
        const goesOn = await super.beforeExecuteActionButton(...arguments);
        const { question } = this.model.root.data;
        if (goesOn === false || clickParams.name !== "action_import" || !question) {
            return goesOn;
        }
        return this.ask(question);
    }

    ask(question) {
        const label =
            this.model.root.data.after_import === "submit"
                ? _t("Import and Submit")
                : _t("Import");
        return new Promise((resolve) => {
            const answers = {
                confirm: () => resolve(true),
                cancel: () => resolve(false),
            };
            this.dialogService.add(
                ConfirmationDialog,
                { title: label, body: question, confirmLabel: label, ...answers },
                { onClose: answers.cancel }
            );
        });
    }
}

registry.category("views").add("store_transfer_import_form", {
    ...formView,
    Controller: ImportFormController,
});

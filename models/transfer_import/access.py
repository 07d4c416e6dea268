from odoo import api, fields, models
from odoo.exceptions import AccessError

from ...tools.steps import Step

STEPS = {
    # What the user says before anything is imported, and not any more afterwards.
    "choose": Step(None, why_not="_get_reason_not_to_choose"),
    "check": Step(("draft", "checked")),
    "import": Step(
        ("checked",),
        why_not="_get_reason_not_to_import",
        repeats=("importing", "done"),
    ),
    "go_on": Step(("stopped",)),
    "cancel": Step(("checking", "importing", "stopped")),
}


class StoreTransferImport(models.Model):
    """Who may do what with an import, and when."""

    _inherit = "store.transfer.import"
    _decisive_fields = None

    can_import = fields.Boolean(compute="_compute_can")

    @api.depends("state", "error_count", "skip_errors", "transfer_count")
    @api.depends_context("uid", "allowed_company_ids")
    def _compute_can(self):
        return super()._compute_can()

    @api.model
    def _get_steps(self):
        return STEPS

    def _get_role_refusal(self, step):
        if not self.env.user.has_group(self._get_steps()[step].group):
            return AccessError(self.env._("Only store staff can import transfers."))
        return self._get_company_refusal()

    def _get_company_refusal(self):
        """Return why the user can't import for this company, or None."""
        if self.company_id <= self.env.companies:
            return None
        company = self.company_id.sudo()
        return AccessError(self.env._("You don't work in %s.", company.name))

    def _get_busy_sentence(self):
        return self.env._(
            "This file is being worked on at this moment. Wait a few seconds "
            "and reload the page."
        )

    def _get_state_sentence(self):
        return self.env._(
            "%(name)s: this is not possible now, for its state is: %(state)s. "
            "Reload the page.",
            name=self.name,
            state=self._get_state_label(),
        )

    def _get_reason_not_to_choose(self):
        if self.is_editable:
            return None
        return self.env._(
            "%s is being imported or was imported. Start a new import.", self.name
        )

    def _get_reason_not_to_import(self):
        if self.error_count and not self.skip_errors:
            return self.env._(
                "Errors in the file: %s. Mend them, or leave out the transfers that "
                "have errors.",
                self.error_count,
            )
        if not self.transfer_count and self.earlier_count:
            return self.env._(
                "All of this file was imported before. Tick Import Again if it is to "
                "be imported a second time."
            )
        if not self.transfer_count:
            return self.env._("Every transfer of this file has errors.")
        return None

from odoo import api, fields, models
from odoo.fields import Command

from ...tools.download import get_download_action


class StoreTransfer(models.Model):
    """What a transfer opens."""

    _inherit = "store.transfer"

    def action_download_details(self):
        """Give the lines of these transfers as a spreadsheet."""
        self.check_access("read")
        self._check_shows_lines()
        details = self.env["store.transfer.details"].create(
            {"transfer_ids": [Command.set(self.ids)]}
        )
        number = self.name if len(self) == 1 else fields.Date.context_today(self)
        name = self.env._("Transfer details %s", number)
        return get_download_action(details, "file", name.replace("/", "-"))

    def _get_form_action(self):
        return {
            "type": "ir.actions.act_window",
            "name": self.name,
            "res_model": self._name,
            "views": [[False, "form"]],
            "res_id": self.id,
        }

    def _get_wizard_action(self, model, name):
        return {
            "type": "ir.actions.act_window",
            "name": name,
            "res_model": model,
            "view_mode": "form",
            "target": "new",
            "context": {
                "default_transfer_id": self.id if len(self) == 1 else False,
                "default_transfer_ids": self.ids,
            },
        }

    @api.model
    def _open_saved(self, action):
        """Return the action that opens a wizard, which is saved with its lines already.

        Of one that is not, the browser has to have all lines, with all their values,
        and sends them back with each number that is typed.
        """
        wizard = self.env[action["res_model"]].with_context(**action["context"])
        return {**action, "res_id": wizard.create({}).id}

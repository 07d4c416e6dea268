from odoo import fields, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Command

from ...tools.download import get_download_action
from ...tools.ids import is_id
from ...tools.roles import GROUP_APPROVER


class StoreTransfer(models.Model):
    """Who takes a trail along as a file: approvers of its stores, and head office."""

    _inherit = "store.transfer"

    def action_download_trail(self):
        """Give the trails of these transfers as a spreadsheet."""
        trail = self._make_trail_to_download()
        return get_download_action(trail, "sheet", self._get_trail_file_name())

    def action_download_epcis(self):
        """Give what happened to the goods as an EPCIS 2.0 document, in JSON-LD."""
        trail = self._make_trail_to_download()
        name = self._get_trail_file_name()
        return get_download_action(trail, "epcis", name, extension="jsonld")

    def _make_trail_to_download(self):
        self._check_may_export_trail()
        return self.env["store.transfer.trail"].create(
            {"transfer_ids": [Command.set(self.ids)]}
        )

    def _get_trail_file_name(self):
        number = self.name if len(self) == 1 else fields.Date.context_today(self)
        return self.env._("Trail %s", number).replace("/", "-")

    def _check_may_export_trail(self):
        """Refuse to let anybody but approvers take along who did what, and how much.

        :raise AccessError: when the user is none, or not of one of the stores
        :raise UserError: when they count blind, and it is not over
        """
        self.check_access("read")
        if not self.env.user.has_group(GROUP_APPROVER):
            raise AccessError(
                self.env._(
                    "Only a store approver or head office can download a trail. Ask "
                    "one of them."
                )
            )
        self._check_shows_lines()


class StoreTransferEvent(models.Model):
    _inherit = "store.transfer.event"

    def action_download_sheet(self):
        """Give the trail that is on the screen as a spreadsheet."""
        return self._get_transfers_looked_at().action_download_trail()

    def action_download_epcis(self):
        """Give the trail that is on the screen as an EPCIS 2.0 document."""
        return self._get_transfers_looked_at().action_download_epcis()

    def _get_transfers_looked_at(self):
        """Return the transfers of these steps; of none, the one on the screen.

        :raise UserError: when that is none either
        """
        self.check_access("read")
        transfer_id = self.env.context.get("store_transfer_trail_of")
        on_screen = self.transfer_id.browse(transfer_id if is_id(transfer_id) else ())
        if transfers := self.transfer_id or on_screen.exists():
            return transfers
        raise UserError(self.env._("Open a transfer, and there its trail."))

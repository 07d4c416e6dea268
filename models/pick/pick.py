from odoo import api, fields, models

from ...tools.quantities import format_quantities, sum_by_unit
from ...tools.shared_one2many import SharedOne2many


class StoreTransferPick(models.Model):
    """What was picked to be shipped, shelf by shelf: who picked it, and when.

    It is saved as it goes, can be left and taken up again, also by somebody else.
    Submitting it ships what was picked; what stays is shipped later, or is closed.
    """

    _name = "store.transfer.pick"
    _description = "Store Transfer Pick List"
    _inherit = ["store.transfer.scanned"]
    _link = "pick_id"
    _scan_step = "pick"

    state = fields.Selection(
        [("open", "Picking"), ("done", "Shipped"), ("cancelled", "Cancelled")],
        required=True,
        readonly=True,
        default="open",
    )
    user_id = fields.Many2one(string="Picked By")
    line_ids = SharedOne2many("store.transfer.pick.line", "pick_id", string="Lines")
    scan_ids = fields.One2many("store.transfer.pick.scan", "pick_id", string="Scans")
    picked_by_unit = fields.Char(string="Picked", compute="_compute_picked_by_unit")

    _one_open_pick = models.UniqueIndex(
        "(transfer_id) WHERE state = 'open'",
        "This transfer is being picked already: go on with that list.",
    )

    @api.depends("line_ids.picked_quantity")
    @api.depends_context("lang")
    def _compute_picked_by_unit(self):
        for pick in self:
            quantities = sum_by_unit(pick.line_ids, "picked_quantity")
            pick.picked_by_unit = format_quantities(self.env, quantities)


class StoreTransfer(models.Model):
    _inherit = "store.transfer"

    # Only the source sees them: they would tell who counts blind what comes.
    pick_ids = SharedOne2many("store.transfer.pick", "transfer_id", string="Pick Lists")

    def action_pick(self):
        """Open the scan screen of the pick list, started where there is none."""
        self.ensure_one()
        pick = self._start_step("ship")._get_open_pick()
        action = self.env["ir.actions.client"]._for_xml_id(
            "store_transfer.action_store_transfer_pick"
        )
        return {**action, "params": {"pick_id": pick.id}}

    def _get_open_pick(self):
        """Return the pick list that is open, or start one, with its lines."""
        self.ensure_one()
        pick = self._find_or_start_picks()
        pick._sync_lines()
        return pick

    def _find_or_start_picks(self):
        """Return the pick list of each that is open, started where there is none."""
        picks = self._find_open_picks()
        return picks | picks.create(
            [{"transfer_id": transfer.id} for transfer in self - picks.transfer_id]
        )

    def _find_open_picks(self):
        return self.env["store.transfer.pick"].search(
            [("transfer_id", "in", self.ids), ("state", "=", "open")]
        )

    def _get_begun_picks(self):
        """Return the pick lists of these transfers on which anything was picked."""
        lines = self.env["store.transfer.pick.line"].search(
            [
                ("pick_id.transfer_id", "in", self.ids),
                ("pick_id.state", "=", "open"),
                ("picked_quantity", ">", 0),
            ]
        )
        return lines.pick_id

    def _sync_legs(self, done=None):
        result = super()._sync_legs(done)
        self._sync_picks()
        return result

    def _sync_picks(self):
        """End the pick lists of what was shipped, or closed, in another way."""
        over = self._find_open_picks().filtered(
            lambda pick: not pick.transfer_id.is_to_ship
        )
        over.state = "cancelled"
        over.line_ids.content_ids.unlink()
        over._drop_empty_cartons()

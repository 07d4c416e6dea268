from odoo import api, fields, models
from odoo.exceptions import AccessError

from ...tools.trail import ORIGINS, TRAIL_STEPS


class StoreTransferEvent(models.Model):
    """One step of a transfer: what, who, when, from where, and how much it changed.

    Written at the end of each step, see ``StoreTransfer._add_to_trail``, and by nobody
    else; never changed afterwards.
    """

    _name = "store.transfer.event"
    _description = "Step in the Trail of a Store Transfer"
    _inherit = ["store.transfer.reach"]
    _order = "date desc, id desc"
    _rec_name = "step"
    # Who and when are fields of its own, and nobody writes it a second time.
    _log_access = False

    transfer_id = fields.Many2one(
        "store.transfer", required=True, readonly=True, index=True, ondelete="cascade"
    )
    step = fields.Selection(
        [(name, shown.label) for name, shown in TRAIL_STEPS.items()],
        string="What",
        required=True,
        readonly=True,
    )
    date = fields.Datetime(string="When", required=True, readonly=True)
    user_id = fields.Many2one(
        "res.users", string="Who", readonly=True, ondelete="restrict"
    )
    cashier = fields.Char(
        string="At the Till", readonly=True, help="Who stood there, as the till says."
    )
    origin = fields.Selection(
        list(ORIGINS.items()),
        string="From Where",
        required=True,
        readonly=True,
    )
    is_reconstructed = fields.Boolean(
        string="Read Off Afterwards",
        readonly=True,
        help="From before trails were kept: read off the dates and the stock moves.",
    )
    # Read by everybody who may see the lines, see shown.py.
    changes = fields.Json(groups=fields.NO_ACCESS, readonly=True)
    # How the goods come: {name of a field: [what it said before, and since]}.
    delivery = fields.Json(groups=fields.NO_ACCESS, readonly=True)

    def write(self, vals):  # pylint: disable=method-required-super
        raise AccessError(self.env._("What a trail says is never changed."))

    @api.ondelete(at_uninstall=False)
    def _unlink_never(self):
        raise AccessError(self.env._("Nothing is deleted from a trail."))

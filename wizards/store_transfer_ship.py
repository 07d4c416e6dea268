from odoo import api, fields, models
from odoo.exceptions import UserError


class StoreTransferShip(models.TransientModel):
    """Ship a transfer, all of it or part; what stays can be closed with a reason."""

    _name = "store.transfer.ship"
    _description = "Ship a Store Transfer"
    _inherit = ["store.transfer.wizard"]
    _step = "ship"

    destination_name = fields.Char(compute="_compute_destination_name")
    line_ids = fields.One2many(
        "store.transfer.ship.line",
        "wizard_id",
        compute="_compute_line_ids",
        store=True,
        readonly=False,
        precompute=True,
    )
    quantity = fields.Float(
        string="Ship", digits="Product Unit", compute="_compute_quantity"
    )
    is_partial = fields.Boolean(compute="_compute_quantity")
    can_close = fields.Boolean(compute="_compute_can_close")
    rest = fields.Selection(
        [
            ("keep", "Ship it later"),
            ("close", "Close it: the destination stops waiting"),
        ],
        string="What stays here",
        required=True,
        default="keep",
    )
    reason_id = fields.Many2one(
        "store.transfer.reason", domain=[("usage", "=", "close")]
    )
    note = fields.Char()

    @api.depends("transfer_id")
    def _compute_destination_name(self):
        for wizard in self:
            transfer = wizard.transfer_id
            wizard.destination_name = (
                transfer.destination_store_id.name
                or transfer.partner_id.name
                or self.env._("the third party")
            )

    @api.depends("transfer_id")
    def _compute_line_ids(self):
        for wizard in self:
            # What is reserved is read from moves that store staff may not see.
            transfer = wizard.transfer_id.sudo()
            reserved = transfer._get_reserved_to_ship() if transfer else {}
            wizard.line_ids = [
                fields.Command.create(
                    {
                        "line_id": line.id,
                        "reserved_quantity": reserved.get(line.id, 0),
                        "quantity": reserved.get(line.id, 0),
                    }
                )
                for line in wizard.transfer_id.line_ids
                if line.to_ship_quantity
            ]

    @api.depends("line_ids.quantity", "line_ids.to_ship_quantity")
    def _compute_quantity(self):
        for wizard in self:
            wizard.quantity = sum(wizard.line_ids.mapped("quantity"))
            wizard.is_partial = any(
                line.quantity < line.to_ship_quantity for line in wizard.line_ids
            )

    @api.depends("transfer_id")
    def _compute_can_close(self):
        for wizard in self:
            wizard.can_close = wizard.transfer_id.can_close

    def onchange(self, values, field_names, fields_spec):
        if self and field_names:
            # What is typed changes the sum, and no line: of thousands, each with all it
            # shows would be compared before and after.
            fields_spec = {**fields_spec, "line_ids": {}}
        return super().onchange(values, field_names, fields_spec)

    def action_ship(self):
        transfer = self._start()
        for line in self.line_ids:
            line._check_quantity(self.transfer_id, line.line_id.to_ship_quantity)
        quantities = {
            line.line_id.with_env(transfer.env): line.quantity for line in self.line_ids
        }
        if not any(quantities.values()):
            raise UserError(
                self.env._("Nothing would leave: enter what you ship on a line.")
            )
        closes_rest = self.is_partial and self.rest == "close"
        if closes_rest:
            self._check_may_close_rest()
        transfer._do_ship(quantities)
        if closes_rest:
            transfer._do_close(self.reason_id, self.note)
        return {"type": "ir.actions.act_window_close"}

    def _check_may_close_rest(self):
        self.transfer_id._check_step("close")
        if not self.reason_id:
            raise UserError(self.env._("Choose why the rest will not be shipped."))
        self.reason_id._check_usable("close", self.transfer_id.company_id)


class StoreTransferShipLine(models.TransientModel):
    _name = "store.transfer.ship.line"
    _description = "Line of a Shipment"
    _inherit = ["store.transfer.quantity.line"]

    wizard_id = fields.Many2one(
        "store.transfer.ship", required=True, ondelete="cascade"
    )
    to_ship_quantity = fields.Float(related="line_id.to_ship_quantity")
    reserved_quantity = fields.Float(
        string="Reserved",
        digits="Product Unit",
        readonly=True,
        help="What the source has set aside for this transfer.",
    )

from odoo import api, fields, models
from odoo.exceptions import UserError

from ..tools.lot_quantities import LotKey, LotQuantities
from ..tools.quantities import format_quantities, format_quantity, sum_by_unit


class StoreTransferShip(models.TransientModel):
    """Ship a transfer, all of it or part; what stays can be closed with a reason.

    It is the pick list for who has no scanner: what is typed is picked on the list that
    is kept, and that list is what ships.
    """

    _name = "store.transfer.ship"
    _description = "Ship a Store Transfer"
    _inherit = ["store.transfer.wizard"]
    _step = "ship"

    picking_message = fields.Char(
        compute="_compute_picking_message", help="Who has begun to pick the transfer."
    )
    destination_name = fields.Char(compute="_compute_destination_name")
    line_ids = fields.One2many(
        "store.transfer.ship.line",
        "wizard_id",
        compute="_compute_line_ids",
        store=True,
        readonly=False,
        precompute=True,
    )
    quantity_by_unit = fields.Char(string="Ship", compute="_compute_quantity")
    is_partial = fields.Boolean(compute="_compute_quantity")
    has_lots = fields.Boolean(compute="_compute_has_lots")
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
        "store.transfer.reason",
        domain=[("usage", "=", "close"), ("is_of_vendor", "=", False)],
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
    @api.depends_context("lang")
    def _compute_picking_message(self):
        for wizard in self:
            # Staff of the source see it; the wizard is opened by nobody else.
            pick = wizard.transfer_id.sudo()._get_begun_picks()
            wizard.picking_message = bool(pick) and self.env._(
                "%s has begun to pick this. What was picked is entered here.",
                pick.user_id.name,
            )

    @api.depends("transfer_id")
    def _compute_line_ids(self):
        for wizard in self:
            # What is reserved is read from moves that store staff may not see.
            transfer = wizard.transfer_id.sudo()
            reserved = transfer._get_reserved_to_ship()
            proposed = transfer._get_proposed_to_ship()
            lots = transfer and transfer._get_past_date_at_source()
            wizard.line_ids = [
                fields.Command.create(values)
                for line in wizard.transfer_id.line_ids
                if line.to_ship_quantity
                for values in [
                    {
                        "line_id": line.id,
                        "reserved_quantity": reserved.total(line),
                        "quantity": proposed.total(line, self.env["stock.lot"]),
                    },
                    *self._prepare_lots_to_choose(line, lots, proposed),
                ]
            ]

    def _prepare_lots_to_choose(self, line, past_date, proposed):
        """Return the values of rows of which nothing is shipped, unless it is entered.

        :param past_date: ``LotQuantities`` of products by place
        :param proposed: ``LotQuantities``, of a lot where it was entered before
        """
        free = LotQuantities(
            (LotKey(line, key.lot), quantity)
            for key, quantity in past_date.of_line(line.product_id).items()
        )
        entered = LotQuantities(
            row for row in proposed.of_line(line).items() if row[0].lot
        )
        lots = dict.fromkeys(key.lot for key, _ in entered.items() + free.items())
        return [
            {
                "line_id": line.id,
                "lot_id": lot.id,
                "free_quantity": entered.total(line, lot) + free.total(line, lot),
                "quantity": entered.total(line, lot),
            }
            for lot in lots
        ]

    @api.depends("line_ids.quantity", "line_ids.to_ship_quantity")
    def _compute_quantity(self):
        for wizard in self:
            quantities = sum_by_unit(wizard.line_ids, "quantity")
            wizard.quantity_by_unit = format_quantities(self.env, quantities)
            wizard.is_partial = any(
                line.stock_uom_id.compare(
                    sum(rows.mapped("quantity")), line.to_ship_quantity
                )
                < 0
                for line, rows in wizard.line_ids.grouped("line_id").items()
            )

    @api.depends("line_ids.lot_id")
    def _compute_has_lots(self):
        for wizard in self:
            wizard.has_lots = bool(wizard.line_ids.lot_id)

    @api.depends("transfer_id")
    def _compute_can_close(self):
        for wizard in self:
            wizard.can_close = wizard.transfer_id.can_close

    def action_ship(self):
        transfer = self._start()
        for line in self.line_ids:
            line._check_quantity(self.transfer_id, line.line_id.to_ship_quantity)
        self._check_sums()
        pick = transfer._find_or_start_picks()
        # Before anything is reserved for it: see LOCK_ORDER.
        pick._wait_for_scans()
        pick._sync_lines()
        pick._set_typed(
            LotQuantities(
                (LotKey(row.line_id, row.lot_id), row.quantity)
                for row in self.line_ids.with_env(transfer.env)
            )
        )
        as_user = pick.with_env(self.env)
        return as_user._ship(pick, self.rest, self.reason_id, self.note)

    def _check_sums(self):
        """Refuse rows of a line that are too much together, or say a thing twice."""
        for line, rows in self.line_ids.grouped("line_id").items():
            total = sum(rows.mapped("quantity"))
            is_twice = len(rows.grouped("lot_id")) < len(rows)
            if is_twice or line.stock_uom_id.compare(total, line.to_ship_quantity) > 0:
                raise UserError(
                    self.env._(
                        "%(product)s: %(maximum)s are to ship. Enter so much in all, "
                        "and each lot once.",
                        product=line.product_id.display_name,
                        maximum=format_quantity(
                            self.env, line.to_ship_quantity, line.stock_uom_id
                        ),
                    )
                )


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
    lot_id = fields.Many2one(
        "stock.lot",
        readonly=True,
        ondelete="cascade",
        help="A lot that is past its date: it goes only if a quantity is entered here.",
    )
    free_quantity = fields.Float(
        string="Past Its Date",
        digits="Product Unit",
        readonly=True,
        help="What is there of a lot that is past its date.",
    )
    notice = fields.Char(compute="_compute_notice")

    @api.depends("lot_id")
    @api.depends_context("lang", "tz")
    def _compute_notice(self):
        for row in self:
            # The dates of lots are out of reach of some.
            row.notice = row.sudo().lot_id._tell_expiry()

from odoo import api, fields, models
from odoo.exceptions import UserError


class StoreTransferSubstitute(models.TransientModel):
    """Propose another product for what is left to ship of a line."""

    _name = "store.transfer.substitute"
    _description = "Propose a Substitute"
    _inherit = ["store.transfer.wizard"]
    _step = "substitute"

    line_id = fields.Many2one(
        "store.transfer.line", required=True, readonly=True, ondelete="cascade"
    )
    destination_name = fields.Char(compute="_compute_destination_name")
    is_asked = fields.Boolean(compute="_compute_destination_name")
    replaced_product_id = fields.Many2one(related="line_id.product_id")
    replaced_uom_id = fields.Many2one(related="line_id.stock_uom_id")
    to_ship_quantity = fields.Float(related="line_id.to_ship_quantity")
    reserved_quantity = fields.Float(
        string="Reserved",
        digits="Product Unit",
        compute="_compute_replaced_quantity",
        store=True,
        precompute=True,
    )
    replaced_quantity = fields.Float(
        string="Replace",
        digits="Product Unit",
        compute="_compute_replaced_quantity",
        store=True,
        readonly=False,
        precompute=True,
    )
    company_id = fields.Many2one(related="transfer_id.company_id")
    source_store_id = fields.Many2one(related="transfer_id.source_store_id")
    destination_store_id = fields.Many2one(related="transfer_id.destination_store_id")
    product_id = fields.Many2one(
        "product.product",
        string="Substitute",
        domain="[('is_storable', '=', True), ('default_code', '!=', False),"
        " ('company_id', 'in', (False, company_id)),"
        " ('transfer_assortment_of', '=', source_store_id),"
        " ('transfer_assortment_of', '=', destination_store_id),"
        " ('id', '!=', replaced_product_id)]",
    )
    stock_uom_id = fields.Many2one(related="product_id.uom_id")
    free_quantity = fields.Float(
        string="Free Here", digits="Product Unit", compute="_compute_free_quantity"
    )
    quantity = fields.Float(
        digits="Product Unit",
        compute="_compute_quantity",
        store=True,
        readonly=False,
        precompute=True,
    )
    remark = fields.Char()

    @api.depends("transfer_id")
    def _compute_destination_name(self):
        for wizard in self:
            transfer = wizard.transfer_id
            wizard.is_asked = transfer.kind == "between"
            wizard.destination_name = transfer.destination_store_id.name or ""

    @api.depends("line_id")
    def _compute_replaced_quantity(self):
        """Replace what is not there; where all of it is, whatever is left."""
        for wizard in self:
            # What is stored is computed in sudo, but it is the user who asks.
            line = wizard.line_id.sudo(False)
            reserved = 0.0
            if line.can_substitute:
                # It is read from moves that store staff may not see.
                reserved = line.transfer_id.sudo()._get_reserved_to_ship().total(line)
            wizard.reserved_quantity = reserved
            missing = line.stock_uom_id.round(line.to_ship_quantity - reserved)
            wizard.replaced_quantity = max(0.0, missing) or line.to_ship_quantity

    @api.depends("replaced_quantity")
    def _compute_quantity(self):
        for wizard in self:
            wizard.quantity = wizard.replaced_quantity

    @api.depends("product_id", "transfer_id")
    def _compute_free_quantity(self):
        for wizard in self:
            store, product = wizard.transfer_id.source_store_id, wizard.product_id
            stock = wizard.line_id._get_stock_by_product(store, product)
            wizard.free_quantity = stock[product.id][0]

    def _check_step(self):
        result = super()._check_step()
        for wizard in self:
            if wizard.line_id.transfer_id != wizard.transfer_id:
                raise UserError(
                    self.env._(
                        "%(product)s is not on this transfer.",
                        product=wizard.line_id.product_id.display_name,
                    )
                )
        return result

    def action_propose(self):
        transfer = self._start()
        if not self.product_id:
            raise UserError(self.env._("Choose the product that you propose."))
        transfer.env["store.transfer.substitution"]._propose(
            self.line_id.with_env(transfer.env),
            self.product_id.with_env(transfer.env),
            self.quantity,
            self.replaced_quantity,
            self.remark,
        )
        return {"type": "ir.actions.act_window_close"}


class StoreTransferRefuseSubstitution(models.TransientModel):
    """Refuse a substitute, with a reason that the source is told."""

    _name = "store.transfer.refuse.substitution"
    _description = "Refuse a Substitute"
    _inherit = ["store.transfer.reach"]

    substitution_id = fields.Many2one(
        "store.transfer.substitution", required=True, readonly=True, ondelete="cascade"
    )
    reason_id = fields.Many2one(
        "store.transfer.reason", required=True, domain=[("usage", "=", "reject")]
    )
    note = fields.Char()

    def action_refuse(self):
        self.ensure_one()
        self._check_saved()
        substitution = self.substitution_id._start_step("refuse")
        self.reason_id._check_usable("reject", substitution.company_id)
        substitution._do_refuse(self.reason_id, self.note)
        return {"type": "ir.actions.act_window_close"}

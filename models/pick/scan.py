from odoo import fields, models


class StoreTransferPickScan(models.Model):
    """One thing that somebody did on the scan screen of a pick list."""

    _name = "store.transfer.pick.scan"
    _description = "Store Transfer Pick Scan"
    _inherit = ["store.transfer.scan.log"]

    pick_id = fields.Many2one(
        "store.transfer.pick",
        required=True,
        readonly=True,
        index=True,
        ondelete="cascade",
    )
    company_id = fields.Many2one(related="pick_id.company_id", store=True)
    line_id = fields.Many2one(
        "store.transfer.pick.line",
        readonly=True,
        index="btree_not_null",
        ondelete="cascade",
    )
    product_id = fields.Many2one(related="line_id.product_id")
    kind = fields.Selection(
        [
            ("scan", "Scan"),
            ("set", "Quantity Entered"),
            ("all_came", "All of the Row"),
            ("undo", "Undo"),
            ("carton", "New Carton"),
        ],
        required=True,
        readonly=True,
    )
    carton = fields.Char(readonly=True, help="The number of the carton it went into.")
    is_other = fields.Boolean(
        string="Other Goods",
        readonly=True,
        help="It was of goods that were not set aside; what was, moved over to them.",
    )

    _uuid_once = models.UniqueIndex("(pick_id, uuid)")

    def _get_change(self):
        change = super()._get_change()
        return {**change, "carton": self.carton, "is_other": self.is_other}

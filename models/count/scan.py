from odoo import fields, models
from odoo.fields import Command


class StoreTransferCountScan(models.Model):
    """One thing that somebody did on the scan screen of a count."""

    _name = "store.transfer.count.scan"
    _description = "Store Transfer Count Scan"
    _inherit = ["store.transfer.scan.log"]

    count_id = fields.Many2one(
        "store.transfer.count",
        required=True,
        readonly=True,
        index=True,
        ondelete="cascade",
    )
    company_id = fields.Many2one(related="count_id.company_id", store=True)
    line_id = fields.Many2one(
        "store.transfer.count.line",
        readonly=True,
        index="btree_not_null",
        ondelete="cascade",
    )
    product_id = fields.Many2one(related="line_id.product_id")
    kind = fields.Selection(
        [
            ("scan", "Scan"),
            ("set", "Quantity Entered"),
            ("all_came", "All of the Row Came"),
            ("damaged", "Damaged"),
            ("remark", "Remark"),
            ("photo", "Photo"),
            ("undo", "Undo"),
            ("carton", "Carton"),
            ("pallet", "Pallet"),
            ("astray", "Told About a Carton"),
        ],
        required=True,
        readonly=True,
    )
    damaged_quantity = fields.Float(
        string="Damaged",
        digits="Product Unit",
        readonly=True,
        help="By how much this changed what is damaged.",
    )

    carton_id = fields.Many2one("stock.package", readonly=True, ondelete="restrict")
    pallet_uuid = fields.Char(
        string="Scanned With",
        readonly=True,
        index="btree_not_null",
        help="The scan of the pallet that the carton stands on.",
    )
    part_ids = fields.One2many(
        "store.transfer.count.scan.part",
        "scan_id",
        readonly=True,
        help="What was in the carton.",
    )

    _uuid_once = models.UniqueIndex("(count_id, uuid)")
    _carton_once = models.UniqueIndex(
        "(count_id, carton_id) WHERE kind = 'carton' AND status = 'counted'",
        "This carton is counted already.",
    )

    def _get_change(self):
        return {
            **super()._get_change(),
            "damaged_quantity": self.damaged_quantity,
            "carton_id": self.carton_id.id,
            "part_ids": [
                Command.create(part._prepare_part()) for part in self.part_ids
            ],
        }

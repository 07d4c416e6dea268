import hashlib
import json

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Command, Domain

from ...tools.conflict import is_conflict
from ...tools.texts import drop_unwritable
from ...tools.trail import ORIGIN


class StoreTransferImportOrder(models.Model):
    """A transfer that an import file asks for, and what became of it.

    The fingerprint says what the order is about. While its transfer is there, no other
    order with the same one is imported, unless somebody says so.
    """

    _name = "store.transfer.import.order"
    _description = "Order in an Import of Store Transfers"
    _inherit = ["store.transfer.reach"]
    _order = "import_id, id"
    _rec_name = "transfer_id"

    import_id = fields.Many2one(
        "store.transfer.import", required=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(
        related="import_id.company_id", store=True, precompute=True
    )
    sheet = fields.Char(
        readonly=True, help="Empty where only one sheet of the file is read."
    )
    row = fields.Integer(string="First Row", readonly=True)
    kind = fields.Selection(
        selection=lambda self: self.env["store.transfer"]._fields["kind"].selection,
        readonly=True,
    )
    expected_date = fields.Date(readonly=True)
    source_store_id = fields.Many2one(
        "stock.warehouse", string="Source", readonly=True, ondelete="cascade"
    )
    destination_store_id = fields.Many2one(
        "stock.warehouse", string="Destination", readonly=True, ondelete="cascade"
    )
    partner_id = fields.Many2one(
        "res.partner", string="Third Party", readonly=True, ondelete="set null"
    )
    remark = fields.Text(readonly=True)
    number = fields.Char(
        readonly=True,
        help="The number that the transfer has in the file, such as in our details.",
    )
    line_values = fields.Json(
        readonly=True, help="A list of product id, quantity and remark for each line."
    )
    line_count = fields.Integer(string="Lines", readonly=True)
    quantity = fields.Float(
        digits="Product Unit",
        readonly=True,
        help="The sum of all lines; it says something when they share a unit.",
    )
    stock_uom_id = fields.Many2one(
        "uom.uom",
        string="Unit",
        readonly=True,
        ondelete="set null",
        help="The unit of all lines. Empty: they have different ones.",
    )
    has_errors = fields.Boolean(readonly=True)
    header_fingerprint = fields.Char(readonly=True, index=True)
    fingerprint = fields.Char(readonly=True)
    plain_fingerprint = fields.Char(
        readonly=True, help="The fingerprint without the number that the file gives."
    )
    earlier_transfer_id = fields.Many2one(
        "store.transfer",
        string="Imported Before As",
        readonly=True,
        ondelete="set null",
    )
    is_repeated = fields.Boolean(
        readonly=True, help="Somebody wanted it again although it was imported before."
    )
    transfer_id = fields.Many2one(
        "store.transfer", readonly=True, index="btree_not_null", ondelete="set null"
    )
    was_made = fields.Boolean(
        readonly=True, help="It had its transfer: a draft that was deleted stays so."
    )
    submit_problem = fields.Char(
        readonly=True,
        help="Why the transfer stayed a draft instead of being submitted.",
    )
    is_submitted = fields.Boolean(readonly=True)
    result = fields.Selection(
        [
            ("new", "To import"),
            ("blocked", "Waits for the errors"),
            ("errors", "Left out: errors"),
            ("earlier", "Left out: imported before"),
            ("draft", "Draft"),
            ("submitted", "Submitted"),
            ("deleted", "Deleted"),
            ("cancelled", "Not made"),
        ],
        compute="_compute_result",
    )

    _one_transfer = models.UniqueIndex(
        "(fingerprint) WHERE transfer_id IS NOT NULL AND is_repeated IS NOT TRUE",
        "The same transfers are being imported at this moment. Look at the list of "
        "imports before you try again.",
    )

    @api.depends(
        "has_errors",
        "earlier_transfer_id",
        "transfer_id",
        "was_made",
        "is_submitted",
        "import_id.import_again",
        "import_id.skip_errors",
        "import_id.error_count",
        "import_id.state",
    )
    def _compute_result(self):
        for order in self:
            if order.transfer_id:
                order.result = "submitted" if order.is_submitted else "draft"
            elif order.was_made:
                order.result = "deleted"
            elif order.has_errors:
                order.result = "errors"
            elif order.earlier_transfer_id and not order.import_id.import_again:
                order.result = "earlier"
            elif order.import_id.state == "cancelled":
                order.result = "cancelled"
            elif order.import_id.error_count and not order.import_id.skip_errors:
                order.result = "blocked"
            else:
                order.result = "new"

    @api.model
    def _get_chosen_domain(self):
        """Return the domain of the orders that have a transfer, or are to get one."""
        is_new = Domain("earlier_transfer_id", "=", False)
        is_wanted_again = Domain("import_id.import_again", "=", True)
        is_right = Domain("has_errors", "=", False) & Domain("was_made", "=", False)
        return Domain("transfer_id", "!=", False) | (
            is_right & (is_new | is_wanted_again)
        )

    @api.model
    def _get_tried_domain(self):
        """Return the domain of the orders whose transfer was submitted, or can't be."""
        return Domain("transfer_id", "!=", False) & (
            Domain("is_submitted", "=", True) | Domain("submit_problem", "!=", False)
        )

    @api.model
    def _prepare_values(self, transfer_import, order):
        """Return the values to keep an order of a :class:`TransferSheet`."""
        key = order.key
        lines = [
            [
                product.id,
                line.quantity,
                "; ".join(dict.fromkeys(line.remarks)),
            ]
            for product, line in order.lines.items()
        ]
        units = self.env["uom.uom"].union(*(line.unit for line in order.lines.values()))
        header = [
            transfer_import.company_id.id,
            key.kind,
            key.expected_date.isoformat(),
            key.source.id,
            key.destination.id,
            order.third_party,
            # What is added to it of a third party is in the user's language.
            order.file_remark,
        ]
        number = [key.number] if key.number else []
        return {
            "import_id": transfer_import.id,
            "sheet": drop_unwritable(order.sheet),
            "row": order.row,
            "kind": key.kind,
            "expected_date": key.expected_date,
            "source_store_id": key.source.id,
            "destination_store_id": key.destination.id,
            "partner_id": key.partner.id,
            "remark": order.remark,
            "line_values": lines,
            "line_count": len(lines),
            "quantity": sum(line.quantity for line in order.lines.values()),
            "stock_uom_id": units.id if len(units) == 1 else False,
            "has_errors": order.has_errors,
            "number": key.number,
            "header_fingerprint": self._get_fingerprint(*header),
            "fingerprint": self._get_fingerprint(*header, sorted(lines), *number),
            "plain_fingerprint": self._get_fingerprint(*header, sorted(lines)),
        }

    @api.model
    def _get_fingerprint(self, *parts):
        return hashlib.sha256(json.dumps(parts).encode()).hexdigest()

    def _get_common_fingerprint(self):
        """Return what all transfers are about that would be made of these orders."""
        parts = [
            [order.fingerprint, order.partner_id.id, order.stock_uom_id.id]
            for order in self
            if not order.has_errors
        ]
        return self._get_fingerprint(*sorted(parts))

    def _find_earlier_transfers(self):
        """Find what was imported before, by whomever: it must not be made twice.

        :return: ``{order: transfer}`` of those whose date, stores and remark are the
            same as of a transfer imported before, but whose lines are not
        """
        # In sudo: a colleague's import counts as well. Nothing of it is shown but the
        # transfer's number, and that is between the same stores.
        earlier = self.sudo().search(
            [
                ("company_id", "in", self.company_id.ids),
                ("header_fingerprint", "in", self.mapped("header_fingerprint")),
                ("transfer_id", "!=", False),
            ]
        )
        same_header = {order.header_fingerprint: order.transfer_id for order in earlier}
        same = earlier._get_transfers_by_identity(self.import_id)
        similar = {}
        for order in self:
            order.earlier_transfer_id = order._find_same(same)
            if (
                not order.earlier_transfer_id
                and order.header_fingerprint in same_header
            ):
                similar[order] = same_header[order.header_fingerprint]
        return similar

    def _get_transfers_by_identity(self, transfer_imports):
        """Return ``{what an order is known by: its transfer}``.

        A number in a file is the transfer's own, or that of another one whose details
        were imported. Of the given imports, only the whole fingerprint counts.
        """
        transfers = {}
        for order in self:
            transfer = order.transfer_id
            transfers[order.fingerprint] = transfer
            if order.import_id not in transfer_imports:
                plain = order.plain_fingerprint or order.fingerprint
                transfers[plain, transfer.name] = transfers[plain, ""] = transfer
        return transfers

    def _find_same(self, transfers):
        """Return the transfer of this order among those known by identity, or None."""
        plain = self.plain_fingerprint, self.number or ""
        return transfers.get(self.fingerprint) or transfers.get(plain)

    def _forget_fingerprints(self):
        self.write(
            {
                "header_fingerprint": False,
                "fingerprint": False,
                "plain_fingerprint": False,
            }
        )

    def _make_transfers(self):
        """Make a draft of each order, as the user of the environment."""
        transfers = (
            self._imports()
            .env["store.transfer"]
            .create([order._prepare_transfer_values() for order in self])
        )
        for order, transfer in zip(self.sudo(), transfers, strict=True):
            order.write(
                {
                    "transfer_id": transfer.id,
                    "was_made": True,
                    "is_repeated": bool(order.earlier_transfer_id),
                }
            )
        return transfers

    def _submit_transfers(self):
        """Submit the transfers; one that can't be submitted stays a draft."""
        problem = self._try_to_submit()
        if problem and len(self) > 1:
            for order in self:
                order._submit_transfers()
        else:
            self.sudo().write({"is_submitted": not problem, "submit_problem": problem})

    def _try_to_submit(self):
        """Submit all of the transfers or none; return why not, or False.

        That somebody works with them at this moment says nothing about them.
        """
        try:
            with self.env.cr.savepoint():
                drafts = self._imports().transfer_id.filtered(
                    lambda transfer: transfer.state == "draft"
                )
                drafts.action_submit()
        except UserError as error:
            if is_conflict(error):
                raise
            return str(error)
        return False

    def _imports(self):
        """Return these, as what is done with them is an import's doing in the trail."""
        return self.with_context(**{ORIGIN: "import"})

    def _prepare_transfer_values(self):
        """Return the values of the draft. To be extended by other addons."""
        products = self.env["product.product"].browse(
            [product_id for product_id, *_others in self.line_values]
        )
        # A line whose unit is given needs no computing before it is created.
        units = {product.id: product.uom_id.id for product in products}
        return {
            "kind": self.kind,
            "initiator": self.env["store.transfer"]._get_usual_initiator(self.kind),
            "company_id": self.company_id.id,
            "source_store_id": self.source_store_id.id,
            "destination_store_id": self.destination_store_id.id,
            "partner_id": self.partner_id.id,
            "expected_date": self.expected_date,
            "remark": self.remark,
            "line_ids": [
                Command.create(
                    {
                        "product_id": product_id,
                        "product_uom_id": units[product_id],
                        "quantity": quantity,
                        "remark": remark or False,
                    }
                )
                for product_id, quantity, remark in self.line_values
            ],
        }

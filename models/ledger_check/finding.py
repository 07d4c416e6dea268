from odoo import api, fields, models

RULES = [
    ("equation", "What was asked for is not accounted for"),
    ("below_zero", "A quantity is below zero"),
    ("term", "A line does not say what its moves have done"),
    ("sum", "A transfer does not say what its lines do"),
    ("state", "The state does not fit the quantities"),
    ("transit", "In transit stands something else than moves brought there"),
    ("lot", "A lot is not on its way for this line"),
    ("open_moves", "Open moves don't ask for what is on its way"),
    ("reserved", "Stock is reserved that no move has set aside, or the other way"),
    ("move", "A move does not fit its line, or its details"),
    ("difference", "Differences are about more than the moves say"),
    ("aside", "Goods that are set aside are not there"),
    ("nobody_told", "It is somebody's turn, and nobody was told"),
    ("told_wrongly", "Somebody was told, and it is not their turn"),
    ("stuck", "An open transfer is nobody's turn"),
]
# What is read off the fields of another model: {rule: model}.
QUANTITIES = {
    "term": "store.transfer.line",
    "equation": "store.transfer.line",
    "sum": "store.transfer",
}


class StoreTransferLedgerFinding(models.Model):
    """One thing that a check of the ledger could not explain."""

    _name = "store.transfer.ledger.finding"
    _description = "Finding of a Check of the Ledger"
    _inherit = ["store.transfer.guard"]
    _order = "check_id desc, id"
    _rec_name = "rule"

    check_id = fields.Many2one(
        "store.transfer.ledger.check",
        required=True,
        readonly=True,
        index=True,
        ondelete="cascade",
    )
    company_id = fields.Many2one(related="check_id.company_id", store=True)
    rule = fields.Selection(RULES, string="Finding", required=True, readonly=True)
    # As SQL says it; people read the texts below.
    what = fields.Char(string="Compared", readonly=True)
    transfer_id = fields.Many2one(
        "store.transfer", readonly=True, index="btree_not_null", ondelete="set null"
    )
    product_id = fields.Many2one(
        "product.product", readonly=True, index="btree_not_null", ondelete="set null"
    )
    lot_id = fields.Many2one("stock.lot", readonly=True, ondelete="set null")
    detail = fields.Char(string="Where", readonly=True)
    expected = fields.Char(string="Value That Should Be", readonly=True)
    found = fields.Char(string="Found Value", readonly=True)
    what_text = fields.Char(string="What", compute="_compute_texts")
    expected_text = fields.Char(string="Should Be", compute="_compute_texts")
    found_text = fields.Char(string="Found", compute="_compute_texts")

    @api.depends("rule", "what", "expected", "found")
    @api.depends_context("lang")
    def _compute_texts(self):
        labels = self._get_labels()
        for finding in self:
            finding.what_text = finding._get_what_text(labels)
            finding.expected_text = finding._get_value_text(finding.expected, labels)
            finding.found_text = finding._get_value_text(finding.found, labels)

    def _get_labels(self):
        """Return what the words mean that findings are kept in, in one's language."""
        states = self.env["store.transfer"]._fields["state"]
        return {
            **dict(states._description_selection(self.env)),
            "true": self.env._("Yes"),
            "false": self.env._("No"),
            "least": self.env._("Smallest quantity"),
            "receive": self.env._("To receive"),
            "take_back": self.env._("To take back"),
            "quantity": self.env._("Quantity"),
            "reserved": self.env._("Reserved"),
            "product": self.env._("Product"),
            "transfer": self.env._("Transfer"),
            "state": self.env._("State"),
            "short": self.env._("Short"),
            "lost": self.env._("Lost"),
            "damaged": self.env._("Damaged"),
            "not_sent": self.env._("Not sent"),
            "place": self.env._("Set aside here"),
            "received": self.env._("Received"),
            "lines": self.env._("Products"),
        }

    def _get_what_text(self, labels):
        if self.rule in ("nobody_told", "told_wrongly"):
            name = f"store_transfer.mail_activity_type_{self.what}"
            # In sudo: the name of a type is no secret.
            return self.env.ref(name).sudo().name
        fields_of_model = self.env[QUANTITIES.get(self.rule, self._name)]._fields
        for name in (f"{self.what}_quantity", self.what):
            if self.rule in QUANTITIES and name in fields_of_model:
                return fields_of_model[name]._description_string(self.env)
        return labels.get(self.what, self.what)

    def _get_value_text(self, value, labels):
        if self.rule == "move" and self.what != "quantity":
            model = "product.product" if self.what == "product" else "store.transfer"
            # In sudo: whose-ever it is, that is what was found.
            record = self.env[model].sudo().browse(int(value or 0)).exists()
            return record.display_name or value
        return labels.get(value, value) or ""

    def action_open(self):
        """Show what it is about: the transfer, else the product."""
        self.ensure_one()
        self.check_access("read")
        record = self.transfer_id or self.product_id
        return {
            "type": "ir.actions.act_window",
            "res_model": record._name,
            "res_id": record.id,
            "views": [(False, "form")],
        }

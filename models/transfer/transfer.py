from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from ...tools.shared_one2many import SharedOne2many
from ...tools.states import OPEN_STATES

# Say whose transfer it is.
HEADER_FIELDS = {
    "kind",
    "initiator",
    "company_id",
    "source_store_id",
    "destination_store_id",
}
# Written by who starts the transfer, and while it is a draft only.
DRAFT_FIELDS = HEADER_FIELDS | {
    "partner_id",
    "priority",
    "user_id",
    "line_ids",
}


class StoreTransfer(models.Model):
    """One movement of goods: outbound for its source, inbound for its destination.

    The approval side of the state (draft, waiting, rejected, cancelled) is written by
    the actions; everything after approval is read off the pickings, so that the
    Inventory app and this document can't disagree.
    """

    _name = "store.transfer"
    _description = "Store Transfer"
    _inherit = [
        "store.transfer.steps",
        "store.transfer.blind",
        "store.transfer.turns",
        "store.transfer.tabs",
        "store.transfer.own.store",
        "mail.thread",
        "barcodes.barcode_events_mixin",
    ]
    _order = "urgency, priority desc, id desc"
    _check_company_auto = True
    _mail_post_access = "read"
    _due_field = "expected_date"
    _due_states = OPEN_STATES
    _open_states = ("draft", *OPEN_STATES)
    _step_fields = frozenset(
        {
            "approval_state",
            "state",
            "name",
            "arrival_date",
            "arrival_user_id",
            "submit_date",
            "ship_date",
            "last_ship_date",
            "count_date",
            "last_count_date",
            "promised_date",
            "expected_changes",
            "dispatch_mail_date",
            "dispatch_message_id",
            "is_dispatch_mail_due",
            "approval_date",
            "approval_user_id",
            "reason_id",
            "reason_note",
            "stock_reference_id",
            "picking_ids",
            "count_ids",
            "import_order_ids",
            "discrepancy_ids",
            "substitution_ids",
            "open_substitution_ids",
        }
    )

    _hidden_in_blind_count = frozenset(
        {
            "asked_quantity",
            "to_ship_quantity",
            "shipped_quantity",
            "in_transit_quantity",
            "received_quantity",
            "not_approved_quantity",
            "closed_quantity",
            "asked_by_unit",
            "to_ship_by_unit",
            "shipped_by_unit",
            "in_transit_by_unit",
            "received_by_unit",
        }
    )

    name = fields.Char(
        string="Number",
        required=True,
        readonly=True,
        copy=False,
        index="trigram",
        default=lambda self: self.env._("New"),
    )
    kind = fields.Selection(
        [
            ("between", "Between stores"),
            ("receipt", "Third-party receipt"),
            ("dispatch", "Third-party dispatch"),
        ],
        required=True,
        default="between",
        index=True,
    )
    initiator = fields.Selection(
        [("source", "Source"), ("destination", "Destination")],
        string="Started By",
        compute="_compute_initiator",
        store=True,
        readonly=False,
        precompute=True,
        required=True,
        help="The side that starts the transfer; the other side approves it.",
    )
    company_id = fields.Many2one(
        "res.company",
        required=True,
        index=True,
        default=lambda self: self.env.company,
    )
    source_store_id = fields.Many2one(
        "stock.warehouse",
        string="Source",
        compute="_compute_source_store_id",
        store=True,
        readonly=False,
        precompute=True,
        index=True,
        check_company=True,
        domain="[('company_id', '=', company_id), ('is_store', '=', True),"
        " ('id', '!=', destination_store_id)]",
    )
    destination_store_id = fields.Many2one(
        "stock.warehouse",
        string="Destination",
        compute="_compute_destination_store_id",
        store=True,
        readonly=False,
        precompute=True,
        index=True,
        check_company=True,
        domain="[('company_id', '=', company_id), ('is_store', '=', True),"
        " ('id', '!=', source_store_id)]",
    )
    partner_id = fields.Many2one(
        "res.partner",
        string="Third Party",
        check_company=True,
        # One's own people are none.
        domain="[('partner_share', '=', True)]",
        help="The vendor or other outside unit. Where it is no contact of yours, write "
        "its name in the remark.",
    )
    third_party_name = fields.Char(compute="_compute_third_party_name")
    expected_date = fields.Date(
        required=True,
        index=True,
        tracking=True,
        help="When the destination may expect the goods.",
    )
    remark = fields.Text(tracking=True)
    till_uuid = fields.Char(
        string="Till's Id",
        copy=False,
        readonly=True,
        help="By this a till knows an order again that it has sent twice.",
    )
    priority = fields.Selection([("0", "Normal"), ("1", "Urgent")], default="0")
    user_id = fields.Many2one(
        "res.users",
        string="Created For",
        default=lambda self: self.env.user,
        copy=False,
        help="Who is told when the transfer is rejected.",
    )
    line_ids = SharedOne2many(
        "store.transfer.line", "transfer_id", string="Lines", copy=True
    )
    count_ids = fields.One2many("store.transfer.count", "transfer_id", string="Counts")
    discrepancy_ids = SharedOne2many(
        "store.transfer.discrepancy", "transfer_id", string="Differences"
    )
    import_order_ids = fields.One2many(
        "store.transfer.import.order", "transfer_id", string="Imported From"
    )
    stock_reference_id = fields.Many2one(
        "stock.reference", readonly=True, copy=False, ondelete="restrict"
    )

    # The first page of a list, of each side and of all, is read in this order.
    _outbound_index = models.Index("(source_store_id, urgency, priority DESC, id DESC)")
    _inbound_index = models.Index(
        "(destination_store_id, urgency, priority DESC, id DESC)"
    )
    _urgency_index = models.Index("(urgency, priority DESC, id DESC)")

    _till_once = models.UniqueIndex(
        "(till_uuid) WHERE till_uuid IS NOT NULL",
        "This order was sent already. Look for it in the list.",
    )

    _stores_differ = models.Constraint(
        "CHECK (source_store_id IS NULL OR source_store_id <> destination_store_id)",
        "The source and the destination of a transfer must be two different stores.",
    )

    @api.depends("kind")
    def _compute_initiator(self):
        for transfer in self:
            if transfer.kind != "between" or not transfer.initiator:
                transfer.initiator = self._get_usual_initiator(transfer.kind)

    @api.model
    def _get_usual_initiator(self, kind):
        """Return who starts a transfer; between stores either side can."""
        return "destination" if kind == "receipt" else "source"

    @api.depends("kind", "initiator", "company_id")
    def _compute_source_store_id(self):
        for transfer in self:
            if transfer.kind == "receipt":
                transfer.source_store_id = False
            elif not transfer.source_store_id:
                transfer.source_store_id = (
                    transfer._get_only_own_store()
                    if transfer.initiator == "source"
                    else transfer._get_usual_source()
                )

    @api.depends("kind", "initiator", "company_id")
    def _compute_destination_store_id(self):
        for transfer in self:
            if transfer.kind == "dispatch":
                transfer.destination_store_id = False
            elif (
                transfer.initiator == "destination"
                and not transfer.destination_store_id
            ):
                transfer.destination_store_id = transfer._get_only_own_store()

    def _get_only_own_store(self):
        """Return the user's store, where there is just one in the company."""
        stores = self.env.user.sudo().transfer_store_ids.filtered(
            lambda store: store.company_id == self.company_id
        )
        return stores if len(stores) == 1 else stores.browse()

    def _get_usual_source(self):
        """Return where most goods come from that a store asks for."""
        main_store = self.company_id.sudo().transfer_main_store_id
        usable = main_store.filtered(lambda store: store.active and store.is_store)
        return usable - self.destination_store_id

    @api.depends("kind", "partner_id.name", "remark")
    @api.depends_context("lang")
    def _compute_third_party_name(self):
        """Give the name of the contact, or what the remark says of it first."""
        for transfer in self:
            first_line = (transfer.remark or "").strip().partition("\n")[0]
            transfer.third_party_name = transfer.kind != "between" and (
                transfer.partner_id.name or first_line or self.env._("Third party")
            )

    @api.depends(
        "source_store_id.name", "destination_store_id.name", "third_party_name"
    )
    @api.depends_context("store_transfer_show_route")
    def _compute_display_name(self):
        if not self.env.context.get("store_transfer_show_route"):
            return super()._compute_display_name()
        for transfer in self:
            transfer.display_name = f"{transfer.name}: {transfer._get_route()}"
        return None

    def _get_route(self):
        """Return from where to where it goes, by the names of its sides."""
        origin = self.source_store_id.name or self.third_party_name
        target = self.destination_store_id.name or self.third_party_name
        return f"{origin} → {target}"

    @api.model_create_multi
    def create(self, vals_list):
        if not self.env.su:
            self._check_may_create(vals_list)
        transfers = super().create(vals_list)
        for company, of_company in transfers.grouped("company_id").items():
            sequence = self.env["ir.sequence"].with_company(company)
            for transfer in of_company.sudo():
                transfer.name = sequence.next_by_code("store.transfer")
        transfers._add_to_trail("create")
        return transfers

    def write(self, vals):
        edits = vals.keys() & DRAFT_FIELDS
        if edits and not self.env.su:
            self._check_step("edit")
        result = super().write(vals)
        # The new source or destination must be the user's own as well.
        if edits - {"line_ids"} and not self.env.su:
            self._check_step("edit")
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_only_drafts(self):
        if not self.env.su:
            self._check_step("edit")
        for transfer in self:
            if transfer.state != "draft":
                raise UserError(
                    self.env._(
                        "%s is more than a draft: cancel it instead of deleting it.",
                        transfer.name,
                    )
                )

    @api.constrains("kind", "initiator", "source_store_id", "destination_store_id")
    def _check_sides(self):
        for transfer in self:
            needs_source = transfer.kind != "receipt"
            needs_destination = transfer.kind != "dispatch"
            if bool(transfer.source_store_id) != needs_source:
                raise ValidationError(
                    self.env._("Choose the store the goods leave from.")
                    if needs_source
                    else self.env._("A third-party receipt has no source store.")
                )
            if bool(transfer.destination_store_id) != needs_destination:
                raise ValidationError(
                    self.env._("Choose the store the goods go to.")
                    if needs_destination
                    else self.env._("A third-party dispatch has no destination store.")
                )
            usual = self._get_usual_initiator(transfer.kind)
            if transfer.kind != "between" and transfer.initiator != usual:
                raise ValidationError(
                    self.env._("A third party cannot start a transfer: a store does.")
                )

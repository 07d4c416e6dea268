import itertools
from collections import defaultdict
from datetime import timedelta

from markupsafe import Markup

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.fields import Command, Domain
from odoo.tools import escape_psql, format_date

from .download import get_download_action
from .quantities import format_quantities, format_quantity
from .shared_one2many import SharedOne2many
from .store_transfer_access import (
    GROUP_APPROVER,
    GROUP_HEAD_OFFICE,
    GROUP_STAFF,
    OPEN_STATES,
    STOCK_STATES,
)
from .store_transfer_count_recorder import drop_unwritable

# How many transfers the screen to choose from shows.
MOST_TO_COUNT = 80
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
    "expected_date",
    "remark",
    "priority",
    "user_id",
    "line_ids",
}
# Columns of the lines that are there only when they have something to show.
SHOWN_WHERE_SOME = (
    "not_approved",
    "closed",
    "returned",
    "lost",
    "damaged",
    "surplus",
    "short",
)


class StoreTransfer(models.Model):
    """One movement of goods: outbound for its source, inbound for its destination.

    The approval side of the state (draft, waiting, rejected, cancelled) is written by
    the actions; everything after approval is read off the pickings, so that the
    Inventory app and this document can't disagree.
    """

    _name = "store.transfer"
    _description = "Store Transfer"
    _inherit = [
        "store.transfer.guard",
        "store.transfer.blind",
        "store.transfer.access",
        "store.transfer.legs",
        "store.transfer.turns",
        "mail.thread",
        "barcodes.barcode_events_mixin",
    ]
    _order = "priority desc, expected_date desc, id desc"
    _check_company_auto = True
    _mail_post_access = "read"
    _due_field = "expected_date"
    _due_states = OPEN_STATES
    _step_fields = frozenset(
        {
            "approval_state",
            "state",
            "name",
            "arrival_date",
            "arrival_user_id",
            "submit_date",
            "approval_date",
            "approval_user_id",
            "reason_id",
            "reason_note",
            "stock_reference_id",
            "picking_ids",
            "count_ids",
            "import_order_ids",
            "discrepancy_ids",
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
        help="The vendor or other outside unit. Where it is no contact of yours, write "
        "its name in the remark.",
    )
    expected_date = fields.Date(
        required=True,
        index=True,
        tracking=True,
        default=lambda self: self._get_default_expected_date(),
        help="When the destination may expect the goods.",
    )
    remark = fields.Text()
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

    approval_state = fields.Selection(
        [
            ("draft", "Draft"),
            ("waiting", "To Approve"),
            ("rejected", "Rejected"),
            ("approved", "Approved"),
            ("cancelled", "Cancelled"),
        ],
        required=True,
        readonly=True,
        default="draft",
        copy=False,
        help="What people decided. The rest of the state is read off the pickings.",
    )
    state = fields.Selection(
        [
            ("draft", "Draft"),
            ("waiting", "To Approve"),
            ("approved", "Approved"),
            ("in_transit", "In Transit"),
            ("arrived", "Arrived"),
            ("partial", "Partial"),
            ("done", "Done"),
            ("rejected", "Rejected"),
            ("cancelled", "Cancelled"),
        ],
        compute="_compute_state",
        store=True,
        index=True,
        tracking=True,
        copy=False,
    )
    submit_date = fields.Datetime(string="Submitted On", readonly=True, copy=False)
    approval_date = fields.Datetime(readonly=True, copy=False)
    approval_user_id = fields.Many2one("res.users", readonly=True, copy=False)
    arrival_date = fields.Datetime(readonly=True, copy=False)
    arrival_user_id = fields.Many2one("res.users", readonly=True, copy=False)
    reason_id = fields.Many2one(
        "store.transfer.reason",
        string="Reject Reason",
        readonly=True,
        copy=False,
        tracking=True,
    )
    reason_note = fields.Text(string="Reject Note", readonly=True, copy=False)

    line_count = fields.Integer(
        string="Products", compute="_compute_quantities", store=True
    )
    asked_quantity = fields.Float(
        string="Asked (Sum)",
        digits="Product Unit",
        compute="_compute_quantities",
        store=True,
    )
    to_ship_quantity = fields.Float(
        string="To Ship (Sum)",
        digits="Product Unit",
        compute="_compute_quantities",
        store=True,
    )
    shipped_quantity = fields.Float(
        string="Shipped (Sum)",
        digits="Product Unit",
        compute="_compute_quantities",
        store=True,
    )
    in_transit_quantity = fields.Float(
        string="In Transit (Sum)",
        digits="Product Unit",
        compute="_compute_quantities",
        store=True,
    )
    received_quantity = fields.Float(
        string="Received (Sum)",
        digits="Product Unit",
        compute="_compute_quantities",
        store=True,
    )
    closed_quantity = fields.Float(
        string="Closed Unshipped",
        digits="Product Unit",
        compute="_compute_quantities",
        store=True,
    )
    # Shown instead of the sums above, which add kilograms to pieces.
    asked_by_unit = fields.Char(string="Asked", compute="_compute_by_unit")
    to_ship_by_unit = fields.Char(string="To Ship", compute="_compute_by_unit")
    shipped_by_unit = fields.Char(string="Shipped", compute="_compute_by_unit")
    in_transit_by_unit = fields.Char(string="In Transit", compute="_compute_by_unit")
    received_by_unit = fields.Char(string="Received", compute="_compute_by_unit")
    is_to_ship = fields.Boolean(
        string="Has Goods to Ship", compute="_compute_quantities", store=True
    )
    not_approved_quantity = fields.Float(
        string="Not Approved (Sum)",
        digits="Product Unit",
        compute="_compute_quantities",
        store=True,
    )
    has_not_approved_goods = fields.Boolean(compute="_compute_has_goods")
    has_closed_goods = fields.Boolean(compute="_compute_has_goods")
    has_returned_goods = fields.Boolean(compute="_compute_has_goods")
    has_lost_goods = fields.Boolean(compute="_compute_has_goods")
    has_damaged_goods = fields.Boolean(compute="_compute_has_goods")
    has_surplus_goods = fields.Boolean(compute="_compute_has_goods")
    has_short_goods = fields.Boolean(compute="_compute_has_goods")
    is_from_my_store = fields.Boolean(
        compute="_compute_is_of_my_stores", search="_search_is_from_my_store"
    )
    is_to_my_store = fields.Boolean(
        compute="_compute_is_of_my_stores", search="_search_is_to_my_store"
    )
    number_of_counts = fields.Integer(compute="_compute_number_of_counts")
    number_of_discrepancies = fields.Integer(compute="_compute_number_of_discrepancies")
    hides_lines = fields.Boolean(compute="_compute_hides_lines")
    shortage_message = fields.Char(compute="_compute_shortage_message")
    source_stock_message = fields.Text(
        compute="_compute_source_stock_message",
        help="What has to be known of the goods at the source before they are shipped.",
    )

    _stores_differ = models.Constraint(
        "CHECK (source_store_id IS NULL OR source_store_id <> destination_store_id)",
        "The source and the destination of a transfer must be two different stores.",
    )
    _state_date_index = models.Index("(company_id, state, expected_date)")
    _to_ship_index = models.Index("(source_store_id) WHERE is_to_ship")

    # --- Computes ---

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
            elif transfer.initiator == "source" and not transfer.source_store_id:
                transfer.source_store_id = transfer._get_only_own_store()

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

    @api.model
    def _get_default_expected_date(self):
        """Return today, at the user's store, else in the company."""
        stores = self.env.user.sudo().transfer_store_ids.filtered(
            lambda store: store.company_id == self.env.company
        )
        return stores[:1]._get_today()

    @api.depends(
        "line_ids.asked_quantity",
        "line_ids.to_ship_quantity",
        "line_ids.shipped_quantity",
        "line_ids.in_transit_quantity",
        "line_ids.received_quantity",
        "line_ids.not_approved_quantity",
        "line_ids.closed_quantity",
    )
    def _compute_quantities(self):
        names = (
            "asked",
            "to_ship",
            "shipped",
            "in_transit",
            "received",
            "not_approved",
            "closed",
        )
        for transfer in self:
            transfer.line_count = len(transfer.line_ids)
            for name in names:
                field = f"{name}_quantity"
                transfer[field] = sum(transfer.line_ids.mapped(field))
            transfer.is_to_ship = bool(transfer.to_ship_quantity)

    @api.depends(
        "asked_quantity",
        "to_ship_quantity",
        "shipped_quantity",
        "in_transit_quantity",
        "received_quantity",
    )
    @api.depends_context("lang")
    def _compute_by_unit(self):
        names = ("asked", "to_ship", "shipped", "in_transit", "received")
        sums = self._get_sums_by_unit([f"{name}_quantity" for name in names])
        for transfer in self:
            for name in names:
                quantities = sums[f"{name}_quantity"][transfer._origin.id]
                transfer[f"{name}_by_unit"] = format_quantities(self.env, quantities)

    def _get_sums_by_unit(self, names):
        """Return ``{field: {transfer id: {unit: sum over the lines}}}``, by one query."""
        sums = {name: defaultdict(dict) for name in names}
        # In sudo: a transfer shows how much it is about, also to who reads no lines.
        for transfer, unit, *totals in (
            self.env["store.transfer.line"]
            .sudo()
            ._read_group(
                [("transfer_id", "in", self._origin.ids)],
                ["transfer_id", "stock_uom_id"],
                [f"{name}:sum" for name in names],
            )
        ):
            for name, total in zip(names, totals, strict=True):
                sums[name][transfer.id][unit] = total
        return sums

    @api.depends(*(f"line_ids.{name}_quantity" for name in SHOWN_WHERE_SOME))
    @api.depends_context("uid")
    def _compute_has_goods(self):
        """Say which columns have something to show, to who sees the lines."""
        for transfer in self:
            for name in SHOWN_WHERE_SOME:
                quantities = transfer.line_ids.mapped(f"{name}_quantity")
                transfer[f"has_{name}_goods"] = any(quantities)

    @api.depends(
        "approval_state",
        "kind",
        "arrival_date",
        "to_ship_quantity",
        "shipped_quantity",
        "in_transit_quantity",
        "received_quantity",
        "count_ids.state",
    )
    def _compute_state(self):
        for transfer in self:
            if transfer.approval_state == "approved":
                transfer.state = transfer._get_stock_state()
            else:
                transfer.state = transfer.approval_state

    def _get_stock_state(self):
        """Return the state that the pickings say."""
        self.ensure_one()
        if not self.to_ship_quantity and not self.in_transit_quantity:
            return "done" if self.shipped_quantity else "cancelled"
        if self.kind == "dispatch":
            return "approved"
        if self.received_quantity or "done" in self.count_ids.mapped("state"):
            return "partial"
        if not self.in_transit_quantity and self.kind == "between":
            return "approved"
        if self.arrival_date:
            return "arrived"
        return "approved" if self.kind == "receipt" else "in_transit"

    def _has_goods_to_count(self):
        """Tell whether there is something that the destination can count."""
        self.ensure_one()
        if self.kind == "receipt":
            return self.is_to_ship
        return any(
            line.product_id.uom_id.compare(
                line.in_transit_quantity, line._get_quantity_to_take_back()
            )
            > 0
            # Only as far as the first one: it is asked for each row that is counted.
            for line in self.sudo().line_ids
            if line.in_transit_quantity
        )

    def _has_goods_to_take_back(self):
        """Tell whether the destination sent something back to the source."""
        self.ensure_one()
        return self.kind == "between" and any(
            line._get_quantity_to_take_back()
            for line in self.sudo().line_ids
            if line.in_transit_quantity
        )

    @api.depends("source_store_id", "destination_store_id")
    @api.depends_context("uid")
    def _compute_is_of_my_stores(self):
        from_mine = self.filtered_domain(self._get_my_stores_domain("source_store_id"))
        to_mine = self.filtered_domain(
            self._get_my_stores_domain("destination_store_id")
        )
        for transfer in self:
            transfer.is_from_my_store = transfer in from_mine
            transfer.is_to_my_store = transfer in to_mine

    def _search_is_from_my_store(self, operator, value):
        return self._search_my_stores("source_store_id", operator)

    def _search_is_to_my_store(self, operator, value):
        return self._search_my_stores("destination_store_id", operator)

    def _search_my_stores(self, field, operator):
        return self._get_my_stores_domain(field) if operator == "in" else NotImplemented

    def _get_my_stores_domain(self, field):
        """Return the domain of the user's stores; head office may have none of its own.

        All stores are theirs then.
        """
        stores = self.env.user.sudo().transfer_store_ids
        if not stores and self.env.user.has_group(GROUP_HEAD_OFFICE):
            return Domain(field, "!=", False)
        return Domain(field, "in", stores.ids)

    @api.model
    @api.readonly
    def count_tabs(self, domain, tab_domains):
        """Return how many transfers of ``domain`` each of the tabs shows."""
        return [
            self.search_count(Domain(domain) & Domain(tab_domain))
            for tab_domain in tab_domains
        ]

    @api.depends("state", "line_ids", "destination_store_id.transfer_blind_count")
    @api.depends_context("uid")
    def _compute_hides_lines(self):
        """Who counts blind sees the products when they count them, and not before."""
        for transfer in self:
            transfer.hides_lines = transfer.sudo().line_ids != transfer.line_ids

    @api.depends("count_ids")
    def _compute_number_of_counts(self):
        for transfer in self:
            transfer.number_of_counts = len(transfer.count_ids)

    @api.depends("discrepancy_ids")
    @api.depends_context("uid")
    def _compute_number_of_discrepancies(self):
        for transfer in self:
            transfer.number_of_discrepancies = len(transfer.discrepancy_ids)

    def _get_open_shorts(self):
        """Return the cases of goods that are missing."""
        return self.discrepancy_ids._filter_open_shorts()

    def _get_shorts_to_settle(self):
        """Return those that the user may settle: what is disputed, head office may."""
        return self._get_open_shorts().filtered(
            lambda case: not case._get_refusal("settle")
        )

    @api.depends(
        "state",
        "line_ids.product_id",
        "line_ids.asked_quantity",
        "source_store_id",
    )
    def _compute_shortage_message(self):
        for transfer in self:
            lines = transfer.line_ids.filtered("product_id")
            needs_check = transfer.state in ("draft", "waiting")
            shortages = (
                lines._get_shortages()
                if needs_check and transfer.source_store_id
                else []
            )
            transfer.shortage_message = transfer._format_shortages(shortages)

    @api.depends("state", "is_to_ship", "line_ids.product_id", "source_store_id")
    @api.depends_context("lang", "tz")
    def _compute_source_stock_message(self):
        # Quants and lots are out of reach of store staff.
        for transfer, with_stock in zip(self, self.sudo(), strict=True):
            asks = transfer.state in ("draft", "waiting") or transfer.is_to_ship
            sentences = (
                with_stock._get_source_stock_sentences()
                if asks and transfer.source_store_id
                else []
            )
            transfer.source_stock_message = "\n".join(sentences)

    def _get_source_stock_sentences(self):
        """Return one sentence for each thing to know. To be extended, see above."""
        self.ensure_one()
        return []

    def _format_shortages(self, shortages):
        return ", ".join(
            self.env._(
                "%(product)s (asked %(asked)s, free %(free)s)",
                product=product.display_name,
                asked=format_quantity(self.env, asked, product.uom_id),
                free=format_quantity(self.env, free, product.uom_id),
            )
            for product, asked, free in shortages
        )

    @api.depends("source_store_id.name", "destination_store_id.name", "partner_id.name")
    @api.depends_context("store_transfer_show_route")
    def _compute_display_name(self):
        if not self.env.context.get("store_transfer_show_route"):
            return super()._compute_display_name()
        for transfer in self:
            third_party = transfer.partner_id.name or self.env._("Third party")
            origin = transfer.source_store_id.name or third_party
            target = transfer.destination_store_id.name or third_party
            transfer.display_name = f"{transfer.name}: {origin} → {target}"
        return None

    @api.model
    def get_import_templates(self):
        """Offer, where Odoo itself imports, the way that is made for transfers."""
        return [
            {
                "label": self.env._(
                    "Template for Store Transfer > Import (upload it there, not here)"
                ),
                "template": "/store_transfer/import_template",
            }
        ]

    # --- Creating and editing ---

    @api.model_create_multi
    def create(self, vals_list):
        if not self.env.su:
            self._check_may_create(vals_list)
        transfers = super().create(vals_list)
        for company, of_company in transfers.grouped("company_id").items():
            sequence = self.env["ir.sequence"].with_company(company)
            for transfer in of_company.sudo():
                transfer.name = sequence.next_by_code("store.transfer")
        return transfers

    def _check_may_create(self, vals_list):
        """Refuse a transfer of a store that is not the user's, before it is created."""
        for vals in vals_list:
            header = {name: vals[name] for name in HEADER_FIELDS & vals.keys()}
            self._check_reach([header])
            transfer = self.new(self._add_missing_default_values(header))
            if refusal := transfer._get_role_refusal("edit"):
                raise refusal

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

    def on_barcode_scanned(self, barcode):
        """Add one piece (or one packaging) of what was scanned to the draft."""
        if self.state != "draft":
            return None
        product, unit = self._find_scanned_product(barcode)
        if not product:
            return {
                # Beside the form: in front of it, it would swallow the next scan.
                "warning": {
                    "type": "notification",
                    "title": self.env._("Unknown barcode"),
                    "message": self.env._(
                        "No product with the barcode or SKU %s was found.", barcode
                    ),
                }
            }
        line = self.line_ids.filtered(
            lambda line: line.product_id == product and line.product_uom_id == unit
        )[:1]
        if line:
            line.quantity += 1
        else:
            self.line_ids += self.env["store.transfer.line"].new(
                {"product_id": product.id, "product_uom_id": unit.id, "quantity": 1}
            )
        return None

    def _find_scanned_product(self, barcode):
        """Return the product and unit of a barcode: a product's, a packaging's, a SKU.

        :return: ``(product.product, uom.uom)``, both empty when nothing matches
        """
        products = self.env["product.product"]
        in_company = Domain("company_id", "in", [False, self.company_id.id])
        for field in ("barcode", "default_code"):
            product = products.search(Domain(field, "=", barcode) & in_company, limit=2)
            if len(product) == 1:
                return product, product.uom_id
        packaging = self.env["product.uom"].search([("barcode", "=", barcode)], limit=1)
        return packaging.product_id, packaging.uom_id

    # --- Steps ---

    def action_submit(self):
        """Ask the other side; a third-party transfer needs nobody and goes ahead."""
        transfers = self._start_step("submit")
        for transfer in transfers:
            transfer._check_can_submit()
        with_approval = transfers.filtered(lambda transfer: transfer.kind == "between")
        transfers.submit_date = fields.Datetime.now()
        with_approval.approval_state = "waiting"
        with_approval._sync_activities()
        for transfer in with_approval:
            transfer._notify_other_side()
        (transfers - with_approval)._do_approve()
        return True

    def _check_can_submit(self):
        """Check everything at once and name what has to be mended.

        :raise UserError: one sentence per fault
        """
        self.ensure_one()
        self._check_company()
        errors = self._get_store_errors() + self.line_ids._get_submit_errors()
        if not self.line_ids:
            errors.append(self.env._("Add at least one product."))
        if self.company_id.transfer_block_shortage and self.source_store_id:
            shortages = self._get_blocking_shortages()
            if shortages:
                errors.append(
                    self.env._(
                        "%(store)s does not have enough of: %(products)s.",
                        store=self.source_store_id.name,
                        products=self._format_shortages(shortages),
                    )
                )
        if errors:
            raise UserError(
                self.env._(
                    "%(transfer)s can't be submitted yet:\n%(errors)s",
                    transfer=self.name,
                    errors="\n".join(f"- {error}" for error in errors),
                )
            )

    def _get_store_errors(self):
        """Return one sentence for each store that takes no part (any more)."""
        return [
            self.env._("%s is not a store any more.", store.name)
            for store in self.source_store_id | self.destination_store_id
            if not store.is_store or not store.active
        ]

    def action_approve(self):
        """Approve everything that was asked for."""
        self._start_step("approve")._do_approve()
        return True

    def action_open_approve(self):
        """Open the question how much of each line is approved."""
        self.ensure_one()
        self._check_step("approve")
        return self._open_saved(
            self._get_wizard_action(
                "store.transfer.approve", self.env._("Approve Less")
            )
        )

    def _do_approve(self, quantities=None):
        """Create the pickings.

        :param quantities: ``{line: quantity in the product's unit}`` where it is less
            than what was asked for
        """
        if errors := self._get_store_errors():
            raise UserError("\n".join(errors))
        quantities = quantities or {}
        lines = self.line_ids
        for line in lines:
            line.approved_quantity = quantities.get(line, line.asked_quantity)
        for transfer in self:
            transfer.stock_reference_id = self.env["stock.reference"].create(
                {"name": transfer.name}
            )
        self.write(
            {
                "approval_state": "approved",
                "approval_date": fields.Datetime.now(),
                "approval_user_id": self.env.uid,
            }
        )
        self._create_legs()
        self._sync_legs()

    def action_open_reject(self):
        """Open the question why."""
        self._check_step("reject")
        return self._get_wizard_action("store.transfer.reject", self.env._("Reject"))

    def _do_reject(self, reason, note):
        self.write(
            {
                "approval_state": "rejected",
                "reason_id": reason.id,
                "reason_note": note,
            }
        )
        self._sync_activities()
        for transfer in self:
            transfer._notify_initiator()

    def action_reset(self):
        """Make a rejected transfer a draft again."""
        transfers = self._start_step("reset")
        transfers.write(
            {
                "approval_state": "draft",
                "submit_date": False,
                "reason_id": False,
                "reason_note": False,
            }
        )
        transfers._sync_activities()
        return True

    def action_cancel(self):
        """Cancel what has not left yet, and free what was reserved for it."""
        transfers = self._start_step("cancel")
        for line in transfers.line_ids:
            # What was approved is closed by cancelling its moves.
            if line.transfer_id.approval_state != "approved":
                line._close_unshipped(line.asked_quantity)
        transfers.approval_state = "cancelled"
        # What was cancelled may be imported anew.
        transfers.import_order_ids._forget_fingerprints()
        transfers.picking_ids.move_ids.filtered(
            lambda move: move.state not in ("done", "cancel")
        )._action_cancel()
        transfers._sync_activities()
        return True

    def action_open_ship(self):
        """Open the question how much of each line leaves now."""
        self.ensure_one()
        self._start_step("ship")._reserve_to_ship()
        return self._open_saved(
            self._get_wizard_action("store.transfer.ship", self.env._("Ship"))
        )

    def action_open_close(self):
        """Open the question why the rest will not come."""
        self.ensure_one()
        self._check_step("close")
        return self._get_wizard_action(
            "store.transfer.close", self.env._("Close the Rest")
        )

    def _do_close(self, reason, note):
        """Cancel what was not shipped yet; the destination stops waiting for it."""
        self.ensure_one()
        lines = self.line_ids.filtered("to_ship_quantity")
        lines.close_reason_id = reason
        self._close_cases(lines, reason, note)
        self._cancel_open_moves("receive" if self.kind == "receipt" else "ship")
        self.message_post(
            body=self.env._(
                "The rest was closed: %(reason)s. %(note)s",
                reason=reason.name,
                note=note or "",
            )
        )

    def _close_cases(self, lines, reason, note):
        """Write down what the destination will not get, and tell it."""
        if self.kind == "dispatch":
            return
        cases = self.env["store.transfer.discrepancy"]
        if self.kind == "receipt":
            # What was counted as short is what will not be delivered.
            cases = self._get_open_shorts()
        known = cases._get_quantity_by_line()
        cases |= cases._open(
            [
                cases._prepare_short_values(line, line.to_ship_quantity - known[line])
                for line in lines
                if line.product_id.uom_id.compare(line.to_ship_quantity, known[line])
                > 0
            ]
        )
        cases._settle("closed", reason, note)
        self._notify_closed(lines, reason, note)

    def _add_line_nobody_sent(self, product, quantity):
        """Return the line of a product that came and was not on this transfer."""
        self.ensure_one()
        line = self.line_ids.filtered(lambda line: line.product_id == product)[:1]
        return line or self.env["store.transfer.line"].create(
            {
                "transfer_id": self.id,
                "product_id": product.id,
                "quantity": 0,
                "surplus_quantity": quantity,
                # Until it is brought on its way, see _raise_by_surplus.
                "closed_quantity": quantity,
            }
        )

    def action_open_settle(self):
        """Open the question what became of the goods that are short."""
        self.ensure_one()
        self._check_step("settle")
        return self._open_saved(
            self._get_wizard_action("store.transfer.settle", self.env._("Settle"))
        )

    def action_confirm_arrival(self):
        """Say that the goods stand here; they are not counted yet."""
        transfers = self._start_step("confirm_arrival")
        transfers.filtered(lambda transfer: not transfer.arrival_date)._write_arrival()
        return True

    def _write_arrival(self):
        self.write(
            {"arrival_date": fields.Datetime.now(), "arrival_user_id": self.env.uid}
        )
        self._sync_activities()

    def action_start_count(self):
        """Open the count; goods that are still on the way have then arrived."""
        self.ensure_one()
        count = self._start_step("count")._get_open_count()
        return count.with_env(self.env)._get_form_action()

    def action_scan(self):
        """Open the scan screen of the count, which is started where there is none."""
        self.ensure_one()
        count = self._start_step("count")._get_open_count()
        action = self.env["ir.actions.client"]._for_xml_id("store_transfer.action_scan")
        return {**action, "params": {"count_id": count.id}}

    @api.model
    @api.readonly
    def get_transfers_to_count(self, text=""):
        """Return the transfers that the user can count now; with ``text``, that one.

        :param text: a transfer's number, or the number of one of its pickings
        """
        if text and not isinstance(text, str):
            raise UserError(self.env._("Enter the number of a transfer, as a text."))
        text = drop_unwritable(text or "")
        domain = self._get_countable_domain()
        if text:
            pickings = self.env["stock.picking"].sudo().search([("name", "=", text)])
            domain &= Domain("name", "=ilike", escape_psql(text)) | Domain(
                "id", "in", pickings.transfer_id.ids
            )
        else:
            domain &= self._get_my_stores_domain("destination_store_id")
        return [
            transfer._prepare_transfer_to_count()
            for transfer in self._find_to_count(domain)
        ]

    @api.model
    def _get_countable_domain(self):
        """Return the domain of what is on its way to a store, or announced to it."""
        on_its_way = Domain("kind", "=", "between") & Domain(
            "in_transit_quantity", ">", 0
        )
        announced = Domain("kind", "=", "receipt") & Domain("is_to_ship", "=", True)
        domain = Domain("state", "in", STOCK_STATES) & (on_its_way | announced)
        # In sudo: who counts blind may not ask for quantities.
        return Domain("id", "in", self.sudo()._search(domain))

    @api.model
    def _find_to_count(self, domain):
        """Return the first transfers of ``domain`` that the user may count now."""
        found = self.browse()
        for offset in itertools.count(step=MOST_TO_COUNT):
            page = self.search(
                domain, offset=offset, limit=MOST_TO_COUNT, order="expected_date, id"
            )
            # Read at once what each of them is asked about.
            page.sudo().line_ids.move_ids.mapped("state")
            found |= page.filtered(lambda transfer: not transfer._get_refusal("count"))
            # As a rule there is one page: only what goes back is left out after all.
            if len(page) < MOST_TO_COUNT or len(found) >= MOST_TO_COUNT:
                return found[:MOST_TO_COUNT]
        return found

    def _prepare_transfer_to_count(self):
        count = self.sudo().count_ids.filtered(lambda count: count.state == "open")
        return {
            "id": self.id,
            "name": self.name,
            "from": self.sudo().source_store_id.name or self.partner_id.name or "",
            "expected_date": fields.Date.to_string(self.expected_date),
            "is_late": self.is_late,
            "line_count": self.line_count,
            "count_id": count.id,
            "counter": count.user_id.name or "",
            "state": self._get_state_label(),
            "has_arrived": bool(self.arrival_date),
        }

    def action_receive_all(self):
        """Everything came: count all that is expected, and submit."""
        self.ensure_one()
        count = self._start_step("count")._get_open_count().with_env(self.env)
        count._check_nobody_is_counting()
        action = count.action_everything_came()
        if count.needs_lot_names:
            # New lots and serial numbers have to be written down first.
            return action
        # What is past its date is asked about.
        return count.action_review() if count.expired_message else count.action_submit()

    def action_take_back(self):
        """Receive at the source what the destination sent back."""
        self.ensure_one()
        transfer = self._start_step("take_back")
        transfer._do_take_back()
        return self._get_print_action(transfer) or True

    def _get_open_count(self):
        """Return the count that is going on, or start one."""
        self.ensure_one()
        if not self.arrival_date:
            self._write_arrival()
        counts = self.env["store.transfer.count"]
        count = counts.search(
            [("transfer_id", "=", self.id), ("state", "=", "open")], limit=1
        ) or counts.create({"transfer_id": self.id})
        count._sync_lines()
        return count

    def _log_count(self, count):
        """Write down who counted, what is short and what is damaged."""
        self.ensure_one()
        values = {
            "user": count.user_id.name,
            "counted": count.counted_by_unit,
            "damaged": count.damaged_by_unit,
            "expected": count.expected_by_unit,
        }
        if self.destination_store_id.transfer_blind_count:
            # Who counts what comes next reads this as well.
            body = self.env._(
                "%(user)s counted: %(counted)s in good state, %(damaged)s damaged.",
                **values,
            )
        elif count.damaged_quantity:
            body = self.env._(
                "%(user)s counted: %(counted)s in good state, %(damaged)s damaged. "
                "Expected: %(expected)s.",
                **values,
            )
        else:
            body = self.env._(
                "%(user)s counted: %(counted)s. Expected: %(expected)s.", **values
            )
        self.message_post(body=body)

    # --- Telling people ---

    def _get_turns(self):
        self.ensure_one()
        turns = []
        if self.state == "waiting":
            turns.append(("mail_activity_type_approve", "other", GROUP_APPROVER))
        if self.state in STOCK_STATES:
            if self.kind != "receipt" and self.to_ship_quantity:
                turns.append(("mail_activity_type_ship", "source", GROUP_STAFF))
            if self._has_goods_to_take_back():
                turns.append(("mail_activity_type_take_back", "source", GROUP_STAFF))
            if self._has_goods_to_count():
                turns.append(("mail_activity_type_count", "destination", GROUP_STAFF))
        if self.state == "rejected":
            turns.append(("mail_activity_type_rejected", "initiator", GROUP_STAFF))
        return turns

    def _get_turn_deadline(self, turn, today):
        company = self.company_id
        if turn == "mail_activity_type_approve":
            submitted = self._get_side_store("other")._get_today(self.submit_date)
            in_time = submitted + timedelta(days=company.transfer_approve_days)
            return min(in_time, self._get_ship_day())
        if turn == "mail_activity_type_rejected":
            return today + timedelta(days=company.transfer_approve_days)
        if turn == "mail_activity_type_ship":
            return self._get_ship_day()
        if turn == "mail_activity_type_take_back":
            return today + timedelta(days=company.transfer_transit_days)
        return self.expected_date

    def _get_ship_day(self):
        """Return on which day goods have to leave, to be there on the expected day."""
        return self.expected_date - timedelta(
            days=self.company_id.transfer_transit_days
        )

    @api.model
    def _get_domain_of_turns(self, stores, companies):
        return Domain("state", "in", ("rejected", *OPEN_STATES)) & (
            Domain("source_store_id", "in", stores.ids)
            | Domain("destination_store_id", "in", stores.ids)
        )

    def _get_activity_note(self, activity_type):
        """Return a link to where it is done, if that is not the transfer itself."""
        # Asked for each transfer: "ref" would look in the database whether it exists.
        count_type_id = self.env["ir.model.data"]._xmlid_to_res_id(
            "store_transfer.mail_activity_type_count"
        )
        if activity_type.id != count_type_id:
            return False
        # No word in it: it is stored once, and read in any language.
        icon = Markup('<i class="fa fa-barcode"></i>')
        link = Markup('<a href="/odoo/store-transfer-count">%s %s</a>')
        return link % (icon, self.name)

    def _notify_other_side(self):
        """Notify the other store's own approvers; who stands in has an activity."""
        store = self._get_side_store("other")
        users = store._get_transfer_staff(GROUP_APPROVER)
        self._notify_users(users, lambda transfer: transfer._tell_who_approves())

    def _tell_who_approves(self):
        return (
            self.env._("%s waits for your approval", self.name),
            self.env._(
                "From %(sender)s to %(receiver)s: %(quantity)s of %(count)d products, "
                "expected on %(date)s.",
                sender=self.source_store_id.name,
                receiver=self.destination_store_id.name,
                quantity=self.asked_by_unit,
                count=self.line_count,
                date=format_date(self.env, self.expected_date),
            ),
        )

    def _notify_closed(self, lines, reason, note):
        """Tell the destination what it need not wait for."""
        self._notify_users(
            self.destination_store_id._get_transfer_staff(GROUP_STAFF),
            lambda transfer: transfer._tell_closed(lines, reason, note),
        )

    def _tell_closed(self, lines, reason, note):
        return (
            self.env._("%s: some of it will not come", self.name),
            self.env._(
                "%(store)s does not ship: %(products)s. Reason: %(reason)s. %(note)s",
                store=self.source_store_id.name or self.partner_id.name or "",
                products=", ".join(
                    line._describe_quantity("to_ship_quantity")
                    for line in lines.with_env(self.env)
                ),
                reason=reason.with_env(self.env).name,
                note=note or "",
            ),
        )

    def _log_approved_less(self, lines, reason, note):
        """Write down what was not approved, and tell who asked for it."""
        self.message_post(body=self._tell_approved_less(lines, reason, note)[1])
        self._notify_users(
            self.user_id,
            lambda transfer: transfer._tell_approved_less(lines, reason, note),
        )

    def _tell_approved_less(self, lines, reason, note):
        return (
            self.env._("%s was approved for less", self.name),
            self.env._(
                "Not approved: %(products)s. Reason: %(reason)s. %(note)s",
                products=", ".join(
                    line._describe_quantity("not_approved_quantity")
                    for line in lines.with_env(self.env)
                ),
                reason=reason.with_env(self.env).name,
                note=note or "",
            ),
        )

    def _notify_initiator(self):
        self._notify_users(self.user_id, lambda transfer: transfer._tell_rejected())

    def _tell_rejected(self):
        return (
            self.env._("%s was rejected", self.name),
            self.env._(
                "Reason: %(reason)s. %(note)s",
                reason=self.reason_id.name,
                note=self.reason_note or "",
            ),
        )

    # --- Opening ---

    def action_download_details(self):
        """Give the lines of these transfers as a spreadsheet."""
        self.check_access("read")
        self._check_shows_lines()
        details = self.env["store.transfer.details"].create(
            {"transfer_ids": [Command.set(self.ids)]}
        )
        number = self.name if len(self) == 1 else fields.Date.context_today(self)
        name = self.env._("Transfer details %s", number)
        return get_download_action(details, "file", name.replace("/", "-"))

    def _check_shows_lines(self):
        """Refuse to tell who counts blind what to expect."""
        for transfer in self.filtered("hides_lines"):
            raise UserError(
                self.env._(
                    "%(transfer)s: %(store)s counts blind. You see the products when "
                    "you count them.",
                    transfer=transfer.name,
                    store=transfer.destination_store_id.name,
                )
            )

    def _get_third_party_name(self):
        """Return the name of the contact, or what the remark says of it first."""
        self.ensure_one()
        if self.kind == "between":
            return ""
        remark = (self.remark or "").strip()
        return (
            self.partner_id.name
            or remark.partition("\n")[0]
            or self.env._("Third party")
        )

    def _get_wizard_action(self, model, name):
        return {
            "type": "ir.actions.act_window",
            "name": name,
            "res_model": model,
            "view_mode": "form",
            "target": "new",
            "context": {
                "default_transfer_id": self.id if len(self) == 1 else False,
                "default_transfer_ids": self.ids,
            },
        }

    @api.model
    def _open_saved(self, action):
        """Return the action that opens a wizard, which is saved with its lines already.

        Of one that is not, the browser has to have all lines, with all their values,
        and sends them back with each number that is typed.
        """
        wizard = self.env[action["res_model"]].with_context(**action["context"])
        return {**action, "res_id": wizard.create({}).id}

    def action_view_discrepancies(self):
        """Show the differences of this transfer."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "store_transfer.action_store_transfer_discrepancy"
        )
        domain = [("transfer_id", "=", self.id)]
        return {**action, "domain": domain, "context": {"create": False}}

    def action_view_pickings(self):
        """Show the pickings of a leg, to those who may see them in Inventory."""
        self.ensure_one()
        code = self.env.context.get("picking_type_code")
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "stock.action_picking_tree_all"
        )
        domain = Domain("transfer_id", "=", self.id)
        if code:
            domain &= Domain("picking_type_id.code", "=", code)
        return {**action, "domain": list(domain), "context": {"create": False}}

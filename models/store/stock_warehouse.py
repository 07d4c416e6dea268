from collections import defaultdict
from datetime import datetime, time

from pytz import UTC

from odoo import api, fields, models
from odoo.exceptions import AccessError, ValidationError
from odoo.fields import Domain

from ...tools.roles import GROUP_APPROVER, GROUP_HEAD_OFFICE
from .res_company import SURPLUS_POLICIES

# The last part of the names of the reports that print them
CARTON_LABELS = [
    ("carton_labels", "Label 100 × 150 mm (PDF)"),
    ("carton_labels_sheet", "A4 Paper (PDF)"),
    ("carton_labels_zpl", "Label Printer (ZPL)"),
]

STORE_SETTINGS = {
    "is_store",
    "transfer_staff_ids",
    "transfer_assortment",
    "transfer_category_ids",
    "transfer_product_ids",
    "transfer_damage_location_id",
    "transfer_surplus_policy",
    "transfer_surplus_percent",
    "transfer_surplus_pieces",
    "transfer_blind_count",
    "transfer_require_every_line",
    "transfer_carton_policy",
    "transfer_has_undo_days",
    "transfer_undo_days",
    "transfer_print_on_shipping",
    "transfer_print_on_arrival",
    "transfer_new_carton_label",
}


class StockWarehouse(models.Model):
    """A warehouse that takes part in transfers is a store."""

    _inherit = "stock.warehouse"

    is_store = fields.Boolean(
        string="Store",
        default=True,
        help="This warehouse sends and receives store transfers.",
    )
    transfer_staff_ids = fields.Many2many(
        "res.users",
        "store_transfer_staff_rel",
        "warehouse_id",
        "user_id",
        string="Staff",
        domain=[("share", "=", False)],
        help="Who works for this store: they see its transfers and act for it.",
    )
    transfer_assortment = fields.Selection(
        [("all", "All products"), ("selected", "Chosen categories and products")],
        string="Assortment",
        default="all",
        required=True,
    )
    transfer_category_ids = fields.Many2many(
        "product.category",
        "store_transfer_assortment_category_rel",
        "warehouse_id",
        "category_id",
        string="Product Categories",
    )
    transfer_product_ids = fields.Many2many(
        "product.product",
        "store_transfer_assortment_product_rel",
        "warehouse_id",
        "product_id",
        string="Products",
    )
    transfer_blind_count = fields.Boolean(
        string="Blind Count",
        help="Staff who count don't see how much is expected. Approvers and head "
        "office do.",
    )
    transfer_require_every_line = fields.Boolean(
        string="Count Every Line",
        help="A count is submitted only when each line was counted: where nothing "
        "came, zero has to be entered.",
    )
    transfer_has_undo_days = fields.Boolean(
        string="Own Days to Undo",
        help="For how many days what was done here can be undone is not as the company "
        "says.",
    )
    transfer_undo_days = fields.Integer(
        string="Days to Undo",
        help="For so many days a count of this store, or what it shipped to a third "
        "party, can be undone. On the same day only: 0.",
    )
    transfer_print_on_shipping = fields.Boolean(
        string="Print When Shipping",
        help="Shipping prints the transfer slip, and the packing list where the goods "
        "are in cartons.",
    )
    transfer_print_on_arrival = fields.Boolean(
        string="Print on Arrival",
        help="Confirming the arrival of goods prints the count sheet.",
    )
    transfer_new_carton_label = fields.Selection(
        CARTON_LABELS,
        string="Print the Label of a New Carton",
        help="A carton that is begun while somebody picks gets its label at once. "
        "Empty: only when they ask for it.",
    )
    transfer_damage_location_id = fields.Many2one(
        "stock.location",
        string="Damage Location",
        check_company=True,
        ondelete="restrict",
        domain="[('usage', 'in', ('internal', 'inventory')),"
        " ('company_id', 'in', [False, company_id])]",
        help="Where goods that arrive damaged are put. Empty: they are scrapped.",
    )
    transfer_surplus_policy = fields.Selection(
        SURPLUS_POLICIES,
        string="Surplus",
        help="What happens when more comes than was shipped. Empty: as the company "
        "says.",
    )
    transfer_surplus_percent = fields.Float(
        string="Surplus Tolerance (%)", help="Of what was asked for of a product."
    )
    transfer_surplus_pieces = fields.Float(
        string="Surplus Tolerance (Pieces)",
        digits="Product Unit",
        help="So much more of a product may come, even if it is a higher percentage.",
    )
    transfer_on_hand_quantity = fields.Float(
        string="On Hand",
        digits="Product Unit",
        compute="_compute_transfer_stock",
        help="What this store has of the product in the context.",
    )
    transfer_free_quantity = fields.Float(
        string="Free to Use",
        digits="Product Unit",
        compute="_compute_transfer_stock",
        help="What this store has of the product in the context and is not reserved.",
    )

    @api.constrains("transfer_damage_location_id", "lot_stock_id")
    def _check_transfer_damage_location(self):
        """Damaged goods are never where goods are sold from, by whatever store."""
        stocks = self.sudo().search([("is_store", "=", True)]).lot_stock_id
        for store in self.filtered("transfer_damage_location_id"):
            location = store.transfer_damage_location_id
            usable = location.usage in ("internal", "inventory")
            if not usable or any(location._child_of(stock) for stock in stocks):
                raise ValidationError(
                    self.env._(
                        "%(location)s can't be the damage location of %(store)s: goods "
                        "are sold from there, or it is no place in a warehouse. Choose "
                        "one beside the stock.",
                        location=location.display_name,
                        store=store.name,
                    )
                )

    def _get_surplus_policy(self):
        """Return the policy, the percentage and the pieces that are tolerated."""
        self.ensure_one()
        decides = self if self.transfer_surplus_policy else self.company_id
        return (
            decides.transfer_surplus_policy,
            decides.transfer_surplus_percent,
            decides.transfer_surplus_pieces,
        )

    def _get_undo_days(self):
        """Return who says for how many days something can be undone, and the days."""
        self.ensure_one()
        decides = self if self.transfer_has_undo_days else self.company_id
        return decides, decides.transfer_undo_days

    def _get_damage_location(self):
        """Return where damaged goods go: the store's own place, else Odoo's scrap."""
        self.ensure_one()
        return (
            self.transfer_damage_location_id
            or self.company_id._get_transfer_scrap_location()
        )

    @api.depends_context("transfer_product_id")
    def _compute_transfer_stock(self):
        product = self.env["product.product"].browse(
            self.env.context.get("transfer_product_id")
        )
        for store in self:
            stock = store._get_product_stock(product)
            store.transfer_on_hand_quantity = stock.qty_available
            store.transfer_free_quantity = stock.free_qty

    @api.model_create_multi
    def create(self, vals_list):
        warehouses = super().create(vals_list)
        warehouses._create_transfer_types()
        return warehouses

    def write(self, vals):
        if not self.env.su and self._may_write_store_settings_only():
            self._check_only_store_settings(vals)
        if not vals.keys() & {"transfer_staff_ids", "active"}:
            return super().write(vals)
        before = {store: store._get_workers() for store in self}
        result = super().write(vals)
        self.filtered(
            lambda store: store._get_workers() != before[store]
        )._pass_on_transfer_turns()
        return result

    def _get_workers(self):
        store = self.sudo()
        return store.active and store.transfer_staff_ids

    def _may_write_store_settings_only(self):
        """Tell whether it is as head office that the user may write at all."""
        user = self.env.user
        return user.has_group(GROUP_HEAD_OFFICE) and not user.has_group(
            "stock.group_stock_manager"
        )

    def _check_only_store_settings(self, vals):
        """Head office sets up stores, but not the warehouse behind them."""
        refused = vals.keys() - STORE_SETTINGS
        if refused:
            raise AccessError(
                self.env._(
                    "Head office can change a store's staff, assortment and counting "
                    "only. "
                    "Ask an inventory administrator to change: %(fields)s.",
                    fields=", ".join(sorted(refused)),
                )
            )

    def _get_product_stock(self, products):
        """Return ``products`` in the context of this store's stock.

        Their ``qty_available`` and ``free_qty`` are then the store's. In sudo, since
        store staff have no rights on quants and moves.
        """
        self.ensure_one()
        context = {
            "lang": self.env.lang,
            "allowed_company_ids": self.env.companies.ids,
            "location": self.lot_stock_id.id,
        }
        # Replaced: with a caller's "to_date" the stock would be another day's.
        return products.sudo().with_context(context)  # pylint: disable=context-overridden

    def _get_transfer_timezone(self):
        """Return the name of the time zone that this store lives in.

        Of no store, as outside a chain, the company's.
        """
        # In sudo: its address may be out of the user's reach.
        store = self.sudo()
        company = store.company_id or self.env.company
        return store.partner_id.tz or company._get_transfer_timezone()

    def _get_today(self, moment=None):
        """Return which day it is at this store now, or at another moment.

        :param moment: a datetime in UTC
        """
        timezone = self._get_transfer_timezone()
        return fields.Date.context_today(self.with_context(tz=timezone), moment)

    @api.model
    def _get_stores_by_day(self):
        """Return ``{day: stores}``: which day it is now, in all stores there are."""
        # In sudo: whose-ever they are.
        stores = self.sudo().with_context(active_test=False)
        # There are some thousands of them at most.
        by_timezone = stores.search([]).grouped(  # pylint: disable=no-search-all
            lambda store: store._get_transfer_timezone()
        )
        by_day = defaultdict(stores.browse)
        for of_timezone in by_timezone.values():
            by_day[of_timezone[0]._get_today()] |= of_timezone
        return by_day

    def _get_noon(self, day):
        """Return noon of a day at this store, as a datetime in UTC.

        That is the same day for everybody who is less than half a day away.
        """
        timezone = self.with_context(tz=self._get_transfer_timezone()).env.tz
        noon = timezone.localize(datetime.combine(day, time(12)))
        return noon.astimezone(UTC).replace(tzinfo=None)

    def _get_transfer_staff(self, group):
        """Return who works here in ``group``, and may enter the store's company."""
        self.ensure_one()
        return self.transfer_staff_ids.filtered(
            lambda user: user.has_group(group) and self.company_id in user.company_ids
        )

    def _pass_on_transfer_turns(self, companies=()):
        """Give the open activities of these stores to who can do them now.

        :param companies: those whose head office has changed
        """
        # In sudo: who manages users and stores need not see their transfers.
        transfers = self.env["store.transfer"]._in_own_context().sudo()
        stores = self.with_env(transfers.env)
        if companies:
            stores |= stores._get_stores_of_head_office(companies)
        transfers._sync_activities_of(stores, companies)
        discrepancies = transfers.env["store.transfer.discrepancy"]
        discrepancies._sync_activities_of(stores, companies)

    @api.model
    def _get_stores_of_head_office(self, companies):
        """Return the stores that head office stands in for, since they lack people."""
        stores = self.with_context(active_test=False).search(
            [("company_id", "in", companies.ids)]
        )
        return stores.with_env(self.env).filtered(
            # An approver is staff as well: where there is one, nobody is lacking.
            lambda store: (
                not store.active or not store._get_transfer_staff(GROUP_APPROVER)
            )
        )

    def _get_assortment_domain(self):
        """Return the domain of the products that this store may carry."""
        self.ensure_one()
        if self.transfer_assortment == "all":
            return Domain.TRUE
        return Domain("id", "in", self.transfer_product_ids.ids) | Domain(
            "categ_id", "child_of", self.transfer_category_ids.ids
        )

    def _filter_assortment(self, products):
        """Return those of ``products`` that this store may carry."""
        self.ensure_one()
        return products.filtered_domain(self._get_assortment_domain())

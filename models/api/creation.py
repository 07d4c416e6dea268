from odoo import api, models
from odoo.exceptions import UserError
from odoo.fields import Command

from ...tools.given import LONGEST_SHORT_TEXT, Given, name_row, read_each, read_rows

MOST_ORDERS = 100
SIDES = ("source", "destination")
# The stores that each kind of transfer has.
STORES = {
    "between": ("source", "destination"),
    "receipt": ("destination",),
    "dispatch": ("source",),
}
ORDER = (
    "key",
    "kind",
    "initiator",
    "company",
    "source",
    "destination",
    "third_party",
    "expected_date",
    "urgent",
    "remark",
    "submit",
    "lines",
)
LINE = ("sku", "quantity", "unit", "remark", "customer_name", "customer_phone")


class StoreTransferApi(models.AbstractModel):
    """Transfers that another system starts."""

    _inherit = "store.transfer.api"

    @api.model
    def create_transfers(self, orders):
        """Create transfers and submit them; all of them, or none.

        :param orders: list of at most 100 objects: ``key`` (the caller's own, for each
            order another), ``source`` and ``destination`` (short names of stores) or
            ``third_party`` (reference of a contact), ``lines`` (at least one: ``sku``,
            ``quantity``; ``unit``, ``remark``, ``customer_name``, ``customer_phone``),
            ``kind`` (``"between"``, ``"receipt"``, ``"dispatch"``), ``initiator``
            (``"source"`` or ``"destination"``), ``company``, ``expected_date``,
            ``urgent``, ``remark``, ``submit`` (false leaves a draft)
        :return: for each order, in this order, ``{"key", "created", "transfer"}``; of
            what was created before ``created`` is false
        """
        self = self._begin()
        orders = read_rows(self.env, "orders", orders, MOST_ORDERS)
        given = read_each(
            self.env,
            self.env._("Order"),
            orders,
            lambda order: Given(self.env, order, ORDER),
        )
        by_key = dict(zip(self._read_keys(given), given, strict=True))
        keys = self.env["store.transfer.api.key"].sudo()
        known = keys._take(
            "create_transfers", {key: order.values for key, order in by_key.items()}
        )
        new = {key: order for key, order in by_key.items() if key not in known}
        created = self._create_new(new)
        keys._keep(created)
        return [
            {
                "key": key,
                "created": key in created,
                "transfer": self._show_created(key, created.get(key) or known[key]),
            }
            for key in by_key
        ]

    def _read_keys(self, given):
        keys = read_each(
            self.env, self.env._("Order"), given, lambda order: order.code("key")
        )
        if len(set(keys)) < len(keys):
            raise UserError(self.env._("Give each order a key of its own."))
        return keys

    def _show_created(self, key, transfer):
        """Return a transfer in its shape, also one that was created before."""
        if not transfer.exists():
            raise UserError(
                self.env._(
                    "What was created with the key %s was deleted since. Use a new key "
                    "to create it anew.",
                    key,
                )
            )
        shown = self._find_transfer(transfer.id)
        return self._prepare_transfer(shown)

    def _create_new(self, orders):
        """Create and submit, naming the order in each fault.

        :param orders: ``{key: Given}``
        :return: ``{key: transfer}``
        """
        values = self._for_each_order(orders, self._prepare_order)
        transfers = self.env["store.transfer"]
        made = self._for_each_order(values, transfers.create)
        self._for_each_order(
            {
                key: transfer
                for key, transfer in made.items()
                if orders[key].flag("submit", True)
            },
            lambda transfer: transfer.action_submit(),
        )
        return made

    def _for_each_order(self, orders, do):
        """Return ``{key: what was done}``; of what can't be, all faults at once."""
        done, faults, refusal = {}, [], None
        for key, order in orders.items():
            try:
                done[key] = do(order)
            except UserError as error:
                refusal = error
                faults += name_row(error, self.env._("Order %s", key))
        if refusal:
            # Of its own class: it says whether it is up to somebody else.
            refusal.args = ("\n".join(faults),)
            raise refusal
        return done

    def _prepare_order(self, order):
        company = self._find_company(order.text("company", LONGEST_SHORT_TEXT))
        kind = order.choice("kind", STORES, "between")
        for name in STORES[kind]:
            order.code(name)
        usual = self.env["store.transfer"]._get_usual_initiator(kind)
        values = {
            "company_id": company.id,
            "kind": kind,
            "initiator": order.choice("initiator", SIDES, usual),
            "source_store_id": self._read_store(order, "source", company),
            "destination_store_id": self._read_store(order, "destination", company),
            "partner_id": self._read_contact(order, company),
            "remark": order.text("remark"),
            "priority": "1" if order.flag("urgent") else "0",
            "line_ids": self._prepare_order_lines(order, company),
        }
        # The database says so, too, but not of which order.
        if values["source_store_id"] == values["destination_store_id"]:
            raise UserError(
                self.env._("source and destination have to be two different stores.")
            )
        order.flag("submit")
        if day := order.day("expected_date"):
            values["expected_date"] = day
        return values

    def _read_store(self, order, name, company):
        code = order.text(name, LONGEST_SHORT_TEXT)
        return bool(code) and self._find_store(code, company).id

    def _read_contact(self, order, company):
        reference = order.text("third_party", LONGEST_SHORT_TEXT)
        if not reference:
            return False
        if order.choice("kind", STORES, "between") == "between":
            raise UserError(
                self.env._(
                    "A transfer between stores has no third_party: leave it out."
                )
            )
        return self._find_contact(reference, company).id

    def _prepare_order_lines(self, order, company):
        sent = order.values.get("lines")
        if sent is None:
            raise UserError(self.env._("%s is missing.", "lines"))
        lines = self._read_lines(sent, LINE)
        skus = self._read_each_line(lines, lambda line: line.code("sku"))
        products = self._find_products(skus, company)
        return self._read_each_line(
            lines,
            lambda line: Command.create(self._prepare_order_line(line, products)),
        )

    def _prepare_order_line(self, line, products):
        product = self._get_product(products, line.code("sku"))
        unit = self._find_unit(product, line.text("unit", LONGEST_SHORT_TEXT))
        quantity = line.quantity("quantity")
        if unit.is_zero(quantity):
            raise UserError(self.env._("%s has to be above zero.", "quantity"))
        phone = line.text("customer_phone", LONGEST_SHORT_TEXT)
        customer = line.text("customer_name", LONGEST_SHORT_TEXT)
        if phone and not customer:
            raise UserError(self.env._("%s is missing.", "customer_name"))
        return {
            "product_id": product.id,
            "product_uom_id": unit.id,
            "quantity": quantity,
            "remark": line.text("remark"),
            "customer_name": customer,
            "customer_phone": phone,
        }

from datetime import date

from psycopg2.errors import UniqueViolation

from odoo import api, models
from odoo.exceptions import ConcurrencyError, UserError
from odoo.fields import Command

from ...tools.texts import drop_unwritable

MOST_LINES = 500
LONGEST_NAME = 100
# What is started at a till: its kind, who starts it, and where the other side goes.
ORDERS = {
    "push": ("between", "source", "destination_store_id"),
    "pull": ("between", "destination", "source_store_id"),
    "receipt": ("receipt", "destination", "partner_id"),
    "dispatch": ("dispatch", "source", "partner_id"),
}


class StoreTransferTill(models.AbstractModel):
    """What is started at the till: an order to another store, a request, a receipt."""

    _inherit = "store.transfer.till"

    @api.model
    def request(
        self, picking_type_id, source_store_id, lines, customer=None, remark="", uuid=""
    ):
        """Ask another store for goods, perhaps for a customer.

        What came for a customer is set aside when it is counted.

        :param lines: see :meth:`order`
        :param customer: ``{"name", "phone"}``
        :return: what :meth:`get_transfer` does
        """
        if customer and not isinstance(customer, dict):
            raise UserError(self.env._("Enter the name of the customer, or none."))
        named = {"customer": customer} if customer else {}
        if isinstance(lines, list):
            lines = [
                {**line, **named} if isinstance(line, dict) else line for line in lines
            ]
        return self.order(
            picking_type_id, "pull", source_store_id, lines, remark=remark, uuid=uuid
        )

    @api.model
    def order(
        self,
        picking_type_id,
        kind,
        other_id,
        lines,
        expected_date=None,
        remark="",
        uuid="",
    ):
        """Start a transfer and submit it.

        :param kind: ``"push"`` (to another store), ``"pull"`` (from one), ``"receipt"``
            (from a third party) or ``"dispatch"`` (to one)
        :param other_id: the id of the other store; of a third party that of its
            contact, or nothing where the remark names it
        :param lines: list of ``{"product_id", "quantity"}`` and, where there is one,
            ``"uom_id"`` (else the product's unit), ``"remark"``, ``"customer"``
            (``{"name", "phone"}``)
        :param expected_date: ISO; where there is none, as transfers of these stores
            are usually there, else today
        :param uuid: made by the till; an order that is sent once more, because its
            answer got lost, is started once
        :return: what :meth:`get_transfer` does
        :raise UserError: in words, for each thing that is wrong
        """
        store = self._find_store(picking_type_id)
        if not isinstance(kind, str) or kind not in ORDERS:
            raise UserError(self.env._("There is no order %s at the till.", kind))
        uuid = self._read_short(uuid)
        transfer = self._find_ordered(uuid)
        if not transfer:
            values = self._prepare_order(store, kind, other_id, expected_date)
            transfer = self._create_ordered(
                {
                    **values,
                    "remark": self._read_text(remark),
                    "till_uuid": uuid or False,
                    "line_ids": [
                        Command.create(self._prepare_ordered_line(line))
                        for line in self._read_lines(lines)
                    ],
                }
            )
            transfer.action_submit()
        return self.get_transfer(picking_type_id, transfer.id)

    def _find_ordered(self, uuid):
        """Return what was started with this id; whether it may be seen, is asked."""
        transfers = self.env["store.transfer"].sudo()
        return uuid and transfers.search([("till_uuid", "=", uuid)], limit=1)

    def _create_ordered(self, values):
        """Create what was ordered, or begin anew where it was made in the meantime.

        An order that is sent once more while the first is still being made waits at
        its id until that is done. Only a call that begins then sees what was made.
        """
        transfers = self.env["store.transfer"]
        try:
            return transfers.create(values)
        except UniqueViolation as error:
            if error.diag.constraint_name != f"{transfers._table}_till_once":
                raise
            raise ConcurrencyError(str(error)) from error

    def _prepare_order(self, store, kind, other_id, expected_date):
        transfer_kind, initiator, other_field = ORDERS[kind]
        other_id = self._read_id(other_id)
        own = "source" if initiator == "source" else "destination"
        if not other_id and transfer_kind == "between":
            raise UserError(self.env._("Choose the other store."))
        if other_id == store.id and transfer_kind == "between":
            raise UserError(self.env._("Choose another store than your own."))
        values = {
            "kind": transfer_kind,
            "initiator": initiator,
            "company_id": store.company_id.id,
            f"{own}_store_id": store.id,
            other_field: other_id,
        }
        if expected_date:
            values["expected_date"] = self._read_date(expected_date)
        return values

    def _read_date(self, text):
        try:
            return date.fromisoformat(text)
        except (TypeError, ValueError):
            raise UserError(self.env._("%s is not a date. Choose one.", text)) from None

    def _read_lines(self, lines):
        """Return the lines of an order.

        :raise UserError: when they are none
        """
        if (
            not isinstance(lines, list)
            or not lines
            or not all(isinstance(line, dict) for line in lines)
        ):
            raise UserError(self.env._("Add at least one product."))
        if len(lines) > MOST_LINES:
            raise UserError(self.env._("An order has %s lines at most.", MOST_LINES))
        return lines

    def _prepare_ordered_line(self, line):
        customer = line.get("customer")
        customer = customer if isinstance(customer, dict) else {}
        phone = self._read_short(customer.get("phone"))
        values = {
            "product_id": self._read_id(line.get("product_id")),
            "quantity": line.get("quantity"),
            "remark": self._read_text(line.get("remark")),
            # It is for somebody also where only the phone number was noted.
            "customer_name": self._read_short(customer.get("name")) or phone,
            "customer_phone": phone,
        }
        if not values["product_id"] or values["quantity"] is None:
            raise UserError(
                self.env._("Choose a product on each line, and how much of it.")
            )
        if isinstance(values["quantity"], (int, float)) and values["quantity"] <= 0:
            raise UserError(
                self.env._("Enter a quantity above zero on each line of the order.")
            )
        if uom_id := self._read_id(line.get("uom_id")):
            values["product_uom_id"] = uom_id
        return values

    def _read_id(self, record_id):
        """Return an id, or False; whether there is such a record, is asked later.

        :raise UserError: when it can't be one
        """
        if record_id and type(record_id) is not int:
            raise UserError(
                self.env._("Choose stores, contacts, products and units from the list.")
            )
        return record_id or False

    def _read_short(self, text):
        """Return a name, a number or an id as it was typed, or nothing."""
        if not isinstance(text, str):
            return ""
        return drop_unwritable(text).strip()[:LONGEST_NAME]

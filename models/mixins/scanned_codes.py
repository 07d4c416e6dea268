from collections import defaultdict
from typing import NamedTuple

from odoo import api, models
from odoo.exceptions import UserError, ValidationError
from odoo.fields import Domain

from ...tools.person import get_person

# Application identifiers of a serial number and of a lot.
GS1_SERIAL, GS1_LOT = "21", "10"
# And of how many there are of what the code names, be it a piece or a box.
GS1_COUNTS = ("30", "37")


def get_spellings(barcode):
    """Return the ways in which one number is written: UPC-A is an EAN-13 with a 0."""
    if barcode.isdecimal() and len(barcode) == 12:
        return barcode, f"0{barcode}"
    if barcode.isdecimal() and len(barcode) == 13 and barcode.startswith("0"):
        return barcode, barcode[1:]
    return (barcode,)


def get_gs1_spellings(number):
    """Return how a product's global number may be written in Odoo.

    GS1 codes fill it up with zeros to 14 digits; a barcode is often shorter.
    """
    return list(dict.fromkeys((number, number[-13:], number.lstrip("0"))))


class LotMissing(UserError):
    """A barcode says the product, but not which of its lots."""


class ProductMissing(UserError):
    """A code is of several products; ``args`` are the message and these products."""


class Found(NamedTuple):
    """What a barcode stands for."""

    product: models.Model
    quantity: float = 1.0
    lot_name: str | None = None


class ProductCode(NamedTuple):
    """What bears a code; of several products, those of the lowest rank are meant."""

    rank: tuple
    found: Found
    is_on_way: bool = True


class StoreTransferScanned(models.AbstractModel):
    """What the codes that devices read stand for."""

    _inherit = "store.transfer.scanned"

    def _get_lines_of(self, found, event):
        """Return the rows of such goods.

        :raise LotMissing: when it was not said of which lot they are
        """
        lines = self._find_lines([("product_id", "=", found.product.id)])
        if found.lot_name:
            return lines.filtered(lambda line: line._get_lot_name() == found.lot_name)
        if found.product.tracking == "none":
            return lines
        # A product alone says a piece only where it was sent without a lot: its label
        # and the label of its lot are of the same piece.
        if lines and all(line._is_sent_without_lot() for line in lines):
            return lines
        named = lines._filter_shown().filtered(lambda line: line.id == event.line_id)
        if not named:
            raise LotMissing(
                self.env._(
                    "%s: scan or enter its lot or serial number, too.",
                    found.product.display_name,
                )
            )
        return named

    def _find_scanned(self, event, batch):
        """Return what a scan is of; None when nobody knows the code.

        A code is of a product on its way, else a lot or serial number of these,
        else a product that nobody sent, else a GS1 code. The screen finds it by the
        same rule, as far as it knows the goods.

        :raise ProductMissing: when several products share it, and nobody said which
        """
        codes = batch.codes.get(event.barcode, [])
        found = (
            self._choose_product(codes, event, batch)
            or self._choose_product(self._find_lots(event.barcode), event, batch)
            or self._get_unsent(codes)
            or self._find_gs1(event.barcode)
        )
        if found and event.lot_name and not found.lot_name:
            return found._replace(lot_name=event.lot_name)
        return found

    def _choose_product(self, codes, event, batch):
        """Return which of the products that share a code is meant, or None."""
        meant = self._get_meant(codes)
        if len(meant) > 1:
            product_id = event.product_id or self._get_product_before(event, batch).id
            chosen = [found for found in meant if found.product.id == product_id]
            if not chosen:
                raise ProductMissing(self._get_question(event.barcode, meant))
            return chosen[0]
        return meant[0] if meant else None

    def _get_question(self, barcode, meant):
        names = [found.product.display_name for found in meant]
        return self.env._(
            "%(code)s is of several products: %(products)s. Choose one, or scan the "
            "label of the product first.",
            code=barcode,
            products=", ".join(names),
        )

    def _get_product_before(self, event, batch):
        """Return the product whose lot this device was asked for just before."""
        before = [
            values
            for values in batch.done.values()
            if (values["device"] or False) == (event.device or False)
        ]
        last = before[-1:] or self._find_scans(
            [
                ("user_id", "=", get_person(self.env).id),
                ("device", "=", event.device or False),
            ],
            limit=1,
        )
        product = self.env["product.product"]
        if not last or last[0]["status"] != "asks_lot":
            return product
        [codes] = self._find_codes([last[0]["barcode"]]).values()
        meant = self._get_meant(codes)
        return meant[0].product if len(meant) == 1 else product

    def _get_meant(self, codes):
        """Return what a code stands for here: several when it is shared."""
        on_way = [code for code in codes if code.is_on_way]
        best = min((code.rank for code in on_way), default=None)
        meant = {code.found.product: code.found for code in on_way if code.rank == best}
        return list(meant.values())

    def _get_unsent(self, codes):
        """Return the product that nobody sent, where a code is of one of them only."""
        best = min((code.rank for code in codes), default=None)
        unsent = {code.found.product: code.found for code in codes if code.rank == best}
        return next(iter(unsent.values())) if len(unsent) == 1 else None

    def _find_sharing(self, barcode):
        """Return the products that share a code."""
        meant = self._get_meant(self._find_codes([barcode])[barcode])
        return meant or self._get_meant(self._find_lots(barcode))

    def _find_codes(self, barcodes):
        """Find the products whose barcode, SKU or packaging the codes are.

        The code as it was read comes before its other spelling, a barcode before a SKU,
        and that before a packaging. Of what nobody sent only what is in use counts.

        :return: ``{barcode: [ProductCode]}``
        """
        spellings = {code for barcode in barcodes for code in get_spellings(barcode)}
        bearers = self._find_bearers(list(spellings))
        products = {
            found.product for by_code in bearers.values() for _, found in by_code
        }
        on_way = self._filter_on_way(self.env["product.product"].union(*products))
        return {
            barcode: [
                ProductCode((index, kind), found, found.product in on_way)
                for index, spelling in enumerate(get_spellings(barcode))
                for kind, found in bearers[spelling]
                if found.product in on_way or found.product.active
            ]
            for barcode in barcodes
        }

    def _find_bearers(self, codes):
        """Return ``{code: [(kind, Found)]}``, what was archived on its way included."""
        in_company = Domain("company_id", "in", [False, self.company_id.id])
        products = self.env["product.product"].with_context(active_test=False)
        has_code = Domain("barcode", "in", codes) | Domain("default_code", "in", codes)
        bearers = defaultdict(list)
        for product in products.search(in_company & has_code):
            for kind, name in enumerate(("barcode", "default_code")):
                bearers[product[name]].append((kind, Found(product)))
        for packaging in self.env["product.uom"].search([("barcode", "in", codes)]):
            product = packaging.product_id
            # Not rounded: half a piece is refused, and does not count as one.
            quantity = packaging.uom_id._compute_quantity(
                1, product.uom_id, round=False
            )
            bearers[packaging.barcode].append((2, Found(product, quantity)))
        return bearers

    def _filter_on_way(self, products):
        """Return those of the products that there is a row of."""
        return self._find_lines([("product_id", "in", products.ids)]).product_id

    def _find_lots(self, name):
        """Find the goods here that have a lot or serial number."""
        lines = self._find_lines(self.line_ids._find_lot_domain(name))
        return self._get_codes_of_lot(lines.product_id, name)

    def _get_codes_of_lot(self, products, name):
        return [ProductCode((), Found(product, 1.0, name)) for product in products]

    def _find_gs1(self, barcode):
        """Read a GS1 code: it says the product, and often its lot and quantity."""
        data = self._parse_gs1(barcode)
        items = [item for item in data if item["type"] == "product"]
        found = items and self._find_gs1_product(items[0]["value"])
        if not found:
            return None
        quantity = found.quantity
        for item in data:
            if item["type"] == "quantity" and self._counts_in(item, found.product):
                quantity = self._get_gs1_quantity(item, found)
        return Found(found.product, quantity, self._get_gs1_lot(data, found.product))

    @api.model
    def _parse_gs1(self, barcode):
        nomenclature = self.env.ref(
            "barcodes_gs1_nomenclature.default_gs1_nomenclature",
            raise_if_not_found=False,
        )
        try:
            return (nomenclature and nomenclature.gs1_decompose_extended(barcode)) or []
        except (ValidationError, ValueError):
            return []

    def _find_gs1_product(self, number):
        """Find a product or packaging by its global number."""
        spellings = get_gs1_spellings(number)
        codes = self._find_codes(spellings)
        for spelling in spellings:
            meant = self._get_meant(codes[spelling])
            found = meant[0] if len(meant) == 1 else self._get_unsent(codes[spelling])
            if found:
                return found
        return None

    def _counts_in(self, item, product):
        """Tell whether a product is counted in such units, or only weighs that much."""
        unit = item["rule"].associated_uom_id
        return not unit or unit._has_common_reference(product.uom_id)

    def _get_gs1_quantity(self, item, found):
        unit = item["rule"].associated_uom_id
        if not unit or item["ai"] in GS1_COUNTS:
            return item["value"] * found.quantity
        return unit._compute_quantity(
            item["value"], found.product.uom_id, rounding_method="HALF-UP"
        )

    def _get_gs1_lot(self, data, product):
        names = {item["ai"]: item["value"] for item in data if item["type"] == "lot"}
        wanted = GS1_SERIAL if product.tracking == "serial" else GS1_LOT
        if product.tracking == "none" or not names:
            return None
        return names.get(wanted) or next(iter(names.values()))

from urllib.parse import quote

from odoo import models

from ...tools.gs1 import (
    is_gln,
    link_carton,
    link_party,
    link_place,
    link_product,
    read_gtin,
)

# How units are called in UN/CEFACT's Recommendation 20; what is counted has none.
UNITS = {
    "uom.product_uom_unit": None,
    "uom.product_uom_kgm": "KGM",
    "uom.product_uom_litre": "LTR",
    "uom.product_uom_meter": "MTR",
    "uom.product_uom_square_meter": "MTK",
    "uom.product_uom_lb": "LBR",
    "uom.product_uom_gal": "GLL",
    "uom.product_uom_foot": "FOT",
    "uom.product_uom_square_foot": "FTK",
    "uom.product_uom_cubic_foot": "FTQ",
}
# Names of the company's own, below its address: nothing has to be found there.
OWN_NAMES = "store-transfer-epcis"


class StoreTransfer(models.Model):
    _inherit = "store.transfer"

    def _get_epcis_link(self):
        """Return the address by which the transfer is opened, as its QR code says."""
        return f"{self.get_base_url()}/store-transfer/{quote(self.name)}"

    def _get_epcis_names(self):
        """Return what the links of products and places stand for.

        :return: ``{"EPCClass" or "BusinessLocation": {link: name}}``
        """
        stores = self.source_store_id | self.destination_store_id
        # Also of what is in a lot: its link begins with that of the product.
        products = self.line_ids.product_id
        return {
            "EPCClass": {one._get_epcis_link(): one.display_name for one in products},
            "BusinessLocation": {one._get_epcis_link(): one.name for one in stores},
        }


class ProductProduct(models.Model):
    _inherit = "product.product"

    def _get_epcis_link(self, lot=None):
        """Return what a product is called, a lot of it, or one piece of it.

        By its GTIN, where its barcode is one; else by a name of our own.
        """
        is_serial = self.tracking == "serial"
        name = lot.name if lot else None
        names = {"serial" if is_serial else "lot": name}
        gtin = read_gtin(self.barcode)
        if gtin and (link := link_product(gtin, **names)):
            return link
        link = f"{self.get_base_url()}/{OWN_NAMES}/product/{self.id}"
        return f"{link}/{next(iter(names))}/{quote(name, safe='')}" if name else link

    def _get_epcis_quantity(self, quantity):
        """Return so much of the product's unit in a unit that everybody knows.

        :return: the quantity, and the code of its unit, none where it is counted
        """
        # Asked for each of the goods: "ref" would look whether it exists, each time.
        find = self.env["ir.model.data"]._xmlid_to_res_id
        for xml_id, code in UNITS.items():
            unit = self.env["uom.uom"].browse(find(xml_id) or ())
            if unit and self.uom_id._has_common_reference(unit):
                converted = self.uom_id._compute_quantity(quantity, unit, round=False)
                return round(converted, 6), code
        return quantity, None


class StockPackage(models.Model):
    _inherit = "stock.package"

    def _get_epcis_link(self):
        """Return what a carton is called: its SSCC, else what its label says."""
        label = f"{self.get_base_url()}/store-carton/{quote(self.name, safe='')}"
        return link_carton(self.name) or label


class StockWarehouse(models.Model):
    _inherit = "stock.warehouse"

    def _get_epcis_link(self):
        """Return what a store is called: its GLN, where one is known."""
        if gln := self.partner_id._get_epcis_gln():
            return link_place(gln)
        return f"{self.get_base_url()}/{OWN_NAMES}/store/{self.id}"


class ResPartner(models.Model):
    _inherit = "res.partner"

    def _get_epcis_link(self):
        """Return what a third party is called: its GLN, where one is known."""
        if gln := self._get_epcis_gln():
            return link_party(gln)
        return f"{self.get_base_url()}/{OWN_NAMES}/party/{self.id}"

    def _get_epcis_gln(self):
        """Return the GLN; Odoo keeps one where it sends electronic invoices."""
        name = "global_location_number"
        gln = self[name] if name in self._fields else None
        return gln if is_gln(gln) else None

"""What a device sends while somebody picks."""

from .common_devices import DeviceCase


class PickCase(DeviceCase):
    """People who pick with the scan screen; here what it sends to the server."""

    @classmethod
    def _create_products(cls):
        products = super()._create_products()
        cls.tea.barcode = "4710000000011"
        cls.mug.barcode = "4710000000028"
        return products

    def make_approved(self, lines=None, **values):
        transfer = self.make_transfer(lines=lines, **values)
        self.submit(transfer)
        if transfer.kind == "between":
            self.approve(transfer)
        return transfer

    def start_pick(self, transfer, user=None):
        """Open the scan screen as ``user``."""
        user = user or self.ec_staff
        action = transfer.with_user(user).action_pick()
        self.assertEqual(action["tag"], "store_transfer_ship")
        picks = self.env["store.transfer.pick"].with_user(user)
        return picks.browse(action["params"]["pick_id"])

    def submit_pick(self, pick, **values):
        pick.action_submit(**values)
        self.assertLedger(pick.transfer_id)

    def get_rows(self, pick, product):
        rows = pick.get_screen()["rows"]
        return [row for row in rows if row["product_id"] == product.id]

    def get_row(self, pick, product):
        [row] = self.get_rows(pick, product)
        return row

    def get_picked(self, pick):
        """Return ``{(SKU, lot): quantity}`` of what was picked."""
        return {
            (line.product_id.default_code, line.lot_id.name or ""): line.picked_quantity
            for line in pick.sudo().line_ids
            if line.picked_quantity
        }


class PackingCase(PickCase):
    """People who put what they pick into cartons."""

    def begin_carton(self, pick):
        """Begin a carton; return its number."""
        [result] = self.send(pick, {"kind": "carton"})
        self.assertEqual(result["status"], "counted")
        return result["carton"]

    def put(self, pick, carton, *barcodes):
        results = self.send(
            pick,
            *[
                {"kind": "scan", "barcode": barcode, "carton": carton}
                for barcode in barcodes
            ],
        )
        self.assertEqual({result["status"] for result in results}, {"counted"})
        return results

    def find_carton(self, name):
        return self.env["stock.package"].search([("name", "=", name)])

    def get_packed(self, name):
        """Return ``{SKU: quantity}`` of what stands in a carton."""
        self.env.flush_all()
        self.env.invalidate_all()
        return {
            quant.product_id.default_code: quant.quantity
            for quant in self.find_carton(name).quant_ids
            if quant.quantity
        }

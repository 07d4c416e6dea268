"""What a device sends while somebody counts."""

import base64
import io

from PIL import Image

from .common_devices import DeviceCase


class ScanCase(DeviceCase):
    """People who count with the scan screen; here what it sends to the server."""

    @classmethod
    def _create_products(cls):
        products = super()._create_products()
        cls.tea.barcode = "4710000000011"
        cls.mug.barcode = "4710000000028"
        return products

    @classmethod
    def _create_box(cls, product, barcode):
        box = cls.env["uom.uom"].create(
            {
                "name": f"Box of 12 {product.name}",
                "relative_factor": 12,
                "relative_uom_id": product.uom_id.id,
            }
        )
        product.uom_ids += box
        cls.env["product.uom"].create(
            {"product_id": product.id, "uom_id": box.id, "barcode": barcode}
        )

    def start(self, transfer, user=None):
        """Open the scan screen as ``user``."""
        user = user or self.shop_staff
        action = transfer.with_user(user).action_scan()
        self.assertEqual(action["tag"], "store_transfer_count")
        counts = self.env["store.transfer.count"].with_user(user)
        return counts.browse(action["params"]["count_id"])

    def get_line(self, count, product):
        return count.sudo().line_ids.filtered(lambda line: line.product_id == product)

    def get_row(self, count, product):
        rows = count.get_screen()["rows"]
        return next(row for row in rows if row["product_id"] == product.id)


def make_photo(image_format="JPEG", size=(40, 30), colour="green"):
    """Return a picture as a device sends it."""
    content = io.BytesIO()
    Image.new("RGB", size, colour).save(content, image_format)
    return base64.b64encode(content.getvalue()).decode()

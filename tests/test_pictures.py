from odoo.tests import tagged

from .common_scan import make_photo
from .common_transfers import StoreTransferCase


@tagged("post_install", "-at_install")
class TestPictures(StoreTransferCase):
    """The lines of a transfer show the pictures of their products."""

    def read_pictures(self, transfer):
        """Return what a browser is told, and how many queries that cost."""
        self.env.flush_all()
        self.env.invalidate_all()
        before = self.cr.sql_log_count
        spec = {"has_images": {}, "line_ids": {"fields": {"has_image": {}}}}
        [values] = transfer.with_user(self.ec_staff).web_read(spec)
        has_image = [line["has_image"] for line in values["line_ids"]]
        return values["has_images"], has_image, self.cr.sql_log_count - before

    def test_own_pictures_and_those_of_templates(self):
        self.tea.image_variant_1920 = make_photo()
        self.mug.product_tmpl_id.image_1920 = make_photo()
        transfer = self.make_transfer(lines={self.tea: 1, self.mug: 1, self.lamp: 1})
        has_images, has_image, _queries = self.read_pictures(transfer)
        self.assertTrue(has_images)
        self.assertEqual(has_image, [True, True, False])

    def test_no_column_without_a_picture(self):
        transfer = self.make_transfer(lines={self.tea: 1, self.mug: 1})
        has_images, has_image, _queries = self.read_pictures(transfer)
        self.assertFalse(has_images)
        self.assertEqual(has_image, [False, False])

    def test_no_query_for_a_line(self):
        products = self.tea | self.mug | self.lamp
        products.image_1920 = make_photo()
        few = self.make_transfer(lines={self.tea: 1})
        many = self.make_transfer(lines=dict.fromkeys(products, 1))
        self.read_pictures(few)  # what Odoo keeps between requests
        self.assertLessEqual(self.read_pictures(many)[2], self.read_pictures(few)[2])

from odoo.tests import TransactionCase, tagged

OURS = "/store_transfer/static/src/pos/"


@tagged("post_install", "-at_install")
class TestTillAssets(TransactionCase):
    """Where the till's files are loaded, with Point of Sale beside us."""

    def get_ours(self, bundle):
        assets = self.env["ir.asset"]
        paths = assets._get_asset_paths(bundle, assets._get_asset_params())
        return [path for path, *_others in paths if path.startswith(OURS)]

    def test_the_till_has_them(self):
        self.assertIn(
            f"{OURS}till_service.js", self.get_ours("point_of_sale.assets_prod")
        )

    def test_the_back_office_has_none(self):
        self.assertFalse(self.get_ours("web.assets_backend"))

    def test_javascript_tests_start_none_that_need_point_of_sale(self):
        self.assertFalse(self.get_ours("web.assets_unit_tests_setup"))

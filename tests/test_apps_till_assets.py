from pathlib import Path

from odoo.tests import TransactionCase, tagged

OURS = "/store_transfer/static/src/"
AT_START = f"{OURS}pos_start/"
# Bytes of source. Each of them is loaded before anything can be sold.
MOST_AT_START = 32 * 1024


@tagged("post_install", "-at_install")
class TestTillAssets(TransactionCase):
    """Where the till's files are loaded, with Point of Sale beside us."""

    def get_ours(self, bundle):
        """Return which of our files are in a bundle: ``{address: place}``."""
        assets = self.env["ir.asset"]
        paths = assets._get_asset_paths(bundle, assets._get_asset_params())
        return {
            address: Path(place)
            for address, place, *_others in paths
            if address.startswith(OURS)
        }

    def test_the_till_starts_with_the_way_to_its_screens_only(self):
        ours = self.get_ours("point_of_sale.assets_prod")
        self.assertIn(f"{AT_START}till_service.js", ours)
        self.assertFalse([path for path in ours if not path.startswith(AT_START)])
        self.assertLess(
            sum(place.stat().st_size for place in ours.values()), MOST_AT_START
        )

    def test_the_screens_are_in_a_bundle_of_their_own(self):
        ours = self.get_ours("store_transfer.assets_pos_screens")
        self.assertIn(f"{OURS}pos/transfers/transfers_screen.js", ours)
        self.assertIn(f"{OURS}scan/base.scss", ours)
        self.assertFalse([path for path in ours if path.startswith(AT_START)])

    def test_the_back_office_has_none(self):
        ours = self.get_ours("web.assets_backend")
        self.assertFalse([path for path in ours if path.startswith(f"{OURS}pos")])

    def test_javascript_tests_start_none_that_need_point_of_sale(self):
        ours = self.get_ours("web.assets_unit_tests_setup")
        self.assertFalse([path for path in ours if path.startswith(f"{OURS}pos")])

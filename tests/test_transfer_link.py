from odoo.tests import HttpCase, tagged
from odoo.tests.common import BaseCase

from ..tools.transfer_link import get_link, read_number
from .common_transfers import StoreTransferCase


class TestReadingLinks(BaseCase):
    """A QR code on paper is read by any phone's camera, and is a number for us."""

    def test_a_link_is_the_number_in_it(self):
        link = get_link("https://odoo.example.com/", "ST/2026/00012")
        self.assertEqual(link, "https://odoo.example.com/store-transfer/ST/2026/00012")
        for text in (link, f" {link}\n", link.upper().replace("HTTPS", "http")):
            self.assertEqual(read_number(text), "ST/2026/00012")

    def test_what_is_no_link_stays_as_it_is(self):
        for text in (
            "ST/2026/00012",
            "4710000000011",
            "https://example.com/other/ST/2026/00012",
            "https://example.com/odoo/store-transfer-inbound/12",
            "store-transfer/ST/2026/00012",
        ):
            self.assertEqual(read_number(text), text)

    def test_numbers_with_letters_that_no_address_has(self):
        link = get_link("http://localhost:8069", "調撥/26 #7")
        self.assertTrue(link.isascii())
        self.assertEqual(read_number(link), "調撥/26 #7")


@tagged("post_install", "-at_install")
class TestTransferLink(StoreTransferCase, HttpCase):
    def open_link(self, transfer, user=None):
        if user:
            self.authenticate(user.login, user.login)
        path = f"/store-transfer/{transfer.name}"
        return self.url_open(path, allow_redirects=False)

    def assertNotFound(self, answer, number):
        self.assertEqual(answer.status_code, 404)
        text = " ".join(answer.text.split())
        self.assertIn(f"{number} is no transfer that you can see", text)

    def test_each_side_lands_in_its_own_list(self):
        transfer = self.make_shipped_transfer()
        for user, side in ((self.shop_staff, "inbound"), (self.ec_staff, "outbound")):
            answer = self.open_link(transfer, user)
            self.assertEqual(answer.status_code, 303)
            path = f"/odoo/store-transfer-{side}/{transfer.id}"
            self.assertTrue(answer.headers["Location"].endswith(path))

    def test_who_is_not_logged_in_logs_in_first(self):
        transfer = self.make_shipped_transfer()
        answer = self.open_link(transfer)
        self.assertEqual(answer.status_code, 303)
        self.assertIn("/web/login?redirect=", answer.headers["Location"])
        self.assertIn("store-transfer", answer.headers["Location"])

    def test_what_one_may_not_see_is_as_if_it_were_not_there(self):
        transfer = self.make_shipped_transfer()
        answer = self.open_link(transfer, self.south_staff)
        self.assertNotFound(answer, transfer.name)
        transfer.sudo().name = "ST/NONE"
        answer = self.open_link(transfer, self.south_staff)
        self.assertNotFound(answer, "ST/NONE")

    def test_receiving_finds_it_by_its_link(self):
        transfer = self.make_shipped_transfer()
        found = (
            self.env["store.transfer"]
            .with_user(self.shop_staff)
            .get_transfers_to_count(transfer._get_link())
        )
        self.assertEqual([each["id"] for each in found], transfer.ids)

    def test_what_no_number_has_is_not_there(self):
        self.authenticate(self.shop_staff.login, self.shop_staff.login)
        for path in ("store-transfer", "store-carton"):
            with self.subTest(path):
                answer = self.url_open(f"/{path}/ST%00", allow_redirects=False)
                self.assertNotFound(answer, "ST")

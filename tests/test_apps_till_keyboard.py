from contextlib import contextmanager

from odoo.tests import tagged

from .common_keyboard import KeyboardCase
from .common_till_tours import TillTourCase


@tagged("post_install", "-at_install")
class TestTillKeyboard(TillTourCase, KeyboardCase):
    """A scanner that is a keyboard, and a hand, on the other screens of the till."""

    @contextmanager
    def open_order(self):
        """Scan tea into a new order, and type 3 as its quantity."""
        tea = self.tea.barcode
        path = f"/pos/ui/{self.till.id}/new-transfer/send"
        with self.open_browser(path, self.shop_staff) as keyboard:
            keyboard.see(".o_till_product_search")
            keyboard.scan(tea)
            keyboard.see(".o_till_order_line", "Oolong Tea")
            keyboard.click(".o_till_quantity input")
            keyboard.type("3")
            yield keyboard

    def test_a_scan_in_a_field_is_neither_a_quantity_nor_a_remark(self):
        tea, mug = self.tea.barcode, self.mug.barcode
        with self.open_order() as keyboard:
            keyboard.scan(mug)
            keyboard.see(".o_till_order_line", "Clay Mug")
            keyboard.click(".o_till_remark")
            keyboard.type("For us")
            keyboard.scan(tea)
            keyboard.click(".o_till_product_search")
            keyboard.scan(mug)
            keyboard.see(".o_till_quantity input", "4")
            keyboard.see(".o_till_quantity input", "2")
            remark = keyboard.ask("document.querySelector('.o_till_remark').value")
        self.assertEqual(remark, "For us")

    def test_what_is_being_typed_stays_while_an_answer_comes(self):
        with self.open_order() as keyboard:
            # All of the order is shown anew.
            keyboard.ask(
                "document.querySelector('.o_till_remark')"
                ".dispatchEvent(new InputEvent('input', { bubbles: true }))"
            )
            keyboard.ask("new Promise((resolve) => setTimeout(resolve, 500))")
            keyboard.type("6", "Tab")
            keyboard.see(".o_till_quantity input", "36")

    def test_a_scan_in_the_search_of_the_list_opens_the_transfer(self):
        transfer = self.make_waiting(lines={self.tea: 10})
        number = transfer.name
        path = f"/pos/ui/{self.till.id}/transfers"
        with self.open_browser(path, self.shop_staff) as keyboard:
            keyboard.click(".o_till_transfers_screen input[type=search]")
            keyboard.scan(number, end=None)
            keyboard.see(".o_till_transfer_screen", number)

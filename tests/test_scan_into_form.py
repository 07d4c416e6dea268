from odoo.tests import tagged

from .common_keyboard import KeyboardCase

NEW = "/odoo/store-transfer-outbound/new"
DESTINATION = ".o_field_widget[name=destination_store_id] input"
REMARK = ".o_field_widget[name=remark] textarea"
QUANTITY = ".o_data_row [name=quantity]"


@tagged("post_install", "-at_install")
class TestScanIntoForm(KeyboardCase):
    """Whoever writes a new transfer scans wherever the focus happens to be."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.tea_code, cls.mug_code = (cls.tea | cls.mug).mapped("barcode")

    def see_lines(self, keyboard, *lines):
        expected = [f"{name} {quantity}" for name, quantity in lines]
        keyboard.wait_for(
            """[...document.querySelectorAll(".o_data_row")].map((row) => {
                const read = (name) => {
                    const cell = row.querySelector(`[name=${name}]`);
                    const input = cell.querySelector("input");
                    return (input?.value || cell.textContent).trim();
                };
                return read("product_id").replace(/\\[.*\\] /, "") + " " +
                    Number(read("quantity"));
            }).join() === """
            f"{','.join(expected)!r}"
        )

    def save(self, keyboard):
        keyboard.click(".o_form_button_save")
        keyboard.wait_for("!document.querySelector('.o_form_dirty')")

    def get_quantities(self):
        return {line.product_id: line.quantity for line in self.get_transfer().line_ids}

    def test_with_the_focus_in_the_first_field(self):
        with self.open_browser(NEW, self.ec_staff) as keyboard:
            keyboard.see(f"{DESTINATION}:focus")
            keyboard.scan(self.tea_code)
            self.see_lines(keyboard, ("Oolong Tea", 1))
            for late_key in (1, 4, 12, 13):
                keyboard.scan(self.tea_code, late_key=late_key, late=0.1)
            keyboard.scan(self.tea_code, end="Tab")
            keyboard.scan("TEA-001", end=None)
            self.see_lines(keyboard, ("Oolong Tea", 7))
            keyboard.scan(self.mug_code)
            self.see_lines(keyboard, ("Oolong Tea", 7), ("Clay Mug", 1))
            keyboard.see(f"{DESTINATION}:focus")
            self.assertEqual(
                keyboard.ask(f"document.querySelector('{DESTINATION}').value"), ""
            )
            keyboard.type("Shop N")
            keyboard.see(".o-autocomplete--dropdown-item", "Shop North")
            keyboard.scan(self.mug_code)
            self.see_lines(keyboard, ("Oolong Tea", 7), ("Clay Mug", 2))
            self.assertEqual(
                keyboard.ask(f"document.querySelector('{DESTINATION}').value"), "Shop N"
            )
            keyboard.see(".o-autocomplete--dropdown-item", "Shop North")
            keyboard.click(".o-autocomplete--dropdown-item:first-child > a")
            keyboard.see(DESTINATION, "Shop North")
            self.save(keyboard)
        self.assertEqual(self.get_quantities(), {self.tea: 7, self.mug: 2})
        self.assertEqual(self.get_transfer().destination_store_id, self.shop)

    def test_with_the_focus_in_an_empty_line(self):
        """As where both stores are filled in: the empty line gives way."""
        path = "/odoo/store-transfer-inbound/new"
        with self.open_browser(path, self.shop_staff) as keyboard:
            keyboard.see(".o_selected_row [name=product_id] input:focus")
            keyboard.scan(self.tea_code)
            self.see_lines(keyboard, ("Oolong Tea", 1))
            keyboard.scan(self.mug_code)
            keyboard.scan(self.tea_code)
            self.see_lines(keyboard, ("Oolong Tea", 2), ("Clay Mug", 1))
            self.save(keyboard)
        self.assertEqual(self.get_quantities(), {self.tea: 2, self.mug: 1})

    def test_an_unknown_code_does_not_stand_in_the_way(self):
        with self.open_browser(NEW, self.ec_staff) as keyboard:
            keyboard.see(f"{DESTINATION}:focus")
            keyboard.scan("NOBODY-1")
            keyboard.scan(self.tea_code)
            keyboard.see(".o_notification", "NOBODY-1")
            self.see_lines(keyboard, ("Oolong Tea", 1))
            self.assertFalse(keyboard.ask("document.querySelector('.modal')"))

    def test_in_a_remark_and_a_date(self):
        with self.open_browser(NEW, self.ec_staff) as keyboard:
            keyboard.click(REMARK)
            keyboard.type("To")
            keyboard.scan(self.tea_code)
            keyboard.type(" Mei")
            keyboard.scan(self.tea_code, end=None)
            keyboard.see(REMARK, "To Mei")
            keyboard.click("[name=expected_date] button, [name=expected_date] input")
            keyboard.see("[name=expected_date] input:focus")
            date = keyboard.ask("document.activeElement.value")
            keyboard.scan(self.tea_code)
            self.see_lines(keyboard, ("Oolong Tea", 3))
            self.assertEqual(keyboard.ask("document.activeElement.value"), date)
            keyboard.type("", "Escape")
            keyboard.click(DESTINATION)
            keyboard.type("Shop N")
            keyboard.see(".o-autocomplete--dropdown-item", "Shop North")
            keyboard.click(".o-autocomplete--dropdown-item:first-child > a")
            keyboard.see(DESTINATION, "Shop North")
            self.save(keyboard)
        self.assertEqual(self.get_transfer().remark, "To Mei")

    def test_in_the_quantity_of_a_line(self):
        # Not to four: the field shows for a moment with what the code begins.
        transfer = self.make_transfer(lines={self.tea: 5})
        path = f"/odoo/store-transfer-outbound/{transfer.id}"
        with self.open_browser(path, self.ec_staff) as keyboard:
            keyboard.click(QUANTITY)
            keyboard.see(f"{QUANTITY} input:focus", "5")
            keyboard.scan(self.tea_code, late_key=4, late=0.12)
            self.see_lines(keyboard, ("Oolong Tea", 6))
            keyboard.scan(self.mug_code)
            self.see_lines(keyboard, ("Oolong Tea", 6), ("Clay Mug", 1))
            keyboard.see(f"{QUANTITY} input:focus")
            keyboard.ask("document.activeElement.select()")
            keyboard.type("7")
            keyboard.scan(self.tea_code)
            self.see_lines(keyboard, ("Oolong Tea", 8), ("Clay Mug", 1))
            self.save(keyboard)
        self.assertEqual(self.get_quantities(), {self.tea: 8, self.mug: 1})

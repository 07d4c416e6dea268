import re
from pathlib import Path

from odoo.exceptions import AccessError
from odoo.tests import tagged

from ..tools.quantities import format_quantity
from .common_discrepancies import DiscrepancyCase

ROOT = Path(__file__).parents[1]
SENTENCES = [*ROOT.glob("models/**/*.py"), *ROOT.glob("wizards/**/*.py")]


class QuantitiesCase(DiscrepancyCase):
    """A chain that sells mugs by the piece and tea by the kilogram."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.kilogram = cls.env.ref("uom.product_uom_kgm")
        cls.loose_tea = cls._create_product(
            "Loose Tea", "LSE-001", uom_id=cls.kilogram.id
        )
        cls._add_stock(cls.ec, cls.loose_tea, 100)
        cls._add_stock(cls.ec, cls.mug, 2_000_000)
        cls.env["res.lang"]._activate_lang("de_DE")

    def make_mixed(self, **values):
        lines = {self.mug: 49, self.loose_tea: 2.5}
        return self.make_transfer(lines=lines, **values)


@tagged("post_install", "-at_install")
class TestQuantities(QuantitiesCase):
    """A quantity is written in one way: exact, in the reader's language, with its
    unit."""

    def test_exact_and_without_zeros_at_its_end(self):
        unit = self.mug.uom_id
        for quantity, text in (
            (0, "0 Units"),
            (3, "3 Units"),
            (100, "100 Units"),
            (2.50, "2.5 Units"),
            (0.1 + 0.2, "0.3 Units"),
            (1234567, "1,234,567 Units"),
            (1234567.891, "1,234,567.891 Units"),
            (0.000125, "0.000125 Units"),
            (-4, "-4 Units"),
        ):
            with self.subTest(quantity):
                self.assertEqual(format_quantity(self.env, quantity, unit), text)

    def test_one_of_it(self):
        """Units that have one name only are called by it, however many there are."""
        dozen = self.env.ref("uom.product_uom_dozen")
        for unit, quantity, text in (
            (self.mug.uom_id, 1, "1 Unit"),
            (self.mug.uom_id, 1.5, "1.5 Units"),
            (self.mug.uom_id, 21, "21 Units"),
            (dozen, 1, "1 Dozen"),
            (dozen, 2, "2 Dozens"),
            (self.kilogram, 1, "1 kg"),
        ):
            with self.subTest(text):
                self.assertEqual(format_quantity(self.env, quantity, unit), text)

    def test_one_of_it_in_another_language(self):
        unit = self.mug.uom_id
        unit.with_context(lang="de_DE").name = "Stück"
        german = self.env(context={"lang": "de_DE"})
        self.assertEqual(format_quantity(german, 1, unit), "1 Stück")

    def test_in_the_language_of_the_reader(self):
        unit = self.kilogram
        unit.with_context(lang="de_DE").name = "Kilo"
        german = self.env(context={"lang": "de_DE"})
        self.assertEqual(format_quantity(german, 1234567.5, unit), "1.234.567,5 Kilo")

    def test_no_sentence_writes_a_number_in_another_way(self):
        other_ways = re.compile(r"%\(\w+\)[^sd]|\{[^{}]*:[,.\d]*[efg]\}")
        self.assertTrue(SENTENCES)
        for path in SENTENCES:
            if path.name != "quantities.py":
                self.assertFalse(other_ways.findall(path.read_text()), path.name)

    def test_a_large_count_is_written_out(self):
        transfer = self.make_shipped_transfer({self.mug: 1_234_570})
        self.count(transfer, {self.mug: 1_234_500})
        self.assertIn(
            "counted: 1,234,500 Units. Expected: 1,234,570 Units.",
            transfer.sudo().message_ids[0].body,
        )

    def test_a_difference_names_its_unit(self):
        transfer = self.make_shipped_transfer({self.loose_tea: 2.5})
        self.count(transfer, {self.loose_tea: 1.25})
        discrepancy = self.get_discrepancies(transfer)
        self.assertIn("1.25 kg × [LSE-001] Loose Tea", discrepancy.display_name)
        german = discrepancy.with_context(lang="de_DE")
        self.assertIn("1,25 kg × [LSE-001] Loose Tea", german.display_name)


@tagged("post_install", "-at_install")
class TestSumsByUnit(QuantitiesCase):
    """Kilograms are never added to pieces."""

    def test_the_list_shows_each_unit(self):
        mixed, simple = self.make_mixed(), self.make_transfer()
        [first, second] = (mixed | simple).web_read({"asked_by_unit": {}})
        self.assertEqual(first["asked_by_unit"], "49 Units, 2.5 kg")
        self.assertEqual(second["asked_by_unit"], "10 Units")

    def test_the_list_follows_what_happens(self):
        transfer = self.make_mixed()
        self.submit(transfer)
        self.approve(transfer)
        self.assertEqual(transfer.to_ship_by_unit, "49 Units, 2.5 kg")
        self.ship(transfer, {self.mug: 9, self.loose_tea: 2.5})
        self.assertEqual(transfer.to_ship_by_unit, "40 Units")
        self.assertEqual(transfer.shipped_by_unit, "9 Units, 2.5 kg")
        self.assertEqual(transfer.in_transit_by_unit, "9 Units, 2.5 kg")
        self.assertEqual(transfer.received_by_unit, "0")

    def test_a_new_line_and_another_quantity_show_at_once(self):
        transfer = self.make_mixed()
        self.assertEqual(transfer.asked_by_unit, "49 Units, 2.5 kg")
        transfer.line_ids[1].quantity = 3.25
        self.assertEqual(transfer.asked_by_unit, "49 Units, 3.25 kg")

    def test_a_page_of_the_list_costs_one_query(self):
        transfers = self.make_mixed() | self.make_transfer() | self.make_mixed()
        self.env.flush_all()
        transfers.mapped("asked_by_unit")
        transfers.invalidate_recordset(["asked_by_unit"])
        with self.assertQueryCount(1):
            transfers.mapped("asked_by_unit")

    def test_who_approves_is_told_each_unit(self):
        transfer = self.make_mixed()
        self.submit(transfer)
        [notice] = self.get_notices(transfer, self.shop_approver)
        self.assertIn("49 Units, 2.5 kg (products: 2)", notice)

    def test_a_count_says_each_unit(self):
        transfer = self.make_shipped_transfer({self.mug: 49, self.loose_tea: 2.5})
        count = self.count(transfer, {self.mug: 10, self.loose_tea: 1.5})
        self.assertEqual(count.counted_by_unit, "10 Units, 1.5 kg")
        self.assertEqual(count.expected_by_unit, "49 Units, 2.5 kg")
        body = transfer.sudo().message_ids[0].body
        self.assertIn("10 Units, 1.5 kg", body)

    def test_the_question_how_much_leaves_says_each_unit(self):
        transfer = self.make_mixed()
        self.submit(transfer)
        self.approve(transfer)
        wizard = self.open_wizard(transfer, self.ec_staff, "action_open_ship")
        self.assertEqual(wizard.quantity_by_unit, "49 Units, 2.5 kg")
        wizard = self.open_wizard(
            transfer,
            self.ec_approver,
            "action_open_close",
            reason_id=self.env.ref("store_transfer.reason_out_of_stock").id,
        )
        self.assertEqual(wizard.to_ship_by_unit, "49 Units, 2.5 kg")

    def test_a_blind_count_tells_no_sums(self):
        self.shop.transfer_blind_count = True
        transfer = self.make_shipped_transfer({self.mug: 49, self.loose_tea: 2.5})
        read = transfer.with_user(self.shop_staff)
        for name in ("asked_by_unit", "shipped_by_unit", "in_transit_by_unit"):
            with self.subTest(name), self.assertRaises(AccessError):
                read.read([name])
        action = read.action_start_count()
        count = self.env["store.transfer.count"].with_user(self.shop_staff)
        self.assertFalse(count.browse(action["res_id"]).expected_by_unit)

    def test_the_report_adds_up_by_unit(self):
        self.make_mixed()
        lines = self.env["store.transfer.line"].with_user(self.head_office)
        sums = lines._read_group(
            [("company_id", "=", self.company.id)],
            ["stock_uom_id"],
            ["asked_quantity:sum"],
        )
        self.assertEqual(dict(sums), {self.mug.uom_id: 49, self.kilogram: 2.5})

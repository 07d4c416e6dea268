from datetime import date, timedelta

from odoo.tests import tagged

from ..spreadsheets.cells.dates import to_date
from ..spreadsheets.cells.notation import Notation
from .common_import import ImportCase

NOVEMBER = date(2026, 11, 30)


@tagged("post_install", "-at_install")
class TestImportDates(ImportCase):
    """Dates as people write them."""

    def assertReads(self, texts, *, is_guess=False, notation=None):
        for text in texts:
            with self.subTest(text=text):
                self.assertEqual(
                    to_date(text, notation or Notation()), (NOVEMBER, is_guess)
                )

    def assertRefuses(self, *texts, notation=None):
        for text in texts:
            with self.subTest(text=text), self.assertRaises(ValueError):
                to_date(text, notation or Notation())

    def test_taiwanese_calendar(self):
        self.assertReads(
            (
                "115/11/30",
                "115-11-30",
                "民國115/11/30",
                "民國115.11.30",
                "中華民國 115 年 11 月 30 日",
                "115年11月30號",
            )
        )

    def test_day_of_the_week_before_or_after(self):
        self.assertReads(
            (
                "2026/11/30(一)",
                "2026/11/30（週一）",
                "2026年11月30日 星期一",
                "(一) 2026-11-30",
                "Mon 30 Nov 2026",
                "Monday, November 30, 2026",
                "2026-11-30 Mon.",
            )
        )

    def test_another_day_of_the_week_is_refused(self):
        self.assertRefuses("2026/11/30(二)", "Sun 30 Nov 2026", "2026/11/30 星期日")

    def test_time_of_day_is_left_out(self):
        self.assertReads(
            (
                "2026/11/30 上午 12:00:00",
                "2026/11/30 下午 03:15",
                "11/30/2026 3:15 PM",
                "2026-11-30T15:30:00",
                "2026-11-30 15:30:00.123",
                "2026年11月30日15時30分",
            )
        )

    def test_zone_without_a_place(self):
        self.assertReads(("2026-11-30T15:30:00Z", "2026-11-30T23:30:00+08:00"))

    def test_dots_put_the_day_first(self):
        self.assertReads(("30.11.2026", "30. 11. 2026", "2026.11.30.", "11.30.2026"))
        self.assertReads(("'2026-11-30",))
        self.assertEqual(to_date("05.06.2026", Notation()), (date(2026, 6, 5), True))
        german = Notation(is_day_first=True)
        self.assertEqual(to_date("05.06.2026", german), (date(2026, 6, 5), False))

    def test_names_of_months(self):
        self.assertReads(
            (
                "30-Nov-2026",
                "30 Nov 2026",
                "30Nov2026",
                "Nov 30, 2026",
                "NOV. 30 2026",
                "November 30 2026",
                "30th November, 2026",
                "2026-Nov-30",
            )
        )

    def test_month_in_the_language_of_the_user(self):
        self.env["res.lang"]._activate_lang("fr_FR")
        self.head_office.lang = "fr_FR"
        upload = self.upload(
            self.make_file(self.make_row(expected_date="30 août 2030"))
        )
        upload.with_context(lang="fr_FR").action_check()
        self.assertEqual(upload.order_ids.expected_date, date(2030, 8, 30))

    def test_number_of_a_day(self):
        self.assertReads((46356, 46356.0, 46356.625))
        self.assertReads(("46356", "46356.625"), is_guess=True)

    def test_number_of_a_day_since_1904(self):
        found = to_date(44894, Notation(), date(1904, 1, 1))
        self.assertEqual(found.day, NOVEMBER)

    def test_short_year_beside_the_name_of_a_month(self):
        self.assertReads(("30-Nov-26", "Nov 30, '26"), is_guess=True)

    def test_what_may_be_several_days_or_none(self):
        self.assertRefuses(
            "26/11/30",
            "30.11.26",
            "30/11/2026",
            "11/30",
            "12",
            12,
            2026,
            "2026-11",
            "2026-02-30",
            "30 Foo 2026",
            "2062年13月1日",
            "1999-11-30",
            True,
            "",
        )

    def test_number_that_may_be_taiwanese_is_told(self):
        for cell in (1191130, "1191130"):
            upload = self.check(self.make_file(self.make_row(expected_date=cell)))
            self.assertEqual(upload.order_ids.expected_date, date(2030, 11, 30))
            problems = [notice[3] for notice in self.get_findings(upload, "notice")]
            self.assertIn("Read as 2030-11-30, Saturday.", problems)

    def test_wrong_day_of_the_week_is_said(self):
        errors = self.get_errors(self.make_row(expected_date="2030/11/30(一)"))
        self.assertEqual(errors[0][3], "This date is another day of the week.")

    def test_day_at_the_place_of_the_stores(self):
        self.company.partner_id.tz = "Asia/Taipei"
        row = self.make_row(expected_date="2030-11-29T16:00:00.000Z")
        upload = self.check(self.make_file(row))
        self.assertEqual(upload.order_ids.expected_date, date(2030, 11, 30))

    def test_far_ahead(self):
        today = date.today()
        near = self.get_notices(self.make_row(expected_date=today + timedelta(300)))
        self.assertFalse(near)
        far = today + timedelta(days=400)
        self.assertEqual(
            self.get_notices(self.make_row(expected_date=far)),
            [(2, "Expected date", str(far), "This date is far in the future.")],
        )

    def test_workbook_that_counts_from_1904(self):
        sheet = self.read_cells({"expected_date": 46355}, first_day=date(1904, 1, 1))
        (order,) = sheet.orders
        self.assertEqual(order.key.expected_date, date(2030, 11, 30))

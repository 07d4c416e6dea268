from datetime import datetime

from odoo.exceptions import AccessError
from odoo.tests import tagged

from .common_report import ReportCase, at

FIGURES = (
    "number_of_differences",
    "quantity",
    "value",
    "open_value",
    "lost_value",
    "unexplained_value",
    "age_days",
)


@tagged("post_install", "-at_install")
class TestDiscrepancyReport(ReportCase):
    """Differences by who, what and why, with each figure computed by hand."""

    report = "store.transfer.discrepancy.report"

    def test_by_lane(self):
        """Of tea at 30, three were lost within a day, one was left behind.

        And one mug at 10 was closed.
        """
        self.make_history()
        found = self.get_figures(FIGURES, ["lane"])
        self.assertFigures(
            found["EC Warehouse → Shop North"], [2, 4, 100, 0, 90, 0, 0.5]
        )
        self.assertFigures(found["EC Warehouse → Shop South"], [1, 1, 30, 0, 0, 0, 1])
        self.assertFigures(self.get_figures(FIGURES), [3, 5, 130, 0, 90, 0, 2 / 3])

    def test_by_reason_and_outcome(self):
        self.make_history()
        found = self.get_figures(("value",), ["outcome"])
        self.assertEqual(found, {"lost": [90], "not_sent": [30], "closed": [10]})
        found = self.get_figures(("value",), ["reason_id"])
        reasons = {reason.name: figures for reason, figures in found.items()}
        self.assertEqual(
            reasons,
            {"Stolen": [90], "Left behind at the source": [30], "Out of stock": [10]},
        )

    def test_what_is_open(self):
        transfer = self.make_shipped({self.tea: 10})
        self.run_at(at(3), self.count, transfer, {self.tea: 7})
        self.assertFigures(self.get_figures(("open_value", "lost_value")), [90, 0])
        [row] = self.get_rows(is_overdue=True)
        self.assertEqual(row.count_user_id, self.shop_staff)
        action = row.action_open_difference()
        self.assertEqual(action["res_id"], self.get_discrepancies(transfer).id)

    def test_how_many_are_late(self):
        """One is open since the 3rd; of those that were settled none is late."""
        self.make_history()
        transfer = self.make_shipped({self.tea: 10})
        self.run_at(at(3), self.count, transfer, {self.tea: 7})
        names = ("number_of_differences", "number_overdue", "open_value")
        for user, figures in (
            (self.head_office, [4, 1, 90]),
            (self.ec_approver, [4, 1, 90]),
            (self.shop_staff, [3, 1, 90]),
            (self.south_staff, [1, 0, 0]),
        ):
            with self.subTest(user.login):
                self.assertFigures(self.get_figures(names, user=user), figures)
        # Who counts blind does not see what is still expected.
        self.shop.transfer_blind_count = True
        found = self.get_figures(names, user=self.shop_staff)
        self.assertFigures(found, [2, 0, 0])

    def test_who_sees_what(self):
        self.make_history()
        open_one = self.make_shipped({self.tea: 10})
        self.run_at(at(3), self.count, open_one, {self.tea: 7})
        for user, values in (
            (self.head_office, 220),
            (self.ec_staff, 220),
            (self.shop_staff, 190),
            (self.shop_approver, 190),
            (self.south_staff, 30),
        ):
            with self.subTest(user.login):
                self.assertFigures(self.get_figures(("value",), user=user), [values])
        self.shop.transfer_blind_count = True
        self.assertFigures(self.get_figures(("value",), user=self.shop_staff), [100])
        found = self.get_figures(("value",), user=self.shop_approver)
        self.assertFigures(found, [190])
        with self.assertRaises(AccessError):
            self.get_rows(self.inventory_user)


@tagged("post_install", "-at_install")
class TestWhenItWasFound(ReportCase):
    """A difference is as old as the day it was found, in whichever parts it ends."""

    report = "store.transfer.discrepancy.report"

    def test_settled_in_parts(self):
        """Six are missing on the 3rd: two are settled on the 5th, four on the 9th."""
        transfer = self.make_shipped({self.tea: 10})
        self.run_at(at(3), self.count, transfer, {self.tea: 4})
        discrepancy = self.get_discrepancies(transfer)
        self.run_at(at(5), self.settle, discrepancy, "lost", quantity=2)
        self.run_at(at(9), self.settle, transfer, "not_sent")
        self.assertFigures(self.get_figures(("age_days",)), [(2 + 6) / 2])
        found = self.get_figures(("quantity",), ["open_day:day"])
        self.assertEqual(found, {at(3).date(): [6]})

    def test_of_those_before_there_was_such_a_day(self):
        """As when a database is updated: the part was written down on the 5th."""
        transfer = self.make_shipped({self.tea: 10, self.mug: 2})
        self.run_at(at(3), self.count, transfer, {self.tea: 4, self.mug: 1})
        self.run_at(at(5), self.settle, transfer, "lost", quantity=2)
        found = self.get_discrepancies(transfer)
        mug = found.filtered(lambda one: one.product_id == self.mug)
        self.env.flush_all()
        for ids, day in ((found.ids, 5), ((found - mug).ids[:1], 3), (mug.ids, 4)):
            self.cr.execute(
                "UPDATE store_transfer_discrepancy SET create_date = %s WHERE id IN %s",
                [at(day), tuple(ids)],
            )
        self.cr.execute("ALTER TABLE store_transfer_discrepancy DROP open_date")
        self.run_migration("19.0.1.9.0/pre-found_on.py")
        days = {one: one.open_date for one in found}
        self.assertEqual(days, {one: at(4) if one == mug else at(3) for one in found})

    def test_nobody_says_otherwise(self):
        transfer = self.make_shipped({self.tea: 10})
        self.run_at(at(3), self.count, transfer, {self.tea: 4})
        discrepancy = self.get_discrepancies(transfer, self.shop_approver)
        with self.assertRefused("open_date can't be written", AccessError):
            discrepancy.open_date = datetime(2020, 1, 1)

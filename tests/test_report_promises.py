from datetime import datetime

from odoo.fields import Command
from odoo.tests import tagged

from .common_report import ReportCase, at


@tagged("post_install", "-at_install")
class TestReportPromises(ReportCase):
    """What was promised, what is owed, what is on its way: each figure by hand."""

    def make_for(self, customers, quantities=None, **values):
        """Ship lines on the 2nd, promised for the 3rd, some of them for customers.

        :param customers: ``{product: name, or None}``
        :param quantities: ``{product: how many}``
        """
        line_ids = [
            Command.create(
                {
                    "product_id": product.id,
                    "quantity": quantities[product],
                    "customer_name": name,
                }
            )
            for product, name in customers.items()
        ]
        return self.make_shipped({}, line_ids=line_ids, **values)

    def expect_on(self, transfer, *days):
        """Say anew, on the 2nd, on which day it is expected, once for each."""
        for day in days:
            write = transfer.with_user(self.ec_staff).write
            self.run_at(at(2, 5), write, {"expected_date": at(day).date()})

    def make_promises(self):
        """Make six transfers: of tea at 30 and mugs at 10.

        - kept: 4 tea for Ms. Lin come on the day, by Black Cat
        - missed: 2 tea for Mr. Wu and 1 mug for nobody come on the 5th; they were put
          off to the 4th and to the 7th
        - early: 3 mugs were brought forward to the 2nd, and came on the 3rd
        - on_the_way: 2 tea for Mrs. Su, due on the 3rd
        - owed: 6 mugs that were approved, and did not leave
        - old: 5 mugs on their way since April
        """
        tea, mug = self.tea, self.mug
        kept = self.make_for({tea: "Ms. Lin"}, {tea: 4}, carrier="Black Cat")
        self.run_at(at(3), self.receive_all, kept)
        missed = self.make_for({tea: "Mr. Wu", mug: False}, {tea: 2, mug: 1})
        self.expect_on(missed, 4, 7)
        self.run_at(at(5), self.receive_all, missed)
        early = self.make_shipped({mug: 3})
        self.expect_on(early, 2)
        self.run_at(at(3), self.receive_all, early)
        on_the_way = self.make_for({tea: "Mrs. Su"}, {tea: 2})
        owed = self.make_approved({mug: 6})
        old = self.run_at(
            datetime(2030, 4, 10), self.make_shipped_transfer, {self.mug: 5}
        )
        return kept | missed | early | on_the_way | owed | old

    def test_customers(self):
        """Of three lines that customers wait for, one came by the day."""
        self.make_promises()
        self.assertFigures(self.get_figures(("customer_rate",)), [1 / 3])
        found = self.get_figures(("customer_rate",), ["product_id"])
        self.assertFigures(found[self.tea], [1 / 3])
        self.assertFigures(found[self.mug], [False])
        found = self.get_figures(("asked",), ["is_for_customer"])
        self.assertEqual(found, {True: [8], False: [15]})

    def test_how_the_promise_moved(self):
        """Each transfer counts once, however many lines it has."""
        self.make_promises()
        names = ("promise_moved_rate", "promise_changes", "slipped_days")
        self.assertFigures(self.get_figures(names), [2 / 6, 3, (4 + 0) / 2])
        found = self.get_figures(names, ["product_id"])
        self.assertFigures(found[self.tea], [1 / 3, 2, 4])
        self.assertFigures(found[self.mug], [2 / 4, 3, 2])

    def test_what_is_owed(self):
        """Since the 1st at 5 o'clock: on the 20th at 3 that is 18 full days."""
        self.make_promises()
        names = ("to_ship", "to_ship_value", "to_ship_days")
        self.assertFigures(self.get_figures(names), [6, 60, 18])
        found = self.get_figures(names, ["product_id"])
        self.assertFigures(found[self.tea], [0, 0, False])

    def test_days_in_the_pipe(self):
        """What left in April is on its way, and says nothing about a day of May."""
        self.make_promises()
        names = ("in_transit_value", "shipped_lately_value", "pipe_days")
        self.assertFigures(self.get_figures(names), [110, 280, 110 * 30 / 280])
        found = self.get_figures(names, ["product_id"])
        self.assertFigures(found[self.tea], [60, 240, 7.5])
        self.assertFigures(found[self.mug], [50, 40, 37.5])

    def test_carriers(self):
        self.make_promises()
        found = self.get_figures(("shipped", "otif_rate"), ["carrier"])
        self.assertFigures(found["Black Cat"], [4, 1])

    def test_a_row_says_the_same(self):
        kept, missed, *_others = self.make_promises()
        names = ("customer_rate", "promise_changes", "slipped_days")
        for transfer, figures in ((kept, [1, 0, 0]), (missed, [0, 2, 4])):
            row = self.get_rows(transfer_id=transfer.id, product_id=self.tea.id)
            self.assertFigures([row[name] for name in names], figures)

    def test_each_role_sees_the_figures_of_its_stores(self):
        self.make_promises()
        names = ("customer_rate", "promise_changes", "to_ship", "in_transit_value")
        for user in (
            self.head_office,
            self.ec_staff,
            self.ec_approver,
            self.shop_staff,
            self.shop_approver,
        ):
            with self.subTest(user.login):
                found = self.get_figures(names, user=user)
                self.assertFigures(found, [1 / 3, 3, 6, 110])
        nothing = self.get_figures(names, user=self.south_staff)
        self.assertFigures(nothing, [False] * 4)
        # Who counts blind learns what has come, and nothing of what is to come.
        self.shop.transfer_blind_count = True
        found = self.get_figures(names, user=self.shop_staff)
        self.assertFigures(found, [1 / 2, 3, 0, 0])
        found = self.get_figures(names, user=self.shop_approver)
        self.assertFigures(found, [1 / 3, 3, 6, 110])

    def test_on_the_way_is_from_the_first_shipment_on(self):
        """As in the lead times: so the waits add up to the whole."""
        transfer = self.make_shipped({self.tea: 4}, {self.tea: 1})
        self.run_at(at(3), self.ship, transfer)
        self.run_at(at(4), self.confirm_arrival, transfer)
        self.run_at(at(4, 5), self.receive_all, transfer)
        names = ("approval_hours", "ship_hours", "way_hours", "dock_hours")
        found = self.get_figures((*names, "lead_hours"))
        self.assertFigures(found, [2, 22, 48, 2, 74])
        lead_times = self.env["store.transfer.lead.time"].with_user(self.head_office)
        row = lead_times.search([("transfer_id", "=", transfer.id)])
        self.assertEqual(row.way_median, 2)

    def test_decided_against_the_receiver(self):
        """What was said to be lost, was disputed, and was there after all."""
        transfer = self.make_shipped({self.tea: 10})
        self.run_at(at(3), self.count, transfer, {self.tea: 7})
        self.run_at(at(4), self.settle, transfer, "lost")
        names = ("counting_accuracy", "shipping_accuracy", "lost_value")
        self.assertFigures(self.get_figures(names), [1, 0.7, 90])
        discrepancy = self.get_discrepancies(transfer)
        discrepancy.with_user(self.ec_staff).answer = "All ten."
        self.run_at(at(4), discrepancy.with_user(self.ec_staff).action_dispute)
        self.run_at(at(5), self.decide_otherwise, discrepancy, "expected")
        self.run_at(at(6), self.receive_all, transfer)
        self.assertFigures(self.get_figures(names), [0.7, 1, 0])

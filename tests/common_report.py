from datetime import datetime

from freezegun import freeze_time

from .common_discrepancies import SettledCase

TODAY = datetime(2030, 5, 20, 3)


def at(day, hour=3):
    """Return a moment in May 2030, in UTC: where the shops are it is 8 hours later."""
    return datetime(2030, 5, day, hour)


class ReportCase(SettledCase):
    """A small history of which each figure is known by hand."""

    report = "store.transfer.report"

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.mug.with_company(cls.company).standard_price = 10
        for store in (cls.ec, cls.shop, cls.shop_south):
            store.partner_id = cls.env["res.partner"].create(
                {"name": store.name, "tz": "Asia/Taipei"}
            )

    def run_at(self, moment, step, *arguments, **values):
        with freeze_time(moment):
            result = step(*arguments, **values)
            self.flush_tracking()
            return result

    def make_submitted(self, lines, **values):
        """Make a transfer on the 1st, promised for the 3rd."""

        def make():
            values.setdefault("expected_date", at(3).date())
            transfer = self.make_transfer(lines=lines, **values)
            self.submit(transfer)
            return transfer

        return self.run_at(at(1), make)

    def make_approved(self, lines, **values):
        """Let it be approved two hours later, by whoever may."""
        transfer = self.make_submitted(lines, **values)
        self.run_at(at(1, 5), self.approve, transfer, self.head_office)
        return transfer

    def make_shipped(self, lines, quantities=None, **values):
        transfer = self.make_approved(lines, **values)
        self.run_at(at(2), self.ship, transfer, quantities)
        return transfer

    def make_history(self):
        """Make five transfers: of tea at 30 and mugs at 10.

        - perfect: 10 tea and 5 mugs come on the day
        - lost: of 10 tea 8 are approved, and 3 of these are stolen on the way
        - cut: of 4 mugs 3 are shipped, 3 days late; the 4th is out of stock
        - on_the_way: 2 tea were due, and are on their way
        - not_sent: of 4 tea to the other shop 1 was left behind
        """
        perfect = self.make_shipped({self.tea: 10, self.mug: 5})
        self.run_at(at(3, 1), self.confirm_arrival, perfect)
        self.run_at(at(3, 4), self.receive_all, perfect)

        lost = self.make_submitted({self.tea: 10})
        self.run_at(at(1, 5), self.approve_less, lost, {self.tea: 8})
        self.run_at(at(2), self.ship, lost)
        self.run_at(at(3), self.count, lost, {self.tea: 5})
        self.run_at(at(4), self.settle, lost, "lost")

        cut = self.make_shipped({self.mug: 4}, {self.mug: 3})
        self.run_at(at(5), self.close_rest, cut)
        self.run_at(at(6), self.receive_all, cut)

        on_the_way = self.make_shipped({self.tea: 2})
        not_sent = self.make_shipped(
            {self.tea: 4}, destination_store_id=self.shop_south.id
        )
        self.run_at(at(3), self.count, not_sent, {self.tea: 3}, self.south_staff)
        self.run_at(
            at(4),
            self.settle,
            not_sent,
            "not_sent",
            user=self.head_office,
            reason="left_behind",
        )
        return perfect | lost | cut | on_the_way | not_sent

    def get_report(self, user=None):
        reports = self.env[self.report].with_user(user or self.head_office)
        return reports.with_context(tz="Asia/Taipei")

    def get_figures(self, names, groupby=(), domain=(), user=None):
        """Return ``{group: [figure]}`` of the 20th; without groups, the figures."""
        report = self.get_report(user)
        specs = [f"{name}:{report._fields[name].aggregator}" for name in names]
        with freeze_time(TODAY):
            rows = report._read_group(
                [("company_id", "=", self.company.id), *domain], groupby, specs
            )
        if not groupby:
            return list(rows[0])
        number = len(groupby)
        return {
            row[0] if number == 1 else row[:number]: list(row[number:]) for row in rows
        }

    def get_rows(self, user=None, **values):
        with freeze_time(TODAY):
            domain = [("company_id", "=", self.company.id)]
            domain += [(name, "=", value) for name, value in values.items()]
            rows = self.get_report(user).search(domain)
            # All of a row is read at once, as it is on that day.
            rows.mapped("lane")
            return rows

    def assertFigures(self, found, expected):
        self.assertEqual(len(found), len(expected))
        for one, value in zip(found, expected, strict=True):
            self.assertAlmostEqual(one, value, msg=f"{found} != {expected}")

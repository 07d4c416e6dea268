"""The dates in the cells of an import file."""

from dateutil.relativedelta import relativedelta

from odoo import fields
from odoo.tools import format_date

from ....spreadsheets.cells.dates import WrongWeekdayError, to_date

# Nobody plans a transfer so far ahead: the year is a slip of the finger.
FAR_AHEAD = relativedelta(years=1)


class DateReader:
    """Reads the column with the date when goods are expected.

    :param notation: :class:`Notation` of the user's language
    :param first_day: the day that the workbook counts its days from
    """

    def __init__(self, env, findings, notation, first_day):
        self.env = env
        self.findings = findings
        self.notation = notation
        self.first_day = first_day
        self.today = env["stock.warehouse"]._get_today()
        self._last_day = self.today + FAR_AHEAD

    def read_row(self, row):
        """Return the date of a row, None where it is of no use."""
        if not row.get_text("expected_date"):
            return self.findings.add_missing(row, "expected_date", self._get_remedy())
        try:
            found = to_date(row.cells["expected_date"], self.notation, self.first_day)
        except WrongWeekdayError:
            problem = self.env._("This date is another day of the week.")
            return self._add_error(row, problem)
        except ValueError:
            return self._add_error(row, self.env._("This is not a date."))
        if found.is_guess:
            self._tell_guess(row, found.day)
        self._check_distance(row, found.day)
        return found.day

    def _get_remedy(self):
        return self.env._("Enter a date, such as 2026-11-30.")

    def _add_error(self, row, problem):
        remedy = self._get_remedy()
        return self.findings.add_error(row, "expected_date", problem, remedy)

    def _tell_guess(self, row, day):
        self.findings.add_notice(
            row,
            "expected_date",
            self.env._(
                "Read as %(date)s, %(day)s.",
                date=fields.Date.to_string(day),
                day=format_date(self.env, day, date_format="EEEE"),
            ),
            self.env._("Look whether this is the day that is meant."),
        )

    def _check_distance(self, row, day):
        if day < self.today:
            self.findings.add_notice(
                row,
                "expected_date",
                self.env._("This date is in the past."),
                self.env._("The transfer will be late from the start."),
            )
        elif day > self._last_day:
            self.findings.add_notice(
                row,
                "expected_date",
                self.env._("This date is far in the future."),
                self.env._("Look whether the year is right."),
            )

"""What the rows of an import file ask for, and all that is wrong with it."""

from ....spreadsheets.cells import Notation
from ....spreadsheets.columns import ORDER_COLUMNS
from .findings import Findings
from .header import HeaderReader
from .lines import LineReader
from .orders import Orders
from .shortages import ShortageCheck


class TransferSheet:
    """What the rows of an import file ask for, as the user of ``env`` may ask for it.

    After :meth:`read_rows`, ``orders`` holds the transfers that the file asks for,
    ``findings`` all errors and notices, sorted by their rows, and
    ``unknown_row_count`` how many rows belong to an order that nobody can tell.

    :param env: the environment of the user, in the company of the import
    :param rows: list of :class:`SheetRow`
    :param headings: ``{column name: heading in the file}``
    :param blocks_shortage: whether a shortage at a source is an error
    """

    def __init__(self, env, rows, headings, *, blocks_shortage=False):
        self.env = env
        self.rows = rows
        self.blocks_shortage = blocks_shortage
        self.findings = Findings(env, headings)
        self.orders = Orders()
        self.unknown_row_count = 0

    def read_rows(self):
        """Read all rows: first of which transfers they are, then of which products."""
        notation = self._get_notation()
        orders_by_row = self._read_headers(notation)
        self._read_lines(notation, orders_by_row)
        self.orders.leave_out_uncertain(self.findings)
        ShortageCheck(
            self.env, self.findings, blocks_shortage=self.blocks_shortage
        ).check(self.orders)
        self.findings.sort(key=lambda finding: finding.row)

    def _get_notation(self):
        language = self.env["res.lang"]._lang_get(self.env.lang or "en_US")
        return Notation.of(
            language.date_format, language.decimal_point, language.thousands_sep
        )

    def _read_headers(self, notation):
        """Return ``{number of a row: list of its orders}``.

        The list is empty where it can't be told which ones these are.
        """
        reader = HeaderReader(self.env, self.findings, self.rows, notation)
        by_row, orders = {}, []
        for row in self.rows:
            if row is self.rows[0] or not self._goes_on(row):
                orders = self.orders.add(reader.read_row(row))
            by_row[row.number] = orders
            self.unknown_row_count += not orders
        return by_row

    def _goes_on(self, row):
        """Tell whether a row belongs to the orders of the row above."""
        return not any(row.get_text(name) for name in ORDER_COLUMNS)

    def _read_lines(self, notation, orders_by_row):
        """Add the lines to the orders; one with an error is left out as a whole."""
        reader = LineReader(self.env, self.findings, self.rows, notation)
        for row in self.rows:
            orders = orders_by_row[row.number]
            reader.read_row(row, orders, goes_on=self._goes_on(row))
            if self.findings.has_error(row):
                for order in orders:
                    order.has_errors = True

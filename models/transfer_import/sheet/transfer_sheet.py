"""What the rows of an import file ask for, and all that is wrong with it."""

from .cleaning import CellCleaner
from .dates import DateReader
from .findings import Findings
from .header import HeaderReader
from .lines import LineReader
from .notation import get_notation
from .numbers import NumberReader
from .orders import Orders
from .shortages import ShortageCheck
from .unread_columns import UnreadColumns


class TransferSheet:
    """What the rows of an import file ask for, as the user of ``env`` may ask for it.

    After :meth:`read_rows`, ``orders`` holds the transfers that the file asks for,
    ``findings`` all errors and notices, sorted by their rows, and
    ``unknown_row_count`` how many rows belong to an order that nobody can tell.

    :param env: the environment of the user, in the company of the import
    :param reading: the :class:`Reading` of the file
    :param stores: the :class:`StoreSearch` of the same environment
    :param blocks_shortage: whether a shortage at a source is an error
    :param replacements: ``{(column name, text as written): text meant}``
    :param max_lines: how many lines the file may ask for; None for any number
    """

    def __init__(
        self,
        env,
        reading,
        stores,
        *,
        blocks_shortage=False,
        replacements=None,
        max_lines=None,
    ):
        self.env = env
        self.reading = reading
        self.rows = reading.rows
        self.blocks_shortage = blocks_shortage
        self.replacements = replacements or {}
        self.max_lines = max_lines
        self.stores = stores
        self.findings = Findings(env, reading.headings)
        self.orders = Orders()
        self.unknown_row_count = 0

    def read_rows(self):
        """Read all rows: first of which transfers they are, then of which products.

        Each column is read in all rows before the next one.

        :raise SpreadsheetError: when they ask for too many lines
        """
        notation = get_notation(self.env)
        self._refuse_surplus()
        self._clean_rows()
        orders_by_row = self._read_headers(notation)
        lines = LineReader(self.env, self.findings, notation, self.max_lines)
        lines.read_rows(self.rows, orders_by_row)
        self._mark_orders_with_errors(orders_by_row)
        self.orders.leave_out_uncertain(self.findings)
        ShortageCheck(
            self.env, self.findings, blocks_shortage=self.blocks_shortage
        ).check(self.orders)
        self._check_unread_columns(notation)
        self.findings.sort(key=lambda finding: finding.row)

    def _refuse_surplus(self):
        """Refuse rows of a text with more cells than there are headings.

        One of their cells has a comma in it, and was read as two.
        """
        for row in self.rows:
            if row.surplus:
                self.findings.add_error(
                    row,
                    "quantity",
                    self.env._("This row has more cells than there are headings."),
                    self.env._(
                        "A comma cuts a number or a text in two. Put it between "
                        'quotation marks, such as "1,200", or save the file as .xlsx.'
                    ),
                    value=row.surplus,
                )

    def _clean_rows(self):
        cleaner = CellCleaner(self.env, self.findings, self.stores, self.replacements)
        self.rows = cleaner.clean_rows(self.rows)

    def _read_headers(self, notation):
        """Return ``{id of a row: list of its orders}``.

        The list is empty where it can't be told which ones these are.
        """
        numbers = NumberReader(self.env, self.findings).read_rows(self.rows)
        starting = self._get_starting_rows(numbers)
        dates = DateReader(self.env, self.findings, notation, self.reading.first_day)
        reader = HeaderReader(self.env, self.findings, dates, self.stores)
        asked_by_row = reader.read_rows(starting, numbers)
        by_start = {
            row.id: self.orders.add(asked)
            for row, asked in zip(starting, asked_by_row, strict=True)
        }
        by_row, orders = {}, []
        for row in self.rows:
            orders = by_start.get(row.id, orders)
            by_row[row.id] = orders
            self.unknown_row_count += not orders
        return by_row

    def _get_starting_rows(self, numbers):
        """Return the rows that do not go on with the orders of the row above them."""
        starting, number = [], ""
        for row in self.rows:
            own_number = numbers.get(row.id, "")
            has_other = own_number != "" and own_number != number
            if not starting or has_other or not row.goes_on():
                starting.append(row)
                number = own_number
        return starting

    def _check_unread_columns(self, notation):
        """Leave out every order when a column that nobody read would change them."""
        unread = UnreadColumns(self.env, self.findings, self.stores, notation)
        if unread.check(self.reading.columns):
            for order in self.orders:
                order.has_errors = True

    def _mark_orders_with_errors(self, orders_by_row):
        """Leave out an order as a whole when one of its rows has an error."""
        for row in self.rows:
            if self.findings.has_error(row):
                for order in orders_by_row[row.id]:
                    order.has_errors = True

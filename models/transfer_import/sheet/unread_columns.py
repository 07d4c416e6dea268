"""The columns of an import file that were not read, and what they may have meant."""

from odoo.fields import Domain

from ....spreadsheets.cells.dates import to_date
from ....spreadsheets.cells.placeholders import is_placeholder
from ....spreadsheets.cells.texts import split_stores, to_key
from ....spreadsheets.reading import OF_DOCUMENT, OF_STORE, OF_VENDORS
from ....tools.domains import is_in_any_case
from ....tools.texts import list_names, shorten
from .findings import ERROR, MAX_VALUE_LENGTH, NOTICE, Finding

MOST_EXAMPLES = 3
MOST_NAMES = 50
LONGEST_DATE = 40
# A column that holds something else may have the name of a store in it by chance.
LEAST_SHARE = 0.5


class UnreadColumns:
    """Tells of columns that were not read: all of them, and which ones matter.

    :param stores: the :class:`StoreSearch`
    :param notation: :class:`Notation` of the user's language
    """

    def __init__(self, env, findings, stores, notation):
        self.env = env
        self.findings = findings
        self.stores = stores
        self.notation = notation

    def check(self, columns):
        """Add what is to be said of the columns.

        :param columns: list of :class:`FileColumn`, those that were read among them
        :return: whether one of them would change what the file asks for
        """
        unread = [column for column in columns if not column.name]
        vendors = self._search_vendors(unread)
        matters, plain = False, []
        for column in unread:
            if problem := self._get_problem(column, vendors):
                self._add_error(column, problem)
                matters = True
            elif column.doubt == OF_VENDORS:
                self._tell_vendors(column)
            else:
                plain.append(self._get_label(column))
        self._tell_unread(plain)
        return matters

    def _get_problem(self, column, vendors):
        """Return in a sentence why a column can't be left unread, or None."""
        values = self._get_values(column)
        if column.doubt == OF_STORE:
            return self.env._(
                "%(company)s has no store of this name, so that the numbers below it "
                "were not read.",
                company=self.env.company.name,
            )
        if column.doubt == OF_VENDORS or not values:
            return None
        if self._share(values, self._is_store) >= LEAST_SHARE:
            return self.env._("This column was not read, but it holds stores.")
        if self._share(values, lambda value: to_key(value) in vendors) >= LEAST_SHARE:
            return self.env._("This column was not read, but it holds vendors.")
        is_known_date = column.doubt == OF_DOCUMENT
        if not is_known_date and self._share(values, self._is_date) == 1:
            return self.env._("This column was not read, but it holds dates.")
        return None

    def _get_values(self, column):
        return [value for value in column.values if not is_placeholder(value)]

    def _share(self, values, is_so):
        return sum(bool(is_so(value)) for value in values) / len(values)

    def _is_store(self, value):
        names = split_stores(value)
        return self.stores.find(value) or (
            1 < len(names) < MOST_NAMES and all(map(self.stores.find, names))
        )

    def _is_date(self, value):
        """Tell whether a text is a date, and no number that may count anything."""
        if value.isdecimal() or len(value) > LONGEST_DATE:
            return False
        try:
            return not to_date(value, self.notation).is_guess
        except ValueError:
            return False

    def _search_vendors(self, columns):
        """Return the names in any column that are vendors, looked up at once."""
        names = {value for column in columns for value in self._get_values(column)}
        if not names:
            return set()
        partners = self.env["res.partner"]
        is_vendor = [("is_company", "=", True)]
        if "supplier_rank" in partners._fields:
            is_vendor = ["|", ("supplier_rank", ">", 0), *is_vendor]
        found = partners.search_fetch(
            is_in_any_case("name", names)
            & Domain(is_vendor)
            & Domain(partners._check_company_domain(self.env.company))
            # Its own name stands in many a file, and sends it nothing.
            & Domain("id", "!=", self.env.company.partner_id.id),
            ["name"],
        )
        return {to_key(name) for name in found.mapped("name")}

    def _add_error(self, column, problem):
        if self._may_say(column):
            remedy = self.env._(
                "Say on this page what the column is, or that it is not needed."
            )
        else:
            remedy = self.env._(
                "Give the column a heading in the file that says what it is, or delete "
                "it."
            )
        self._add(ERROR, column, problem, remedy)

    def _tell_vendors(self, column):
        if self._may_say(column):
            remedy = self.env._(
                "If the goods come from these vendors, say on this page that the "
                "column is the third party."
            )
        else:
            remedy = self.env._(
                "If the goods come from these vendors, give the column the heading "
                "Third party."
            )
        problem = self.env._("This column was taken for information on the products.")
        self._add(NOTICE, column, problem, remedy)

    def _may_say(self, column):
        columns = self.env["store.transfer.import.column"]
        return not columns._get_fixed_reason(column.heading, count=1)

    def _tell_unread(self, headings):
        if not headings:
            return
        self.findings.append(
            Finding(
                NOTICE,
                0,
                "",
                "",
                self.env._("Columns that were not read: %s.", list_names(headings)),
                self.env._("If one of them matters, say on this page what it is."),
            )
        )

    def _add(self, level, column, problem, remedy):
        examples = ", ".join(column.samples[:MOST_EXAMPLES])
        self.findings.append(
            Finding(
                level,
                0,
                self._get_label(column),
                shorten(examples, MAX_VALUE_LENGTH),
                problem,
                remedy,
                sheet=column.sheet,
            )
        )

    def _get_label(self, column):
        return shorten(column.heading) or self.env._("Column %s", column.get_letters())

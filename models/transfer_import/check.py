import base64

from odoo import models

from ...spreadsheets.errors import SpreadsheetError
from ...spreadsheets.layout.columns import COLUMNS, OWN_KEYS, to_heading_key
from ...spreadsheets.reader import Limits
from ...spreadsheets.table import MAX_SHEETS
from ...tools.texts import drop_unwritable, list_names, shorten
from .choices import DEFAULTS
from .sheet.findings import NOTICE, Finding
from .sheet.transfer_sheet import TransferSheet


class StoreTransferImport(models.Model):
    """The dry run of an import: what a file would make, and what is wrong with it."""

    _inherit = "store.transfer.import"

    def _check_file(self, *, in_background):
        """Read the file and keep what it asks for, and all that is wrong with it.

        :param in_background: whether nobody waits for the answer; if somebody does, a
            large file is only looked at, and goes on in the background
        """
        stores = self._get_store_search()
        reader = self._get_reader(stores)
        self.sudo().mapping = reader.clues.mapping
        try:
            reading = reader.read_file()
            self._keep_columns(reading.columns)
            if self._is_large(len(reading.rows)) and not in_background:
                self.sudo()._forget_check()
                self.sudo().row_count = len(reading.rows)
                self._begin_work("checking")
            else:
                self._check_rows(reading, stores)
        except SpreadsheetError as error:
            self._keep_columns(self._get_undecided_columns(error))
            self.sudo()._forget_check()
            self.sudo().problem = drop_unwritable(self._get_problem(error))

    def _get_content(self):
        return base64.b64decode(self.with_context(bin_size=False).file or b"")

    def _get_limits(self):
        company = self.company_id.sudo()
        return Limits(company.transfer_import_rows, company.transfer_import_megabytes)

    def _is_large(self, row_count):
        return row_count > self.company_id.sudo().transfer_import_background_rows

    def _forget_file(self):
        self.column_ids.unlink()
        self._forget_check()

    def _forget_check(self):
        self.order_ids.unlink()
        self.finding_ids.unlink()
        self.write(
            {
                "state": "draft",
                "problem": False,
                "row_count": 0,
                "unknown_row_count": 0,
                "error_count": 0,
                "notice_count": 0,
                "suggestion_count": 0,
                "names_sheets": False,
                "third_party_heading": False,
            }
        )

    def _void_check(self, keys):
        """Have files checked again, as headings of them stand for something else now.

        :param keys: of the headings that the user of the environment has changed
        """
        user = self.env.user
        for transfer_import in self:
            columns = transfer_import.column_ids
            changed = columns.filtered(lambda column: column.key in keys)
            names = dict.fromkeys(changed.mapped("heading"))
            mine = transfer_import._as_importing_user()
            transfer_import._forget_check()
            transfer_import.problem = mine.env._(
                "%(user)s has changed what the heading %(heading)s stands for. Check "
                "the file again.",
                user=user.name,
                heading=", ".join(names),
            )

    def _check_rows(self, reading, stores):
        """Keep the orders that the rows ask for, and what is wrong with them.

        :param reading: the :class:`Reading` of the file
        :param stores: the :class:`StoreSearch`
        :raise SpreadsheetError: when they ask for more lines than we make at once
        """
        sheet = TransferSheet(
            self.with_company(self.company_id).env,
            reading,
            stores,
            blocks_shortage=self.after_import == "submit"
            and self.company_id.sudo().transfer_block_shortage,
            replacements=self._get_replacements(),
            max_lines=self._get_limits().rows,
        )
        sheet.read_rows()
        # In sudo, as what a check has found is written by steps only.
        kept = self.sudo()
        kept._forget_check()
        orders = kept._create_orders(sheet)
        findings = [*sheet.findings, *kept._get_findings_on_earlier(sheet, orders)]
        findings += kept._get_findings_on_file(reading)
        kept._create_findings(findings)
        kept.write(
            {
                "state": "checked",
                "row_count": len(reading.rows),
                "unknown_row_count": sheet.unknown_row_count,
                "names_sheets": len(reading.sheets) > 1,
                "orders_fingerprint": orders._get_common_fingerprint(),
                "third_party_heading": self._get_third_party_heading(reading),
            }
        )

    def _create_orders(self, sheet):
        orders = self.env["store.transfer.import.order"]
        return orders.create(
            [orders._prepare_values(self, order) for order in sheet.orders]
        )

    def _create_findings(self, findings):
        self.env["store.transfer.import.finding"].create(
            [{"import_id": self.id, **finding._asdict()} for finding in findings]
        )
        notice_count = sum(finding.level == NOTICE for finding in findings)
        self.write(
            {
                "notice_count": notice_count,
                "error_count": len(findings) - notice_count,
                "suggestion_count": sum(bool(one.suggestion) for one in findings),
            }
        )

    def _get_findings_on_earlier(self, sheet, orders):
        """Tell of what was imported before, be it the same or only similar."""
        similar = orders._find_earlier_transfers()
        same = {
            order: order.earlier_transfer_id
            for order in orders.filtered("earlier_transfer_id")
        }
        heading = sheet.findings.get_heading("destination")
        texts = (
            (
                same,
                self.env._("This was imported before."),
                self.env._("It is left out, unless you tick Import Again."),
            ),
            (
                similar,
                self.env._(
                    "A transfer with the same date, stores and remark was imported "
                    "before, with other products or quantities."
                ),
                self.env._("Look whether this is meant to come on top of it."),
            ),
        )
        return [
            Finding(
                NOTICE,
                order.row,
                heading,
                transfer.name,
                problem,
                remedy,
                sheet=order.sheet or "",
            )
            for found, problem, remedy in texts
            for order, transfer in found.items()
        ]

    def _get_problem(self, error):
        limits = self._get_limits()
        columns = ", ".join(
            column.get_heading(self.env.lang)
            for column in COLUMNS
            if column.name in error.columns
        )
        problems = {
            "empty_file": self.env._("Choose a file that is not empty."),
            "too_large": self.env._(
                "The file is too large: up to %s MB can be imported. Split it into "
                "several files.",
                limits.megabytes,
            ),
            "unpacks_too_large": self.env._(
                "The file holds far more than rows of transfers. Copy the rows into "
                "the template and upload that."
            ),
            "too_many_empty_rows": self.env._(
                "The sheet has hundreds of thousands of empty rows that are formatted. "
                "Copy the filled ones into the template and upload that."
            ),
            "too_many_sheets": self.env._(
                "The workbook has more than %s sheets. Copy those with transfers into "
                "a workbook of their own.",
                MAX_SHEETS,
            ),
            "encrypted": self.env._(
                "The file is protected by a password. Save it without one."
            ),
            "xlsb": self.env._(
                "This is a binary workbook (.xlsb). Open it in Excel, save it as "
                ".xlsx, and upload that."
            ),
            "numbers": self.env._(
                "This is a file of Apple Numbers. Choose File > Export To > Excel in "
                "Numbers, and upload the .xlsx that comes out."
            ),
            "web_page": self.env._(
                "This is a web page that is only named like a spreadsheet, as some "
                "programs export it. Open it in Excel, save it as .xlsx, and upload "
                "that."
            ),
            "xml_workbook": self.env._(
                "This is a workbook in plain XML. Open it in Excel, save it as .xlsx, "
                "and upload that."
            ),
            "pdf": self.env._(
                "This is a PDF, whose cells can't be told apart. Ask for the .xlsx "
                "that it was made from, or copy the rows into the template."
            ),
            "document": self.env._(
                "This is a text document. Copy its table into a spreadsheet, save "
                "that as .xlsx, and upload it."
            ),
            "picture": self.env._(
                "This is a picture. Ask for the .xlsx itself, or type the rows into "
                "the template."
            ),
            "packed": self.env._(
                "This is a packed file. Unpack it, and upload the .xlsx or .csv that "
                "is in it."
            ),
            "not_spreadsheet": self.env._(
                "This is no spreadsheet that can be read. Save it as .xlsx, or start "
                "from the template."
            ),
            "broken": self.env._(
                "The file is damaged and can't be read. Open it in Excel, save it "
                "again as .xlsx, and upload that."
            ),
            "open_quotation": self.env._(
                "A quotation mark is not closed, so that it can't be told where a cell "
                "ends. Open the file in Excel, save it as .xlsx, and upload that."
            ),
            "long_cell": self.env._(
                "A cell has more than 100,000 characters. Look for a quotation mark "
                "that is not closed, or open the file in Excel and save it as .xlsx."
            ),
            "unknown_encoding": self.env._(
                "It can't be told how the characters of the file are encoded. Save it "
                "as UTF-8 (CSV UTF-8 in Excel), or as .xlsx."
            ),
            "too_many_findings": self.env._(
                "There are far too many errors to list. Start from the template, or "
                "mend the first rows and try again."
            ),
            "no_headings": self._get_problem_of_headings(error, columns),
            "two_headings": self._get_problem_of_two_headings(error, columns),
            "two_ways": self.env._(
                "The file says in two ways where goods go, and how many: %s. Keep one "
                "of them: a row for each store, or a column for each store.",
                list_names(error.headings),
            ),
            "other_headings": self.env._(
                "Further down, other headings stand above these columns: %s. Move the "
                "rows below them to a sheet of their own.",
                ", ".join(error.headings),
            ),
            "no_rows": self.env._("There are no rows below the headings."),
            "too_many_rows": self.env._(
                "The file has more than %s rows. Split it into several files.",
                limits.rows,
            ),
            "too_many_lines": self.env._(
                "The file would make more than %s lines for all stores. Split it "
                "into several files.",
                limits.rows,
            ),
        }
        return problems.get(error.reason, self.env._("The file can't be read."))

    def _get_problem_of_headings(self, error, columns):
        """Say which headings are wanted, and which ones the file has instead."""
        found = list(dict.fromkeys(column.heading for column in error.found))
        if not any(found):
            return self.env._(
                "There is no column with the heading: %s. Start from the template, or "
                "add the heading.",
                columns,
            )
        texts = {"wanted": columns, "found": list_names(filter(None, found))}
        if set(error.columns) <= DEFAULTS.keys():
            return self.env._(
                "There is no column with the heading: %(wanted)s. The file has: "
                "%(found)s. Enter it below for all rows, or say which column it is.",
                **texts,
            )
        return self.env._(
            "There is no column with the heading: %(wanted)s. The file has: %(found)s. "
            "Say below what these are, or start from the template.",
            **texts,
        )

    def _get_problem_of_two_headings(self, error, columns):
        """Say which headings, or labels above the table, stand for the same."""
        texts = {"column": columns, "headings": list_names(error.headings)}
        if not set(error.headings) <= {column.heading for column in error.found}:
            return self.env._(
                "More than one place says %(column)s: %(headings)s. Delete one of them "
                "from the file.",
                **texts,
            )
        if len(set(map(to_heading_key, error.headings))) == 1:
            return self.env._(
                "Two columns have the heading %(headings)s. Delete one of them, or "
                "give it another heading.",
                headings=shorten(error.headings[0]),
            )
        known = self.env["store.transfer.import.heading"]
        reasons = set(map(known._get_fixed_reason, error.headings))
        if False in reasons:
            return self.env._(
                "More than one column may be %(column)s: %(headings)s. Say below which "
                "one is not needed, or delete it from the file.",
                **texts,
            )
        if "known" in reasons:
            return self.env._(
                "More than one column may be %(column)s: %(headings)s. Delete one of "
                "them from the file, give it another heading, or ask head office to "
                "say which one is not needed.",
                **texts,
            )
        return self.env._(
            "More than one column may be %(column)s: %(headings)s. Delete one of them "
            "from the file, or give it another heading.",
            **texts,
        )

    def _get_undecided_columns(self, error):
        """Return the columns of a file, without a meaning where several have the same.

        Our own headings mean what they do, whatever stands beside them.
        """
        undecided = set()
        if error.reason == "two_headings":
            undecided = {
                heading
                for heading in error.headings
                if to_heading_key(heading) not in OWN_KEYS
            }
        # Nothing is said of sheets where only one was looked at.
        has_sheets = len({column.sheet for column in error.found}) > 1
        return [
            column._replace(
                name="" if column.heading in undecided else column.name,
                sheet=column.sheet if has_sheets else "",
            )
            for column in error.found
        ]

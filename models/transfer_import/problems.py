from odoo import models

from ...spreadsheets.layout.columns import COLUMNS, to_heading_key
from ...spreadsheets.table import MAX_SHEETS
from ...tools.texts import list_names, shorten
from .choices import DEFAULTS


class StoreTransferImport(models.Model):
    """Why nothing of a file can be imported, in a sentence that says what to do."""

    _inherit = "store.transfer.import"

    def _get_problem(self, error):
        """Return the sentence of a :class:`SpreadsheetError`."""
        problems = {
            **self._get_problems_of_size(),
            **self._get_problems_of_kind(),
            **self._get_problems_of_content(),
            **self._get_problems_of_columns(error),
        }
        return problems.get(error.reason, self.env._("The file can't be read."))

    def _get_problems_of_size(self):
        """Return ``{reason: sentence}`` of what is too much, or nothing."""
        limits = self._get_limits()
        return {
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
            "too_many_findings": self.env._(
                "There are far too many errors to list. Start from the template, or "
                "mend the first rows and try again."
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

    def _get_problems_of_kind(self):
        """Return ``{reason: sentence}`` of files that are something else."""
        return {
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
        }

    def _get_problems_of_content(self):
        """Return ``{reason: sentence}`` of what is in a file that can't be read."""
        return {
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
        }

    def _get_problems_of_columns(self, error):
        """Return ``{reason: sentence}`` of headings that say too little or too much."""
        columns = ", ".join(
            column.get_heading(self.env.lang)
            for column in COLUMNS
            if column.name in error.columns
        )
        return {
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
        }

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

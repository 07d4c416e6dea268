from odoo import fields, models
from odoo.tools import format_date, groupby

from ...spreadsheets.layout.columns import IGNORED
from ...tools.texts import MOST_NAMES, list_names, shorten
from .column import MOST_COLUMNS
from .sheet.findings import NOTICE, Finding

# So many rows, or ranges of them, are named in a sentence.
MOST_RANGES = 20


def format_rows(numbers):
    """Return the numbers of rows as people write them: ``4, 7, 9–12``."""
    ranges = []
    for number in sorted(set(numbers)):
        if ranges and number == ranges[-1][1] + 1:
            ranges[-1][1] = number
        else:
            ranges.append([number, number])
    texts = [
        str(first) if first == last else f"{first}–{last}" for first, last in ranges
    ]
    shown = ", ".join(texts[:MOST_RANGES])
    return f"{shown} …" if len(texts) > MOST_RANGES else shown


class StoreTransferImport(models.Model):
    """What is told of a file as a whole: how it was read, and what was left unread."""

    _inherit = "store.transfer.import"

    def _get_findings_on_file(self, reading):
        notices = [
            *self._get_notices_on_reading(reading),
            *self._get_notices_on_columns(reading),
            *self._get_notices_on_sheets(reading),
            *self._get_notices_on_left_out(reading),
        ]
        return [Finding(NOTICE, 0, "", "", *texts) for texts in notices]

    def _get_notices_on_reading(self, reading):
        """Yield ``(problem, remedy)`` of what is easily overlooked in the file."""
        if reading.has_macros:
            yield (
                self.env._("The file contains macros."),
                self.env._("They were not run. Only the cells were read."),
            )
        if reading.hidden_rows:
            yield (
                self._get_problem_of_hidden_rows(reading.hidden_rows),
                self.env._(
                    "They are filtered out, collapsed or hidden in the file. Delete "
                    "them there if they are not meant."
                ),
            )
        if reading.encoding:
            yield (
                self.env._("The text was read as %s.", reading.encoding),
                self.env._(
                    "The file does not say how its letters are written. Look whether "
                    "names and remarks are right; if not, save it as UTF-8 or as .xlsx."
                ),
            )

    def _get_problem_of_hidden_rows(self, hidden_rows):
        named = self._name_rows(hidden_rows)
        if len(hidden_rows) == 1:
            return self.env._("A hidden row was read: %s.", named)
        return self.env._(
            "%(count)s hidden rows were read: %(rows)s.",
            count=len(hidden_rows),
            rows=named,
        )

    def _get_notices_on_columns(self, reading):
        if sentences := self._get_sentences_on_said(reading):
            yield (
                " ".join(sentences[:MOST_NAMES])
                + (" …" if len(sentences) > MOST_NAMES else ""),
                self.env._(
                    "That is remembered for all files of the company. If it is wrong, "
                    "say otherwise on this page, or tell head office."
                ),
            )
        if len(reading.columns) > MOST_COLUMNS:
            yield (
                self.env._(
                    "The file has %(count)s columns. This page lists %(most)s of them, "
                    "those first that were not read.",
                    count=len(reading.columns),
                    most=MOST_COLUMNS,
                ),
                self.env._("Delete the columns that are not needed from the file."),
            )

    def _get_sentences_on_said(self, reading):
        """Return what was read otherwise than we would, because somebody said so."""
        read = {column.heading: column.name for column in reading.columns}
        said = self.env["store.transfer.import.heading"]._get_what_was_said(
            self.company_id, {**read, **reading.labels}
        )
        return [self._get_sentence_on_said(*one) for one in said.items()]

    def _get_sentence_on_said(self, name, heading):
        # In sudo: whoever has said it may have left, or work elsewhere.
        author = heading.write_uid.sudo()
        texts = {
            "heading": shorten(name),
            "person": author.name,
            "date": format_date(
                self.env, fields.Date.context_today(self, heading.write_date)
            ),
        }
        if heading.column_name == IGNORED:
            return self.env._(
                "“%(heading)s” was not read, as %(person)s said on %(date)s.", **texts
            )
        meanings = dict(heading._get_meanings())
        return self.env._(
            "“%(heading)s” was read as %(meaning)s, as %(person)s said on %(date)s.",
            meaning=meanings[heading.column_name],
            **texts,
        )

    def _get_notices_on_sheets(self, reading):
        if len(reading.sheets) > 1:
            yield (
                self.env._("Several sheets were read: %s.", list_names(reading.sheets)),
                self.env._("Delete a sheet that is not meant, or hide it."),
            )
        if reading.unread_sheets:
            yield (
                self.env._(
                    "Not read: the sheet %s.", list_names(reading.unread_sheets)
                ),
                self.env._("Import it by itself if there are transfers in it."),
            )
        if reading.repeated_sheets:
            yield (
                self.env._(
                    "Not read, as its rows stand on another sheet as well: %s.",
                    list_names(reading.repeated_sheets),
                ),
                self.env._("Import it by itself if its goods come on top of those."),
            )

    def _get_notices_on_left_out(self, reading):
        for reason, rows in groupby(reading.left_out, lambda row: row.reason):
            named = self._name_rows((row.sheet, row.number) for row in rows)
            yield self._get_sentences_on_left_out(reason, named)

    def _name_rows(self, rows):
        """Return ``(name of the sheet, number)`` of rows in one text."""
        texts = []
        for sheet, found in groupby(rows, lambda row: row[0]):
            text = format_rows(number for _sheet, number in found)
            if sheet:
                text = self.env._("%(rows)s (sheet %(sheet)s)", rows=text, sheet=sheet)
            texts.append(text)
        return ", ".join(texts)

    def _get_sentences_on_left_out(self, reason, rows):
        """Return what is said of rows that were left out for the same reason."""
        sentences = {
            "total": (
                self.env._("Rows with totals were left out: %s.", rows),
                self.env._("Only the rows of products count."),
            ),
            "headings": (
                self.env._("Headings that stand there again were left out: %s.", rows),
                self.env._("They name no product."),
            ),
            "note": (
                self.env._("Rows with notes were left out: %s.", rows),
                self.env._("Look whether they say something that matters."),
            ),
            "no_quantity": (
                self.env._("Products without a quantity were left out: %s.", rows),
                self.env._("The file was read as an order form: blank means none."),
            ),
        }
        others = (
            self.env._("Rows that ask for nothing were left out: %s.", rows),
            self.env._("Look whether they say something that matters."),
        )
        return sentences.get(reason, others)

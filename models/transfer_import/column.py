from collections import Counter

from odoo import api, fields, models
from odoo.exceptions import UserError

from ...spreadsheets.layout.columns import IGNORED, LONGEST_HEADING, to_heading_key
from ...tools.texts import drop_unwritable, shorten

# More columns are no file that anybody wrote.
MOST_COLUMNS = 400
LONGEST_SAMPLE = 40


class StoreTransferImportColumn(models.Model):
    """A filled column of an import file, and what it is read as.

    Whoever imports may say what it is. That is remembered for all files of the company
    (``store.transfer.import.heading``), so that a new layout is solved once.
    """

    _name = "store.transfer.import.column"
    _description = "Column of a File With Store Transfers"
    _inherit = ["store.transfer.guard"]
    _order = "import_id, id"
    _rec_name = "heading"
    _step_fields = frozenset(
        {
            "import_id",
            "sheet",
            "letter",
            "heading",
            "key",
            "samples",
            "fixed_reason",
            "said_by_id",
        }
    )

    import_id = fields.Many2one(
        "store.transfer.import", required=True, index=True, ondelete="cascade"
    )
    sheet = fields.Char(
        readonly=True, help="Empty where only one sheet of the file is read."
    )
    letter = fields.Char(string="Column", readonly=True)
    heading = fields.Char(readonly=True)
    key = fields.Char(
        readonly=True, help="What headings are compared by: letters and digits only."
    )
    samples = fields.Char(
        string="Content", readonly=True, help="What stands in its first cells."
    )
    column_name = fields.Selection(
        selection=lambda self: self.env[
            "store.transfer.import.heading"
        ]._get_meanings(),
        string="Meaning",
        help="What the column is read as. Empty: it is not read. What you choose is "
        "remembered for all files of your company.",
    )
    fixed_reason = fields.Selection(
        [
            ("own", "Means the same in every file"),
            ("known", "Only head office can change what it means"),
            ("nameless", "Has no heading"),
            ("repeated", "Another column has the same heading"),
            ("store", "What this store gets"),
        ],
        string="Why Fixed",
        readonly=True,
        help="Why it can't be said what the column is.",
    )
    said_by_id = fields.Many2one(
        "res.users",
        readonly=True,
        ondelete="set null",
        help="Who said what the column is, in this file or in an earlier one.",
    )

    @api.model
    def _prepare_values_list(self, transfer_import, columns):
        """Return the values to keep the :class:`FileColumn` of a file."""
        count_by_key = Counter(
            (column.sheet, self._get_key(column.heading)) for column in columns
        )
        # Those that are asked about are never cut off.
        columns = sorted(columns, key=lambda column: bool(column.name))[:MOST_COLUMNS]
        keys = [self._get_key(column.heading) for column in columns]
        said = self.env["store.transfer.import.heading"].search(
            [("company_id", "=", transfer_import.company_id.id), ("key", "in", keys)]
        )
        people = {heading.key: heading.write_uid.id for heading in said}
        known_names = dict(self._fields["column_name"]._description_selection(self.env))
        return [
            {
                "import_id": transfer_import.id,
                "sheet": drop_unwritable(column.sheet),
                "letter": column.get_letters(),
                "heading": drop_unwritable(column.heading[:LONGEST_HEADING]),
                "key": key,
                "samples": self._format_samples(column.samples),
                "column_name": column.name if column.name in known_names else False,
                "fixed_reason": "store"
                if column.is_of_store
                else self._get_fixed_reason(
                    column.heading, count_by_key[column.sheet, key]
                ),
                "said_by_id": people.get(key),
            }
            for column, key in zip(columns, keys, strict=True)
        ]

    @api.model
    def _get_key(self, heading):
        """Return what a heading is compared by; a long text is none."""
        return "" if len(heading) > LONGEST_HEADING else to_heading_key(heading)

    @api.model
    def _format_samples(self, samples):
        texts = (drop_unwritable(text) for text in samples if text)
        return " · ".join(shorten(text, LONGEST_SAMPLE) for text in texts)

    @api.model
    def _get_fixed_reason(self, heading, count):
        """Return why the user can't say what a column is, or False.

        :param count: how many columns of its sheet have the same heading
        """
        if not self._get_key(heading):
            return "nameless"
        # Not in sudo: it depends on the user.
        headings = self.env["store.transfer.import.heading"].sudo(False)
        reason = headings._get_fixed_reason(heading)
        return "repeated" if count > 1 and reason != "own" else reason

    def write(self, vals):
        """What a column is, is said for all files of the company."""
        says = "column_name" in vals and not self.env.su
        if says:
            self._check_may_say([vals["column_name"]])
        result = super().write(vals)
        if says:
            self._remember()
        return result

    def _check_may_say(self, column_names):
        self.check_access("write")
        headings = self.env["store.transfer.import.heading"]
        for column_name in column_names:
            headings._check_meaning(column_name or IGNORED)
        self.import_id._check_allows("choose")
        for column in self:
            reason = column.fixed_reason
            if reason in (False, "known"):
                # Somebody else may have checked the file.
                reason = headings._get_fixed_reason(column.heading)
            if reason:
                raise UserError(column._get_fixed_sentence(reason))

    def _get_fixed_sentence(self, reason):
        headings = self.env["store.transfer.import.heading"]
        return {
            "own": headings._get_sentence_on_own(self.heading),
            "known": self.env._(
                "What %s means is known, and may matter to the files of others. Ask "
                "head office to change it, or give the column of your file another "
                "heading.",
                self.heading,
            ),
            "nameless": self.env._(
                "Column %s has no heading. Write one into the file first.", self.letter
            ),
            "repeated": self.env._(
                "Two columns have the heading %s. Give one of them another in the "
                "file first.",
                self.heading,
            ),
            "store": self.env._(
                "The column %s is for the store of that name. Delete it from the file "
                "if it is not meant.",
                self.heading,
            ),
        }[reason]

    def _say(self, meanings):
        """Say at once what these columns are.

        :param meanings: ``{column: its name, or False}``
        """
        self._check_may_say(meanings.values())
        for name, columns in self.grouped(meanings.get).items():
            # In sudo: what was checked above is remembered once, below.
            columns.sudo().column_name = name
        self._remember()

    def _remember(self):
        """Remember for the company what these columns are, and have that checked."""
        # In sudo: head office manages the list, whoever imports adds to it.
        headings = self.env["store.transfer.import.heading"].sudo()
        for transfer_import, columns in self.sudo().grouped("import_id").items():
            columns._spread()
            headings._remember(
                transfer_import.company_id,
                {column.heading: column.column_name for column in columns},
            )
            transfer_import._forget_check()

    def _spread(self):
        """Say the same of columns with the same headings on other sheets of a file."""
        said = {column.key: column.column_name for column in self}
        same = self.import_id.column_ids.filtered(lambda column: column.key in said)
        for name, columns in same.grouped(lambda column: said[column.key]).items():
            columns.write(
                {"column_name": name, "said_by_id": self.env.uid if name else False}
            )

from functools import partial

from odoo import api, fields, models

from ...spreadsheets.reader import SpreadsheetReader
from .sheet.store_search import StoreSearch

# What the file may leave to the page: name of a column -> field of the import.
DEFAULTS = {
    "expected_date": "expected_date",
    "source": "source_store_id",
    "destination": "destination_store_id",
    "remark": "remark",
}


def identify_store(stores, text):
    """Return what tells the store of a name from others; True for namesakes.

    :param stores: :class:`StoreSearch`
    """
    found = stores.find(text)
    return found.id if len(found) == 1 else bool(found)


class StoreTransferImport(models.Model):
    """What the user says of a file: what it leaves out, its columns, corrections."""

    _inherit = "store.transfer.import"

    expected_date = fields.Date(
        help="For rows that name no date, neither themselves nor above the table."
    )
    source_store_id = fields.Many2one(
        "stock.warehouse",
        string="From Store",
        check_company=True,
        compute="_compute_stores",
        store=True,
        readonly=False,
        domain="[('company_id', '=', company_id), ('is_store', '=', True)]",
        help="For rows that name no store where the goods leave from. Empty: they "
        "leave from the main warehouse.",
    )
    destination_store_id = fields.Many2one(
        "stock.warehouse",
        string="To Store",
        check_company=True,
        compute="_compute_stores",
        store=True,
        readonly=False,
        domain="[('company_id', '=', company_id), ('is_store', '=', True)]",
        help="For rows that name no store where the goods go to.",
    )
    remark = fields.Char(help="For rows that have none of their own.")
    column_ids = fields.One2many(
        "store.transfer.import.column", "import_id", string="Columns"
    )
    mapping = fields.Json(
        readonly=True,
        copy=False,
        prefetch=False,
        help="What headings were known to stand for when the file was checked.",
    )
    unread_column_count = fields.Integer(compute="_compute_unread_column_count")
    replacement_ids = fields.One2many(
        "store.transfer.import.replacement",
        "import_id",
        string="Corrections",
        readonly=True,
    )

    @api.depends("company_id")
    def _compute_stores(self):
        """A store of another company is none of this one."""
        for transfer_import in self:
            for name in ("source_store_id", "destination_store_id"):
                store = transfer_import[name]
                if store.sudo().company_id != transfer_import.company_id:
                    store = False
                transfer_import[name] = store

    @api.depends("column_ids.column_name")
    def _compute_unread_column_count(self):
        for transfer_import in self:
            transfer_import.unread_column_count = sum(
                not column.column_name for column in transfer_import.column_ids
            )

    def _get_reader(self, stores=None, mapping=None):
        """Return the :class:`SpreadsheetReader` of the file.

        :param stores: the :class:`StoreSearch`, where there is one already
        :param mapping: ``{key of a heading: name of its column}``; by default what
            users of the company say of headings by now
        """
        stores = stores or self._get_store_search()
        if mapping is None:
            headings = self.env["store.transfer.import.heading"]
            mapping = headings._get_mapping(self.company_id)
        return SpreadsheetReader(
            self._get_content(),
            self._get_limits(),
            mapping=mapping,
            defaults=self._get_defaults(stores),
            is_store=partial(identify_store, stores),
        )

    def _get_store_search(self):
        return StoreSearch(
            self.with_company(self.company_id).env,
            chosen=self.source_store_id | self.destination_store_id,
        )

    def _get_defaults(self, stores):
        """Return ``{column name: value}`` of what the file may leave to the page."""
        values = {name: self[field] for name, field in DEFAULTS.items()}
        return {
            name: stores.get_clear_name(value)
            if isinstance(value, models.Model)
            else value
            for name, value in values.items()
            if value
        }

    def _get_replacements(self):
        """Return ``{(column name, text as written): text meant}``."""
        return {
            (replacement.column_name, replacement.written): replacement.meant
            for replacement in self.replacement_ids
        }

    def _keep_columns(self, columns):
        """Keep the :class:`FileColumn` of the file for the user to look at."""
        kept = self.env["store.transfer.import.column"].sudo()
        self.sudo().column_ids.unlink()
        kept.create(kept._prepare_values_list(self, columns))

    def action_use_suggestions(self):
        """Read all cells as suggested, and check the file again."""
        self.ensure_one()
        self._use_suggestions(
            self.finding_ids.filtered(lambda finding: finding.suggestion)
        )
        return True

    def _use_suggestions(self, findings):
        """Read what findings are about as they suggest, and check the file again."""
        self._check_step("choose")
        chosen = {
            (finding.column_name, finding.value): finding._prepare_replacement_values()
            for finding in findings
        }
        # In sudo, as corrections are written by steps only.
        self.sudo().replacement_ids.filtered(
            lambda known: (known.column_name, known.written) in chosen
        ).unlink()
        self.env["store.transfer.import.replacement"].sudo().create(
            list(chosen.values())
        )
        self._check_file(in_background=False)

    def action_undo_corrections(self):
        """Read what the file says, and not what was chosen instead."""
        self.ensure_one()
        self.replacement_ids.action_undo()
        return True

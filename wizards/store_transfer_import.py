import base64

from odoo import api, fields, models
from odoo.exceptions import AccessError, LockError, UserError

from ..models.store_transfer_access import GROUP_STAFF
from .import_columns import COLUMNS
from .import_template import build_template
from .spreadsheet_reader import (
    MAX_FILE_SIZE,
    MAX_ROWS,
    SpreadsheetError,
    SpreadsheetReader,
)
from .transfer_sheet import TransferSheet

MAX_LINES = MAX_ROWS


class StoreTransferImport(models.TransientModel):
    """Make drafts of a spreadsheet, or say everything that is wrong with it."""

    _name = "store.transfer.import"
    _description = "Import Store Transfers"

    company_id = fields.Many2one(
        "res.company",
        required=True,
        default=lambda self: self.env.company,
        domain="[('id', 'in', allowed_company_ids)]",
    )
    file = fields.Binary(string="Spreadsheet")
    file_name = fields.Char()
    template = fields.Binary(compute="_compute_template")
    problem = fields.Char(
        readonly=True, help="Why nothing of the file could be imported."
    )
    error_ids = fields.One2many(
        "store.transfer.import.error", "import_id", string="Errors", readonly=True
    )
    error_count = fields.Integer(compute="_compute_error_count")
    transfer_ids = fields.Many2many("store.transfer", readonly=True)

    @api.depends_context("lang")
    def _compute_template(self):
        content = base64.b64encode(build_template(self.env))
        for wizard in self:
            wizard.template = content

    @api.depends("error_ids")
    def _compute_error_count(self):
        for wizard in self:
            wizard.error_count = len(wizard.error_ids)

    def action_download_template(self):
        self.ensure_one()
        return {
            "type": "ir.actions.act_url",
            "url": f"/web/content/{self._name}/{self.id}/template"
            f"?download=true&filename={self._get_template_name()}",
            "target": "self",
        }

    def _get_template_name(self):
        return "store_transfers.xlsx"

    def action_import(self):
        """Make a draft of every order in the file, or of none when there is an error.

        Pressing twice makes them once.
        """
        self.ensure_one()
        self._check_may_import()
        self._lock()
        if not self.transfer_ids:
            self._import_file()
        return self._get_transfers_action() if self.transfer_ids else self._reopen()

    def _lock(self):
        """Keep a second press from importing the file at the same time."""
        try:
            self.lock_for_update(allow_referencing=True)
        except LockError as error:
            raise UserError(
                self.env._(
                    "This file is being imported at this moment. Wait a few seconds "
                    "and look at the drafts."
                )
            ) from error
        self.invalidate_recordset(["transfer_ids"])

    def _check_may_import(self):
        self.check_access("write")
        if not self.env.user.has_group(GROUP_STAFF):
            raise AccessError(self.env._("Only store staff can import transfers."))
        if self.company_id not in self.env.companies:
            raise AccessError(
                self.env._("You don't work in %s.", self.company_id.sudo().name)
            )

    def _import_file(self):
        self.error_ids.unlink()
        self.problem = False
        try:
            sheet = self._read_sheet()
        except SpreadsheetError as error:
            self.problem = self._get_problem(error)
            return
        if sheet.faults:
            self._save_errors(sheet.faults)
        else:
            self.transfer_ids = self.env["store.transfer"].create(
                sheet.prepare_transfers()
            )

    def _read_sheet(self):
        """Read the file and check it.

        :raise SpreadsheetError: when the file as a whole is no use
        """
        reader = SpreadsheetReader(self._get_content())
        rows = reader.read_rows()
        sheet = TransferSheet(
            self.with_company(self.company_id).env,
            self.company_id,
            rows,
            reader.headings,
        )
        sheet.read_rows()
        if not sheet.faults and sheet.count_lines() > MAX_LINES:
            raise SpreadsheetError("too_many_lines")
        return sheet

    def _get_content(self):
        return base64.b64decode(self.with_context(bin_size=False).file or b"")

    def _save_errors(self, faults):
        self.env["store.transfer.import.error"].create(
            [{"import_id": self.id, **fault._asdict()} for fault in faults]
        )

    def _get_problem(self, error):
        columns = ", ".join(
            column.get_heading(self.env.lang)
            for column in COLUMNS
            if column.name in error.columns
        )
        return {
            "empty_file": self.env._("Choose a file that is not empty."),
            "too_large": self.env._(
                "The file is too large: up to %s MB can be imported. Split it into "
                "several files.",
                MAX_FILE_SIZE // 1024**2,
            ),
            "encrypted": self.env._(
                "The file is protected by a password. Save it without one."
            ),
            "old_format": self.env._(
                "The file is in the format of Excel 97. Save it as .xlsx."
            ),
            "not_spreadsheet": self.env._(
                "This is not an Excel file. Save it as .xlsx, or start from the "
                "template."
            ),
            "broken": self.env._(
                "The file is damaged and can't be read. Open it in Excel, save it "
                "again as .xlsx, and upload that."
            ),
            "no_headings": self.env._(
                "The first sheet has no column with the heading: %s. Start from the "
                "template, or add the heading.",
                columns,
            ),
            "repeated_heading": self.env._(
                "Two columns have the heading %s. Delete one of them.", columns
            ),
            "no_rows": self.env._("There are no rows below the headings."),
            "too_many_rows": self.env._(
                "The file has more than %s rows. Split it into several files.",
                MAX_ROWS,
            ),
            "too_many_lines": self.env._(
                "The file would make more than %s lines for all stores. Split it "
                "into several files.",
                MAX_LINES,
            ),
        }[error.reason]

    def _reopen(self):
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Import Transfers"),
            "res_model": self._name,
            "res_id": self.id,
            "views": [[False, "form"]],
            "target": "new",
            "context": {"dialog_size": "extra-large"},
        }

    def _get_transfers_action(self):
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Imported Transfers"),
            "res_model": "store.transfer",
            "views": [[False, "list"], [False, "kanban"], [False, "form"]],
            "domain": [("id", "in", self.transfer_ids.ids)],
            "target": "main",
        }


class StoreTransferImportError(models.TransientModel):
    _name = "store.transfer.import.error"
    _description = "Error in an Import of Store Transfers"
    _order = "row, id"

    import_id = fields.Many2one(
        "store.transfer.import", required=True, index=True, ondelete="cascade"
    )
    row = fields.Integer(readonly=True)
    column = fields.Char(readonly=True)
    value = fields.Char(readonly=True)
    problem = fields.Char(readonly=True)
    remedy = fields.Char(string="What to Do", readonly=True)

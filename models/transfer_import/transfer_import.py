import base64

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Command

from ...spreadsheets.errors import SpreadsheetError
from ...spreadsheets.output.marked_file import build_marked_file
from ...spreadsheets.output.marks import Mark
from ...tools.download import get_download_action

# What the user says of the file, and what it leaves to the page.
WHOLE_FILE = {"file", "company_id"}
DEFAULTS = {"expected_date", "source_store_id", "destination_store_id", "remark"}
# What the user says before anything is imported, see the step "choose".
CHOICES = {
    *WHOLE_FILE,
    *DEFAULTS,
    "column_ids",
    "after_import",
    "skip_errors",
    "import_again",
}
DAYS_KEPT_UNUSED = 7

# Something is going on, or waits to go on, in the background.
WORKING_STATES = ("checking", "importing", "cancelling")


class StoreTransferImport(models.Model):
    """A spreadsheet that becomes transfers: checked first, then imported.

    The check lists everything that is wrong and the orders that the file asks for
    (``store.transfer.import.order``). Importing makes a transfer of each of them. An
    order that has its transfer is never made again, whatever happens in between.
    """

    _name = "store.transfer.import"
    _description = "Import of Store Transfers"
    _inherit = ["store.transfer.steps"]
    _order = "id desc"
    _check_company_auto = True
    _step_fields = frozenset(
        {
            "state",
            "user_id",
            "stopped_state",
            "problem",
            "row_count",
            "unknown_row_count",
            "order_ids",
            "finding_ids",
            "replacement_ids",
            "error_count",
            "notice_count",
            "suggestion_count",
            "names_sheets",
            "orders_fingerprint",
            "mapping",
            "third_party_heading",
            "finish_date",
        }
    )

    name = fields.Char(compute="_compute_name", store=True, precompute=True)
    company_id = fields.Many2one(
        "res.company",
        required=True,
        index=True,
        default=lambda self: self.env.company,
        domain="[('id', 'in', allowed_company_ids)]",
    )
    user_id = fields.Many2one(
        "res.users",
        string="Imported By",
        required=True,
        readonly=True,
        index=True,
        default=lambda self: self.env.user,
        copy=False,
    )
    file = fields.Binary(string="Spreadsheet", attachment=True)
    file_name = fields.Char()
    after_import = fields.Selection(
        [("draft", "Make drafts"), ("submit", "Submit them at once")],
        string="What to Make",
        required=True,
        default="draft",
    )
    skip_errors = fields.Boolean(
        string="Leave Out Transfers With Errors",
        help="The other transfers are imported whole; those with an error not at all.",
    )
    import_again = fields.Boolean(
        help="Also make the transfers that were imported before.",
    )
    state = fields.Selection(
        [
            ("draft", "To Check"),
            ("checking", "Checking"),
            ("checked", "Checked"),
            ("importing", "Importing"),
            ("stopped", "Stopped"),
            ("cancelling", "Undoing"),
            ("done", "Imported"),
            ("cancelled", "Cancelled"),
        ],
        required=True,
        readonly=True,
        default="draft",
        index=True,
        copy=False,
    )
    stopped_state = fields.Char(
        readonly=True, copy=False, help="What was going on when the import was stopped."
    )
    problem = fields.Char(
        readonly=True, copy=False, help="Why nothing of the file could be imported."
    )
    row_count = fields.Integer(string="Rows", readonly=True, copy=False)
    unknown_row_count = fields.Integer(
        string="Rows Left Out",
        readonly=True,
        copy=False,
        help="Rows of which it can't be told to which transfer they belong.",
    )
    order_ids = fields.One2many(
        "store.transfer.import.order", "import_id", string="Orders", readonly=True
    )
    finding_ids = fields.One2many(
        "store.transfer.import.finding", "import_id", string="Findings", readonly=True
    )
    error_count = fields.Integer(string="Errors", readonly=True, copy=False)
    notice_count = fields.Integer(string="Notices", readonly=True, copy=False)
    suggestion_count = fields.Integer(readonly=True, copy=False)
    names_sheets = fields.Boolean(
        readonly=True, copy=False, help="Several sheets of the file were read."
    )
    orders_fingerprint = fields.Char(
        readonly=True,
        copy=False,
        help="What all transfers are about that the check has shown.",
    )
    finish_date = fields.Datetime(string="Imported On", readonly=True, copy=False)
    marked_file = fields.Binary(compute="_compute_marked_file")
    is_editable = fields.Boolean(compute="_compute_is_editable")

    _working_index = models.Index(
        "(id) WHERE state IN ('checking', 'importing', 'cancelling')"
    )

    @api.depends("file_name")
    def _compute_name(self):
        for transfer_import in self:
            transfer_import.name = transfer_import.file_name or self.env._("New Import")

    @api.depends("state")
    def _compute_is_editable(self):
        """Tell whether there is still a choice: nothing was imported yet."""
        for transfer_import in self:
            transfer_import.is_editable = transfer_import.state in ("draft", "checked")

    @api.depends("file", "finding_ids")
    @api.depends_context("lang")
    def _compute_marked_file(self):
        for transfer_import in self:
            has_marks = bool(transfer_import.finding_ids)
            transfer_import.marked_file = has_marks and base64.b64encode(
                transfer_import._build_marked_file()
            )

    def _build_marked_file(self):
        marks = [
            Mark(
                finding.sheet or "",
                finding.row,
                finding.column,
                finding.level,
                finding._get_sentence(),
            )
            for finding in self.finding_ids
        ]
        try:
            # What headings stand for by now says nothing of what was found then.
            return build_marked_file(
                self._get_reader(mapping=self.mapping or {}),
                marks,
                self.env.lang,
                self.env._("Transfers"),
            )
        except SpreadsheetError as error:
            raise UserError(self._get_problem(error)) from error

    def write(self, vals):
        """A new file, or another company, makes what was found before void."""
        if not self.env.su and vals.keys() & CHOICES:
            self._check_allows("choose")
        result = super().write(self._say_columns(vals))
        self._check_company_is_own(vals)
        # In sudo, as what a check has found is written by steps only.
        if vals.keys() & WHOLE_FILE:
            self.sudo()._forget_file()
        if "company_id" in vals:
            self.sudo().replacement_ids.unlink()
        if void := self._get_void_checks(vals):
            void.sudo()._forget_check()
        return result

    def _say_columns(self, vals):
        """Say at once what the page says of columns; return the other values."""
        said, others = {}, []
        for command in vals.get("column_ids") or ():
            if command[0] == Command.UPDATE and {*command[2]} == {"column_name"}:
                said[command[1]] = command[2]["column_name"]
            else:
                others.append(command)
        if self.env.su or not said:
            return vals
        columns = self.env["store.transfer.import.column"].browse(said)
        columns._say({column: said[column.id] for column in columns})
        return {**vals, "column_ids": others}

    def _check_company_is_own(self, vals):
        """Refuse to put a file before the eyes of another company."""
        if "company_id" not in vals or self.env.su:
            return
        for transfer_import in self:
            if refusal := transfer_import._get_company_refusal():
                raise refusal

    def _get_void_checks(self, vals):
        """Return those of which a check would find something else now."""
        if vals.keys() & DEFAULTS:
            return self
        if "after_import" in vals:
            # What can't be submitted is an error then.
            return self.filtered(
                lambda transfer_import: (
                    transfer_import.company_id.sudo().transfer_block_shortage
                )
            )
        return self.browse()

    @api.ondelete(at_uninstall=False)
    def _unlink_only_unused(self):
        """What was imported is remembered, so that it is not imported again."""
        for transfer_import in self.sudo():
            if (
                transfer_import.state in WORKING_STATES
                or transfer_import.order_ids.transfer_id
            ):
                raise UserError(
                    self.env._(
                        "%s is kept, because transfers were made from it.",
                        transfer_import.name,
                    )
                )

    @api.autovacuum
    def _gc_unused(self):
        """Delete files that were uploaded and never imported."""
        limit = fields.Datetime.subtract(fields.Datetime.now(), days=DAYS_KEPT_UNUSED)
        self.search(
            [
                ("state", "in", ("draft", "checked", "cancelled")),
                ("write_date", "<", limit),
                ("order_ids", "not any", [("transfer_id", "!=", False)]),
            ],
            limit=1000,
        ).unlink()

    def action_download_marked_file(self):
        self.ensure_one()
        self.check_access("read")
        name = (self.file_name or "").rpartition(".")[0] or self.env._("transfers")
        return get_download_action(
            self, "marked_file", self.env._("%s (checked)", name)
        )

    def action_check(self):
        """Say what the file would make, and everything that is wrong with it."""
        self.ensure_one()
        self._check_step("check")
        self._check_file(in_background=False)
        return True

    def action_import(self):
        """Make the transfers of the file. Pressing twice makes them once.

        :return: the action that shows them, or True while they are being made
        :raise UserError: when the file was not checked, or has errors
        """
        self.ensure_one()
        self._check_step("import")
        if self.state == "checked":
            self._begin_work("importing")
        return self.action_view_transfers() if self.state == "done" else True

    def action_go_on(self):
        """Go on with what was going on when the import was stopped."""
        self.ensure_one()
        self._check_step("go_on")
        self._begin_work(self.stopped_state)
        return self.action_view_transfers() if self.state == "done" else True

    def action_cancel(self):
        """Stop the import, and take back the drafts that it has made."""
        self.ensure_one()
        self._check_step("cancel")
        self._begin_work("cancelling")
        return True

    def action_view_transfers(self):
        self.ensure_one()
        self.check_access("read")
        return self._get_transfers_action(
            [("import_order_ids.import_id", "=", self.id)]
        )

    def action_view_earlier(self):
        """Show the transfers that an earlier import made of the same orders."""
        self.ensure_one()
        return self._get_transfers_action(
            [("id", "in", self.order_ids.earlier_transfer_id.ids)]
        )

    def _get_transfers_action(self, domain):
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Imported Transfers"),
            "res_model": "store.transfer",
            "views": [[False, "list"], [False, "kanban"], [False, "form"]],
            "domain": domain,
        }

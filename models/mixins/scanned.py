from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL


class StoreTransferScanned(models.AbstractModel):
    """What devices fill by scanning, row by row: a count, or a pick list.

    There is one open of each for a transfer. It is saved as it goes, can be left and
    taken up again, also by somebody else; several people fill it at once, and one of
    them submits it.
    """

    _name = "store.transfer.scanned"
    _description = "What is filled by scanning"
    _inherit = ["store.transfer.steps"]
    _order = "id desc"
    _rec_name = "transfer_id"
    _step_fields = frozenset(
        {"transfer_id", "state", "submit_date", "user_id", "cashier"}
    )

    # The field by which its rows and its log say whose they are.
    _link = None
    # The step that who scans has to be allowed to do.
    _scan_step = None

    transfer_id = fields.Many2one(
        "store.transfer", required=True, readonly=True, index=True, ondelete="cascade"
    )
    company_id = fields.Many2one(related="transfer_id.company_id", store=True)
    is_open = fields.Boolean(compute="_compute_is_open")
    user_id = fields.Many2one(
        "res.users", readonly=True, required=True, default=lambda self: self.env.user
    )
    cashier = fields.Char(
        string="At the Till",
        readonly=True,
        help="Who has submitted it, as the till says.",
    )
    submit_date = fields.Datetime(string="Submitted On", readonly=True)

    @api.depends("state")
    def _compute_is_open(self):
        for document in self:
            document.is_open = document.state == "open"

    def write(self, vals):
        if not self.env.su:
            # Who may write none of these is told so, before anything else is asked.
            self.browse().check_access("write")
            self._check_allows(self._scan_step)
        return super().write(vals)

    def _get_document(self):
        return self.transfer_id

    def _find_lines(self, domain):
        """Find rows of this document in the database, not in the cache."""
        lines = self.env[self._fields["line_ids"].comodel_name]
        return lines.search(Domain(self._link, "=", self.id) & Domain(domain))

    def _find_scans(self, domain, **options):
        """Find what was written down here, the latest first."""
        scans = self.env[self._fields["scan_ids"].comodel_name]
        of_this = Domain(self._link, "=", self.id)
        return scans.search(of_this & Domain(domain), **options)

    def _check_may_scan(self):
        """Check role and side; the state is told, not refused: nothing may be lost."""
        self._check_saved()
        self.check_access("write")
        if refusal := self._get_role_refusal(self._scan_step):
            raise refusal

    def _get_reason_to_stop(self):
        """Return why nothing can be scanned here any more, or None."""
        raise NotImplementedError

    def _lock_against_submit(self):
        """Let other devices go on, but nobody submit this in the meantime.

        Who submits waits for us, and we for them; who comes second starts anew.
        """
        self._lock_rows(self._table, "id", self.ids, SQL("SHARE"))
        self.invalidate_recordset(["state"])

    def _lock_against_scans(self):
        self._lock()
        self._wait_for_scans()

    def _wait_for_scans(self):
        """Wait for devices that send now, and start anew if they changed a line."""
        self._lock_rows(self._table, "id", self.ids, SQL("UPDATE"))
        self._lock_rows(self.line_ids._table, self._link, self.ids, SQL("UPDATE"))

    def _tell_who_submits(self):
        """Let a submit that has begun without a new line begin anew.

        It sees the lines that were there at its start; a change of the document itself
        stops it.
        """
        self._lock_rows(self._table, "id", self.ids, SQL("NO KEY UPDATE"))
        self.write({"user_id": self.user_id.id})

    def _lock_changed_lines(self, changes):
        line_ids = {change["line_id"] for change in changes if change.get("line_id")}
        self._lock_rows(self.line_ids._table, "id", line_ids, SQL("UPDATE"))

    def _lock_rows(self, table, column, ids, strength):
        """Wait until nobody else has the rows.

        Where one was changed since this transaction began, PostgreSQL refuses, and Odoo
        repeats the whole request. That is life, and nothing for the log.
        """
        if not ids:
            return
        query = SQL(
            "SELECT id FROM %s WHERE %s IN %s ORDER BY id FOR %s",
            SQL.identifier(table),
            SQL.identifier(column),
            tuple(ids),
            strength,
        )
        self.env.cr.execute(query, log_exceptions=False)

from psycopg2.errors import UniqueViolation

from odoo import api, fields, models
from odoo.exceptions import AccessError, ConcurrencyError, UserError
from odoo.tools import SQL

from ...tools.moments import format_moment
from ...tools.roles import GROUP_HEAD_OFFICE

UNFINISHED = ("waiting", "running")


class StoreTransferLedgerCheck(models.Model):
    """One check of all transfers of a company, from their first day on.

    Nothing is repaired by it, and nothing is locked: it only reads, and says what it
    can't explain.
    """

    _name = "store.transfer.ledger.check"
    _description = "Check of the Ledger"
    _inherit = ["store.transfer.guard"]
    _order = "id desc"

    company_id = fields.Many2one(
        "res.company", required=True, readonly=True, index=True, ondelete="cascade"
    )
    user_id = fields.Many2one(
        "res.users",
        string="Checked By",
        readonly=True,
        ondelete="set null",
        help="Empty: it was the check of the night.",
    )
    state = fields.Selection(
        [
            ("waiting", "Waits"),
            ("running", "Is Running"),
            ("done", "Finished"),
            ("failed", "Failed"),
        ],
        required=True,
        readonly=True,
        default="waiting",
        index=True,
    )
    start_date = fields.Datetime(string="Started On", readonly=True)
    seconds = fields.Float(digits=(16, 1), readonly=True)
    transfer_count = fields.Integer(string="Transfers", readonly=True)
    move_count = fields.Integer(string="Moves", readonly=True)
    finding_count = fields.Integer(string="Unexplained", readonly=True)
    numbers = fields.Json(
        readonly=True, help="How many findings there are of each rule: {rule: number}."
    )
    finding_ids = fields.One2many(
        "store.transfer.ledger.finding", "check_id", string="Findings", readonly=True
    )
    result = fields.Char(compute="_compute_result")
    notice = fields.Char(compute="_compute_result")

    _one_unfinished = models.UniqueIndex(
        "(company_id) WHERE state IN ('waiting', 'running')",
        "The ledger of this company is being checked already.",
    )

    @api.depends("company_id", "start_date", "create_date")
    @api.depends_context("lang", "tz")
    def _compute_display_name(self):
        for check in self:
            moment = check.start_date or check.create_date
            check.display_name = self.env._(
                "Ledger of %(company)s, %(moment)s",
                company=check.company_id.name,
                moment=format_moment(self.env, moment),
            )

    @api.depends("state", "transfer_count", "move_count", "finding_count", "numbers")
    @api.depends_context("lang")
    def _compute_result(self):
        for check in self:
            check.result = check._get_result()
            check.notice = check._get_notice()

    def _get_result(self):
        """Say in one sentence what the check has found."""
        if self.state == "waiting":
            return self.env._("It begins in a moment. You are told when it is done.")
        if self.state == "running":
            return self.env._("It is running. You are told when it is done.")
        if self.state == "failed":
            return self.env._(
                "The check could not be finished. The server's log says more; tell "
                "your administrator, and check again."
            )
        return self.env._(
            "%(transfers)s, %(moves)s, %(findings)s unexplained",
            transfers=self._tell_transfers(),
            moves=self._tell_moves(),
            findings=f"{self.finding_count:,}",
        )

    def _tell_transfers(self):
        if self.transfer_count == 1:
            return self.env._("1 transfer")
        return self.env._("%s transfers", f"{self.transfer_count:,}")

    def _tell_moves(self):
        if self.move_count == 1:
            return self.env._("1 move")
        return self.env._("%s moves", f"{self.move_count:,}")

    def _get_notice(self):
        """Say that not all findings are kept, where they are very many."""
        shown = len(self.finding_ids)
        if self.finding_count <= shown:
            return ""
        return self.env._(
            "Shown are %(shown)s of them, the first of each kind.", shown=f"{shown:,}"
        )

    def action_check_now(self):
        """Check the companies of the user now; of a large one in the background.

        Whatever check it is pressed on: all that there is is checked.

        :return: the action that shows the check, or the list of several
        :raise AccessError: unless the user is of head office
        """
        if not self.env.user.has_group(GROUP_HEAD_OFFICE):
            raise AccessError(
                self.env._("The ledger is checked by head office. Ask somebody there.")
            )
        companies = self.env.companies
        # In sudo: a check is written by nobody but itself.
        checks = self._in_own_context().sudo()._begin(companies, self.env.user)
        for check in checks.filtered(lambda check: check.state == "waiting"):
            if not check._is_large():
                check._run()
        if checks.filtered(lambda check: check.state == "waiting"):
            self.env.ref("store_transfer.ir_cron_ledger_check").sudo()._trigger()
        return self._open(checks)

    @api.model
    def _begin(self, companies, user):
        """Return a check for each company: the one that is not finished, or a new one.

        :param user: who checks; none at night
        :raise ConcurrencyError: when somebody else has just begun one; Odoo tries
            again, and finds it
        """
        going_on = self.search(
            [("company_id", "in", companies.ids), ("state", "in", UNFINISHED)]
        )
        others = companies - going_on.company_id
        try:
            with self.env.cr.savepoint():
                begun = self.create(
                    [
                        {"company_id": company.id, "user_id": user.id}
                        for company in others
                    ]
                )
        except UniqueViolation as error:
            raise ConcurrencyError(str(error)) from error
        return going_on | begun

    @api.model
    def _open(self, checks):
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "store_transfer.action_store_transfer_ledger_check"
        )
        if len(checks) > 1:
            return action
        return {
            **action,
            "res_id": checks.id,
            "views": [(False, "form")],
            "target": "current",
        }

    def action_view_findings(self):
        """Show the findings as a list, to search and group them."""
        self.ensure_one()
        self.check_access("read")
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "store_transfer.action_store_transfer_ledger_finding"
        )
        return {**action, "domain": [("check_id", "=", self.id)]}

    def action_print(self):
        """Print what the check has found."""
        self._check_can_be_printed()
        report = self.env.ref("store_transfer.action_report_ledger_check")
        return report.report_action(self)

    def _check_can_be_printed(self):
        self.check_access("read")
        if self.filtered(lambda check: check.state != "done"):
            raise UserError(self.env._("Wait until the check is done, then print it."))

    def _get_queries(self):
        """Return the queries of what is not as it should be; none changes anything.

        Each gives the columns ``rule, what, transfer_id, product_id, lot_id, detail,
        expected, found``. To be extended by other addons.
        """
        return []

    def _get_query_values(self):
        """Return what the queries have in common."""
        digits = self.env["decimal.precision"].precision_get("Product Unit")
        return {
            "company": self.company_id.id,
            "digits": digits,
            # Less than half of the smallest quantity is nothing.
            "tolerance": SQL(f"{0.5 * 10**-digits:.{digits + 1}f}"),
        }

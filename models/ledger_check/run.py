import logging
import time
from contextlib import contextmanager, suppress
from datetime import timedelta
from typing import NamedTuple

from odoo import api, fields, models
from odoo.exceptions import ConcurrencyError
from odoo.tools import SQL

from .check import UNFINISHED

_logger = logging.getLogger(__name__)
# So many findings of each rule are kept; there may be more of them.
MOST_FINDINGS = 1000
# More moves than that are checked in the background: it takes seconds.
MANY_MOVES = 50_000
# How long a check is kept, with all that it has found.
KEEP = timedelta(days=180)
# What hash tables may take, so that they are not written to disk.
MEMORY = "64MB"

FIRST_OF_EACH = """
SELECT * FROM (
    SELECT finding.*, COUNT(*) OVER (PARTITION BY rule) AS number,
           ROW_NUMBER() OVER (
               PARTITION BY rule ORDER BY transfer_id, product_id, lot_id, what, detail
           ) AS place
      FROM (%(query)s) AS finding
) AS numbered
 WHERE place <= %(most)s
 ORDER BY rule, place
"""


class Found(NamedTuple):
    """A row of a query of findings, see ``_get_queries``."""

    rule: str
    what: str
    transfer_id: int | None
    product_id: int | None
    lot_id: int | None
    detail: str | None
    expected: str | None
    found: str | None
    # How many there are of this rule.
    number: int
    place: int


class StoreTransferLedgerCheck(models.Model):
    """How a check is made: a few queries over all of one moment."""

    _inherit = "store.transfer.ledger.check"

    @api.model
    def _cron_nightly(self):
        """Check all companies that have transfers."""
        groups = self.env["store.transfer"]._read_group([], ["company_id"])
        for [company] in groups:
            # Who has just pressed the button for one has it checked.
            with suppress(ConcurrencyError):
                self._begin(company, self.env["res.users"])
        if groups:
            self.env.ref("store_transfer.ir_cron_ledger_check")._trigger()

    @api.model
    def _cron_work(self):
        """Make the checks that wait, and those that were not finished.

        Of this scheduled action there is one at a time: what is running was left over
        when the server was killed.
        """
        checks = self.search([("state", "in", UNFINISHED)], order="id")
        commit = self.env["ir.cron"]._commit_progress
        commit(remaining=len(checks))
        for check in checks:
            check.write({"state": "running", "start_date": fields.Datetime.now()})
            # From here on all is read as it is at one moment.
            commit()
            check._try_run()
            if not commit(1):
                return

    def _try_run(self):
        """Make the check; nobody is there to see an error."""
        try:
            self._run()
            self.env.flush_all()
        except Exception:
            self.env.cr.rollback()
            _logger.exception("Check %s of the ledger can't be made", self.id)
            self.state = "failed"
        self._tell_who_waits()

    def _run(self):
        """Compare all that there is, and write down what can't be explained."""
        self.ensure_one()
        start = time.monotonic()
        moment = fields.Datetime.now()
        with self._reading():
            numbers = self._count_what_is_checked()
            found = self._find()
        self._keep(found)
        self.write(
            {
                **numbers,
                "state": "done",
                "start_date": moment,
                "seconds": time.monotonic() - start,
            }
        )
        self._raise_alarm()

    @contextmanager
    def _reading(self):
        """See one moment, whatever others do meanwhile; lock and change nothing.

        A transaction of Odoo sees what was there when it began. PostgreSQL refuses
        within the savepoint whatever would write. It works with one processor, and
        leaves the others to those who work meanwhile.
        """
        cr = self.env.cr
        savepoint = cr.savepoint()
        try:
            cr.execute("SET TRANSACTION READ ONLY")
            cr.execute(SQL("SET LOCAL work_mem = %s", MEMORY))
            cr.execute("SET LOCAL max_parallel_workers_per_gather = 0")
            yield
        finally:
            savepoint.close(rollback=True)

    def _find(self):
        """Return what can't be explained: list of ``Found``."""
        return [
            Found(*row)
            for query in self._get_queries()
            for row in self.env.execute_query(
                SQL(FIRST_OF_EACH, query=query, most=MOST_FINDINGS)
            )
        ]

    def _count_what_is_checked(self):
        [[transfers, moves]] = self.env.execute_query(
            SQL(
                """
                SELECT (SELECT COUNT(*) FROM store_transfer
                         WHERE company_id = %(company)s),
                       (SELECT COUNT(*) FROM stock_move
                         WHERE company_id = %(company)s
                           AND transfer_line_id IS NOT NULL)
                """,
                company=self.company_id.id,
            )
        )
        return {"transfer_count": transfers, "move_count": moves}

    def _is_large(self):
        """Tell whether it takes longer than somebody waits for a page."""
        [[moves]] = self.env.execute_query(
            SQL(
                """
                SELECT COUNT(*) FROM (
                    SELECT FROM stock_move
                     WHERE company_id = %(company)s AND transfer_line_id IS NOT NULL
                     LIMIT %(most)s
                ) AS move
                """,
                company=self.company_id.id,
                most=MANY_MOVES + 1,
            )
        )
        return moves > MANY_MOVES

    def _keep(self, found):
        """Write down what was found, and how much there is of each rule."""
        self.env["store.transfer.ledger.finding"].create(
            [
                {
                    "check_id": self.id,
                    "rule": one.rule,
                    "what": one.what,
                    "transfer_id": one.transfer_id,
                    "product_id": one.product_id,
                    "lot_id": one.lot_id,
                    "detail": one.detail,
                    "expected": one.expected,
                    "found": one.found,
                }
                for one in found
            ]
        )
        numbers = {}
        for one in found:
            numbers[one.rule] = one.number
        self.write({"numbers": numbers, "finding_count": sum(numbers.values())})

    @api.autovacuum
    def _forget_old(self):
        """Delete checks that nobody asks for any more: there is one each night."""
        limit = fields.Datetime.now() - KEEP
        self.search([("create_date", "<", limit)], limit=1000).unlink()

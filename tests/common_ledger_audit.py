"""The check of the ledger that head office has, for tests to ask."""

from contextlib import contextmanager

from odoo.service.model import call_kw
from odoo.tools import SQL


class LedgerAudit:
    """What the product's own check finds, beside the rule of the tests."""

    def check_ledger(self):
        """Check the company as head office does; return the check."""
        self.env.flush_all()
        checks = self.env["store.transfer.ledger.check"].with_user(self.head_office)
        # As its button does.
        action = call_kw(checks, "action_check_now", [[]], {})
        return checks.browse(action["res_id"])

    def find_unexplained(self):
        """Return what a check finds now, and leave no check behind."""
        check = self.env["store.transfer.ledger.check"].sudo()
        check = check.new({"company_id": self.company.id})
        with check._reading():
            return check._find()

    def get_findings(self):
        """Return what is not explained now: a set of ``(rule, what)``."""
        return {(one.rule, one.what) for one in self.find_unexplained()}

    def assertNothingUnexplained(self):
        self.assertEqual([str(one) for one in self.find_unexplained()], [])

    def corrupt(self, query, **values):
        """Change the database behind Odoo's back."""
        self.env.flush_all()
        self.env.cr.execute(SQL(query, **values))
        self.assertTrue(self.env.cr.rowcount)
        self.env.invalidate_all()

    @contextmanager
    def undone(self):
        """Take back what is done inside."""
        savepoint = self.env.cr.savepoint()
        yield
        savepoint.close(rollback=True)
        self.env.invalidate_all()

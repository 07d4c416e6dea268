import logging
import random
import time
from datetime import timedelta

from psycopg2.errors import UniqueViolation

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

from ...tools.conflict import is_conflict
from .transfer_import import WORKING_STATES

_logger = logging.getLogger(__name__)
# So many lines are made, or submitted, between two commits: a second's work or two.
LINES_AT_ONCE = 400
TRANSFERS_AT_ONCE = 50
# So often a part is tried while others work with the same records, and then later.
MOST_TRIES = 5
LATER = timedelta(minutes=1)


class StoreTransferImport(models.Model):
    """The work of an import, in parts that can each be the last for a while.

    A small import does all its parts at once. A large one is worked on by a scheduled
    action, which commits after each part. If the server is killed, it goes on from the
    last commit: what is done can be told from the orders alone.
    """

    _inherit = "store.transfer.import"

    def _begin_work(self, state):
        self.sudo().write({"state": state, "problem": False, "stopped_state": False})
        if self._is_large(self._get_size()):
            self.env.ref("store_transfer.ir_cron_import").sudo()._trigger()
        else:
            while self.state in WORKING_STATES:
                self._do_next_part()

    def _get_size(self):
        """Return the rows, or the lines for all stores where these are more."""
        return max(self.row_count, self.line_count)

    @api.model
    def _cron_work(self):
        """Go on with every import that is not finished, where it was."""
        waiting = self.search([("state", "in", WORKING_STATES)], order="id")
        commit = self.env["ir.cron"]._commit_progress
        commit(remaining=len(waiting))
        for number, transfer_import in enumerate(waiting, start=1):
            tries = 0
            while transfer_import._is_going_on():
                done = transfer_import._try_next_part()
                tries = 0 if done else tries + 1
                if not commit(int(done), remaining=len(waiting)):
                    return
                if tries == MOST_TRIES:
                    transfer_import._go_on_later()
                    break
                if tries:
                    # As Odoo does between the tries of a request.
                    time.sleep(random.uniform(0, 2**tries))
            commit(1, remaining=len(waiting) - number)

    def _is_going_on(self):
        self.invalidate_recordset()
        return self.state in WORKING_STATES

    def _go_on_later(self):
        """Leave others the time to finish what they do with the same records."""
        cron = self.env.ref("store_transfer.ir_cron_import").sudo()
        cron._trigger(at=fields.Datetime.now() + LATER)

    def _try_next_part(self):
        """Do the next part as the user who imports; nobody is there to see an error.

        :return: whether that is settled; if not, it is to be tried again after a while
        """
        try:
            self._as_importing_user()._do_next_part()
            self.env.flush_all()
        except Exception as error:
            self.env.cr.rollback()
            # Somebody cancels, or works with the same records.
            if is_conflict(error):
                return False
            if isinstance(error, UserError):
                self._stop(str(error))
            # Another import has just made the same transfers: they are known now.
            elif not self._is_same_transfer(error):
                _logger.exception("The import %s was stopped", self.id)
                self._stop()
        return True

    def _is_same_transfer(self, error):
        index = f"{self.order_ids._table}_one_transfer"
        return (
            isinstance(error, UniqueViolation) and error.diag.constraint_name == index
        )

    def _as_importing_user(self):
        """Return the import as its user sees it: with their rights and language."""
        user = self.user_id
        return self.with_user(user).with_context(
            lang=user.lang, tz=user.tz, allowed_company_ids=self.company_id.ids
        )

    def _stop(self, problem=None):
        """Wait for the user to go on.

        :param problem: a sentence; by default that only the server's log knows more
        """
        self.env.invalidate_all()
        mine = self._as_importing_user()
        problem = problem or mine.env._(
            "Something went wrong that should not have. The server's log says more; "
            "tell your administrator. Press Go On to try again."
        )
        self.write(
            {"stopped_state": self.state, "state": "stopped", "problem": problem}
        )
        mine._notify_user(problem, "danger")
        mine._leave_message(problem)

    def _notify_user(self, sentence, level="success"):
        """Tell the user, who may have gone to another page."""
        self.user_id._bus_send(
            "simple_notification",
            {
                "title": self.name,
                "message": sentence,
                "type": level,
                "sticky": level != "success",
            },
        )

    def _leave_message(self, sentence):
        """Tell the user who may have gone home."""
        self.env["mail.thread"].sudo().message_notify(
            author_id=self.env.ref("base.partner_root").id,
            partner_ids=self.user_id.partner_id.ids,
            subject=self.name,
            body=sentence,
            model=self._name,
            res_id=self.id,
        )

    def _do_next_part(self):
        """Do what the state asks for next; the last part of it changes the state."""
        {
            "checking": self._check_now,
            "importing": self._import_next,
            "cancelling": self._take_back_next,
        }[self.state]()

    def _check_now(self):
        self._check_file(in_background=True)
        self._notify_of_check()

    def _notify_of_check(self):
        if self.problem:
            self._notify_user(self.problem, "danger")
        elif self.error_count:
            self._notify_user(
                self.env._("Errors that were found: %s.", self.error_count), "warning"
            )
        else:
            self._notify_user(self.env._("No errors were found. It can be imported."))

    def _import_next(self):
        """Make the next few drafts, else submit the next few, else finish."""
        if not self._has_begun() and not self._check_again():
            return
        if orders := self._get_orders_to_make():
            orders._make_transfers()
        elif orders := self._get_orders_to_submit():
            orders._submit_transfers()
        else:
            self._finish("done")

    def _has_begun(self):
        """Tell whether a transfer was made, even if it was deleted since."""
        is_made = Domain("was_made", "=", True)
        return bool(
            self.order_ids.search_count(
                Domain("import_id", "=", self.id) & is_made, limit=1
            )
        )

    def _check_again(self):
        """Check the file once more before the first transfer: time may have passed.

        :return: whether it can still be imported, and makes what was shown
        """
        shown = self.orders_fingerprint
        self._check_file(in_background=True)
        if not self.problem and self.orders_fingerprint != shown:
            self.sudo().problem = self._get_problem_of_change()
        reason = self.problem or self._get_reason_not_to_import()
        if not reason:
            self.sudo().state = "importing"
        elif self._is_large(self._get_size()):
            self._notify_of_check()
            self._leave_message(reason)
        return not reason

    def _get_problem_of_change(self):
        return self.env._(
            "Nothing was imported: something has changed since the file was checked, "
            "and other transfers would be made of it now. Look at them below. If they "
            "are right, press Import again."
        )

    def _get_orders_to_make(self):
        to_make = self.order_ids._get_chosen_domain() & Domain(
            "transfer_id", "=", False
        )
        while orders := self._find_next_orders(to_make):
            # Another import may have made some of them a moment ago.
            orders.sudo()._find_earlier_transfers()
            if still_new := orders.filtered(lambda order: order.result == "new"):
                return still_new
        return orders

    def _get_orders_to_submit(self):
        if self.after_import != "submit":
            return self.order_ids.browse()
        return self._find_next_orders(
            Domain("transfer_id", "!=", False) & ~self.order_ids._get_tried_domain()
        )

    def _find_next_orders(self, domain):
        """Return the first orders of a domain with no more lines than we do at once."""
        orders = self.order_ids.search(
            Domain("import_id", "=", self.id) & domain, limit=TRANSFERS_AT_ONCE
        )
        lines = 0
        for number, order in enumerate(orders):
            lines += order.line_count
            if number and lines > LINES_AT_ONCE:
                return orders[:number]
        return orders

    def _take_back_next(self):
        """Delete the next few drafts; what is more than a draft by now stays."""
        orders = self._find_next_orders(Domain("transfer_id.state", "=", "draft"))
        if orders:
            orders.transfer_id.unlink()
        else:
            self._finish("cancelled")

    def _finish(self, state):
        self.sudo().write({"state": state, "finish_date": fields.Datetime.now()})
        if self._is_large(self._get_size()):
            result = self._get_result()
            self._notify_user(
                result, "warning" if self.not_submitted_count else "success"
            )
            self._leave_message(result)

    def _get_result(self):
        """Say in one sentence what became of the import."""
        if self.state == "cancelled" and self.done_count:
            return self.env._(
                "The import was cancelled. Its transfers that had been submitted "
                "stay: %s.",
                self.done_count,
            )
        if self.state == "cancelled":
            return self.env._(
                "The import was cancelled. None of its transfers is left."
            )
        if self.not_submitted_count:
            return self.env._(
                "Transfers that were made: %(made)s. Still drafts, because they can't "
                "be submitted yet: %(drafts)s.",
                made=self.done_count,
                drafts=self.not_submitted_count,
            )
        return self.env._("Transfers that were made: %s.", self.done_count)

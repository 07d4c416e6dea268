from odoo import api, models

from ...tools.steps import Step

STEPS = {
    "count": Step(("open",), "destination"),
    "submit": Step(("open",), "destination", lock="_lock_against_scans"),
}


class StoreTransferCount(models.Model):
    """Who may count, until when, and how devices and a submit wait for each other."""

    _inherit = "store.transfer.count"

    @api.model
    def _get_steps(self):
        return STEPS

    def _get_document(self):
        return self.transfer_id

    def _get_state_refusal(self, step):
        """Counting goes on as long as the transfer can be counted."""
        transfer = self.transfer_id
        return (
            transfer._get_state_refusal("count")
            or transfer._get_own_refusal("count")
            or super()._get_state_refusal(step)
        )

    def _get_state_sentence(self):
        return self.env._(
            "%s: this count was submitted already. Start a new one for "
            "what comes later.",
            self.transfer_id.name,
        )

    def _check_may_scan(self):
        """Check role and side; the state is told, not refused: nothing may be lost."""
        self.check_access("write")
        if refusal := self._get_role_refusal("count"):
            raise refusal

    def _get_reason_to_stop(self):
        """Return why nothing can be counted here any more, or None."""
        if self.state == "done":
            return self.env._(
                "%(transfer)s: this count is over, %(user)s has submitted it.",
                transfer=self.transfer_id.name,
                user=self.sudo().user_id.name,
            )
        if self.state == "cancelled":
            return self.env._(
                "%s: this count is over, the goods were received in another way.",
                self.transfer_id.name,
            )
        refusal = self.transfer_id._get_state_refusal("count")
        return str(refusal) if refusal else None

    def _lock_against_submit(self):
        """Let other devices go on, but nobody submit the count in the meantime.

        Who submits waits for us, and we for them; who comes second starts anew.
        """
        self._lock_rows(
            "SELECT id FROM store_transfer_count WHERE id IN %s ORDER BY id FOR SHARE",
            self.ids,
        )
        self.invalidate_recordset(["state"])

    def _lock_against_scans(self):
        self._lock()
        self._wait_for_scans()

    def _wait_for_scans(self):
        """Wait for devices that send now, and start anew if they changed a line."""
        self._lock_rows(
            "SELECT id FROM store_transfer_count WHERE id IN %s ORDER BY id FOR UPDATE",
            self.ids,
        )
        self._lock_rows(
            "SELECT id FROM store_transfer_count_line WHERE count_id IN %s "
            "ORDER BY id FOR UPDATE",
            self.ids,
        )

    def _tell_who_submits(self):
        """Let a submit that has begun without a new line begin anew.

        It sees the lines that were there at its start; a change of the count itself
        stops it.
        """
        self._lock_rows(
            "SELECT id FROM store_transfer_count WHERE id IN %s "
            "ORDER BY id FOR NO KEY UPDATE",
            self.ids,
        )
        self.write({"user_id": self.user_id.id})

    def _lock_changed_lines(self, changes):
        line_ids = {change["line_id"] for change in changes if change.get("line_id")}
        if line_ids:
            self._lock_rows(
                "SELECT id FROM store_transfer_count_line WHERE id IN %s "
                "ORDER BY id FOR UPDATE",
                line_ids,
            )

    def _lock_rows(self, query, ids):
        """Wait until nobody else has the rows.

        Where one was changed since this transaction began, PostgreSQL refuses, and Odoo
        repeats the whole request. That is life, and nothing for the log.
        """
        self.env.cr.execute(query, [tuple(ids)], log_exceptions=False)

from odoo import models

from .run import MOST_FINDINGS


class StoreTransferLedgerCheck(models.Model):
    """Telling head office, once, of what nobody can explain."""

    _inherit = "store.transfer.ledger.check"

    def _raise_alarm(self):
        """Tell head office of what the check before this one had not found."""
        if not self._has_news():
            return
        users = self.company_id._get_transfer_head_office()
        alike = users.grouped(lambda user: (user.lang, user.tz))
        for (lang, tz), readers in alike.items():
            check = self.with_context(lang=lang, tz=tz)
            self.env["mail.thread"].message_notify(
                author_id=self.env.ref("base.partner_root").id,
                partner_ids=readers.partner_id.ids,
                subject=check.display_name,
                body=check._get_alarm(),
                model=self._name,
                res_id=self.id,
            )

    def _get_alarm(self):
        rules = dict(self.finding_ids._fields["rule"]._description_selection(self.env))
        return self.env._(
            "%(result)s. %(rules)s. Look at the findings: each has a link to what it "
            "is about.",
            result=self.result,
            rules=", ".join(
                f"{rules[rule]} ({number})" for rule, number in self.numbers.items()
            ),
        )

    def _has_news(self):
        """Tell whether something was found that was not known before."""
        if not self.finding_count:
            return False
        before = self.search(
            [
                ("company_id", "=", self.company_id.id),
                ("state", "=", "done"),
                ("id", "<", self.id),
            ],
            limit=1,
        )
        known, numbers = before._get_keys(), before.numbers or {}
        for rule, number in self.numbers.items():
            number_before = numbers.get(rule, 0)
            if number > number_before:
                return True
            # Of very many, not all are known by name.
            if number_before <= MOST_FINDINGS and self._get_keys(rule) - known:
                return True
        return False

    def _get_keys(self, rule=None):
        """Return what makes a finding the same one, whatever the quantities are now."""
        return {
            (
                finding.rule,
                finding.what,
                finding.transfer_id.id,
                finding.product_id.id,
                finding.lot_id.id,
                finding.detail,
            )
            for finding in self.finding_ids
            if rule in (None, finding.rule)
        }

    def _tell_who_waits(self):
        """Tell who has pressed the button, and may have gone to another page."""
        if self.user_id:
            user = self.user_id
            check = self.with_context(lang=user.lang, tz=user.tz)
            is_fine = self.state == "done" and not self.finding_count
            user._bus_send(
                "simple_notification",
                {
                    "title": check.display_name,
                    "message": check.result,
                    "type": "success" if is_fine else "warning",
                    "sticky": not is_fine,
                },
            )

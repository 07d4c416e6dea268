from datetime import timedelta

from odoo import api, models
from odoo.tools import format_amount, format_date, formatLang

from ...tools.quantities import format_quantity
from ...tools.transfer_link import get_link

NOTHING = "–"


class StoreTransferOverview(models.Model):
    """What the digest tells of all stores, in the words of its reader."""

    _inherit = "store.transfer.overview"

    def _tell_digest(self, figures):
        """Tell what happened in the last whole days, and how it stands now.

        :param figures: what ``_read_digest`` says of this card
        :return: what the template ``digest_figures`` shows: ``{company, period,
            sections, waiting, ledger}``; a section is ``{title, path, columns, rows}``,
            a row ``(label, [the text of each column])``
        """
        self.ensure_one()
        last_day = figures.today - timedelta(days=1)
        return {
            "company": self.company_id.name,
            "period": self._tell_period(figures.first_day, last_day),
            "sections": [self._tell_days(figures), self._tell_now(figures.now)],
            "waiting": [self._tell_link(one) for one in self.longest_waiting or ()],
            "ledger": self._tell_ledger(figures.ledger_check),
        }

    @api.model
    def _tell_period(self, first_day, last_day):
        days = dict.fromkeys((first_day, last_day))
        return " – ".join(format_date(self.env, day) for day in days)

    def _tell_days(self, figures):
        """Tell of these days, and of as many before them."""
        days = (figures.today - figures.first_day).days
        return {
            "title": self.env._("What Happened"),
            "path": "/odoo/store-transfer-analysis",
            "columns": self._get_columns_of_days(days),
            "rows": [
                (
                    label,
                    [
                        write(period[figure])
                        for period in (figures.these, figures.before)
                    ],
                )
                for label, figure, write in self._get_rows_of_days()
            ],
        }

    @api.model
    def _get_columns_of_days(self, days):
        if days == 1:
            return [self.env._("Yesterday"), self.env._("The day before")]
        return [
            self.env._("Last %s days", days),
            self.env._("%s days before", days),
        ]

    def _get_rows_of_days(self):
        """Return ``(label, figure, how it is written)``. To be extended."""
        return [
            (self.env._("Pieces shipped"), "shipped", self._write_pieces),
            (self.env._("Pieces received"), "received", self._write_pieces),
            (self.env._("Transfers finished"), "finished", self._write_pieces),
            (self.env._("Lost of these, at cost"), "lost_value", self._write_value),
            (self.env._("Shrink of these"), "shrink_rate", self._write_rate),
            (
                self.env._("Fill rate of what was due"),
                "unit_fill_rate",
                self._write_rate,
            ),
            (
                self.env._("On time in full of what was due"),
                "otif_rate",
                self._write_rate,
            ),
        ]

    def _tell_now(self, now):
        return {
            "title": self.env._("How It Stands"),
            "path": "/odoo/store-transfer-overview",
            "columns": [self.env._("How many"), self.env._("At cost")],
            "rows": [
                (label, [self._write_pieces(number), self._write_value(value)])
                for label, (number, value) in (
                    (label, now[name]) for label, name in self._get_rows_of_now()
                )
            ],
        }

    def _get_rows_of_now(self):
        """Return ``(label, figure)``. To be extended."""
        return [
            (self.env._("In transit"), "in_transit"),
            (self.env._("In transit for over 30 days"), "in_transit_long"),
            (self.env._("Transfers that are late"), "late"),
            (self.env._("Differences not settled"), "differences"),
            (self.env._("Differences past their deadline"), "differences_late"),
        ]

    def _tell_link(self, waiting):
        return {
            **waiting,
            "url": get_link(self.get_base_url(), waiting["name"]),
            "waited": self._tell_wait(waiting["days"]),
        }

    @api.model
    def _tell_wait(self, days):
        return self.env._("1 day") if days == 1 else self.env._("%s days", days)

    def _tell_ledger(self, check_id):
        """Tell what the last check has found, and when.

        :param check_id: of the last finished check, or None
        :return: ``{path, text, look}``; the look is "unknown", "fine" or "wrong"
        """
        check = self.env["store.transfer.ledger.check"].browse(check_id or ())
        path = "/odoo/store-transfer-ledger"
        if not check:
            text = self.env._("The ledger was not checked yet.")
            return {"path": path, "text": text, "look": "unknown"}
        return {
            "path": path,
            "text": f"{check.display_name}: {check.result}",
            "look": "wrong" if check.finding_count else "fine",
        }

    @api.model
    def _write_pieces(self, quantity):
        return NOTHING if quantity is None else format_quantity(self.env, quantity)

    def _write_value(self, value):
        """Write a value without cents: there is little room on a phone.

        Odoo would take the noughts off the end of any amount, also where a currency has
        no cents: 1,040 would be 1,04.
        """
        has_cents = self.currency_id.decimal_places > 0
        return format_amount(
            self.env, round(value), self.currency_id, trailing_zeroes=not has_cents
        )

    @api.model
    def _write_rate(self, rate):
        if rate is False:
            return NOTHING
        return self.env._("%s %%", formatLang(self.env, 100 * rate, digits=1))

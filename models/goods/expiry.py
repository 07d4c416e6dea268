from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import format_date

from ...tools.lot_quantities import LotQuantities
from ...tools.quant_snapshot import QuantSnapshot
from ...tools.quantities import format_quantity


class StockLot(models.Model):
    _inherit = "stock.lot"

    @api.model
    def _may_expire(self):
        """Tell whether lots have dates at all."""
        return "expiration_date" in self._fields

    @api.model
    def _get_past_date_domain(self, moment):
        """Return the domain of the lots that nobody should sell any more then."""
        if not self._may_expire():
            return Domain.FALSE
        return Domain("expiration_date", "<=", moment) | Domain(
            "removal_date", "<", moment
        )

    def _filter_past_date(self, moment=None):
        """Return those of these lots that nobody should sell any more.

        :param moment: then, instead of now
        """
        domain = self._get_past_date_domain(moment or fields.Datetime.now())
        return self.filtered_domain(domain)

    def _tell_expiry(self):
        """Return when this lot expires, or did, as a part of a sentence."""
        if not self or not self._may_expire():
            return ""
        now = fields.Datetime.now()
        has_expired = self.expiration_date and self.expiration_date <= now
        if not has_expired and self.removal_date and self.removal_date < now:
            return self.env._(
                "out of sale since %s", self._format_day(self.removal_date)
            )
        if has_expired:
            return self.env._("expired on %s", self._format_day(self.expiration_date))
        if self.expiration_date:
            return self.env._("expires on %s", self._format_day(self.expiration_date))
        return ""

    def _format_day(self, moment):
        return format_date(
            self.env, fields.Datetime.context_timestamp(self, moment).date()
        )


class StockQuant(models.Model):
    _inherit = "stock.quant"

    def _get_gather_domain(self, *args, **kwargs):
        domain = super()._get_gather_domain(*args, **kwargs)
        # Odoo reserves what has expired, as long as its removal date is later.
        if QuantSnapshot.get(self.env) and "with_expiration" in self.env.context:
            now = fields.Datetime.now()
            domain &= Domain("expiration_date", ">", now) | Domain(
                "expiration_date", "=", False
            )
        return domain

    @api.model
    def _get_free_past_date(self, products, location, moment):
        """Return what is past its date at a store, and reserved for nobody.

        :return: ``LotQuantities`` of products by place, lot by lot
        """
        if not products or not self.env["stock.lot"]._may_expire():
            return LotQuantities()
        past_date = self.env["stock.lot"]._get_past_date_domain(moment)
        return self._get_free_by_place(
            products, location, Domain("lot_id", "any", past_date), "lot_id"
        )


class StockMove(models.Model):
    _inherit = "stock.move"

    def _unreserve_expired(self):
        """Set free what is past its date now, so that fresh goods are reserved."""
        lots = self.move_line_ids.lot_id._filter_past_date()
        if lots:
            self.move_line_ids.filtered(
                lambda line: line.lot_id in lots and not line.picked
            ).unlink()


class StoreTransfer(models.Model):
    _inherit = "store.transfer"

    def _get_past_date_at_source(self):
        """Return what leaves the source only if somebody chooses it.

        :return: ``LotQuantities`` of products by place
        """
        self.ensure_one()
        return self._get_past_date_by_transfer()[self]

    def _get_past_date_by_transfer(self):
        """Return so for each of these: ``{transfer: LotQuantities}``."""
        past_date = {}
        for store, transfers in self.grouped("source_store_id").items():
            moments = {each: each._get_moment_of_use() for each in transfers}
            free = self.env["stock.quant"]._get_free_past_date(
                transfers._get_tracked_products(),
                store.lot_stock_id,
                max(moments.values()),
            )
            for transfer, moment in moments.items():
                past_date[transfer] = transfer._get_past_date_of(free, moment)
        return past_date

    def _get_tracked_products(self):
        return self.line_ids.product_id.filtered(
            lambda product: product.tracking != "none"
        )

    def _get_moment_of_use(self):
        """Return until when goods have to be good that leave now."""
        store = self._get_waiting_store()
        return max(
            fields.Datetime.now(),
            store._get_noon(self.expected_date or store._get_today()),
            *self._get_open_moves("ship").mapped("date"),
        )

    def _get_past_date_of(self, free, moment):
        """Return of these ``LotQuantities`` what this asks for, past its date."""
        products = self._get_tracked_products()
        lots = self.env["stock.lot"].union(*(key.lot for key, _ in free.items()))
        past_date = lots._filter_past_date(moment)
        return LotQuantities(
            (key, quantity)
            for key, quantity in free.items()
            if key.product in products and key.lot in past_date
        )

    def _get_source_stock_sentences(self):
        sentences = super()._get_source_stock_sentences()
        for transfer, past_date in self._get_past_date_by_transfer().items():
            sentences[transfer] += transfer._get_past_date_sentences(past_date)
        return sentences

    def _get_past_date_sentences(self, past_date):
        """Say of what is past its date how it can be sent all the same.

        :param past_date: ``LotQuantities`` of products by place
        """
        return [
            self.env._(
                "%(product)s: %(quantity)s at %(store)s are past their date, or will "
                "be when they arrive. To send them, enter a quantity for their lot "
                "when you ship.",
                product=product.display_name,
                quantity=format_quantity(self.env, quantity, product.uom_id),
                store=self.source_store_id.name,
            )
            for product, quantity in past_date.by_line().items()
        ]

    def _get_blocking_shortages(self):
        """Return what the source does not have, not even past its date.

        :return: see the lines' ``_get_shortages``
        """
        shortages = self.line_ids._get_shortages()
        if not shortages:
            return shortages
        past_date = self.sudo()._get_past_date_at_source()
        return [
            (product, asked, free)
            for product, asked, free in shortages
            if product.uom_id.compare(asked, free + past_date.total(product)) > 0
        ]


class StoreTransferCount(models.Model):
    _inherit = "store.transfer.count"

    expired_message = fields.Text(
        compute="_compute_expired_message",
        help="What is past its date of what was counted as good.",
    )

    @api.depends("line_ids.counted_quantity", "line_ids.lot_id")
    @api.depends_context("lang", "tz")
    def _compute_expired_message(self):
        for count in self:
            count.expired_message = "\n".join(
                line._tell_expired(line.counted_quantity)
                for line in count._get_expired_lines()
            )

    def _get_expired_lines(self):
        """Return the rows of good pieces that nobody should sell."""
        lines = self.sudo().line_ids
        lots = lines.lot_id._filter_past_date()
        return lines.filtered(
            lambda line: line.lot_id in lots and line.counted_quantity
        )

    def action_expired_as_damaged(self):
        """Count what is past its date as damaged, and show the differences again."""
        self._count_expired_as_damaged()
        return self._get_form_action() if self._is_blind() else self.action_review()

    def count_expired_as_damaged(self):
        """Count what is past its date as damaged.

        :return: dict with ``rows``, those that changed, for the scan screen
        """
        return {"rows": self._prepare_rows(self._count_expired_as_damaged())}

    def _count_expired_as_damaged(self):
        self.ensure_one()
        self._check_step("count")
        lines = self._get_expired_lines()
        for line in lines:
            line.write(
                {
                    "damaged_quantity": line._get_done_quantity(),
                    "counted_quantity": 0,
                    "is_counted": True,
                }
            )
        return lines.with_env(self.env)


class StoreTransferScannedLine(models.AbstractModel):
    _inherit = "store.transfer.scanned.line"

    def _tell_expired(self, quantity):
        return self.env._(
            "%(product)s: %(quantity)s of lot %(lot)s, %(expiry)s.",
            product=self.product_id.display_name,
            quantity=format_quantity(self.env, quantity, self.stock_uom_id),
            lot=self.lot_id.name,
            expiry=self.lot_id._tell_expiry(),
        )

    def _prepare_row(self):
        return {
            **super()._prepare_row(),
            "expiry": self.lot_id._tell_expiry(),
            "is_expired": bool(self.lot_id._filter_past_date()),
        }


class StoreTransferPick(models.Model):
    _inherit = "store.transfer.pick"

    def _get_expired_message(self):
        """Say what leaves, and is past its date."""
        lines = self.line_ids
        lots = lines.lot_id._filter_past_date()
        return "\n".join(
            line._tell_expired(line.picked_quantity)
            for line in lines
            if line.picked_quantity and (line.is_past_date or line.lot_id in lots)
        )


class StoreTransferPickLine(models.Model):
    _inherit = "store.transfer.pick.line"

    def _prepare_row(self):
        row = super()._prepare_row()
        return {**row, "is_expired": row["is_expired"] or self.is_past_date}


class StoreTransferCountLine(models.Model):
    _inherit = "store.transfer.count.line"

    def _has_expired_goods(self):
        """Tell whether good pieces of this row are past their date."""
        return bool(self.counted_quantity and self.sudo().lot_id._filter_past_date())

    def _differs(self):
        return super()._differs() or self._has_expired_goods()

    def _get_consequence(self, decision):
        parts = [super()._get_consequence(decision)]
        if self.count_state == "open" and self._has_expired_goods():
            parts.append(
                self.env._(
                    "%s: into stock, unless it is counted as damaged",
                    self.sudo().lot_id._tell_expiry(),
                )
            )
        return "; ".join(filter(None, parts))

from copy import copy
from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError

from ...tools.flows import FIRST_FLOWS
from ...tools.quantities import format_quantity


class StoreTransfer(models.Model):
    """What leaves the source, and what of it will not."""

    _inherit = "store.transfer"

    source_stock_message = fields.Text(
        compute="_compute_source_stock_message",
        help="What has to be known of the goods at the source before they are shipped.",
    )

    def _do_ship(self, goods, contents=()):
        """Ship of these transfers, and leave the rest to ship.

        They are of one company.

        :param goods: ``LotQuantities`` that are set aside, by place
        :param contents: what of it leaves in which carton, see ``_put_in_cartons``
        :raise UserError: when more should go than is set aside
        """
        moves = self._get_open_moves("ship")
        left = copy(goods)
        done = moves.move_line_ids._take_from_places(left)
        for transfer in self:
            transfer._check_all_could_ship(left)
        moves._set_transfer_quantities(done)
        if contents:
            moves._put_in_cartons(contents)
        moves.filtered("picked").move_line_ids._keep_whole_packages()
        self._validate_moves(moves)

    def _get_reserved_to_ship(self):
        """Return the ``LotQuantities`` that are set aside, and can be shipped."""
        return self._get_open_moves("ship").move_line_ids._get_goods_by_place()

    def _reserve_to_ship(self):
        """Reserve what can be shipped now, and return the moves that ship it."""
        self._get_open_moves("ship")._unreserve_expired()
        return self._reserve_open_moves("ship")

    def _check_all_could_ship(self, goods):
        short = [
            self.env._(
                "%(product)s: %(quantity)s too many",
                product=key.display_name,
                quantity=format_quantity(self.env, quantity, key.unit),
            )
            for key, quantity in goods.items()
            if key.line.transfer_id == self
        ]
        if short:
            raise UserError(
                self.env._(
                    "%(transfer)s: %(store)s does not have that much to ship. Ship "
                    "less, or correct the stock first.\n%(lines)s",
                    transfer=self.name,
                    store=self.source_store_id.name,
                    lines="\n".join(short + self._get_missing_lots_sentences()[self]),
                )
            )

    @api.depends("state", "is_to_ship", "line_ids.product_id", "source_store_id")
    @api.depends_context("lang", "tz")
    def _compute_source_stock_message(self):
        asking = self.filtered(
            lambda transfer: (
                transfer.source_store_id
                and (transfer.state in ("draft", "waiting") or transfer.is_to_ship)
            )
        )
        # Quants and lots are out of reach of store staff.
        sentences = asking.sudo()._get_source_stock_sentences()
        for transfer in self:
            transfer.source_stock_message = "\n".join(sentences.get(transfer, ()))

    def _get_source_stock_sentences(self):
        """Return ``{transfer: [a sentence for each thing to know]}``.

        To be extended by other addons.
        """
        return {transfer: [] for transfer in self}

    def action_open_ship(self):
        """Open the question how much of each line leaves now."""
        self.ensure_one()
        self._start_step("ship")._reserve_to_ship()
        return self._open_saved(
            self._get_wizard_action("store.transfer.ship", self.env._("Ship"))
        )

    def action_open_close(self):
        """Open the question why the rest will not come."""
        self.ensure_one()
        self._check_step("close")
        return self._get_wizard_action(
            "store.transfer.close", self.env._("Close the Rest")
        )

    def _do_close(self, reason, note):
        """Cancel what was not shipped yet; the destination stops waiting for it."""
        self.ensure_one()
        lines = self.line_ids.filtered("to_ship_quantity")
        lines.close_reason_id = reason
        self._close_discrepancies(lines, reason, note)
        self._cancel_open_moves(FIRST_FLOWS[self.kind][0])
        self.message_post(
            body=self.env._(
                "The rest was closed: %(reason)s. %(note)s",
                reason=reason.name,
                note=note or "",
            )
        )

    def _close_discrepancies(self, lines, reason, note):
        """Write down what the destination will not get, and tell it."""
        if self.kind == "dispatch":
            return
        discrepancies = self.env["store.transfer.discrepancy"]
        if self.kind == "receipt":
            # What was counted as short is what will not be delivered.
            discrepancies = self._get_open_shorts()
        known = discrepancies._get_goods()
        missing = {line: line.to_ship_quantity - known.total(line) for line in lines}
        discrepancies |= discrepancies._open(
            [
                discrepancies._prepare_short_values(line, quantity)
                for line, quantity in missing.items()
                if line.product_id.uom_id.compare(quantity, 0) > 0
            ]
        )
        discrepancies._settle("closed", reason, note)
        self._notify_closed(lines, reason, note)

    def _get_ship_day(self):
        """Return on which day goods have to leave, to be there on the expected day."""
        return self.expected_date - timedelta(
            days=self.company_id.transfer_transit_days
        )

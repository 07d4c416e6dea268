from odoo import api, fields, models
from odoo.fields import Command, Domain

from ...tools.flows import FLOWS


class StoreTransfer(models.Model):
    """Making the pickings and moves of a transfer, and reserving for them.

    Goods go through two legs, ship and receive, chained over the company's transit
    location; a third-party transfer has one of them only. What happens to a leg,
    whoever does it and wherever, ends in :meth:`_sync_legs`, which makes the moves out
    of transit match what stands there. So no unit is ever without a document.

    Callers have checked the user's role and side. The work is done in sudo, because
    the staff of a store have no rights in the Inventory app.
    """

    _inherit = "store.transfer"

    picking_ids = fields.One2many("stock.picking", "transfer_id", string="Pickings")
    outbound_picking_count = fields.Integer(compute="_compute_picking_counts")
    inbound_picking_count = fields.Integer(compute="_compute_picking_counts")

    @api.depends("picking_ids.picking_type_id.code")
    def _compute_picking_counts(self):
        for transfer in self.sudo():
            transfer.outbound_picking_count = len(
                transfer._get_leg_pickings("outgoing")
            )
            transfer.inbound_picking_count = len(transfer._get_leg_pickings("incoming"))

    def _get_leg_pickings(self, code):
        return self.picking_ids.filtered(
            lambda picking: picking.picking_type_id.code == code
        )

    def _get_transit_location(self):
        """Return the location between the two stores; empty for a third party."""
        if self.kind != "between":
            return self.env["stock.location"]
        # Once goods stand in one, they leave from there, whatever the company says now.
        used = self.line_ids.move_ids.filtered(
            lambda move: move.state == "done" and move.transfer_flow == "ship"
        )
        return (
            used[:1].location_dest_id
            or self.company_id.sudo().internal_transit_location_id
        )

    def _get_outside_location(self):
        """Return where goods come from, or go to, that are in neither store."""
        self.ensure_one()
        if self.kind == "between":
            return self._get_transit_location()
        customers, suppliers = self.env["stock.warehouse"]._get_partner_locations()
        return suppliers if self.kind == "receipt" else customers

    def _get_leg_locations(self, flow):
        """Return the operation type, the source and the destination location."""
        self.ensure_one()
        outside = self._get_outside_location()
        source, destination = self.source_store_id, self.destination_store_id
        if location := self._get_outcome_location(flow):
            return destination.transfer_in_type_id, outside, location
        if flow == "uncount_damaged":
            return (
                destination.transfer_out_type_id,
                self._get_place_of_damaged(),
                outside,
            )
        if flow in ("undo_scrapped", "undo_lost"):
            outcome = FLOWS[flow].outcome
            lost_in = self.line_ids._get_moves_settling_as(outcome)
            return (
                destination.transfer_in_type_id,
                lost_in[:1].location_dest_id,
                outside,
            )
        return {
            "ship": (source.transfer_out_type_id, source.lot_stock_id, outside),
            "receive": (
                destination.transfer_in_type_id,
                outside,
                destination.lot_stock_id,
            ),
            "take_back": (source.transfer_in_type_id, outside, source.lot_stock_id),
            "not_sent": (source.transfer_in_type_id, outside, source.lot_stock_id),
            "unship": (source.transfer_in_type_id, outside, source.lot_stock_id),
            "uncount": (
                destination.transfer_out_type_id,
                destination.lot_stock_id,
                outside,
            ),
            "undo_not_sent": (
                source.transfer_out_type_id,
                source.lot_stock_id,
                outside,
            ),
        }[flow]

    def _get_place_of_damaged(self):
        """Return where goods were put last that came damaged."""
        damaged = self.line_ids.move_ids.filtered(
            lambda move: move.state == "done" and move.transfer_flow == "damaged"
        )
        return damaged.sorted("id")[-1:].location_dest_id

    def _get_outcome_location(self, flow):
        """Return where goods go that end up in nobody's sellable stock, or nothing."""
        if flow == "damaged":
            return self.destination_store_id._get_damage_location()
        if flow == "scrapped":
            return self.company_id._get_transfer_scrap_location()
        if flow == "lost":
            return self.company_id._get_transfer_loss_location()
        return None

    def _create_legs(self):
        """Create, confirm and reserve the pickings for what was approved."""
        self.company_id._ensure_transit_location()
        self._expect_on_legs(self.line_ids)

    def _expect_on_legs(self, lines, joining=False):
        """Do so for some lines; ``joining`` is as in :meth:`_create_moves`."""
        approved = {line: line.approved_quantity for line in lines}
        receiving = self.filtered(lambda transfer: transfer.kind != "dispatch")
        shipping = self.filtered(lambda transfer: transfer.kind != "receipt")
        receive_moves = receiving._create_moves("receive", approved, joining=joining)
        ship_moves = shipping._create_moves(
            "ship", approved, next_moves=receive_moves, joining=joining
        )
        self._confirm_moves(receive_moves | ship_moves)

    def _create_moves(self, flow, quantities, next_moves=None, after=(), joining=False):
        """Create the draft moves of one leg, each transfer's in a picking of its own.

        :param quantities: ``{line: quantity in the product's unit}``; what is not of
            these transfers is left out
        :param next_moves: the moves of the next leg, to chain by line
        :param after: the flows whose goods these moves take on
        :param joining: whether they join a picking of the leg that is still open; one
            is made where none is
        """
        wanted = self.line_ids.browse(
            line.id
            for line, quantity in quantities.items()
            if line.transfer_id in self
            and line.product_id.uom_id.compare(quantity, 0) > 0
        )
        next_by_line = next_moves.grouped("transfer_line_id") if next_moves else {}
        transfers = wanted.transfer_id
        pickings = transfers._get_open_pickings(flow) if joining else {}
        without = transfers.filtered(lambda transfer: transfer not in pickings)
        pickings |= without._create_pickings(flow)
        return self.env["stock.move"].create(
            [
                {
                    **line.transfer_id._prepare_move_values(
                        line, quantities[line], pickings[line.transfer_id]
                    ),
                    "transfer_flow": flow,
                    "move_dest_ids": [
                        Command.link(move.id) for move in next_by_line.get(line, [])
                    ],
                    "move_orig_ids": [
                        Command.link(move.id)
                        for move in (line._get_moves_of_flows(after) if after else ())
                    ],
                }
                for line in wanted
            ]
        )

    def _get_open_pickings(self, flow):
        """Return the first open picking of a leg of each: ``{transfer: picking}``."""
        by_transfer = self._get_open_moves(flow).grouped(
            lambda move: move.transfer_line_id.transfer_id
        )
        return {
            transfer: moves.picking_id[:1] for transfer, moves in by_transfer.items()
        }

    def _create_pickings(self, flow):
        """Create a picking for a leg of each: ``{transfer: picking}``."""
        pickings = self.env["stock.picking"].create(
            [transfer._prepare_picking_values(flow) for transfer in self]
        )
        return dict(zip(self, pickings, strict=True))

    def _prepare_picking_values(self, flow):
        """Return the values of a leg's picking. To be extended by other addons."""
        self.ensure_one()
        picking_type, source, destination = self._get_leg_locations(flow)
        return {
            "transfer_id": self.id,
            "origin": self.name,
            "picking_type_id": picking_type.id,
            "location_id": source.id,
            "location_dest_id": destination.id,
            "partner_id": self._get_leg_partner(flow).id,
            "owner_id": self._get_leg_owner().id,
            "priority": self.priority,
            "user_id": False,
            "company_id": self.company_id.id,
        }

    def _get_leg_partner(self, flow):
        """Return whom the paper of a leg is addressed to, or comes from."""
        if self.kind != "between":
            return self.partner_id
        leaves_source = flow in ("ship", "undo_not_sent")
        other = self.destination_store_id if leaves_source else self.source_store_id
        return other.partner_id

    def _get_leg_owner(self):
        """Return whose goods a third party brings, as its first picking says."""
        if self.kind != "receipt":
            return self.env["res.partner"]
        return self.picking_ids.owner_id[:1]

    def _prepare_move_values(self, line, quantity, picking):
        """Return the values of a leg's move. To be extended by other addons.

        Moves are in the product's own unit, so that a count of single pieces is exact;
        the unit that was asked for stays visible as the packaging.
        """
        return {
            "transfer_line_id": line.id,
            "picking_id": picking.id,
            "picking_type_id": picking.picking_type_id.id,
            "product_id": line.product_id.id,
            "product_uom": line.product_id.uom_id.id,
            "product_uom_qty": quantity,
            "location_id": picking.location_id.id,
            "location_dest_id": picking.location_dest_id.id,
            "company_id": self.company_id.id,
            "origin": self.name,
            "date": self._get_leg_date(picking),
            "priority": self.priority,
            "reference_ids": [Command.link(self.stock_reference_id.id)],
        }

    def _get_leg_date(self, picking):
        """Return when the goods of a picking should move; never in the past."""
        picking_type = picking.picking_type_id
        leaves_source = picking_type.code == "outgoing"
        day = self._get_ship_day() if leaves_source else self.expected_date
        return max(picking_type.warehouse_id._get_noon(day), fields.Datetime.now())

    def _confirm_moves(self, moves):
        """Confirm and reserve moves; each has its picking and line already."""
        moves._action_confirm(merge=False)
        # As Odoo does when a picking is confirmed: reordering rules may act.
        leaving = moves.filtered(lambda move: move.location_id.usage == "internal")
        leaving._filter_reordered()._trigger_scheduler()

    def _get_open_moves(self, flow):
        """Return the moves of a leg still to be done, without returns made by hand."""
        return self.line_ids.move_ids.filtered(
            lambda move: (
                move.state not in ("draft", "done", "cancel")
                and move.transfer_flow == flow
            )
        )

    def _reserve_open_moves(self, flow):
        """Reserve what could not be reserved before; return the moves of the leg.

        These are others than before, where waves take some of what was reserved.
        """
        self._reserve(self._get_open_moves(flow))
        return self._get_open_moves(flow)

    def _reserve(self, moves):
        """Try again to reserve what could not be reserved before."""
        moves.filtered(lambda move: move.state != "assigned")._action_assign()
        moves._reserve_in_transit()

    def _cancel_open_moves(self, flow):
        self._get_open_moves(flow)._action_cancel()

    def action_view_pickings(self):
        """Show the pickings of a leg, to those who may see them in Inventory."""
        self.ensure_one()
        code = self.env.context.get("picking_type_code")
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "stock.action_picking_tree_all"
        )
        domain = Domain("transfer_id", "=", self.id)
        if code:
            domain &= Domain("picking_type_id.code", "=", code)
        return {**action, "domain": list(domain), "context": {"create": False}}

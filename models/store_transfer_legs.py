from collections import defaultdict
from dataclasses import replace

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Command

from .quantities import format_quantity
from .store_transfer_line import INTO_TRANSIT
from .transfer_work import (
    CONTEXT_KEY,
    UNDO_FLOWS,
    TransferWork,
    Validated,
    as_person,
    as_system,
)

# What a move is marked with, where its locations alone don't say what it does.
OUTCOMES = {
    "damaged": "damaged",
    "scrapped": "damaged",
    "lost": "lost",
    "not_sent": "not_sent",
}
SOFT_RELOAD = {"type": "ir.actions.client", "tag": "soft_reload"}
INTO_TRANSIT_TO_DESTINATION = ("ship", "undo_take_back", *UNDO_FLOWS)


class StoreTransferLegs(models.AbstractModel):
    """The stock work of a transfer: everything that touches its pickings is here.

    Goods go through two legs, ship and receive, chained over the company's transit
    location; a third-party transfer has one of them only. What happens to a leg,
    whoever does it and wherever, ends in :meth:`_sync_legs`, which makes the moves out
    of transit match what stands there. So no unit is ever without a document.

    Callers have checked the user's role and side. The work is done in sudo, because
    the staff of a store have no rights in the Inventory app.
    """

    _name = "store.transfer.legs"
    _description = "The stock work of a store transfer"

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

    # --- Where the goods go ---

    def _get_transit_location(self):
        """Return the location between the two stores; empty for a third party."""
        if self.kind != "between":
            return self.env["stock.location"]
        # Once goods stand in one, they leave from there, whatever the company says now.
        used = self.line_ids.move_ids.filtered(
            lambda move: move.state == "done" and move._get_transfer_flow() == "ship"
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
        if flow in ("undo_damaged", "undo_lost"):
            lost_in = self.line_ids._get_moves_booked_as(flow.removeprefix("undo_"))
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
            "undo_not_sent": (
                source.transfer_out_type_id,
                source.lot_stock_id,
                outside,
            ),
        }[flow]

    def _get_outcome_location(self, flow):
        """Return where goods go that end up in nobody's sellable stock, or nothing."""
        if flow == "damaged":
            return self.destination_store_id._get_damage_location()
        if flow == "scrapped":
            return self.company_id._get_transfer_scrap_location()
        if flow == "lost":
            return self.company_id._get_transfer_loss_location()
        return None

    # --- Making pickings ---

    def _create_legs(self):
        """Create, confirm and reserve the pickings for what was approved."""
        self.company_id._ensure_transit_location()
        work = self._with_work_context()
        for transfer in work:
            lines = transfer.line_ids
            receive_moves = self.env["stock.move"]
            if transfer.kind != "dispatch":
                receive_moves = transfer._create_moves(
                    "receive", [(line, line.approved_quantity) for line in lines]
                )
            if transfer.kind != "receipt":
                transfer._create_moves(
                    "ship",
                    [(line, line.approved_quantity) for line in lines],
                    next_moves=receive_moves,
                )
        work._confirm_moves(work.line_ids.move_ids)

    def _with_work_context(self, **values):
        work = replace(self.line_ids.product_id._prepare_transfer_work(), **values)
        return self.with_context(**{CONTEXT_KEY: work})

    def _create_moves(self, flow, quantities, next_moves=None, after=()):
        """Create the draft moves of one leg in a picking of their own.

        :param quantities: list of (line, quantity in the product's unit)
        :param next_moves: the moves of the next leg, to chain by line
        :param after: the flows whose goods these moves take on
        """
        self.ensure_one()
        wanted = [
            (line, quantity)
            for line, quantity in quantities
            if line.product_id.uom_id.compare(quantity, 0) > 0
        ]
        if not wanted:
            return self.env["stock.move"]
        next_by_line = next_moves.grouped("transfer_line_id") if next_moves else {}
        picking = self.env["stock.picking"].create(self._prepare_picking_values(flow))
        return self.env["stock.move"].create(
            [
                {
                    **self._prepare_move_values(line, quantity, picking),
                    "transfer_outcome": OUTCOMES.get(flow, False),
                    "move_dest_ids": [
                        Command.link(move.id) for move in next_by_line.get(line, [])
                    ],
                    "move_orig_ids": [
                        Command.link(move.id)
                        for move in (line._get_moves_of_flows(after) if after else ())
                    ],
                }
                for line, quantity in wanted
            ]
        )

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
        work = TransferWork.get(self.env)
        if not (work and work.skips_orderpoints):
            # As Odoo does when a picking is confirmed: reordering rules may act.
            moves.filtered(
                lambda move: move.location_id.usage == "internal"
            )._trigger_scheduler()

    # --- Doing a leg ---

    def _get_open_moves(self, flow):
        """Return the moves of a leg still to be done, without returns made by hand."""
        return self.line_ids.move_ids.filtered(
            lambda move: (
                move.state not in ("draft", "done", "cancel")
                and not move.origin_returned_move_id
                and move._get_transfer_flow() == flow
            )
        )

    def _reserve_open_moves(self, flow):
        """Reserve what could not be reserved before; return the moves of the leg.

        These are others than before, where waves take some of what was reserved.
        """
        self._reserve(self._get_open_moves(flow))
        return self._get_open_moves(flow)

    def _do_ship(self, quantities, lots=None):
        """Ship, and leave the rest to ship.

        :param quantities: ``{line: quantity in the product's unit}``
        :param lots: ``{line: {lot: quantity}}`` that somebody chose beside these,
            because it is past its date
        :raise UserError: when more should go than is reserved, or than is there
        """
        self.ensure_one()
        moves = self._reserve_to_ship()
        left = defaultdict(float, quantities)
        done = {}
        for move_line in moves.move_line_ids:
            line = move_line.move_id.transfer_line_id
            done[move_line] = (
                0.0 if move_line._misses_lot() else move_line._take_from(left, line)
            )
        self._check_all_could_ship(left)
        moves._set_transfer_quantities(done)
        if lots:
            self._check_chosen_lots(lots)
            moves._add_chosen_lots(lots)
        self._validate_moves(moves)

    def _get_reserved_to_ship(self):
        """Return ``{line id: quantity}`` that is set aside, and can be shipped."""
        self.ensure_one()
        reserved = defaultdict(float)
        for move_line in self._get_open_moves("ship").move_line_ids:
            if not move_line._misses_lot():
                line = move_line.move_id.transfer_line_id
                reserved[line.id] += move_line.quantity_product_uom
        return reserved

    def _reserve_to_ship(self):
        """Reserve what can be shipped now, and return the moves that ship it."""
        self._get_open_moves("ship")._free_past_date()
        return self._reserve_open_moves("ship")

    def _reserve(self, moves):
        """Try again to reserve what could not be reserved before."""
        moves.filtered(lambda move: move.state != "assigned")._action_assign()
        moves._reserve_what_is_on_its_way()

    def _check_all_could_ship(self, missing):
        short = [
            self.env._(
                "%(product)s: %(quantity)s too many",
                product=line.product_id.display_name,
                quantity=format_quantity(self.env, quantity, line.stock_uom_id),
            )
            for line, quantity in missing.items()
            if line.product_id.uom_id.compare(quantity, 0) > 0
        ]
        if short:
            raise UserError(
                self.env._(
                    "%(transfer)s: %(store)s does not have that much to ship. Ship "
                    "less, or correct the stock first.\n%(lines)s",
                    transfer=self.name,
                    store=self.source_store_id.name,
                    lines="\n".join(short + self._get_missing_lots_sentences()),
                )
            )

    def _do_receive(self, quantities, damaged=None):
        """Receive what was counted, and leave the rest expected.

        :param quantities: ``{(line, lot, lot name): quantity in the product's unit}``;
            a lot's name stands for a lot that a third party's receipt creates
        :param damaged: what came damaged, in the same way
        :raise UserError: when more was counted than is expected
        """
        self.ensure_one()
        if damaged:
            self._do_receive_damaged(damaged)
        moves = self._reserve_open_moves("receive")
        counted = self._group_by_line(quantities)
        brought = moves.filtered(lambda move: move._brings_new_lots())
        for move in brought:
            move._create_lot_lines_of_receipt(counted[move.transfer_line_id])
        brought.move_line_ids._apply_putaway_strategy()
        shipped = moves - brought
        done = {
            move_line: move_line._take_from(
                counted[move_line.move_id.transfer_line_id], (move_line.lot_id, False)
            )
            for move_line in shipped.move_line_ids
        }
        self._check_all_was_expected(counted)
        shipped._set_transfer_quantities(done)
        self._validate_moves(moves)

    def _group_by_line(self, quantities):
        """Return ``{line: {(lot, lot name): quantity}}``."""
        by_line = defaultdict(lambda: defaultdict(float))
        for (line, lot, lot_name), quantity in quantities.items():
            by_line[line][lot, lot_name or False] += quantity
        return by_line

    def _do_receive_damaged(self, damaged):
        """Receive what came damaged, in a picking of its own, beside sellable stock."""
        by_line = self._group_by_line(damaged)
        if self.kind == "between":
            moves = self._take_out_of_transit("damaged", by_line)
        else:
            moves = self._bring_damaged(by_line)
        moves.picked = True
        self._validate_moves(moves)

    def _bring_damaged(self, by_line):
        """Create the moves of what a third party brought damaged."""
        work = self._with_work_context(skips_waves=True)
        quantities = [(line, sum(lots.values())) for line, lots in by_line.items()]
        work._get_open_moves("receive")._reduce_transfer_demand(dict(quantities))
        moves = work._create_moves("damaged", quantities)
        work._confirm_moves(moves)
        for move in moves.filtered(lambda move: move._brings_new_lots()):
            move._create_lot_lines_of_receipt(by_line[move.transfer_line_id])
        moves.move_line_ids._apply_putaway_strategy()
        return moves

    def _take_out_of_transit(self, flow, by_line):
        """Create reserved moves that take exactly these goods out of transit.

        The destination stops expecting them.

        :param by_line: ``{line: {(lot, lot name): quantity}}``
        :raise UserError: when they are not on their way (any more)
        """
        work = self._with_work_context(skips_waves=True)
        expected = work._reserve_open_moves("receive")
        taken = {
            move_line: move_line._take_from(
                by_line[move_line.move_id.transfer_line_id], (move_line.lot_id, False)
            )
            for move_line in expected.move_line_ids
        }
        self._check_all_was_expected(by_line)
        released = expected._release_transfer_quantities(taken)
        moves = work._create_moves(
            flow,
            [
                (line, sum(values["quantity"] for values in values_list))
                for line, values_list in released.items()
            ],
            after=INTO_TRANSIT,
        )
        work._confirm_moves(moves)
        moves._set_move_lines(released)
        return moves.with_env(self.env)

    def _do_bring_surplus(self, by_line):
        """Bring a surplus on its way, so that it can be received.

        It comes out of the source through transit, never from nothing; a third party
        simply has brought more.

        :param by_line: ``{line: {(lot, lot name): quantity}}``
        :raise UserError: when the source does not have it on record
        """
        self.ensure_one()
        if not by_line:
            return
        work = self._with_work_context(skips_waves=True)
        quantities = [(line, sum(lots.values())) for line, lots in by_line.items()]
        first = "receive" if self.kind == "receipt" else "ship"
        to_ship = work._get_open_moves("ship")
        for line, quantity in quantities:
            line._raise_by_surplus(quantity)
        to_ship._reduce_demand_by_surplus(by_line)
        expected = work._get_open_moves("receive")
        moves = work._create_moves(
            first, quantities, next_moves=expected if first == "ship" else None
        )
        work._confirm_moves(moves)
        if first == "ship":
            moves._reserve_exactly(
                {
                    line: [(*lot, None, quantity) for lot, quantity in by_lot.items()]
                    for line, by_lot in by_line.items()
                }
            )
            moves.picked = True
            self._validate_moves(moves.with_env(self.env))

    def _do_settle(self, outcome, by_line):
        """Move what was sent and will not arrive to where it is.

        :param outcome: ``"not_sent"``, ``"returned"``, ``"lost"`` or ``"damaged"``
        :param by_line: ``{line: {(lot, lot name): quantity}}``
        :raise UserError: when the goods are not on their way (any more)
        """
        self.ensure_one()
        if self.kind == "receipt":
            self._stop_expecting(by_line)
        elif outcome == "returned":
            for line, quantities in by_line.items():
                line.to_return_quantity += sum(quantities.values())
            # On a picking of its own, which the source receives.
            self._take_out_of_transit("take_back", by_line)
            self._sync_legs()
        else:
            flow = "scrapped" if outcome == "damaged" else outcome
            moves = self._take_out_of_transit(flow, by_line)
            moves.picked = True
            self._validate_moves(moves)

    def _do_undo(self, outcome, by_line):
        """Bring goods on their way again that were settled before.

        :param outcome: what they were settled as, see :meth:`_do_settle`
        :param by_line: ``{line: {(lot, lot name): quantity}}``
        :raise UserError: when they are not there any more
        """
        self.ensure_one()
        if outcome == "returned":
            self._stop_returning(by_line)
        else:
            self._bring_on_their_way_again(outcome, by_line)

    def _stop_returning(self, by_line):
        """Let the destination expect again what the source has not yet taken back."""
        work = self._with_work_context()
        moves = work._reserve_open_moves("take_back")
        left = {line: defaultdict(float, by_lot) for line, by_lot in by_line.items()}
        freed = {
            move_line: move_line._take_from(
                left.get(move_line.move_id.transfer_line_id, defaultdict(float)),
                (move_line.lot_id, False),
            )
            for move_line in moves.move_line_ids
        }
        for line, by_lot in left.items():
            missing = sum(by_lot.values())
            if line.product_id.uom_id.compare(missing, 0) > 0:
                raise UserError(
                    self.env._(
                        "%(product)s: %(store)s has received %(quantity)s of it "
                        "already. What was taken back is not on its way any more: "
                        "send it with a new transfer.",
                        product=line.product_id.display_name,
                        store=self.source_store_id.name,
                        quantity=format_quantity(self.env, missing, line.stock_uom_id),
                    )
                )
        for line, by_lot in by_line.items():
            line.to_return_quantity -= sum(by_lot.values())
        moves._release_transfer_quantities(freed)
        self._sync_legs()

    def _bring_on_their_way_again(self, outcome, by_line):
        """Take goods out of where they were booked to, into transit."""
        work = self._with_work_context(skips_waves=True)
        flow = f"undo_{outcome}"
        booked = work.line_ids._get_moves_booked_as(outcome).grouped("transfer_line_id")
        quantities = [(line, sum(lots.values())) for line, lots in by_line.items()]
        goods = {}
        for line, by_lot in by_line.items():
            moves = booked.get(line, self.env["stock.move"])
            moves._check_can_undo(line, by_lot, outcome)
            goods[line] = moves._choose_booked_goods(by_lot)
        moves = work._create_moves(flow, quantities)
        for move in moves:
            move.origin_returned_move_id = booked[move.transfer_line_id][:1]
        work._confirm_moves(moves)
        moves._take_goods(goods)
        moves.picked = True
        self._validate_moves(moves.with_env(self.env))

    def _stop_expecting(self, by_line):
        """Close what a third party will not bring."""
        work = self._with_work_context()
        closed = {line: sum(lots.values()) for line, lots in by_line.items()}
        work._get_open_moves("receive")._reduce_transfer_demand(closed)
        for line, quantity in closed.items():
            line._close_unshipped(quantity)
        self._sync_legs()

    def _do_take_back(self):
        """Receive all that is on its way back, at the source."""
        self.ensure_one()
        moves = self._reserve_open_moves("take_back")
        moves.picked = True
        self._validate_moves(moves)

    def _check_all_was_expected(self, left):
        surplus = [
            self.env._(
                "%(product)s: %(quantity)s more than expected",
                product=" ".join(
                    filter(None, [line.product_id.display_name, lot.name, lot_name])
                ),
                quantity=format_quantity(self.env, quantity, line.stock_uom_id),
            )
            for line, by_lot in left.items()
            for (lot, lot_name), quantity in by_lot.items()
            if line.product_id.uom_id.compare(quantity, 0) > 0
        ]
        if surplus:
            raise UserError(
                self.env._(
                    "%(transfer)s: more was counted than is on its way. Put the "
                    "surplus aside, correct the count and tell the sender.\n%(lines)s",
                    transfer=self.name,
                    lines="\n".join(surplus),
                )
            )

    def _validate_moves(self, moves):
        """Validate the pickings of the picked moves; the rest becomes backorders."""
        pickings = moves.filtered("picked").picking_id
        if not pickings:
            return
        pickings = as_system(pickings, self.company_id).with_context(
            **self._get_validation_context()
        )
        question, asked = pickings.button_validate(), set()
        while waiting := pickings.filtered(lambda picking: picking.state != "done"):
            model = self._get_question_model(question)
            # The same question again: its answer was none.
            answer = model not in asked and self._answer_validation_question(question)
            if not answer:
                waiting[0]._refuse_unanswered(question)
            asked.add(model)
            question = answer
        Validated.get(self.env).picking_ids.extend(pickings.ids)

    def _get_print_action(self, work, then=None):
        """Return the action that prints what Odoo prints by itself, or nothing.

        Who works on no picking may not read what would be printed, and prints nothing.

        :param work: the transfers as the step has worked on them
        :param then: the action to go on with; the screen is loaded again without one
        """
        pickings = self.env["stock.picking"].browse(Validated.get(work.env).picking_ids)
        if not pickings or not pickings.has_access("read"):
            return None
        reports = pickings._get_autoprint_report_actions()
        return reports and {
            "type": "ir.actions.client",
            "tag": "do_multi_print",
            "params": {"reports": reports, "anotherAction": then or SOFT_RELOAD},
        }

    def _get_validation_context(self):
        """Answer what Odoo would ask before it validates a picking.

        What is not done is kept, no customer gets a text, and what is past its date
        was asked about by the count or the shipment.
        """
        return {"skip_backorder": True, "skip_sms": True, "skip_expired": True}

    def _get_question_model(self, question):
        """Return the name of the wizard by which another app asks something."""
        return question.get("res_model", "") if isinstance(question, dict) else ""

    def _answer_validation_question(self, question):
        """Answer what another app asks before it validates. To be extended by addons.

        :param question: the action that ``button_validate`` returned; its
            ``res_model`` says which question it is, its context what it is about
        :return: what the question's own button returns (``True``, or the next
            question), ``None`` where nobody knows the answer
        """
        return None

    def _cancel_open_moves(self, flow):
        self._get_open_moves(flow)._action_cancel()

    # --- Keeping the legs in line ---

    def _sync_legs(self, done=None):
        """Bring the transfers in line after something happened to their moves.

        Called at the end of every step, and after anything that is done to a
        transfer's moves in the Inventory app.

        :param done: the moves that were done or corrected just now
        :raise UserError: when it would break the ledger, e.g. more received than sent
        """
        transfers = as_person(self)._with_work_context()
        transfers.line_ids._check_ledger()
        for transfer in transfers:
            transfer._sync_expected_moves()
        transfers._sync_arrival()
        transfers._sync_counts()
        transfers._sync_discrepancies(done)
        transfers._sync_activities()

    def _sync_expected_moves(self):
        """Make the open moves out of transit match what is or will be in transit."""
        self.ensure_one()
        if self.kind != "between" or self.approval_state == "draft":
            return
        self.line_ids._forget_what_is_gone()
        self._sync_open_moves(
            "receive",
            lambda line: line._get_quantity_to_receive(),
            after=INTO_TRANSIT_TO_DESTINATION,
        )
        self._sync_open_moves(
            "take_back",
            lambda line: line._get_quantity_to_take_back(),
            after=("send_back", *INTO_TRANSIT_TO_DESTINATION),
        )
        self._free_what_is_gone()

    def _free_what_is_gone(self):
        """Set aside no more than what stands in transit, nor another lot.

        When goods are scrapped, Odoo frees the same goods of anybody, and this
        transfer would keep from others what it does not have.
        """
        lots = self.line_ids._get_lots_in_transit()
        for line in self.line_ids:
            moves = line.move_ids.filtered(
                lambda move: (
                    move.state in ("assigned", "partially_available")
                    and move.location_id.usage == "transit"
                )
            )
            reserved = defaultdict(float)
            for move_line in moves.move_line_ids:
                reserved[move_line.lot_id] += move_line.quantity_product_uom
            here = lots.get(line, {self.env["stock.lot"]: line.in_transit_quantity})
            compare = line.product_id.uom_id.compare
            if any(
                compare(quantity, here.get(lot, 0)) > 0
                for lot, quantity in reserved.items()
            ):
                moves._reserve_again(here)

    def _sync_open_moves(self, flow, get_due_quantity, after):
        open_moves = self._get_open_moves(flow)
        by_line = open_moves.grouped("transfer_line_id")
        missing, excess = [], {}
        for line in self.line_ids:
            moves = by_line.get(line, open_moves.browse())
            difference = get_due_quantity(line) - sum(moves.mapped("product_qty"))
            comparison = line.product_id.uom_id.compare(difference, 0)
            if comparison > 0:
                missing.append((line, difference))
            elif comparison < 0:
                excess[line] = -difference
        if excess:
            open_moves._reduce_transfer_demand(excess)
        if missing:
            moves = self._create_moves(flow, missing, after=after)
            self._confirm_moves(moves)
            moves.filtered(lambda move: move.state == "waiting")._action_assign()
            self._log_expected_again(moves.picking_id)

    def _log_expected_again(self, picking):
        self.message_post(
            body=self.env._(
                "%(picking)s was made, because these goods are still on their way.",
                picking=picking._get_html_link(),
            )
        )

    def _sync_counts(self):
        """End the counts of what was received, or taken away, in another way."""
        open_counts = self.count_ids.filtered(lambda count: count.state == "open")
        open_counts.filtered(
            lambda count: not count.transfer_id._has_goods_to_count()
        ).state = "cancelled"

    def _sync_discrepancies(self, done=None):
        """Settle what was short, and is not missing any more; and the other way."""
        done = done or self.env["stock.move"]
        cases = self.env["store.transfer.discrepancy"]
        cases.search(
            [
                ("transfer_id", "in", self.ids),
                ("state", "!=", "settled"),
                ("outcome", "=", False),
            ]
        )._settle_what_is_not_missing(done)
        cases._reopen_what_is_missing_again(done)

    def _sync_arrival(self):
        """Goods that were received have arrived, even if nobody said so before."""
        for transfer in self.filtered(lambda transfer: transfer.kind != "dispatch"):
            if not transfer.arrival_date and any(
                line.product_id.uom_id.compare(line.received_quantity, 0) > 0
                for line in transfer.line_ids
            ):
                transfer._write_arrival()

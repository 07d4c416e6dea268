"""What must hold after every action, see :meth:`LedgerCheck.check`."""

from collections import defaultdict

# Who may change what was decided about a discrepancy: head office, by these actions.
DECIDING = {"uphold", "decide", "overrule"}
# Whose turn it is: {step: (side, group)}.
TURNS = {
    "approve": ("other", "approver"),
    "ship": ("source", "staff"),
    "take_back": ("source", "staff"),
    "count": ("destination", "staff"),
}
# What brings a transfer nearer to its end, see LedgerWorld.finish_step.
FINISHING = ("reset", "approve", "ship", "close", "take_back", "count", "settle")


class LedgerCheck:
    """Compares what the transfers say with where the goods are."""

    def check(self):
        """Nothing is lost, invented, stranded, below zero or in two places."""
        self.env.invalidate_all()
        self.case.assertLedger(self.get_transfers())
        quants = self.get_quants()
        self.check_reserved(quants)
        self.check_serials(quants)
        self.check_sellable(quants)
        self.check_discrepancies()
        self.look()
        self.check_can_go_on()
        self.check_turns()
        self.check_work()
        # The product's own check knows nothing of all this, and finds the same.
        self.case.assertNothingUnexplained()
        self.is_right = True

    def get_quants(self):
        return (
            self.env["stock.quant"]
            .sudo()
            .search(
                [
                    ("company_id", "=", self.case.company.id),
                    ("location_id.usage", "in", ("internal", "transit")),
                ]
            )
        )

    def check_reserved(self, quants):
        """Nothing is below zero, and no more is reserved in transit than there is.

        In a store Odoo itself leaves more reserved than there is, when somebody
        corrects a done receipt to less.
        """
        here, reserved = defaultdict(float), defaultdict(float)
        for quant in quants:
            self.case.assertGreaterEqual(quant.quantity, 0, self.describe(quant))
            if quant.location_id.usage != "transit":
                continue
            goods = quant._get_goods()
            here[goods] += quant.quantity
            reserved[goods] += quant.reserved_quantity
        for goods, quantity in here.items():
            self.case.assertLessEqual(
                goods[0].uom_id.compare(reserved[goods], quantity),
                0,
                f"{reserved[goods]} reserved of {quantity}: {goods}",
            )

    def describe(self, quant):
        return quant.product_id.name, quant.location_id.complete_name, quant.quantity

    def check_serials(self, quants):
        """Each serial number stands in one place, once."""
        places = defaultdict(float)
        for quant in quants:
            if quant.product_id.tracking == "serial" and quant.lot_id:
                places[quant.lot_id] += quant.quantity
        for lot, quantity in places.items():
            self.case.assertIn(quantity, (0, 1), lot.name)

    def check_sellable(self, quants):
        """A store sells from what it had and received, and from nothing damaged."""
        expected = self.sellable_before.copy()
        for key, quantity in self.adjusted.items():
            expected[key] += quantity
        for line in self.get_transfers().sudo().line_ids:
            source, destination = line.source_store_id, line.destination_store_id
            if source:
                left = line.shipped_quantity - line.returned_quantity
                expected[source, line.product_id] -= left
            if destination:
                expected[destination, line.product_id] += line.received_quantity
        sellable = self.get_sellable(quants)
        for key in expected | sellable:
            store, product = key
            self.case.assertEqual(
                product.uom_id.compare(sellable[key], expected[key]),
                0,
                f"{store.name} sells {sellable[key]} of {product.name}, "
                f"not {expected[key]}",
            )

    def get_sellable(self, quants):
        """Return ``{(store, product): quantity}`` in the stock of each store."""
        sellable = defaultdict(float)
        for store in self.case.stores:
            path = store.sudo().lot_stock_id.parent_path
            for quant in quants:
                if quant.location_id.parent_path.startswith(path):
                    sellable[store, quant.product_id] += quant.quantity
        return sellable

    def check_discrepancies(self):
        """No discrepancy is about goods that are not missing, and a decision stays."""
        discrepancies = self.discrepancies(self.case.head_office).sudo()
        short = defaultdict(float)
        for discrepancy in discrepancies:
            self.case.assertGreater(discrepancy.quantity, 0)
            if (
                discrepancy.kind == "short"
                and discrepancy.state != "settled"
                and not discrepancy.outcome
            ):
                short[discrepancy.line_id] += discrepancy.quantity
            self.check_stays_decided(discrepancy)
        for line, quantity in short.items():
            missing = self.get_missing(line)
            self.case.assertLessEqual(
                line.product_id.uom_id.compare(quantity, missing),
                0,
                f"{quantity} are short of {missing} missing {line.product_id.name}",
            )

    def get_missing(self, line):
        if line.transfer_id.kind == "receipt":
            return line.to_ship_quantity
        coming_back = line.move_ids.filtered(
            lambda move: (
                move.state not in ("done", "cancel")
                and not move.origin_returned_move_id
                and move.location_id.usage == "transit"
                and move.picking_type_id.warehouse_id == line.source_store_id
            )
        )
        return line.in_transit_quantity - sum(coming_back.mapped("product_qty"))

    def check_stays_decided(self, discrepancy):
        """What was decided stays so, and disputed until head office has decided."""
        decided = self.decided.get(discrepancy.id)
        action = self.again and self.again[0]
        if decided and action not in DECIDING:
            outcome, is_disputed = decided
            # Without one, it was undone in the Inventory app: it is missing again.
            expected = {outcome, False}
            if action == "undo_count":
                # What it had found is missing again; of a picking that was corrected
                # to nothing since, nobody waits for it.
                expected.add("closed")
            self.case.assertIn(discrepancy.outcome, expected)
            if is_disputed:
                self.case.assertTrue(
                    discrepancy.is_disputed, "Nobody decided the dispute"
                )
        self.decided[discrepancy.id] = discrepancy.outcome and (
            discrepancy.outcome,
            discrepancy.is_disputed,
        )

    def check_can_go_on(self):
        """There is something that brings each transfer nearer to its end."""
        for transfer in self.get_transfers():
            if transfer.state not in ("done", "cancelled"):
                self.case.assertTrue(
                    any(transfer.id in self.possible[step] for step in FINISHING)
                    or self.get_returns_by_hand(transfer),
                    f"{transfer.name} is {transfer.state}, and nothing can be done",
                )

    def get_returns_by_hand(self, transfer):
        return transfer.sudo().picking_ids.filtered(
            lambda picking: (
                picking.state not in ("done", "cancel")
                and picking.move_ids.origin_returned_move_id
            )
        )

    def check_turns(self):
        """Whose turn it is has been told, and nobody else, and nobody who has left."""
        transfers = self.get_transfers()
        told = defaultdict(set)
        for activity in (
            self.env["mail.activity"]
            .sudo()
            .search(
                [("res_model", "=", transfers._name), ("res_id", "in", transfers.ids)]
            )
        ):
            told[activity.res_id, activity.activity_type_id].add(activity.user_id.id)
        for transfer in transfers:
            self.check_who_answers(transfer, told)
        for step, (side, group) in TURNS.items():
            kind = self.env.ref(f"store_transfer.mail_activity_type_{step}")
            for transfer in transfers:
                users = self.env["res.users"]
                if transfer.id in self.possible[step]:
                    users = self.get_people(transfer._get_side_store(side), group)
                self.case.assertEqual(
                    told[transfer.id, kind],
                    set(users.ids),
                    f"{transfer.name}: {step} is up to {users.mapped('login')}",
                )

    def check_work(self):
        """The rows of *My Work* say the same, to another one after each action."""
        everybody = self.case.store_people | self.case.head_office
        people = everybody.filtered(lambda user: user.id not in self.away)
        self.case.assertWorkMatchesActivities(people[len(self.log) % len(people)])

    def check_who_answers(self, transfer, told):
        """Who may answer a proposal has been told so, as long as it is open."""
        users = self.env["res.users"]
        if "open" in transfer.sudo().substitution_ids.mapped("state"):
            blind = transfer.sudo().destination_store_id.transfer_blind_count
            is_pull = transfer.initiator == "destination"
            group = "staff" if is_pull and not blind else "approver"
            users = self.get_people(transfer._get_side_store("destination"), group)
        kind = self.env.ref("store_transfer.mail_activity_type_substitute")
        self.case.assertEqual(told[transfer.id, kind], set(users.ids))

    def get_people(self, store, group):
        """Return who works for a store in a group; where nobody does, head office."""
        case = self.case
        people = case.store_people.filtered(
            lambda user: (
                user.id not in self.away
                and self.get_store(user).id == store.id
                and (group == "staff" or user in case.approvers)
            )
        )
        return people or case.head_office

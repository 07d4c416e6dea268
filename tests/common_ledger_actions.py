"""What people can do to transfers, each action as who does it in life.

An action chooses what it acts on by numbers, so that it can be drawn at random, and be
written down and repeated. Nothing is returned.
"""

from datetime import timedelta

from odoo.fields import Command

from .common_ledger_choice import LedgerChoice, NothingToDoError


class StoreActions(LedgerChoice):
    """What the stores and head office do in Store Transfer."""

    def set_up_shop(self, policy, pieces, blind, every_line, place, cartons=False):
        """Head office decides how the shop counts, and where it puts broken goods."""
        case = self.case
        case.shop.with_user(case.head_office).write(
            {
                "transfer_surplus_policy": policy,
                "transfer_surplus_pieces": pieces,
                "transfer_blind_count": blind,
                "transfer_require_every_line": every_line,
                "transfer_carton_policy": cartons,
                "transfer_damage_location_id": place and case.damage_place.id,
            }
        )

    def leave(self, number, how):
        """Somebody leaves the company, works elsewhere now, or has another role."""
        user = self.choose("res.users", "at_work", number, self.case.administrator)
        if how == "archived":
            user.active = False
        elif how == "moved":
            self.get_store(user).write(
                {"transfer_staff_ids": [Command.unlink(user.id)]}
            )
        else:
            user.group_ids = [Command.unlink(self.get_group(user).id)]
        self.away[user.id] = how

    def come_back(self, number):
        user = self.choose("res.users", "away", number, self.case.administrator)
        how = self.away.pop(user.id)
        if how == "archived":
            user.active = True
        elif how == "moved":
            self.get_store(user).write({"transfer_staff_ids": [Command.link(user.id)]})
        else:
            user.group_ids = [Command.link(self.get_group(user).id)]

    def get_store(self, user):
        """Return the store somebody was hired for, as who says who works there."""
        case = self.case
        store = {
            case.ec_staff: case.ec,
            case.ec_approver: case.ec,
            case.shop_staff: case.shop,
            case.shop_approver: case.shop,
        }.get(user, case.shop_south)
        return store.with_user(case.head_office)

    def get_group(self, user):
        """Return the group somebody was hired in."""
        role = "approver" if user in self.case.approvers else "staff"
        return self.env.ref(f"store_transfer.group_{role}")

    def start(self, kind, pull, first, second, quantity, box, route=0):
        case = self.case
        source, destination = case.routes[route]
        stores = {
            "source_store_id": source.id,
            "destination_store_id": destination.id,
        }
        starter = destination if pull else source
        if kind == "receipt":
            stores.pop("source_store_id")
            starter = destination
        if kind == "dispatch":
            stores.pop("destination_store_id")
            starter = source
        products = dict.fromkeys([case.products[first], case.products[second]])
        lines = [
            Command.create({"product_id": product.id, "quantity": quantity + index})
            for index, product in enumerate(products)
        ]
        if box:
            lines.append(
                Command.create(
                    {
                        "product_id": case.tea.id,
                        "product_uom_id": case.box.id,
                        "quantity": 1,
                    }
                )
            )
        transfer = (
            self.env["store.transfer"]
            .with_user(self.staff(starter))
            .create(
                {
                    "company_id": case.company.id,
                    "kind": kind,
                    "initiator": "source" if starter == source else "destination",
                    **stores,
                    "line_ids": lines,
                }
            )
        )
        transfer.action_submit()
        self.transfers.append(transfer.id)

    def approve(self, number, share):
        transfer = self.acting("approve", number, "other", approver=True)
        if share == 1:
            transfer.action_approve()
            return
        wizard = self.wizard(
            transfer.action_open_approve(),
            transfer.env.user,
            reason_id=self.env.ref("store_transfer.reason_enough_stock").id,
        )
        for line in wizard.line_ids:
            line.quantity = self.portion(line.product_id, line.quantity, share)
        wizard.action_approve()

    def reject(self, number):
        transfer = self.acting("reject", number, "other", approver=True)
        reason = self.env.ref("store_transfer.reason_no_space")
        self.wizard(
            transfer.action_open_reject(), transfer.env.user, reason_id=reason.id
        ).action_reject()

    def cancel(self, number):
        self.acting("cancel", number, "initiator").action_cancel()

    def withdraw(self, number):
        """Take back what waits, to change it, and submit it again."""
        transfer = self.acting("withdraw", number, "initiator")
        transfer.action_withdraw()
        transfer.action_submit()

    def change_delivery(self, number, days):
        transfer = self.acting("change_delivery", number, "sender")
        transfer.expected_date += timedelta(days=days)

    def undo_shipment(self, number):
        self.acting("undo_shipment", number, "source").action_undo_shipment()

    def undo_count(self, number):
        transfer = self.acting("undo_count", number, "destination", approver=True)
        transfer.action_undo_count()

    def reset_and_submit(self, number):
        transfer = self.acting("reset", number, "initiator")
        transfer.action_reset()
        transfer.action_submit()

    def ship(self, number, share, close):
        transfer = self.acting("ship", number, "source", approver=close)
        values = {}
        if close:
            reason = self.env.ref("store_transfer.reason_out_of_stock")
            values = {"rest": "close", "reason_id": reason.id}
        wizard = self.wizard(transfer.action_open_ship(), transfer.env.user, **values)
        for line in wizard.line_ids:
            line.quantity = self.portion(line.product_id, line.quantity, share)
        wizard.action_ship()

    def close(self, number):
        transfer = self.acting("close", number, "sender", approver=True)
        reason = self.env.ref("store_transfer.reason_out_of_stock")
        self.wizard(
            transfer.action_open_close(), transfer.env.user, reason_id=reason.id
        ).action_close()

    def propose(self, number, line, product, share):
        """Propose another product for some of what a line has left to ship."""
        transfer = self.acting("substitute", number, "source")
        lines = transfer.line_ids.filtered("can_substitute")
        if not lines:
            raise NothingToDoError("substitute")
        line = lines[line % len(lines)]
        substitute = self.case.products[product]
        wizard = self.wizard(
            line.action_open_substitute(), transfer.env.user, product_id=substitute.id
        )
        wizard.replaced_quantity = self.portion(
            line.product_id, line.to_ship_quantity, share
        )
        wizard.quantity = self.portion(substitute, line.to_ship_quantity, share)
        wizard.action_propose()

    def answer_substitute(self, number, accept):
        step = "accept" if accept else "refuse"
        # Both are possible to whom one is.
        self.possible["substitution_refuse"] = self.possible["substitution_accept"]
        proposal = self.substitution(step, number, "destination", approver=True)
        if accept:
            proposal.action_accept()
            return
        reason = self.env.ref("store_transfer.reason_wrong_goods")
        self.wizard(
            proposal.action_open_refuse(), proposal.env.user, reason_id=reason.id
        ).action_refuse()

    def withdraw_substitute(self, number):
        self.substitution("withdraw", number, "source").action_withdraw()

    def take_back(self, number):
        self.acting("take_back", number, "source").action_take_back()

    def answer(self, number):
        discrepancy = self.discrepancy("answer", number)
        discrepancy.answer = "We looked again."
        discrepancy.action_answer()

    def dispute(self, number):
        discrepancy = self.discrepancy("dispute", number)
        discrepancy.answer = "We see it otherwise."
        discrepancy.action_dispute()

    def confirm_arrival(self, number):
        transfer = self.acting("confirm_arrival", number, "destination")
        transfer.action_confirm_arrival()

    def receive_all(self, number):
        self.acting("count", number, "destination").action_receive_all()

    def count(self, number, share, damaged, surplus, approver, lots=1):
        count = self.begin(number, share, damaged, surplus, approver, lots)
        self.submit(count)

    def begin_count(self, number, share, damaged, surplus, approver, lots=1):
        """Count, but leave it to be taken up again."""
        self.begin(number, share, damaged, surplus, approver, lots)

    def submit_count(self, number, approver):
        self.submit(self.open_count(number, approver))

    def begin(self, number, share, damaged, surplus, approver, lots):
        transfer = self.acting("count", number, "destination", approver)
        action = transfer.action_start_count()
        count = transfer.env[action["res_model"]].browse(action["res_id"])
        for line in count.line_ids:
            # Who counts blind does not see it, and still counts that much.
            expected = line.sudo().expected_quantity
            good = self.portion(line.product_id, expected, share)
            broken = self.portion(line.product_id, expected - good, damaged)
            self.write_count(line, good, broken)
        if surplus is not None:
            for index in range(lots):
                self.count_surplus(count, surplus, index)
        return count

    def submit(self, count):
        count.action_review()
        count.action_submit()

    def open_count(self, number, approver):
        """Return a count that somebody has begun, as who goes on with it."""
        model, user = "store.transfer.count", self.case.head_office
        count = self.choose(model, "open_count", number, user)
        store = count.transfer_id._get_side_store("destination")
        return count.with_user(self.staff(store, approver))

    def write_count(self, line, good, broken):
        """Of a third party's lots and serial numbers each gets a name of its own."""
        if not line.needs_lot_name:
            line.write({"counted_quantity": good, "damaged_quantity": broken})
            return
        count, product = line.count_id, line.product_id
        pieces = [("counted_quantity", 1)] * int(good)
        pieces += [("damaged_quantity", 1)] * int(broken)
        if product.tracking == "lot":
            pieces = [("counted_quantity", good), ("damaged_quantity", broken)]
        line.write({"counted_quantity": 0, "damaged_quantity": 0, "lot_name": False})
        for field, quantity in pieces:
            if quantity:
                name = self.new_lot_name()
                count._find_or_add_line(product, lot_name=name)[field] = quantity

    def count_surplus(self, count, surplus, index):
        """Count a piece that nobody sent; ``index`` of its lots."""
        product = self.case.products[surplus % len(self.case.products)]
        lot_name = False
        if product.tracking != "none":
            lots = self.case.lots[product]
            lot_name = lots[(surplus + index) % len(lots)].name
            if count.transfer_id.kind == "receipt":
                lot_name = self.new_lot_name()
        line = count._find_or_add_line(product, lot_name=lot_name)
        line.counted_quantity += 1

    def new_lot_name(self):
        self.case.lot_number += 1
        return f"NEW-{self.case.lot_number}"

    def scan(self, number, approver, events):
        """Send what a device has scanned of what came."""
        transfer = self.acting("count", number, "destination", approver)
        action = transfer.action_scan()
        counts = transfer.env["store.transfer.count"]
        self.send_twice(counts.browse(action["params"]["count_id"]), events)

    def pick(self, number, approver, events):
        """Send what a device has scanned of what leaves."""
        transfer = self.acting("ship", number, "source", approver)
        action = transfer.action_pick()
        picks = transfer.env["store.transfer.pick"]
        self.send_twice(picks.browse(action["params"]["pick_id"]), events)

    def submit_pick(self, number, close):
        model, user = "store.transfer.pick", self.case.head_office
        pick = self.choose(model, "open_pick", number, user)
        store = pick.transfer_id._get_side_store("source")
        pick = pick.with_user(self.staff(store, approver=close))
        reason = self.env.ref("store_transfer.reason_out_of_stock")
        pick.get_review()
        pick.action_submit("close" if close else "keep", reason.id)

    def send_twice(self, document, events):
        """Send what a device has scanned, all of it twice: it counts once.

        :param document: a count or a pick list
        :param events: list of ``(kind, which, quantity)``
        """
        lines = document.sudo().line_ids
        self.scan_number += 1
        uuids = [f"scan-{self.scan_number}-{index}" for index in range(len(events))]
        sent = [
            {"uuid": uuid, **self.make_event(lines, uuids, *event)}
            for uuid, event in zip(uuids, events, strict=True)
        ]
        self.open_cartons(sent)
        results = document.record_scans(sent)["results"]
        scanned = self.read_scanned(document)
        # What it has sent before comes again, too, and the last of it first.
        sent_before = self.sent.get(document, [])
        again = document.record_scans([*sent_before, *reversed(sent)])["results"]
        for uuid in uuids:
            self.case.assertEqual(again[uuid], results[uuid])
        self.case.assertEqual(self.read_scanned(document), scanned)
        self.sent[document] = [*sent_before, *sent]

    def open_cartons(self, events):
        """Put what is picked into the carton that was begun last before it."""
        carton = None
        for event in events:
            if event["kind"] == "carton":
                carton = event["uuid"]
            elif carton:
                event["carton"] = carton

    def make_event(self, lines, uuids, kind, which, quantity):
        case = self.case
        if kind == "new_carton":
            return {"kind": "carton"}
        if kind == "undo":
            return {"kind": "undo", "undoes": uuids[which % len(uuids)]}
        if kind == "carton":
            return {"kind": "scan", "barcode": self.get_carton_name(which)}
        if kind in ("product", "lot", "box"):
            product = case.products[which % len(case.products)]
            barcodes = {"product": product.default_code, "box": "BOX-12"}
            lots = case.lots.get(product) or case.lots[case.matcha]
            lot_name = lots[quantity % len(lots)].name
            barcode = barcodes.get(kind, lot_name)
            return {"kind": "scan", "barcode": barcode, "lot_name": lot_name}
        line = lines[which % len(lines)] if lines else lines
        kind = "scan" if kind == "row" else kind
        return {"kind": kind, "line_id": line.id, "quantity": quantity}

    def get_carton_name(self, which):
        """Return the number of a carton, of whichever transfer."""
        packages = self.env["stock.package"].with_user(self.case.administrator)
        cartons = packages.sudo().search([("transfer_id", "!=", False)], order="id")
        return cartons[which % len(cartons)].name if cartons else "NO-CARTON"

    def read_scanned(self, document):
        self.env.flush_all()
        return {
            line.id: line.read(self.get_scanned_fields(line), load="")
            for line in document.sudo().line_ids
        }

    def get_scanned_fields(self, line):
        """Return the fields of a row that scans change."""
        names = (
            "counted_quantity",
            "damaged_quantity",
            "picked_quantity",
            "is_counted",
        )
        return ["is_counted", *(name for name in names if name in line._fields)]

    def settle(self, number, outcome, share):
        discrepancy = self.discrepancy("settle", number)
        reason = self.env.ref("store_transfer.reason_lost_on_the_way")
        values = {"outcome": outcome, "reason_id": reason.id}
        if discrepancy.transfer_id.kind == "receipt":
            del values["outcome"]
        wizard = self.wizard(
            discrepancy.action_open_settle(), discrepancy.env.user, **values
        )
        for line in wizard.line_ids:
            line.quantity = self.portion(line.product_id, line.quantity, share)
        wizard.action_settle()

    def settle_all(self, number, outcome):
        transfer = self.acting("settle", number, "destination", approver=True)
        reason = self.env.ref("store_transfer.reason_stolen")
        self.wizard(
            transfer.action_open_settle(),
            transfer.env.user,
            outcome=outcome,
            reason_id=reason.id,
        ).action_settle()

    def decide(self, number, accept):
        step = "accept" if accept else "refuse"
        getattr(self.discrepancy(step, number), f"action_{step}")()

    def uphold(self, number):
        self.discrepancy("uphold", number).action_uphold()

    def overrule(self, number, outcome, share):
        discrepancy = self.discrepancy("overrule", number)
        reason = self.env.ref("store_transfer.reason_lost_on_the_way")
        wizard = self.wizard(
            discrepancy.action_open_overrule(),
            discrepancy.env.user,
            outcome=outcome,
            reason_id=reason.id,
        )
        wizard.quantity = self.portion(
            discrepancy.product_id, discrepancy.quantity, share
        )
        wizard.action_overrule()

"""What the destination does to a transfer: it arrives, is counted, counted anew."""

from copy import deepcopy


class Counting:
    """The part of the model that counts; see model.py."""

    def arrived(self):
        self._demand(self.is_to_count(), "nothing is on its way")
        self.has_arrived = True

    def is_to_count(self):
        if self.approval != "approved" or self.kind == "dispatch":
            return False
        return bool(self.get_expected())

    def count_written(self, good, damaged, cartons=()):
        """Count as on a phone; what is in scanned cartons is part of what is good."""
        self.arrived()
        self.is_being_counted = True
        self.written = {"good": good, "damaged": damaged, "cartons": list(cartons)}

    def received(self, good, damaged, is_approver=False):
        self._demand(not self.is_being_counted, "somebody is counting it")
        self._count(good, damaged, [], is_approver)

    def count_submitted(self, good, damaged, cartons=(), is_approver=False):
        written = {"good": good, "damaged": damaged, "cartons": list(cartons)}
        self._demand(self.written == written, "other numbers")
        self.written = None
        self._count(good, damaged, cartons, is_approver)

    def _count(self, good, damaged, cartons, is_approver):
        self._demand(self.is_to_count(), "nothing is on its way")
        self.before_count = deepcopy((self.lines, self.differences, self.cartons))
        self.has_arrived = True
        self.is_being_counted = False
        self.counts += 1
        expected = self.get_expected()
        for goods in dict.fromkeys([*expected, *good, *damaged]):
            self._count_goods(
                goods,
                expected.get(goods, 0),
                good.get(goods, 0),
                damaged.get(goods, 0),
                is_approver,
            )
        self._find_shorts(good, damaged)
        self._unpack(good, damaged, cartons)

    def _count_goods(self, goods, expected, good, damaged, is_approver):
        line, pieces = self._find(goods)
        surplus = max(0, good + damaged - expected)
        self._demand(not surplus or not damaged, "the model knows no damaged surplus")
        if surplus and self._takes(goods, surplus, is_approver):
            self._accept(goods, surplus)
        elif surplus:
            known = min(surplus, self.differences.sum("surplus", goods))
            self.differences.add(goods, "surplus", surplus - known, self.counts)
            good -= surplus
        pieces.received += good
        pieces.damaged += damaged
        if self.kind == "receipt":
            line.to_ship -= good + damaged
            pieces.shipped += good + damaged
        else:
            pieces.in_transit -= good + damaged
        difference = self.differences.add(goods, "damaged", damaged, self.counts)
        difference.outcome = "damaged"

    def _takes(self, goods, surplus, is_approver):
        """Tell whether a surplus is accepted at once, by who counts."""
        if self.kind == "receipt":
            return True
        policy, percent, pieces = self.surplus_rule
        self._demand(policy != "refuse", "the store takes no surplus")
        held = self.differences.find("surplus", goods)
        if any(difference.is_disputed for difference in held):
            return False
        if is_approver or policy == "approver":
            return is_approver
        line, _pieces = self._find(goods)
        known = sum(difference.quantity for difference in held)
        limit = max((line.asked - line.surplus) * percent / 100, pieces)
        return line.surplus + max(surplus, known) <= limit

    def _accept(self, goods, surplus):
        """Take a surplus out of the source's stock, or from who has brought it."""
        self._bring(goods, surplus)
        known = min(surplus, self.differences.sum("surplus", goods))
        self.differences.settle_oldest("surplus", goods, known, "accepted", self.counts)
        new = self.differences.add(goods, "surplus", surplus - known, self.counts)
        new.settle("accepted", self.counts)

    def _bring(self, goods, quantity):
        """Put goods on their way that came beyond what is on its way."""
        line, pieces = self._find(goods)
        if self.kind == "receipt":
            line.take(quantity)
            line.to_ship += quantity
            return
        to_ship = min(quantity, line.to_ship)
        line.to_ship -= to_ship
        line.take(quantity - to_ship)
        pieces.shipped += quantity
        pieces.in_transit += quantity

    def _find_shorts(self, good, damaged):
        """What is missing after a count is short; what was, and came, has arrived.

        What is damaged is put aside first, while good pieces are still expected: only
        what they don't make up for came damaged.
        """
        expected = self.get_expected()
        shorts = self.differences.find("short")
        for goods in dict.fromkeys([*expected, *(short.goods for short in shorts)]):
            more = expected.get(goods, 0) - self.differences.sum("short", goods)
            self.differences.add(goods, "short", more, self.counts)
            left = max(0, -more - good.get(goods, 0))
            came_damaged = min(left, damaged.get(goods, 0))
            for outcome, came in (
                ("arrived", -more - came_damaged),
                ("damaged", came_damaged),
            ):
                self.differences.settle_oldest(
                    "short", goods, came, outcome, self.counts
                )

    def _unpack(self, good, damaged, scanned):
        """Say where the cartons are: one that comes whole stays packed."""
        left = [dict(content) for content in scanned]
        expected = self.get_expected()
        for carton in self.cartons:
            if carton.place != "on the way":
                continue
            is_scanned = carton.content in left
            if is_scanned:
                left.remove(carton.content)
            came = is_scanned or not expected.keys() & carton.content.keys()
            if came and not damaged.keys() & carton.content.keys():
                carton.place = "here"
            elif (good.keys() | damaged.keys()) & carton.content.keys():
                carton.place = None

    def _open(self, goods):
        """Cartons with goods that leave transit in another way may be unpacked."""
        for carton in self.cartons:
            if goods in carton.content:
                carton.place = None

    def can_undo_count(self):
        """Tell whether nothing was done since, and what it settled was not disputed."""
        return self.before_count and not any(
            each.is_final and each.settled_by == self.counts
            for each in self.differences.all
        )

    def count_undone(self):
        self._demand(self.can_undo_count(), "no count can be undone")
        lines, _differences, cartons = self.before_count
        for carton, now in zip(cartons, self.cartons, strict=True):
            if carton.place != now.place:
                carton.place = None
        self.lines, self.cartons, self.before_count = lines, cartons, None
        self.differences.forget(self.counts)
        self.counts -= 1
        # It is open again, with what was counted.
        self.is_being_counted = True

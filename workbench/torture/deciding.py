"""What is decided about what did not simply arrive, and where the goods are then."""

# What is left of a short, by what became of it.
OUTCOMES = ("lost", "damaged", "not_sent", "returned")


class Deciding:
    """The part of the model that decides on differences; see model.py."""

    def settled(self, outcome, by_head_office=False):
        shorts = [
            short
            for short in self.differences.find("short")
            if by_head_office or not short.is_disputed
        ]
        self._demand(shorts, "nothing is short")
        for short in shorts:
            self._settle(short.goods, short.quantity, outcome)
            short.settle(outcome)

    def _settle(self, goods, quantity, outcome):
        line, pieces = self._find(goods)
        self._open(goods)
        if self.kind == "receipt":
            self._demand(outcome == "not_sent", "a vendor can only not have sent it")
            line.close(quantity)
        elif outcome == "returned":
            pieces.to_take_back += quantity
        else:
            pieces.in_transit -= quantity
            if outcome == "not_sent":
                pieces.shipped -= quantity
                line.closed += quantity
            else:
                setattr(pieces, outcome, getattr(pieces, outcome) + quantity)

    def answered(self):
        """The source says what it knows, of all that is open."""
        self._demand(self.kind == "between", "a third party answers nothing")
        about = [
            each
            for each in self.differences.all
            if each.state == "open" and not each.is_disputed
        ]
        self._demand(about, "nothing is open")
        for each in about:
            each.state = "settled" if each.outcome else "answered"

    def disputed(self, kind, outcome):
        """The source disagrees, with all that ended like this, or has not ended."""
        self._demand(self.kind == "between", "a third party disputes nothing")
        about = self.find_disputable(kind, outcome)
        self._demand(about, "nothing to dispute")
        for each in about:
            each.state, each.is_disputed = "answered", True

    def find_disputable(self, kind, outcome):
        return [
            each
            for each in self.differences.all
            if (each.kind, each.outcome) == (kind, outcome)
            and not each.is_disputed
            and not each.is_final
        ]

    def upheld(self, is_disputed):
        """It is left at what was decided: what is disputed, by head office."""
        about = [
            each
            for each in self.differences.all
            if each.outcome
            and each.state != "settled"
            and each.is_disputed == is_disputed
        ]
        self._demand(about, "nothing is to be left as it is")
        for each in about:
            each.settle(each.outcome)

    def overruled(self, goods, former, outcome):
        """Head office decides otherwise; an outcome of None expects it again."""
        about = self.find_overrulable(goods, former)
        self._demand(len(about) == 1 and former != outcome, "not this one")
        [difference] = about
        line, pieces = self._find(goods)
        quantity = difference.quantity
        self._open(goods)
        if former == "returned":
            self._demand(not pieces.returned, "it was taken back")
            pieces.to_take_back -= quantity
        else:
            pieces.in_transit += quantity
            if former == "not_sent":
                pieces.shipped += quantity
                line.closed -= quantity
            else:
                setattr(pieces, former, getattr(pieces, former) - quantity)
        if outcome:
            self._settle(goods, quantity, outcome)
            difference.settle(outcome)
        else:
            difference.expect_again()

    def find_overrulable(self, goods, former):
        return [
            each
            for each in self.differences.all
            if (each.goods, each.kind, each.outcome) == (goods, "short", former)
            and each.is_disputed
        ]

    def surplus_accepted(self, by_head_office=False):
        for difference in self._find_held(by_head_office):
            _line, pieces = self._find(difference.goods)
            self._bring(difference.goods, difference.quantity)
            pieces.in_transit -= difference.quantity
            pieces.received += difference.quantity
            difference.settle("accepted")

    def surplus_refused(self, by_head_office=False):
        for difference in self._find_held(by_head_office):
            difference.settle("refused")

    def _find_held(self, by_head_office):
        """Return what was put aside and the approver, or head office, decides on."""
        held = [
            each
            for each in self.differences.find("surplus")
            if each.is_disputed == by_head_office
        ]
        self._demand(held, "nothing was put aside")
        return held

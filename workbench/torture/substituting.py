"""What the source proposes to send instead, and what is answered."""

from collections import Counter
from dataclasses import dataclass

from .goods import Line


@dataclass
class Proposal:
    """So much of one product instead of so much of another."""

    replaced: str
    replaced_quantity: float
    sku: str
    quantity: float
    state: str = "open"


class Substituting:
    """The part of the model that substitutes; see model.py."""

    @property
    def proposal(self):
        """The one that waits for an answer; the model knows one at a time."""
        return next((each for each in self.proposals if each.state == "open"), None)

    def proposed(self, replaced, replaced_quantity, sku, quantity):
        self._demand(self.approval == "approved", "only what is approved is replaced")
        self._demand(self.kind != "receipt", "what a vendor brings can't be replaced")
        self._demand(not self.proposal, "another proposal waits")
        self._demand(sku not in self.lines, f"{sku} is on it")
        line = self.lines[replaced]
        self._demand(0 < replaced_quantity <= line.to_ship, "not so much is to ship")
        self.proposals.append(Proposal(replaced, replaced_quantity, sku, quantity))
        if self.kind == "dispatch":
            # There is nobody to ask.
            self.proposal_accepted()

    def proposal_accepted(self):
        proposal = self._answer("accepted")
        self.lines[proposal.replaced].close(proposal.replaced_quantity)
        quantity = proposal.quantity
        self.lines[proposal.sku] = Line(
            asked=quantity, approved=quantity, to_ship=quantity
        )

    def proposal_refused(self):
        self._answer("refused")

    def proposal_withdrawn(self):
        self._answer("withdrawn")

    def _answer(self, state):
        proposal = self.proposal
        self._demand(proposal, "nothing was proposed")
        proposal.state = state
        return proposal

    def _end_proposal(self):
        """What has left, or is closed, can't be replaced any more."""
        proposal = self.proposal
        if proposal and proposal.replaced_quantity > self._get_to_ship(proposal):
            proposal.state = "lapsed"

    def _get_to_ship(self, proposal):
        return self.lines[proposal.replaced].to_ship

    def describe_proposals(self):
        """Return ``{what is proposed, and how it stands: of how many pieces}``."""
        described = Counter()
        for each in self.proposals:
            name = name_proposal(each.sku, each.replaced, each.state)
            described[name] += each.quantity
        return dict(described)


def name_proposal(sku, replaced, state):
    return f"{sku} for {replaced} {state}"

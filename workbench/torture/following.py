"""An order that is followed through all its steps.

The client acts as the people whose turn it is, over HTTP, and writes down what it asks
before it asks, and what it was answered. What it believes is only for choosing what
comes next; whether all of it is right, the oracle says afterwards.
"""

from .asking import Keyed, Pressed, look_at
from .goods import Impossible
from .requests_of_steps import get_creation, get_keyed
from .story import plan_step

# Steps of one order, so that all orders come to an end.
MOST_STEPS = 20


class Story:
    """An order, from its creation on."""

    def __init__(self, client, name, dice, order):
        self._client, self._name, self._dice = client, name, dice
        self._journal, self._order = client.journal, order
        self._transfer = None
        self._id = None

    def tell(self):
        if transfer_id := self._create():
            self.follow(transfer_id)

    def follow(self, transfer_id):
        """Do one step after the other, to a transfer that was just made."""
        self._id = transfer_id
        self._transfer = self._order.start(self._client.chain.surplus_rules)
        self._client.known[transfer_id] = self._order
        for number in range(MOST_STEPS):
            wish = plan_step(self._dice, self._transfer)
            if not wish or self._client.is_over.is_set():
                return
            if not self._do(wish, f"{self._name}-{number}"):
                return

    def _create(self):
        """Return the id of the transfer, or None where there may be none."""
        method, arguments = get_creation(self._order, self._name)
        operation = f"{self._name}-new"
        self._journal.write(
            "begin",
            operation=operation,
            order=self._name,
            step="create",
            arguments=vars(self._order),
            person=self._order.person,
        )
        keyed = Keyed(self._client, operation, self._order.person, method, arguments)
        answer = keyed.send(self._dice.randrange(2), self._dice.random() < 0.2, False)
        if answer.outcome != "done":
            return None
        [created] = answer.content
        return created["transfer"]["id"]

    def _do(self, wish, operation):
        """Do a step; return whether it is known how the transfer stands now."""
        try:
            later = self._transfer.after(wish.step, wish.arguments)
        except Impossible:
            # What the dice can't know of: somebody goes on to something else.
            return True
        outcomes = [
            self._client.pool.submit(self._ask, wish, person, name, later)
            for person, name in [
                (wish.person, operation),
                *([(wish.rival, f"{operation}-rival")] if wish.rival else []),
            ]
        ]
        outcomes = [outcome.result() for outcome in outcomes]
        if "done" in outcomes:
            self._transfer = later
        return "lost" not in outcomes

    def _ask(self, wish, person, operation, later):
        self._journal.write(
            "begin",
            operation=operation,
            order=self._name,
            step=wish.step,
            arguments=wish.arguments,
            person=person,
            is_rival=bool(wish.rival),
        )
        keyed = get_keyed(wish, self._id, operation)
        if keyed:
            request = Keyed(self._client, operation, person, *keyed)
            return request.send(wish.server, wish.is_twice, wish.gives_up).outcome
        press = Pressed(self._client, operation, person, self._id)
        return press.press(wish, look_at(self._transfer), look_at(later))

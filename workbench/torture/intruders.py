"""Who asks for what they have no right to, in the middle of all the work.

Each request has to be refused, and to change nothing; a list that they may read must
not have anything of others in it.
"""

import time

from .connection import ask
from .part import Part
from .plan import throw
from .requests_of_steps import API

PAUSE = 0.7
STORES = "store.transfer"


class Intruder(Part):
    """One attempt after the other, on transfers that others are working on."""

    def __init__(self, seed, chain, urls, journal, known):
        super().__init__("intruder", journal)
        self._dice = throw(seed, "intruder")
        self._chain, self._urls, self._known = chain, urls, known

    def go_on(self):
        attempts = [name for name in dir(self) if name.startswith("_try_")]
        while not self.is_over.wait(PAUSE):
            if self._known:
                getattr(self, self._dice.choice(attempts))()

    def _pick(self, kind=None):
        """Return the id of a transfer that others are working on, and its order."""
        known = [
            pair for pair in sorted(self._known.items()) if kind in (None, pair[1].kind)
        ]
        return self._dice.choice(known) if known else (None, None)

    def _find_outsider(self, order):
        """Return a store that has nothing to do with an order."""
        others = set(self._chain.stores) - {order.source, order.destination}
        return self._dice.choice(sorted(others))

    def _ask(self, login, model, method, **arguments):
        key = self._chain.keys.get(login, login)
        url = self._dice.choice(self._urls)
        start = time.monotonic()
        answer = ask(url, key, model, method, arguments)
        self.journal.write_answer(
            f"intruder {login}: {model}.{method}", method, start, answer
        )
        return answer

    def _expect_refusal(self, login, model, method, **arguments):
        answer = self._ask(login, model, method, **arguments)
        if answer.is_done:
            self.journal.write(
                "fault",
                rule="let in",
                text=f"{login}: {model}.{method} {arguments}: {answer.content}",
            )

    def _get_api_key(self):
        """Return a key for a call; it must not be used up by a refusal."""
        return f"intruder-{self._dice.getrandbits(64)}"

    def _try_steps_of_others(self):
        transfer_id, order = self._pick()
        method, more = self._dice.choice(
            [
                ("approve", {}),
                ("ship", {}),
                ("receive", {}),
                ("do_step", {"step": "cancel"}),
                ("do_step", {"step": "confirm_arrival"}),
            ]
        )
        login = self._dice.choice(
            [f"{self._find_outsider(order)}_approver", "stranger", "inventory"]
        )
        key = self._get_api_key()
        self._expect_refusal(login, API, method, transfer=transfer_id, key=key, **more)

    def _try_approving_as_staff(self):
        transfer_id, order = self._pick("between")
        if order:
            store = self._dice.choice((order.source, order.destination))
            self._expect_refusal(
                f"{store}_staff",
                API,
                "approve",
                transfer=transfer_id,
                key=self._get_api_key(),
            )

    def _try_approving_what_they_started(self):
        transfer_id, order = self._pick("between")
        if order:
            self._expect_refusal(
                f"{order.person[0]}_approver",
                API,
                "approve",
                transfer=transfer_id,
                key=self._get_api_key(),
            )

    def _try_shipping_at_the_destination(self):
        transfer_id, order = self._pick("between")
        if order:
            self._expect_refusal(
                f"{order.destination}_approver",
                API,
                "ship",
                transfer=transfer_id,
                key=self._get_api_key(),
            )

    def _try_counting_at_the_source(self):
        transfer_id, order = self._pick("between")
        if order:
            self._expect_refusal(
                f"{order.source}_approver",
                STORES,
                "action_start_count",
                ids=[transfer_id],
            )

    def _try_without_a_key(self):
        key = self._dice.choice(["", "0" * 40])
        self._expect_refusal(key, API, "get_changes")

    def _try_writing_by_hand(self):
        transfer_id, order = self._pick()
        login = f"{order.person[0]}_approver"
        values = self._dice.choice(
            [{"state": "done"}, {"approval_state": "approved"}, {"name": "Mine"}]
        )
        self._expect_refusal(login, STORES, "write", ids=[transfer_id], vals=values)

    def _try_private_methods(self):
        transfer_id, order = self._pick()
        method = self._dice.choice(["_do_ship", "_do_settle", "_write_arrival"])
        login = f"{order.person[0]}_approver"
        self._expect_refusal(login, STORES, method, ids=[transfer_id])

    def _try_deleting(self):
        transfer_id, order = self._pick()
        self._expect_refusal(
            f"{self._find_outsider(order)}_approver",
            STORES,
            "unlink",
            ids=[transfer_id],
        )

    def _try_reading_of_others(self):
        """A list may be asked for by anybody of the staff; it has only their own."""
        store = self._dice.choice(sorted(self._chain.stores))
        own = self._chain.stores[store]
        answer = self._ask(
            f"{store}_staff",
            STORES,
            "search_read",
            domain=[
                ["source_store_id", "!=", own],
                ["destination_store_id", "!=", own],
            ],
            fields=["name"],
        )
        if answer.is_done and answer.content:
            self.journal.write(
                "fault", rule="let in", text=f"{store} reads {answer.content[:3]}"
            )

    def _try_the_ledger_as_staff(self):
        store = self._dice.choice(sorted(self._chain.stores))
        self._expect_refusal(
            f"{store}_approver", "store.transfer.ledger.check", "action_check_now"
        )

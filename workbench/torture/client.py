"""One of the clients: it orders, and follows each order through all its steps.

It acts as the people whose turn it is, over HTTP, and writes down what it asks before
it asks, and what it was answered. What it believes is only for choosing what comes
next; whether all of it is right, the oracle says afterwards.
"""

import threading
import time
from concurrent.futures import ThreadPoolExecutor

from .connection import ask
from .model import Impossible, read_shape
from .part import Part
from .plan import throw
from .requests_of_steps import API, NotRecorded, Screens, get_creation, get_keyed
from .story import plan_order, plan_step

# Steps of one order, so that all orders come to an end.
MOST_STEPS = 14
# How long a request is sent again and again, in seconds.
PATIENCE = 300
# How long a client waits before it asks again.
PAUSE = 0.4
# What a screen may send again without looking: each scan has an id, and counts once.
REPEATABLE = "count_written"
# How long after a lost answer nothing of its request goes on any more.
SETTLING = 2.0


class Client(Part):
    """Begins one order after the other until it is told to stop."""

    def __init__(self, number, seed, chain, urls, journal, known):
        super().__init__(f"client-{number}", journal)
        self._seed, self._number = seed, number
        self.chain, self.urls = chain, urls
        # {id: order} of what there is, for those who have no business with it.
        self.known = known
        self.pool = ThreadPoolExecutor(2, f"client-{number}")

    def go_on(self):
        number = 0
        with self.pool:
            while not self.is_over.is_set():
                number += 1
                dice = throw(self._seed, "client", self._number, number)
                Story(self, f"{self._number}-{number}", dice).tell()

    def get_key(self, person):
        store, role = person
        return self.chain.keys[f"{store}_{role}" if store else role]


class Story:
    """An order, from its creation on."""

    def __init__(self, client, name, dice):
        self._client, self._name, self._dice = client, name, dice
        self._journal = client.journal
        self._order = plan_order(dice, list(client.chain.stores), client.chain.skus)
        self._transfer = None
        self._id = None

    def tell(self):
        if not self._create():
            return
        for number in range(MOST_STEPS):
            wish = plan_step(self._dice, self._transfer)
            if not wish or self._client.is_over.is_set():
                return
            if not self._do(wish, f"{self._name}-{number}"):
                return

    def _create(self):
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
            return False
        [created] = answer.content
        self._id = created["transfer"]["id"]
        self._transfer = self._order.start()
        self._client.known[self._id] = self._order
        return True

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
        return press.press(wish, self._transfer.describe(), later.describe())


class Asking:
    """Something that a person wants done, and is asked for until that is known."""

    def __init__(self, client, operation, person):
        self._client, self._operation = client, operation
        self._key = client.get_key(person)
        self._deadline = time.monotonic() + PATIENCE

    def _get_url(self, number):
        urls = self._client.urls
        return urls[number % len(urls)]

    def _is_too_late(self):
        return time.monotonic() > self._deadline

    def _send(self, url, model, method, arguments):
        start = self._client.journal.write(
            "ask", operation=self._operation, method=method, url=url, content=arguments
        )
        answer = ask(url, self._key, model, method, arguments)
        shown = answer.content if model == API and answer.is_done else None
        self._client.journal.write_answer(
            self._operation, method, start, answer, content=shown
        )
        return answer

    def _end(self, outcome):
        self._client.journal.write("end", operation=self._operation, outcome=outcome)


class Keyed(Asking):
    """A request with a key: sent again until it is answered, and done once."""

    def __init__(self, client, operation, person, method, arguments):
        super().__init__(client, operation, person)
        self._request = (API, method, arguments)

    def send(self, server, is_twice, gives_up):
        """Return the answer that counts."""
        while True:
            answer = self._send_at_once(server, 2 if is_twice else 1)
            over = gives_up and answer.outcome == "lost"
            if answer.outcome in ("done", "refused") or over or self._is_too_late():
                self._end(answer.outcome)
                return answer
            server, is_twice = server + 1, False
            time.sleep(PAUSE)

    def _send_at_once(self, server, times):
        answers = []

        def send(number):
            answers.append(self._send(self._get_url(number), *self._request))

        sent = [
            threading.Thread(target=send, args=(server + number,))
            for number in range(times)
        ]
        for thread in sent:
            thread.start()
        for thread in sent:
            thread.join()
        order = ("done", "lost", "busy", "refused")
        return min(answers, key=lambda answer: order.index(answer.outcome))


class Unanswered(Exception):
    """A screen got no answer, or a refusal."""

    def __init__(self, answer):
        super().__init__(answer.outcome)
        self.answer = answer


class Pressed(Asking):
    """What somebody presses on a screen; after a lost answer they look first."""

    def __init__(self, client, operation, person, transfer_id):
        super().__init__(client, operation, person)
        self._id = transfer_id
        self._screens = Screens(client.chain, transfer_id, operation)

    def press(self, wish, before, after):
        """Return the outcome of a step.

        :param before: how the transfer stands as long as it is not done
        :param after: how it stands then
        """
        outcome, server, was_lost = "busy", wish.server, False
        while outcome in ("busy", "lost") and not self._is_too_late():
            outcome = self._try(wish, server)
            server += 1
            if outcome == "lost":
                if wish.gives_up:
                    break
                was_lost = True
                time.sleep(SETTLING)
            if was_lost and outcome != "done" and wish.step != REPEATABLE:
                outcome = self._look(server, before, after, outcome)
            if outcome in ("busy", "lost"):
                time.sleep(PAUSE)
        self._end(outcome)
        return outcome

    def _try(self, wish, server):
        def ask_screen(model, method, **arguments):
            answer = self._send(self._get_url(server), model, method, arguments)
            if answer.outcome != "done":
                raise Unanswered(answer)
            return answer.content

        try:
            getattr(self._screens, wish.step)(ask_screen, **wish.arguments)
        except Unanswered as unanswered:
            return unanswered.answer.outcome
        except NotRecorded as error:
            self._client.journal.write(
                "fault",
                rule="a scan was not counted",
                text=f"{self._operation}: {error}",
            )
            return "refused"
        return "done"

    def _look(self, server, before, after, outcome):
        """Return what became of it, by how the transfer stands."""
        shown = self._read(server)
        if shown == after:
            return "done"
        if shown == before:
            return outcome
        return "lost" if shown is None else "refused"

    def _read(self, server):
        """Return how the transfer stands, or None when nobody answers."""
        arguments = {"transfers": [self._id]}
        while not self._is_too_late():
            url = self._get_url(server)
            answer = self._send(url, API, "get_transfers", arguments)
            if answer.outcome == "done":
                return read_shape(answer.content[0])
            server += 1
            time.sleep(PAUSE)
        return None

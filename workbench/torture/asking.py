"""Asking until it is known what came of it, as other systems do and as people do."""

import threading
import time
from collections import Counter

from .connection import ask
from .differences import name_difference
from .model import read_shape
from .requests_of_steps import API
from .screens import DIFFERENCES, PROPOSALS, NotRecorded, Screens

# How long a request is sent again and again, in seconds.
PATIENCE = 300
# How long a client waits before it asks again.
PAUSE = 0.4
# What a screen may send again without looking: each scan has an id, and counts once.
REPEATABLE = ("count_written", "pick_written")
# What a screen shows beside the transfer, and which fields of it.
SHOWN = {
    DIFFERENCES: [
        *("default_code", "kind", "state", "outcome"),
        *("is_disputed", "is_final", "quantity"),
    ],
    PROPOSALS: ["state"],
}
# How long after a lost answer nothing of its request goes on any more.
SETTLING = 2.0


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
            if was_lost and outcome != "done" and wish.step not in REPEATABLE:
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
                rule="a screen shows something else",
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
            others = [
                self._send(url, model, "search_read", self._list(fields))
                for model, fields in SHOWN.items()
                if answer.is_done
            ]
            if others and all(other.is_done for other in others):
                differences, proposals = others
                return {
                    **read_shape(answer.content[0]),
                    "differences": read_differences(differences.content),
                    "proposals": Counter(row["state"] for row in proposals.content),
                }
            server += 1
            time.sleep(PAUSE)
        return None

    def _list(self, fields):
        """Return how a screen asks for all that there is of the transfer."""
        return {"domain": [["transfer_id", "=", self._id]], "fields": fields}


def look_at(transfer):
    """Return how a transfer looks to those who work on it: lots are of no interest."""
    return {
        **transfer.describe(),
        "differences": transfer.differences.describe(with_lots=False),
        "proposals": Counter(proposal.state for proposal in transfer.proposals),
    }


def read_differences(rows):
    """Return the same of differences, from how they are listed."""
    differences = Counter()
    for row in rows:
        name = name_difference(
            row["default_code"],
            row["kind"],
            row["state"],
            row["outcome"],
            row["is_disputed"],
            row["is_final"],
        )
        differences[name] += row["quantity"]
    return dict(differences)

"""A file of orders that a store imports, as it does before a season: sent twice.

Nobody gives a file a key. Whoever gets no answer uploads it anew and imports that, and
each order is made once nevertheless. Which transfer is of which order, its remark says.
"""

import base64
import threading
import time
from datetime import date, timedelta

from .asking import PAUSE, Asking
from .following import Story
from .plan import throw
from .requests_of_steps import API
from .story import plan_file

IMPORTS = "store.transfer.import"
HEADINGS = "Expected date,From store,To store,SKU,Quantity,Remark"
DAYS = timedelta(days=30)


class File:
    """Several orders in one file, each of which is followed afterwards."""

    def __init__(self, client, name, dice):
        self._client, self._name, self._dice = client, name, dice
        chain = client.chain
        orders = plan_file(dice, list(chain.stores), chain.skus)
        self._orders = {
            f"{name}.{number}": order for number, order in enumerate(orders)
        }

    def tell(self):
        for name, order in self._orders.items():
            self._client.journal.write(
                "begin",
                operation=f"{name}-new",
                order=name,
                step="imported",
                arguments=vars(order),
                person=order.person,
                file=self._name,
            )
        for name, transfer_id in self._import().items():
            if not self._client.is_over.is_set():
                dice = throw(self._dice.random())
                order = self._orders[name]
                Story(self._client, name, dice, order).follow(transfer_id)

    def _import(self):
        """Return ``{order: id}`` of the transfers that were made."""
        [person] = {order.person for order in self._orders.values()}
        upload = Upload(self._client, f"{self._name}-file", person, self._write())
        server = self._dice.randrange(2)
        outcome = upload.send(server, is_at_once=self._dice.random() < 0.3)
        may_be_there = outcome == "done" or upload.is_in_doubt
        shapes = upload.find(server, self._orders) if may_be_there else []
        if shapes:
            outcome = "done"
        for shape in shapes:
            upload.tell(f"{shape['remark']}-new", shape)
        for name in self._orders:
            self._client.journal.write("end", operation=f"{name}-new", outcome=outcome)
        return {shape["remark"]: shape["id"] for shape in shapes}

    def _write(self):
        day = date.today() + DAYS
        rows = [
            f"{day},{order.source},{order.destination},{sku},{quantity},{name}"
            for name, order in self._orders.items()
            for sku, quantity in order.quantities.items()
        ]
        return "\n".join([HEADINGS, *rows])


class Upload(Asking):
    """The file, sent until it was imported, and then once more."""

    def __init__(self, client, operation, person, text):
        super().__init__(client, operation, person)
        self._file = base64.b64encode(text.encode()).decode()
        # After an import without an answer, *was imported before* says that it was so.
        self.is_in_doubt = False

    def send(self, server, is_at_once):
        """Return the outcome.

        :param is_at_once: it is sent twice at the same moment, to both servers
        """
        outcomes = []

        def send(number):
            outcomes.append(self._send_until_known(server + number))

        sent = [threading.Thread(target=send, args=(number,)) for number in range(2)]
        for thread in sent:
            thread.start()
            if not is_at_once:
                thread.join()
        for thread in sent:
            thread.join()
        order = ("done", "lost", "busy", "refused")
        return min(outcomes, key=order.index)

    def _send_until_known(self, server):
        while True:
            outcome = self._send_once(server)
            if outcome in ("done", "refused") or self._is_too_late():
                return outcome
            server += 1
            time.sleep(PAUSE)

    def _send_once(self, server):
        """Upload the file, check it, and import it; return the outcome."""
        url = self._get_url(server)
        values = {"file": self._file, "file_name": "orders.csv"}
        values["after_import"] = "submit"
        answer = self._send(url, IMPORTS, "create", {"vals_list": [values]})
        ids = answer.content
        if answer.is_done:
            answer = self._send(url, IMPORTS, "action_check", {"ids": ids})
        if answer.is_done:
            answer = self._send(url, IMPORTS, "action_import", {"ids": ids})
            self.is_in_doubt |= answer.outcome == "lost"
        return answer.outcome

    def find(self, server, names):
        """Return the shapes of the transfers that have these names as their remark."""
        domain = [["remark", "in", list(names)]]
        arguments = {"domain": domain, "fields": ["id"]}
        rows = self._ask(server, "store.transfer", "search_read", arguments)
        ids = [row["id"] for row in rows]
        return ids and self._ask(server, API, "get_transfers", {"transfers": ids})

    def _ask(self, server, model, method, arguments):
        """Return what is answered at last; an empty list when nobody does."""
        while not self._is_too_late():
            answer = self._send(self._get_url(server), model, method, arguments)
            if answer.is_done:
                return answer.content
            server += 1
            time.sleep(PAUSE)
        return []

    def tell(self, operation, shape):
        """Write down which transfer an order has become."""
        content = [{"created": False, "transfer": shape}]
        self._client.journal.write(
            "answer",
            operation=operation,
            method="create_transfers",
            asked=time.monotonic(),
            outcome="done",
            status=200,
            message="",
            content=content,
        )

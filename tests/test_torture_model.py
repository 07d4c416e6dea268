"""What ./dev torture believes of a transfer is what a transfer does.

Without servers or kills, so that many orders are followed to their end in seconds.
"""

from odoo.tests import TransactionCase

from ..workbench.torture import end as ends
from ..workbench.torture.chain import Chain
from ..workbench.torture.comparing import compare_fully
from ..workbench.torture.following import MOST_STEPS
from ..workbench.torture.goods import Impossible
from ..workbench.torture.oracle import Oracle
from ..workbench.torture.plan import throw
from ..workbench.torture.requests_of_steps import API, get_creation, get_keyed
from ..workbench.torture.screens import Screens
from ..workbench.torture.story import plan_order, plan_step
from ..workbench.torture.world import make_world

ORDERS = 12


class TestTortureModel(TransactionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        # Tests of what happens at once commit, and leave goods behind.
        cls.env.cr.execute("DELETE FROM stock_quant")
        cls.chain = Chain(**make_world(cls.env))

    def test_transfers_stand_as_the_model_says(self):
        """Each step is done by who does it in life, and all of it held against it."""
        found = {}
        for number in range(ORDERS):
            dice = throw("model", number)
            order = plan_order(dice, list(self.chain.stores), self.chain.skus)
            with self.subTest(order=order):
                found[number] = self.follow(number, order, dice)
        oracle = Oracle([], self.chain, self.read_end())
        oracle.judge_stock(found)
        oracle.judge_cartons(found)
        self.assertFalse(oracle.faults)

    def follow(self, number, order, dice):
        """Return how a transfer is believed to stand at its end."""
        method, arguments = get_creation(order, f"order {number}")
        [created] = self.ask(order.person, API, method, **arguments)
        transfer_id = created["transfer"]["id"]
        transfer = order.start(self.chain.surplus_rules)
        for step in range(MOST_STEPS):
            wish = plan_step(dice, transfer)
            if not wish:
                break
            try:
                later = transfer.after(wish.step, wish.arguments)
            except Impossible:
                continue
            self.do(wish, transfer_id, f"{number}-{step}")
            shown = self.read_end().transfers[transfer_id]
            self.assertFalse(compare_fully(shown, later.describe_fully()), wish)
            transfer = later
        return transfer

    def do(self, wish, transfer_id, name):
        if keyed := get_keyed(wish, transfer_id, name):
            method, arguments = keyed
            self.ask(wish.person, API, method, **arguments)
            return
        screens = Screens(self.chain, transfer_id, name)

        def ask(model, method, **arguments):
            return self.ask(wish.person, model, method, **arguments)

        getattr(screens, wish.step)(ask, **wish.arguments)

    def ask(self, person, model, method, ids=(), **arguments):
        """Call a public method as a person, as an answer over RPC shows it."""
        login = "_".join(filter(None, person))
        user = self.env["res.users"].search([("login", "=", login)])
        records = self.env[model].with_user(user).browse(ids)
        result = getattr(records, method)(**arguments)
        return result.ids if method == "create" else result

    def read_end(self):
        self.env.flush_all()
        return ends.read(self.read_rows)

    def read_rows(self, statement):
        self.env.cr.execute(statement)
        return self.env.cr.fetchall()

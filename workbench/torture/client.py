"""One of the clients: it orders, or imports a file, and follows each order."""

from concurrent.futures import ThreadPoolExecutor

from .files import File
from .following import Story
from .part import Part
from .plan import throw
from .story import plan_order

# How many of what it begins are files.
FILES = 0.12


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
                self._begin(f"{self._number}-{number}", dice)

    def _begin(self, name, dice):
        if dice.random() < FILES:
            File(self, name, dice).tell()
        else:
            order = plan_order(dice, list(self.chain.stores), self.chain.skus)
            Story(self, name, dice, order).tell()

    def get_key(self, person):
        store, role = person
        return self.chain.keys[f"{store}_{role}" if store else role]

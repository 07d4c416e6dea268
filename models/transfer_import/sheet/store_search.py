"""The stores of a company, by what people call them."""

import re
from collections import defaultdict
from difflib import get_close_matches

from ....spreadsheets.cells.texts import split_stores, to_key

# Between a name and the short code of the same store.
SEPARATORS = re.compile(r"\s*[(\[\])]\s*|\s*[-_/:|]\s*|\s+")
# Between several stores, beside those that nobody uses for anything else.
OTHER_SEPARATORS = re.compile(r"\s*(?:[/+&|\\]|\band\b|和|及|與)\s*|\s+")
MOST_PARTS = 50
MOST_SLIPS = 500
CHINESE = re.compile("[\u3400-\u9fff]")
# What is longer is looked at no further.
LONGEST_NAME = 200


def to_store_key(name):
    """Return what names of stores are compared by; 臺 is written 台 as often."""
    return to_key(name).lstrip("'‘’`").replace("臺", "台")


class StoreSearch:
    """The stores of the company of ``env``, by their names and short codes.

    :param chosen: what the user has chosen for what a file does not say, as recordset
    """

    def __init__(self, env, chosen=None):
        self.stores = env["stock.warehouse"].search_fetch(
            [("company_id", "=", env.company.id), ("is_store", "=", True)],
            ["name", "code"],
        )
        self._by_key = defaultdict(self.stores.browse)
        for store in self.stores:
            for name in (store.name, store.code):
                self._by_key[to_store_key(name)] |= store
        self._add_halves()
        self._found = {}
        self._suggested = {}
        closed = (chosen or self.stores.browse()) - self.stores
        self._closed = {to_store_key(store.code): store for store in closed}
        self.main_store = env.company._get_transfer_main_store()

    def _add_halves(self):
        """Know a store of two languages by either of them, if no other is called so."""
        halves = defaultdict(self.stores.browse)
        for store in self.stores:
            for half in _get_halves(to_store_key(store.name)):
                halves[half] |= store
        for half, stores in halves.items():
            if len(stores) == 1 and half not in self._by_key:
                self._by_key[half] = stores

    def find(self, name):
        """Return the stores of a name or short code: none, one, or namesakes.

        A name may stand beside the short code of the same store, as in "Shop (SHP)".
        """
        key = to_store_key(name)
        if key not in self._found:
            self._found[key] = self._by_key.get(key) or self._find_by_both(key)
        return self._found[key]

    def find_closed(self, code):
        """Return the store that was chosen and is none any more, or None."""
        return self._closed.get(to_store_key(code))

    def _find_by_both(self, key):
        """Return the one store that both parts of a text name, else none."""
        for match in SEPARATORS.finditer(key[:LONGEST_NAME]):
            parts = key[: match.start()], key[match.end() :]
            one, other = (self._by_key.get(part.strip("()[] ")) for part in parts)
            if one and one == other and len(one) == 1:
                return one
        return self.stores.browse()

    def find_several(self, name):
        """Return the stores that a text names with other signs between them, or none.

        All of its parts have to be stores, and none of them may be so by chance.
        """
        parts = [part for part in OTHER_SEPARATORS.split(to_store_key(name)) if part]
        found = [self.find(part) for part in parts[:MOST_PARTS]]
        is_clear = 1 < len(parts) == len(found) and all(
            len(store) == 1 for store in found
        )
        return self.stores.browse().union(*found) if is_clear else self.stores.browse()

    def get_clear_name(self, store):
        """Return by what a store can be named in a cell that may name several."""
        is_clear = self.find(store.name) == store and split_stores(store.name) == [
            store.name
        ]
        return store.name if is_clear else store.code

    def suggest(self, name):
        """Return the stores that somebody may have meant, the likeliest first."""
        key = to_store_key(name)[:LONGEST_NAME]
        if key in self._suggested:
            return self._suggested[key]
        self._suggested[key] = self._suggest(key)
        return self._suggested[key]

    def _suggest(self, key):
        # Who has so many wrong names has another list of stores.
        is_slip = len(self._suggested) < MOST_SLIPS
        close = get_close_matches(key, self._by_key, n=3, cutoff=0.6) if is_slip else []
        parts = [other for other in self._by_key if key in other or other in key]
        return self.stores.browse().union(
            *(self._by_key[other] for other in [*close, *parts[:3]])
        )


def _get_halves(name):
    """Return both parts of a name like ``Taichung 台中店``, or none."""
    words = re.split(r"[\s()/]+", name.strip("() /"))
    is_chinese = [bool(CHINESE.search(word)) for word in words]
    changes = [
        index
        for index in range(1, len(words))
        if is_chinese[index] != is_chinese[index - 1]
    ]
    if len(changes) != 1:
        return []
    return [" ".join(words[: changes[0]]), " ".join(words[changes[0] :])]

"""The stores that the cells of an import file name."""

from ....spreadsheets.cells.texts import split_stores

# More stores in one cell are no file that anybody wrote.
MAX_STORES = 500
MOST_STORES_LISTED = 12


class StoreReader:
    """Reads the columns with the stores.

    What can't be told is None; that goods come from no store, or go to none, is an
    empty record.
    """

    def __init__(self, env, findings, search):
        self.env = env
        self.findings = findings
        self.search = search

    def read_rows(self, rows, kinds):
        """Yield ``(source, list of destinations)`` of each row.

        :param kinds: ``{id of a row: kind of its transfer}``, None where that
            can't be told
        """
        for row in rows:
            kind = kinds[row.id]
            source = self._read_source(row, kind)
            yield source, self._read_destinations(row, kind, source)

    def _read_source(self, row, kind):
        name = row.get_text("source")
        if name:
            store = self._find_store(row, "source", name)
            # As long as the way is not clear, it may be the wrong side.
            return store if kind else None
        if kind == "between" and not self.search.main_store:
            return self.findings.add_missing(
                row, "source", self.env._("Enter the store the goods leave from.")
            )
        if kind is None:
            return None
        stores = self.search.stores
        return self.search.main_store if kind == "between" else stores.browse()

    def _read_destinations(self, row, kind, source):
        """Return the stores; None among them stands for one that can't be read."""
        text = row.get_text("destination")
        if not text and kind != "between":
            # Goods for a third party go to no store.
            return [self.search.stores.browse() if kind else None]
        names = self._split(row, text)
        if not names:
            remedy = self.env._("Enter the store the goods go to.")
            return [self.findings.add_missing(row, "destination", remedy)]
        names = list(dict.fromkeys(names))
        if len(names) > MAX_STORES:
            remedy = self.env._("Name up to %s stores in a cell.", MAX_STORES)
            problem = self.env._("These are %s stores.", len(names))
            return [self.findings.add_error(row, "destination", problem, remedy)]
        stores = [self._read_destination(row, name, source) for name in names]
        return list(dict.fromkeys(stores)) if kind else [None]

    def _split(self, row, text):
        """Return the names in a cell; a store may have a comma in its name."""
        if self.search.find(text):
            return [text]
        names = split_stores(text)
        if len(names) == 1 and (several := self.search.find_several(text)):
            self.findings.add_notice(
                row,
                "destination",
                self.env._("Read as %s.", self._list_stores(several)),
                self.env._("Put commas between several stores."),
            )
            return several.mapped("code")
        return names

    def _read_destination(self, row, name, source):
        store = self._find_store(row, "destination", name)
        if store and store == source:
            return self.findings.add_error(
                row,
                "destination",
                self.env._("The goods would leave %s for itself.", store.name),
                self.env._("Choose two different stores."),
                name,
            )
        return store

    def _find_store(self, row, column, name):
        found = self.search.find(name)
        if len(found) == 1:
            return found
        if found:
            return self.findings.add_error(
                row,
                column,
                self.env._("There are %s stores of this name.", len(found)),
                self.env._(
                    "Use the name or the short code, whichever is different: %s.",
                    self._list_stores(found),
                ),
                name,
            )
        if closed := self.search.find_closed(name):
            return self.findings.add_error(
                row,
                column,
                self.env._(
                    "The store chosen on this page is archived, or no store any more."
                ),
                self.env._("Choose another store on this page."),
                closed.name,
            )
        suggested = self.search.suggest(name)
        return self.findings.add_error(
            row,
            column,
            self.env._("%s has no store of this name.", self.env.company.name),
            self._get_remedy_for_store(suggested),
            name,
            self.search.get_clear_name(suggested[0]) if suggested else "",
        )

    def _get_remedy_for_store(self, suggested):
        if suggested:
            return self.env._("Did you mean %s?", self._list_stores(suggested))
        if len(self.search.stores) <= MOST_STORES_LISTED:
            stores = self._list_stores(self.search.stores)
            return self.env._("Choose from: %s.", stores)
        return self.env._("Use a store's name or short code as it is in Odoo.")

    def _list_stores(self, stores):
        return ", ".join(f"{store.name} ({store.code})" for store in stores)

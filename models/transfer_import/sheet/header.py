"""What a row of an import file says of its transfer."""

from ....spreadsheets.cells.texts import to_key
from .orders import Order, OrderKey
from .stores import StoreReader
from .third_party import ThirdPartyReader


class HeaderReader:
    """Reads when goods are expected, which way they go, and who may send them there.

    :param dates: the :class:`DateReader`
    :param stores: the :class:`StoreSearch`
    """

    def __init__(self, env, findings, dates, stores):
        self.env = env
        self.findings = findings
        self.dates = dates
        self.stores = stores
        self._may_start_by_store = {}

    def read_rows(self, rows, numbers):
        """Yield the orders that each row asks for, one for each destination.

        :param numbers: ``{id of a row: number of its transfer in the file}``
        :return: lists of :class:`Order`; what can't be told is None in their keys
        """
        kinds = {row.id: self._read_kind(row) for row in rows}
        dates = {row.id: self.dates.read_row(row) for row in rows}
        routes = StoreReader(self.env, self.findings, self.stores).read_rows(
            rows, kinds
        )
        third_parties = ThirdPartyReader(
            self.env, self.findings, self.stores
        ).read_rows(rows)
        for row, route, (partner, remark) in zip(
            rows, routes, third_parties, strict=True
        ):
            source, destinations = route
            start = kinds[row.id], dates[row.id], source
            end = partner, self._get_remark_key(row, remark), numbers.get(row.id, "")
            keys = [OrderKey(*start, store, *end) for store in destinations]
            self._check_rights(row, [key for key in keys if key.is_complete()])
            in_file = [to_key(row.get_text(name)) for name in ("third_party", "remark")]
            yield [
                Order(key, row.number, remark, *in_file, sheet=row.sheet)
                for key in keys
            ]

    def _get_remark_key(self, row, remark):
        is_unknown = remark is None or self.findings.is_unreadable(row, "remark")
        return None if is_unknown else to_key(remark)

    def _read_kind(self, row):
        if self.findings.is_unreadable(row, "third_party"):
            return None
        third_party, source, destination = (
            row.get_text(name) for name in ("third_party", "source", "destination")
        )
        if not third_party:
            return "between"
        if bool(source) == bool(destination):
            return self.findings.add_error(
                row,
                "third_party",
                self.env._("It is not clear which way the goods go."),
                self.env._(
                    "Fill in %(destination)s and leave %(origin)s empty when they come "
                    "from the third party; the other way round when they go there.",
                    destination=self.findings.get_heading("destination"),
                    origin=self.findings.get_heading("source"),
                ),
            )
        return "dispatch" if source else "receipt"

    def _check_rights(self, row, keys):
        """Refuse stores that the user may not start a transfer for."""
        if not keys:
            return
        # The side that starts is named like its column.
        column = self.env["store.transfer"]._get_usual_initiator(keys[0].kind)
        for store, key in {getattr(key, column): key for key in keys}.items():
            if not self._may_start(store, key):
                self.findings.add_error(
                    row,
                    column,
                    self.env._("You don't work for %s.", store.name),
                    self.env._(
                        "Ask its staff or head office to import this row, or have "
                        "yourself added to its staff."
                    ),
                    row.get_text(column) or store.name,
                )

    def _may_start(self, store, key):
        if store not in self._may_start_by_store:
            transfer = self.env["store.transfer"].new(
                {
                    "kind": key.kind,
                    "initiator": self.env["store.transfer"]._get_usual_initiator(
                        key.kind
                    ),
                    "company_id": self.env.company.id,
                    "source_store_id": key.source.id,
                    "destination_store_id": key.destination.id,
                }
            )
            refusal = transfer._get_role_refusal("edit")
            self._may_start_by_store[store] = not refusal
        return self._may_start_by_store[store]

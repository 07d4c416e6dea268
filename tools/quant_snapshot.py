from collections.abc import Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace

from odoo import models

from .in_context import InContext


@dataclass(frozen=True, eq=False)
class QuantSnapshot(InContext):
    """Quants that were read and locked at once, for all that a transfer's moves do.

    Where there is none, and for whatever is not in it, everything is as Odoo does it.
    """

    key = "store_transfer_quants"

    locked_ids: frozenset = frozenset()
    # What may be reserved, in the order to take it: {(product id, location id): quants}
    to_reserve: Mapping = field(default_factory=dict)
    # Odoo's own cache for look-ups of one lot, package and owner, in one location.
    quants_cache: Mapping | None = None
    # Whose goods may be reserved, nobody's among them; None for anybody's.
    owner: models.Model | None = None
    # The shelf from which goods may be reserved; None for any.
    place: models.Model | None = None
    # What Odoo finds when it searches now; the last one is what it looks for.
    _offered: list = field(default_factory=list)

    @property
    def context(self):
        """The values for ``with_context``, Odoo's own cache among them."""
        if self.quants_cache is None:
            return super().context
        return {**super().context, "quants_cache": self.quants_cache}

    def of_owner(self, owner):
        """Return the same, of which only the goods of ``owner`` may be reserved.

        :param owner: a ``res.partner``; empty for what belongs to nobody else
        """
        return replace(self, owner=owner)

    def at_place(self, location):
        """Return the same, of which only what stands right there may be reserved."""
        return replace(self, place=location)

    def get_to_reserve(self, product, location):
        """Return the quants that may be reserved; None where they were not read."""
        return self.to_reserve.get((product.id, location.id))

    @contextmanager
    def offering(self, quants):
        """Let Odoo find among ``quants`` what it looks for, instead of searching."""
        self._offered.append(quants)
        try:
            yield
        finally:
            self._offered.pop()

    @property
    def offered(self):
        """The quants among which Odoo looks at this moment, or None."""
        return self._offered[-1] if self._offered else None

    def get_locked(self, quants):
        """Return the first of ``quants`` that is locked already, or None."""
        return next((quant for quant in quants if quant.id in self.locked_ids), None)

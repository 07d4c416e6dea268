from collections.abc import Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field

from odoo import SUPERUSER_ID, models

CONTEXT_KEY = "store_transfer_work"
PERSON_KEY = "store_transfer_person"
VALIDATED_KEY = "store_transfer_validated"
# Set while Odoo takes reserved goods away from other moves.
FREES_RESERVATION = "store_transfer_frees_reservation"
# Set while a method of Odoo's own works on moves, see :class:`CoreWork`.
CORE_KEY = "store_transfer_core"


class CoreWork:
    """Marks in the context that a method of Odoo's own is at work on moves.

    Such a method writes states and chains that nobody writes by hand. Known by its
    class, so that nobody can send one over RPC.
    """

    @staticmethod
    def is_going_on(env):
        return isinstance(env.context.get(CORE_KEY), CoreWork)


CORE_WORK = CoreWork()


@dataclass(frozen=True, eq=False)
class TransferWork:
    """What a step of a transfer knows while it works on moves; kept in the context.

    An object of a class of its own, so that nobody can send one over RPC. Compared by
    identity, because Odoo shares one environment between contexts that are equal, and
    the move lines of one reservation would end up in another's.
    """

    # No reordering rule is about these products: nothing to recompute for them.
    skips_orderpoints: bool = False
    # No rule pushes goods on from where these moves bring them.
    skips_push: bool = False
    # What is reserved is done in the same step: nobody picks it.
    skips_waves: bool = False
    # Quants that are locked already.
    locked_quant_ids: frozenset = frozenset()
    # What may be reserved, in the order to take it: {(product id, location id): quants}
    quants: Mapping = field(default_factory=dict)
    # Odoo's own cache for look-ups of one lot, package and owner, in one location.
    quants_cache: Mapping | None = None
    # Values of move lines that will be created at once, a little later.
    move_line_values: list | None = None
    # Whose goods may be reserved, nobody's among them; None for anybody's.
    owner: models.Model | None = None
    # What was read of those that Odoo looks for at this moment.
    looked_for: list = field(default_factory=list)
    # What a cancelled move still asked for is closed: nobody ships it any more.
    closes: bool = True

    @staticmethod
    def get(env):
        """Return the work going on in ``env``, or ``None``."""
        work = env.context.get(CONTEXT_KEY)
        return work if isinstance(work, TransferWork) else None

    @contextmanager
    def finding(self, quants):
        """Let Odoo find among ``quants`` what it looks for, instead of searching."""
        self.looked_for.append(quants)
        try:
            yield
        finally:
            self.looked_for.pop()


@dataclass(frozen=True, eq=False)
class Validated:
    """The pickings that a step has validated; kept in the context of the step.

    What Odoo prints of them by itself, is printed when the step is over.
    """

    picking_ids: list = field(default_factory=list)

    @staticmethod
    def get(env):
        """Return what was validated in ``env``; nothing, where no step goes on."""
        validated = env.context.get(VALIDATED_KEY)
        return validated if isinstance(validated, Validated) else Validated()


@dataclass(frozen=True)
class Person:
    """Who does a step while the system works for them; kept in the context.

    An object of a class of its own, so that nobody can send one over RPC.
    """

    user_id: int

    @staticmethod
    def get(env):
        """Return the user that the system works for in ``env``; empty for nobody."""
        person = env.context.get(PERSON_KEY)
        user_id = person.user_id if isinstance(person, Person) else ()
        return env["res.users"].browse(user_id)


def as_system(records, company):
    """Return records for work that a person may not do, not even in sudo.

    Odoo drops sudo where it looks up what goods are worth. Who the person is, is kept:
    for messages, and for :func:`as_person`.

    :param company: whose goods these are; what they cost depends on it
    """
    person = Person(records.env.uid)
    system = records.with_user(SUPERUSER_ID).with_company(company)
    return system.with_context(**{PERSON_KEY: person})


def as_person(records):
    """Return records in sudo for the person that the system works for, if it does."""
    person = Person.get(records.env)
    return (records.with_user(person) if person else records).sudo()

"""Who does a step, and who stood at the till."""

import re
from dataclasses import dataclass

from odoo import SUPERUSER_ID

from .in_context import InContext
from .texts import drop_unwritable
from .trail import is_at_till

# In the context that a till sends: who is at it, as it says.
CASHIER = "store_transfer_cashier"
LONGEST_CASHIER = 100
MARKUP = re.compile(r"<[^>]*>")


@dataclass(frozen=True)
class Person(InContext):
    """The user that the system works for, kept while it does."""

    key = "store_transfer_person"

    user_id: int


@dataclass(frozen=True)
class AtTill(InContext):
    """Who is at the till where an approver acts by a PIN: known, and no longer said."""

    key = "store_transfer_at_till"

    names: str


def get_person(env):
    """Return the user who does what is being done in ``env``: a ``res.users``.

    A step runs in sudo, as the user who began it: they are ``env.user``. Pickings are
    validated by the system in their name, see :func:`as_system`; then the person is in
    the context. Whatever keeps or names who did something asks here, and nowhere else.
    """
    person = Person.get(env)
    return env["res.users"].browse(person.user_id) if person else env.user


def get_cashier(env):
    """Return who is at the till, as the till says; nothing in the back office.

    One login often serves a whole shop, and only the till knows who stands there. It
    is kept beside the person, wherever they are named; no right comes from it. What is
    not called by a till says nothing of a cashier: the trail shows both together.
    """
    if known := AtTill.get(env):
        return known.names
    cashier = env.context.get(CASHIER)
    if not isinstance(cashier, str) or not is_at_till(env):
        return ""
    # Nothing that turns round, or hides, what stands beside it.
    text = MARKUP.sub("", drop_unwritable(cashier))
    shown = (char for char in text if char.isprintable())
    return "".join(shown).strip()[:LONGEST_CASHIER]


def as_system(records, company):
    """Return records for work that a person may not do, not even in sudo.

    Odoo drops sudo where it looks up what goods are worth.

    :param company: whose goods these are; what they cost depends on it
    """
    person = Person(get_person(records.env).id)
    system = records.with_user(SUPERUSER_ID).with_company(company)
    return system.with_context(**person.context)

"""Who does a step."""

from dataclasses import dataclass

from odoo import SUPERUSER_ID

from .in_context import InContext


@dataclass(frozen=True)
class Person(InContext):
    """The user that the system works for, kept while it does."""

    key = "store_transfer_person"

    user_id: int


def get_person(env):
    """Return the user who does what is being done in ``env``: a ``res.users``.

    A step runs in sudo, as the user who began it: they are ``env.user``. Pickings are
    validated by the system in their name, see :func:`as_system`; then the person is in
    the context. Whatever keeps or names who did something asks here, and nowhere else.
    """
    person = Person.get(env)
    return env["res.users"].browse(person.user_id) if person else env.user


def as_system(records, company):
    """Return records for work that a person may not do, not even in sudo.

    Odoo drops sudo where it looks up what goods are worth.

    :param company: whose goods these are; what they cost depends on it
    """
    person = Person(get_person(records.env).id)
    system = records.with_user(SUPERUSER_ID).with_company(company)
    return system.with_context(**person.context)

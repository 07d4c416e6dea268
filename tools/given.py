"""What another system has sent: read, or refused in a sentence."""

import hashlib
import json
from datetime import date

from odoo.exceptions import UserError

from .texts import drop_unwritable, list_names

LONGEST_TEXT = 1000
LONGEST_SHORT_TEXT = 100
LARGEST_QUANTITY = 1e9


class Given:
    """The values of one object that was sent.

    :param values: what stands where an object should; refused if it is none
    :param names: what may be in it; anything else is refused, so that no misspelt name
        is ignored
    """

    def __init__(self, env, values, names):
        self.env = env
        self.values = values
        if not isinstance(values, dict):
            raise UserError(env._("Send an object with: %s.", list_names(names)))
        # An answer can't hold all that a question can.
        unknown = [drop_unwritable(name) for name in values if name not in names]
        if unknown:
            raise UserError(
                env._(
                    "%(unknown)s is not known here. There are: %(names)s.",
                    unknown=list_names(unknown),
                    names=list_names(names),
                )
            )

    @classmethod
    def of(cls, env, **values):
        """Return what a method was called with, by the names of its parameters."""
        return cls(env, values, values)

    def text(self, name, longest=LONGEST_TEXT):
        """Return a text without what no database keeps; empty where there is none."""
        value = self.values.get(name)
        if value is None:
            return ""
        if not isinstance(value, str):
            raise UserError(self.env._("%s has to be a text.", name))
        text = drop_unwritable(value).strip()
        if len(text) > longest:
            raise UserError(
                self.env._(
                    "%(name)s is longer than %(longest)s characters.",
                    name=name,
                    longest=longest,
                )
            )
        return text

    def code(self, name):
        """Return a short text that has to be there."""
        text = self.text(name, LONGEST_SHORT_TEXT)
        if not text:
            raise UserError(self.env._("%s is missing.", name))
        return text

    def quantity(self, name, default=None):
        """Return a number that a quantity can be.

        :param default: where there is none; None refuses that
        """
        value = self.values.get(name)
        if value is None and default is not None:
            return default
        if value is None:
            raise UserError(self.env._("%s is missing.", name))
        # True is a number for Python, and no quantity for anybody else; of NaN nothing
        # is true.
        is_number = type(value) in (int, float)
        if not is_number or not 0 <= value <= LARGEST_QUANTITY:
            raise UserError(
                self.env._("%s has to be a number, and not below zero.", name)
            )
        return float(value)

    def flag(self, name, default=False):
        value = self.values.get(name)
        if value is None:
            return default
        if not isinstance(value, bool):
            raise UserError(self.env._("%s has to be true or false.", name))
        return value

    def day(self, name):
        """Return a date, or None where there is none."""
        value = self.values.get(name)
        if value is None:
            return None
        try:
            return date.fromisoformat(value)
        except (TypeError, ValueError):
            raise UserError(
                self.env._("%s has to be a date like 2026-12-31.", name)
            ) from None

    def choice(self, name, choices, default):
        value = self.values.get(name)
        if value is None:
            return default
        if not isinstance(value, str) or value not in choices:
            raise UserError(
                self.env._(
                    "%(name)s has to be one of: %(choices)s.",
                    name=name,
                    choices=list_names(choices),
                )
            )
        return value


def read_rows(env, name, value, most):
    """Return a list of at least one and at most so many."""
    if not isinstance(value, list) or not value:
        raise UserError(env._("%s has to be a list that is not empty.", name))
    if len(value) > most:
        raise UserError(
            env._("%(name)s: at most %(most)s at a time.", name=name, most=most)
        )
    return value


def read_each(env, label, rows, read):
    """Read all rows, and say of each what is wrong with it.

    :param label: what a row is called
    :param read: reads one
    :raise UserError: a sentence for each fault, which begins with the row's number
    """
    done, faults = [], []
    for number, row in enumerate(rows, start=1):
        try:
            done.append(read(row))
        except UserError as error:
            faults += name_row(error, f"{label} {number}")
    if faults:
        raise UserError("\n".join(faults))
    return done


def name_row(error, where):
    """Return the sentences of an error, each of which begins with its place."""
    return [f"{where}: {sentence}" for sentence in str(error.args[0]).split("\n")]


def get_fingerprint(content):
    """Return what tells this content from any other: the same for 5 and 5.0."""
    text = json.dumps(_simplify(content), sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()


def _simplify(value):
    if isinstance(value, dict):
        return {str(name): _simplify(part) for name, part in value.items()}
    if isinstance(value, list):
        return [_simplify(part) for part in value]
    if isinstance(value, float) and value.is_integer():
        return int(value)
    return value

"""What is known of a file before it is read."""

from typing import Any, NamedTuple

from ..cells.texts import to_key, to_text
from .columns import LONGEST_HEADING


class Clues(NamedTuple):
    """What users say of files, and what the database knows.

    :param mapping: ``{key of a heading: name of a column, or IGNORED}``
    :param defaults: ``{name of a column: value}`` for what the file says nothing of
    :param is_store: function that tells of a text whether it names a store; it may
        return what tells that store from others
    """

    mapping: dict
    defaults: dict
    is_store: Any

    @classmethod
    def of(cls, mapping=None, defaults=None, is_store=None):
        filled = {name: value for name, value in (defaults or {}).items() if value}
        return cls(mapping or {}, filled, is_store or (lambda _text: False))

    def identify_store(self, text):
        """Return what tells the store of a name from others, or None."""
        text = to_text(text)
        found = 0 < len(text) <= LONGEST_HEADING and self.is_store(text)
        return (to_key(text) if found is True else found) or None

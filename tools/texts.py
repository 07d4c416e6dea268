"""Texts as a database can hold them."""

import unicodedata

# Ends a field of variable length in a GS1 code.
GS1_SEPARATOR = "\x1d"


def drop_unwritable(text):
    """Return a text without what no database keeps; scanners send strange things."""
    text = text.encode("utf-8", "ignore").decode()
    return "".join(
        char
        for char in text
        if char == GS1_SEPARATOR or unicodedata.category(char) != "Cc"
    )

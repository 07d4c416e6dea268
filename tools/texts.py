"""Texts as a database can hold them."""

import unicodedata

# Ends a field of variable length in a GS1 code.
GS1_SEPARATOR = "\x1d"
# So many names are listed in a sentence, and so much of each.
MOST_NAMES = 30
LONGEST_NAME = 60


def drop_halves(text):
    """Return a text without halves of characters, which are left where one was cut."""
    return text.encode("utf-8", "ignore").decode()


def drop_unwritable(text):
    """Return a text without what no database keeps; scanners send strange things."""
    return "".join(
        char
        for char in drop_halves(text)
        if char == GS1_SEPARATOR or unicodedata.category(char) != "Cc"
    )


def shorten(text, longest=LONGEST_NAME):
    """Return the start of a text, if it is longer than what anybody reads."""
    return text if len(text) <= longest else f"{text[:longest]}…"


def list_names(names):
    """Return the first names, or headings, with commas between them."""
    names = list(names)
    shown = ", ".join(map(shorten, names[:MOST_NAMES]))
    return f"{shown} …" if len(names) > MOST_NAMES else shown

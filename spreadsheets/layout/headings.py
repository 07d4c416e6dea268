"""What a heading means: which column of ours somebody wrote it above."""

import re
from functools import lru_cache
from typing import NamedTuple

from ..cells.texts import to_text
from . import synonyms
from .columns import (
    COLUMNS,
    IGNORED,
    LONGEST_HEADING,
    MARK_KEYS,
    OWN_KEYS,
    PRODUCT_CODES,
    to_heading_key,
)

# How sure a meaning is; those from WEAK on are taken only where nothing else fits. What
# users have said is no surer than what we know: others may have meant something else.
SURE, WEAK = range(2)
# What stands for a vendor, be it of the transfer or of the product.
VENDOR = "vendor"

BRACKETS = re.compile(r"[(（\[【〔{<《]([^)）\]】〕}>》]*)[)）\]】〕}>》]?")
CHINESE_CHARACTER = r"[\u3400-\u9fff\uf900-\ufaff]"
# Between the halves of a heading in two languages.
BOUNDARY = re.compile(
    rf"[\n/／|｜]|\s+[-–—]\s+"
    rf"|(?<={CHINESE_CHARACTER})\s*(?=[A-Za-z])"
    rf"|(?<=[A-Za-z.)#])\s*(?={CHINESE_CHARACTER})"
)


class Meaning(NamedTuple):
    """What a heading says of its column.

    :param name: of the :class:`Column`, or ``IGNORED``, or ``VENDOR``
    :param sureness: ``SURE``, ``WEAK`` or beyond: the least is the surest
    :param otherwise: name of the column where a weak one is not needed
    :param unit: what the heading says that its quantities are counted in
    """

    name: str
    sureness: int
    otherwise: str = ""
    unit: str = ""


def split_words(text):
    """Return the keys of words that have commas or blank lines between them."""
    words = re.split(r",|\n\s*\n", text)
    return {key for word in words if (key := to_heading_key(word))}


def _collect_meanings():
    """Return ``{key: Meaning}`` of all that we know."""
    ignored = split_words(synonyms.INFORMATION) | MARK_KEYS
    known = {key: Meaning(IGNORED, SURE) for key in ignored}
    for name, words in (
        *synonyms.SYNONYMS.items(),
        (VENDOR, synonyms.VENDOR_SYNONYMS),
        *((column.name, ", ".join(column.headings.values())) for column in COLUMNS),
    ):
        known.update(dict.fromkeys(split_words(words), Meaning(name, SURE)))
    weak = {
        key: Meaning(name, sureness, known[key].name if key in known else "")
        for name, tiers in synonyms.WEAK_SYNONYMS.items()
        for sureness, words in enumerate(tiers, start=WEAK)
        for key in split_words(words)
    }
    return {**known, **weak}


MEANINGS = _collect_meanings()
MODIFIERS = split_words(synonyms.MODIFIERS)
UNIT_HINTS = split_words(synonyms.UNIT_HINTS)


def find_meaning(cell, mapping=None):
    """Return the :class:`Meaning` of a heading, or None.

    :param mapping: ``{key of a heading: name}`` that users chose; our own headings
        mean the same in every file
    """
    text = to_text(cell)
    return find_exact_meaning(text, mapping) or find_loose_meaning(text)


def find_exact_meaning(cell, mapping=None):
    """Return the :class:`Meaning` of a heading that we know as a whole, or None."""
    text = to_text(cell)
    if not text or len(text) > LONGEST_HEADING:
        return None
    key = to_heading_key(text)
    if mapping and key in mapping and key not in OWN_KEYS:
        return Meaning(mapping[key], SURE)
    return _get_meaning_of_key(key)


@lru_cache(maxsize=4096)
def find_loose_meaning(text):
    """Return the :class:`Meaning` of a heading by a part of it, or None."""
    if not text or len(text) > LONGEST_HEADING:
        return None
    return _get_meaning_before_bracket(text) or _get_meaning_of_halves(text)


def _get_meaning_of_key(key):
    return next((MEANINGS[one] for one in _get_singulars(key) if one in MEANINGS), None)


def _get_singulars(key):
    return key, key.removesuffix("s"), re.sub("ies$", "y", key)


def _get_meaning_before_bracket(text):
    hints = [hint for hint in BRACKETS.findall(text) if hint.strip()]
    meaning = _get_meaning_of_key(to_heading_key(BRACKETS.sub(" ", text)))
    if not meaning or any(map(_says_something_else, hints)):
        return None
    return _add_unit(meaning, hints)


def _says_something_else(part):
    """Tell whether a word makes something else of a heading that it stands beside."""
    key = to_heading_key(part)
    meaning = _get_meaning_of_key(key)
    return key in MODIFIERS or bool(meaning and meaning.name == IGNORED)


def _add_unit(meaning, parts):
    # As in "數量(單位：箱)".
    texts = [re.split("[:：]", part)[-1].strip() for part in parts]
    units = list(filter(names_unit, texts))
    if meaning.name == "quantity" and units:
        return meaning._replace(unit=units[0])
    return meaning


def names_unit(text):
    """Tell whether a text names what is counted, as "箱" and "Carton of 12" do."""
    words = re.findall(rf"[A-Za-z]+|{CHINESE_CHARACTER}+", text)
    keys = {key for word in words for key in _get_singulars(to_heading_key(word))}
    return bool(keys & UNIT_HINTS)


def split_heading(text):
    """Return the parts of a heading: in each language, and in brackets."""
    inside = BRACKETS.findall(text)
    parts = [*BOUNDARY.split(BRACKETS.sub("\n", text)), *inside]
    return [part.strip() for part in parts if part.strip()]


def _get_meaning_of_halves(text):
    """Return what the halves agree in; of those that we know nothing they say none."""
    parts = split_heading(text)
    meanings = [_get_meaning_of_key(to_heading_key(part)) for part in parts]
    ours = [each for each in meanings if each and each.name != IGNORED]
    if len(parts) < 2 or any(map(_says_something_else, parts)):
        is_information = not ours and any(meanings)
        return Meaning(IGNORED, SURE) if is_information else None
    surest = min((meaning.sureness for meaning in ours), default=None)
    found = [meaning for meaning in ours if meaning.sureness == surest]
    names = {meaning.name for meaning in found}
    if names == set(PRODUCT_CODES):
        # In the column of the SKUs, barcodes are read as well.
        return Meaning("sku", surest)
    return _add_unit(found[0], parts) if len(names) == 1 else None


def count_headings(cells):
    """Return how many of our columns a row of cells has headings for."""
    meanings = map(find_meaning, cells)
    return len({meaning.name for meaning in meanings if meaning} - {IGNORED})

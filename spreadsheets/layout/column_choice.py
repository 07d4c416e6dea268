"""Which column of a table is read as what, where several headings might fit."""

from collections import defaultdict
from dataclasses import dataclass, field

from .columns import COLUMNS_BY_NAME, IGNORED, PRODUCT_CODES
from .headings import SURE, VENDOR, WEAK

PRODUCT_COLUMNS = (*PRODUCT_CODES, "product_name")


@dataclass
class Choice:
    """What the headings of a row are read as, as far as they say it themselves.

    :param places: ``{column name: list of the indexes that fit equally well}``
    :param ignored: set of the indexes of columns that are known to be of no use
    :param vendors: set of the indexes of columns with the vendors of products
    :param spare: ``{index: column name}`` of those that fit less well than another
    """

    places: dict = field(default_factory=dict)
    ignored: set = field(default_factory=set)
    vendors: set = field(default_factory=set)
    spare: dict = field(default_factory=dict)


def choose_columns(meanings):
    """Return the :class:`Choice` among the columns of a row of headings.

    :param meanings: ``{index: Meaning}`` of the headings that mean something
    """
    choice = Choice()
    by_name = defaultdict(list)
    first_product = _find_first_product(meanings)
    for index, meaning in meanings.items():
        if meaning.name == IGNORED:
            choice.ignored.add(index)
        elif meaning.name != VENDOR:
            by_name[meaning.name].append((meaning.sureness, index))
        elif index < first_product:
            by_name["third_party"].append((meaning.sureness, index))
        else:
            choice.vendors.add(index)
    for name, found in by_name.items():
        surest = min(sureness for sureness, _index in found)
        if _is_needed(name, surest, by_name):
            choice.places[name] = [index for rank, index in found if rank == surest]
    _add_what_is_left(choice, meanings)
    return choice


def _find_first_product(meanings):
    places = [
        index
        for index, meaning in meanings.items()
        if meaning.name in PRODUCT_COLUMNS
        # A number in front of each row is no product yet.
        and (meaning.sureness == SURE or meaning.otherwise == "product_name")
    ]
    return min(places, default=float("inf"))


def _is_needed(name, sureness, by_name):
    """Tell whether a weak heading is needed: a barcode makes up for no SKU."""
    others = [
        other
        for other in by_name
        if other in COLUMNS_BY_NAME and COLUMNS_BY_NAME[other].stands_in_for == name
    ]
    return sureness < WEAK or not others


def _add_what_is_left(choice, meanings):
    """Read headings otherwise, of which something else was surer."""
    taken = {index for indexes in choice.places.values() for index in indexes}
    names = set(choice.places)
    for index, meaning in meanings.items():
        if index in taken or meaning.sureness < WEAK:
            continue
        if meaning.otherwise == IGNORED:
            choice.ignored.add(index)
        elif meaning.otherwise and meaning.otherwise not in names:
            choice.places.setdefault(meaning.otherwise, []).append(index)
        else:
            choice.spare[index] = meaning.name

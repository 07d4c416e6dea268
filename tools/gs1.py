"""Identifiers of GS1, as the addresses that GS1 Digital Link makes of them."""

import re
from urllib.parse import quote

from odoo.tools.barcode import get_barcode_check_digit

from .carton_codes import is_sscc

RESOLVER = "https://id.gs1.org"
GTIN_LENGTHS = (8, 12, 13, 14)
GLN_LENGTH = 13
# Such numbers a shop gives itself, e.g. to what it weighs: elsewhere they are others.
NUMBERS_OF_A_SHOP = re.compile(r"^(?:\d(?:02|04|2\d)\d{11}|0{6}[02]\d{7})$")
# What the name of a lot, or a serial number, may be made of, and how long it may be.
NAME_OF_A_LOT = re.compile(r"^[!\"%&'()*+,\-./0-9:;<=>?A-Z_a-z]{1,20}$")


def read_gtin(barcode):
    """Return the GTIN with 14 digits that a barcode is; None where it is none."""
    text = barcode or ""
    if len(text) not in GTIN_LENGTHS or not _is_checked(text):
        return None
    gtin = text.zfill(14)
    return None if NUMBERS_OF_A_SHOP.match(gtin) else gtin


def is_gln(text):
    """Tell whether a text is the number of a place or a company."""
    return len(text or "") == GLN_LENGTH and _is_checked(text)


def _is_checked(digits):
    return (
        digits.isascii()
        and digits.isdecimal()
        and int(digits[-1]) == get_barcode_check_digit(digits)
    )


def link_product(gtin, lot=None, serial=None):
    """Return the address of a product, of a lot of it, or of one piece.

    :return: None where the name of the lot or piece is none that GS1 allows
    """
    parts = [("01", gtin), ("10", lot), ("21", serial)]
    names = [name for _key, name in parts[1:] if name]
    if not all(NAME_OF_A_LOT.match(name) for name in names):
        return None
    path = "/".join(f"{key}/{quote(name, safe='')}" for key, name in parts if name)
    return f"{RESOLVER}/{path}"


def link_carton(name):
    """Return the address of a carton; None where its number is no SSCC."""
    return f"{RESOLVER}/00/{name}" if is_sscc(name) else None


def link_place(gln):
    return f"{RESOLVER}/414/{gln}"


def link_party(gln):
    return f"{RESOLVER}/417/{gln}"

"""Numbers of cartons: how they are made, and how they are read off a label."""

import re

from odoo.tools.barcode import get_barcode_check_digit

# A serial shipping container code (SSCC) has 18 digits, the last to check the others.
DIGITS_TO_CHECK = 17
# A GS1 company prefix is as long as the company has few numbers to give.
PREFIX_LENGTHS = range(4, 13)

# What some scanners put before a code, to say of which kind it is.
SYMBOLOGY = re.compile(r"^\][A-Za-z][0-9A-Za-z]")
ADDRESS = re.compile(r"^[a-z]+://[^/]+/(?:[^?#]*/)?([^/?#]+)/?(?:[?#].*)?$", re.I)
# In a GS1 code "00" says that an SSCC follows; other facts may come after it.
GS1_SSCC = re.compile(r"^\(?00\)?(\d{18})")
LONGEST_CODE = 200


def make_sscc(prefix, number):
    """Return the SSCC of a company's carton.

    :param prefix: the company's GS1 prefix, digits only
    :param number: which of its cartons; it begins anew when all numbers were given
    """
    room = DIGITS_TO_CHECK - len(prefix)
    serial = str(number % 10**room).zfill(room)
    # The first digit may be any; it makes room for ten times as many cartons.
    digits = serial[0] + prefix + serial[1:]
    return f"{digits}{get_barcode_check_digit(digits + '0')}"


def is_sscc(text):
    return (
        len(text) == DIGITS_TO_CHECK + 1
        and text.isascii()
        and text.isdecimal()
        and int(text[-1]) == get_barcode_check_digit(text)
    )


def read_carton_code(code):
    """Return the numbers that a carton with this code may have, none twice.

    A label may have the number itself, a GS1 code, or the address of a page that ends
    with it. static/src/scan/document/carton_codes.js reads them by the same rule.
    """
    text = SYMBOLOGY.sub("", code.strip()).lstrip("\x1d")
    if len(text) > LONGEST_CODE:
        return []
    if address := ADDRESS.match(text):
        text = address[1]
    names = [text, text.upper()]
    if found := GS1_SSCC.match(text):
        names.append(found[1])
    return list(dict.fromkeys(names))

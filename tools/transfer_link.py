"""The address of a transfer: what a QR code on paper says, and what is read of it.

static/src/scan/transfer_link.js reads it by the same rule.
"""

import re
from urllib.parse import quote, unquote

PATH = "/store-transfer/"
CARTON_PATH = "/store-carton/"
LINK = re.compile(r"^https?://[^/?#\s]+(?:/[^?#\s]*)?/store-transfer/([^?#\s]+)", re.I)


def get_link(base_url, number):
    return f"{base_url.rstrip('/')}{PATH}{quote(number)}"


def get_carton_link(base_url, name):
    """Return the address of a carton; scan screens read its last part."""
    return f"{base_url.rstrip('/')}{CARTON_PATH}{quote(name, safe='')}"


def read_number(text):
    """Return the number of the transfer whose address was scanned, else the text."""
    found = LINK.match(text.strip())
    return unquote(found[1]).rstrip("/") if found else text

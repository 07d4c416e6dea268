"""Barcodes as drawings: sharp on any printer, and no image has to be loaded."""

from markupsafe import Markup
from reportlab.graphics.barcode import qrencoder
from reportlab.graphics.barcode.code128 import Code128

# In modules, the thinnest bars: what scanners need to be empty beside a code.
QUIET_ZONE = 10
QUIET_ZONE_OF_QR = 4
# How tall a code is drawn; it is stretched to whatever height it is given.
BAR_HEIGHT = 20
FNC1 = "\xf1"
# Says that the number after it is that of a logistic unit: a carton.
GS1_SSCC = "00"

SVG = Markup(
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d %d" class="%s"'
    ' preserveAspectRatio="%s" shape-rendering="crispEdges">'
    '<rect width="%d" height="%d" fill="#fff"></rect><path d="%s"></path></svg>'
)


def draw_code128(text):
    """Return the Code128 of a text; nothing where it has letters that none can have."""
    barcode = Code128(text)
    barcode.validate()
    if not text or not barcode.valid:
        return Markup()
    barcode.encode()
    barcode.decompose()
    return _draw_bars(barcode.decomposed)


def draw_sscc(number):
    """Return the GS1-128 that says the number of a carton."""
    return draw_code128(f"{FNC1}{GS1_SSCC}{number}")


def draw_qr(text):
    """Return the QR code of a text; up to 15 % of it may be dirty."""
    code = qrencoder.QRCode(None, qrencoder.QRErrorCorrectLevel.M)
    code.addData(text)
    code.make()
    size = len(code.modules) + 2 * QUIET_ZONE_OF_QR
    squares = (
        f"M{x + QUIET_ZONE_OF_QR} {y + QUIET_ZONE_OF_QR}h1v1h-1z"
        for y, row in enumerate(code.modules)
        for x, is_dark in enumerate(row)
        if is_dark
    )
    return _draw(size, size, "qr", "xMidYMid", "".join(squares))


def _draw_bars(widths):
    """Draw bars; a capital letter is a bar, a small one a space, A the thinnest."""
    x, bars = QUIET_ZONE, []
    for letter in widths:
        width = ord(letter.lower()) - ord("a") + 1
        if letter.isupper():
            bars.append(f"M{x} 0h{width}v{BAR_HEIGHT}h-{width}z")
        x += width
    return _draw(x + QUIET_ZONE, BAR_HEIGHT, "bars", "none", "".join(bars))


def _draw(width, height, kind, ratio, path):
    return SVG % (width, height, kind, ratio, width, height, path)

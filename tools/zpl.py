"""Labels in ZPL, which printers of labels understand: 100 × 150 mm at 203 dpi."""

from .barcodes import GS1_SSCC

WIDTH, LENGTH = 800, 1200
MARGIN = 30
# What ZPL takes for a command, or for the sign that a code of a letter follows; and
# what a browser takes for HTML, if somebody opens the text as a page.
COMMANDS = {ord(sign): f"_{ord(sign):02X}" for sign in "^~\\_<>&"}
# In Code128: GS1's FNC1, and pairs of digits.
GS1_START = ">;>8"


def make_label(*, big, lines, count, code, is_sscc, link):
    """Return a label: where it goes, which of how many it is, and its codes."""
    fields = [_text(MARGIN, 30, 60, big, rows=2)]
    fields += [
        _text(MARGIN, 180 + 45 * index, 34, line) for index, line in enumerate(lines)
    ]
    fields += [
        _text(MARGIN, 520, 130, count),
        f"^FO520,480^BQN,2,6^FH^FDMA,{_escape(link)}^FS",
        _barcode(code, is_sscc),
        _text(MARGIN, 1100, 40, f"({GS1_SSCC}) {code}" if is_sscc else code),
    ]
    # CI28: its texts are UTF-8.
    head = f"^XA^CI28^PW{WIDTH}^LL{LENGTH}"
    return "\n".join([head, *filter(None, fields), "^XZ"])


def _text(x, y, size, text, rows=1):
    if not text.strip():
        return ""
    width = WIDTH - 2 * MARGIN
    return (
        f"^FO{x},{y}^A0N,{size},{size}^FB{width},{rows},0,L,0^FH^FD{_escape(text)}^FS"
    )


def _barcode(code, is_sscc):
    """Return the barcode; three dots for a bar of a long number, two for a text."""
    data = f"{GS1_START}{GS1_SSCC}{code}" if is_sscc else _escape(code)
    return f"^FO{MARGIN},850^BY{3 if is_sscc else 2}^BCN,220,N,N,N^FH^FD{data}^FS"


def _escape(text):
    return text.translate(COMMANDS).replace("\n", " ")

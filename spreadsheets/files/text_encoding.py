"""In which encoding a text is written, where no mark says so.

Few bytes have to do: a single remark in a file whose headings are English. Detectors
need whole paragraphs; here the texts that the bytes may be are compared by how common
their characters are. What can't be told apart is refused, as a wrong text is worse.
"""

import codecs
import re
import unicodedata

from ..errors import SpreadsheetError
from .text_likelihood import ENGLISH, HIGH_CHARACTERS, SCRIPTS

BYTE_ORDER_MARKS = {
    codecs.BOM_UTF8: "utf-8-sig",
    codecs.BOM_UTF16_LE: "utf-16",
    codecs.BOM_UTF16_BE: "utf-16",
}
# Tools that fill space with zero bytes write texts all the same.
BINARY = re.compile(rb"[\x01-\x08\x0e-\x1a\x1c-\x1f]")
# Japanese as in mails: what looks like plain ASCII is not.
SHIFTED_TEXTS = (b"\x1b$", b"\x1b(")
# The zero bytes of digits, commas and line breaks in UTF-16: at least so many of all
# that stand at even places, or at odd ones, and hardly any at the others.
LEAST_ZEROS = 0.1
# So much says enough about a large file.
SAMPLED_LINES = 300
SAMPLED_BYTES = 20_000
LONGEST_CHANCE = 10_000
# As logarithms: a byte of an encoding that we don't know, and a text in it.
UNKNOWN_BYTE = -5.5
UNKNOWN_TEXT = -3


def decode(content):
    """Return the text of a file, and the name of its encoding where that is guessed.

    :raise SpreadsheetError: when it can't be told for sure
    """
    for mark, codec in BYTE_ORDER_MARKS.items():
        if content.startswith(mark):
            return content.decode(codec), ""
    if any(mark in content for mark in SHIFTED_TEXTS):
        raise SpreadsheetError("unknown_encoding")
    utf16 = _find_utf16(content[:2000])
    if not utf16 and BINARY.search(content):
        raise SpreadsheetError("not_spreadsheet")
    for codec in (*utf16, "utf-8"):
        text = _try(content, codec)
        if text is not None and not _is_chance(text):
            return text, ""
    return _guess(content)


def _try(content, codec):
    try:
        return content.decode(codec)
    except UnicodeDecodeError:
        return None


def _find_utf16(start):
    """Return the codec of a text in UTF-16; zeros that only fill space make none."""
    zeros = {
        "utf-16-be": start[::2].count(0),
        "utf-16-le": start[1::2].count(0),
    }
    few, many = sorted(zeros, key=zeros.get)
    is_clear = zeros[many] > 10 * zeros[few]
    return (many,) if is_clear and zeros[many] > LEAST_ZEROS * len(start) / 2 else ()


def _is_chance(text):
    """Tell whether a text that could be UTF-8 is rather a few characters of Chinese.

    Two bytes of GB18030 may well be those of a letter, and then of any alphabet.
    """
    runs = HIGH_CHARACTERS.findall(text, 0, LONGEST_CHANCE)
    if any(character >= "\u0800" for run in runs for character in run):
        return False
    return any(len(set(map(_get_alphabet, run)) - {None}) > 1 for run in runs)


def _get_alphabet(character):
    """Return the first word of a letter's name; those of Western Europe fit any."""
    if character < "\u0100":
        return None
    return unicodedata.name(character, "?").split()[0]


def _guess(content):
    sample = _take_sample(content)
    rated = []
    for script in SCRIPTS:
        if found := script.decode(content):
            text, codec = found
            rated.append((script.rate(sample, codec), script.name, text, script.margin))
    rated.append((_rate_as_unknown(sample), "", "", 0))
    (best, name, text, margin), *others = sorted(rated, reverse=True)
    scripts = [likelihood for likelihood, other, *_rest in others if other]
    if not name or best - max(scripts, default=best - margin) < margin:
        raise SpreadsheetError("unknown_encoding")
    return text, name


def _take_sample(content):
    """Return the first lines that have more than ASCII in them, each of them once."""
    lines = {}
    for line in content.splitlines():
        if not line.isascii():
            lines[line] = None
        if len(lines) == SAMPLED_LINES:
            break
    return b"\n".join(lines)[:SAMPLED_BYTES]


def _rate_as_unknown(sample):
    high = sum(byte > 0x7F for byte in sample)
    return UNKNOWN_TEXT + high * UNKNOWN_BYTE + (len(sample) - high) * ENGLISH

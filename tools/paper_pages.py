"""Divides the rows of a paper into pages.

Each page has its own heading and its number: wkhtmltopdf repeats the heading of a
table, and writes page numbers, only where it was built with a Qt that was changed for
it. So heights are estimated here, in lines of text, and rather too high than too low.
"""

import math
import unicodedata

# What a row takes beside its text, in lines.
ROW_PADDING = 0.6


def count_lines(text, width):
    """Return how many lines a text takes where ``width`` Latin letters fit in one."""
    return sum(
        max(1, math.ceil(_measure(line) / width)) for line in (text or "").split("\n")
    )


def _measure(text):
    """Return the width of a text in Latin letters; a Chinese one is twice as wide."""
    wide = sum(unicodedata.east_asian_width(letter) in "WF" for letter in text)
    capitals = sum(letter.isupper() for letter in text)
    return len(text) + wide + 0.3 * capitals


def divide(rows, measure, first, others, last=0):
    """Return the rows page by page; at least one page, that may be empty.

    :param measure: returns how many lines a row takes
    :param first: how many lines the first page has for rows, ``others`` the next ones
    :param last: how many of them are needed below the rows of the last page
    """
    pages, left = [[]], first
    for row in rows:
        height = measure(row) + ROW_PADDING
        if height > left and pages[-1]:
            pages.append([])
            left = others
        pages[-1].append(row)
        left -= height
    if left < last:
        # Nobody signs a page with nothing on it.
        pages.append([pages[-1].pop()] if len(pages[-1]) > 1 else [])
    return pages

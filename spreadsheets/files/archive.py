"""A zipped file, of which nothing is unpacked before it is known to be small enough.

zipfile never unpacks more of a part than the size that is checked here.
"""

import io
import zipfile

from ..errors import SpreadsheetError

SIGNATURE = b"PK\x03\x04"
# What the largest file we allow needs, and a good deal more: 20,000 rows of 30 columns.
MAX_UNPACKED_SIZE = 50 * 1024 * 1024
# Styles and the like are read as a whole, and so is each row.
MAX_PART_SIZE = 5 * 1024 * 1024
MAX_TAGS_OF_PART = 100_000
MAX_TAGS_OF_SHEET = 4_000_000
# Formatted down to the very last row of Excel, empty rows would take half a gigabyte.
MAX_SHEET_ROWS = 200_000
CHUNK_SIZE = 1024 * 1024
# A spreadsheet never declares a document type; who does wants to define entities.
DOCUMENT_TYPES = tuple(
    "<!DOCTYPE".encode(encoding) for encoding in ("ascii", "utf-16-le", "utf-16-be")
)
LONGEST_MARK = max(map(len, DOCUMENT_TYPES))


def open_archive(content):
    """Return the ``zipfile.ZipFile`` of a content.

    :raise SpreadsheetError: when it has a password, or unpacks to more than a
        spreadsheet of our size needs
    """
    archive = zipfile.ZipFile(io.BytesIO(content))
    parts = archive.infolist()
    if any(part.flag_bits & 0x1 for part in parts):
        raise SpreadsheetError("encrypted")
    if sum(part.file_size for part in parts) > MAX_UNPACKED_SIZE:
        raise SpreadsheetError("unpacks_too_large")
    return archive


def check_part(archive, part):
    """Refuse a part that is more than can be read as a whole."""
    if part.file_size > MAX_PART_SIZE:
        raise SpreadsheetError("unpacks_too_large")
    check_tags(archive, part, MAX_TAGS_OF_PART)


def check_tags(archive, part, most_tags):
    tags = 0
    for chunk in iterate_chunks(archive, part):
        tags += chunk.count(b"<")
        if tags > most_tags:
            raise SpreadsheetError("unpacks_too_large")


def iterate_sheet_chunks(archive, part, row_tag):
    """Yield the content of a sheet, of which a row is read at a time.

    Counted are rows, and what stands between them and is kept as a whole.

    :param row_tag: pattern of what a row begins with
    """
    rows = tags = tags_of_row = 0
    for chunk in iterate_chunks(archive, part):
        rows += len(row_tag.findall(chunk))
        for number, piece in enumerate(chunk.split(b"row")):
            count = piece.count(b"<")
            tags_of_row = count if number else tags_of_row + count
            tags += count
            if tags_of_row > MAX_TAGS_OF_PART or tags > MAX_TAGS_OF_SHEET:
                raise SpreadsheetError("unpacks_too_large")
        if rows > MAX_SHEET_ROWS:
            raise SpreadsheetError("too_many_empty_rows")
        yield chunk


def iterate_chunks(archive, part):
    """Yield the content of a part, in which no entities are defined."""
    with archive.open(part) as stream:
        tail = b""
        while chunk := stream.read(CHUNK_SIZE):
            if any(mark in tail + chunk for mark in DOCUMENT_TYPES):
                raise SpreadsheetError("not_spreadsheet")
            tail = chunk[-LONGEST_MARK:]
            yield chunk

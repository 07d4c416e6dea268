"""The kinds of files, told by what is in them. What they are called does not matter."""

import io
import re
import zipfile

from ..errors import SpreadsheetError
from .archive import SIGNATURE as ZIP_SIGNATURE
from .excel_file import WORKBOOK_PART, ExcelFile
from .ods_file import MEDIA_TYPE as ODS_MEDIA_TYPE
from .ods_file import OdsFile
from .old_excel_file import SIGNATURES as OLD_EXCEL_SIGNATURES
from .old_excel_file import OldExcelFile
from .text_file import TextFile

# {how a file begins: why it is refused}
OTHER_SIGNATURES = {
    b"%PDF": "pdf",
    b"{\\rtf": "document",
    b"\x89PNG": "picture",
    b"\xff\xd8\xff": "picture",
    b"GIF8": "picture",
    b"II*\x00": "picture",
    b"MM\x00*": "picture",
    b"\x1f\x8b": "packed",
    b"Rar!": "packed",
    b"7z\xbc\xaf\x27\x1c": "packed",
}
# Pictures of telephones say what they are behind their length.
HEIC = re.compile(rb"....ftyp(heic|heix|mif1|avif)", re.DOTALL)
BYTE_ORDER_MARKS = re.compile(rb"\A(\xef\xbb\xbf|\xff\xfe|\xfe\xff)")
# Pages that Excel opens with a warning; many programs export them as .xls.
WEB_PAGE = re.compile(
    rb"<!doctype html|<(html|head|body|table|meta|style|div|tr)\b|mime-version:",
    re.IGNORECASE,
)
XML_WORKBOOKS = (b"urn:schemas-microsoft-com:office:spreadsheet", b"office:document")
WHOLE_START = 4096

# {what a part of a zipped file is called: why the file is refused}
PARTS = (
    (re.compile(r"xl/workbook\.bin"), "xlsb"),
    (re.compile(r"word/document\.xml"), "document"),
    (re.compile(r".*\.iwa|Index\.zip"), "numbers"),
    (re.compile(r".*\.(xlsx|xlsm|xls|ods|csv|txt)", re.IGNORECASE), "packed"),
)
MEDIA_TYPE_PART = "mimetype"


def open_file(content):
    """Return what reads a file, by what is in it.

    It has ``iterate_tables``, which yields a :class:`Table` for each visible sheet, and
    after that says ``has_macros``, ``encoding`` where that was guessed, and
    ``first_day``, from which the file counts its days.

    :raise SpreadsheetError: when it is of a kind that can't be read
    """
    if content.startswith(ZIP_SIGNATURE):
        return _open_zipped_file(content)
    if content.startswith(OLD_EXCEL_SIGNATURES):
        return OldExcelFile(content)
    if reason := _find_other_kind(content):
        raise SpreadsheetError(reason)
    return TextFile(content)


def _open_zipped_file(content):
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        names = archive.namelist()
        if any(map(WORKBOOK_PART.fullmatch, names)):
            return ExcelFile(content)
        if _read_media_type(archive) == ODS_MEDIA_TYPE:
            return OdsFile(content)
    for part, reason in PARTS:
        if any(map(part.fullmatch, names)):
            raise SpreadsheetError(reason)
    raise SpreadsheetError("not_spreadsheet")


def _read_media_type(archive):
    """Return what a file of OpenDocument says that it is."""
    if MEDIA_TYPE_PART not in archive.namelist():
        return b""
    with archive.open(MEDIA_TYPE_PART) as part:
        return part.read(len(ODS_MEDIA_TYPE))


def _find_other_kind(content):
    """Return why a file that is neither zipped nor of Excel's is refused."""
    for signature, reason in OTHER_SIGNATURES.items():
        if content.startswith(signature):
            return reason
    if HEIC.match(content):
        return "picture"
    # Without zeros, UTF-16 is as good as ASCII.
    start = BYTE_ORDER_MARKS.sub(b"", content[:WHOLE_START]).replace(b"\x00", b"")
    start = start.lstrip()
    if start.startswith(b"<") and any(name in start for name in XML_WORKBOOKS):
        return "xml_workbook"
    if WEB_PAGE.match(start) or (start.startswith(b"<") and WEB_PAGE.search(start)):
        return "web_page"
    return "not_spreadsheet" if start.startswith(b"<") else None

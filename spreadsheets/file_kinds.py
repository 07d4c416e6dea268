"""The kinds of files that are read. What a file is called does not matter."""

from . import archive, old_excel_file
from .excel_file import ExcelFile
from .old_excel_file import OldExcelFile
from .text_file import TextFile


def open_file(content):
    """Return what reads a file, by what is in it.

    It has ``iterate_tables``, which yields a :class:`Table` for each visible sheet, and
    after that says ``has_macros``, ``encoding`` where that was guessed, and
    ``first_day``, from which the file counts its days.
    """
    if content.startswith(archive.SIGNATURE):
        return ExcelFile(content)
    if content.startswith(old_excel_file.SIGNATURE):
        return OldExcelFile(content)
    return TextFile(content)

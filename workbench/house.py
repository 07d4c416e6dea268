"""How large the files, classes and methods of the addon are."""

import ast
import io
import re
import statistics
import subprocess
import tarfile
from collections import defaultdict
from dataclasses import dataclass
from fnmatch import fnmatch
from functools import cached_property
from pathlib import PurePosixPath

from .cache import ROOT

# What is measured, in the order in which it is shown: {name: patterns of paths}.
FOLDERS = {
    "models": ("models/*.py",),
    "wizards": ("wizards/*.py",),
    "spreadsheets": ("spreadsheets/*.py",),
    "controllers": ("controllers/*.py",),
    "tools": ("tools/*.py",),
    "static/src js": ("static/src/*.js",),
    "static/src xml": ("static/src/*.xml",),
    "static/src scss": ("static/src/*.scss",),
    "views": ("views/*.xml", "wizards/*.xml", "reports/*.xml"),
    "tests": ("tests/*.py", "static/tests/*.js"),
}
# What more than these is above the limits of the house: lines of a file, members of a
# class in one file, lines of a method.
MOST_LINES, MOST_MEMBERS, MOST_METHOD_LINES = 450, 40, 30
SUFFIXES = (".py", ".js", ".xml", ".scss")
# As prettier writes them: a class begins and ends at the margin, a member four columns
# from it.
SCRIPT_CLASS = re.compile(
    r"^(?:export )?(?:default )?class (\w+)[^\n]*\n(.*?)^}", re.M | re.S
)
SCRIPT_MEMBER = re.compile(
    r"^ {4}(?:(?:static|async|get|set) )*[*#]?[\w$]+ ?[(=;]", re.M
)


def read_checkout():
    """Return ``{path: text}`` of the checkout, with what is not committed yet."""
    listed = _git("ls-files", "--cached", "--others", "--exclude-standard").decode()
    return {
        path: (ROOT / path).read_text()
        for path in listed.splitlines()
        if path.endswith(SUFFIXES) and (ROOT / path).is_file()
    }


def read_reference(reference):
    """Return the same of a commit, a branch or a tag."""
    archive = io.BytesIO(_git("archive", "--format=tar", reference))
    with tarfile.open(fileobj=archive) as files:
        return {
            member.name: files.extractfile(member).read().decode()
            for member in files
            if member.isfile() and member.name.endswith(SUFFIXES)
        }


def _git(*arguments):
    return subprocess.run(
        ["git", *arguments], cwd=ROOT, check=True, stdout=subprocess.PIPE
    ).stdout


@dataclass(frozen=True)
class Sized:
    """Something with a size: the lines of a file or method, the members of a class."""

    size: int
    path: str
    name: str = ""


class House:
    """The figures of the files of one state of the repository."""

    def __init__(self, files):
        self.folders = defaultdict(dict)
        for path, text in files.items():
            folder = self._find_folder(path)
            if folder:
                self.folders[folder][path] = text

    def _find_folder(self, path):
        for name, patterns in FOLDERS.items():
            if any(fnmatch(path, pattern) for pattern in patterns):
                return name
        return None

    @cached_property
    def files(self):
        """All but tests, the largest first."""
        return self._sort(
            Sized(self._count_lines(text), path)
            for folder, files in self.folders.items()
            if folder != "tests"
            for path, text in files.items()
        )

    @cached_property
    def classes(self):
        """The classes in Python; each by how many methods it defines in one file."""
        return self._sort(
            Sized(len(self._get_functions(node)), path, node.name)
            for path, tree in self._trees.items()
            for node in tree.body
            if isinstance(node, ast.ClassDef)
        )

    @cached_property
    def methods(self):
        """The methods and functions in Python; each by its lines without decorators."""
        return self._sort(
            Sized(node.end_lineno - node.lineno + 1, path, node.name)
            for path, tree in self._trees.items()
            for owner in ast.walk(tree)
            if isinstance(owner, ast.Module | ast.ClassDef)
            for node in self._get_functions(owner)
        )

    @cached_property
    def script_classes(self):
        """The classes in JavaScript; each by how many members it has."""
        return self._sort(
            Sized(len(SCRIPT_MEMBER.findall(body)), path, name)
            for path, text in self.folders["static/src js"].items()
            for name, body in SCRIPT_CLASS.findall(text)
        )

    @cached_property
    def _trees(self):
        return {
            path: ast.parse(text)
            for folder, files in self.folders.items()
            if folder != "tests"
            for path, text in files.items()
            if PurePosixPath(path).suffix == ".py"
        }

    def _get_functions(self, owner):
        kinds = (ast.FunctionDef, ast.AsyncFunctionDef)
        return [node for node in owner.body if isinstance(node, kinds)]

    def _sort(self, sized):
        return sorted(sized, key=lambda part: (-part.size, part.path, part.name))

    def _count_lines(self, text):
        return len(text.splitlines())

    def get_folders(self):
        """Return ``{folder: {"files": …, "lines": …, "longest": …}}``."""
        figures = {}
        for folder in FOLDERS:
            lines = [self._count_lines(text) for text in self.folders[folder].values()]
            figures[folder] = {
                "files": len(lines),
                "lines": sum(lines),
                "longest": max(lines, default=0),
            }
        return figures

    def get_summary(self):
        """Return ``{what: number}``; lengths in lines."""
        lengths = sorted(method.size for method in self.methods)
        above = sum(length > MOST_METHOD_LINES for length in lengths)
        return {
            "files": len(self.files),
            f"files above {MOST_LINES} lines": self._count_above(
                self.files, MOST_LINES
            ),
            "longest file": self._get_most(self.files),
            "classes": len(self.classes),
            f"classes above {MOST_MEMBERS} methods in one file": self._count_above(
                self.classes, MOST_MEMBERS
            ),
            "largest class": self._get_most(self.classes),
            "methods": len(lengths),
            "median of a method": statistics.median_low(lengths),
            "90th percentile": lengths[int(0.9 * len(lengths))],
            "longest method": lengths[-1],
            f"methods above {MOST_METHOD_LINES} lines, %": round(
                100 * above / len(lengths), 1
            ),
            "classes in JavaScript": len(self.script_classes),
            "largest of them": self._get_most(self.script_classes),
        }

    def _get_most(self, sized):
        return sized[0].size if sized else 0

    def _count_above(self, sized, most):
        return sum(part.size > most for part in sized)

    def get_largest(self, number):
        """Return ``{what: the largest of them}``, so many of each."""
        return {
            "Lines of a file": self.files[:number],
            "Methods of a class in a file": self.classes[:number],
            "Lines of a method": self.methods[:number],
            "Members of a class in JavaScript": self.script_classes[:number],
        }

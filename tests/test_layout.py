import ast
import sys
from collections import defaultdict
from pathlib import Path, PurePosixPath

from odoo.tests import BaseCase

ROOT = Path(__file__).parents[1]
FOLDERS = ("models", "wizards", "reports", "spreadsheets", "tools", "controllers")
SPREADSHEET_LIBRARIES = {"chardet", "lxml", "openpyxl", "xlrd", "xlsxwriter"}
MOST_LINES = 450
MOST_METHODS = 40


def get_trees(*folders):
    """Yield the path of each Python file below folders, and its tree."""
    for folder in folders:
        for path in sorted((ROOT / folder).rglob("*.py")):
            yield path.relative_to(ROOT), ast.parse(path.read_text())


def get_imports(path, tree):
    """Yield what a file imports: our own as ``models/transfer``, others as ``odoo``."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name.replace(".", "/") for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            module = (node.module or "").replace(".", "/")
            if not node.level:
                yield module
                continue
            folder = str(path.parents[node.level - 1] / module)
            yield folder
            # What is imported may be a module itself.
            yield from (f"{folder}/{alias.name}" for alias in node.names)


def get_model(node):
    """Return the model that a class is or extends, or None."""
    values = {
        statement.targets[0].id: getattr(statement.value, "value", None)
        for statement in node.body
        if isinstance(statement, ast.Assign)
        and isinstance(statement.targets[0], ast.Name)
    }
    return values.get("_name") or values.get("_inherit")


def calls_super(method):
    return "super" in {getattr(node, "id", None) for node in ast.walk(method)}


def is_below(name, *folders):
    return bool(set(folders) & {name, *map(str, PurePosixPath(name).parents)})


class TestLayout(BaseCase):
    """Who has read the names of the files can say where a rule lives."""

    def test_spreadsheets_know_no_database(self):
        """They read and write files, with Python and the libraries for it alone."""
        allowed = {*sys.stdlib_module_names, *SPREADSHEET_LIBRARIES, "spreadsheets"}
        for path, tree in get_trees("spreadsheets"):
            with self.subTest(path):
                imported = {name.split("/")[0] for name in get_imports(path, tree)}
                self.assertFalse(imported - allowed)
                names = {getattr(node, "id", None) for node in ast.walk(tree)}
                names |= {getattr(node, "attr", None) for node in ast.walk(tree)}
                names |= {getattr(node, "arg", None) for node in ast.walk(tree)}
                self.assertNotIn("env", names)

    def test_tools_know_no_models(self):
        for path, tree in get_trees("tools"):
            with self.subTest(path):
                for name in get_imports(path, tree):
                    self.assertFalse(is_below(name, "models", "wizards"), name)

    def test_models_import_from_no_model_of_another_folder(self):
        """It would change the order in which Odoo registers them."""
        for path, tree in get_trees("models"):
            if len(path.parts) < 3:
                continue
            own = f"models/{path.parts[1]}"
            with self.subTest(path):
                for name in get_imports(path, tree):
                    if is_below(name, "models", "wizards"):
                        self.assertTrue(is_below(name, own, "models/mixins"), name)

    def test_files_are_not_long(self):
        for path, _tree in get_trees(*FOLDERS):
            with self.subTest(path):
                lines = len((ROOT / path).read_text().splitlines())
                self.assertLessEqual(lines, MOST_LINES)

    def test_classes_are_not_large(self):
        for path, tree in get_trees(*FOLDERS):
            for node in ast.walk(tree):
                if isinstance(node, ast.ClassDef):
                    methods = [
                        part for part in node.body if isinstance(part, ast.FunctionDef)
                    ]
                    with self.subTest(f"{path} {node.name}"):
                        self.assertLessEqual(len(methods), MOST_METHODS)

    def test_wizards_have_their_views_beside_them(self):
        for view in (ROOT / "wizards").glob("*.xml"):
            model = view.name.replace("_views.xml", ".py")
            self.assertTrue((ROOT / "wizards" / model).exists(), view.name)
            self.assertFalse((ROOT / "views" / view.name).exists(), view.name)

    def test_no_method_of_a_model_hides_another(self):
        """Two files of a model that name a method alike don't know of each other: only
        who calls the one below by `super()` does."""
        written = defaultdict(list)
        for path, tree in get_trees("models", "reports", "wizards"):
            for node in tree.body:
                model = isinstance(node, ast.ClassDef) and get_model(node)
                for method in node.body if model else ():
                    if isinstance(method, ast.FunctionDef):
                        written[model, method.name].append((path, method))
        for (model, name), methods in written.items():
            with self.subTest(model, name=name):
                alone = [path for path, method in methods if not calls_super(method)]
                self.assertLess(len(alone), 2, alone)

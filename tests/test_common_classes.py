import ast
from pathlib import Path

from odoo.tests import BaseCase

FOLDER = Path(__file__).parent


class TestCommonClasses(BaseCase):
    """What several test files need is in `common_*.py`: a test that is imported by
    another one would run twice, and could not be changed by itself."""

    def get_imports(self, path):
        """Return the names of the modules beside a file that it imports."""
        return {
            name
            for node in ast.walk(ast.parse(path.read_text()))
            if isinstance(node, ast.ImportFrom) and node.level == 1
            for name in ([node.module] if node.module else self.get_names(node))
        }

    def get_names(self, node):
        return [alias.name for alias in node.names]

    def test_no_test_file_is_imported_by_another(self):
        for path in sorted(FOLDER.glob("[!_]*.py")):
            with self.subTest(path.name):
                imported = self.get_imports(path)
                self.assertFalse({n for n in imported if n.startswith("test_")})

    def test_every_test_file_is_run_by_odoo(self):
        files = sorted(path.stem for path in FOLDER.glob("test_*.py"))
        self.assertEqual(sorted(self.get_imports(FOLDER / "__init__.py")), files)

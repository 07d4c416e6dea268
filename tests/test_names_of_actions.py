from odoo.modules.module import load_script
from odoo.tests import tagged

from .common_transfers import StoreTransferCase

SHOWN = ("ir.actions.act_window", "ir.actions.client")


@tagged("post_install", "-at_install")
class TestNamesOfActions(StoreTransferCase):
    """Who has read one name of an action knows how the others begin."""

    def find_names(self):
        return self.env["ir.model.data"].search(
            [("module", "=", "store_transfer"), ("model", "in", SHOWN)]
        )

    def get_actions(self):
        """Return ``{name: id}`` of what shows a screen."""
        return {name.name: name.res_id for name in self.find_names()}

    def test_all_begin_alike(self):
        for name in self.get_actions():
            with self.subTest(name):
                self.assertTrue(name.startswith("action_store_transfer_"))

    def test_an_update_keeps_each_action_under_its_new_name(self):
        """What users have put on their home screen is the same action as before."""
        path = "store_transfer/migrations/19.0.1.9.0/pre-action_names.py"
        script = load_script(path, "action_names")
        actions = self.get_actions()
        for old, new in reversed(script.NAMES.items()):
            self.find_names().filtered(lambda one, new=new: one.name == new).name = old
        before = self.get_actions()
        self.assertLessEqual(set(script.NAMES), before.keys())
        self.env.flush_all()
        script.migrate(self.cr, "19.0.1.8.0")
        self.env.invalidate_all()
        self.assertEqual(self.get_actions(), actions)

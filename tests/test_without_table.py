from odoo.exceptions import UserError
from odoo.service.model import call_kw
from odoo.tests import tagged
from odoo.tools import mute_logger

from .common_scan import ScanCase

# How records are asked for and changed over RPC; with "ids" on some that there may be,
# with "id" on one of them.
CALLS = (
    ("copy", "ids"),
    ("create", {}),
    ("default_get", ["id"]),
    ("export_data", "ids", ["display_name"]),
    ("fields_get",),
    ("formatted_read_group", [], [], ["__count"]),
    ("formatted_read_group", [], ["id"], ["__count"]),
    ("formatted_read_grouping_sets", [], [["id"], []], ["__count"]),
    ("get_metadata", "ids"),
    ("has_access", "ids", "read"),
    ("load", ["id"], [["1"]]),
    ("name_create", "x"),
    ("name_search", "x"),
    ("onchange", "ids", {}, [], {"display_name": {}}),
    ("onchange", [], {}, [], {"display_name": {}}),
    ("read", "ids", ["display_name"]),
    ("read_group", [], ["id"], ["id"]),
    ("read_progress_bar", [], "id", {"field": "id", "colors": {}}),
    ("search", []),
    ("search_count", []),
    ("search_fetch", [], ["display_name"]),
    ("search_read", []),
    ("unlink", "ids"),
    ("web_name_search", "x", {"display_name": {}}),
    ("web_override_translations", "id", {}),
    ("web_read", "ids", {"display_name": {}}),
    ("web_read_group", [], ["id"], ["__count"]),
    ("web_resequence", "ids", {}),
    ("web_save", "ids", {}, {"display_name": {}}),
    ("web_save_multi", "id", [{}], {"display_name": {}}),
    ("web_search_read", [], {"display_name": {}}),
    ("write", "ids", {}),
)


@tagged("post_install", "-at_install")
class TestWithoutTable(ScanCase):
    """What Odoo asks of every model, of those of ours that have no table.

    Each call is answered, or refused in words: none reaches for the table.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.administrator = cls.env.ref("base.user_admin")
        cls.administrator.company_ids += cls.company
        cls.nobody = cls._create_plain_user("nobody", "base.group_user")

    def get_models(self):
        return [
            model
            for model in self.env.values()
            if model._original_module == "store_transfer"
            and (model._abstract or model._table_query)
        ]

    # Odoo warns of models without a name.
    @mute_logger("odoo.sql_db", "odoo.models", "odoo.models.unlink")
    def get_fault(self, user, model, method, arguments):
        """Call as RPC does; return what is no answer in words."""
        as_user = model.with_user(user).with_context(
            allowed_company_ids=user.company_ids.ids
        )
        savepoint = self.env.cr.savepoint()
        try:
            call_kw(as_user, method, arguments, {})
            self.env.flush_all()
        except UserError:
            return None
        except Exception as error:  # noqa: BLE001
            return f"{user.login}: {model._name}.{method}{arguments}: {error!r}"[:250]
        finally:
            savepoint.rollback()
            savepoint.close(rollback=False)
            self.env.invalidate_all(flush=False)
        return None

    def get_ids(self, model):
        found = [] if model._abstract else model.sudo().search([], limit=2).ids
        return found or [1]

    def assertAnswersInWords(self, user):
        self.make_shipped_transfer()
        faults = []
        for model in self.get_models():
            ids = self.get_ids(model)
            for method, *arguments in CALLS:
                if arguments and arguments[0] in ("id", "ids"):
                    chosen = ids if arguments[0] == "ids" else ids[:1]
                    arguments = [chosen, *arguments[1:]]
                if fault := self.get_fault(user, model, method, arguments):
                    faults.append(fault)
        self.assertFalse(faults, "\n".join(faults))

    def test_models_are_found(self):
        names = {model._name for model in self.get_models()}
        self.assertGreaterEqual(
            names,
            {
                "store.transfer.api",
                "store.transfer.overview",
                "store.transfer.till",
                "store.transfer.webhook.secret",
                "store.transfer.work",
            },
        )

    def test_staff(self):
        self.assertAnswersInWords(self.shop_staff)

    def test_an_approver(self):
        self.assertAnswersInWords(self.shop_approver)

    def test_head_office(self):
        self.assertAnswersInWords(self.head_office)

    def test_an_administrator(self):
        self.assertAnswersInWords(self.administrator)

    def test_who_is_of_no_group(self):
        self.assertAnswersInWords(self.nobody)

from odoo.exceptions import AccessError, UserError
from odoo.fields import Command
from odoo.tests import tagged

from .common_transfers import StoreTransferCase


@tagged("post_install", "-at_install")
class TestReach(StoreTransferCase):
    """Nobody is told of a record out of reach by proposing a link to it."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.other_company = cls.env["res.company"].create({"name": "Other Goods"})
        cls.other_head_office = cls._create_user(
            "other_head_office", "group_head_office", company=cls.other_company
        )
        cls.south_approver = cls._create_user(
            "south_approver", "group_approver", cls.shop_south
        )

    def get_models_of_ours(self):
        return [
            model
            for model in self.env.values()
            if model._original_module == "store_transfer" and not model._abstract
        ]

    def make_a_record_of_each_kind(self):
        """Make a transfer with a count, a scan, a difference and a question."""
        transfer = self.make_shipped_transfer()
        self.make_transfer()
        action = transfer.with_user(self.shop_staff).action_start_count()
        count = self.env["store.transfer.count"].with_user(self.shop_staff)
        count = count.browse(action["res_id"])
        count.record_scans([{"uuid": "a" * 8, "kind": "scan", "barcode": "TEA-001"}])
        count.action_submit()
        self.env["stock.lot"].create({"name": "L-1", "product_id": self.tea.id})
        return transfer

    def get_out_of_reach(self, user):
        """Return ``{model name: a record that this user may not read}``."""
        self.make_a_record_of_each_kind()
        comodels = {
            field.comodel_name
            for model in self.get_models_of_ours()
            for field in model._fields.values()
            if field.relational
        }
        records = {}
        for name in comodels:
            found = self.env[name].sudo().search([], order="id desc", limit=50)
            readable = found.with_user(user)._filtered_access("read")
            records[name] = (found - readable.sudo())[:1]
        return {name: record for name, record in records.items() if record}

    def get_values(self, field, record):
        """Return the ways to say in values that ``field`` is linked to ``record``."""
        if field.type == "many2one":
            return [record.id, {"id": record.id}]
        return [
            [Command.link(record.id)],
            [Command.set(record.ids)],
            [Command.update(record.id, {})],
            record.ids,
        ]

    def get_proposals(self, model, out_of_reach, depth=1):
        """Return ``(field name, value)`` that link to what is out of reach."""
        for name, field in model._fields.items():
            if not field.relational or name in ("create_uid", "write_uid"):
                continue
            if field.comodel_name in out_of_reach:
                for value in self.get_values(field, out_of_reach[field.comodel_name]):
                    yield name, value
            if depth and field.type == "one2many":
                lines = model.env[field.comodel_name]
                if lines._original_module == "store_transfer":
                    for deep in self.get_proposals(lines, out_of_reach, depth - 1):
                        yield name, [[Command.CREATE, "virtual_1", dict([deep])]]

    def assertTellsNothing(self, user, at_least):
        out_of_reach = self.get_out_of_reach(user)
        self.assertGreaterEqual(out_of_reach.keys(), at_least)
        for model in self.get_models_of_ours():
            if not model.with_user(user).has_access("create"):
                continue
            model = model.with_user(user)
            for name, value in self.get_proposals(model, out_of_reach):
                for way, ask in self.get_ways(model, name, value).items():
                    with self.subTest(way, model=model._name, field=name, value=value):
                        with self.assertRaises(AccessError):
                            ask()

    def get_ways(self, model, name, value):
        proposed = model.with_context(**{f"default_{name}": value})
        ways = {
            "value": lambda: model.onchange({name: value}, [name], {name: {}}),
            "shown": lambda: model.onchange({name: value}, [], {name: {}}),
            "default": lambda: proposed.onchange({}, [], {name: {}}),
            "default_get": lambda: proposed.default_get([name]),
            "create": lambda: model.create({name: value}),
        }
        written_by_steps = getattr(model, "_get_step_fields", frozenset)()
        if name not in written_by_steps:
            ways["create by default"] = lambda: proposed.create({})
        return ways

    def test_every_model_asks(self):
        for model in self.get_models_of_ours():
            with self.subTest(model._name):
                self.assertIsInstance(model, self.env.registry["store.transfer.reach"])

    def test_of_another_company(self):
        self.assertTellsNothing(
            self.other_head_office,
            {
                "store.transfer",
                "store.transfer.line",
                "store.transfer.count",
                "store.transfer.discrepancy",
                "product.product",
                "stock.warehouse",
            },
        )

    def test_of_another_store(self):
        self.assertTellsNothing(
            self.south_approver,
            {"store.transfer", "store.transfer.line", "store.transfer.discrepancy"},
        )

    def test_default_lines_of_a_question(self):
        """The lines that a question proposes are the user's own, at any depth."""
        draft = self.make_transfer()
        wizards = self.env["store.transfer.ship"].with_user(self.south_staff)
        lines = [Command.create({"line_id": draft.line_ids.id})]
        shown = {"line_ids": {"fields": {"asked_quantity": {}, "default_code": {}}}}
        with self.assertRaises(AccessError):
            wizards.with_context(default_line_ids=lines).onchange({}, [], shown)
        with self.assertRaises(AccessError):
            wizards.onchange({"line_ids": lines}, ["line_ids"], shown)
        deep = wizards.with_context(default_line_id=draft.line_ids.id)
        told = deep.onchange({"line_ids": [Command.create({})]}, ["line_ids"], shown)
        self.assertNotIn("TEA-001", str(told))

    def test_a_saved_default_proposes_nothing_else(self):
        draft = self.make_transfer()
        self.env["ir.default"].set(
            "store.transfer.ship.line",
            "line_id",
            draft.line_ids.id,
            user_id=self.south_staff.id,
        )
        lines = self.env["store.transfer.ship.line"].with_user(self.south_staff)
        with self.assertRaises(AccessError):
            lines.onchange({}, [], {"line_id": {}, "default_code": {}})

    def test_a_form_of_a_foreign_record(self):
        transfer = self.make_a_record_of_each_kind()
        for records in (
            transfer,
            transfer.line_ids,
            transfer.count_ids,
            transfer.count_ids.line_ids,
            transfer.discrepancy_ids,
        ):
            record = records[:1].with_user(self.south_approver)
            with self.subTest(record._name), self.assertRaises(AccessError):
                record.onchange({}, [], {"display_name": {}})

    def test_what_is_linked_already_is_no_news(self):
        """A form sends what it was shown, also what its reader can't open."""
        transfer = self.make_shipped_transfer()
        as_staff = transfer.with_user(self.shop_staff)
        self.shop_staff.company_ids += self.other_company
        partner = self.env["res.partner"].create(
            {"name": "Secret Supplier", "company_id": self.other_company.id}
        )
        self.shop_staff.company_ids -= self.other_company
        draft = self.make_transfer(user=self.shop_staff, initiator="destination")
        self.env.cr.execute(
            "UPDATE store_transfer SET partner_id = %s WHERE id = %s",
            (partner.id, draft.id),
        )
        self.env.invalidate_all()
        draft = draft.with_user(self.shop_staff)
        draft.onchange({"partner_id": partner.id}, ["partner_id"], {"partner_id": {}})
        with self.assertRaises(AccessError):
            as_staff.onchange(
                {"partner_id": partner.id}, ["partner_id"], {"partner_id": {}}
            )

    def test_what_is_no_record_is_refused_in_words(self):
        transfers = self.env["store.transfer"].with_user(self.ec_staff)
        for value in ("abc", 2**40, 1.5, -3, True, ["x"], {"id": "x"}):
            with self.subTest(value), self.assertRaises(UserError):
                transfers.create({"source_store_id": value})
        for value in (7, "abc", [["x"]], [[6, 0, ["x"]]], [[4, 2**40]], [[4, [1]]]):
            with self.subTest(value), self.assertRaises(UserError):
                transfers.create({"line_ids": value})

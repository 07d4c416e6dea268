import base64
import inspect
import re
from itertools import islice

from psycopg2 import IntegrityError

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.service.model import call_kw, get_public_method
from odoo.tests import tagged
from odoo.tools import SQL, mute_logger

from .common_scan import ScanCase

# What stands in the records of others, and in no one's answer.
QUANTITY = 43217
SECRETS = re.compile(r"zanzibar|43217|43,217", re.IGNORECASE)
# Odoo's own methods through which records are asked for, and changed.
ORM_METHODS = (
    "copy",
    "export_data",
    "formatted_read_group",
    "name_search",
    "read",
    "search_count",
    "search_read",
    "unlink",
    "web_read",
    "web_save",
    "web_search_read",
)
GARBAGE = (
    None,
    True,
    -1,
    2**70,
    float("nan"),
    "x\x00'\ud800",
    [],
    {},
    [[4, "x"]],
    {"id": {"id": []}},
    ["id", 7, None],
)
# Numbers that no record has.
NO_IDS = ([0], [2**31 - 1])
# Stock that a step on these records would have changed.
OTHER_TABLES = ("stock_move", "stock_move_line", "stock_picking", "stock_quant")


@tagged("post_install", "-at_install")
class TestHostileRegistry(ScanCase):
    """Every public method of every model of ours, as everybody who may not use it.

    What there is to call is read off the registry, so that nothing can be forgotten:
    nothing is let in, nothing is told, and nothing fails otherwise than in words.
    """

    # Odoo's own answers to a wrong number of arguments, or of records
    answers_of_odoo = re.compile(
        r"positional argument|Expected singleton|keyword argument"
    )

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.shop.transfer_blind_count = True
        cls.south_approver = cls._create_user(
            "south_approver", "group_approver", cls.shop_south
        )
        cls.other_company = cls.env["res.company"].create({"name": "Other Goods"})
        cls.stranger = cls._create_user(
            "stranger", "group_head_office", company=cls.other_company
        )
        cls.nobody = cls._create_plain_user("nobody", "base.group_user")
        cls.portal = cls._create_plain_user("portal_user", "base.group_portal")

    def get_models(self):
        return [
            model
            for model in self.env.values()
            if model._original_module == "store_transfer" and not model._abstract
        ]

    def get_till(self):
        """Return the model that tills call: it has no records, and acts on others."""
        return self.env["store.transfer.till"]

    def get_methods(self, model):
        """Return the names of what can be called by RPC and is written by us."""
        names = {
            name
            for cls in type(model).mro()
            if cls.__module__.startswith("odoo.addons.store_transfer.")
            for name, member in vars(cls).items()
            if inspect.isfunction(member) and not name.startswith("_")
        }
        inherited = () if model._abstract else ORM_METHODS
        return sorted(filter(lambda name: self.is_public(model, name), names)) + [
            name for name in inherited if name not in names
        ]

    def is_of_odoo(self, model, name):
        """Tell whether Odoo has this method, too, and reads the arguments itself."""
        return any(
            name in vars(cls)
            for cls in type(model).mro()
            if not cls.__module__.startswith("odoo.addons.store_transfer.")
        )

    def is_public(self, model, name):
        try:
            get_public_method(model, name)
        except AccessError:
            return False
        return True

    def make_secrets(self):
        """Make records of each model that belong to the shop and to EC."""
        secret = self._create_product("Zanzibar Vase", "ZANZIBAR-1")
        # What is left of it at EC is no secret: others may look that up.
        self._add_stock(self.ec, secret, 5 * QUANTITY)
        lines = {secret: QUANTITY, self.tea: 5}
        self.make_transfer(lines=lines, remark="A Zanzibar remark")
        waiting = self.make_transfer(lines=lines, remark="A Zanzibar remark")
        self.submit(waiting)
        # Counted in part, with a difference, and a second count that goes on.
        transfer = self.make_shipped_transfer(
            lines={self.tea: 10, self.mug: 3}, remark="A Zanzibar remark"
        )
        count = self.start(transfer)
        self.scan(count, "TEA-001")
        count.action_submit()
        self.scan(self.start(transfer), "TEA-001")
        discrepancy = transfer.sudo().discrepancy_ids[:1]
        discrepancy.write(
            {"answer": "A Zanzibar answer", "remark": "A Zanzibar remark"}
        )
        self.shipped = self.make_shipped_transfer(
            lines={secret: QUANTITY}, remark="A Zanzibar remark"
        )
        self.make_secret_pick(secret)
        self.make_secret_carton(count)
        self.env["store.transfer.reason"].create(
            {"name": "Broken pallet", "usage": "short", "company_id": self.company.id}
        )
        self.make_secret_import()
        self.make_secret_questions()
        self.make_secret_aside()
        self.make_secret_news()
        self.make_secret_reports()
        self.env["store.transfer.reminder"].create(
            {
                "user_id": self.shop_approver.id,
                "transfer_id": self.shipped.id,
                "kind": "count",
                "reason": "late",
                "start_date": fields.Datetime.now(),
            }
        )
        self.env["store.transfer.pin.attempt"].create(
            {
                "user_id": self.shop_approver.id,
                "picking_type_id": self.shop.out_type_id.id,
            }
        )
        return self.get_secret_records()

    def make_secret_pick(self, secret):
        transfer = self.make_transfer(lines={secret: QUANTITY})
        self.submit(transfer)
        self.approve(transfer)
        action = transfer.with_user(self.ec_staff).action_pick()
        picks = self.env["store.transfer.pick"].with_user(self.ec_staff)
        pick = picks.browse(action["params"]["pick_id"])
        self.send(
            pick,
            {"uuid": "secret-carton", "kind": "carton"},
            {"kind": "scan", "barcode": "ZANZIBAR-1", "carton": "secret-carton"},
        )
        self.env["store.transfer.substitution"].create(
            {
                "transfer_id": transfer.id,
                "line_id": transfer.line_ids.id,
                "replaced_quantity": QUANTITY,
                "product_id": self.mug.id,
                "quantity": QUANTITY,
                "remark": "A Zanzibar remark",
            }
        )

    def make_secret_aside(self):
        """Set something aside that staff of the shop have counted."""
        line = self.shipped.sudo().line_ids
        line.customer_name = "Zanzibar"
        self.env["store.transfer.aside"].create(
            {
                "line_id": line.id,
                "shelf_id": self.shop.lot_stock_id.id,
                "place_id": self.shop._get_aside_location().id,
                "quantity": 1,
            }
        )

    def make_secret_news(self):
        """Write down what other systems ask for, and are told."""
        transfer = {"transfer_id": self.shipped.id}
        webhook = self.env["store.transfer.webhook"].create(
            {
                "name": "Zanzibar",
                "url": "https://shop.example.com/zanzibar",
                "company_id": self.company.id,
            }
        )
        self.env["store.transfer.webhook.message"].create(
            {
                **transfer,
                "webhook_id": webhook.id,
                "uuid": "zanzibar",
                "type": "transfer.changed",
                "body": '{"sku": "ZANZIBAR-1"}',
            }
        )
        self.env["store.transfer.change"].create(transfer)
        self.env["store.transfer.api.key"].create(
            {
                **transfer,
                "name": f"zanzibar {self.shipped.id}",
                "user_id": self.ec_staff.id,
                "method": "ship",
                "fingerprint": "zanzibar",
                "date": fields.Datetime.now(),
            }
        )

    def make_secret_reports(self):
        """Let there be something in each report that is kept, or is about the past."""
        done = self.make_shipped_transfer(
            lines={self.mug: 2}, remark="A Zanzibar remark"
        )
        self.receive_all(done, self.shop_approver)
        lanes = self.env["store.transfer.lane"]
        lane = {"source_store_id": self.ec.id, "destination_store_id": self.shop.id}
        if not lanes.search_count([]):
            lanes.create({**lane, "promised_days": 3, "number_of_transfers": 12})
        check = self.env["store.transfer.ledger.check"].create(
            {"company_id": self.company.id, "move_count": QUANTITY, "state": "done"}
        )
        self.env["store.transfer.ledger.finding"].create(
            {
                "check_id": check.id,
                "rule": "term",
                "detail": "Zanzibar",
                "transfer_id": self.shipped.id,
            }
        )

    def make_secret_carton(self, count):
        """Write down that a carton was counted, as a scan of its label does."""
        self.env["store.transfer.count.scan.part"].create(
            {
                "scan_id": count.sudo().scan_ids[:1].id,
                "line_id": count.sudo().line_ids[:1].id,
                "quantity": 1,
            }
        )

    def make_secret_import(self):
        text = (
            "Expected date,To store(s),SKU,Quantity,Kommentar\n"
            "2030-01-01,SHN,ZANZIBAR-1,43217,Zanzibar\n"
            "2030-01-02,SHN,ZANZIBAR-2,43217,Zanzibar\n"
        )
        one = self.env["store.transfer.import"].with_user(self.ec_staff)
        one = one.create(
            {
                "company_id": self.company.id,
                "file": base64.b64encode(text.encode()),
                "file_name": "zanzibar.csv",
            }
        )
        one.action_check()
        comment = one.column_ids.filtered(lambda column: column.heading == "Kommentar")
        comment.column_name = "remark"
        one.action_check()
        self.env["store.transfer.import.replacement"].create(
            {
                "import_id": one.id,
                "column_name": "sku",
                "written": "ZANZIBAR-2",
                "meant": "ZANZIBAR-1",
            }
        )

    def make_secret_questions(self):
        """Insert a row of each transient model, past the steps that would ask it."""
        for model in self.get_models():
            if model._transient:
                self.insert_question(model)

    def insert_question(self, model):
        values = {"create_uid": self.head_office.id}
        for name, field in model._fields.items():
            if field.required and field.type == "selection":
                values[name] = field.get_values(self.env)[0]
            elif field.required and field.type == "float":
                values[name] = QUANTITY
            elif field.required and field.type == "many2one":
                comodel = self.env[field.comodel_name]
                found = self.get_of_company(comodel)[:1]
                values[name] = found.id or self.insert_question(comodel)
        [[row_id]] = self.env.execute_query(
            SQL(
                "INSERT INTO %s (%s) VALUES %s RETURNING id",
                SQL.identifier(model._table),
                SQL(", ").join(SQL.identifier(name) for name in values),
                tuple(values.values()),
            )
        )
        return row_id

    def get_secret_records(self):
        """Return ``{model name: records}`` that belong to the company of the chain."""
        return {model._name: self.get_of_company(model) for model in self.get_models()}

    def get_of_company(self, model):
        """Return those of the chain's company, where they belong to a company."""
        found = model.sudo().search([])
        if "company_id" not in model._fields:
            return found
        return found.filtered(lambda one: one.company_id == self.company)

    def get_arguments(self, model, name, known_arguments):
        """Return lists of arguments to call a method with: first what it expects."""
        method = get_public_method(model, name)
        parameters = [
            parameter
            for parameter in list(inspect.signature(method).parameters.values())[1:]
            if parameter.kind == parameter.POSITIONAL_OR_KEYWORD
        ]
        if self.is_of_odoo(model, name):
            known = ("groupby", "aggregates")
            parameters = [
                parameter
                for parameter in parameters
                if parameter.default is parameter.empty or parameter.name in known
            ]
        plausible = [known_arguments.get(parameter.name) for parameter in parameters]
        yield plausible
        if self.is_of_odoo(model, name):
            return
        for position in range(len(parameters)):
            for garbage in GARBAGE:
                yield [*plausible[:position], garbage, *plausible[position + 1 :]]

    def get_known_arguments(self, model):
        """Return ``{parameter: value}``: what one would call a method of ours with."""
        fields = model.fields_get() if model.has_access("read") else {}
        texts = [
            key
            for key, field in fields.items()
            if field["type"] in ("char", "text") and not field["readonly"]
        ]
        specification = self.get_specification(model, fields)
        return {
            "aggregates": ["__count"],
            "barcode": "ZANZIBAR-1",
            "code": self.shipped.name,
            "defaults": {},
            "default": None,
            "domain": [],
            "events": [{"uuid": "e" * 8, "kind": "scan", "barcode": "ZANZIBAR-1"}],
            "field_names": [],
            "fields": list(fields),
            "fields_spec": specification,
            "fields_to_export": texts,
            "groupby": ["id"],
            "how": "free",
            "job": "count",
            "kind": "pull",
            "limit": 40,
            "note": "",
            "offset": 0,
            "picking_type_id": self.shop.out_type_id.id,
            "product_or_code": "ZANZIBAR-1",
            "rest": "keep",
            "step": "confirm_arrival",
            "tab": "to_arrive",
            "transfer_id": self.shipped.id,
            "specification": specification,
            "since": "2020-01-01 00:00:00",
            "tab_domains": [[]],
            "text": "",
            "vals": dict.fromkeys(texts, "Written by a stranger"),
            "vals_list": [dict.fromkeys(texts, "Written by a stranger")],
            "values": {},
            "load": "_classic_read",
        }

    def get_specification(self, model, fields):
        specification = {}
        for name, field in fields.items():
            comodel = self.env.get(field.get("relation"))
            is_ours = comodel is not None and comodel._original_module == (
                "store_transfer"
            )
            specification[name] = {}
            if is_ours:
                deep = comodel.with_user(model.env.user)
                if deep.has_access("read"):
                    of_comodel = dict.fromkeys(deep.fields_get(), {})
                    specification[name] = {"fields": of_comodel}
        return specification

    @mute_logger("odoo.sql_db")
    def call(self, user, model, name, ids, arguments):
        """Call as RPC does; return what is told, and whether it was refused.

        What is done is undone afterwards.
        """
        model = model.with_user(user).with_context(
            allowed_company_ids=user.company_ids.ids
        )
        method = get_public_method(model, name)
        if not getattr(method, "_api_model", False):
            arguments = [ids, *arguments]
        told, changed = "", False
        savepoint = self.env.cr.savepoint()
        try:
            told = repr(call_kw(model, name, arguments, {}))
            self.env.flush_all()
            changed = self.get_fingerprint() != self.before
        # What a form lacks, Odoo says in words when it has rolled back.
        except (UserError, IntegrityError) as error:
            told = str(error)
        except (TypeError, ValueError) as error:
            if not self.answers_of_odoo.search(str(error)):
                raise
        finally:
            savepoint.rollback()
            savepoint.close(rollback=False)
            self.env.invalidate_all(flush=False)
        return told, changed

    def get_fingerprint(self):
        """Say in a few letters what stands in the rows that were there before."""
        queries = [
            SQL(
                "SELECT md5(string_agg(one::text, ',' ORDER BY id)) FROM %s one "
                "WHERE id <= %s",
                SQL.identifier(table),
                last_id,
            )
            for table, last_id in self.last_ids.items()
        ]
        return self.env.execute_query(SQL(" UNION ALL ").join(queries))

    def remember(self):
        self.env.flush_all()
        # What is read off other tables has none of its own.
        models = [model for model in self.get_models() if not model._table_query]
        tables = [model._table for model in models]
        self.last_ids = {
            table: self.env.execute_query(
                SQL("SELECT max(id) FROM %s", SQL.identifier(table))
            )[0][0]
            or 0
            for table in (*tables, *OTHER_TABLES)
        }
        self.before = self.get_fingerprint()

    def get_faults(
        self, user, records, secrets=SECRETS, may_change=False, garbage=False
    ):
        """Call everything on ``records``; return a line for each that went wrong.

        Garbage is read before anybody is refused, by the same methods for all: it is
        enough that one who may not send it does, and those who may.
        """
        faults = []
        self.remember()
        till = self.get_till()
        for name, found in {**records, till._name: till}.items():
            model = self.env[name].with_user(user)
            known_arguments = self.get_known_arguments(model)
            for method in self.get_methods(model):
                ways = self.get_arguments(model, method, known_arguments)
                for is_garbage, arguments in enumerate(
                    ways if garbage else islice(ways, 1)
                ):
                    called = f"{user.login}: {name}.{method}{arguments!r}"[:200]
                    choices = self.get_choices(model, method, found)
                    for ids in choices[:2] if is_garbage else choices:
                        try:
                            told, changed = self.call(
                                user, model, method, ids, arguments
                            )
                        except Exception as error:  # noqa: BLE001
                            faults.append(f"{called} fails: {error!r}"[:400])
                            continue
                        if secrets and secrets.search(told):
                            faults.append(f"{called} tells: {told}"[:600])
                        if changed and not may_change:
                            faults.append(f"{called} changes something")
        return faults

    def get_choices(self, model, method, records):
        """Return the ids to call a method on: those of one record, of all, of none."""
        if getattr(get_public_method(model, method), "_api_model", False):
            return [[]]
        return [[], records[:1].ids, records.ids]

    def assertNothing(self, user, **options):
        records = self.make_secrets()
        self.assertFalse([name for name, found in records.items() if not found])
        faults = self.get_faults(user, records, **options)
        self.assertFalse(faults, "\n".join(faults[:60]))

    def test_records_that_there_are_not(self):
        """What is nobody's number is refused in words, whoever asks."""
        # There is one of them.
        self.answers_of_odoo = re.compile(r"positional argument|keyword argument")
        self.make_secrets()
        self.remember()
        faults = []
        for user in (self.ec_staff, self.shop_approver, self.head_office):
            for model in self.get_models():
                model = model.with_user(user)
                known_arguments = self.get_known_arguments(model)
                for method in self.get_methods(model):
                    if method in ORM_METHODS or self.is_of_odoo(model, method):
                        continue
                    [arguments] = islice(
                        self.get_arguments(model, method, known_arguments), 1
                    )
                    for ids in NO_IDS:
                        called = f"{user.login}: {model._name}.{method} of {ids}"
                        try:
                            self.call(user, model, method, ids, arguments)
                        except Exception as error:  # noqa: BLE001
                            faults.append(f"{called} fails: {error!r}"[:400])
        self.assertFalse(faults, "\n".join(faults[:60]))

    def test_methods_are_found(self):
        methods = self.get_methods(self.env["store.transfer.count"])
        self.assertGreaterEqual(
            set(methods), {"record_scans", "get_screen", "action_submit", "onchange"}
        )

    def test_an_approver_of_another_store(self):
        """Who may do and see all that staff of that store may, and more."""
        self.assertNothing(self.south_approver, garbage=True)

    def test_head_office_of_another_company(self):
        self.assertNothing(self.stranger)

    def test_who_is_of_no_group(self):
        self.assertNothing(self.nobody)

    def test_a_portal_user(self):
        self.assertNothing(self.portal)

    def test_who_counts_blind(self):
        """On what they may count: how much is expected is told by none of it."""
        self.assertNothing(
            self.shop_staff, secrets=re.compile(str(QUANTITY)), may_change=True
        )

    def test_who_may_is_answered_in_words(self):
        for user in (self.ec_staff, self.shop_approver):
            self.assertNothing(user, secrets=None, may_change=True, garbage=True)

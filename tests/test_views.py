import re
from collections import Counter
from datetime import timedelta

from lxml import etree

from odoo import fields
from odoo.tests import Form, tagged
from odoo.tools.safe_eval import safe_eval

from .common_transfers import StoreTransferCase

ACTIONS = (
    "action_store_transfer_work",
    "action_store_transfer_outbound",
    "action_store_transfer_inbound",
    "action_store_transfer_third_party",
    "action_store_transfer_in_transit",
    "action_store_transfer_lane",
    "action_store_transfer_lead_time",
    "action_store_transfer_report",
    "action_store_transfer_discrepancy_report",
    "action_store_transfer_line_report",
    "action_store_transfer_discrepancy",
    "action_store_transfer_overview",
    "action_store_transfer_all",
)

CONDITIONS = ("invisible", "column_invisible", "readonly", "required")
# A field that says it all: "is_editable", "not parent.has_lots".
NAMED_CONDITION = re.compile(r"(not )?(parent\.)?\w+")
# Any other one stands in the views of a model as often as this.
AT_MOST = 2


@tagged("post_install", "-at_install")
class TestArchitectures(StoreTransferCase):
    """How our views are written, for those who extend them."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        data = cls.env["ir.model.data"].search(
            [("module", "=", "store_transfer"), ("model", "=", "ir.ui.view")]
        )
        views = cls.env["ir.ui.view"].browse(data.mapped("res_id"))
        cls.architectures = {view: etree.fromstring(view.arch) for view in views}

    def assertAnchors(self, path, get_anchor):
        """Each node has an anchor, of its own in its view."""
        for view, architecture in self.architectures.items():
            if view.type == "form":
                with self.subTest(view=view.xml_id):
                    anchors = [get_anchor(node) for node in architecture.xpath(path)]
                    self.assertNotIn(None, anchors)
                    self.assertEqual(len(anchors), len(set(anchors)), anchors)

    def test_pages_and_groups_have_names(self):
        for tag in ("page", "group"):
            self.assertAnchors(f"//{tag}", lambda node: node.get("name"))

    def test_buttons_can_be_told_apart(self):
        self.assertAnchors(
            "//button",
            lambda node: node.get("id") or node.get("name") or node.get("special"),
        )

    def test_a_condition_that_is_asked_often_has_a_name(self):
        times = Counter(
            (view.model, node.get(attribute))
            for view, architecture in self.architectures.items()
            for attribute in CONDITIONS
            for node in architecture.xpath(f"//*[@{attribute}]")
            if not NAMED_CONDITION.fullmatch(node.get(attribute))
        )
        often = [condition for condition, number in times.items() if number > AT_MOST]
        self.assertFalse(often)

    def test_colours_of_badges_stand_once(self):
        for view, architecture in self.architectures.items():
            self.assertFalse(architecture.xpath("//*[@widget='badge']"), view.xml_id)


@tagged("post_install", "-at_install")
class TestViews(StoreTransferCase):
    """The screens, as each role sees them."""

    def _get_action(self, name, user):
        return (
            self.env["ir.actions.act_window"]
            .with_user(user)
            ._for_xml_id(f"store_transfer.{name}")
        )

    def _open_new(self, action_name, user):
        action = self._get_action(action_name, user)
        context = safe_eval(action["context"])
        return Form(
            self.env["store.transfer"]
            .with_user(user)
            .with_company(self.company)
            .with_context(**context)
        )

    def _add_line(self, form, product, quantity):
        with form.line_ids.new() as line:
            line.product_id = product
            line.quantity = quantity
            return line.source_free_quantity

    def test_staff_push_two_products(self):
        """New in Outbound: the source is filled in, the free stock is shown."""
        form = self._open_new("action_store_transfer_outbound", self.ec_staff)
        self.assertEqual(form.source_store_id, self.ec)
        form.destination_store_id = self.shop
        form.expected_date = fields.Date.today() + timedelta(days=2)
        self.assertEqual(self._add_line(form, self.tea, 10), 100)
        self.assertFalse(form.shortage_message)
        self._add_line(form, self.mug, 101)
        self.assertIn("MUG-001", form.shortage_message)
        transfer = form.save()
        self.assertTrue(transfer.can_submit)
        self.assertEqual(transfer.initiator, "source")

    def test_staff_pull(self):
        """New in Inbound: the destination is filled in."""
        form = self._open_new("action_store_transfer_inbound", self.shop_staff)
        self.assertEqual(form.destination_store_id, self.shop)
        form.source_store_id = self.ec
        self._add_line(form, self.tea, 1)
        self.assertEqual(form.save().initiator, "destination")

    def test_head_office_chooses_who_starts(self):
        form = self._open_new("action_store_transfer_outbound", self.head_office)
        form.initiator = "destination"
        form.source_store_id = self.ec
        form.destination_store_id = self.shop
        self._add_line(form, self.tea, 1)
        self.assertEqual(form.save().initiator, "destination")

    def test_receipt_and_dispatch(self):
        """New in Third Party is a receipt; a dispatch is one choice away."""
        form = self._open_new("action_store_transfer_third_party", self.shop_staff)
        self.assertEqual(form.kind, "receipt")
        self.assertEqual(form.destination_store_id, self.shop)
        self._add_line(form, self.tea, 3)
        self.assertFalse(form.save().source_store_id)

        form = self._open_new("action_store_transfer_third_party", self.ec_staff)
        form.kind = "dispatch"
        self.assertEqual(form.source_store_id, self.ec)
        self._add_line(form, self.tea, 3)
        self.assertFalse(form.save().destination_store_id)

    def test_a_scan_adds_a_piece(self):
        fan = self._create_product("Silk Fan", "FAN-001", barcode="4710009990019")
        form = self._open_new("action_store_transfer_outbound", self.ec_staff)
        form.destination_store_id = self.shop
        for _scan in range(2):
            form._barcode_scanned = fan.barcode
        transfer = form.save()
        self.assertEqual(transfer.line_ids.product_id, fan)
        self.assertEqual(transfer.line_ids.quantity, 2)

    def test_every_screen_opens_for_every_role(self):
        users = self.ec_staff | self.shop_approver | self.head_office
        for user in users:
            for name in ACTIONS:
                self._load_views(self._get_action(name, user), user)
        for name in ("action_store_transfer_store", "action_store_transfer_reason"):
            self._load_views(self._get_action(name, self.head_office), self.head_office)

    def _load_views(self, action, user):
        with self.subTest(action=action["name"], user=user.login):
            model = self.env[action["res_model"]].with_user(user)
            views = [[view_id, view_type] for view_id, view_type in action["views"]]
            loaded = model.get_views([*views, [False, "search"]])
            model.search_fetch(safe_eval(action["domain"] or "[]"), limit=1)
            self.assertEqual(len(loaded["views"]), len(views) + 1)

    def test_tabs_are_filters_of_one_group(self):
        """A press on a tab takes the other filters of its group away."""
        for name in ACTIONS[:4]:
            action = self._get_action(name, self.head_office)
            rows = self.env[action["res_model"]].with_user(self.head_office)
            search = etree.fromstring(rows.get_view(view_type="search")["arch"])
            for tab in safe_eval(action["context"])["store_transfer_tabs"]:
                [tab_filter] = search.xpath(f"./filter[@name='{tab}']")
                groups_before = tab_filter.xpath("count(preceding-sibling::separator)")
                self.assertEqual(groups_before, 1)

    def test_my_stores(self):
        transfer = self.make_transfer()
        for user, is_from, is_to in (
            (self.ec_staff, True, False),
            (self.head_office, True, True),
        ):
            seen = transfer.with_user(user)
            self.assertEqual(
                (seen.is_from_my_store, seen.is_to_my_store), (is_from, is_to)
            )
            found = seen.search([("is_from_my_store", "=", True)])
            self.assertEqual(transfer in found, is_from)
            found = seen.search([("is_to_my_store", "=", True)])
            self.assertEqual(transfer in found, is_to)

    def test_counts_of_tabs_follow_the_record_rules(self):
        transfer = self.make_transfer()
        self.submit(transfer)
        domains = [[("state", "=", "waiting")], [("state", "=", "done")]]
        for user, waiting in ((self.shop_staff, 1), (self.south_staff, 0)):
            transfers = self.env["store.transfer"].with_user(user)
            self.assertEqual(transfers.count_tabs([], domains), [waiting, 0])

    def test_inventory_users_open_pickings_of_transfers(self):
        """They need not know Store Transfer, and see no button to it."""
        transfer = self.make_transfer()
        self.submit(transfer)
        self.approve(transfer)
        picking = self.get_pickings(transfer, "outgoing")
        form = Form(picking)
        self.assertNotIn("transfer_id", form._view["fields"])

import uuid

from odoo.fields import Command
from odoo.tests import tagged

from .common_pick import PickCase

KINDS = ("scan", "set", "all_came", "undo", "damaged", "remark", "photo", "")
FIELDS = (
    "kind",
    "line_id",
    "product_id",
    "barcode",
    "quantity",
    "lot_name",
    "undoes",
    "carton",
    "device",
    "time",
)
# What JSON can bring, and what no field of an event can be.
STRANGE = (
    None,
    True,
    0,
    -1,
    -0.0,
    2**31,
    10**400,
    float("nan"),
    float("-inf"),
    "a\x00b",
    "\ud800",
    "x" * 5000,
    "9999-12-31T23:59:59-14:00",
    [[]],
    {"id": 1},
)
STATUSES = {"counted", "unknown", "refused", "asks_lot", "asks_product"}


@tagged("post_install", "-at_install")
class TestPickEvents(PickCase):
    """Whatever a device sends is an answer for that event, and stops no other."""

    def start_with_tea(self):
        return self.start_pick(self.make_approved({self.tea: 10, self.mug: 10}))

    def get_line(self, pick, product):
        return pick.sudo().line_ids.filtered(lambda line: line.product_id == product)

    def test_each_field_of_each_kind(self):
        pick = self.start_with_tea()
        tea, mug = self.get_line(pick, self.tea), self.get_line(pick, self.mug)
        for kind in KINDS:
            for name in FIELDS:
                event = {"kind": kind, "line_id": tea.id, "quantity": 1}
                events = [{**event, name: strange} for strange in STRANGE]
                other = {"kind": "set", "line_id": mug.id, "quantity": 4}
                with self.subTest(kind, field=name):
                    *results, after = self.send(pick, *events, other)
                    self.assertEqual(after["status"], "counted")
                    statuses = {result["status"] for result in results}
                    self.assertLessEqual(statuses, STATUSES)
                    for result in results:
                        is_counted = result["status"] == "counted"
                        self.assertEqual(bool(result["message"]), not is_counted)
                    self.assertTrue(0 <= tea.picked_quantity <= 10)
        self.assertEqual(mug.picked_quantity, 4)

    def test_what_is_no_list_of_events(self):
        pick = self.start_with_tea()
        for strange in (None, {}, "scan", [None], [{}], [{"uuid": 5}], [{}] * 501):
            with self.subTest(strange=str(strange)[:20]), self.assertRefused("."):
                pick.record_scans(strange)

    def test_a_row_of_another_list(self):
        pick, other = self.start_with_tea(), self.start_with_tea()
        line = self.get_line(other, self.tea)
        for kind in ("scan", "set", "all_came"):
            [refused] = self.send(pick, {"kind": kind, "line_id": line.id})
            self.assertEqual(refused["status"], "refused")
            self.assertIn("not on this screen", refused["message"])
        self.assertEqual(line.picked_quantity, 0)

    def test_what_another_user_did_is_not_undone(self):
        pick = self.start_with_tea()
        self.send(pick, {"uuid": "of-staff", "kind": "scan", "barcode": "TEA-001"})
        other = pick.with_user(self.ec_approver)
        [refused] = self.send(other, {"kind": "undo", "undoes": "of-staff"})
        self.assertEqual(refused["status"], "refused")
        self.assertEqual(self.get_line(pick, self.tea).picked_quantity, 1)

    def _create_box(self):
        box = self.env["uom.uom"].create(
            {
                "name": "Box of 12",
                "relative_factor": 12,
                "relative_uom_id": self.tea.uom_id.id,
            }
        )
        self.env["product.uom"].create(
            {"product_id": self.tea.id, "uom_id": box.id, "barcode": "BOX"}
        )

    def test_a_box_of_more_than_is_to_ship(self):
        self._create_box()
        pick = self.start_with_tea()
        [refused] = self.scan(pick, "BOX")
        self.assertIn("only 10 Units of it are to ship", refused["message"])
        pick = self.start_pick(self.make_approved({self.tea: 24}))
        self.scan(pick, "BOX", "BOX")
        self.assertEqual(self.get_line(pick, self.tea).picked_quantity, 24)

    def test_a_box_for_two_lines(self):
        lines = [
            Command.create({"product_id": self.tea.id, "quantity": quantity})
            for quantity in (7, 5)
        ]
        pick = self.start_pick(self.make_approved(line_ids=lines))
        self._create_box()
        [refused] = self.scan(pick, "BOX")
        self.assertIn("Enter on each row how much", refused["message"])
        results = self.scan(pick, *["TEA-001"] * 13)
        self.assertEqual(
            [each["status"] for each in results][-2:], ["counted", "refused"]
        )
        self.assertEqual(pick.line_ids.mapped("picked_quantity"), [7, 5])
        self.submit_pick(pick)

    def test_a_gs1_code_says_product_and_quantity(self):
        if not self.env.ref(
            "barcodes_gs1_nomenclature.default_gs1_nomenclature", False
        ):
            self.skipTest("Odoo reads GS1 codes with an app that is not installed")
        pick = self.start_with_tea()
        [counted] = self.scan(pick, "01047100000000113004")
        self.assertEqual((counted["status"], counted["quantity"]), ("counted", 4))

    def test_how_it_is_submitted(self):
        pick = self.start_with_tea()
        self.send(pick, {"kind": "scan", "barcode": "TEA-001"})
        approver = pick.with_user(self.ec_approver)
        for arguments in (
            ("later",),
            (None,),
            ([],),
            ("close", True),
            ("close", 2**70),
            ("close", "1"),
            ("close", [1]),
            ("close", self.env.ref("store_transfer.reason_no_space").id),
        ):
            with self.subTest(arguments=arguments), self.assertRefused("Choose"):
                approver.action_submit(*arguments)
        self.assertEqual(pick.state, "open")

    def test_uuids_are_of_one_list(self):
        pick, other = self.start_with_tea(), self.start_with_tea()
        event = {"uuid": str(uuid.uuid4()), "kind": "scan", "barcode": "TEA-001"}
        for each in (pick, other):
            [result] = each.record_scans([event])["results"].values()
            self.assertEqual(result["status"], "counted")

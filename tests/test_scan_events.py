import uuid

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from odoo.tests import tagged

from .common_scan import ScanCase

KINDS = ("scan", "set", "all_came", "damaged", "remark", "photo", "undo")
FIELDS = (
    "kind",
    "line_id",
    "product_id",
    "barcode",
    "quantity",
    "lot_name",
    "text",
    "image",
    "undoes",
    "carton",
    "device",
    "time",
)
# What JSON can bring, and what no field of an event can be.
STRANGE = (
    None,
    True,
    False,
    0,
    -1,
    1.5,
    -0.0,
    2**31,
    10**400,
    float("nan"),
    float("inf"),
    float("-inf"),
    1e300,
    "",
    "\x00",
    "a\x00b",
    "\ud800",
    "x" * 5000,
    "0001-01-01T00:00:00Z",
    "9999-12-31T23:59:59-14:00",
    "2026-11-25T01:02:03+25:00",
    [],
    [1],
    [[]],
    {},
    {"id": 1},
)
JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(st.characters(), max_size=20),
    lambda values: (
        st.lists(values, max_size=3)
        | st.dictionaries(st.text(max_size=5), values, max_size=3)
    ),
    max_leaves=5,
)
STATUSES = {"counted", "unknown", "refused", "asks_lot", "asks_product"}


@tagged("post_install", "-at_install")
class TestScanEvents(ScanCase):
    """Whatever a device sends is an answer for that event, and stops no other."""

    def make_event(self, kind, line):
        """Return an event of a kind as it should be."""
        return {
            "uuid": str(uuid.uuid4()),
            "kind": kind,
            "line_id": line.id,
            "quantity": 1,
            "text": "Wet",
            "device": "Phone",
        }

    def send_with_others(self, count, events):
        """Send events between two that are in order; return their results."""
        line = self.get_line(count, self.tea)
        before, after = (
            {"uuid": str(uuid.uuid4()), "kind": "scan", "barcode": "LMP-001"}
            for _time in range(2)
        )
        lamp = self.get_line(count, self.lamp)
        counted = lamp.counted_quantity
        answer = count.record_scans([before, *events, after])
        self.env.flush_all()
        results = answer["results"]
        self.assertEqual(results[before["uuid"]]["status"], "counted")
        self.assertEqual(results[after["uuid"]]["status"], "counted")
        self.assertEqual(lamp.counted_quantity, counted + 2)
        self.assertGreaterEqual(line.counted_quantity, 0)
        return [results[event["uuid"]] for event in events]

    def start_with_tea_and_mugs(self):
        return self.start(
            self.make_shipped_transfer(
                lines={self.tea: 10, self.mug: 10, self.lamp: 10}
            )
        )

    def test_each_field_of_each_kind(self):
        count = self.start_with_tea_and_mugs()
        line = self.get_line(count, self.tea)
        for kind in KINDS:
            for name in FIELDS:
                events = [
                    {**self.make_event(kind, line), name: strange}
                    for strange in STRANGE
                ]
                with self.subTest(kind, field=name):
                    results = self.send_with_others(count, events)
                    statuses = {result["status"] for result in results}
                    self.assertLessEqual(statuses, STATUSES)
                    for result in results:
                        is_counted = result["status"] == "counted"
                        self.assertEqual(bool(result["message"]), not is_counted)
        self.assertLedger(count.transfer_id)

    def test_what_is_no_row_is_not_the_first_one(self):
        count = self.start_with_tea_and_mugs()
        line = self.get_line(count, self.tea)
        for strange in (True, 1.0, str(line.id), [line.id], {"id": line.id}, 2**70):
            events = [
                {**self.make_event(kind, line), "line_id": strange}
                for kind in ("scan", "set", "all_came", "damaged", "remark", "photo")
            ]
            results = self.send_with_others(count, events)
            self.assertEqual({result["status"] for result in results}, {"refused"})
        self.assertEqual((line.counted_quantity, line.remark), (0, False))

    def test_fewer_than_are_damaged(self):
        count = self.start_with_tea_and_mugs()
        line = self.get_line(count, self.tea)
        results = self.send(
            count,
            {"kind": "damaged", "line_id": line.id, "quantity": 3},
            {"kind": "set", "line_id": line.id, "quantity": 2},
        )
        self.assertEqual(results[1]["status"], "refused")
        self.assertRegex(results[1]["message"], "3 Units are damaged, so that at least")
        self.assertEqual((line.counted_quantity, line.damaged_quantity), (0, 3))

    def test_a_remark_that_is_no_text_leaves_the_remark(self):
        count = self.start_with_tea_and_mugs()
        line = self.get_line(count, self.tea)
        line.remark = "Box was wet"
        for strange in (None, 5, True, ["Wet"]):
            [result] = self.send(
                count, {"kind": "remark", "line_id": line.id, "text": strange}
            )
            self.assertEqual(result["status"], "refused")
        self.assertEqual(line.remark, "Box was wet")

    def test_the_time_of_a_device_in_another_time_zone(self):
        count = self.start_with_tea_and_mugs()
        for time, written in (
            ("2026-11-25T09:02:03+08:00", "2026-11-25 01:02:03"),
            ("2026-11-25T01:02:03.000Z", "2026-11-25 01:02:03"),
        ):
            self.send(count, {"kind": "scan", "barcode": "TEA-001", "time": time})
            scan = self.env["store.transfer.count.scan"].search([], limit=1)
            self.assertEqual(str(scan.device_date), written)

    def test_anything(self):
        count = self.start_with_tea_and_mugs()
        line = self.get_line(count, self.tea)
        line_ids = [line.id, self.get_line(count, self.mug).id]
        event = st.fixed_dictionaries(
            {"uuid": st.uuids().map(str), "kind": st.sampled_from(KINDS) | JSON},
            optional={
                "line_id": st.sampled_from(line_ids) | JSON,
                **{name: JSON for name in FIELDS if name not in ("kind", "line_id")},
            },
        )

        @settings(
            max_examples=30,
            deadline=None,
            database=None,
            derandomize=True,
            suppress_health_check=list(HealthCheck),
        )
        @given(st.lists(event, max_size=8, unique_by=lambda each: each["uuid"]))
        def check(events):
            with self.cr.savepoint() as savepoint:
                results = self.send_with_others(count, events)
                self.assertLessEqual({each["status"] for each in results}, STATUSES)
                savepoint.rollback()
                self.env.invalidate_all()

        check()
        self.assertLedger(count.transfer_id)


@tagged("post_install", "-at_install")
class TestWholePieces(ScanCase):
    """Half a piece of what comes in whole pieces is refused, wherever it is entered."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.kettle = cls._create_product("Kettle", "KET-001", tracking="serial")
        lot = cls.env["stock.lot"].create({"name": "K-1", "product_id": cls.kettle.id})
        cls._add_stock(cls.ec, cls.kettle, 1, lot=lot)
        pieces = cls.tea.uom_id.copy({"name": "Whole Pieces"})
        cls.tea = cls._create_product("Tea Bricks", "BRI-001", uom_id=pieces.id)
        cls._add_stock(cls.ec, cls.tea, 100)
        units = cls.env.registry["uom.uom"]
        compute_rounding = units._compute_rounding

        def compute_whole_pieces(self):
            compute_rounding(self)
            (self & pieces).rounding = 1

        # As addons do that bring back the precision of each unit.
        cls.classPatch(units, "_compute_rounding", compute_whole_pieces)

    def start_whole(self):
        """Count tea in whole pieces, mugs in hundredths, and a serial number."""
        transfer = self.make_shipped_transfer(
            lines={self.tea: 10, self.mug: 10, self.kettle: 1}
        )
        return self.start(transfer)

    def test_on_the_scan_screen(self):
        count = self.start_whole()
        self.assertEqual(self.get_row(count, self.tea)["step"], 1)
        self.assertEqual(self.get_row(count, self.kettle)["step"], 1)
        self.assertEqual(self.get_row(count, self.mug)["step"], 0.01)
        for product in (self.tea, self.kettle):
            line = self.get_line(count, product)
            results = self.send(
                count,
                {"kind": "set", "line_id": line.id, "quantity": 0.5},
                {"kind": "damaged", "line_id": line.id, "quantity": 0.5},
                {"kind": "scan", "line_id": line.id, "quantity": 0.5},
            )
            for result in results:
                self.assertEqual(result["status"], "refused")
                self.assertIn("0.5", result["message"])
                self.assertIn("is not possible in this unit", result["message"])
            self.assertFalse(line.counted_quantity or line.damaged_quantity)
        mug = self.get_line(count, self.mug)
        self.send(count, {"kind": "set", "line_id": mug.id, "quantity": 0.5})
        self.assertEqual(mug.counted_quantity, 0.5)

    def test_in_the_list(self):
        count = self.start_whole()
        for product in (self.tea, self.kettle):
            line = self.get_line(count, product).with_user(self.shop_staff)
            for name in ("counted_quantity", "damaged_quantity"):
                with self.assertRefused("0.5 .* is not possible in this unit"):
                    line.write({name: 0.5})
                with self.assertRefused("0.5 .* is not possible in this unit"):
                    count.write({"line_ids": [(1, line.id, {name: 0.5})]})
            self.assertFalse(line.counted_quantity or line.damaged_quantity)

    def test_a_packaging_of_half_a_piece(self):
        count = self.start_whole()
        half = self.env["uom.uom"].create(
            {
                "name": "Half a Piece",
                "relative_factor": 0.5,
                "relative_uom_id": self.tea.uom_id.id,
            }
        )
        self.env["product.uom"].create(
            {"product_id": self.tea.id, "uom_id": half.id, "barcode": "HALF"}
        )
        [result] = self.scan(count, "HALF")
        self.assertEqual(result["status"], "refused")
        self.assertFalse(self.get_line(count, self.tea).counted_quantity)

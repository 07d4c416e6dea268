# What real transactions do to each other is the point here: they have to commit.
# pylint: disable=invalid-commit
from odoo.tests import tagged

from .common_concurrency import TransferConcurrencyCase


@tagged("post_install", "-at_install")
class TestPickConcurrency(TransferConcurrencyCase):
    """Devices pick and somebody ships at the same moment, on real connections."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.phone = cls._create_product("Phone", "PHN-001", tracking="serial")
        for number in range(1, 5):
            lot = cls.env["stock.lot"].create(
                {"name": f"SN-{number}", "product_id": cls.phone.id}
            )
            cls._add_stock(cls.ec, cls.phone, 1, lot=lot)
        cls.env.cr.commit()

    def make_pick(self, lines=None):
        transfer = self.make_transfer(lines)
        transfer.with_user(self.shop_approver).action_approve()
        action = transfer.with_user(self.ec_staff).action_pick()
        self.env.cr.commit()
        return self.env["store.transfer.pick"].browse(action["params"]["pick_id"])

    def make_events(self, name, *codes):
        return [
            {"uuid": f"{name}-{number:06}", "kind": "scan", "barcode": code}
            for number, code in enumerate(codes)
        ]

    def get_picked(self, pick):
        return {
            (line.product_id.default_code, line.lot_id.name or ""): line.picked_quantity
            for line in pick.line_ids
            if line.picked_quantity
        }

    def test_eight_devices_at_once(self):
        pick = self.make_pick()
        users = [self.ec_staff, self.ec_approver] * 4
        answers = self.call_at_once(
            pick,
            [
                (user, "record_scans", [self.make_events(f"device{n}", "TEA-001")])
                for n, user in enumerate(users)
            ],
        )
        statuses = sorted(
            result["status"]
            for answer in answers
            for result in answer["results"].values()
        )
        # Five are to ship.
        self.assertEqual(statuses, ["counted"] * 5 + ["refused"] * 3)
        self.assertEqual(self.get_picked(pick), {("TEA-001", ""): 5})

    def test_one_batch_sent_by_four_at_once_picks_once(self):
        pick = self.make_pick()
        events = self.make_events("same", "TEA-001", "TEA-001", "MUG-001")
        answers = self.call_at_once(
            pick, [(self.ec_staff, "record_scans", [events])] * 4
        )
        for answer in answers:
            self.assertEqual(answer["results"], answers[0]["results"])
        self.assertEqual(
            self.get_picked(pick), {("TEA-001", ""): 2, ("MUG-001", ""): 1}
        )

    def test_two_take_other_serial_numbers_at_once(self):
        pick = self.make_pick({self.phone: 2})
        answers = self.call_at_once(
            pick,
            [
                (self.ec_staff, "record_scans", [self.make_events("mine", "SN-3")]),
                (self.ec_approver, "record_scans", [self.make_events("your", "SN-4")]),
                (self.head_office, "record_scans", [self.make_events("boss", "SN-1")]),
            ],
        )
        statuses = [
            result["status"]
            for answer in answers
            for result in answer["results"].values()
        ]
        self.assertEqual(sorted(statuses), ["counted", "counted", "refused"])
        self.assertEqual(sum(self.get_picked(pick).values()), 2)
        moves = pick.transfer_id.line_ids.move_ids
        leaving = moves.filtered(lambda move: move.transfer_flow == "ship")
        self.assertEqual(
            {lot for _sku, lot in self.get_picked(pick)},
            set(leaving.move_line_ids.lot_id.mapped("name")),
        )

    def test_a_submit_and_scans_at_once(self):
        """Each scan is either shipped, or its device is told that it came too late."""
        for run in range(5):
            pick = self.make_pick()
            first = self.make_events(f"first{run}", "TEA-001")
            self.call_at_once(pick, [(self.ec_staff, "record_scans", [first])])
            scans = self.make_events(f"run{run}", "TEA-001", "LMP-001")
            submitted, answer = self.call_at_once(
                pick,
                [
                    (self.ec_approver, "action_submit", []),
                    (self.ec_staff, "record_scans", [scans]),
                ],
            )
            self.assertIsInstance(submitted, dict, submitted)
            counted = sum(
                result["status"] == "counted" for result in answer["results"].values()
            )
            self.assertEqual(pick.transfer_id.shipped_quantity, 1 + counted)

    def test_many_are_shipped_while_somebody_begins_to_pick(self):
        """Either all leaves and the scan comes too late, or it is left to who picks."""
        for run in range(5):
            pick = self.make_pick()
            transfer = pick.transfer_id
            shipped, answer = self.call_each_at_once(
                [
                    (transfer, self.ec_approver, "ship_many", []),
                    (
                        pick,
                        self.ec_staff,
                        "record_scans",
                        [self.make_events(f"many{run}", "TEA-001")],
                    ),
                ]
            )
            [result] = answer["results"].values()
            if result["status"] == "counted":
                self.assertEqual(shipped["left"][0]["reason"], "picking")
                self.assertFalse(transfer.shipped_quantity)
                self.assertEqual(pick.state, "open")
            else:
                self.assertEqual(result["status"], "closed")
                self.assertEqual(shipped["done"], transfer.ids)
                self.assertEqual(transfer.shipped_quantity, 15)
                self.assertEqual(pick.state, "done")

    def test_three_begin_a_carton_at_once(self):
        pick = self.make_pick()
        users = (self.ec_staff, self.ec_approver, self.head_office)
        answers = self.call_at_once(
            pick,
            [
                (user, "record_scans", [[{"uuid": f"carton-{n}", "kind": "carton"}]])
                for n, user in enumerate(users)
            ],
        )
        statuses = [
            result["status"]
            for answer in answers
            for result in answer["results"].values()
        ]
        self.assertEqual(statuses, ["counted"] * 3)
        cartons = pick.transfer_id.carton_ids
        self.assertEqual(sorted(cartons.mapped("transfer_number")), [1, 2, 3])

from odoo.tests import Form, tagged

from .common_scan import ScanCase

OUTCOMES = {
    "stays expected": "short",
    "damaged: not into sellable stock": "damaged",
    "put it aside: an approver decides on it": "held",
    "put it aside: the source does not have it on record": "held",
    "refused: put it aside": "refused",
    "accepted: out of the source's stock": "accepted",
    "received as well": "accepted",
}


@tagged("post_install", "-at_install")
class TestReview(ScanCase):
    """Every sentence that is shown before a count is submitted comes true."""

    @classmethod
    def _create_products(cls):
        products = super()._create_products()
        cls.matcha = cls._create_product("Matcha", "MAT-001", tracking="lot")
        cls.lots = cls.env["stock.lot"].create(
            [{"name": name, "product_id": cls.matcha.id} for name in ("M-1", "M-2")]
        )
        for lot in cls.lots:
            cls._add_stock(cls.ec, cls.matcha, 5, lot=lot)
        cls.loose = cls._create_product("Loose Tea", "LOO-001")
        cls.loose.uom_id = cls.env.ref("uom.product_uom_kgm")
        cls._add_stock(cls.ec, cls.loose, 100)
        return products

    def make_receipt(self, lines):
        transfer = self.make_transfer(user=self.shop_staff, lines=lines, kind="receipt")
        self.submit(transfer, self.shop_staff)
        return transfer

    def get_amounts(self, quantities):
        """Write ``{unit: quantity}`` as the summary does."""
        one_piece = (1, self.env.ref("uom.product_uom_unit"))
        return ", ".join(
            f"{quantity:g} {'Unit' if (quantity, unit) == one_piece else unit.name}"
            for unit, quantity in quantities.items()
            if quantity
        )

    def get_booked(self, transfer):
        """Return what stands where now: ``{label: {unit: quantity}}``."""
        damage = self.shop._get_damage_location()
        booked = {}
        for product in transfer.sudo().line_ids.product_id | self.products_counted:
            unit = product.uom_id
            lines = transfer.sudo().line_ids.filtered(
                lambda line, product=product: line.product_id == product
            )
            discrepancies = transfer.sudo().discrepancy_ids.filtered(
                lambda discrepancy, product=product: (
                    discrepancy.product_id == product
                    and discrepancy.kind in ("surplus", "unexpected")
                    and discrepancy.outcome != "accepted"
                )
            )
            for label, quantity in (
                ("Into stock", self.get_stock(self.shop, product)),
                (
                    "Damaged and kept apart",
                    product.with_context(location=damage.id).sudo().qty_available,
                ),
                ("Put aside", sum(discrepancies.mapped("quantity"))),
                ("Still expected", self.get_expected_again(transfer, lines)),
            ):
                of_label = booked.setdefault(label, {})
                of_label[unit] = of_label.get(unit, 0) + quantity
        return booked

    def get_expected_again(self, transfer, lines):
        if transfer.kind == "between":
            return sum(lines.mapped("in_transit_quantity"))
        return sum(lines.mapped("to_ship_quantity"))

    def get_discrepancies(self, transfer):
        """Return ``{(sku, lot): what became of it}``."""
        kinds = {"short": "short", "damaged": "damaged"}
        verdicts = {"accepted": "accepted", "refused": "refused", False: "held"}
        discrepancies = {}
        for discrepancy in transfer.sudo().discrepancy_ids:
            key = (
                discrepancy.product_id.default_code,
                discrepancy.lot_id.name or discrepancy.lot_name or "",
            )
            kind = kinds.get(discrepancy.kind) or verdicts[discrepancy.outcome]
            discrepancies.setdefault(key, set()).add(kind)
        return discrepancies

    def check(self, count, is_blind=False):
        """Submit, and compare what was said before with what was booked."""
        transfer = count.transfer_id
        self.products_counted = count.sudo().line_ids.product_id
        review = count.get_review()
        said = {}
        names = {
            line.id: (line.product_id.default_code, line._get_lot_name())
            for line in count.sudo().line_ids
        }
        for outcome in review["outcomes"]:
            kinds = {OUTCOMES[part] for part in outcome["sentence"].split("; ")}
            said.setdefault(names[outcome["line_id"]], set()).update(kinds)
        count.action_submit()
        self.assertLedger(transfer)
        if is_blind:
            self.assertNotRegex(review["summary"], r"\d")
            self.assertFalse(said)
        else:
            booked = self.get_booked(transfer)
            sentences = [
                f"{label}: {self.get_amounts(quantities)}."
                for label, quantities in booked.items()
                if any(quantities.values())
            ]
            if not any(booked["Into stock"].values()):
                sentences.insert(0, "Into stock: 0.")
            self.assertEqual(review["summary"], " ".join(sentences))
            self.assertEqual(said, self.get_discrepancies(transfer))
        self.assertNotEqual(count.state, "open")

    def start_counted(self, transfer, quantities, user=None, damaged=()):
        """Count ``{product or lot: what came}``; some of it as damaged."""
        count = self.start(transfer, user)
        for goods, quantity in quantities.items():
            is_lot = goods._name == "stock.lot"
            product = goods.product_id if is_lot else goods
            line = count._find_or_add_line(product, lot=goods if is_lot else None)
            beside = dict(damaged).get(goods, 0)
            line.write(
                {"counted_quantity": quantity - beside, "damaged_quantity": beside}
            )
        return count

    def test_all_of_it(self):
        transfer = self.make_shipped_transfer(lines={self.tea: 10, self.loose: 2.5})
        count = self.start_counted(transfer, {self.tea: 10, self.loose: 2.5})
        self.assertEqual(count.get_review()["summary"], "Into stock: 10 Units, 2.5 kg.")
        self.check(count)

    def test_none_of_it(self):
        count = self.start(self.make_shipped_transfer())
        self.check(count)

    def test_short(self):
        transfer = self.make_shipped_transfer(lines={self.tea: 10, self.mug: 4})
        self.check(self.start_counted(transfer, {self.tea: 8, self.mug: 4}))

    def test_damaged(self):
        transfer = self.make_shipped_transfer()
        count = self.start_counted(
            transfer, {self.tea: 10}, damaged={self.tea: 3}.items()
        )
        self.check(count)

    def test_short_and_damaged(self):
        transfer = self.make_shipped_transfer()
        count = self.start_counted(
            transfer, {self.tea: 9}, damaged={self.tea: 3}.items()
        )
        self.check(count)

    def test_a_surplus_that_an_approver_decides_on(self):
        """As on the issue: 20 were counted, and 18 go into stock."""
        transfer = self.make_shipped_transfer(lines={self.tea: 18})
        count = self.start_counted(transfer, {self.tea: 20})
        self.assertEqual(
            count.get_review()["summary"],
            "Into stock: 18 Units. Put aside: 2 Units.",
        )
        self.check(count)

    def test_a_surplus_some_of_which_is_damaged(self):
        for damaged in (1, 2, 5):
            with self.subTest(damaged), self.cr.savepoint() as savepoint:
                transfer = self.make_shipped_transfer()
                count = self.start_counted(
                    transfer, {self.tea: 12}, damaged={self.tea: damaged}.items()
                )
                self.check(count)
                savepoint.rollback()
                self.env.invalidate_all()

    def test_a_surplus_that_an_approver_counts(self):
        transfer = self.make_shipped_transfer()
        count = self.start_counted(
            transfer, {self.tea: 12, self.mug: 3}, user=self.shop_approver
        )
        self.check(count)

    def test_a_damaged_surplus_that_an_approver_counts(self):
        transfer = self.make_shipped_transfer()
        count = self.start_counted(
            transfer,
            {self.tea: 12},
            user=self.shop_approver,
            damaged={self.tea: 3}.items(),
        )
        self.check(count)

    def test_a_surplus_that_the_store_refuses(self):
        self.shop.transfer_surplus_policy = "refuse"
        transfer = self.make_shipped_transfer()
        count = self.start_counted(transfer, {self.tea: 12})
        with self.assertRefused("Oolong Tea: 2 Units more than expected"):
            count.get_review()

    def test_a_surplus_within_the_tolerance_and_beyond(self):
        self.company.write(
            {"transfer_surplus_policy": "tolerance", "transfer_surplus_pieces": 2}
        )
        transfer = self.make_shipped_transfer(lines={self.tea: 10, self.mug: 10})
        self.check(self.start_counted(transfer, {self.tea: 12, self.mug: 13}))

    def test_a_surplus_that_the_source_does_not_have(self):
        rare = self._create_product("Rare Tea", "TEA-999")
        transfer = self.make_shipped_transfer()
        count = self.start_counted(
            transfer, {self.tea: 10, rare: 1}, user=self.shop_approver
        )
        self.check(count)

    def test_a_product_that_nobody_sent(self):
        transfer = self.make_shipped_transfer()
        self.check(self.start_counted(transfer, {self.tea: 9, self.mug: 2}))

    def test_lots(self):
        transfer = self.make_shipped_transfer(lines={self.matcha: 8})
        first, second = self.lots
        self.check(self.start_counted(transfer, {first: 6, second: 1}))

    def test_a_third_party_brings_less_or_more(self):
        transfer = self.make_receipt({self.tea: 10, self.mug: 10, self.lamp: 10})
        count = self.start_counted(
            transfer,
            {self.tea: 8, self.mug: 12, self.lamp: 12},
            damaged={self.lamp: 3}.items(),
        )
        self.check(count)

    def test_a_third_party_brings_lots(self):
        transfer = self.make_receipt({self.matcha: 10})
        count = self.start(transfer)
        for name, quantity in (("N-1", 6), ("N-2", 5)):
            line = count._find_or_add_line(self.matcha, lot_name=name)
            line.counted_quantity = quantity
        self.check(count)

    def test_the_rest_of_what_was_counted_before(self):
        transfer = self.make_shipped_transfer()
        self.count(transfer, {self.tea: 6})
        count = self.start_counted(transfer, {self.tea: 3})
        self.assertEqual(
            count.get_review()["summary"],
            "Into stock: 3 Units. Still expected: 1 Unit.",
        )

    def test_a_blind_count(self):
        self.shop.transfer_blind_count = True
        for policy in ("refuse", "approver"):
            self.shop.transfer_surplus_policy = policy
            transfer = self.make_shipped_transfer(lines={self.tea: 10, self.mug: 10})
            count = self.start_counted(transfer, {self.tea: 12, self.mug: 8})
            self.check(count, is_blind=True)

    def test_the_form_says_the_same(self):
        transfer = self.make_shipped_transfer()
        count = self.start_counted(
            transfer, {self.tea: 12}, damaged={self.tea: 1}.items()
        )
        action = count.action_review()
        view = self.env["ir.ui.view"].browse(action["views"][0][0])
        shown = Form(count, view=view)
        review = count.get_review()
        self.assertEqual(shown.summary, review["summary"])
        self.assertEqual(
            [line.consequence for line in count.difference_line_ids],
            [outcome["sentence"] for outcome in review["outcomes"]],
        )

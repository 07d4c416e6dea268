from odoo.tests import tagged

from .common_import import ImportCase


@tagged("post_install", "-at_install")
class TestImportStores(ImportCase):
    """Stores as people call them."""

    def check_store(self, name):
        upload = self.check(self.make_file(self.make_row(destination=name)))
        return upload.order_ids.destination_store_id, upload

    def test_name_beside_the_short_code(self):
        for name in (
            "Shop North (SHN)",
            "Shop North（SHN）",
            "SHN Shop North",
            "SHN-Shop North",
            "shn: shop north",
            "Shop North/SHN",
            "[SHN] Shop North",
            "'SHN",
        ):
            stores, upload = self.check_store(name)
            self.assertEqual(stores, self.shop, name)
            self.assertFalse(upload.finding_ids, name)

    def test_name_beside_the_short_code_of_another(self):
        error = self.check_store("Shop North (SHS)")[1].finding_ids
        self.assertIn("has no store of this name", error.problem)

    def test_either_language_of_a_name(self):
        self.shop.name = "North 北門店"
        self.shop_south.name = "South 南門店"
        for name in ("北門店", "north", "北門店(SHN)", "SHN 北門店"):
            stores, upload = self.check_store(name)
            self.assertEqual(stores, self.shop, name)
            self.assertFalse(upload.finding_ids, name)

    def test_language_that_two_names_share(self):
        self.shop.name = "Shop 北門店"
        self.shop_south.name = "Shop 南門店"
        error = self.check_store("shop")[1].finding_ids
        self.assertEqual(error.level, "error")

    def test_two_ways_to_write_a_sign(self):
        self.shop.name = "臺北店"
        self.assertEqual(self.check_store("台北店")[0], self.shop)

    def test_several_stores_with_other_signs_between(self):
        for name in ("SHN/SHS", "SHN + SHS", "SHN和SHS", "SHN SHS"):
            stores, upload = self.check_store(name)
            self.assertEqual(stores, self.shop | self.shop_south, name)
            self.assertIn("Read as Shop North (SHN), Shop", upload.finding_ids.problem)

    def test_several_stores_of_which_one_is_none(self):
        error = self.check_store("SHN/SHX")[1].finding_ids
        self.assertEqual(error.level, "error")

    def test_line_breaks_of_other_programs(self):
        for name in ("SHN_x000D_\nSHS", "SHN\r\nSHS", "SHN\rSHS", "SHN_x000D_SHS"):
            stores, upload = self.check_store(name)
            self.assertEqual(stores, self.shop | self.shop_south, name)
            self.assertFalse(upload.finding_ids, name)

    def test_likeliest_store_is_suggested(self):
        error = self.check_store("Shop Nrth, SHS")[1].finding_ids
        self.assertEqual((error.value, error.suggestion), ("Shop Nrth", "Shop North"))

    def test_store_with_a_comma_is_suggested_by_its_code(self):
        self.shop.name = "North, Upper Floor"
        error = self.check_store("North Upper Flor")[1].finding_ids
        self.assertEqual(error.suggestion, "SHN")


@tagged("post_install", "-at_install")
class TestImportReplacements(ImportCase):
    """What the user chooses instead of what stands in the file."""

    def read_with(self, replacements, *rows):
        sheet = self.read_cells(*rows, replacements=replacements)
        findings = [(one.level, one.value, one.problem) for one in sheet.findings]
        return list(sheet.orders), findings

    def test_sku(self):
        orders, findings = self.read_with(
            {("sku", "tea-001"): "TEA-001"}, {"sku": "tea-001"}, {"sku": "MUG-001"}
        )
        self.assertEqual(list(orders[0].lines), [self.tea, self.mug])
        self.assertEqual(
            findings, [("notice", "tea-001", "Read as TEA-001, as you chose.")]
        )

    def test_one_of_several_stores(self):
        orders, findings = self.read_with(
            {("destination", "Shop Nrth"): "Shop North"},
            {"destination": "Shop Nrth, SHS"},
        )
        self.assertEqual(
            [order.key.destination for order in orders], [self.shop, self.shop_south]
        )
        self.assertEqual(
            findings, [("notice", "Shop Nrth", "Read as Shop North, as you chose.")]
        )

    def test_other_columns_stay_as_they_are(self):
        orders, findings = self.read_with({("sku", "x1"): "TEA-001"}, {"remark": "x1"})
        self.assertEqual(orders[0].remark, "x1")
        self.assertFalse(findings)

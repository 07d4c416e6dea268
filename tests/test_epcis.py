import base64
import json
import os
import re
from datetime import datetime, timedelta
from pathlib import Path

import jsonschema

from odoo.exceptions import AccessError
from odoo.tests import tagged

from odoo.addons.store_transfer.tools.carton_codes import make_sscc
from odoo.addons.store_transfer.tools.gs1 import link_product, read_gtin

from .common_cartons import CartonCase

# Named by ./dev test, which has it from npm.
SCHEMA = "STORE_TRANSFER_EPCIS_SCHEMA"
GTIN = "4006381333931"
CLASS_OF_TEA = "https://id.gs1.org/01/04006381333931"
# What RFC 3986 allows in an address, and RFC 3339 in a moment.
ADDRESS = re.compile(r"^[a-z][a-z0-9+.-]*:[A-Za-z0-9\-._~:/?#\[\]@!$&'()*+,;=%]+$")
MOMENT = re.compile(r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$")


@tagged("post_install", "-at_install")
class TestEpcis(CartonCase):
    """What happened to the goods, in GS1's words, and valid against GS1's schema."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        schema = json.loads(Path(os.environ[SCHEMA]).read_text())
        formats = jsonschema.FormatChecker(formats=())
        for name, form in (("uri", ADDRESS), ("date-time", MOMENT)):
            # What is no text, the type says of itself.
            formats.checks(name)(
                lambda text, form=form: (
                    not isinstance(text, str) or bool(form.match(text))
                )
            )
        cls.validator = jsonschema.Draft7Validator(schema, format_checker=formats)
        cls.tea.barcode = GTIN
        cls.shop.partner_id.tz = "Asia/Taipei"
        cls.ec.partner_id.tz = "Asia/Taipei"

    def get_document(self, transfers, user=None):
        action = transfers.with_user(user or self.head_office).action_download_epcis()
        trail = self.env["store.transfer.trail"].search([], order="id desc", limit=1)
        self.assertIn(f"/{trail.id}/epcis?download=true", action["url"])
        self.assertTrue(action["url"].endswith(".jsonld"))
        trail = trail.with_user(user or self.head_office)
        document = json.loads(base64.b64decode(trail.epcis))
        self.assertValid(document)
        return document

    def assertValid(self, document):
        errors = sorted(self.validator.iter_errors(document), key=str)
        self.assertFalse([error.message for error in errors])

    def get_events(self, transfers, step=None):
        events = self.get_document(transfers)["epcisBody"]["eventList"]
        return [event for event in events if step in (None, event["bizStep"])]

    def get_steps(self, transfer):
        return [event["bizStep"] for event in self.get_events(transfer)]

    def get_quantity(self, event, link=CLASS_OF_TEA):
        elements = event.get("quantityList") or event["childQuantityList"]
        [element] = [one for one in elements if one["epcClass"] == link]
        return element["quantity"]

    def test_the_schema_refuses_what_is_wrong(self):
        document = self.get_document(self.make_shipped_transfer())
        [event] = document["epcisBody"]["eventList"]
        for name, wrong in (
            ("bizStep", "teleporting"),
            ("eventTime", "yesterday"),
            ("eventTimeZoneOffset", "+8"),
            ("readPoint", {"id": "EC Warehouse"}),
            ("action", "LOOK"),
        ):
            other = {**document, "epcisBody": {"eventList": [{**event, name: wrong}]}}
            self.assertTrue(list(self.validator.iter_errors(other)), name)

    def test_shipped_arrived_and_received(self):
        transfer = self.make_shipped_transfer({self.tea: 10})
        self.confirm_arrival(transfer)
        self.receive_all(transfer)
        shipping, arriving, receiving = self.get_events(transfer)
        self.assertEqual(
            [shipping["bizStep"], arriving["bizStep"], receiving["bizStep"]],
            ["shipping", "arriving", "receiving"],
        )
        source = shipping["readPoint"]["id"]
        destination = receiving["readPoint"]["id"]
        self.assertNotEqual(source, destination)
        self.assertEqual(
            shipping["sourceList"], [{"type": "location", "source": source}]
        )
        self.assertEqual(
            shipping["destinationList"],
            [{"type": "location", "destination": destination}],
        )
        self.assertEqual(shipping["disposition"], "in_transit")
        self.assertNotIn("bizLocation", shipping)
        self.assertEqual(receiving["bizLocation"], {"id": destination})
        for event in (shipping, arriving, receiving):
            self.assertEqual(event["action"], "OBSERVE")
            self.assertEqual(
                event["quantityList"], [{"epcClass": CLASS_OF_TEA, "quantity": 10}]
            )
            self.assertEqual(event["eventTimeZoneOffset"], "+08:00")
            [number] = event["bizTransactionList"]
            self.assertTrue(number["bizTransaction"].endswith(transfer.name))
        moment = datetime.strptime(shipping["eventTime"], "%Y-%m-%dT%H:%M:%SZ")
        self.assertLess(abs(datetime.utcnow() - moment), timedelta(hours=1))

    def test_the_ids_stay_the_same(self):
        transfer = self.make_shipped_transfer()
        before = [event["eventID"] for event in self.get_events(transfer)]
        self.receive_all(transfer)
        after = [event["eventID"] for event in self.get_events(transfer)]
        self.assertEqual(after[: len(before)], before)
        self.assertEqual(len(set(after)), len(after))

    def test_short_damaged_and_lost(self):
        transfer = self.make_shipped_transfer({self.tea: 10})
        count = self.start_count(transfer)
        count.line_ids.write({"counted_quantity": 6, "damaged_quantity": 1})
        count.action_submit()
        self.settle_all(transfer, "lost")
        events = {
            (event["bizStep"], event["disposition"]): self.get_quantity(event)
            for event in self.get_events(transfer)
        }
        self.assertEqual(
            events,
            {
                ("shipping", "in_transit"): 10,
                ("arriving", "in_transit"): 10,
                ("receiving", "sellable_not_accessible"): 6,
                ("inspecting", "damaged"): 1,
                ("inspecting", "unknown"): 3,
            },
        )

    def test_not_sent_after_all(self):
        transfer = self.make_shipped_transfer({self.tea: 10})
        self.count(transfer, {self.tea: 8})
        self.settle_all(transfer, "not_sent")
        [void] = self.get_events(transfer, "void_shipping")
        [shipping] = self.get_events(transfer, "shipping")
        self.assertEqual(self.get_quantity(void), 2)
        self.assertEqual(void["readPoint"], shipping["readPoint"])

    def test_taken_back_goes_the_other_way(self):
        transfer = self.make_shipped_transfer({self.tea: 10})
        self.count(transfer, {self.tea: 8})
        self.settle_all(transfer, "returned")
        transfer.with_user(self.ec_staff).action_take_back()
        [shipping] = self.get_events(transfer, "shipping")
        back = self.get_events(transfer, "receiving")[-1]
        self.assertEqual(back["disposition"], "returned")
        self.assertEqual(self.get_quantity(back), 2)
        self.assertEqual(
            back["sourceList"][0]["source"],
            shipping["destinationList"][0]["destination"],
        )

    def test_an_undone_shipment_did_not_occur(self):
        transfer = self.make_shipped_transfer({self.tea: 10})
        [before] = self.get_events(transfer)
        transfer.with_user(self.ec_staff).action_undo_shipment()
        [undone] = self.get_events(transfer)
        declaration = undone.pop("errorDeclaration")
        self.assertEqual(undone, before)
        self.assertEqual(declaration["reason"], "did_not_occur")
        self.ship(transfer, {self.tea: 4})
        wrong, right = self.get_events(transfer)
        self.assertIn("errorDeclaration", wrong)
        self.assertNotIn("errorDeclaration", right)
        self.assertEqual(self.get_quantity(right), 4)

    def test_what_was_undone_in_part_is_corrected(self):
        transfer = self.make_shipped_transfer({self.tea: 10})
        self.scrap_in_transit(transfer, 3)
        transfer.with_user(self.ec_staff).action_undo_shipment()
        wrong, right = self.get_events(transfer, "shipping")
        self.assertEqual(self.get_quantity(wrong), 10)
        self.assertEqual(self.get_quantity(right), 3)
        self.assertEqual(
            wrong["errorDeclaration"]["correctiveEventIDs"], [right["eventID"]]
        )
        self.assertEqual(wrong["errorDeclaration"]["reason"], "incorrect_data")

    def scrap_in_transit(self, transfer, quantity):
        picking = self.get_pickings(transfer, "incoming")
        scrap = (
            self.env["stock.scrap"]
            .with_user(self.inventory_user)
            .create(
                {
                    "product_id": self.tea.id,
                    "scrap_qty": quantity,
                    "picking_id": picking.id,
                    "location_id": self.transit.id,
                    "company_id": self.company.id,
                }
            )
        )
        scrap.action_validate()

    def test_an_undone_count_did_not_occur(self):
        transfer = self.make_shipped_transfer({self.tea: 10})
        self.count(transfer, {self.tea: 6})
        transfer.with_user(self.shop_approver).action_undo_count()
        self.count(transfer, {self.tea: 10})
        wrong, *right = self.get_events(transfer, "receiving")
        self.assertEqual(wrong["errorDeclaration"]["reason"], "did_not_occur")
        self.assertFalse([event for event in right if "errorDeclaration" in event])
        self.assertEqual(sum(map(self.get_quantity, right)), 10)

    def test_cartons_are_packed_shipped_and_unpacked(self):
        transfer, cartons = self.make_packed_transfer({self.tea: 6}, {self.tea: 4})
        cartons[0].name = make_sscc("4006381", 7)
        self.count(transfer, {self.tea: 9})
        packing = self.get_events(transfer, "packing")
        self.assertEqual({event["action"] for event in packing}, {"ADD"})
        parents = {event["parentID"]: self.get_quantity(event) for event in packing}
        self.assertEqual(parents[f"https://id.gs1.org/00/{cartons[0].name}"], 6)
        [other] = [link for link, quantity in parents.items() if quantity == 4]
        self.assertTrue(other.endswith(f"/store-carton/{cartons[1].name}"))
        [shipping] = self.get_events(transfer, "shipping")
        self.assertEqual(set(shipping["epcList"]), set(parents))
        self.assertNotIn("quantityList", shipping)
        # One stays closed, the other was opened: a piece of it is missing.
        [unpacking] = self.get_events(transfer, "unpacking")
        [receiving] = self.get_events(transfer, "receiving")
        self.assertEqual(unpacking["action"], "DELETE")
        [closed] = receiving["epcList"]
        self.assertEqual({closed, unpacking["parentID"]}, set(parents))
        came = self.get_quantity(receiving)
        self.assertEqual(self.get_quantity(unpacking), came)
        self.assertEqual(parents[closed] + came, 9)

    def test_a_carton_of_two_deliveries_is_packed_before_it_leaves(self):
        transfer = self.make_transfer(lines={self.tea: 5, self.mug: 2})
        self.submit(transfer)
        self.approve(transfer)
        self.split_picking(transfer, self.mug, "outgoing")
        self.pack(transfer, {self.tea: 1, self.mug: 2})
        self.ship(transfer)
        self.split_picking(transfer, self.mug)
        self.receive_all(transfer)
        self.assertEqual(
            self.get_steps(transfer),
            ["packing"] * 2 + ["shipping"] * 2 + ["arriving"] + ["receiving"] * 2,
        )

    def test_lots_and_serial_numbers(self):
        self.tea.tracking = "lot"
        lamp = self._create_product("Lamp", "LMP-9", tracking="serial")
        lots = self.env["stock.lot"].create(
            [
                {"name": "L/1", "product_id": self.tea.id},
                {"name": "茶 2", "product_id": self.tea.id},
                {"name": "SN 1", "product_id": lamp.id},
            ]
        )
        self._add_stock(self.ec, self.tea, -100)
        self._add_stock(self.ec, self.tea, 4, lots[0])
        self._add_stock(self.ec, self.tea, 6, lots[1])
        self._add_stock(self.ec, lamp, 1, lots[2])
        transfer = self.make_shipped_transfer({self.tea: 10, lamp: 1})
        [shipping] = self.get_events(transfer)
        self.assertEqual(self.get_quantity(shipping, f"{CLASS_OF_TEA}/10/L%2F1"), 4)
        [other] = [
            element
            for element in shipping["quantityList"]
            if element["epcClass"].endswith("/lot/%E8%8C%B6%202")
        ]
        self.assertEqual(other["quantity"], 6)
        [piece] = shipping["epcList"]
        self.assertTrue(piece.endswith(f"/product/{lamp.id}/serial/SN%201"))

    def test_units(self):
        gram = self.env.ref("uom.product_uom_gram")
        pack = self.env.ref("uom.product_uom_pack_6")
        loose = self._create_product("Loose Tea", "LT", uom_id=gram.id)
        eggs = self._create_product("Eggs", "EGG", uom_id=pack.id)
        self._add_stock(self.ec, loose | eggs, 5000)
        transfer = self.make_shipped_transfer({loose: 2500, eggs: 2})
        [shipping] = self.get_events(transfer)
        found = [
            (element["quantity"], element.get("uom"))
            for element in shipping["quantityList"]
        ]
        self.assertEqual(found, [(2.5, "KGM"), (12, None)])

    def test_third_parties(self):
        vendor = self.env["res.partner"].create({"name": "Tea Farm"})
        receipt = self.make_transfer(
            self.shop_staff, kind="receipt", partner_id=vendor.id
        )
        self.submit(receipt, self.shop_staff)
        self.receive_all(receipt)
        [receiving] = self.get_events(receipt)
        [source] = receiving["sourceList"]
        self.assertEqual(source["type"], "possessing_party")
        unnamed = self.make_transfer(kind="dispatch", remark="Repair shop")
        self.submit(unnamed)
        self.ship(unnamed)
        [shipping] = self.get_events(unnamed)
        self.assertNotIn("destinationList", shipping)
        self.assertEqual(shipping["sourceList"][0]["type"], "location")

    def test_many_in_one_document_with_names(self):
        transfers = self.make_shipped_transfer() | self.make_shipped_transfer()
        document = self.get_document(transfers)
        self.assertEqual(len(document["epcisBody"]["eventList"]), 2)
        names = {
            element["id"]: element["attributes"][0]["attribute"]
            for vocabulary in document["epcisHeader"]["epcisMasterData"][
                "vocabularyList"
            ]
            for element in vocabulary["vocabularyElementList"]
        }
        self.assertIn("Oolong Tea", names[CLASS_OF_TEA])
        self.assertIn("Shop North", names.values())

    def count_queries(self, number_of_products):
        products = self._create_many_products("P", number_of_products)
        self._add_stock(self.ec, products, 5)
        transfer = self.make_shipped_transfer(dict.fromkeys(products, 2))
        self.receive_all(transfer)
        # What Odoo keeps between requests is there in life.
        transfer.with_user(self.head_office)._build_epcis()
        self.env.flush_all()
        self.env.invalidate_all()
        before = self.cr.sql_log_count
        transfer.with_user(self.head_office)._build_epcis()
        return self.cr.sql_log_count - before

    def test_of_many_lines_it_costs_no_more(self):
        self.assertEqual(self.count_queries(20), self.count_queries(3))

    def test_nothing_has_happened_yet(self):
        document = self.get_document(self.make_transfer())
        self.assertEqual(document["epcisBody"]["eventList"], [])

    def test_who_may_take_it_along(self):
        transfer = self.make_shipped_transfer()
        self.get_document(transfer, self.shop_approver)
        for user in (self.shop_staff, self.ec_staff, self.south_staff):
            for download in ("action_download_epcis", "action_download_trail"):
                with self.subTest(user.name), self.assertRaises(AccessError):
                    getattr(transfer.with_user(user), download)()

    def test_which_barcodes_are_gtins(self):
        for barcode, gtin in (
            (GTIN, "04006381333931"),
            ("96385074", "00000096385074"),
            ("036000291452", "00036000291452"),
            ("4006381333932", None),
            ("2100000000005", None),
            ("02345673", None),
            ("TEA-001", None),
            ("", None),
            (False, None),
        ):
            self.assertEqual(read_gtin(barcode), gtin, barcode)
        self.assertIsNone(link_product("04006381333931", lot="x" * 21))

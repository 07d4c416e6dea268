from odoo.tests import tagged

from .common_cartons import CartonCase


@tagged("post_install", "-at_install")
class TestHostileCartons(CartonCase):
    """Labels that nobody expects, sent again and again by a device."""

    def test_a_third_party_s_carton_goes_astray(self):
        partner = self.env["res.partner"].create({"name": "Harbour Café"})
        dispatch = self.make_transfer(
            kind="dispatch", lines={self.mug: 2}, partner_id=partner.id
        )
        self.submit(dispatch)
        carton = self.pack(dispatch, {self.mug: 2})
        self.ship(dispatch)
        count = self.start(self.make_shipped_transfer())
        [refused] = self.scan(count, carton.name)
        self.assertIn("is for Harbour Café", refused["message"])
        [told] = self.send(count, {"kind": "astray", "barcode": carton.name})
        self.assertEqual(told["status"], "counted")
        self.assertIn("Fetch it there", dispatch.message_ids[:1].body)

    def test_a_third_party_without_a_name_is_named_as_one(self):
        dispatch = self.make_transfer(kind="dispatch", lines={self.mug: 2})
        self.submit(dispatch)
        carton = self.pack(dispatch, {self.mug: 2})
        self.ship(dispatch)
        count = self.start(self.make_shipped_transfer())
        [refused] = self.scan(count, carton.name)
        self.assertIn("is for Third party", refused["message"])

    def test_a_carton_astray_is_told_of_once(self):
        other, carton = self.make_packed_transfer(
            {self.mug: 2}, destination_store_id=self.shop_south.id
        )
        count = self.start(self.make_shipped_transfer())
        event = {"kind": "astray", "barcode": carton.name}
        before = other.message_ids
        for events in ([event, event], [event]):
            for told in self.send(count, *events):
                self.assertEqual(told["status"], "counted")
        notes = (other.message_ids - before).filtered(
            lambda message: message.message_type == "notification"
        )
        self.assertEqual(len(notes), 1)

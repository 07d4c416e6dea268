import json

from odoo.tests import tagged

from .common_till import TillCase


@tagged("post_install", "-at_install")
class TestNewsAtTheTill(TillCase):
    """Who has a turn, hears of it at once; nobody else does."""

    def setUp(self):
        super().setUp()
        self.get_news()

    def get_news(self):
        """Return what was sent since it was asked last: ``{partner id: [payload]}``."""
        self.flush_tracking()
        sent = self.env["bus.bus"].sudo().search([])
        news = {}
        for one in sent.sorted("id"):
            message = json.loads(one.message)
            if message["type"] == "store_transfer/turn":
                partner_id = json.loads(one.channel)[2]
                news.setdefault(partner_id, []).append(message["payload"])
        sent.unlink()
        return news

    def test_who_approves_hears_what_was_submitted(self):
        transfer = self.make_waiting()
        news = self.get_news()
        self.assertEqual(list(news), self.shop_approver.partner_id.ids)
        self.assertEqual(
            news[self.shop_approver.partner_id.id],
            [
                {
                    "transfer_id": transfer.id,
                    "name": transfer.name,
                    "store_id": self.shop.id,
                    "turn": "approve",
                    "user_id": self.ec_staff.id,
                }
            ],
        )

    def test_each_side_hears_of_its_turn(self):
        transfer = self.make_waiting()
        self.get_news()
        self.approve(transfer)
        news = self.get_news()
        self.assertCountEqual(news, (self.ec_staff | self.ec_approver).partner_id.ids)
        self.assertEqual(news[self.ec_staff.partner_id.id][0]["turn"], "ship")
        self.ship(transfer)
        news = self.get_news()
        self.assertCountEqual(
            news, (self.shop_staff | self.shop_approver).partner_id.ids
        )
        self.assertEqual(news[self.shop_staff.partner_id.id][0]["turn"], "count")
        self.receive_all(transfer)
        self.assertFalse(self.get_news())

    def test_who_settles_hears_of_what_is_short(self):
        transfer = self.make_shipped_transfer()
        self.get_news()
        self.count(transfer, {self.tea: 9})
        [news] = self.get_news()[self.shop_approver.partner_id.id]
        self.assertEqual((news["turn"], news["transfer_id"]), ("settle", transfer.id))

    def test_many_differences_are_told_once(self):
        transfer = self.make_shipped_transfer({self.tea: 5, self.mug: 5, self.lamp: 5})
        self.get_news()
        self.count(transfer, {self.tea: 4, self.mug: 4, self.lamp: 4})
        [news] = self.get_news()[self.shop_approver.partner_id.id]
        self.assertEqual(news["turn"], "settle")

    def test_staff_hear_what_was_set_aside(self):
        transfer = self.make_shipped_transfer()
        transfer.sudo().line_ids.customer_name = "Ms. Lin"
        self.get_news()
        self.receive_all(transfer)
        [news] = self.get_news()[self.shop_staff.partner_id.id]
        self.assertEqual(
            (news["turn"], news["store_id"], news["transfer_id"]),
            ("set_aside", self.shop.id, transfer.id),
        )

    def test_more_people_cost_no_query_more(self):
        queries = []
        for number in range(2):
            for more in range(6):
                self._create_user(f"staff_{number}{more}", "group_staff", self.ec)
            transfer = self.make_waiting()
            self.flush_tracking()
            self.env.invalidate_all()
            turns = transfer.sudo()._get_wanted_activities()
            before = self.cr.sql_log_count
            transfer.sudo()._tell_tills(turns)
            queries.append(self.cr.sql_log_count - before)
        self.assertLessEqual(queries[1], queries[0])

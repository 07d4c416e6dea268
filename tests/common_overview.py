"""The cards of the overview, as people see them, and some transfers for them."""

import json
from datetime import timedelta

from lxml import etree

from odoo import fields
from odoo.tools.safe_eval import safe_eval

from .common_transfers import StoreTransferCase

FIGURES = (
    "to_approve",
    "to_ship",
    "on_the_way",
    "to_count",
    "partial",
    "late",
    "difference",
)


class OverviewLists:
    def open_list(self, card, figure):
        """Press a number, and return what its list shows."""
        action = (
            card.action_open_differences()
            if figure == "difference"
            else getattr(card, f"action_open_{figure}")()
        )
        [chosen] = [
            name.removeprefix("search_default_")
            for name in action["context"]
            if name.startswith("search_default_")
        ]
        records = card.env[action["res_model"]]
        search = etree.fromstring(records.get_view(view_type="search")["arch"])
        [node] = search.xpath(f"//filter[@name='{chosen}']")
        return records.search(action["domain"] + safe_eval(node.get("domain")))


class OverviewCase(OverviewLists, StoreTransferCase):
    """Tea costs 10, a mug 4."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.tea.with_company(cls.company).standard_price = 10
        cls.mug.with_company(cls.company).standard_price = 4

    def get_cards(self, user):
        """Return the cards that a user sees, in their order."""
        self.flush_tracking()
        # Each look is a request of its own.
        self.env.invalidate_all()
        cards = self.env["store.transfer.overview"].with_user(user)
        return cards.with_context(allowed_company_ids=user.company_ids.ids).search([])

    def get_card(self, user, store=None):
        """Return a store's card as a user sees it; without a store, that of all."""
        return self.get_cards(user).filtered(
            lambda card: card.store_id == (store or card.store_id.browse())
        )

    def assertFigures(self, card, **figures):
        """Check the numbers as ``figure=(number, value)``; all others are zero."""
        found = {
            name: (card[f"{name}_count"], card[f"{name}_value"]) for name in FIGURES
        }
        self.assertEqual(found, {**dict.fromkeys(FIGURES, (0, 0)), **figures})

    def get_chart(self, card):
        return json.loads(card.kanban_dashboard_graph)

    def get_week(self, card):
        """Return how much came in, and how much went out."""
        chart = self.get_chart(card)
        return sum(chart["received"]), sum(chart["shipped"])

    def get_moment(self, days):
        """Return the moment so many days ago, and a little more."""
        return fields.Datetime.now() - timedelta(days=days, minutes=1)

    def make_older(self, transfer, days):
        """Let what was moved for a transfer have happened so many days ago."""
        moves = transfer.sudo().line_ids.move_ids
        moves.filtered(lambda move: move.state == "done").date = self.get_moment(days)

    def approve_new(self, lines=None):
        transfer = self.make_transfer(lines=lines)
        self.submit(transfer)
        self.approve(transfer)
        return transfer

    def make_some_of_each(self):
        """Make transfers that wait for each of what the numbers are about."""
        self.submit(self.make_transfer(lines={self.tea: 1}))
        asked_for = self.make_transfer(
            self.shop_staff, {self.tea: 1}, initiator="destination"
        )
        self.submit(asked_for, self.shop_staff)
        self.approve_new({self.tea: 1, self.mug: 2}).sudo().expected_date = "2020-01-01"
        self.ship(self.approve_new({self.mug: 5}), {self.mug: 2})
        self.confirm_arrival(self.make_shipped_transfer({self.mug: 3}))
        self.count(self.make_shipped_transfer({self.tea: 10}), {self.tea: 7})
        vendor = {"kind": "receipt", "remark": "Tea farm"}
        self.submit(
            self.make_transfer(self.shop_staff, {self.tea: 4}, **vendor),
            self.shop_staff,
        )
        dispatch = self.make_transfer(
            self.ec_staff, {self.tea: 4}, kind="dispatch", remark="Tea fair"
        )
        self.submit(dispatch)
        self.receive_all(self.make_shipped_transfer({self.tea: 1}))
        self.make_transfer(lines={self.tea: 1})

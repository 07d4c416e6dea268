"""Goods that did not simply arrive, and what becomes of them."""

from odoo.tests import Form

from .common_transfers import StoreTransferCase


class DiscrepancyCase(StoreTransferCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.tea.with_company(cls.company).standard_price = 30

    def get_discrepancies(self, transfer, user=None):
        discrepancies = self.env["store.transfer.discrepancy"].with_user(
            user or self.head_office
        )
        return discrepancies.search([("transfer_id", "=", transfer.id)], order="id")

    def make_short(self, counted=7, user=None):
        """Ship ten tea, count less; return the transfer and its discrepancy."""
        transfer = self.make_shipped_transfer()
        self.count(transfer, {self.tea: counted}, user=user)
        return transfer, self.get_discrepancies(transfer)

    def settle(self, record, outcome, quantity=None, user=None, reason="stolen"):
        """Settle what is short of a transfer, or one discrepancy, as one outcome."""
        wizard = self.open_settle(record, outcome, user, reason)
        if quantity is not None:
            with Form(wizard) as form, form.line_ids.edit(0) as line:
                line.quantity = quantity
        wizard.action_settle()
        transfer = record if record._name == "store.transfer" else record.transfer_id
        self.assertLedger(transfer)
        return wizard

    def open_settle(self, record, outcome, user=None, reason="stolen"):
        """Open the question of what became of that, and answer it without a press."""
        values = {"outcome": outcome} if outcome else {}
        return self.open_wizard(
            record,
            user or self.shop_approver,
            "action_open_settle",
            **values,
            reason_id=self.env.ref(f"store_transfer.reason_{reason}").id,
        )

    def scrap_on_the_way(self, transfer, picking=None):
        """Scrap three tea in transit, in the Inventory app."""
        picking = picking or self.get_pickings(transfer, "outgoing", "done")
        scrap = (
            self.env["stock.scrap"]
            .with_user(self.inventory_user)
            .create(
                {
                    "product_id": self.tea.id,
                    "scrap_qty": 3,
                    "picking_id": picking.id,
                    "location_id": self.transit.id,
                    "company_id": self.company.id,
                }
            )
        )
        scrap.do_scrap()
        self.assertLedger(transfer)

    def answer(self, discrepancy, text, user=None, step="action_answer"):
        discrepancy = discrepancy.with_user(user or self.ec_staff)
        discrepancy.answer = text
        getattr(discrepancy, step)()

    def get_notices(self, record, user):
        """Return what a user was told about a record."""
        return (
            self.env["mail.message"]
            .sudo()
            .search(
                [
                    ("model", "=", record._name),
                    ("res_id", "in", record.ids),
                    ("notified_partner_ids", "in", user.partner_id.ids),
                ]
            )
            .mapped("body")
        )

    def get_activity_users(self, discrepancy):
        return discrepancy.sudo().activity_ids.user_id


OUTCOMES = ("not_sent", "returned", "lost", "damaged")


class SettledCase(DiscrepancyCase):
    def make_settled(self, outcome, counted=7):
        transfer, discrepancy = self.make_short(counted)
        self.settle(transfer, outcome)
        return transfer, discrepancy

    def make_disputed(self, outcome, counted=7):
        transfer, discrepancy = self.make_settled(outcome, counted)
        self.answer(discrepancy, "That can't be.", step="action_dispute")
        self.assertLedger(transfer)
        return transfer, discrepancy

    def decide_otherwise(self, discrepancy, outcome, user=None, **values):
        wizard = self.open_wizard(
            discrepancy,
            user or self.head_office,
            "action_open_overrule",
            outcome=outcome,
            reason_id=self.env.ref("store_transfer.reason_left_behind").id,
            **values,
        )
        wizard.action_overrule()
        self.assertLedger(discrepancy.transfer_id)
        return wizard

    def make_lots(self, product, *names):
        lots = self.env["stock.lot"].create(
            [{"name": name, "product_id": product.id} for name in names]
        )
        quantity = 1 if product.tracking == "serial" else 5
        for lot in lots:
            self._add_stock(self.ec, product, quantity, lot=lot)
        return lots

    def make_short_of_lots(self, tracking, *names):
        """Ship two lots, the second short; return transfer, discrepancy, lots."""
        product = self._create_product("Matcha", "MAT-001", tracking=tracking)
        lots = self.make_lots(product, *names)
        quantity = sum(self.get_lots(self.ec.lot_stock_id, product).values())
        transfer = self.make_shipped_transfer({product: quantity})
        count = self.start_count(transfer)
        for line in count.line_ids:
            line.counted_quantity = line.expected_quantity
        last = count.line_ids.filtered(lambda line: line.lot_id == lots[-1])
        last.counted_quantity = 3 if tracking == "lot" else 0
        count.action_submit()
        self.assertLedger(transfer)
        return transfer, self.get_discrepancies(transfer), lots

    def get_lots(self, location, product):
        """Return ``{lot name: quantity}`` of a product at a location."""
        quants = self.env["stock.quant"].search(
            [
                ("location_id", "=", location.id),
                ("product_id", "=", product.id),
                ("quantity", "!=", 0),
            ]
        )
        return {quant.lot_id.name: quant.quantity for quant in quants}

    def get_booked(self, transfer):
        """Return the picking by which goods were settled."""
        return self.get_gone(transfer).picking_id

    def correct_booked(self, transfer, quantity):
        """Correct what was booked, in the Inventory app."""
        picking = self.get_booked(transfer).with_user(self.inventory_user)
        picking.move_line_ids.quantity = quantity
        self.assertLedger(transfer)

    def get_summary(self, discrepancies):
        return sorted(
            discrepancies.mapped(
                lambda discrepancy: (
                    discrepancy.quantity,
                    discrepancy.state,
                    discrepancy.outcome or "",
                )
            )
        )


class SurplusCase(DiscrepancyCase):
    def count_lines(self, transfer, quantities, user=None):
        """Count ``{product: quantity}``, also of products nobody sent, and submit."""
        count = self.start_count(transfer, user)
        for product, quantity in quantities.items():
            count._find_or_add_line(product).counted_quantity = quantity
        count.action_review()
        consequences = count.line_ids.mapped("consequence")
        count.action_submit()
        self.assertLedger(transfer)
        return consequences

    def get_product_summary(self, transfer):
        return sorted(
            self.get_discrepancies(transfer).mapped(
                lambda discrepancy: (
                    discrepancy.product_id.default_code,
                    discrepancy.lot_id.name or discrepancy.lot_name or "",
                    discrepancy.quantity,
                    discrepancy.state,
                )
            )
        )

"""What people do in a database of an earlier version, see commands/update.py.

Run in the shell of that version, with the tools of its own tests. Each step is a
transaction of its own, as in life.
"""

from importlib import import_module

from odoo.exceptions import UserError

MODULES = ("common_discrepancies", "test_decided_otherwise")


def find_tools():
    for name in MODULES:
        try:
            module = import_module(f"odoo.addons.store_transfer.tests.{name}")
        except ImportError:
            continue
        return module.SettledCase
    raise ImportError(f"None of {MODULES} has tools for this")


class Life(find_tools()):
    suffix = "_of_before"

    @classmethod
    def _get_company_warehouse(cls, company, name, code):
        # Outside tests, a company has none until somebody makes it.
        values = {"name": name, "code": code, "company_id": company.id}
        return cls.env["stock.warehouse"].create(values)

    def return_moves(self, picking, quantity):
        back = self.return_picking(picking, quantity)
        self.validate_picking(back)
        self.end_step()
        return back

    def return_again(self, returned, quantity):
        """Return what was returned; the first versions refused that."""
        try:
            with self.env.cr.savepoint():
                back = self.return_picking(returned, quantity)
                self.validate_picking(back)
        except UserError:
            return None
        self.end_step()
        return back

    def end_step(self):
        self.env.flush_all()
        self.env.cr.commit()

    def make_sent(self):
        transfer = self.make_shipped_transfer()
        self.end_step()
        return transfer

    def get_done(self, transfer, code):
        return self.get_pickings(transfer, code, "done").sorted("id")[-1]

    def lead(self):
        self._add_stock(self.ec, self.tea, 1000)
        self.make_transfer()
        self.submit(self.make_transfer())
        waiting = self.make_transfer()
        self.submit(waiting)
        self.approve(waiting)
        self.end_step()
        self.receive_in_parts()
        self.return_before_arrival()
        self.return_after_arrival()
        self.scrap_on_the_way(self.make_sent())
        self.end_step()
        self.count_damaged()
        self.settle_and_undo()
        self.deal_with_third_parties()

    def receive_in_parts(self):
        transfer = self.make_transfer(lines={self.tea: 10, self.mug: 4})
        self.submit(transfer)
        self.approve(transfer)
        self.ship(transfer, {self.tea: 6, self.mug: 1})
        self.end_step()
        self.count(transfer, {self.tea: 4})
        self.end_step()
        self.close_rest(transfer)
        self.end_step()

    def return_before_arrival(self):
        transfer = self.make_sent()
        back = self.return_moves(self.get_done(transfer, "outgoing"), 4)
        if again := self.return_again(back, 3):
            self.return_again(again, 2)

    def return_after_arrival(self):
        transfer = self.make_sent()
        self.receive_all(transfer)
        self.end_step()
        back = self.return_moves(self.get_done(transfer, "incoming"), 5)
        if again := self.return_again(back, 2):
            self.return_again(again, 1)
        transfer.with_user(self.ec_staff).action_take_back()
        self.end_step()
        partly = self.make_sent()
        self.receive_all(partly)
        self.return_moves(self.get_done(partly, "incoming"), 3)

    def count_damaged(self):
        own_place = self._create_location("Broken", self.shop.view_location_id)
        for place in (False, own_place):
            self.shop.transfer_damage_location_id = place
            transfer = self.make_sent()
            action = transfer.with_user(self.shop_staff).action_start_count()
            count = self.env["store.transfer.count"].browse(action["res_id"])
            line = count.with_user(self.shop_staff).line_ids
            line.write({"counted_quantity": 5, "damaged_quantity": 2})
            count.with_user(self.shop_staff).action_submit()
            self.end_step()
            self.settle(transfer, "damaged", quantity=1)
            self.end_step()
        self.shop.transfer_damage_location_id = False

    def settle_and_undo(self):
        for outcome in ("damaged", "lost", "not_sent", "returned"):
            transfer, discrepancy = self.make_short()
            self.end_step()
            self.settle(transfer, outcome)
            self.end_step()
            self.answer(discrepancy, "That can't be.", step="action_dispute")
            self.end_step()
            if outcome != "lost":
                self.decide_otherwise(discrepancy, "expected")
                self.end_step()
        kept, _discrepancy = self.make_short()
        self.settle(kept, "returned")
        self.end_step()

    def deal_with_third_parties(self):
        receipt = self.make_transfer(kind="receipt", destination_store_id=self.ec.id)
        self.submit(receipt)
        self.validate_picking(self.get_pickings(receipt, "incoming"), {self.tea: 7})
        self.return_moves(self.get_done(receipt, "incoming"), 2)
        dispatch = self.make_transfer(kind="dispatch", source_store_id=self.ec.id)
        self.submit(dispatch)
        self.validate_picking(self.get_pickings(dispatch, "outgoing"))
        self.return_moves(self.get_done(dispatch, "outgoing"), 3)


Life.env = env  # noqa: F821  (the shell's)
Life._create_chain()
Life().lead()
Life().end_step()

from collections import defaultdict
from datetime import datetime, time, timedelta

from pytz import UTC, timezone

from odoo import api, models
from odoo.fields import Command
from odoo.tools import SQL

from ..tools.trail import ORIGIN
from .lives import HOTEL, LIVES, POTTERY, TEA

# The ends of XML ids: of stores and third parties, and of who works there.
PLACES = {
    "EC": "store_ec",
    "XY": "store_xinyi",
    "TC": "store_taichung",
    "TN": "store_tainan",
    "KH": "store_kaohsiung",
    **{third_party: third_party for third_party in (TEA, POTTERY, HOTEL)},
}
STAFF = {
    "EC": "user_ec_staff",
    "XY": "user_xinyi_staff",
    "TC": "user_taichung_staff",
    "TN": "user_tainan_staff",
    "KH": "user_kaohsiung_staff",
}
APPROVERS = {"EC": "user_ec_approver", "XY": "user_xinyi_approver"}
HEAD_OFFICE = "user_head_office"
ANSWER = "Sorry! We wrap them one by one from now on."

# Where moments are kept, and of which transfer a row there is.
OF_DOCUMENT = """
    CASE kept.{model}
    WHEN 'store.transfer' THEN kept.res_id
    WHEN 'stock.picking' THEN
         (SELECT transfer_id FROM stock_picking WHERE id = kept.res_id)
    WHEN 'store.transfer.discrepancy' THEN
         (SELECT transfer_id FROM store_transfer_discrepancy WHERE id = kept.res_id)
    END
"""
OF_LINE = "(SELECT transfer_id FROM store_transfer_line WHERE id = {line})"
OF_MOVE = (
    "(SELECT line.transfer_id FROM store_transfer_line line JOIN stock_move move"
    " ON move.transfer_line_id = line.id WHERE move.id = kept.move_id)"
)
KEPT = {
    "store.transfer": "kept.id",
    "store.transfer.line": "kept.transfer_id",
    "store.transfer.event": "kept.transfer_id",
    "store.transfer.pick": "kept.transfer_id",
    "store.transfer.count": "kept.transfer_id",
    "store.transfer.discrepancy": "kept.transfer_id",
    "store.transfer.aside": "kept.transfer_id",
    "stock.picking": "kept.transfer_id",
    "stock.move": OF_LINE.format(line="kept.transfer_line_id"),
    "stock.move.line": OF_MOVE,
    "mail.message": OF_DOCUMENT.format(model="model"),
    "mail.activity": OF_DOCUMENT.format(model="res_model"),
}
# What else is put back, in SQL.
ALONG = {
    # The day by which somebody has to answer.
    "store.transfer.discrepancy": "deadline = CASE WHEN kept.create_date >= %(since)s"
    " THEN kept.deadline - plan.days ELSE kept.deadline END",
    # Nobody has called, from wherever.
    "store.transfer.event": "origin = REPLACE(kept.origin, 'system', 'back_office')",
}
PUT_BACK = """
UPDATE %(table)s kept
   SET %(changes)s
  FROM (VALUES %(plan)s) plan (transfer_id, moment, days)
 WHERE plan.transfer_id = %(transfer)s
   AND GREATEST(%(columns)s) >= %(since)s
"""


class StoreTransferDemo(models.AbstractModel):
    """The past of the demo company.

    Nothing can be done yesterday. So each step is done when the demo data is installed,
    and what it wrote down as now is put back to when it would have been: in SQL, since
    nobody else ever may.
    """

    _name = "store.transfer.demo"
    _description = "Past of the Demo Company"

    @api.model
    def _live(self):
        """Let all of the past happen, as it is written down in lives.py."""
        History(self.env).live()

    @api.model
    def _put_back(self, transfer_id, days, hour):
        """Put back what was just done to a transfer.

        :param days: so many days ago
        """
        transfer = self.env["store.transfer"].browse(transfer_id)
        self._put_all_back({transfer: (days, time(hour))})
        self._put_turns_back(transfer, days)

    @api.model
    def _put_all_back(self, plan):
        """Put back what this transaction has written down as now.

        :param plan: ``{transfer: (so many days ago, time of the day there)}``
        """
        self.env.flush_all()
        rows = [
            SQL(
                "(%s, %s::timestamp, %s)",
                transfer.id,
                self._get_moment(transfer, days, hour),
                days,
            )
            for transfer, (days, hour) in plan.items()
        ]
        for model, transfer in KEPT.items():
            self._put_rows_back(self.env[model], SQL(transfer), SQL(", ").join(rows))
        self.env.invalidate_all()
        transfers = self.env["store.transfer"].union(*plan)
        submitted = transfers.filtered("submit_date")
        self.env.add_to_compute(transfers._fields["submit_day"], submitted)

    def _put_rows_back(self, model, transfer, plan):
        since = self.env.cr.now().replace(microsecond=0)
        columns = [
            SQL("kept.%s", SQL.identifier(name))
            for name, field in model._fields.items()
            if field.type == "datetime" and field.column_type and field.store
        ]
        changes = [
            SQL(
                "%(name)s = CASE WHEN %(column)s >= %(since)s"
                " THEN plan.moment ELSE %(column)s END",
                name=SQL(column.code.removeprefix("kept.")),
                column=column,
                since=since,
            )
            for column in columns
        ]
        if model._name in ALONG:
            changes.append(SQL(ALONG[model._name], since=since))
        self.env.cr.execute(
            SQL(
                PUT_BACK,
                table=SQL.identifier(model._table),
                changes=SQL(", ").join(changes),
                plan=plan,
                transfer=transfer,
                columns=SQL(", ").join(columns),
                since=since,
            )
        )

    def _put_turns_back(self, transfer, days):
        """Let it be due when it would have been what somebody has to do."""
        for records in (transfer, transfer.discrepancy_ids):
            wanted = records._get_wanted_activities()
            for activity in records._get_open_activities():
                record, turn, side = wanted[
                    activity.res_id, activity.activity_type_id, activity.user_id
                ]
                day = record._get_turn_store(side)._get_today() - timedelta(days=days)
                due = record._get_turn_deadline(turn, day)
                activity.date_deadline = max(day, due)

    def _get_moment(self, transfer, days, hour):
        """Return a moment in UTC.

        :param days: so many days ago, where the goods go
        :param hour: the time of the day there
        """
        store = transfer._get_waiting_store()
        day = store._get_today() - timedelta(days=days)
        zone = timezone(store._get_transfer_timezone())
        moment = zone.localize(datetime.combine(day, hour))
        return moment.astimezone(UTC).replace(tzinfo=None)


class History:
    """The lives of transfers, lived step by step, each by who does it in life.

    All of them at once, since that is faster: whoever does a step does it to many.
    """

    def __init__(self, env):
        self.env = env
        domain = [("company_id", "=", self._ref("company").id)]
        self.products = {
            product.default_code: product
            for product in env["product.product"].search(domain)
        }
        self.lives = sorted(LIVES, key=lambda life: -life.days)
        self.transfers = {}

    def live(self):
        lives = self.lives
        self._stock_up()
        self._submit(lives)
        self._approve([life for life in lives if life.kind == "between"])
        self._ship([life for life in lives if life.kind != "receipt"])
        self._receive(
            [life for life in lives if life.kind != "dispatch" and not life.is_stuck]
        )
        self.env["store.transfer.lane"]._cron_look_up()

    def _stock_up(self):
        """Give each store what it will have sent until today."""
        needed = defaultdict(float)
        for life in self.lives:
            if life.kind != "receipt":
                for sku, quantity in life.lines.items():
                    needed[life.source, sku] += max(quantity, life.counted.get(sku, 0))
        quants = self.env["stock.quant"].with_context(inventory_mode=True)
        quants.create(
            [
                {
                    "location_id": self._get_place(code).lot_stock_id.id,
                    "product_id": self.products[sku].id,
                    "lot_id": self._find_lot(sku).id,
                    "inventory_quantity": quantity,
                }
                for (code, sku), quantity in needed.items()
            ]
        ).action_apply_inventory()

    def _find_lot(self, sku):
        """Return the first lot of a product that has some."""
        domain = [("product_id", "=", self.products[sku].id)]
        return self.env["stock.lot"].search(domain, order="id", limit=1)

    def _submit(self, lives):
        today = self._get_place("EC")._get_today()
        for life in lives:
            transfers = self._as(STAFF[life.initiator])["store.transfer"]
            self.transfers[life] = transfers.create(
                {
                    **self._prepare_sides(life),
                    "expected_date": today - timedelta(days=life.days - life.expected),
                    "carrier": life.carrier,
                    "remark": life.remark,
                    "line_ids": self._prepare_lines(life),
                }
            )
        for transfers in self._by_staff(lives, "initiator"):
            transfers.action_submit()
        self._put_back(lives, lambda life: 0, range(8, 11))

    def _prepare_sides(self, life):
        values = {"kind": life.kind}
        if life.kind == "between":
            values["initiator"] = "destination" if life.is_pull else "source"
        else:
            third_party = life.source if life.kind == "receipt" else life.destination
            values["partner_id"] = self._get_place(third_party).id
        if life.kind != "receipt":
            values["source_store_id"] = self._get_place(life.source).id
        if life.kind != "dispatch":
            values["destination_store_id"] = self._get_place(life.destination).id
        return values

    def _prepare_lines(self, life):
        lines = [
            {"product_id": self.products[sku].id, "quantity": quantity}
            for sku, quantity in life.lines.items()
        ]
        if life.customer:
            name, phone = life.customer
            lines[0] |= {"customer_name": name, "customer_phone": phone}
        return [Command.create(line) for line in lines]

    def _approve(self, lives):
        for life in lives:
            if life.approved:
                self._approve_less(life)
        whole = [life for life in lives if not life.approved]
        for code in {life.other: True for life in whole}:
            transfers = self._of(life for life in whole if life.other == code)
            transfers.with_env(self._as_approver(code)).action_approve()
        self._put_back(lives, lambda life: life.slow, range(11, 16))

    def _approve_less(self, life):
        questions = self._as_approver(life.other)["store.transfer.approve"]
        questions.create(
            {
                "transfer_id": self.transfers[life].id,
                "reason_id": self._get_reason(life.reason).id,
                "line_ids": self._prepare_quantities(life, life.approved),
            }
        ).action_approve()

    def _prepare_quantities(self, life, less):
        """Return the lines of a question: all of each, where it is not less."""
        return [
            Command.create(
                {
                    "line_id": line.id,
                    "quantity": less.get(line.default_code, line.asked_quantity),
                }
            )
            for line in self.transfers[life].line_ids
        ]

    def _ship(self, lives):
        for life in lives:
            if life.shipped:
                self._ship_less(life)
        whole = [life for life in lives if not life.shipped]
        for transfers in self._by_staff(whole, "source"):
            transfers.ship_many()
        self._put_back(lives, lambda life: life.sent, range(7, 11))
        postponed = [life for life in lives if life.postponed]
        for life in postponed:
            transfer = self.transfers[life].with_env(self._as(STAFF[life.source]))
            transfer.expected_date += timedelta(days=life.postponed)
        self._put_back(postponed, lambda life: life.sent, range(11, 13))

    def _ship_less(self, life):
        """Ship what is there, and close the rest."""
        questions = self._as_approver(life.source)["store.transfer.ship"]
        questions.create(
            {
                "transfer_id": self.transfers[life].id,
                "line_ids": self._prepare_quantities(life, life.shipped),
                "rest": "close",
                "reason_id": self._get_reason(life.reason).id,
            }
        ).action_ship()

    def _receive(self, lives):
        for transfers in self._by_staff(lives, "destination"):
            transfers.confirm_arrival_many()
        self._put_back(lives, lambda life: life.arrived, range(11, 14))
        for life in lives:
            self._count(life)
        self._put_back(lives, lambda life: life.received, range(14, 18))
        later = [life for life in lives if life.later]
        for life in later:
            self._get_received(life).action_receive_all()
        self._put_back(later, lambda life: life.received + life.later, range(9, 12))
        self._settle(lives)

    def _get_received(self, life):
        """Return a transfer, as who works where it went."""
        staff = self._as(STAFF[life.destination])
        return self.transfers[life].with_env(staff).with_context(**{ORIGIN: "scan"})

    def _count(self, life):
        transfer = self._get_received(life)
        if not (life.counted or life.damaged or life.lots):
            transfer.action_receive_all()
            return
        transfer.action_start_count()
        count = transfer.count_ids.filtered(lambda count: count.state == "open")
        for line in count.line_ids:
            sku = line.default_code
            line.counted_quantity = life.counted.get(sku, line.expected_quantity)
            line.damaged_quantity = life.damaged.get(sku, 0)
            if sku in life.lots:
                line.lot_name = life.lots[sku]
        count.action_submit()

    def _settle(self, lives):
        """Say what became of what differed, and of what came for a customer."""
        for life in lives:
            if life.settled:
                self._decide(life)
            if life.damaged:
                self._answer(life)
            if life.customer and not life.is_kept:
                self._get_received(life).line_ids.aside_ids.action_hand_over()
        self._put_back(lives, lambda life: life.received + 1, range(14, 18))
        returned = [life for life in lives if life.settled[:1] == ("returned",)]
        for life in returned:
            staff = self._as(STAFF[life.source])
            self.transfers[life].with_env(staff).action_take_back()
        self._put_back(returned, lambda life: life.received + 3, range(9, 12))

    def _decide(self, life):
        outcome, reason = life.settled
        reason = self._get_reason(reason)
        approver = self._as_approver(life.destination)
        if outcome == "accepted":
            surplus = self.transfers[life].with_env(approver).discrepancy_ids
            surplus.reason_id = reason
            surplus.action_accept()
            return
        approver["store.transfer.settle"].create(
            {
                "transfer_id": self.transfers[life].id,
                "outcome": outcome,
                "reason_id": reason.id,
            }
        ).action_settle()

    def _answer(self, life):
        """Let the source say something to what was damaged; a vendor is not asked."""
        found = self.transfers[life].discrepancy_ids
        damaged = found.filtered(lambda one: one.kind == "damaged")
        if life.kind == "receipt":
            approver = self._as_approver(life.destination)
            damaged.with_env(approver).action_uphold()
            return
        damaged = damaged.with_env(self._as(STAFF[life.source]))
        damaged.answer = ANSWER
        damaged.action_answer()

    def _put_back(self, lives, get_days, hours):
        """Put back what was just done to these.

        :param get_days: returns so many days after it was submitted
        :param hours: of the day; each transfer has its own of them
        """
        if lives:
            self.env["store.transfer.demo"]._put_all_back(
                {
                    self.transfers[life].with_env(self.env): (
                        life.days - get_days(life),
                        self._choose(life, hours),
                    )
                    for life in lives
                }
            )

    def _choose(self, life, hours):
        """Return one of these hours, and a minute: always the same for a transfer."""
        return time(hours[life.days // len(hours) % len(hours)], life.days * 7 % 50)

    def _by_staff(self, lives, side):
        """Yield the transfers of each store, as who works there."""
        for code in {getattr(life, side): True for life in lives}:
            transfers = self._of(life for life in lives if getattr(life, side) == code)
            yield transfers.with_env(self._as(STAFF[code]))

    def _of(self, lives):
        return self.env["store.transfer"].union(
            *(self.transfers[life] for life in lives)
        )

    def _ref(self, name):
        return self.env.ref(f"store_transfer.demo_{name}")

    def _get_place(self, code):
        """Return a store, or a third party."""
        return self._ref(PLACES[code])

    def _get_reason(self, name):
        return self.env.ref(f"store_transfer.reason_{name}")

    def _as_approver(self, code):
        return self._as(APPROVERS.get(code, HEAD_OFFICE))

    def _as(self, name):
        """Return the environment of a user."""
        user = self._ref(name)
        companies = user.company_id.ids
        return self.env(
            user=user.id, context={"allowed_company_ids": companies}, su=False
        )

from collections import defaultdict

from odoo import api, fields, models
from odoo.fields import Domain

from ...tools.person import get_person
from ...tools.stock_work import StockWork

# Beyond any day of the calendar, counted from its first.
AFTER_ALL_DAYS = 10_000_000


class StoreTransferTurns(models.AbstractModel):
    """Says what is late, and gives an activity to everybody whose turn it is."""

    _name = "store.transfer.turns"
    _description = "Whose turn it is"
    _inherit = ["mail.activity.mixin"]

    # The field with the day on which it should be done, and the states until then.
    _due_field = None
    _due_states = ()

    # In which states it stands above what is over.
    _open_states = ()

    urgency = fields.Integer(
        compute="_compute_urgency",
        store=True,
        help="In which order lists show it: first what is open, from its earliest day "
        "on; then what is over, from its latest day back.",
    )
    is_late = fields.Boolean(compute="_compute_is_late", search="_search_is_late")

    @api.depends(
        lambda self: (
            *((self._due_field,) if self._due_field else ()),
            "state",
            "source_store_id",
            "destination_store_id",
        )
    )
    def _compute_is_late(self):
        for store, records in self.grouped(
            lambda record: record._get_waiting_store()
        ).items():
            today = store._get_today()
            for record in records:
                due = record.state in self._due_states and record[self._due_field]
                record.is_late = bool(due and due < today)

    @api.depends(lambda self: ("state", *filter(None, [self._due_field])))
    def _compute_urgency(self):
        for record in self:
            day = record[self._due_field]
            day = day.toordinal() if day else AFTER_ALL_DAYS
            is_open = record.state in self._open_states
            record.urgency = day if is_open else 2 * AFTER_ALL_DAYS - day

    def _search_is_late(self, operator, value):
        if operator not in ("in", "not in"):
            return NotImplemented
        late = Domain("state", "in", self._due_states) & self._get_overdue_domain()
        return late if (operator == "in") == (True in value) else ~late

    def _get_overdue_domain(self):
        """Return the domain of what was due on a day that is over where it waits."""
        by_day = self.env["stock.warehouse"]._get_stores_by_day()
        if len(by_day) == 1:
            return Domain(self._due_field, "<", next(iter(by_day)))
        return Domain.OR(
            Domain(self._due_field, "<", day) & self._get_waiting_domain(of_day)
            for day, of_day in by_day.items()
        )

    def _get_waiting_store(self):
        """Return the store whose day it is: where the goods go, else from where."""
        return self.destination_store_id or self.source_store_id

    @api.model
    def _get_waiting_domain(self, stores):
        return Domain("destination_store_id", "in", stores.ids) | (
            Domain("destination_store_id", "=", False)
            & Domain("source_store_id", "in", stores.ids)
        )

    def _get_turns(self):
        """Return whose turn it is: list of (activity type, side, group)."""
        return []

    def _get_turn_users(self, side, group):
        """Return the users of a side, see ``_get_side_users``."""
        return self._get_side_users(side, group)

    def _get_turn_store(self, side):
        """Return the store of a side, see ``_get_side_store``."""
        return self._get_side_store(side)

    def _get_turn_deadline(self, turn, today):
        """Return on which day somebody's turn is due.

        :param turn: the name of the activity type, as in :meth:`_get_turns`
        :param today: which day it is at the store whose turn it is
        """
        raise NotImplementedError

    @api.model
    def _get_domain_of_turns(self, stores, companies):
        """Return the domain of the records on which somebody of these has a turn.

        :param stores: ``stock.warehouse``, on either side
        :param companies: those whose head office has a turn
        """
        raise NotImplementedError

    @api.model
    def _sync_activities_of(self, stores, companies):
        """Give the activities of these stores to who works there now.

        :param companies: those whose head office has changed
        """
        if stores or companies:
            domain = self._get_domain_of_turns(stores, companies)
            self.search(domain)._sync_activities()

    def _sync_activities(self):
        """Give activities to those whose turn it is: now, or at the end of the step."""
        if work := StockWork.get(self.env):
            work.turn_ids[self._name].update(self.ids)
        else:
            self._give_activities()

    def _give_activities(self):
        """Give an activity to everybody whose turn it is, and to nobody else."""
        wanted = self._get_wanted_activities()
        stale = []
        for activity in self._get_open_activities():
            key = (activity.res_id, activity.activity_type_id, activity.user_id)
            if wanted.pop(key, None) is None:
                stale.append(activity.id)
        activities = self.env["mail.activity"].sudo()
        activities.browse(stale).unlink()
        if wanted:
            # An activity shows the name of what it is about: read for all at once.
            self.sudo().mapped("display_name")
        self._tell_tills(wanted)
        # One mail for each colleague would be noise; the list of activities is enough.
        activities.with_context(mail_activity_quick_update=True).create(
            [
                {
                    **record._prepare_activity_values(activity_type, user),
                    "date_deadline": record._get_open_deadline(turn, side),
                }
                for (_id, activity_type, user), (record, turn, side) in wanted.items()
            ]
        )

    def _tell_tills(self, wanted):
        """Tell the tills of those whose turn it has become, once all is committed.

        :param wanted: the new ones of :meth:`_get_wanted_activities`
        """
        users = self.env["res.users"].sudo()
        users.browse({user.id for (_id, _type, user) in wanted}).mapped("partner_id")
        bus = self.env["bus.bus"].sudo()
        told = set()
        for (_id, _type, user), (record, turn, side) in wanted.items():
            # Of many differences of a transfer, once.
            key = user.id, turn, record._get_transfer_of_turn()
            if key not in told:
                told.add(key)
                news = record._prepare_news(turn, side)
                partner = users.browse(user.id).partner_id
                bus._sendone(partner, "store_transfer/turn", news)

    def _prepare_news(self, turn, side):
        """Return what a till is told of a turn.

        :return: ``{"transfer_id", "name", "store_id", "turn", "user_id"}``: whose turn
            it is, at which store; and who has done what made it theirs
        """
        transfer = self._get_transfer_of_turn()
        return {
            "transfer_id": transfer.id,
            "name": transfer.name,
            "store_id": self._get_turn_store(side).id,
            "turn": turn.removeprefix("mail_activity_type_"),
            "user_id": get_person(self.env).id,
        }

    def _get_transfer_of_turn(self):
        """Return the transfer that this is, or is about."""
        return self

    def _set_deadlines(self):
        """Write anew by when the turns are due that are open on these records."""
        wanted = self._get_wanted_activities()
        by_deadline = defaultdict(list)
        for activity in self._get_open_activities():
            key = (activity.res_id, activity.activity_type_id, activity.user_id)
            if key in wanted:
                record, turn, side = wanted[key]
                deadline = record._get_open_deadline(turn, side)
                by_deadline[deadline].append(activity.id)
        activities = self.env["mail.activity"].sudo()
        for deadline, ids in by_deadline.items():
            activities.browse(ids).date_deadline = deadline

    def _get_open_deadline(self, turn, side):
        """Return by when a turn is due that begins now: no day that is over."""
        today = self._get_turn_store(side)._get_today()
        return max(today, self._get_turn_deadline(turn, today))

    def _get_wanted_activities(self):
        """Return whose turn it is on these records.

        :return: ``{(id, activity type, user): (record, name of the type, side)}``
        """
        wanted, types = {}, {}
        for record in self.sudo():
            for xmlid, side, group in record._get_turns():
                if xmlid not in types:
                    types[xmlid] = self.sudo().env.ref(f"store_transfer.{xmlid}")
                for user in record._get_turn_users(side, group):
                    wanted[record.id, types[xmlid], user] = (record, xmlid, side)
        return wanted

    def _get_open_activities(self):
        """Return the activities that steps have made on these records."""
        types = (
            self.env["mail.activity.type"]
            .sudo()
            .search([("res_model", "=", self._name)])
        )
        return (
            self.env["mail.activity"]
            .sudo()
            .search(
                [
                    ("res_model", "=", self._name),
                    ("res_id", "in", self.ids),
                    ("activity_type_id", "in", types.ids),
                ]
            )
        )

    def _prepare_activity_values(self, activity_type, user):
        """Return the values of an activity; it has no summary.

        Odoo then shows the name of its type, in the language of whoever reads it.
        """
        return {
            "res_model_id": self.env["ir.model"]._get_id(self._name),
            "res_id": self.id,
            "activity_type_id": activity_type.id,
            "note": self._get_activity_note(activity_type),
            "user_id": user.id,
            "automated": True,
        }

    def _get_activity_note(self, activity_type):
        """Return what an activity says in addition, in no language."""
        return False

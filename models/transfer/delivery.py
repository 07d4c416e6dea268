from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.tools import format_date

from ...spreadsheets.cells.dates import POSSIBLE_YEARS
from ...tools.person import get_person
from ...tools.roles import GROUP_STAFF

# How the goods come, and when: the sender may say it anew after it was submitted.
DELIVERY_FIELDS = (
    "expected_date",
    "carrier",
    "tracking_number",
    "driver",
    "carton_quantity",
    "remark",
)
MOST_CARTONS = 999


class StoreTransfer(models.Model):
    """When and how the goods come: changed until they are there, and told then."""

    _inherit = "store.transfer"

    promised_date = fields.Date(
        string="First Promised",
        readonly=True,
        copy=False,
        help="The expected date as it was submitted, however often it is changed.",
    )
    expected_changes = fields.Integer(
        string="Promise Moved",
        readonly=True,
        copy=False,
        help="How often the expected date was changed after it was submitted.",
    )
    is_postponed = fields.Boolean(compute="_compute_is_postponed")
    is_delivery_editable = fields.Boolean(compute="_compute_is_delivery_editable")
    carrier = fields.Char(copy=False, tracking=True, help="Who brings the goods.")
    tracking_number = fields.Char(
        copy=False,
        tracking=True,
        index="btree_not_null",
        help="The carrier's number of this delivery; scan it to receive the goods.",
    )
    driver = fields.Char(
        copy=False, tracking=True, help="Who drives, and how to reach them."
    )
    carton_quantity = fields.Integer(
        string="Number of Cartons",
        copy=False,
        tracking=True,
        help="In how many cartons the goods travel, where these have no numbers of "
        "their own: so many labels are printed, from 1 of 3 to 3 of 3.",
    )
    has_cartons = fields.Boolean(
        compute="_compute_has_cartons", help="It has cartons with numbers."
    )

    @api.constrains("expected_date")
    def _check_expected_date(self):
        """Refuse years that nobody means, from which no days can be counted back."""
        for transfer in self:
            day = transfer.expected_date
            if not day or day.year not in POSSIBLE_YEARS:
                raise ValidationError(
                    self.env._(
                        "%(transfer)s: enter the day on which the goods are expected, "
                        "with its year.",
                        transfer=transfer.name,
                    )
                )

    @api.constrains("carton_quantity")
    def _check_carton_quantity(self):
        for transfer in self:
            if not 0 <= transfer.carton_quantity <= MOST_CARTONS:
                raise ValidationError(
                    self.env._(
                        "%(transfer)s: enter how many cartons there are, at most "
                        "%(most)s.",
                        transfer=transfer.name,
                        most=MOST_CARTONS,
                    )
                )

    @api.depends("carton_ids")
    def _compute_has_cartons(self):
        # In sudo: packages are out of reach of store staff.
        for transfer, with_cartons in zip(self, self.sudo(), strict=True):
            transfer.has_cartons = bool(with_cartons.carton_ids)

    @api.depends("expected_date", "promised_date")
    def _compute_is_postponed(self):
        for transfer in self:
            promised = transfer.promised_date
            transfer.is_postponed = promised and promised != transfer.expected_date

    @api.depends("is_editable", "can_change_delivery")
    @api.depends_context("uid")
    def _compute_is_delivery_editable(self):
        """Tell whether when and how the goods come can be typed into."""
        for transfer in self:
            transfer.is_delivery_editable = (
                transfer.is_editable or transfer.can_change_delivery
            )

    def write(self, vals):
        if self.env.su or not vals.keys() & set(DELIVERY_FIELDS):
            return super().write(vals)
        submitted = self._check_may_change_delivery()
        former = {transfer: transfer._read_delivery() for transfer in submitted}
        # The history is kept, whatever a caller has put into the context.
        writing = self._in_own_context() if submitted else self
        result = super(StoreTransfer, writing).write(vals)
        for transfer, before in former.items():
            transfer._do_change_delivery(before)
        return result

    def _check_may_change_delivery(self):
        """Refuse it to who may neither edit these drafts, nor sends these goods.

        :return: those of these that are submitted: somebody has to be told
        """
        drafts = self.filtered(lambda transfer: transfer.state == "draft")
        submitted = self - drafts
        if drafts:
            drafts._check_step("edit")
        if submitted:
            submitted._check_step("change_delivery")
        return submitted

    def _read_delivery(self):
        return {name: self[name] for name in DELIVERY_FIELDS}

    def _do_change_delivery(self, before):
        """Plan anew what depends on the date, and tell who has to know.

        :param before: what :meth:`_read_delivery` returned before the change
        """
        changed = {
            name: former for name, former in before.items() if self[name] != former
        }
        if not changed:
            return
        ready = self._get_ready()
        if "expected_date" in changed:
            ready.expected_changes += 1
            ready._plan_anew()
        ready._notify_delivery(changed)
        ready._add_to_trail("change_delivery", delivery=ready._get_delivery(changed))

    def _get_delivery(self, changed):
        """Return what these fields said before, and say now, as the trail keeps it."""
        return {
            name: [former and str(former), self[name] and str(self[name])]
            for name, former in changed.items()
        }

    def _plan_anew(self):
        """Let open moves and activities follow the expected date."""
        open_moves = self.line_ids.move_ids.filtered(
            lambda move: move.state not in ("draft", "done", "cancel")
        )
        for picking, moves in open_moves.grouped("picking_id").items():
            moves.date = self._get_leg_date(picking)
        self._set_deadlines()

    def _notify_delivery(self, changed):
        """Tell the other side, and the sender where somebody else has changed it.

        :param changed: ``{field name: what it said before}``
        """
        person = get_person(self.env)
        senders = self._get_side_store("sender")._get_transfer_staff(GROUP_STAFF)
        readers = senders.browse() if person in senders else senders
        if self.kind == "between":
            readers |= self.destination_store_id._get_transfer_staff(GROUP_STAFF)
        self._notify_users(
            readers - person, lambda transfer: transfer._tell_delivery(changed, person)
        )

    def _tell_delivery(self, changed, person):
        return (
            self.env._("%s: the delivery was changed", self.name),
            self.env._(
                "%(user)s changed: %(changes)s.",
                user=person.name,
                changes=", ".join(
                    self._describe_change(name, former)
                    for name, former in changed.items()
                ),
            ),
        )

    def _describe_change(self, name, former):
        """Return what a field said, and says now, in the reader's language."""
        label = self._fields[name]._description_string(self.env)
        former, now = (
            format_date(self.env, value) if name == "expected_date" else value or "–"
            for value in (former, self[name])
        )
        return f"{label} {former} → {now}"

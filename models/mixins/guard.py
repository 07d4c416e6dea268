from odoo import api, models, tools
from odoo.exceptions import AccessError, UserError

from ...tools.person import CASHIER, AtTill
from ...tools.trail import ORIGIN

LARGEST_QUANTITY = 1e9


class StoreTransferGuard(models.AbstractModel):
    """Keeps what only the steps may write out of reach of everybody else.

    That is each model's ``_step_fields``, and all that is computed and stored without
    being editable: the ledger, the states.
    """

    _name = "store.transfer.guard"
    _description = "Guard of fields that are written by steps only"
    _inherit = ["store.transfer.reach"]

    _step_fields = frozenset()

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            self._refuse_step_fields(vals)
            self._refuse_impossible_numbers(vals)
        return super(StoreTransferGuard, self._without_step_defaults()).create(
            vals_list
        )

    def write(self, vals):
        self._refuse_step_fields(vals)
        self._refuse_impossible_numbers(vals)
        return super().write(vals)

    @api.model
    @tools.ormcache()
    def _get_step_fields(self):
        computed = {
            name
            for name, field in self._fields.items()
            if field.store and field.readonly and (field.compute or field.related)
        }
        return self._step_fields | computed

    def _without_step_defaults(self):
        """Drop the ``default_…`` of the context that would set guarded fields."""
        if self.env.su:
            return self
        refused = {f"default_{name}" for name in self._get_step_fields()}
        context = {
            key: value for key, value in self.env.context.items() if key not in refused
        }
        # Replaced, not added to: a default is gone only when its key is.
        return self.with_context(context)  # pylint: disable=context-overridden

    def _in_own_context(self):
        """Drop all that a caller put into the context to change what we do.

        Who is at the till, and on which screen, stays: it is told, and changes nothing.
        """
        own = ("lang", "tz", "uid", "allowed_company_ids", CASHIER, AtTill.key, ORIGIN)
        kept = {key: value for key, value in self.env.context.items() if key in own}
        return self.with_context(kept)  # pylint: disable=context-overridden

    def _get_state_label(self):
        selection = self._fields["state"]._description_selection(self.env)
        return dict(selection)[self.state]

    def _refuse_step_fields(self, vals):
        if self.env.su:
            return
        refused = vals.keys() & self._get_step_fields()
        if refused:
            raise AccessError(
                self.env._(
                    "Use the buttons of the transfer: %s can't be written by hand.",
                    ", ".join(sorted(refused)),
                )
            )

    @api.model
    def _refuse_impossible_numbers(self, vals):
        """Refuse what no quantity can be: text, infinity, more than a billion."""
        if not isinstance(vals, dict):
            return
        for name, value in vals.items():
            field = self._fields.get(name)
            if field is None:
                continue
            is_number = field.type in ("float", "monetary")
            if is_number and not self._is_possible_number(value):
                raise UserError(
                    self.env._("%s is not a possible quantity. Enter a number.", value)
                )
            lines = self.env.get(field.comodel_name)
            if field.type == "one2many" and isinstance(lines, StoreTransferGuard):
                # What is no command at all is refused elsewhere.
                for command in value if isinstance(value, (list, tuple)) else ():
                    if isinstance(command, (list, tuple)) and len(command) == 3:
                        lines._refuse_impossible_numbers(command[2])

    @api.model
    def _is_possible_number(self, value):
        # Of what is no number (NaN) nothing is true.
        return value is False or (
            isinstance(value, (int, float)) and abs(value) <= LARGEST_QUANTITY
        )

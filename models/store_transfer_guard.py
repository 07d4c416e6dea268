from odoo import api, models
from odoo.exceptions import AccessError


class StoreTransferGuard(models.AbstractModel):
    """Keeps fields that only the steps may write out of reach of everybody else."""

    _name = "store.transfer.guard"
    _description = "Guard of fields that are written by steps only"

    _step_fields = frozenset()

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            self._refuse_step_fields(vals)
        return super(StoreTransferGuard, self._without_step_defaults()).create(
            vals_list
        )

    def write(self, vals):
        self._refuse_step_fields(vals)
        return super().write(vals)

    def _without_step_defaults(self):
        """Drop the ``default_…`` of the context that would set guarded fields."""
        if self.env.su:
            return self
        refused = {f"default_{name}" for name in self._step_fields}
        context = {
            key: value for key, value in self.env.context.items() if key not in refused
        }
        # Replaced, not added to: a default is gone only when its key is.
        return self.with_context(context)  # pylint: disable=context-overridden

    def _refuse_step_fields(self, vals):
        refused = vals.keys() & self._step_fields
        if refused and not self.env.su:
            raise AccessError(
                self.env._(
                    "Use the buttons of the transfer: %s can't be written by hand.",
                    ", ".join(sorted(refused)),
                )
            )

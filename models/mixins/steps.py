from odoo import api, models
from odoo.exceptions import LockError, UserError

from ...tools.validated import Validated

# In this order rows are locked, those of one table by id. Only a count, a pick list and
# their rows are waited for: who scans waits for who submits, and the other way. All
# else is taken at once or not at all, so that a scan may still ask for the transfer
# when it adds a row, or takes other goods than were set aside.
LOCK_ORDER = (
    "store_transfer_import",
    "store_transfer",
    "store_transfer_count",
    "store_transfer_count_line",
    "store_transfer_pick",
    "store_transfer_pick_line",
    "stock_quant",
    "stock_warehouse",
)


class StoreTransferSteps(models.AbstractModel):
    """Steps that people do: who may do which, when, and one person at a time.

    Every public step calls :meth:`_start_step` or :meth:`_check_step` first; the
    ``can_*`` fields show the same answer in the views. A hidden button is never the
    guard. What a step demands stands in the table of its model alone.
    """

    _name = "store.transfer.steps"
    _description = "Who may do which step, and when"
    _inherit = ["store.transfer.guard"]

    # What has to be read anew once nobody else can change it; None for everything.
    _decisive_fields = ("state",)

    @api.model
    def _get_steps(self):
        """Return ``{name: Step}``. To be extended by other addons."""
        raise NotImplementedError

    def _get_document(self):
        """Return what is locked for a step, and whose sides do it."""
        return self

    def _get_side_refusal(self, side, group):
        """Return why the user can't act for a side, in ``group``, or None."""
        raise NotImplementedError

    def _get_busy_sentence(self):
        """Say that somebody else is at work on these."""
        raise NotImplementedError

    def _get_state_sentence(self):
        """Say that a step is not possible in this state."""
        raise NotImplementedError

    def _compute_can(self):
        steps = [step for step in self._get_steps() if f"can_{step}" in self._fields]
        for record in self:
            for step in steps:
                refusal = record._get_refusal(step)
                record[f"can_{step}"] = not refusal and not record._repeats(step)

    def _start_step(self, step):
        """Check ``step``, and return the records ready for it."""
        self._check_step(step)
        return self._get_ready()

    def _get_ready(self):
        """Return the records as a step works on them, after it was checked.

        They are in sudo, since store staff have no rights in the Inventory app, and in
        a context of ours: what a caller puts there must not change what the step does.
        """
        # Of their own prefetch: a step reads all of them again after it has deleted.
        ready = self._in_own_context().sudo().with_prefetch()
        return ready.with_context(**Validated().context)

    def _check_step(self, step):
        """Lock the records and refuse ``step`` unless all of them allow it.

        :raise AccessError: when the user's role or side does not allow it
        :raise UserError: when the state does not allow it, or somebody else is at it
        """
        self._check_saved()
        self.check_access("write")
        getattr(self, self._get_steps()[step].lock)()
        self._check_allows(step)

    def _check_allows(self, step):
        """Refuse ``step``, without a lock, unless all of these records allow it."""
        self._check_saved()
        for record in self:
            if refusal := record._get_refusal(step):
                raise refusal

    def _lock(self):
        """Keep everybody else from acting on these records until we are done."""
        documents = self._get_document()
        try:
            documents.lock_for_update(allow_referencing=True)
        except LockError as error:
            raise UserError(documents._get_busy_sentence()) from error
        # As a rule they are the same.
        for records in {documents, self}:
            records.invalidate_recordset(records._decisive_fields)

    def _try_lock(self):
        """Keep everybody else from those of these that nobody is working on.

        :return: those that are ours now
        """
        by_id = self.browse(sorted(self.ids))
        locked = by_id.try_lock_for_update(allow_referencing=True, limit=len(by_id))
        locked.invalidate_recordset(self._decisive_fields)
        return self.filtered(lambda record: record in locked)

    @api.private
    def lock_for_update(self, *, allow_referencing=False):
        """Lock by id; Odoo locks rows in the order in which it finds them."""
        by_id = self.browse(sorted({record_id for record_id in self._ids if record_id}))
        locked = by_id.try_lock_for_update(
            allow_referencing=allow_referencing, limit=len(by_id)
        )
        if locked != by_id:
            raise LockError("Somebody else has some of them")

    def _get_refusal(self, step):
        """Return the exception that says why the user can't do ``step``, or None."""
        self.ensure_one()
        refusal = self._get_role_refusal(step)
        if refusal or self._repeats(step):
            return refusal
        return self._get_state_refusal(step) or self._get_own_refusal(step)

    def _get_role_refusal(self, step):
        demand = self._get_steps()[step]
        return self._get_document()._get_side_refusal(demand.side, demand.group)

    def _get_state_refusal(self, step):
        if self._is_in_state_for(step):
            return None
        return UserError(self._get_state_sentence())

    def _get_own_refusal(self, step):
        """Return the exception of the step's own method, see ``why_not``, or None."""
        why_not = self._get_steps()[step].why_not
        sentence = why_not and getattr(self, why_not)()
        return UserError(sentence) if sentence else None

    def _is_in_state_for(self, step):
        states = self._get_steps()[step].states
        return states is None or self.state in states

    def _repeats(self, step):
        """Tell whether the step was done already, and pressing it is no news."""
        return self.state in self._get_steps()[step].repeats

from odoo import api, fields, models
from odoo.exceptions import UserError


class StoreTransferWizard(models.AbstractModel):
    """A question about one step of one transfer, which is answered once.

    Only who may do the step may open the question, and read what it shows.
    """

    _name = "store.transfer.wizard"
    _description = "Question about a Step of a Store Transfer"
    _inherit = ["store.transfer.guard"]

    # The name of the step in the table of what the question is about.
    _step = None
    _step_fields = frozenset({"is_done"})

    transfer_id = fields.Many2one("store.transfer", required=True, readonly=True)
    is_done = fields.Boolean(readonly=True)

    @api.model_create_multi
    def create(self, vals_list):
        wizards = super().create(vals_list)
        wizards._check_step()
        return wizards

    def write(self, vals):
        result = super().write(vals)
        if "transfer_id" in vals:
            self._check_step()
        return result

    def onchange(self, values, field_names, fields_spec):
        if self and field_names == ["line_ids"]:
            # What is typed on a line changes sums, and no line: of thousands, each with
            # all it shows would be compared before and after.
            fields_spec = {**fields_spec, "line_ids": {}}
        return super().onchange(values, field_names, fields_spec)

    def _get_questioned(self):
        """Return what the question is about."""
        return self.transfer_id

    def _start(self):
        """Check the step, and that this question was not answered before.

        :return: what the question is about, ready for the step
        """
        self.ensure_one()
        self._check_saved()
        self._check_step()
        if self.is_done:
            raise UserError(
                self.env._("%s: this was done already.", self.transfer_id.name)
            )
        self.sudo().is_done = True
        return self._get_questioned()._get_ready()

    def _check_step(self):
        """Lock the transfer, and refuse the step unless the user may do it now."""
        self._get_questioned()._check_step(self._step)

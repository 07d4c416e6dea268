from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from ...tools.permission import PERMISSION
from ...tools.person import get_person

# What is read off a picking's moves, or says what it was made from.
GUARDED_FIELDS = {
    "transfer_id",
    "transfer_count_id",
    "picking_type_id",
    "state",
    "company_id",
    "backorder_id",
    "return_id",
}


class StockPicking(models.Model):
    _inherit = "stock.picking"

    transfer_id = fields.Many2one(
        "store.transfer",
        string="Store Transfer",
        copy=False,
        index="btree_not_null",
        readonly=True,
    )

    transfer_count_id = fields.Many2one(
        "store.transfer.count",
        string="Count",
        copy=False,
        index="btree_not_null",
        readonly=True,
        ondelete="set null",
        help="The count that has found these goods: it has received them, or they were "
        "accepted later.",
    )

    @api.model_create_multi
    def create(self, vals_list):
        pickings = super().create(vals_list)
        if not self.env["stock.move"]._may_change_transfer():
            pickings._refuse_link_to_transfer()
        return pickings

    def write(self, vals):
        if not self.env["stock.move"]._may_change_transfer():
            self._check_write_of_transfer(vals)
        result = super().write(vals)
        links = vals.keys() & {"transfer_id", "transfer_count_id"}
        if links and not self.env["stock.move"]._may_change_transfer():
            self._refuse_link_to_transfer()
        return result

    def _refuse_link_to_transfer(self):
        """Nobody makes a picking part of a transfer by hand."""
        if self.filtered("transfer_id") or self.filtered("transfer_count_id"):
            raise AccessError(
                self.env._(
                    "A picking becomes part of a store transfer by its steps only."
                )
            )

    def _check_write_of_transfer(self, vals):
        for picking in self.filtered("transfer_id"):
            for name in GUARDED_FIELDS & vals.keys():
                field = picking._fields[name]
                if field.convert_to_write(picking[name], picking) != vals[name]:
                    picking.move_ids[:1]._refuse_change(field)
            for move in picking.move_ids:
                move._check_locations_of_transfer(vals)

    def _compute_scheduled_date(self):
        """Plan what is late for the day when something happens to it.

        The books of the day it was planned for may be closed, and accounting lets
        nobody touch what is planned for such a day.
        """
        result = super()._compute_scheduled_date()
        for picking in self.filtered("transfer_id"):
            happens = picking.date_done or fields.Datetime.now()
            planned = picking.scheduled_date
            if planned and planned.date() < happens.date():
                picking.scheduled_date = happens
        return result

    def _check_entire_pack(self):
        result = super()._check_entire_pack()
        lines = self.filtered("transfer_id").move_line_ids
        lines.filtered(
            lambda line: line.state not in ("done", "cancel")
        )._go_to_one_place()
        return result

    def _create_backorder(self, backorder_moves=None):
        if not self.transfer_id:
            return super()._create_backorder(backorder_moves=backorder_moves)
        pickings = self.with_context(**PERMISSION.context)
        if backorder_moves:
            backorder_moves = backorder_moves.with_env(pickings.env)
        backorders = super(StockPicking, pickings)._create_backorder(
            backorder_moves=backorder_moves
        )
        return backorders.with_env(self.env)

    def _create_backorder_picking(self):
        backorder = super()._create_backorder_picking()
        if self.transfer_id:
            backorder.transfer_id = self.transfer_id
        return backorder

    def _refuse_unanswered(self, question):
        """Say what another app asks before this is validated, and who may answer it.

        :param question: the action that ``button_validate`` returned
        """
        model = self.transfer_id._get_question_model(question)
        titles = [
            question.get("name") if model else "",
            self.env["ir.model"]._get(model).name if model else "",
        ]
        raise UserError(
            self.env._(
                "%(picking)s could not be validated, because another app asks "
                "something first: %(question)s. Ask somebody who works with the "
                "Inventory app to validate %(picking)s there and to answer it; "
                "%(transfer)s then goes on by itself.",
                picking=self.name,
                question=" – ".join(filter(None, titles)) or self.env._("a question"),
                transfer=self.transfer_id.name,
            )
        )

    def _send_confirmation_email(self):
        # A store is not a customer: it gets an activity, not a delivery mail.
        between_stores = self.filtered(
            lambda picking: picking.sudo().transfer_id.kind == "between"
        )
        # By the person: a customer's mail is not from the system that validates.
        others = (self - between_stores).with_user(get_person(self.env)).sudo()
        return super(StockPicking, others)._send_confirmation_email()

    @api.ondelete(at_uninstall=False)
    def _unlink_except_of_transfer(self):
        for picking in self.filtered("transfer_id"):
            raise UserError(
                self.env._(
                    "%(picking)s belongs to store transfer %(transfer)s. Cancel the "
                    "transfer instead of deleting its picking.",
                    picking=picking.name,
                    transfer=picking.sudo().transfer_id.name,
                )
            )

    def action_view_transfer(self):
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "res_model": "store.transfer",
            "res_id": self.transfer_id.id,
            "view_mode": "form",
        }

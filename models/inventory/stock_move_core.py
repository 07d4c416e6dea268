from odoo import models

from ...tools.permission import PERMISSION

X2MANY = ("one2many", "many2many")


class StockMove(models.Model):
    """Odoo's own methods write states and chains, which nobody writes by hand.

    What is written by hand was checked before it comes here.
    """

    _inherit = "stock.move"

    def _in_core(self):
        """Return these moves as a method of Odoo's own works on them."""
        if self.env.su or not self.transfer_line_id:
            return self
        return self.with_context(**PERMISSION.context)

    def write(self, vals):
        # Odoo breaks a chain by itself where goods are taken from elsewhere. Commands
        # are written by hand, though, also those of a move that is written to.
        has_commands = any(self._fields[name].type in X2MANY for name in vals)
        moves = self if has_commands else self._in_core()
        return super(StockMove, moves).write(vals)

    def _action_confirm(self, *args, **kwargs):
        moves = super(StockMove, self._in_core())._action_confirm(*args, **kwargs)
        return moves.with_env(self.env)

    def _action_assign(self, *args, **kwargs):
        return super(StockMove, self._in_core())._action_assign(*args, **kwargs)

    def _do_unreserve(self):
        return super(StockMove, self._in_core())._do_unreserve()

    def _recompute_state(self):
        return super(StockMove, self._in_core())._recompute_state()

    def _split(self, *args, **kwargs):
        return super(StockMove, self._in_core())._split(*args, **kwargs)

    def _break_mto_link(self, parent_move):
        return super(StockMove, self._in_core())._break_mto_link(parent_move)

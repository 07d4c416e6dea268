from odoo import api, fields, models
from odoo.tools import SQL

SEQUENCE = "store_transfer_change_position"
# Held by who gives positions; the number is this table's alone.
POSITION_LOCK = 7_019_281_404


class StoreTransferChange(models.Model):
    """That something was changed on a transfer: what other systems go on from.

    A row is written in the transaction of the change, without a position. Positions are
    given afterwards, by who reads, and by one at a time: whatever is committed later
    gets a higher one. So nothing is missed that began early and ended late, and nobody
    waits for what takes long. See ``docs/decisions/28-other-systems.md``.
    """

    _name = "store.transfer.change"
    _description = "Change of a Store Transfer"
    _inherit = ["store.transfer.reach"]
    _order = "position, id"
    _rec_name = "transfer_id"
    _log_access = False

    transfer_id = fields.Many2one(
        "store.transfer", required=True, readonly=True, index=True, ondelete="cascade"
    )
    position = fields.Integer(
        readonly=True, help="Empty until somebody has read it, or the night has come."
    )

    _in_order = models.UniqueIndex("(position) WHERE position IS NOT NULL")
    _without_position = models.Index("(id) WHERE position IS NULL")

    def init(self):
        # Beside the table: what was read is not read again, even if it was deleted.
        query = SQL("CREATE SEQUENCE IF NOT EXISTS %s", SQL.identifier(SEQUENCE))
        self.env.cr.execute(query)

    @api.model
    def _note(self, transfer_ids, line_ids):
        """Write down that transfers have changed, themselves or their lines.

        :return: the ids of these transfers; what was deleted since is not among them
        """
        query = SQL(
            """
            INSERT INTO %(table)s (transfer_id)
                 SELECT id FROM store_transfer WHERE id = ANY(%(transfers)s)
                  UNION
                 SELECT transfer_id FROM store_transfer_line WHERE id = ANY(%(lines)s)
               ORDER BY id
              RETURNING transfer_id
            """,
            table=SQL.identifier(self._table),
            transfers=list(transfer_ids),
            lines=list(line_ids),
        )
        return [transfer_id for (transfer_id,) in self.env.execute_query(query)]

    @api.model
    def _give_positions(self):
        """Give positions to what was committed since; not while somebody else does."""
        query = SQL("SELECT pg_try_advisory_xact_lock(%s)", POSITION_LOCK)
        [[is_ours]] = self.env.execute_query(query)
        if not is_ours:
            return
        self.env.flush_all()
        query = SQL(
            """
            UPDATE %(table)s AS change SET position = given.position
              FROM (SELECT id, nextval(%(sequence)s) AS position
                      FROM (SELECT id FROM %(table)s WHERE position IS NULL
                          ORDER BY id) AS in_order) AS given
             WHERE change.id = given.id
            """,
            table=SQL.identifier(self._table),
            sequence=SEQUENCE,
        )
        # Who has given them since we began makes us begin anew.
        self.env.cr.execute(query, log_exceptions=False)
        self.invalidate_model(["position"])

    @api.model
    def _get_last_position(self):
        query = SQL("SELECT MAX(position) FROM %s", SQL.identifier(self._table))
        [[last]] = self.env.execute_query(query)
        return last or 0

    @api.model
    def _can_be_given(self, position):
        """Tell whether somebody may have read so far; not so after an older backup."""
        query = SQL("SELECT last_value FROM %s", SQL.identifier(SEQUENCE))
        [[last]] = self.env.execute_query(query)
        return position <= last

    @api.autovacuum
    def _forget_older(self):
        """Keep of each transfer the last change alone: it is read as it is now."""
        self._give_positions()
        query = SQL(
            """
            DELETE FROM %(table)s AS old
             USING %(table)s AS new
             WHERE new.transfer_id = old.transfer_id AND new.position > old.position
            """,
            table=SQL.identifier(self._table),
        )
        self.env.cr.execute(query)

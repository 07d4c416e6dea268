"""Years of transfers, written by SQL, with every unit of them accounted for.

A few transfers go through their lives by the steps that people do: from an EC warehouse
to twenty shops, in every state. Then their rows are copied: transfers, lines, pickings,
moves and their details, pick lists, counts, differences and activities, each copy on
another day. What stands in stock and what is reserved is added up from the moves at
last. The chain stays as large as it is: a longer past is one of more years, and no more
is open at its end.
"""

from contextlib import contextmanager

from cycle import _ship
from lists import Shops

from odoo.fields import Command, Date
from odoo.tools import SQL

# So many lines the transfers have, in turn.
LINES = (1, 2, 3, 6)
# The products of each fourth transfer have lots.
LOTS = 4
QUANTITY = 6
# Of a thousand transfers, so many are as these, who did so much.
LIVES = [
    (30, ("ship", "count_short", "receive")),
    (20, ("ship", "count_short", "lose")),
    (10, ("ship_less", "receive")),
    (10, ("cancel",)),
    (2, ("stay_draft",)),
    (6, ("stay_waiting",)),
    (8, ()),
    (8, ("ship",)),
    (2, ("ship", "arrive")),
    (4, ("ship", "count_short")),
]
# All others are done, as nearly all are that are old.
DONE = ("ship", "receive")
SHARE_OF_DONE = 1000 - sum(share for share, _life in LIVES)
# So many there are a day, and so many days the open ones are old at most.
PER_DAY, OPEN_DAYS = 137, 12
OVER = ("done", "rejected", "cancelled")
# That many are open, or fewer where there are few.
MOST_OPEN = 3000
# Here the database says what was written.
WRITTEN = "store_transfer.bench_history"

# What is copied, and of which transfer a row is.
COPIED = {
    "store.transfer": "template.id",
    "store.transfer.line": "template.transfer_id",
    "store.transfer.pick": "template.transfer_id",
    "store.transfer.count": "template.transfer_id",
    "stock.picking": "template.transfer_id",
    "stock.move": "(SELECT line.transfer_id FROM store_transfer_line line"
    " WHERE line.id = template.transfer_line_id)",
    "stock.move.line": "(SELECT line.transfer_id FROM stock_move move"
    " JOIN store_transfer_line line ON line.id = move.transfer_line_id"
    " WHERE move.id = template.move_id)",
    "store.transfer.discrepancy": "template.transfer_id",
    "mail.activity": "CASE template.res_model"
    " WHEN 'store.transfer' THEN template.res_id"
    " WHEN 'store.transfer.discrepancy' THEN (SELECT difference.transfer_id"
    " FROM store_transfer_discrepancy difference WHERE difference.id = template.res_id)"
    " END",
}
COPY = """
INSERT INTO %(table)s (%(columns)s)
SELECT %(values)s
  FROM %(table)s template
  JOIN plan ON plan.transfer_id = %(transfer)s,
       LATERAL (
           SELECT plan.first + one * plan.step AS number,
                  ((plan.copies - one) * plan.days / plan.copies)::int AS shift
             FROM GENERATE_SERIES(1, plan.copies) AS one
       ) AS copy
-- As in life, what is older was written before.
ORDER BY number, template.id
"""
# What makes a row slow to write, and how it is made again.
SLOW = """
SELECT FORMAT('ALTER TABLE %%s DROP CONSTRAINT %%I', conrelid::regclass, conname),
       FORMAT('ALTER TABLE %%s ADD CONSTRAINT %%I %%s', conrelid::regclass, conname,
              PG_GET_CONSTRAINTDEF(oid))
  FROM pg_constraint
 WHERE contype = 'f' AND conrelid::regclass::text IN %(tables)s
UNION ALL
SELECT FORMAT('DROP INDEX %%s', indexrelid::regclass), PG_GET_INDEXDEF(indexrelid)
  FROM pg_index
 WHERE indrelid::regclass::text IN %(tables)s
   AND NOT EXISTS (SELECT FROM pg_constraint WHERE conindid = indexrelid)
"""
# What the EC warehouse had at first is enough for all of it.
STOCK_UP = """
UPDATE stock_move_line part
   SET quantity = 1e9, quantity_product_uom = 1e9
  FROM stock_move move
 WHERE move.id = part.move_id AND move.is_inventory
"""
ADD_UP = """
WITH part AS (
    SELECT product_id, location_dest_id AS location_id,
           quantity_product_uom AS quantity, 0 AS reserved
      FROM stock_move_line WHERE state = 'done'
 UNION ALL
    SELECT product_id, location_id, - quantity_product_uom, 0
      FROM stock_move_line WHERE state = 'done'
 UNION ALL
    SELECT product_id, location_id, 0, quantity_product_uom
      FROM stock_move_line WHERE state NOT IN ('draft', 'done', 'cancel')
),
total AS (
    SELECT product_id, location_id, SUM(quantity) AS quantity,
           SUM(reserved) AS reserved
      FROM part
  GROUP BY product_id, location_id
)
UPDATE stock_quant quant
   SET quantity = total.quantity, reserved_quantity = total.reserved
  FROM total
 WHERE total.product_id = quant.product_id
   AND total.location_id = quant.location_id
"""


class History(Shops):
    """A chain with a past."""

    def __init__(self, env):
        super().__init__(env)
        for shop in self.shops - self.shop:
            self._create_user(f"approver of {shop.name}", "group_approver", shop)
        # [(transfer, how many of a thousand are as it is)]
        self.templates = []

    @classmethod
    def find(cls, env, transfers, days=None, most_open=MOST_OPEN):
        """Return head office of a chain with so many transfers, written now or before.

        :param days: over how many days, else as many as a chain of this size needs
        :param most_open: how many of them are open at most
        :raise ValueError: when the database has another history, or half of one
        """
        head_office = env["res.users"].search([("login", "=", "head_office")])
        parameters = env["ir.config_parameter"]
        days = days or max(transfers // PER_DAY, OPEN_DAYS)
        wanted = f"{transfers} in {days} days, {most_open} open"
        if not head_office:
            chain = cls(env)
            chain.write(transfers, days, most_open)
            parameters.set_param(WRITTEN, wanted)
            env.cr.commit()
            return chain.head_office
        written = parameters.get_param(WRITTEN)
        if written != wanted:
            raise ValueError(f"{env.cr.dbname} has {written}, not {wanted}")
        return head_office

    def write(self, transfers, days, most_open):
        """Write so many transfers."""
        self._live()
        self._plan(transfers, days, most_open)
        tables = tuple(self.env[name]._table for name in COPIED)
        with self._without_what_is_slow(tables):
            self._copy_all()
        self.env.cr.execute(STOCK_UP)
        self.env.cr.execute(ADD_UP)
        self._tidy()
        self.env.invalidate_all()

    @contextmanager
    def _without_what_is_slow(self, tables):
        """Take indexes and foreign keys off tables meanwhile: a tenth of the time."""
        self.env.cr.execute("SET maintenance_work_mem = '1GB'")
        self.env.cr.execute("SET work_mem = '256MB'")
        slow = self.env.execute_query(SQL(SLOW, tables=tables))
        for drop, _create in slow:
            self.env.cr.execute(drop)
        yield
        # A foreign key is checked faster when the indexes are there.
        for _drop, create in reversed(slow):
            self.env.cr.execute(create)
        self.env.cr.execute("RESET work_mem")

    def _tidy(self):
        """Let PostgreSQL know what is there, as it does by itself in life."""
        self.env.cr.commit()
        connection = self.env.cr._cnx
        connection.autocommit = True
        self.env.cr.execute("VACUUM ANALYZE")
        connection.autocommit = False

    def _live(self):
        """Let some transfers go through their lives, step by step."""
        shops = len(self.shops)
        lives = [(shop, DONE, SHARE_OF_DONE / shops) for shop in self.shops]
        for number, (share, life) in enumerate(LIVES):
            for shop in self.shops[number % 2 :: shops // 2]:
                lives.append((shop, life, share / 2))
        transfers = self._create_transfers([shop for shop, _life, _share in lives])
        started = transfers.browse()
        for transfer, (_shop, life, share) in zip(transfers, lives, strict=True):
            self.templates.append((transfer, share))
            if "stay_draft" not in life:
                started |= transfer
        started.action_submit()
        for transfer, (_shop, life, _share) in zip(transfers, lives, strict=True):
            if life[:1] in (("stay_draft",), ("stay_waiting",)):
                continue
            transfer.action_approve()
            for step in life:
                getattr(self, f"_{step}")(transfer)
        self.env.cr.commit()

    def _create_transfers(self, shops):
        transfers = self.env["store.transfer"].with_user(self.head_office)
        return transfers.create(
            [
                {
                    "source_store_id": self.ec.id,
                    "destination_store_id": shop.id,
                    "expected_date": Date.today(),
                    "line_ids": [
                        Command.create({"product_id": product.id, "quantity": QUANTITY})
                        for product in self._create_products_of(number)
                    ],
                }
                for number, shop in enumerate(shops)
            ]
        )

    def _create_products_of(self, number):
        """Create what one of the transfers asks for."""
        return self.create_products(
            f"HISTORY-{number}", LINES[number % len(LINES)], lots=not number % LOTS
        )

    def _cancel(self, transfer):
        transfer.action_cancel()

    def _ship(self, transfer):
        _ship(transfer)

    def _ship_less(self, transfer):
        """Ship, but less of the first line; nobody waits for the rest."""
        action = transfer.action_open_ship()
        wizards = transfer.env[action["res_model"]].with_context(**action["context"])
        wizard = wizards.browse(action.get("res_id")) or wizards.create({})
        wizard.line_ids[0].quantity = QUANTITY / 2
        wizard.action_ship()
        action = transfer.action_open_close()
        reason = self.env.ref("store_transfer.reason_out_of_stock")
        wizards = transfer.env[action["res_model"]].with_context(**action["context"])
        wizards.create({"reason_id": reason.id}).action_close()

    def _arrive(self, transfer):
        transfer.action_confirm_arrival()

    def _receive(self, transfer):
        transfer.action_receive_all()

    def _count_short(self, transfer):
        action = transfer.action_start_count()
        count = transfer.env["store.transfer.count"].browse(action["res_id"])
        count.action_everything_came()
        count.line_ids[0].counted_quantity = QUANTITY / 2
        count.action_submit()

    def _lose(self, transfer):
        action = transfer.action_open_settle()
        reason = self.env["store.transfer.reason"].search(
            [("usage", "=", "short")], limit=1
        )
        wizards = transfer.env[action["res_model"]].with_context(**action["context"])
        wizard = wizards.browse(action.get("res_id")) or wizards.create({})
        wizard.write({"outcome": "lost", "reason_id": reason.id})
        wizard.action_settle()

    def _plan(self, transfers, days, most_open):
        """Say how often each is copied, over how many days, and under which numbers."""
        self.env.cr.execute(
            "CREATE TEMP TABLE plan (transfer_id int, copies bigint, days int,"
            " first int, step int)"
        )
        left = transfers - len(self.templates)
        share_of_open = sum(
            share for one, share in self.templates if one.state not in OVER
        )
        opened = min(left * share_of_open / 1000, most_open)
        copies_of_one = {
            True: (left - opened) / (1000 - share_of_open),
            False: opened / share_of_open,
        }
        last = round(copies_of_one[True] * max(share for _one, share in self.templates))
        for transfer, share in self.templates:
            is_over = transfer.state in OVER
            copies = round(copies_of_one[is_over] * share)
            # Those that are open are the last ones.
            step = last // copies if is_over and copies else 1
            row = (
                transfer.id,
                copies,
                days if is_over else OPEN_DAYS,
                last - copies * step,
                step,
            )
            self.env.cr.execute(SQL("INSERT INTO plan VALUES %s", row))

    def _copy_all(self):
        strides = {name: self._get_stride(name) for name in COPIED}
        for name, transfer in COPIED.items():
            columns = self._get_columns(name, strides)
            table = self.env[name]._table
            self.env.cr.execute(
                SQL(
                    COPY,
                    table=SQL.identifier(table),
                    columns=SQL(", ").join(map(SQL.identifier, columns)),
                    values=SQL(", ").join(map(SQL, columns.values())),
                    transfer=SQL(transfer),
                )
            )
            self.env.cr.execute(
                SQL(
                    "SELECT SETVAL(%s, (SELECT MAX(id) FROM %s))",
                    f"{table}_id_seq",
                    SQL.identifier(table),
                )
            )

    def _get_stride(self, name):
        """Return by how much the ids of one copy are above those of the one before."""
        self.env.cr.execute(
            SQL("SELECT MAX(id) FROM %s", SQL.identifier(self.env[name]._table))
        )
        return self.env.cr.fetchone()[0] + 1

    def _get_columns(self, name, strides):
        """Return ``{column: what a copy has in it}``, in SQL."""
        model = self.env[name]
        columns = {}
        for column, field in model._fields.items():
            if not field.store or not field.column_type:
                continue
            value = f'template."{column}"'
            if column == "id":
                value = f"template.id + number * {strides[name]}"
            elif field.type == "many2one" and field.comodel_name in strides:
                value = f"{value} + number * {strides[field.comodel_name]}"
            elif name == "mail.activity" and column == "res_id":
                value = (
                    f"{value} + number * CASE template.res_model"
                    f" WHEN 'store.transfer' THEN {strides['store.transfer']}"
                    f" ELSE {strides['store.transfer.discrepancy']} END"
                )
            elif field.type in ("date", "datetime"):
                value = f"{value} - shift * INTERVAL '1 day'"
            elif column == "urgency":
                value = (
                    f"{value} + CASE WHEN template.state IN {OVER}"
                    " THEN shift ELSE - shift END"
                )
            elif column == "name" and name in ("store.transfer", "stock.picking"):
                value = f"{value} || '-' || number"
            columns[column] = value
        return columns

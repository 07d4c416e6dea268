import json
from collections import defaultdict
from datetime import timedelta

from odoo import api, fields, models
from odoo.tools import SQL, format_date

from ...tools.days import day_in, get_begin

DAYS = 7
# What moves add to what came in, and to what went out; what was undone, they take off.
CAME_IN = {"receive": 1, "uncount": -1}
WENT_OUT = {"ship": 1, "unship": -1}
# These take it off the day on which it was done.
UNDOING = ("uncount", "unship")
# The others leave a place of the store.
INTO_STORE = ("receive", "unship")


class StoreTransferOverview(models.Model):
    """How many pieces came in and went out on each of the last days.

    What came in was counted; so this is no secret to who counts blind.
    """

    _inherit = "store.transfer.overview"

    kanban_dashboard_graph = fields.Text(
        string="Pieces In and Out",
        compute="_compute_week",
        help="As JSON: {labels of the days, received and shipped in the stock units}.",
    )

    @api.depends("store_id", "company_id")
    @api.depends_context("lang", "tz")
    def _compute_week(self):
        days = self._get_last_days()
        came, went = self._read_week(days[0])
        for card in self:
            came_in, went_out = came[card._get_key()], went[card._get_key()]
            card.kanban_dashboard_graph = json.dumps(
                {
                    "labels": [
                        format_date(self.env, day, date_format="EEE d") for day in days
                    ],
                    "received": [came_in[day] for day in days],
                    "shipped": [went_out[day] for day in days],
                }
            )

    @api.model
    def _get_last_days(self):
        """Return the days that are shown, the earliest first; today is the last one."""
        today = fields.Date.context_today(self)
        return [today - timedelta(days=ago) for ago in reversed(range(DAYS))]

    def _read_week(self, first_day):
        """Return what came in, and what went out, since a day, by one query.

        :return: two of ``{(company id, store id): {day: quantity}}``
        """
        came = defaultdict(lambda: defaultdict(float))
        went = defaultdict(lambda: defaultdict(float))
        cards = self.filtered("id")
        if cards:
            for (
                company_id,
                store_id,
                day,
                pieces_in,
                pieces_out,
            ) in self.env.execute_query(cards._get_query_of_week(first_day)):
                for key in {(company_id, store_id), (company_id, False)}:
                    came[key][day] += pieces_in
                    went[key][day] += pieces_out
        return came, went

    def _get_query_of_week(self, first_day):
        """Return the query of ``(company, store, day, pieces in, pieces out)``.

        Only the moves of these days are read, by their index.
        """
        self.env["stock.move"].flush_model()
        return SQL(
            """
            SELECT move.company_id, place.warehouse_id,
                   %(day)s AS day,
                   SUM(%(came_in)s), SUM(%(went_out)s)
              FROM stock_move move
              JOIN stock_location place ON place.id = CASE
                   WHEN move.transfer_flow IN %(into_store)s THEN move.location_dest_id
                   ELSE move.location_id END
         LEFT JOIN stock_move undone ON undone.id = move.origin_returned_move_id
               AND move.transfer_flow IN %(undoing)s
        CROSS JOIN LATERAL (SELECT COALESCE(undone.date, move.date) AS date) happened
              JOIN uom_uom unit ON unit.id = move.product_uom
              JOIN product_product product ON product.id = move.product_id
              JOIN product_template template ON template.id = product.product_tmpl_id
              JOIN uom_uom stock_unit ON stock_unit.id = template.uom_id
             WHERE move.transfer_line_id IS NOT NULL AND move.state = 'done'
               AND move.date >= %(begin)s AND happened.date >= %(begin)s
               AND move.transfer_flow IN %(flows)s
               AND move.company_id IN %(companies)s
          GROUP BY move.company_id, place.warehouse_id, day
            """,
            day=day_in(self.env.tz.zone, SQL("happened.date")),
            begin=get_begin(first_day, self.env.tz),
            came_in=self._get_sql_of_pieces(CAME_IN),
            went_out=self._get_sql_of_pieces(WENT_OUT),
            into_store=INTO_STORE,
            flows=(*CAME_IN, *WENT_OUT),
            undoing=UNDOING,
            companies=tuple(self.company_id.ids),
        )

    @api.model
    def _get_sql_of_pieces(self, signs):
        """Return the SQL of what a move adds, in the stock unit.

        :param signs: ``{flow: 1 or -1}``; other flows add nothing
        """
        cases = SQL(" ").join(
            SQL("WHEN %s THEN %s", flow, sign) for flow, sign in signs.items()
        )
        return SQL(
            "CASE move.transfer_flow %s ELSE 0 END"
            " * move.quantity * unit.factor / stock_unit.factor",
            cases,
        )

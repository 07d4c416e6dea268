from odoo import fields, models
from odoo.tools import SQL

from ...tools.days import day_of, join_place
from ..sides import DESTINATION, LANE, SOURCE, join_sides


class StoreTransferDiscrepancyReport(models.Model):
    """Where the rows come from."""

    _inherit = "store.transfer.discrepancy.report"
    _depends = {
        "product.product": ["product_tmpl_id"],
        "product.template": ["categ_id", "uom_id"],
        "res.company": ["currency_id", "partner_id"],
        "res.partner": ["name", "tz"],
        "stock.warehouse": ["name", "partner_id"],
        "store.transfer": [
            "destination_store_id",
            "partner_id",
            "remark",
            "source_store_id",
        ],
        "store.transfer.count": ["user_id"],
        "store.transfer.discrepancy": [
            "company_id",
            "count_id",
            "deadline",
            "is_by_rule",
            "is_disputed",
            "kind",
            "open_date",
            "outcome",
            "product_id",
            "quantity",
            "reason_id",
            "settle_date",
            "settle_user_id",
            "state",
            "transfer_id",
            "value",
        ],
    }

    @property
    def _table_query(self):
        columns = SQL(", ").join(
            SQL("%s AS %s", column, SQL.identifier(name))
            for name, column in self._get_columns().items()
        )
        return SQL("SELECT %s %s", columns, self._get_from())

    def _get_columns(self):
        """Return ``{column: SQL}``. To be extended by other addons."""
        own = (
            "id",
            "transfer_id",
            "company_id",
            "product_id",
            "kind",
            "state",
            "outcome",
            "reason_id",
            "is_disputed",
            "settle_user_id",
            "settle_date",
            "deadline",
            "quantity",
            "value",
        )
        is_overdue = SQL(
            "(one.state <> 'settled' AND one.deadline < %s)",
            day_of(self.env, SQL("%s", fields.Datetime.now())),
        )
        return {
            **{name: SQL.identifier("one", name) for name in own},
            "discrepancy_id": SQL("one.id"),
            "currency_id": SQL("company.currency_id"),
            "source_store_id": SQL("transfer.source_store_id"),
            "destination_store_id": SQL("transfer.destination_store_id"),
            "partner_id": SQL("transfer.partner_id"),
            "source_name": SOURCE,
            "destination_name": DESTINATION,
            "lane": LANE,
            "categ_id": SQL("template.categ_id"),
            "stock_uom_id": SQL("template.uom_id"),
            "count_user_id": SQL("counted.user_id"),
            # Empty where it was settled before there were rules.
            "is_by_rule": SQL("COALESCE(one.is_by_rule, FALSE)"),
            "open_day": day_of(self.env, SQL("one.open_date")),
            "is_overdue": is_overdue,
            "number_of_differences": SQL("1"),
            "number_overdue": SQL("(%s IS TRUE)::int", is_overdue),
            "open_value": SQL(
                "CASE WHEN one.state <> 'settled' THEN one.value ELSE 0 END"
            ),
            "lost_value": SQL(
                "CASE WHEN one.outcome = 'lost' THEN one.value ELSE 0 END"
            ),
            "unexplained_value": SQL(
                "CASE WHEN one.outcome = 'lost' AND one.reason_id IS NULL"
                " THEN one.value ELSE 0 END"
            ),
            "age_days": SQL(
                "EXTRACT(EPOCH FROM COALESCE(one.settle_date, %s) - one.open_date)"
                " / 86400",
                fields.Datetime.now(),
            ),
        }

    def _get_from(self):
        return SQL(
            """
              FROM store_transfer_discrepancy one
              JOIN store_transfer transfer ON transfer.id = one.transfer_id
              JOIN res_company company ON company.id = one.company_id
         LEFT JOIN product_product product ON product.id = one.product_id
         LEFT JOIN product_template template ON template.id = product.product_tmpl_id
         LEFT JOIN store_transfer_count counted ON counted.id = one.count_id
         %(sides)s
         %(place)s
            """,
            sides=join_sides(self.env),
            place=join_place(),
        )

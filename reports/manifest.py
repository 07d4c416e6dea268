from odoo import models
from odoo.tools import format_date

from ..tools.barcodes import draw_code128
from ..tools.paper_pages import count_lines, divide

LINES_ON_FIRST_PAGE = 48
LINES_ON_OTHER_PAGES = 56
LINES_TO_SIGN = 6
# There has to be room to sign each stop.
LINES_OF_STOP = 4


class Manifest(models.AbstractModel):
    """What a truck takes along: several transfers of a store, for the driver to sign.

    It says cartons and no quantities, so it may be read wherever the truck stops.
    """

    _name = "report.store_transfer.report_manifest"
    _description = "Store Transfer Hand-over Manifest"
    _inherit = ["store.transfer.paper"]
    _paper = "manifest"

    def _prepare_papers(self, transfers):
        by_source = transfers.with_context(lang=self.env.lang or "en_US").grouped(
            "source_store_id"
        )
        return [
            self._prepare_manifest(store, of_store)
            for store, of_store in by_source.items()
        ]

    def _prepare_manifest(self, store, transfers):
        rows = [
            self._prepare_stop(transfer)
            for transfer in transfers.sorted(
                lambda transfer: (
                    transfer.destination_store_id.name or "",
                    transfer.name,
                )
            )
        ]
        first = transfers[0]
        return {
            **self._prepare_sender(first),
            "source": self._prepare_side(first, store),
            "carriers": self._join(transfers, "carrier"),
            "drivers": self._join(transfers, "driver"),
            **self._number_pages(first.env, self._divide(rows)),
            "row_count": len(rows),
            "carton_count": sum(row["cartons"] for row in rows),
        }

    def _join(self, transfers, name):
        return ", ".join(dict.fromkeys(filter(None, transfers.mapped(name))))

    def _divide(self, rows):
        return divide(
            rows,
            self._count_lines,
            LINES_ON_FIRST_PAGE,
            LINES_ON_OTHER_PAGES,
            LINES_TO_SIGN,
        )

    def _count_lines(self, row):
        lines = sum(count_lines(row[name], 44) for name in ("destination", "address"))
        return max(LINES_OF_STOP, lines, count_lines(row["remark"], 26) + 1)

    def _prepare_stop(self, transfer):
        side = self._prepare_side(transfer, transfer.destination_store_id)
        return {
            "number": transfer.name,
            "barcode": draw_code128(transfer.name),
            "destination": side["name"],
            "address": ", ".join(side["address"].splitlines()),
            "phone": side["phone"],
            "cartons": self._count_cartons(transfer),
            "products": transfer.line_count,
            "expected": format_date(transfer.env, transfer.expected_date),
            "urgent": transfer.priority == "1",
            "tracking": transfer.tracking_number or "",
            "remark": transfer.remark or "",
        }

    def _count_cartons(self, transfer):
        return len(transfer._get_numbered_cartons()) or transfer.carton_quantity

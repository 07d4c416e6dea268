from markupsafe import Markup

from odoo import models
from odoo.tools import format_date

from ..tools.barcodes import draw_code128, draw_qr, draw_sscc
from ..tools.carton_codes import is_sscc
from ..tools.papers import ONE_CARTON
from ..tools.transfer_link import get_carton_link
from ..tools.zpl import make_label

LABELS_ON_SHEET = 4


class CartonLabels(models.AbstractModel):
    """A label for each carton; where they have no numbers, of the transfer."""

    _name = "report.store_transfer.report_carton_labels"
    _description = "Store Transfer Carton Labels"
    _inherit = ["store.transfer.paper"]
    _paper = "carton_labels"
    _on_page = 1

    def _prepare_papers(self, transfers):
        labels = super()._prepare_papers(transfers)
        labels = [label for of_transfer in labels for label in of_transfer]
        return [
            {
                "lang": labels[index]["lang"],
                "labels": labels[index : index + self._on_page],
            }
            for index in range(0, len(labels), self._on_page)
        ]

    def _prepare_paper(self, transfer):
        """Return the labels of a transfer."""
        cartons = transfer._get_numbered_cartons()
        if ONE_CARTON in self.env.context:
            return self._prepare_one(transfer, cartons)
        return [
            self._prepare_label(
                transfer, carton.name, self._count(transfer, number, max(cartons))
            )
            for number, carton in cartons.items()
        ] or self._prepare_without_numbers(transfer)

    def _prepare_without_numbers(self, transfer):
        total = transfer.carton_quantity or 1
        return [
            self._prepare_label(transfer, "", self._count(transfer, number, total))
            for number in range(1, total + 1)
        ]

    def _prepare_one(self, transfer, cartons):
        """Return the label of one carton; of how many, nobody knows while they pack."""
        return [
            self._prepare_label(
                transfer, carton.name, transfer.env._("Carton %s", number)
            )
            for number, carton in cartons.items()
            if carton.id == self.env.context[ONE_CARTON]
        ]

    def _count(self, transfer, number, total):
        return transfer.env._("%(number)d of %(total)d", number=number, total=total)

    def _prepare_label(self, transfer, carton, count):
        destination = transfer.destination_store_id
        link = transfer._get_link()
        if carton:
            link = get_carton_link(transfer.get_base_url(), carton)
        return {
            "lang": transfer.env.lang,
            "company": transfer.company_id.name,
            "transfer": transfer.name,
            "source": self._prepare_side(transfer, transfer.source_store_id),
            "destination": self._prepare_side(transfer, destination),
            "expected": format_date(transfer.env, transfer.expected_date),
            "urgent": transfer.priority == "1",
            "carrier": transfer.carrier or "",
            "code": carton or transfer.name,
            "is_sscc": is_sscc(carton),
            "barcode": self._draw(carton or transfer.name),
            "qr": draw_qr(link),
            "link": link,
            "count": count,
        }

    def _draw(self, code):
        return draw_sscc(code) if is_sscc(code) else draw_code128(code)


class CartonLabelsSheet(models.AbstractModel):
    """The same labels, four on a sheet of A4 paper."""

    _name = "report.store_transfer.report_carton_labels_sheet"
    _description = "Store Transfer Carton Labels on A4"
    _inherit = ["report.store_transfer.report_carton_labels"]
    _on_page = LABELS_ON_SHEET


class CartonLabelsZpl(models.AbstractModel):
    """The same labels as a text that label printers understand."""

    _name = "report.store_transfer.report_carton_labels_zpl"
    _description = "Store Transfer Carton Labels (ZPL)"
    _inherit = ["report.store_transfer.report_carton_labels"]

    def _get_report_values(self, docids, data=None):
        values = super()._get_report_values(docids, data)
        labels = [label for page in values["papers"] for label in page["labels"]]
        texts = [self._make_label(label) for label in labels]
        # It is no HTML: nothing in it must be written as such.
        return {**values, "text": Markup("\n".join(texts))}  # noqa: S704

    def _make_label(self, label):
        destination, source = label["destination"], label["source"]
        return make_label(
            big=f"{destination['code']} {destination['name']}".strip(),
            lines=[
                *destination["address"].splitlines()[:3],
                f"{self.env._('From')}: {source['name']}",
                f"{label['transfer']}   {label['expected']}   {label['carrier']}",
            ],
            count=label["count"],
            code=label["code"],
            is_sscc=label["is_sscc"],
            link=label["link"],
        )

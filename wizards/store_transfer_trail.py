import base64
import json

from odoo import api, fields, models

from ..spreadsheets.output.details import build_details


class StoreTransferTrail(models.TransientModel):
    """The trails of one or many transfers as a file, made when it is fetched."""

    _name = "store.transfer.trail"
    _description = "Trails of Store Transfers to Download"
    _inherit = ["store.transfer.reach"]

    transfer_ids = fields.Many2many("store.transfer", readonly=True)
    sheet = fields.Binary(compute="_compute_sheet")
    epcis = fields.Binary(string="EPCIS Document", compute="_compute_epcis")

    @api.depends("transfer_ids")
    @api.depends_context("lang", "tz", "uid")
    def _compute_sheet(self):
        for trail in self:
            trail.transfer_ids._check_may_export_trail()
            content = build_details(
                self.env._("Trail"), self._get_headings(), trail._iterate_rows()
            )
            trail.sheet = base64.b64encode(content)

    @api.depends("transfer_ids")
    @api.depends_context("lang", "uid")
    def _compute_epcis(self):
        for trail in self:
            document = trail.transfer_ids._build_epcis()
            text = json.dumps(document, ensure_ascii=False, indent=2)
            trail.epcis = base64.b64encode(text.encode())

    @api.model
    def _get_headings(self):
        """Return ``{name of a column: its heading}``, in the order of the sheet."""
        return {
            "number": self.env._("Number"),
            "day": self.env._("Day"),
            "time": self.env._("Time"),
            "step": self.env._("What"),
            "person": self.env._("Who"),
            "cashier": self.env._("At the Till"),
            "origin": self.env._("From Where"),
            "sku": self.env._("SKU"),
            "barcode": self.env._("Barcode"),
            "product_name": self.env._("Product"),
            "unit": self.env._("Unit"),
            "changed": self.env._("What Changed"),
            "before": self.env._("Before"),
            "after": self.env._("After"),
        }

    def _iterate_rows(self):
        """Yield the cells of each change; a step that changed nothing has a row too."""
        empty = dict.fromkeys(self._get_headings())
        products = self.transfer_ids.event_ids._get_changed_products()
        for transfer in self.transfer_ids:
            # From the first to the last.
            for event in transfer.event_ids.sorted("id"):
                header = self._prepare_event(event)
                for change in event._get_change_rows(products) or [{}]:
                    yield {**empty, **header, **change}

    def _prepare_event(self, event):
        moment = fields.Datetime.context_timestamp(event, event.date)
        return {
            "number": event.transfer_id.name,
            "day": moment.date(),
            "time": moment.strftime("%H:%M:%S"),
            "step": event._get_label("step"),
            # In sudo: somebody who works elsewhere by now is named all the same.
            "person": event.user_id.sudo().name or None,
            "cashier": event.cashier or None,
            "origin": event._get_label("origin"),
        }

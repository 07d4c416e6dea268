from odoo import api, fields, models
from odoo.exceptions import UserError

from ...tools.ids import is_id
from ...tools.papers import PAPERS
from .trail import MOST_STEPS


class StoreTransferTill(models.AbstractModel):
    """One transfer, as the till shows it."""

    _inherit = "store.transfer.till"

    @api.model
    def get_transfer(self, picking_type_id, transfer_id):
        """Return all that the till shows of a transfer.

        :return: what the list says (``_prepare_row``), and ``store``, ``promised``,
            ``carrier``, ``tracking``, ``arrived`` (a moment in UTC, or False),
            ``rejected`` (why it was, a text), ``hides_lines`` (its goods are seen when
            they are counted), ``rows`` (the lines, see ``_prepare_lines``), ``boxes``
            (the cartons), ``differences``, ``trail`` (see ``_prepare_trail``),
            ``earlier_steps`` (how many more there are), ``messages`` (see
            ``_prepare_messages``), ``count`` and ``pick`` (``{"id", "user"}`` of the
            one that goes on, or False), ``papers`` (the names of those that can be
            printed), ``steps`` (``{step: False, or why it is not possible}``),
            ``steps_by_pin`` (those that an approver can do here by a PIN),
            ``reasons`` (``{"reject", "close", "short", "surplus": [{"id", "name",
            "outcome"}]}``)
        """
        store = self._find_store(picking_type_id)
        return self._show(self._find_transfer(store, transfer_id), store)

    def _find_transfer(self, store, transfer_id):
        """Return a transfer of this store that the user may see.

        :raise UserError: when there is none
        """
        transfers = self.env["store.transfer"]
        if is_id(transfer_id):
            transfers = self._search_of_store(store, [("id", "=", transfer_id)])
        if not transfers:
            raise UserError(
                self.env._(
                    "%s has no such transfer (any more). Go back to the list, and look "
                    "for it there.",
                    store.name,
                )
            )
        return transfers

    def _show(self, transfer, store):
        [row] = self._prepare_rows(transfer, store)
        return {
            **row,
            "store": store.name,
            "promised": fields.Date.to_string(transfer.promised_date),
            "carrier": transfer.carrier or "",
            "tracking": transfer.tracking_number or "",
            "arrived": fields.Datetime.to_string(transfer.arrival_date),
            "rejected": self._describe_rejection(transfer),
            "hides_lines": transfer.hides_lines,
            "rows": self._prepare_lines(transfer),
            "boxes": self._prepare_cartons(transfer),
            "differences": self._prepare_differences(transfer),
            "trail": self._prepare_trail(transfer),
            "earlier_steps": max(0, transfer.number_of_events - MOST_STEPS),
            "messages": self._prepare_messages(transfer),
            "count": self._prepare_open(transfer.sudo().count_ids),
            "pick": self._prepare_open(transfer.pick_ids),
            "papers": self._get_papers(transfer),
            "steps": self._get_steps_refused(transfer, store),
            "steps_by_pin": self._get_steps_by_pin(transfer, store),
            "reasons": self._get_reasons(transfer),
        }

    def _describe_rejection(self, transfer):
        if transfer.state != "rejected":
            return ""
        return " · ".join(filter(None, (transfer.reason_id.name, transfer.reason_note)))

    def _get_reasons(self, transfer):
        reasons = self.env["store.transfer.reason"]
        reasons = reasons.search(reasons._get_domain_for(transfer))
        return {
            usage: [
                {"id": one.id, "name": one.name, "outcome": one.outcome}
                for one in of_usage
            ]
            for usage, of_usage in reasons.grouped("usage").items()
        }

    def _get_steps_refused(self, transfer, store):
        return {
            step: self._get_step_refusal(transfer, store, step)
            for step in transfer._get_steps()
            if step != "edit"
        }

    def _get_step_refusal(self, transfer, store, step):
        """Return why a step can't be done at this store's till, or False."""
        side = transfer._get_side_store(transfer._get_steps()[step].side)
        if side != store:
            return self._get_side_sentence(transfer, store)
        refusal = transfer._get_refusal(step)
        return str(refusal) if refusal else False

    def _get_side_sentence(self, transfer, store):
        return self.env._(
            "%(transfer)s: this is not up to %(store)s.",
            transfer=transfer.name,
            store=store.name,
        )

    def _prepare_lines(self, transfer):
        """Return the lines that the user may see, with what became of each.

        :return: dicts with ``id``, ``product_id``, ``name``, ``sku``, ``barcode``,
            ``has_image``, ``unit``, ``remark``; quantities in that unit: ``asked``,
            ``approved``, ``to_ship``, ``shipped``, ``in_transit``, ``received``,
            ``damaged``, ``lost``, ``returned``, ``closed``, ``short``; and while it is
            not decided ``source_free`` and ``here``
        """
        lines = transfer.line_ids.with_context(display_default_code=False)
        with_image = lines.product_id._filter_with_image()
        return [
            {
                **self._prepare_line(line, transfer.is_proposal),
                "has_image": line.product_id in with_image,
            }
            for line in lines
        ]

    def _prepare_line(self, line, is_proposal):
        names = (
            "asked",
            "approved",
            "to_ship",
            "shipped",
            "in_transit",
            "received",
            "damaged",
            "lost",
            "returned",
            "closed",
            "short",
        )
        values = {
            "id": line.id,
            "product_id": line.product_id.id,
            "name": line.product_id.display_name,
            "sku": line.default_code or "",
            "barcode": line.barcode or "",
            "unit": line.stock_uom_id.name,
            "remark": line.remark or "",
            **{name: line[f"{name}_quantity"] for name in names},
        }
        if is_proposal:
            values["source_free"] = line.source_free_quantity
            values["here"] = line.destination_quantity
        return values

    def _prepare_cartons(self, transfer):
        # In sudo: packages on their way are out of the reach of staff.
        numbered = transfer.sudo()._get_numbered_cartons()
        return [
            {"id": carton.id, "name": carton.name, "number": number}
            for number, carton in numbered.items()
        ]

    def _prepare_differences(self, transfer):
        differences = transfer.discrepancy_ids.with_context(display_default_code=False)
        return [
            {
                "id": one.id,
                "product": one.product_id.display_name,
                "sku": one.default_code or "",
                "kind": one.kind,
                "kind_label": self._get_label(one, "kind"),
                "quantity": one.quantity,
                "unit": one.stock_uom_id.name,
                "state": one.state,
                "state_label": self._get_label(one, "state"),
                "outcome_label": self._get_label(one, "outcome"),
                "answer": one.answer or "",
                "can_settle": one.can_settle,
                "can_accept": one.can_accept,
                "can_refuse": one.can_refuse,
            }
            for one in differences
        ]

    def _get_label(self, record, name):
        selection = record._fields[name]._description_selection(self.env)
        return dict(selection).get(record[name], "")

    def _prepare_open(self, documents):
        document = documents.filtered(lambda one: one.state == "open")[:1]
        return bool(document) and {
            "id": document.id,
            "user": document.sudo().user_id.name or "",
        }

    def _get_papers(self, transfer):
        return [paper for paper in PAPERS if not transfer._get_print_refusal(paper)]

from collections import defaultdict

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Command

from ...tools.carton_codes import is_sscc, read_carton_code
from ...tools.person import get_person
from ...tools.quantities import format_quantities

KIND = "carton"


class StoreTransferCount(models.Model):
    """Cartons that are counted by their label: all that is in one, in one event.

    Where the store opens its cartons, or counts blind, the scan says only that the
    carton is here, and its pieces are counted.
    """

    _inherit = "store.transfer.count"

    missing_cartons = fields.Char(
        compute="_compute_missing_cartons", help="The cartons that were not scanned."
    )

    @api.depends("line_ids.counted_quantity", "line_ids.damaged_quantity")
    @api.depends_context("uid")
    def _compute_missing_cartons(self):
        for count in self:
            cartons = count._get_missing_cartons() if count.is_open else []
            count.missing_cartons = ", ".join(
                carton._describe_carton() for carton in cartons
            )

    def _get_carton_contents(self):
        """Return ``{carton: LotQuantities}`` of the cartons that may come now."""
        # In sudo: moves are out of reach of store staff.
        lines = self.sudo().transfer_id._get_open_moves("receive").move_line_ids
        return {
            carton: of_carton._get_goods()
            for carton, of_carton in lines.grouped("package_id").items()
            if carton
        }

    def _get_scans_of_cartons(self):
        return self.sudo()._find_scans(
            [("kind", "=", KIND), ("status", "=", "counted")], order="id"
        )

    def _get_cartons_here(self):
        """Return the cartons that somebody has scanned."""
        return self._get_scans_of_cartons().carton_id

    def _get_missing_cartons(self):
        """Return the cartons that nobody has scanned, and whose goods are missing.

        Where it is counted blind all that were not scanned: else it would tell what is
        missing.
        """
        contents = self._get_carton_contents()
        missing = contents.keys() - set(self._get_cartons_here())
        store = self.sudo().transfer_id.destination_store_id
        if not store.transfer_blind_count:
            short = {
                line._get_expected_key()
                for line, difference in self._get_differences().items()
                if line.stock_uom_id.compare(difference, 0) < 0
            }
            missing = {
                carton
                for carton in missing
                if any(key in short for key, _quantity in contents[carton].items())
            }
        return sorted(missing, key=lambda carton: carton.transfer_number)

    def _apply_barcode(self, event, batch):
        answer = super()._apply_barcode(event, batch)
        if answer["status"] != "unknown":
            return answer
        return self._apply_carton(event, batch) or answer

    def _apply_carton(self, event, batch):
        """Count a carton by its label; None where the code is of no carton."""
        packages = self.env["stock.package"]
        found = packages._find_cartons([event.barcode], self.company_id)
        carton = found.get(event.barcode)
        if not carton:
            return self._answer_unknown_carton(event)
        if sentence := self._get_reason_not_to_take(carton, batch):
            return {"status": "refused", "carton_id": carton.id, "message": sentence}
        content = self._get_carton_contents()[carton]
        # Two who scan the same carton at once: one of them begins anew.
        self._tell_who_submits()
        if self.transfer_id.destination_store_id._trusts_cartons():
            return self._count_carton(carton, content, event)
        return self._note_carton(carton)

    def _answer_unknown_carton(self, event):
        packages = self.env["stock.package"]
        goods = packages._find_goods_taken_back(event.barcode, self.company_id)
        if goods:
            return {"status": "refused", "message": self._tell_taken_back(goods)}
        if not any(map(is_sscc, read_carton_code(event.barcode))):
            return None
        return {
            "status": "unknown",
            "message": self.env._(
                "Nobody has packed a carton %s for a transfer. Open it and scan what "
                "is in it, or put it aside and ask the sender.",
                event.barcode,
            ),
        }

    def _tell_taken_back(self, goods):
        transfer = goods.move_id._get_transfers()
        if transfer == self.transfer_id:
            # Some of it is on its way again, or nothing could be counted here.
            return self.env._(
                "Carton %s was shipped once, and taken back. What is in it now, nobody "
                "has written down: open it and scan what is in it.",
                goods.package_id.name,
            )
        return self.env._(
            "Carton %(carton)s is of %(transfer)s, and %(store)s has taken that "
            "shipment back. Put it aside, and ask %(store)s to ship it again, or to "
            "fetch it.",
            carton=goods.package_id.name,
            transfer=transfer.name,
            store=transfer.source_store_id.name,
        )

    def _get_reason_not_to_take(self, carton, batch):
        """Say why a carton can't be counted here, or return None."""
        in_batch = {
            values.get("carton_id")
            for values in batch.done.values()
            if values["kind"] == KIND and values["status"] == "counted"
        }
        scan = self._get_scans_of_cartons().filtered(
            lambda scan: scan.carton_id == carton
        )
        if scan or carton.id in in_batch:
            return self.env._(
                "Carton %(carton)s was scanned already, by %(user)s. It is counted "
                "once.",
                carton=carton._describe_carton(),
                user=(scan.user_id or get_person(self.env)).name,
            )
        if carton in self._get_carton_contents():
            return None
        return carton._get_reason_not_to_expect(self.transfer_id)

    def _note_carton(self, carton):
        """Write down that a carton is here: what is in it, will be counted."""
        return {
            "kind": KIND,
            "status": "counted",
            "carton_id": carton.id,
            "message": self.env._(
                "Carton %s is here. Open it, and count what is in it.",
                carton._describe_carton(),
            ),
        }

    def _count_carton(self, carton, content, event):
        """Count all that is in a carton; nothing of it where some can't be."""
        goods = [
            (self._get_line_of_goods(key), quantity)
            for key, quantity in content.items()
        ]
        # A serial number that was scanned by itself is counted already.
        wanted = [
            (line, quantity)
            for line, quantity in goods
            if line.product_id.tracking != "serial" or not line._get_done_quantity()
        ]
        with self.env.cr.savepoint():
            parts = [
                self._change(line, line._get_done_quantity() + quantity, event)
                for line, quantity in wanted
            ]
        return {
            "kind": KIND,
            "status": "counted",
            "carton_id": carton.id,
            "message": self.env._(
                "Carton %(carton)s: %(quantities)s counted.",
                carton=carton._describe_carton(),
                quantities=self._sum_by_unit(wanted),
            ),
            "part_ids": [
                Command.create(
                    {
                        name: part[name]
                        for name in ("line_id", "quantity", "was_counted")
                    }
                )
                for part in parts
            ],
        }

    def _get_line_of_goods(self, key):
        """Return the row that goods on their way are counted on."""
        line = self.line_ids.filtered(lambda line: line._get_expected_key() == key)[:1]
        # What was shipped since the count began has no row yet.
        return line or self._find_or_add_line(key.product, lot=key.lot)

    def _sum_by_unit(self, goods):
        quantities = {}
        for line, quantity in goods:
            unit = line.stock_uom_id
            quantities[unit] = quantities.get(unit, 0.0) + quantity
        return format_quantities(self.env, quantities)

    def _apply_undo(self, event, done):
        undone = done.get(event.undoes) or self._read_scan(event.undoes)
        if undone and undone["kind"] == KIND and undone["status"] == "counted":
            return self._take_back_carton(undone, event)
        return super()._apply_undo(event, done)

    def _take_back_carton(self, undone, event):
        """Take back what a carton has counted: all of it, or nothing."""
        self._take_back_parts(self._read_parts(undone), event)
        self._mark_undone(undone)
        return {"status": "counted", "carton_id": undone["carton_id"]}

    def _read_parts(self, scan):
        """Return what a scan has counted on each row, as dicts."""
        return [part for _command, _id, part in scan.get("part_ids", ())]

    def _take_back_parts(self, parts, event):
        """Take back what was counted on several rows.

        :raise UserError: when less is on one of them: then nothing is taken back
        """
        quantities, was_counted = defaultdict(float), {}
        for part in parts:
            line = self.line_ids.browse(part["line_id"])
            quantities[line] += part["quantity"]
            # As it was before the first of them.
            was_counted.setdefault(line, part["was_counted"])
        for line, quantity in quantities.items():
            if line.stock_uom_id.compare(line.counted_quantity, quantity) < 0:
                raise UserError(
                    self.env._(
                        "%s was entered anew since then: enter its quantity instead.",
                        line.product_id.display_name,
                    )
                )
        for line, quantity in quantities.items():
            came = line._get_done_quantity() - quantity
            self._change(line, came, event, is_counted=was_counted[line])

    def _prepare_result(self, values):
        result = super()._prepare_result(values)
        if carton_id := values.get("carton_id"):
            carton = self.env["stock.package"].sudo().browse(carton_id)
            result["carton"] = {"id": carton.id, "name": carton.name}
            if values["status"] == "refused":
                result["offer"] = carton._get_offer(self)
        return result

    @api.readonly
    def get_screen(self):
        """Return also ``cartons``, those that may come: see ``_prepare_carton``.

        Of each also ``parts``: ``[row id, quantity]`` of what is in it, unless the
        user counts blind.
        """
        screen = super().get_screen()
        contents = self._get_carton_contents()
        screen["cartons"] = [
            {
                **self._prepare_carton(carton),
                "parts": [] if self._is_blind() else self._prepare_parts(content),
            }
            for carton, content in contents.items()
        ]
        screen["cartons_here"] = self._prepare_cartons_here()
        return screen

    def _get_policies(self):
        store = self.sudo().transfer_id.destination_store_id
        return {**super()._get_policies(), "trusts_cartons": store._trusts_cartons()}

    def _get_undoable(self, user):
        """Return of a carton also ``carton_id``, and its ``parts``."""
        scans = {scan.uuid: scan for scan in self._get_scans_of_cartons()}
        return [
            {
                **entry,
                "carton_id": scans[entry["uuid"]].carton_id.id,
                "parts": [
                    [part.line_id.id, part.quantity]
                    for part in scans[entry["uuid"]].part_ids
                ],
            }
            if entry["uuid"] in scans
            else entry
            for entry in super()._get_undoable(user)
        ]

    def _prepare_parts(self, content):
        by_key = {line._get_expected_key(): line for line in self.sudo().line_ids}
        return [
            [by_key[key].id, quantity]
            for key, quantity in content.items()
            if key in by_key
        ]

    def _prepare_carton(self, carton):
        return {
            "id": carton.id,
            "name": carton.name,
            "number": carton.transfer_number,
            "total": carton.transfer_total,
        }

    def _prepare_changes(self, since):
        """Return also ``cartons_here``: who has scanned which carton."""
        return {
            **super()._prepare_changes(since),
            "cartons_here": self._prepare_cartons_here(),
        }

    def _prepare_cartons_here(self):
        return [
            {**self._prepare_carton(scan.carton_id), "user": scan.user_id.name}
            for scan in self._get_scans_of_cartons()
        ]

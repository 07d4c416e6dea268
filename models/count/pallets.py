from odoo import models

from ...tools.carton_codes import read_carton_code
from ...tools.person import get_person
from .cartons import KIND as CARTON

KIND = "pallet"


class StoreTransferCount(models.Model):
    """Packages with cartons in them: one scan is a scan of each of these cartons."""

    _inherit = "store.transfer.count"

    def _apply_carton(self, event, batch):
        answer = super()._apply_carton(event, batch)
        if answer and answer["status"] != "unknown":
            return answer
        pallet = self._find_pallet(event.barcode)
        return self._apply_pallet(pallet, event, batch) if pallet else answer

    def _find_pallet(self, code):
        """Return the package of this code that has cartons of any transfer in it."""
        return (
            self.env["stock.package"]
            .search(
                [
                    ("name", "in", read_carton_code(code)),
                    ("child_package_ids", "!=", False),
                ],
                order="id desc",
            )
            .filtered(
                lambda package: (
                    self.company_id
                    in package.all_children_package_ids.transfer_id.company_id
                )
            )[:1]
        )

    def _apply_pallet(self, pallet, event, batch):
        """Count all cartons on a pallet, or none of them where one can't be."""
        cartons = pallet.all_children_package_ids.filtered(
            lambda carton: carton.transfer_id.company_id == self.company_id
        ).sorted("transfer_number")
        reasons = {
            carton: self._get_reason_not_to_take(carton, batch) for carton in cartons
        }
        taken = cartons.filtered(lambda carton: not reasons[carton])
        if not taken:
            message = f"{pallet.name}: {reasons[cartons[0]]}"
            return {"status": "refused", "message": message}
        self._tell_who_submits()
        with self.env.cr.savepoint():
            scans = self._take_cartons(taken, event)
        batch.done.update(scans)
        return {
            "kind": KIND,
            "status": "counted",
            "carton_id": pallet.id,
            "message": self._describe_pallet(pallet, taken, cartons, scans),
        }

    def _take_cartons(self, cartons, event):
        """Return what is to be written down about each of these cartons."""
        contents = self._get_carton_contents()
        is_trusted = self.transfer_id.destination_store_id._trusts_cartons()
        scans = {}
        for carton in cartons:
            own = event._replace(uuid=f"{event.uuid}/{carton.id}")
            scans[own.uuid] = {
                **self._prepare_scan_values(own, get_person(self.env)),
                "pallet_uuid": event.uuid,
                **(
                    self._count_carton(carton, contents[carton], own)
                    if is_trusted
                    else self._note_carton(carton)
                ),
            }
        return scans

    def _describe_pallet(self, pallet, taken, cartons, scans):
        values = {"pallet": pallet.name, "cartons": len(taken)}
        parts = [part for scan in scans.values() for part in self._read_parts(scan)]
        if parts:
            lines = self.line_ids
            values["quantities"] = self._sum_by_unit(
                [(lines.browse(part["line_id"]), part["quantity"]) for part in parts]
            )
            sentence = self.env._(
                "Pallet %(pallet)s: %(quantities)s counted. Cartons: %(cartons)s.",
                **values,
            )
        else:
            sentence = self.env._(
                "Pallet %(pallet)s is here. Cartons on it: %(cartons)s.", **values
            )
        if others := len(cartons - taken):
            left_out = self.env._(
                "Left out, because scanned before or not expected: %s. Scan each by "
                "itself to see why.",
                others,
            )
            sentence = f"{sentence} {left_out}"
        return sentence

    def _apply_undo(self, event, done):
        undone = done.get(event.undoes) or self._read_scan(event.undoes)
        if undone and undone["kind"] == KIND and undone["status"] == "counted":
            return self._take_back_pallet(undone, event, done)
        return super()._apply_undo(event, done)

    def _take_back_pallet(self, undone, event, done):
        """Take back what the cartons on a pallet have counted: all, or nothing."""
        own = [
            ("pallet_uuid", "=", undone["uuid"]),
            ("kind", "=", CARTON),
            ("status", "=", "counted"),
        ]
        scans = [scan._get_change() for scan in self._find_scans(own, order="id")]
        scans += [
            values
            for values in done.values()
            if values.get("pallet_uuid") == undone["uuid"]
            and values["status"] == "counted"
        ]
        parts = [part for scan in scans for part in self._read_parts(scan)]
        self._take_back_parts(parts, event)
        for scan in (undone, *scans):
            self._mark_undone(scan)
        return {"status": "counted", "carton_id": undone["carton_id"]}

    def _get_undoable(self, user):
        """Leave out the cartons of a pallet: it is taken back as a whole."""
        entries = super()._get_undoable(user)
        of_pallets = self._find_scans(
            [
                ("uuid", "in", [entry["uuid"] for entry in entries]),
                ("pallet_uuid", "!=", False),
            ]
        )
        uuids = set(of_pallets.mapped("uuid"))
        return [entry for entry in entries if entry["uuid"] not in uuids]

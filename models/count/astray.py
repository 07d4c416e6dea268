from odoo import models
from odoo.exceptions import UserError

KIND = "astray"


class StoreTransferCount(models.Model):
    """Cartons that came to the wrong shop: who waits for them is told, once."""

    _inherit = "store.transfer.count"

    def _get_appliers(self):
        return {**super()._get_appliers(), KIND: self._apply_astray}

    def _apply_astray(self, event):
        """Tell who waits for a carton, and head office, that it stands here."""
        packages = self.env["stock.package"]
        found = packages._find_cartons([event.barcode or ""], self.company_id)
        carton = found.get(event.barcode)
        here = self.transfer_id.destination_store_id
        if not carton or not carton._is_for_another_store(here):
            raise UserError(
                self.env._(
                    "%s is no carton of another store: nobody has to be told.",
                    event.barcode or "",
                )
            )
        return {
            "status": "counted",
            "carton_id": carton.id,
            "message": self.env._(
                "Told: carton %(carton)s stands at %(store)s. Keep it closed until it "
                "is fetched.",
                carton=carton._describe_carton(),
                store=here.name,
            ),
        }

    def _complete(self, batch):
        """Tell of the cartons that nobody has told of here before."""
        told = self._find_scans([("kind", "=", KIND), ("status", "=", "counted")])
        carton_ids = {
            values["carton_id"]
            for values in batch.done.values()
            if values["kind"] == KIND and values["status"] == "counted"
        }
        cartons = self.env["stock.package"].browse(sorted(carton_ids))
        for carton in cartons - told.carton_id:
            carton._tell_astray(self.transfer_id.destination_store_id)
        return super()._complete(batch)

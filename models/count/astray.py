from odoo import models
from odoo.exceptions import UserError


class StoreTransferCount(models.Model):
    """Cartons that came to the wrong shop: who waits for them is told, once."""

    _inherit = "store.transfer.count"

    def _get_appliers(self):
        return {**super()._get_appliers(), "astray": self._apply_astray}

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
        carton._tell_astray(here)
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

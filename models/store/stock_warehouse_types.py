from odoo import fields, models


class StockWarehouse(models.Model):
    """The two operation types of a store, by which its transfers go."""

    _inherit = "stock.warehouse"

    transfer_out_type_id = fields.Many2one(
        "stock.picking.type",
        string="Outbound Operation Type",
        check_company=True,
        copy=False,
        ondelete="restrict",
    )
    transfer_in_type_id = fields.Many2one(
        "stock.picking.type",
        string="Inbound Operation Type",
        check_company=True,
        copy=False,
        ondelete="restrict",
    )

    def _update_name_and_code(self, new_name=False, new_code=False):
        result = super()._update_name_and_code(new_name, new_code)
        for warehouse in self:
            for values in warehouse._get_transfer_type_values(new_code):
                picking_type = warehouse[values["field"]]
                picking_type.sequence_id.sudo().write(
                    {"prefix": values["sequence"]["prefix"]}
                )
        return result

    def _get_transfer_types(self):
        return self.transfer_out_type_id | self.transfer_in_type_id

    def _create_transfer_types(self):
        """Create the operation types of the two legs where they are missing.

        They are outgoing and incoming, as the ones Odoo's own resupply between
        warehouses uses: forecasts and lots work the same.
        """
        self.company_id._ensure_transit_location()
        for warehouse in self:
            for values in warehouse._get_transfer_type_values():
                if not warehouse[values["field"]]:
                    warehouse._create_transfer_type(values)
            warehouse.transfer_out_type_id.return_picking_type_id = (
                warehouse.transfer_in_type_id
            )
            warehouse.transfer_in_type_id.return_picking_type_id = (
                warehouse.transfer_out_type_id
            )

    def _create_transfer_type(self, values):
        self.ensure_one()
        picking_type = self._find_archived_transfer_type(values)
        if picking_type:
            picking_type.active = self.active
        else:
            picking_type = self.env["stock.picking.type"].create(
                {
                    **values["type"],
                    "name": values["names"]["en_US"],
                    "warehouse_id": self.id,
                    "company_id": self.company_id.id,
                    "sequence_id": self.env["ir.sequence"]
                    .sudo()
                    .create(values["sequence"])
                    .id,
                    "active": self.active,
                }
            )
            picking_type.update_field_translations("name", values["names"])
        self.sudo().write({values["field"]: picking_type.id})

    def _find_archived_transfer_type(self, values):
        """Return the type that an earlier installation left, with its numbering."""
        return (
            self.env["stock.picking.type"]
            .with_context(active_test=False)
            .search(
                [
                    ("warehouse_id", "=", self.id),
                    ("code", "=", values["type"]["code"]),
                    ("sequence_code", "=", values["type"]["sequence_code"]),
                ],
                limit=1,
            )
        )

    def _get_transfer_type_values(self, new_code=False):
        """Return the values of the outbound and the inbound operation type.

        :return: list of dicts with the keys ``field`` (on the warehouse), ``names``
            (by language), ``sequence`` and ``type`` (values to create)
        """
        self.ensure_one()
        code = new_code or self.code
        stock, transit = self.lot_stock_id, self.company_id.internal_transit_location_id
        return [
            {
                "field": "transfer_out_type_id",
                "names": self._get_translations(
                    lambda env: env._("Store Transfers: Outbound")
                ),
                "sequence": self._get_transfer_sequence_values(code, "TOUT"),
                "type": {
                    "code": "outgoing",
                    "sequence_code": "TOUT",
                    "default_location_src_id": stock.id,
                    "default_location_dest_id": transit.id,
                    "use_create_lots": False,
                    "use_existing_lots": True,
                },
            },
            {
                "field": "transfer_in_type_id",
                "names": self._get_translations(
                    lambda env: env._("Store Transfers: Inbound")
                ),
                "sequence": self._get_transfer_sequence_values(code, "TIN"),
                "type": {
                    "code": "incoming",
                    "sequence_code": "TIN",
                    "default_location_src_id": transit.id,
                    "default_location_dest_id": stock.id,
                    "use_create_lots": True,
                    "use_existing_lots": True,
                },
            },
        ]

    def _get_translations(self, translate):
        """Return ``{language code: translate(environment in that language)}``."""
        installed = {code for code, _name in self.env["res.lang"].get_installed()}
        return {
            lang: translate(self.with_context(lang=lang).env)
            for lang in {"en_US"} | installed
        }

    def _get_transfer_sequence_values(self, code, sequence_code):
        return {
            "name": f"{self.name} {sequence_code}",
            "prefix": f"{code}/{sequence_code}/",
            "padding": 5,
            "company_id": self.company_id.id,
        }

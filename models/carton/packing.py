from odoo import api, models


class StockMove(models.Model):
    """Goods go into the cartons that they were packed in, when they are shipped."""

    _inherit = "stock.move"

    def _put_in_cartons(self, contents):
        """Let the goods of these moves leave in cartons; the rest leaves as it was.

        :param contents: list of ``(LotKey by place, carton, quantity)``
        """
        lines = self._with_snapshot().move_line_ids.filtered("picked")
        parts = lines._spread_over_cartons(contents)
        packed = self.env["stock.move.line"].browse(line.id for line in parts)
        packed._unpack_entire_packages()
        ids_by_carton, new = {}, []
        for line in packed:
            unit = line.product_id.uom_id
            rest = line.quantity_product_uom - sum(part[1] for part in parts[line])
            whole = unit.is_zero(rest)
            first, *others = parts[line] if whole else [(None, rest), *parts[line]]
            if others:
                new += [line._prepare_part(*part) for part in others]
                line.write({"quantity": first[1], "product_uom_id": unit.id})
            if first[0]:
                ids_by_carton.setdefault(first[0].id, []).append(line.id)
        for carton_id, line_ids in ids_by_carton.items():
            packed.browse(line_ids).write({"result_package_id": carton_id})
        lines.create(new)


class StockMoveLine(models.Model):
    _inherit = "stock.move.line"

    @api.model_create_multi
    def create(self, vals_list):
        move_lines = super().create(vals_list)
        if any(vals.get("result_package_id") for vals in vals_list):
            move_lines._check_cartons_of_others()
        return move_lines

    def write(self, vals):
        result = super().write(vals)
        if vals.get("result_package_id"):
            self._check_cartons_of_others()
        return result

    def _check_cartons_of_others(self):
        """Refuse other goods in the carton of a transfer, until it was received."""
        # A package that moves as a whole is what it was.
        for line in self.filtered(
            lambda line: line.result_package_id != line.package_id
        ):
            # In sudo: transfers are out of reach of who works in the Inventory app.
            carton = line.result_package_id.sudo()
            transfer = carton.transfer_id
            if transfer and transfer != line.move_id._get_transfers():
                carton._check_may_hold_other_goods()

    def _spread_over_cartons(self, contents):
        """Return which of these lines fill which cartons.

        :return: ``{move line: [(carton, quantity in the product's unit)]}``
        """
        left = {line: line.quantity_product_uom for line in self}
        by_place = self.grouped(lambda line: line._get_place_key())
        parts = {}
        for key, carton, quantity in contents:
            for line in by_place.get(key, ()):
                part = key.unit.round(min(quantity, left[line]))
                if part > 0:
                    parts.setdefault(line, []).append((carton, part))
                    left[line] = key.unit.round(left[line] - part)
                    quantity = key.unit.round(quantity - part)
        return parts

    def _prepare_part(self, carton, quantity):
        """Return the values of a line that does so much of what this one does."""
        return {
            **self.move_id._prepare_move_line_vals(),
            "quantity": quantity,
            "product_uom_id": self.product_id.uom_id.id,
            "location_id": self.location_id.id,
            "location_dest_id": self.location_dest_id.id,
            "lot_id": self.lot_id.id,
            "package_id": self.package_id.id,
            "owner_id": self.owner_id.id,
            "result_package_id": carton.id,
            "picked": True,
        }

    def _unpack_entire_packages(self):
        """Take goods out of the packages that they stand in: they go in others."""
        packages = self.package_id
        staying = self.move_id.picking_id.move_line_ids.filtered(
            lambda line: line.package_id and line.package_id in packages
        )
        (self | staying).filtered(
            lambda line: line.result_package_id == line.package_id
        ).write({"result_package_id": False, "is_entire_pack": False})

"""Goods that travel in cartons."""

from .common_scan import ScanCase


class CartonCase(ScanCase):
    """Transfers whose goods are packed in the Inventory app, and counted by carton."""

    def make_packed_transfer(self, *contents, lines=None, **values):
        """Ship a transfer of which each of ``contents`` is in a carton of its own.

        :param contents: ``{product or lot: quantity}`` of each carton
        :param lines: ``{product: quantity}``, by default what is in the cartons
        """
        if lines is None:
            lines = {}
            for content in contents:
                for goods, quantity in content.items():
                    product = self.get_product(goods)
                    lines[product] = lines.get(product, 0) + quantity
        transfer = self.make_transfer(lines=lines, **values)
        self.submit(transfer)
        self.approve(transfer, self.head_office)
        cartons = self.pack(transfer, *contents)
        self.ship(transfer)
        return transfer, cartons

    def pack(self, transfer, *contents):
        """Put what is reserved into packages in the Inventory app; return these."""
        picking = self.get_pickings(transfer, "outgoing")
        packages = picking.env["stock.package"]
        for content in contents:
            lines = picking.move_line_ids.browse()
            for goods, quantity in content.items():
                lines += self.take_loose(picking, goods, quantity)
            packages += lines.action_put_in_pack()
        return packages.sudo()

    def take_loose(self, picking, goods, quantity):
        """Return a line of its own for so much of what is not packed yet."""
        product = self.get_product(goods)
        line = picking.move_line_ids.filtered(
            lambda line: (
                line.product_id == product
                and not line.result_package_id
                and goods in (product, line.lot_id)
            )
        )[:1]
        self.assertGreaterEqual(line.quantity, quantity)
        left = line.quantity - quantity
        if not left:
            return line
        line.quantity = left
        return line.copy({"quantity": quantity, "move_id": line.move_id.id})

    def get_product(self, goods):
        return goods if goods._name == "product.product" else goods.product_id

    def get_places(self, packages):
        """Return the usage of the location that each package stands in."""
        self.env.flush_all()
        packages.invalidate_recordset()
        return [package.location_id.usage for package in packages]

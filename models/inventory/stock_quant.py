from collections import defaultdict

from odoo import api, models
from odoo.exceptions import ConcurrencyError, UserError
from odoo.fields import Domain

from ...tools.lot_quantities import LotKey, LotQuantities
from ...tools.marks import FREES_RESERVATION
from ...tools.quant_snapshot import QuantSnapshot


class StockQuant(models.Model):
    """Look-ups and locks of quants, once per transfer instead of once per line.

    The moves of a transfer find and lock all the quants they will touch before they
    are reserved or done, and pass them on in a :class:`QuantSnapshot`.
    """

    _inherit = "stock.quant"

    def _gather(
        self,
        product_id,
        location_id,
        lot_id=None,
        package_id=None,
        owner_id=None,
        strict=False,
        qty=0,
    ):
        gather = super()._gather
        goods = (product_id, location_id, lot_id, package_id, owner_id, strict, qty)
        snapshot = QuantSnapshot.get(self.env)
        found = snapshot and snapshot.get_to_reserve(product_id, location_id)
        if found is None or strict:
            return gather(*goods)
        # By Odoo's own search, see below: other addons may restrict it.
        with snapshot.offering(found):
            return gather(*goods)

    @api.model
    @api.readonly
    def search(self, domain, offset=0, limit=None, order=None):
        snapshot = QuantSnapshot.get(self.env)
        if snapshot and snapshot.offered is not None:
            # They are in the order to take them already.
            return snapshot.offered.with_env(self.env).filtered_domain(domain)
        return super().search(domain, offset=offset, limit=limit, order=order)

    def _get_gather_domain(self, *args, **kwargs):
        domain = super()._get_gather_domain(*args, **kwargs)
        snapshot = QuantSnapshot.get(self.env)
        if snapshot and snapshot.owner is not None:
            domain &= Domain("owner_id", "=", snapshot.owner.id)
        if snapshot and snapshot.place is not None:
            domain &= Domain("location_id", "=", snapshot.place.id)
        return domain

    @api.private
    def try_lock_for_update(self, *, allow_referencing=False, limit=None):
        snapshot = QuantSnapshot.get(self.env)
        locked = snapshot and limit == 1 and snapshot.get_locked(self)
        if locked:
            return locked
        return super().try_lock_for_update(
            allow_referencing=allow_referencing, limit=limit
        )

    @api.model
    def _find_for_transfer(self, products, locations, lots=None):
        """Read the quants of ``products`` in ``locations`` into the cache, at once.

        :param lots: only quants of these lots, and those without a lot
        """
        domain = Domain("product_id", "in", products.ids)
        domain &= Domain("location_id", "child_of", locations.ids)
        if lots is not None:
            domain &= Domain("lot_id", "in", [False, *lots.ids])
        quants = self.sudo().search(domain)
        quants.fetch(self._get_fields_of_snapshot())
        return quants

    @api.model
    def _find_to_reserve(self, products, location):
        """Find what may be reserved, after putting right what is reserved for nobody.

        When two people move the same goods at once, Odoo writes what the second one
        did to a quant of its own, and some of what the first one had reserved stays
        reserved, until the scheduler puts that right. Whoever counts, ships or settles
        next can't wait for it.
        """
        quants = self._find_for_transfer(products, location)
        if FREES_RESERVATION.is_on(self.env):
            # Goods are just leaving: their quants have nothing reserved any more, and
            # their move lines still have. To put that right would reserve it for good.
            return quants
        if quants._are_split():
            quants._merge_quants()
            quants = self._find_for_transfer(products, location)
        wrong = quants._find_wrongly_reserved(products, location)
        for goods, quantity in wrong.items():
            self.sudo()._reserve_more(goods, quantity)
        return self._find_for_transfer(products, location) if wrong else quants

    def _are_split(self):
        """Tell whether the same goods stand in several of these quants."""
        return len({quant._get_goods() for quant in self}) < len(self)

    def _find_wrongly_reserved(self, products, location):
        """Return how much more than it says is reserved of these goods, by their moves.

        The scheduler asks this of all goods of all companies; who waits for it, only of
        what they are about to move.

        :return: ``{goods: quantity}``, below zero where less is
        """
        reserved = defaultdict(float)
        for quant in self:
            reserved[quant._get_goods()] += quant.reserved_quantity
        return {
            goods: quantity - reserved[goods]
            for goods, quantity in self._get_reserved(products, location, reserved)
            if goods[0].uom_id.compare(quantity, reserved[goods]) != 0
            # Nothing is reserved there, whatever moves say.
            and not goods[1].should_bypass_reservation()
        }

    @api.model
    def _reserve_more(self, goods, quantity):
        product, place, lot, package, owner = goods
        self._update_reserved_quantity(
            product, place, quantity, lot_id=lot, package_id=package, owner_id=owner
        )

    @api.model
    def _merge_quants(self):
        # Odoo logs an error of the database and goes on. Where something else waits to
        # be written, it is written before Odoo's savepoint, and a conflict of it would
        # leave the transaction aborted. Written here, it is told and tried again.
        self.env.cr.flush()
        return super()._merge_quants()

    def _get_goods(self):
        return (
            self.product_id,
            self.location_id,
            self.lot_id,
            self.package_id,
            self.owner_id,
        )

    @api.model
    def _get_reserved(self, products, location, goods):
        """Return what is reserved by moves: list of ``(goods, quantity)``.

        :param goods: what to tell of, zero where nothing is reserved
        """
        by_goods = dict.fromkeys(goods, 0.0)
        for *key, quantity in (
            self.env["stock.move.line"]
            .sudo()
            ._read_group(
                [
                    ("product_id", "in", products.ids),
                    ("location_id", "child_of", location.ids),
                    ("state", "not in", ("draft", "done", "cancel")),
                    ("quantity_product_uom", "!=", 0),
                ],
                ["product_id", "location_id", "lot_id", "package_id", "owner_id"],
                ["quantity_product_uom:sum"],
            )
        ):
            by_goods[tuple(key)] = quantity
        return by_goods.items()

    @api.model
    def _get_quantities_by_lot(self, products, location):
        """Return the ``LotQuantities`` of products that stand in a location."""
        return LotQuantities(
            (LotKey(product, lot), quantity)
            for product, lot, quantity in self.sudo()._read_group(
                [
                    ("location_id", "child_of", location.id),
                    ("product_id", "in", products.ids),
                ],
                ["product_id", "lot_id"],
                ["quantity:sum"],
            )
        )

    @api.model
    def _get_free_by_place(
        self, products, location, domain=Domain.TRUE, order="location_id, lot_id"
    ):
        """Return what stands in a location and is reserved for nobody.

        :return: ``LotQuantities`` of products by place, in the order of the shelves
        """
        return LotQuantities(
            (LotKey(product, lot, location=shelf), max(0.0, quantity - reserved))
            for product, lot, shelf, quantity, reserved in self.sudo()._read_group(
                Domain("location_id", "child_of", location.ids)
                & Domain("product_id", "in", products.ids)
                & domain,
                ["product_id", "lot_id", "location_id"],
                ["quantity:sum", "reserved_quantity:sum"],
                order=order,
            )
        )

    @api.model
    def _get_fields_of_snapshot(self):
        return [
            "product_id",
            "location_id",
            "lot_id",
            "package_id",
            "owner_id",
            "company_id",
            "quantity",
            "reserved_quantity",
            "in_date",
        ]

    def _lock_for_transfer(self):
        """Lock what can be locked, by id; the rest is left to Odoo, quant by quant."""
        by_id = self.sorted("id")
        locked = by_id.try_lock_for_update(allow_referencing=True, limit=len(by_id))
        return frozenset(locked.ids)

    def _lock_to_move(self, packages):
        """Lock what may be touched when goods move in or out of packages.

        What is in other packages stays, and is left to who moves them. Where somebody
        else has a quant, Odoo writes what moves to one of its own; of a package that
        would be a second place, which it refuses. So that begins anew.

        :return: the ids of what is locked
        :raise ConcurrencyError: when somebody else has what is in these packages
        """
        packed = self.filtered("package_id")
        moving = packed.filtered(lambda quant: quant.package_id in packages)
        locked_ids = (self - packed + moving)._lock_for_transfer()
        taken = moving.filtered(lambda quant: quant.id not in locked_ids)
        if taken:
            raise ConcurrencyError(
                self.env._(
                    "Somebody else is moving what is in %s at this moment. Try again.",
                    ", ".join(taken.package_id.mapped("display_name")),
                )
            )
        return locked_ids

    def _refuse_serial_in_stock(self):
        """Refuse a serial number that can't be anywhere else: it is here."""
        raise UserError(
            self.env._(
                "%(product)s: serial number %(name)s is in stock already, at "
                "%(location)s. Look at it again.",
                product=self.product_id.display_name,
                name=self.lot_id.name,
                location=self.location_id.display_name,
            )
        )

    @api.model
    def _with_quants_to_reserve(self, products, location):
        """Return the model in the context of what may be reserved, read at once."""
        self._find_for_transfer(products, location)
        snapshot = QuantSnapshot(
            to_reserve=self._get_quants_to_reserve(products, location)
        )
        return self.with_context(**snapshot.context)

    @api.model
    def _get_quants_to_reserve(self, products, location):
        """Return what may be reserved, in the order of each removal strategy.

        :return: ``{(product id, location id): quants}``
        """
        by_product_and_location = {}
        by_strategy = products.grouped(
            lambda product: self._get_removal_strategy(product, location)
        )
        for strategy, of_strategy in by_strategy.items():
            order = self._get_removal_strategy_order(strategy)
            # What is not chosen by an order alone is left to Odoo.
            if strategy == "least_packages" or not order:
                continue
            quants = self.sudo().search(
                [
                    ("product_id", "in", of_strategy.ids),
                    ("location_id", "child_of", location.id),
                ],
                order=order,
            )
            by_product = quants.grouped("product_id")
            for product in of_strategy:
                key = (product.id, location.id)
                by_product_and_location[key] = by_product.get(product, quants.browse())
        return by_product_and_location

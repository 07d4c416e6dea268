import uuid

from odoo import fields, models

from ...tools.epcis import ARRIVING, MEANINGS, Event, Goods, build_document


class StoreTransfer(models.Model):
    """What happened to the goods of a transfer, in the words of GS1's EPCIS 2.0.

    It is read off the moves, as the ledger is: it tells of what was done in the
    Inventory app as well, and of transfers from before their trail was kept.
    """

    _inherit = "store.transfer"

    def _build_epcis(self):
        """Return the EPCIS document of these transfers, as JSON can say it.

        :raise AccessError: see ``_check_may_export_trail``
        """
        self._check_may_export_trail()
        # In sudo: store staff have no rights on moves; what they may know is checked.
        transfers = self.sudo()
        events = [
            event
            for transfer in transfers
            for event in transfer._describe_epcis_events()
        ]
        return build_document(
            events, fields.Datetime.now(), transfers._get_epcis_names()
        )

    def _describe_epcis_events(self):
        """Return the events of this transfer, as they stand in the document."""
        self.ensure_one()
        namespace = self._get_epcis_namespace()
        return [
            event.describe(
                namespace,
                self._get_epcis_store(meaning)._get_transfer_timezone(),
                self._describe_circumstances(event, meaning),
            )
            for meaning, event in self._get_epcis_events(namespace)
        ]

    def _get_epcis_namespace(self):
        """Return what makes the ids of events those of this database."""
        parameters = self.env["ir.config_parameter"].sudo()
        return uuid.uuid5(uuid.NAMESPACE_OID, parameters.get_param("database.uuid"))

    def _get_epcis_events(self, namespace):
        """Return list of ``(Meaning, Event)``, in the order in which it happened."""
        movements = self._get_movements()
        events = []
        for movement in movements:
            meaning = MEANINGS[movement.flow]
            events += [
                (meaning, event)
                for event in self._get_events_of_movement(movement, meaning, namespace)
            ]
        if arrival := self._get_arrival_event(movements):
            events.append((ARRIVING, arrival))
        # What two deliveries put into a carton, is in it before one of them leaves.
        return sorted(
            events,
            key=lambda pair: (pair[1].moment, pair[0].rank, pair[1].parent is None),
        )

    def _get_events_of_movement(self, movement, meaning, namespace):
        """Return the events of a movement; what was undone of it is declared wrong."""
        said = self._make_events(movement, meaning, movement.goods)
        if not movement.undone:
            return list(said.values())
        true = self._make_events(movement, meaning, movement.get_left())
        events = []
        for role, event in said.items():
            now = true.get(role)
            if event == now:
                events.append(event)
                continue
            by = (now.get_id(namespace),) if now else ()
            events.append(event.declare_wrong(movement.undone_date, by))
            events += [now] if now else []
        return events

    def _make_events(self, movement, meaning, goods):
        """Return ``{role: Event}``: the goods themselves, and each carton of theirs."""
        if not goods:
            return {}
        if meaning.leaves:
            cartons = self._make_carton_events(movement, goods, "packing", "ADD")
        else:
            cartons = self._make_carton_events(movement, goods, "unpacking", "DELETE")
        moved = Event(
            key=self._get_epcis_key(movement, "", goods),
            moment=movement.date,
            goods=self._describe_goods(goods),
            step=meaning.step,
            disposition=meaning.disposition,
        )
        return {**cartons, "": moved}

    def _make_carton_events(self, movement, goods, step, action):
        by_carton = {}
        for piece, quantity in goods.items():
            carton = piece.package if action == "ADD" else piece.opened
            if carton:
                by_carton.setdefault(carton, {})[piece] = quantity
        return {
            (step, carton): Event(
                key=self._get_epcis_key(movement, f"{step}/{carton.id}", inside),
                moment=movement.date,
                goods=self._describe_goods(inside, are_loose=True),
                step=step,
                disposition=None,
                action=action,
                parent=carton._get_epcis_link(),
            )
            for carton, inside in by_carton.items()
        }

    def _get_epcis_key(self, movement, role, goods):
        """Return what an event is about: of other goods, it is another event."""
        of_goods = sorted((piece.ids, quantity) for piece, quantity in goods.items())
        return f"{movement.flow}/{min(movement.moves.ids)}/{role}/{of_goods}"

    def _get_arrival_event(self, movements):
        """Return that the goods came to the destination, as far as that is known."""
        arrival = self.arrival_date
        if not arrival or self.kind != "between":
            return None
        goods = {}
        for movement in movements:
            if movement.flow == "ship" and movement.date <= arrival:
                for piece, quantity in movement.get_left().items():
                    goods[piece] = goods.get(piece, 0.0) + quantity
        if not goods:
            return None
        of_goods = sorted((piece.ids, quantity) for piece, quantity in goods.items())
        return Event(
            key=f"arriving/{self.id}/{arrival}/{of_goods}",
            moment=arrival,
            goods=self._describe_goods(goods),
            step=ARRIVING.step,
            disposition=ARRIVING.disposition,
        )

    def _describe_goods(self, goods, are_loose=False):
        """Return goods by what they are called in EPCIS.

        :param goods: ``{Piece: quantity in the product's unit}``
        :param are_loose: whether they are named although they are in a carton
        """
        described = Goods()
        for piece, quantity in goods.items():
            if piece.package and not are_loose:
                described.pieces.append(piece.package._get_epcis_link())
                continue
            product = piece.product
            link = product._get_epcis_link(piece.lot)
            if product.tracking == "serial" and piece.lot:
                described.pieces.append(link)
            else:
                described.add_quantity(link, *product._get_epcis_quantity(quantity))
        return described

    def _get_epcis_store(self, meaning):
        """Return the store at which something happened."""
        source, destination = self.source_store_id, self.destination_store_id
        first, second = source, destination
        if meaning.side == "destination":
            first, second = destination, source
        # With a third party, the one store that there is tells of it.
        return first or second

    def _describe_circumstances(self, event, meaning):
        """Return where an event happened, between whom, and for which document."""
        place = {"id": self._get_epcis_store(meaning)._get_epcis_link()}
        number = {"bizTransaction": self._get_epcis_link()}
        circumstances = {"readPoint": place, "bizTransactionList": [number]}
        # A carton is packed before it leaves.
        if event.parent or not meaning.leaves:
            if meaning != ARRIVING:
                circumstances["bizLocation"] = place
        if event.parent:
            return circumstances
        sides = [
            self.source_store_id or self.partner_id,
            self.destination_store_id or self.partner_id,
        ]
        come_from, go_to = reversed(sides) if meaning.is_back else sides
        return {
            **circumstances,
            **self._describe_side(come_from, "sourceList", "source"),
            **self._describe_side(go_to, "destinationList", "destination"),
        }

    def _describe_side(self, side, name, role):
        """Return one end of a way; nothing of a third party that is no contact."""
        if not side:
            return {}
        is_store = side._name == "stock.warehouse"
        kind = "location" if is_store else "possessing_party"
        return {name: [{"type": kind, role: side._get_epcis_link()}]}

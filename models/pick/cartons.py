from odoo import models
from odoo.exceptions import UserError

KIND = "carton"


class StoreTransferPick(models.Model):
    """Cartons that are packed while somebody picks: what goes into which.

    A device says with each event which carton is open on it, by the carton's number, or
    by the id of the event that began it: so cartons are packed without a network, too.
    """

    _inherit = "store.transfer.pick"

    def _get_appliers(self):
        return {**super()._get_appliers(), KIND: self._apply_new_carton}

    def _apply_new_carton(self, event):
        """Begin a carton."""
        # Of two who begin one at the same time, one gets the next number: it begins
        # anew. Both have the list, so they must not wait for each other to let it go.
        self._check_step("pick")
        self._tell_who_submits()
        carton = self.transfer_id._create_cartons()
        carton.transfer_uuid = event.uuid
        return {
            "status": "counted",
            "carton": carton.name,
            "message": self.env._("Carton %s is open.", carton._describe_carton()),
        }

    def _change(self, line, quantity, event, is_counted=None):
        carton = self._find_open_carton(event)
        change = super()._change(line, quantity, event, is_counted=is_counted)
        if change["quantity"] < 0:
            line._take_out(carton, -change["quantity"])
        elif carton and change["quantity"]:
            line._put_into(carton, change["quantity"])
        return {**change, "carton": carton.name}

    def _find_open_carton(self, event):
        """Return the carton that an event's goods go into, or none.

        :raise UserError: when it is none of this transfer that is still here
        """
        cartons = self.transfer_id._get_open_cartons()
        if not event.carton:
            return cartons.browse()
        carton = cartons.filtered(
            lambda carton: event.carton in (carton.name, carton.transfer_uuid)
        )[:1]
        if not carton:
            raise UserError(
                self.env._(
                    "Carton %s was removed, or has left already. Begin a new one, and "
                    "scan the piece again.",
                    event.carton,
                )
            )
        return carton

    def _take_back(self, line, undone, event):
        # What is taken back comes out of the carton that it was put into.
        carton = undone.get("carton") or None
        return super()._take_back(line, undone, event._replace(carton=carton))

    def _apply_undo(self, event, done):
        undone = done.get(event.undoes) or self._read_scan(event.undoes)
        if undone and undone["kind"] == KIND and undone["status"] == "counted":
            self._remove_carton(undone, event)
            self._mark_undone(undone)
            return {"status": "counted"}
        return super()._apply_undo(event, done)

    def _remove_carton(self, undone, event):
        """Remove a carton that was begun by mistake.

        :param undone: what was written down when it was begun
        :raise UserError: when something is in it
        """
        carton = self.transfer_id.carton_ids.filtered(
            lambda carton: carton.name == undone["carton"]
        )
        has_left = carton and not carton.transfer_is_open
        if has_left or self._find_contents(carton):
            raise UserError(
                self.env._(
                    "Carton %s is not empty: take out what is in it first.",
                    carton._describe_carton(),
                )
            )
        carton._let_go()

    def _find_contents(self, cartons):
        return self.env["store.transfer.pick.content"].search(
            [("pick_id", "in", self.ids), ("carton_id", "in", cartons.ids)]
        )

    def _get_content_to_ship(self):
        """Return what leaves in which carton.

        :return: list of ``(LotKey by place, carton, quantity in the product's unit)``
        """
        return [
            (line._get_place_key(), carton, quantity)
            for line in self.line_ids
            for carton, quantity in line._get_content_to_ship()
        ]

    def _do_submit(self, transfers):
        self._drop_empty_cartons()
        return super()._do_submit(transfers)

    def _drop_empty_cartons(self):
        """Let go of cartons that nothing was put into."""
        cartons = self.transfer_id._get_open_cartons()
        (cartons - self._find_contents(cartons).carton_id)._let_go()

    def _prepare_scan_values(self, event, user):
        return {**super()._prepare_scan_values(event, user), "carton": event.carton}

    def _prepare_result(self, values):
        result = super()._prepare_result(values)
        if values["kind"] == KIND and values.get("carton"):
            result["carton"] = values["carton"]
        return result

    def _get_undoable(self, user):
        """Return also ``carton``, the number of the one that it went into."""
        entries = super()._get_undoable(user)
        uuids = [entry["uuid"] for entry in entries]
        cartons = {
            scan.uuid: scan.carton for scan in self._find_scans([("uuid", "in", uuids)])
        }
        return [{**entry, "carton": cartons[entry["uuid"]] or ""} for entry in entries]

    def _prepare_screen(self):
        """Return also ``cartons``, see :meth:`_prepare_cartons`."""
        return {**super()._prepare_screen(), "cartons": self._prepare_cartons()}

    def _prepare_changes(self, since):
        return {**super()._prepare_changes(since), "cartons": self._prepare_cartons()}

    def _prepare_cartons(self):
        """Return the cartons that are being packed, in their order.

        :return: list of dicts: ``id``, ``uuid`` (of the event that began it), ``name``,
            ``number``, ``total`` and ``quantity`` (how many are in it, of any unit)
        """
        # Who picks need not see what else is packed for the transfer.
        transfer = self.sudo().transfer_id
        cartons = transfer._get_open_cartons()
        if not cartons:
            return []
        quantities = dict(
            self.env["store.transfer.pick.content"]
            .sudo()
            ._read_group(
                [("pick_id", "=", self.id), ("carton_id", "in", cartons.ids)],
                ["carton_id"],
                ["quantity:sum"],
            )
        )
        return [
            {
                "id": carton.id,
                "uuid": carton.transfer_uuid or "",
                "name": carton.name,
                "number": carton.transfer_number,
                "total": carton.transfer_total,
                "quantity": quantities.get(carton, 0.0),
            }
            for carton in cartons.sorted("transfer_number")
        ]

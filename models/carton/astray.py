from odoo import models

from ...tools.person import get_person
from ...tools.roles import GROUP_STAFF


class StockPackage(models.Model):
    """A carton where nobody expects it: why, and what to do with it."""

    _inherit = "stock.package"

    def _get_reason_not_to_expect(self, transfer):
        """Say why this carton is not expected with ``transfer``, and what to do."""
        self.ensure_one()
        store = transfer.destination_store_id
        if self._is_for_another_store(store):
            return self._get_sentence_of_another_store()
        if self.transfer_id != transfer:
            return self._get_sentence_of_another_transfer()
        return self._get_sentence_of_the_same_transfer()

    def _is_for_another_store(self, store):
        return self.transfer_id.destination_store_id != store

    def _get_sentence_of_another_store(self):
        transfer = self.transfer_id
        return self.env._(
            "Carton %(carton)s is for %(store)s, with %(transfer)s. Put it aside, and "
            "leave it closed.",
            carton=self._describe_carton(),
            store=transfer.destination_store_id.name or transfer.third_party_name,
            transfer=transfer.name,
        )

    def _get_sentence_of_another_transfer(self):
        transfer = self.transfer_id
        values = {
            "carton": self._describe_carton(),
            "transfer": transfer.name,
            "store": transfer.source_store_id.name or transfer.partner_id.name or "",
        }
        if transfer._get_state_refusal("count") or transfer._get_own_refusal("count"):
            sentence = self.env._(
                "Carton %(carton)s is of %(transfer)s, from %(store)s.", **values
            )
            return f"{sentence} {self._get_whereabouts()}"
        return self.env._(
            "Carton %(carton)s is of %(transfer)s, from %(store)s. Count it there.",
            **values,
        )

    def _get_sentence_of_the_same_transfer(self):
        sentence = self.env._("Carton %s is of this transfer.", self._describe_carton())
        return f"{sentence} {self._get_whereabouts()}"

    def _get_whereabouts(self):
        """Say what became of a carton that is not on its way."""
        flows = self._get_flows()
        if not flows:
            return self.env._(
                "It has not left %(store)s on record. Ask %(store)s to ship it, and "
                "scan it again.",
                store=self.transfer_id.source_store_id.name,
            )
        if "receive" in flows:
            return self.env._("It was received before, with an earlier count.")
        return self.env._(
            "It is not on its way any more: what was in it was settled, or went back. "
            "Put it aside, and ask an approver."
        )

    def _get_flows(self):
        """Return what has been done with the goods in this carton, for its transfer."""
        moves = (
            self.env["stock.move.line"]
            .search(
                [
                    ("state", "=", "done"),
                    ("move_id.transfer_line_id.transfer_id", "=", self.transfer_id.id),
                    "|",
                    ("package_id", "=", self.id),
                    ("result_package_id", "=", self.id),
                ]
            )
            .move_id
        )
        return set(moves.mapped("transfer_flow"))

    def _get_offer(self, count):
        """Return what the scan screen offers to do about a carton of somebody else.

        :return: dict with ``kind``: ``"count"`` (with ``transfer_id`` and ``name``),
            ``"tell"``; or False
        """
        transfer = count.sudo().transfer_id
        if self._is_for_another_store(transfer.destination_store_id):
            return {"kind": "tell"}
        other = self.transfer_id
        if other == transfer or other.sudo(False)._get_refusal("count"):
            return False
        return {"kind": "count", "transfer_id": other.id, "name": other.name}

    def _tell_astray(self, store):
        """Tell who sent this carton, who waits for it, and head office.

        :param store: where it stands
        """
        transfer = self.transfer_id
        user = get_person(self.env)
        transfer.message_post(body=self._describe_astray(store))
        # Of a third party's goods one of the stores is missing.
        readers = transfer.company_id._get_transfer_head_office()
        for side in transfer.source_store_id | transfer.destination_store_id:
            readers |= side._get_transfer_staff(GROUP_STAFF)
        transfer._notify_users(
            readers - user,
            lambda told: (
                told.env._("%s: a carton went to the wrong place", told.name),
                self.with_env(told.env)._describe_astray(store.with_env(told.env)),
            ),
        )

    def _describe_astray(self, store):
        return self.env._(
            "Carton %(carton)s stands at %(store)s, says %(user)s. Fetch it there.",
            carton=self._describe_carton(),
            store=store.name,
            user=get_person(self.env).name,
        )

from odoo import http
from odoo.http import request

from ..tools.texts import drop_unwritable


class TransferLink(http.Controller):
    @http.route(
        "/store-transfer/<path:number>", type="http", auth="user", readonly=True
    )
    def open_transfer(self, number):
        """Open the transfer whose QR code was read by a phone's camera.

        Of what one may not see, the answer is the same as of what there isn't.
        """
        number = drop_unwritable(number)
        transfers = request.env["store.transfer"].search([("name", "=", number)])
        return self._open(transfers, number)

    @http.route("/store-carton/<path:name>", type="http", auth="user", readonly=True)
    def open_carton(self, name):
        """Open the transfer of a carton whose QR code was read."""
        name = drop_unwritable(name)
        # Found in sudo: what the user sees of it is asked here.
        found = request.env["store.transfer"]._find_by_carton(name)
        readable = found.with_env(request.env)._filtered_access("read")
        return self._open(readable, name)

    def _open(self, transfers, number):
        if transfers:
            return request.redirect(transfers[0]._get_own_path())
        sentence = request.env._("%s is no transfer that you can see", number)
        return request.render(
            "store_transfer.transfer_not_found", {"sentence": sentence}, status=404
        )

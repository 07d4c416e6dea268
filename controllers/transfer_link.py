from odoo import http
from odoo.http import request


class TransferLink(http.Controller):
    @http.route(
        "/store-transfer/<path:number>", type="http", auth="user", readonly=True
    )
    def open_transfer(self, number):
        """Open the transfer whose QR code was read by a phone's camera.

        Of what one may not see, the answer is the same as of what there isn't.
        """
        transfers = request.env["store.transfer"].search([("name", "=", number)])
        if transfers:
            return request.redirect(transfers[0]._get_own_path())
        return request.render(
            "store_transfer.transfer_not_found", {"number": number}, status=404
        )

from unittest.mock import patch

from odoo import api
from odoo.tests import tagged

from odoo.addons.bus.models.bus import dispatch
from odoo.addons.bus.websocket import WebsocketConnectionHandler

from .common_till_tours import TillTourCase


@tagged("post_install", "-at_install")
class TestTillNewsTours(TillTourCase):
    """What another store does is told to the till by the bus, as it is in life.

    On the desktop only: nobody presses anything, and no size makes it known later.
    """

    def setUp(self):
        super().setUp()
        self.let_the_bus_run()
        self.let_the_other_store_act()

    def let_the_bus_run(self):
        """In tests Odoo lets nobody connect; what is asked shares one cursor."""
        self.startPatcher(
            patch.object(
                WebsocketConnectionHandler, "websocket_allowed", return_value=True
            )
        )

    def let_the_other_store_act(self):
        """Let the other store ship when the tour asks for a code."""
        tills = type(self.env["store.transfer.till"])
        staff_id, type_id = self.ec_staff.id, self.ec.out_type_id.id

        @api.model
        def ship(till, _picking_type_id, _code):
            till.with_user(staff_id).ship(type_id, self.approved.pop(0))
            till.env.flush_all()
            till.env.cr.precommit.run()
            self.wake_the_bus()
            return {"kind": False}

        self.patch(tills, "find", ship)

    def wake_the_bus(self):
        """Tell what PostgreSQL tells once a transaction is committed: none ever is."""
        for sockets in list(dispatch._channels_to_ws.values()):
            for socket in list(sockets):
                socket.trigger_notification_dispatching()

    def test_a_till_hears_what_is_shipped_to_it(self):
        self.make_shipped_transfer()
        self.approved = [self.make_approved().id for _number in range(2)]
        self.play_at_till("news")
        self.assertFalse(self.approved)

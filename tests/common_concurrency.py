"""What real transactions do to each other, so they have to commit."""

# pylint: disable=invalid-commit
import uuid

from odoo import api
from odoo.fields import Command, Date
from odoo.modules.registry import Registry
from odoo.tests import BaseCase, get_db_name

from .common_stores import StoreTransferChain


class TransferConcurrencyCase(StoreTransferChain, BaseCase):
    """Real connections, committed data."""

    context = {"tracking_disable": True, "no_reset_password": True}

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.registry = Registry(get_db_name())
        cls.suffix = f"_{uuid.uuid4().hex[:8]}"
        cursor = cls.registry.cursor()
        cls.addClassCleanup(cursor.close)
        cls.env = api.Environment(cursor, api.SUPERUSER_ID, cls.context)
        cls._create_chain()
        cls.env.cr.commit()

    def make_transfer(self):
        transfer = (
            self.env["store.transfer"]
            .with_user(self.ec_staff)
            .create(
                {
                    "company_id": self.company.id,
                    "source_store_id": self.ec.id,
                    "destination_store_id": self.shop.id,
                    "expected_date": Date.today(),
                    "line_ids": [
                        Command.create({"product_id": product.id, "quantity": 5})
                        for product in (self.tea, self.mug, self.lamp)
                    ],
                }
            )
        )
        transfer.action_submit()
        self.env.cr.commit()
        return transfer

"""People at the till of a shop, in the real Point of Sale."""

from unittest import SkipTest

from odoo.fields import Command

from .common_apps import AppsCase
from .common_till import TillCase
from .common_tours import TourCase

DESKTOP = "1366x768"
PHONE = "390x844"


class TillTourCase(AppsCase, TillCase, TourCase):
    """The till of the shop is open; who works there may use nothing but the till."""

    browser_size = DESKTOP

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.till = cls._open_till(cls.shop, cls.shop_staff | cls.shop_approver)

    @classmethod
    def _create_accounts(cls):
        if "pos.config" not in cls.env:
            raise SkipTest("Point of Sale is not installed.")
        return super()._create_accounts()

    @classmethod
    def _create_products(cls):
        created = super()._create_products()
        sold = cls.tea | cls.mug | cls.lamp
        sold.product_tmpl_id.available_in_pos = True
        return created

    @classmethod
    def _open_till(cls, store, users, **values):
        """Open a till that sells from a store's stock."""
        users.write(
            {
                "group_ids": [
                    Command.link(cls.env.ref("point_of_sale.group_pos_user").id)
                ]
            }
        )
        till = cls.env["pos.config"].create(
            {
                "name": store.name,
                "company_id": store.company_id.id,
                "picking_type_id": store.pos_type_id.id,
                **values,
            }
        )
        till.with_user(users[:1]).open_ui()
        till.current_session_id.set_opening_control(0, "")
        return till

    def play_at_till(self, tour, user=None, query="", **options):
        """Let ``user`` do their part at the till, then look at the ledger.

        :param query: what the tour reads in the address of the page
        """
        user = user or self.shop_staff
        self.start_tour(
            f"/pos/ui/{self.till.id}?{query}",
            f"store_transfer_till_{tour}",
            login=user.login,
            **options,
        )
        self.env.invalidate_all()
        self.assertLedger(self.get_transfers())


class CashierTourCase(TillTourCase):
    """Cashiers are told apart at the till: they are employees, and not users."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cashiers = cls.env["hr.employee"].create(
            [{"name": name, "company_id": cls.company.id} for name in ("Mei", "Bo")]
        )
        cls.till.write(
            {
                "module_pos_hr": True,
                "basic_employee_ids": [Command.set(cashiers.ids)],
            }
        )

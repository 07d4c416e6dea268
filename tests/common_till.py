"""What the till of a shop asks and does."""

from .common_transfers import StoreTransferCase


class TillCase(StoreTransferCase):
    """The till of the shop, whose operation type is the shop's deliveries."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.till_type = cls.shop.out_type_id

    def at_till(self, method, *arguments, user=None, store=None, **context):
        """Call a method as the till does, by default as the shop's staff."""
        till = self.env["store.transfer.till"].with_user(user or self.shop_staff)
        till = till.with_context(
            allowed_company_ids=(user or self.shop_staff).company_ids.ids,
            store_transfer_origin="till",
            **context,
        )
        picking_type = (store or self.shop).out_type_id
        return getattr(till, method)(picking_type.id, *arguments)

    def get_tab(self, tab, **options):
        user, store = options.pop("user", None), options.pop("store", None)
        text = options.pop("text", "")
        page = self.at_till("get_transfers", tab, text, user=user, store=store)
        return page["transfers"]

    def show(self, transfer, user=None, store=None):
        return self.at_till("get_transfer", transfer.id, user=user, store=store)

    def make_waiting(self, lines=None, **values):
        transfer = self.make_transfer(lines=lines, **values)
        self.submit(transfer)
        return transfer

    def make_approved(self, lines=None, **values):
        transfer = self.make_waiting(lines=lines, **values)
        self.approve(transfer)
        return transfer

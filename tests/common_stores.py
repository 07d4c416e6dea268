"""A chain of stores, its people and its goods."""

from odoo.fields import Command


class StoreTransferChain:
    """A chain with an EC warehouse and two shops, and a user for each role."""

    # Set where the data are committed and must not clash with those of another run.
    suffix = ""

    @classmethod
    def _create_chain(cls):
        company_name = f"Formosa Goods{cls.suffix}"
        cls.company = cls.env["res.company"].create({"name": company_name})
        cls.env.user.company_ids += cls.company
        cls.ec = cls._get_company_warehouse(cls.company, "EC Warehouse", "EC")
        cls.shop = cls._create_shop("Shop North", "SHN")
        cls.shop_south = cls._create_shop("Shop South", "SHS")
        cls.company.transfer_main_store_id = cls.ec
        cls.transit = cls.company.internal_transit_location_id
        cls._create_users()
        cls._create_products()

    @classmethod
    def _get_company_warehouse(cls, company, name, code):
        warehouse = cls.env["stock.warehouse"].search(
            [("company_id", "=", company.id)], limit=1
        )
        warehouse.write({"name": name, "code": code})
        return warehouse

    @classmethod
    def _create_shop(cls, name, code, company=None):
        return cls.env["stock.warehouse"].create(
            {"name": name, "code": code, "company_id": (company or cls.company).id}
        )

    @classmethod
    def _create_users(cls):
        """Create all at once: each class of tests does, and one by one takes longer."""
        roles = {
            "ec_staff": "store_transfer.group_staff",
            "ec_approver": "store_transfer.group_approver",
            "shop_staff": "store_transfer.group_staff",
            "shop_approver": "store_transfer.group_approver",
            "south_staff": "store_transfer.group_staff",
            "head_office": "store_transfer.group_head_office",
            "inventory_user": "stock.group_stock_manager",
        }
        users = cls.env["res.users"].create(
            [cls._prepare_user(login, group) for login, group in roles.items()]
        )
        for login, user in zip(roles, users, strict=True):
            setattr(cls, login, user)
        cls.ec.transfer_staff_ids = cls.ec_staff | cls.ec_approver
        cls.shop.transfer_staff_ids = cls.shop_staff | cls.shop_approver
        cls.shop_south.transfer_staff_ids = cls.south_staff

    @classmethod
    def _create_plain_user(cls, login, group):
        """Create a user of the company who has no role in Store Transfer."""
        return cls.env["res.users"].create(cls._prepare_user(login, group))

    @classmethod
    def _create_user(cls, login, group, stores=None, company=None):
        user = cls.env["res.users"].create(
            cls._prepare_user(login, f"store_transfer.{group}", company)
        )
        if stores:
            stores.transfer_staff_ids += user
        return user

    @classmethod
    def _prepare_user(cls, login, group, company=None):
        company = company or cls.company
        login = f"{login}{cls.suffix}"
        return {
            "login": login,
            "password": login.ljust(8, "x"),
            "name": f"{login} ({group})",
            "email": f"{login}@example.com",
            "group_ids": [Command.set(cls.env.ref(group).ids)],
            "company_id": company.id,
            "company_ids": [Command.set(company.ids)],
        }

    @classmethod
    def _create_products(cls):
        cls.tea = cls._create_product("Oolong Tea", "TEA-001")
        cls.mug = cls._create_product("Clay Mug", "MUG-001")
        cls.lamp = cls._create_product("Paper Lamp", "LMP-001")
        cls._add_stock(cls.ec, cls.tea | cls.mug | cls.lamp, 100)

    @classmethod
    def _create_product(cls, name, sku, **values):
        return cls.env["product.product"].create(
            {
                "name": name,
                "default_code": sku,
                "is_storable": True,
                "company_id": cls.company.id,
                **values,
            }
        )

    @classmethod
    def _create_many_products(cls, prefix, number_of_products):
        return cls.env["product.product"].create(
            [
                {
                    "name": f"Product {number}",
                    "default_code": f"{prefix}-{number}",
                    "is_storable": True,
                    "company_id": cls.company.id,
                }
                for number in range(number_of_products)
            ]
        )

    @classmethod
    def _create_location(cls, name, parent):
        return cls.env["stock.location"].create(
            {
                "name": name,
                "location_id": parent.id,
                "usage": "internal",
                "company_id": cls.company.id,
            }
        )

    @classmethod
    def _create_shelf(cls, store, products):
        """Create a shelf that these go to by Odoo's putaway rules."""
        stock = store.lot_stock_id
        shelf = cls._create_location(f"Shelf of {store.name}", stock)
        cls.env["stock.putaway.rule"].create(
            [
                {
                    "product_id": product.id,
                    "location_in_id": stock.id,
                    "location_out_id": shelf.id,
                    "company_id": cls.company.id,
                }
                for product in products
            ]
        )
        return shelf

    @classmethod
    def _add_stock(cls, store, products, quantity, lot=None, package=None):
        for product in products:
            cls.env["stock.quant"]._update_available_quantity(
                product, store.lot_stock_id, quantity, lot_id=lot, package_id=package
            )

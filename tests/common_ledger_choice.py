"""How random actions choose what they act on, and as whom."""


class NothingToDoError(Exception):
    """There is no record left to do it to, e.g. when a step is repeated."""


class LedgerChoice:
    """How actions choose what they act on, and as whom."""

    def choose(self, model, step, number, user):
        """Return one of the records to which a step can be done."""
        ids = self.possible[step]
        if not ids:
            raise NothingToDoError(step)
        return self.env[model].with_user(user).browse(ids[number % len(ids)])

    def transfer(self, step, number, user=None):
        user = user or self.case.head_office
        return self.choose("store.transfer", step, number, user)

    def picking(self, state, number):
        user = self.case.inventory_user
        return self.choose("stock.picking", f"picking_{state}", number, user)

    def discrepancy(self, step, number):
        model, user = "store.transfer.discrepancy", self.case.head_office
        return self.choose(model, f"discrepancy_{step}", number, user)

    def substitution(self, step, number, side, approver=False):
        """Return a proposal for a step, as who takes it in life."""
        model, user = "store.transfer.substitution", self.case.head_office
        substitution = self.choose(model, f"substitution_{step}", number, user)
        store = substitution.transfer_id._get_side_store(side)
        return substitution.with_user(self.staff(store, approver))

    def staff(self, store, approver=False):
        """Return who does it for a store: head office, when that person has left."""
        case = self.case
        person = {
            case.ec: case.ec_approver if approver else case.ec_staff,
            case.shop: case.shop_approver if approver else case.shop_staff,
            case.shop_south: case.south_approver if approver else case.south_staff,
        }.get(store, case.head_office)
        return case.head_office if person.id in self.away else person

    def acting(self, step, number, side, approver=False):
        """Return a transfer for a step, as who takes it in life."""
        transfer = self.transfer(step, number)
        store = transfer._get_side_store(side)
        return transfer.with_user(self.staff(store, approver))

    def portion(self, product, quantity, share):
        """A share of a quantity that is possible for the product, and not nothing."""
        if product.uom_id != self.env.ref("uom.product_uom_unit"):
            return product.uom_id.round(quantity * share)
        least = 1 if share and quantity else 0
        return float(max(least, round(quantity * share)))

    def wizard(self, action, user, **values):
        wizards = self.env[action["res_model"]].with_user(user)
        return wizards.with_context(**action["context"]).create(values)

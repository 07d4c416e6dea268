from odoo import api, models
from odoo.exceptions import UserError

from ...tools.person import get_person
from ...tools.quantities import format_quantity


class StoreTransferSubstitution(models.Model):
    """What the source may propose, and how."""

    _inherit = "store.transfer.substitution"

    @api.model
    def _propose(self, line, product, quantity, replaced_quantity, remark=False):
        """Propose a substitute; where there is nobody to ask, it is taken at once.

        :param line: the line of which something is left to ship; its transfer is
            locked, and the step was checked
        :param quantity: of ``product``, in its own unit
        :param replaced_quantity: of the line, in its product's unit
        :raise UserError: one sentence for each fault
        """
        proposal = self.new(
            {
                "transfer_id": line.transfer_id.id,
                "line_id": line.id,
                "product_id": product.id,
                "quantity": quantity,
                "replaced_quantity": replaced_quantity,
                "remark": remark,
                "propose_user_id": get_person(self.env).id,
            }
        )
        proposal._refuse(proposal._get_errors() + proposal._get_errors_to_propose())
        values = proposal._convert_to_write(proposal._cache)
        substitution = self.create(
            {name: values[name] for name in self._step_fields & values.keys()}
        )
        if line.transfer_id.kind == "dispatch":
            substitution._do_accept()
        else:
            substitution._tell_proposal()
            substitution.transfer_id._add_to_trail("propose")
        return substitution

    def _check_still_possible(self):
        """Refuse what can't be sent any more: others may have taken it meanwhile."""
        # What else is proposed takes nothing before it is accepted.
        self._refuse(self._get_errors_beside_others() + self._get_stock_errors())

    def _refuse(self, errors):
        if errors:
            raise UserError("\n".join(errors))

    def _get_errors(self):
        """Return one sentence for each reason why this can't be sent instead."""
        self.ensure_one()
        product = self.product_id.with_company(self.company_id)
        errors = self.transfer_id._get_store_errors() + product._get_transfer_errors()
        if product.company_id and product.company_id != self.company_id:
            errors.append(
                self.env._(
                    "%(product)s belongs to %(company)s.",
                    product=product.display_name,
                    company=product.company_id.name,
                )
            )
        stores = self.source_store_id | self.destination_store_id
        errors += [
            self.env._(
                "%(product)s is not in the assortment of %(store)s.",
                product=product.display_name,
                store=store.name,
            )
            for store in stores
            if not store._filter_assortment(self.product_id)
        ]
        return errors + self._get_quantity_errors()

    def _get_quantity_errors(self):
        line, product = self.line_id, self.product_id
        errors = []
        for of_product, quantity in (
            (product, self.quantity),
            (line.product_id, self.replaced_quantity),
        ):
            if of_product.uom_id.compare(quantity, 0) <= 0:
                errors.append(
                    self.env._(
                        "%s: the quantity must be above zero.", of_product.display_name
                    )
                )
            elif error := of_product._get_quantity_error(quantity, of_product.uom_id):
                errors.append(error)
        if line.stock_uom_id.compare(self.replaced_quantity, line.to_ship_quantity) > 0:
            errors.append(
                self.env._(
                    "%(product)s: %(quantity)s are left to ship. No more than that can "
                    "be replaced.",
                    product=line.product_id.display_name,
                    quantity=format_quantity(
                        self.env, line.to_ship_quantity, line.stock_uom_id
                    ),
                )
            )
        return errors

    def _get_errors_to_propose(self):
        """Return why it can't be proposed beside what was proposed before."""
        product, replaced = self.product_id, self.line_id.product_id
        if product == replaced:
            return [
                self.env._(
                    "%s can't replace itself: choose another product.",
                    product.display_name,
                )
            ]
        waiting = self._get_others("open")
        if waiting.filtered(lambda other: other.line_id == self.line_id):
            return [
                self.env._(
                    "%s: another product is proposed for it already. Withdraw that "
                    "first.",
                    replaced.display_name,
                )
            ]
        return self._get_errors_beside_others() or self._get_stock_errors(waiting)

    def _get_others(self, *states):
        """Return what else was proposed on the transfer."""
        return self.transfer_id.sudo().substitution_ids.filtered(
            lambda other: other != self and other.state in states
        )

    def _get_errors_beside_others(self):
        """Return why it can't be sent beside what replaces something there."""
        product = self.product_id
        others = self._get_others("open", "accepted")
        if not others.filtered(lambda other: other.line_id.product_id == product):
            return []
        return [
            self.env._(
                "%s is replaced by another product on this transfer: it can't be a "
                "substitute as well.",
                product.display_name,
            )
        ]

    def _get_stock_errors(self, waiting=()):
        """Return why the source does not have it: nothing is won by waiting for it.

        :param waiting: what else was proposed and may take the same goods
        """
        product, store = self.product_id, self.source_store_id
        free = store._get_product_stock(product).free_qty
        for other in (other for other in waiting if other.product_id == product):
            free -= other.quantity
        free = max(0.0, product.uom_id.round(free))
        if product.uom_id.compare(self.quantity, free) <= 0:
            return []
        return [
            self.env._(
                "%(store)s has only %(quantity)s free of %(product)s.",
                store=store.name,
                quantity=format_quantity(self.env, free, product.uom_id),
                product=product.display_name,
            )
        ]

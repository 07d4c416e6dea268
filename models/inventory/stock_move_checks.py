from collections import defaultdict

from odoo import models
from odoo.exceptions import AccessError, UserError

from ...tools.stock_work import StockWork
from .stock_move_core import X2MANY

# What makes a move part of a transfer.
LINKING_FIELDS = ("transfer_line_id", "transfer_flow")
# What chains a move to others.
LINK_FIELDS = {
    "move_orig_ids",
    "move_dest_ids",
    "origin_returned_move_id",
    "returned_move_ids",
}
# What makes a move what it is for its transfer. Odoo's own methods write some of it,
# see StockMove._in_core; nobody does by hand.
GUARDED_FIELDS = {
    "transfer_line_id",
    "transfer_flow",
    "product_id",
    "product_uom",
    "product_uom_qty",
    "picking_id",
    "picking_type_id",
    "company_id",
    "state",
    "procure_method",
    "location_final_id",
    "scrap_id",
    "is_inventory",
    *LINK_FIELDS,
}


class StockMove(models.Model):
    """What nobody may do to a transfer's moves by hand."""

    _inherit = "stock.move"

    def _get_linked_moves_of_transfers(self, names):
        """Return the moves of transfers that these moves of others are chained to."""
        others = self.sudo().filtered(lambda move: not move.transfer_line_id)
        linked = others.browse().union(*(others[name] for name in LINK_FIELDS & names))
        return linked.filtered("transfer_line_id")

    def _refuse_chain(self):
        """Nobody chains another move to one of a transfer by hand."""
        for move in self:
            raise UserError(
                self.env._(
                    "%(product)s of %(picking)s belongs to store transfer "
                    "%(transfer)s: no other move can be chained to it by hand.",
                    product=move.product_id.display_name,
                    picking=move.picking_id.name,
                    transfer=move.transfer_line_id.transfer_id.name,
                )
            )

    def _check_done_by_transfer(self):
        """Refuse goods that somebody adds to what a transfer has done already."""
        for move in self.filtered(lambda move: move.state == "done"):
            if move.picking_id.transfer_id and not move.transfer_line_id:
                raise UserError(
                    self.env._(
                        "%(picking)s is done, and belongs to store transfer "
                        "%(transfer)s. Correct what it says of %(product)s there, or "
                        "make a transfer of its own for it.",
                        product=move.product_id.display_name,
                        transfer=move.picking_id.sudo().transfer_id.name,
                        picking=move.picking_id.name,
                    )
                )

    def _refuse_create_linked(self, vals_list):
        """Refuse before the database does, which has less to say about it."""
        defaults = self.default_get(LINKING_FIELDS)
        if any(self._links_to_transfer(vals) for vals in (defaults, *vals_list)):
            self._refuse_linking()

    def _links_to_transfer(self, vals):
        """Tell whether values would make a move part of a transfer."""
        return any(vals.get(name) for name in LINKING_FIELDS)

    def _refuse_link_to_transfer(self):
        """Nobody makes a move part of a transfer by hand."""
        if self.filtered(lambda move: move.transfer_line_id or move.transfer_flow):
            self._refuse_linking()

    def _refuse_linking(self):
        raise AccessError(
            self.env._("A move becomes part of a store transfer by its steps only.")
        )

    def _check_write_of_transfer(self, vals):
        """Refuse what would make a transfer's move another one than it stands for."""
        of_transfers = self.filtered("transfer_line_id")
        if self != of_transfers and self._links_to_transfer(vals):
            self._refuse_linking()
        for move in of_transfers:
            guarded = GUARDED_FIELDS & vals.keys()
            if move.origin_returned_move_id and move.state == "draft":
                guarded -= {"product_uom_qty"}
            for name in guarded:
                field = move._fields[name]
                if field.type in X2MANY:
                    changes = bool(vals[name])
                else:
                    changes = field.convert_to_write(move[name], move) != vals[name]
                if changes:
                    move._refuse_change(field)
            move._check_locations_of_transfer(vals)

    def _refuse_change(self, field):
        raise UserError(
            self.env._(
                "%(product)s of %(picking)s belongs to store transfer %(transfer)s: "
                "its %(field)s can't be changed here.",
                product=self.product_id.display_name,
                picking=self.picking_id.name,
                transfer=self._get_transfers().name,
                field=field._description_string(self.env),
            )
        )

    def _check_locations_of_transfer(self, vals):
        """Let goods go to another shelf of the same store, and nowhere else."""
        for name in ("location_id", "location_dest_id"):
            location = self.env["stock.location"].browse(vals.get(name))
            if location and not self[name]._may_be_instead(location):
                self._refuse_change(self._fields[name])

    def _get_done_of_transfers(self):
        """Return the moves that somebody corrects: a transfer's, and done already."""
        if StockWork.get(self.env):
            return self.browse()
        return self.filtered(
            lambda move: move.transfer_line_id and move.state == "done"
        )

    def _get_before_correction(self):
        """Return what ``_sync_transfers_of_done_moves`` compares with afterwards."""
        return self._get_quantities_below_zero(), self._get_closed_by_line()

    def _get_quantities_below_zero(self):
        """Return ``{(product, lot, location, package): quantity}`` in stores.

        Of where these moves go. Without a package it is what the location has in all,
        loose or packed. In transit something may be below zero from before; what a
        transfer takes from there, its own lines say.
        """
        by_package = self._read_below_zero(["package_id"])
        below = {
            (*key, package): quantity
            for *key, package, quantity in by_package
            if package
        }
        if len(below) < len(by_package):
            # What is packed beside it may make up for what is missing loose.
            no_package = self.env["stock.package"]
            for *key, quantity in self._read_below_zero():
                below[(*key, no_package)] = quantity
        return defaultdict(float, below)

    def _read_below_zero(self, also_by=()):
        if not self:
            return []
        quants = self.env["stock.quant"].sudo()
        return quants._read_group(
            [
                ("product_id", "in", self.product_id.ids),
                (
                    "location_id",
                    "child_of",
                    (self.location_id | self.location_dest_id).ids,
                ),
                ("location_id.usage", "=", "internal"),
            ],
            ["product_id", "lot_id", "location_id", *also_by],
            ["quantity:sum"],
            having=[("quantity:sum", "<", 0)],
        )

    def _check_not_below_zero(self, before):
        """Refuse to take out of a store what it does not have on record.

        :param before: what was below zero before these moves were done
        """
        for key, quantity in self._get_quantities_below_zero().items():
            product, lot, location, package = key
            if product.uom_id.compare(quantity, before[key]) < 0:
                raise UserError(
                    self.env._(
                        "%(product)s: %(location)s does not have that much on record. "
                        "Correct its stock first.",
                        product=self._join_names(product, lot),
                        location=self._join_names(location, package),
                    )
                )

    def _join_names(self, *records):
        return " ".join(record.display_name for record in records if record)

    def _check_all_moves_have_transfer_line(self):
        """Refuse products that somebody added to a transfer's picking by hand.

        Such goods would stand in transit, and no document would expect them.
        """
        for move in self:
            picking = move.picking_id
            if (
                picking.transfer_id
                and not move.transfer_line_id
                and move.location_dest_usage != "inventory"
                and move.state not in ("done", "cancel")
            ):
                move._refuse_product_of_no_line()

    def _refuse_product_of_no_line(self):
        raise UserError(
            self.env._(
                "%(product)s is not on store transfer %(transfer)s. Take it "
                "off %(picking)s, or make a transfer of its own for it.",
                product=self.product_id.display_name,
                transfer=self.picking_id.sudo().transfer_id.name,
                picking=self.picking_id.name,
            )
        )

"""What happens once: when the addon is installed, and when it is taken away."""

# What people work with. Demo data brings some of it, and done pickings refer to it.
KEPT_MODELS = (
    "product.category",
    "product.product",
    "product.template",
    "product.uom",
    "res.company",
    "res.partner",
    "res.users",
    "stock.location",
    "stock.lot",
    "stock.picking.type",
    "stock.quant",
    "stock.warehouse",
    "uom.uom",
)


def post_init_hook(env):
    """Make every warehouse that is already there a store, ready to transfer."""
    env["res.company"].search([])._ensure_transit_location()
    warehouses = env["stock.warehouse"].with_context(active_test=False).search([])
    warehouses._create_transfer_types()
    env["res.company"].search([])._log_old_goods_in_transit()


def uninstall_hook(env):
    """Leave a stock that works without the addon.

    The operation types are archived: their done pickings stay, nobody starts new ones.
    Products, lots and users of the demo data stay, since done pickings refer to them.
    """
    warehouses = env["stock.warehouse"].with_context(active_test=False).search([])
    warehouses._get_transfer_types().action_archive()
    env["ir.model.data"].search(
        [("module", "=", "store_transfer"), ("model", "in", KEPT_MODELS)]
    ).unlink()
    # Transfers and rules go with the addon; until then they hold on to their reasons.
    # Past the ORM, which would recompute all that is about to go.
    env.flush_all()
    env.cr.execute("DELETE FROM store_transfer")
    env.cr.execute("UPDATE store_transfer_lane SET transfer_small_reason_id = NULL")
    env.cr.execute("UPDATE res_company SET transfer_small_reason_id = NULL")
    env.cr.execute("DROP SEQUENCE IF EXISTS store_transfer_change_position")
    env.invalidate_all()

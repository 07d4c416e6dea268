"""What happens once: when the addon is installed, and when it is taken away."""


def post_init_hook(env):
    """Make every warehouse that is already there a store, ready to transfer."""
    env["res.company"].search([])._activate_transit_location()
    warehouses = env["stock.warehouse"].with_context(active_test=False).search([])
    warehouses._create_transfer_types()


def uninstall_hook(env):
    """Archive the operation types: their done pickings stay, nobody starts new ones."""
    warehouses = env["stock.warehouse"].with_context(active_test=False).search([])
    warehouses._get_transfer_types().action_archive()

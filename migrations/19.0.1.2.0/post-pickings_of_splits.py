def migrate(cr, version):
    """Pickings that waves made of a transfer's goods were not known to belong to it."""
    cr.execute(
        "UPDATE stock_picking SET transfer_id = line.transfer_id"
        " FROM stock_move AS move"
        " JOIN store_transfer_line AS line ON line.id = move.transfer_line_id"
        " WHERE move.picking_id = stock_picking.id"
        " AND stock_picking.transfer_id IS NULL"
    )

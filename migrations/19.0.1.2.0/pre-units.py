def migrate(cr, version):
    """Write the unit on the lines at once, instead of one by one."""
    cr.execute(
        "ALTER TABLE store_transfer_line ADD COLUMN IF NOT EXISTS stock_uom_id integer"
    )
    cr.execute(
        """
        UPDATE store_transfer_line line
           SET stock_uom_id = template.uom_id
          FROM product_product product
          JOIN product_template template ON template.id = product.product_tmpl_id
         WHERE product.id = line.product_id
        """
    )

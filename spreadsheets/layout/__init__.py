"""Where a table has its orders: headings, columns, and rows that are none."""

"""Makes the only till of a database, see till_check.py; run in Odoo's shell."""

from workbench.shop_till import open_shop

open_shop(env, number_of_products=3)  # noqa: F821  (the shell's)
env.cr.commit()  # noqa: F821

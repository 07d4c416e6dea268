"""Makes the chain that is tortured; run in Odoo's shell, see chain.py.

What the clients have to know of it is left in a file: who there is, with which key, and
what stood where when it began.
"""

import json

from workbench.torture import chain
from workbench.torture.world import make_world

world = make_world(env)  # noqa: F821  (the shell's)
env.cr.commit()  # noqa: F821
chain.get_file(env.cr.dbname).write_text(json.dumps(world, indent=2))  # noqa: F821

"""Starts Odoo, as its own program does, but for one thing: nobody here has a websocket.

A server with workers starts this once more for them, and whenever that ends. Started as
``python -m odoo`` it can't: it would try again and again, and each time ask for the
database, so that it would end as soon as PostgreSQL is away for a moment.
"""

import signal
import sys

if sys.argv[1:2] == ["gevent"]:
    signal.pause()
else:
    from odoo.cli.command import main

    main()

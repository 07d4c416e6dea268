"""Runs one scheduled action in a process of its own, which a test can kill.

Arguments: Odoo's configuration file, the database, the id of the scheduled action.
"""

import sys

from odoo.modules.registry import Registry
from odoo.sql_db import db_connect
from odoo.tools import config


def main(config_file, database, cron_id):
    config.parse_config(
        [f"--config={config_file}", f"--database={database}", "--no-http"],
        setup_logging=True,
    )
    jobs = Registry(database)["ir.cron"]
    with db_connect(database).cursor() as cursor:
        jobs._process_jobs_loop(cursor, job_ids=[int(cron_id)])


if __name__ == "__main__":
    main(*sys.argv[1:])

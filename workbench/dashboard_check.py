"""Whether a database has the dashboard of transfers: once, where its app is."""

from .cache import ADDON
from .console import Failure
from .postgres import query

APP = "spreadsheet_dashboard"


def check(database, has_app, has_addon=True):
    """Demand the dashboard where both are installed, and no trace of it elsewhere.

    :return: its id, or none
    """
    names = query(
        "SELECT res_id FROM ir_model_data"
        " WHERE module = %s AND model = 'spreadsheet.dashboard'",
        [ADDON],
        database=database,
    )
    ids = [row[0] for row in names]
    found = _find(database) if has_app else []
    if ids != found or len(found) != int(has_app and has_addon):
        raise Failure(f"The dashboards of transfers are {found}, known are {ids}.")
    return found


def _find(database):
    rows = query(
        "SELECT id FROM spreadsheet_dashboard WHERE name->>'en_US' = 'Store Transfer'",
        database=database,
    )
    return [row[0] for row in rows]

from odoo.exceptions import ConcurrencyError, LockError
from odoo.service.model import PG_CONCURRENCY_EXCEPTIONS_TO_RETRY

CONFLICTS = (LockError, ConcurrencyError, *PG_CONCURRENCY_EXCEPTIONS_TO_RETRY)


def is_conflict(error):
    """Tell whether it is only that somebody else was faster: worth another try."""
    return isinstance(error, CONFLICTS) or isinstance(error.__cause__, CONFLICTS)

from . import (
    digest,
    figures,
    words,
    res_users,
)

from . import (
    indexes,
    overview,
    figures,
    differences,
    week,
    waiting,
    actions,
    help,
)

from dataclasses import dataclass

from .roles import GROUP_STAFF


@dataclass(frozen=True)
class Step:
    """What a step demands: a row of the table that each model with steps has.

    ``states`` are those in which it is possible, None for all of them; ``repeats``
    those in which it was done already, so that pressing once more changes nothing.
    ``side`` is whose staff does it (see ``_get_side_store`` of a transfer), ``group``
    in which role. ``why_not`` names the method that returns why this very record does
    not allow it, as a sentence, or None; ``lock`` the one that keeps others away.
    """

    states: tuple | None
    side: str | None = None
    group: str = GROUP_STAFF
    why_not: str | None = None
    lock: str = "_lock"
    repeats: tuple = ()

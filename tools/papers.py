"""Which papers there are: the one table of them, and what each demands."""

from dataclasses import dataclass

from .states import STOCK_STATES

MOVED_STATES = (*STOCK_STATES, "done")


@dataclass(frozen=True)
class Paper:
    """What it takes to print a paper of a transfer.

    :param states: those in which it can be printed
    :param side: whose staff it is for; None for both
    :param why_not: the name of the method that returns why this very transfer has no
        such paper, as a sentence, or None
    :param goes_along: whether it goes with the goods, and so is read by who counts them
    """

    states: tuple
    side: str | None = None
    why_not: str | None = None
    goes_along: bool = False


PAPERS = {
    "pick_list": Paper(STOCK_STATES, "source", "_get_reason_not_to_ship"),
    "transfer_slip": Paper(
        MOVED_STATES, why_not="_get_reason_not_to_show_lines", goes_along=True
    ),
}

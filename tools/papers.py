"""Which papers there are: the one table of them, and what each demands."""

from dataclasses import dataclass

from .states import STOCK_STATES

# In the context of carton labels: the id of the only carton whose label is printed.
ONE_CARTON = "store_transfer_one_carton"
MOVED_STATES = (*STOCK_STATES, "done")


@dataclass(frozen=True)
class Paper:
    """What it takes to print a paper of a transfer.

    :param states: those in which it can be printed
    :param side: whose staff it is for; None for both
    :param why_not: the name of the method that returns why this very transfer has no
        such paper, as a sentence, or None
    :param is_read_by_counter: whether who counts the goods reads it, because it goes
        along with them or is what the count is written on
    """

    states: tuple
    side: str | None = None
    why_not: str | None = None
    is_read_by_counter: bool = False


PAPERS = {
    "pick_list": Paper(STOCK_STATES, "source", "_get_reason_not_to_ship"),
    "transfer_slip": Paper(
        MOVED_STATES, None, "_get_reason_not_to_show_lines", is_read_by_counter=True
    ),
    "packing_list": Paper(
        MOVED_STATES, None, "_get_reason_not_to_show_lines", is_read_by_counter=True
    ),
    "carton_labels": Paper(STOCK_STATES, "source", is_read_by_counter=True),
    "manifest": Paper(STOCK_STATES, "source"),
    "count_sheet": Paper(
        STOCK_STATES,
        "destination",
        "_get_reason_not_to_write_count",
        is_read_by_counter=True,
    ),
    "discrepancy_note": Paper(MOVED_STATES, None, "_get_reason_not_to_note"),
}

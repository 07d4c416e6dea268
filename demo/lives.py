"""What the stores of the demo company have sent each other in the last three months.

Written by hand, so that each report has something to tell: Taipei Xinyi and Taichung
get nearly all of it in time, the way to Tainan takes longer than promised, Xinyi packs
carelessly for others, and pottery breaks.
"""

from dataclasses import dataclass, field

# So many days after they were shipped goods arrive; on other lanes after two.
WAYS = {("EC", "XY"): 0, ("XY", "EC"): 0, ("EC", "TC"): 1, ("EC", "TN"): 1}
OTHER_WAY = 2

EC, XY, TC, TN, KH = "EC", "XY", "TC", "TN", "KH"
TEA, POTTERY, HOTEL = "vendor_tea", "vendor_pottery", "customer_hotel"

LOST = ("lost", "lost_on_the_way")
STOLEN = ("lost", "stolen")
LEFT_BEHIND = ("not_sent", "left_behind")
BROKEN = ("damaged", "broken_on_the_way")
SENT_BACK = ("returned", "wrong_store")
SOLD_HERE = ("accepted", "sold_here")
NOT_BROUGHT = ("not_sent", "not_delivered")

# Who brings the goods; on other lanes the last one.
CARRIERS = {
    frozenset({EC, XY}): "Own van 自家貨車",
    frozenset({EC, TN}): "Southern Cargo 南風貨運",
}
OTHER_CARRIER = "Dawn Freight 曉行貨運"


@dataclass(eq=False)
class Life:
    """A transfer that is over, and how it went.

    Quantities are of SKUs, in the units of their products. On its way it was submitted
    on the first day, shipped on the next one, and usually expected and counted on the
    day when it arrived.
    """

    # So many days ago it was submitted.
    days: int
    # The codes of stores; of a third party, the end of its XML id.
    source: str
    destination: str
    lines: dict
    is_pull: bool = False
    # So many days more it took than usual to approve, to pack and on the way, so many
    # it was not counted, and so many later came what had been short.
    slow: int = 0
    packing: int = 0
    late: int = 0
    dock: int = 0
    later: int = 0
    # So many days more than usual were promised, and by so many that was moved.
    patience: int = 0
    postponed: int = 0
    # Nobody knows where it is.
    is_stuck: bool = False
    # Where these were less, or more, than they should be.
    approved: dict = field(default_factory=dict)
    shipped: dict = field(default_factory=dict)
    counted: dict = field(default_factory=dict)
    damaged: dict = field(default_factory=dict)
    # Why it was not approved, or closed.
    reason: str = ""
    # What became of what was short, and why; of a surplus, whether it was accepted.
    settled: tuple = ()
    # By SKU, what a vendor has written on the goods.
    lots: dict = field(default_factory=dict)
    # For whom the first line was: name and phone; and whether they have not come yet.
    customer: tuple = ()
    is_kept: bool = False
    remark: str = ""

    @property
    def kind(self):
        if self.source in (TEA, POTTERY):
            return "receipt"
        return "dispatch" if self.destination == HOTEL else "between"

    @property
    def initiator(self):
        """Where it was submitted."""
        is_theirs = self.is_pull or self.kind == "receipt"
        return self.destination if is_theirs else self.source

    @property
    def other(self):
        """Where it was approved."""
        return self.source if self.is_pull else self.destination

    @property
    def way(self):
        return WAYS.get((self.source, self.destination), OTHER_WAY)

    @property
    def carrier(self):
        sides = frozenset({self.source, self.destination})
        return self.kind == "between" and CARRIERS.get(sides, OTHER_CARRIER)

    # So many days after it was submitted:

    @property
    def expected(self):
        return 1 + self.way + self.patience

    @property
    def sent(self):
        return 1 + self.slow + self.packing

    @property
    def arrived(self):
        return self.sent + self.way + self.late

    @property
    def received(self):
        return self.arrived + self.dock


LIVES = [
    # The EC warehouse sends to Taipei Xinyi each week.
    Life(91, EC, XY, {"TEA-001": 24, "CAR-001": 12, "FOD-001": 36, "GFT-003": 10}),
    Life(
        77,
        EC,
        XY,
        {"HOM-002": 12, "HOM-001": 6, "TEA-002": 12},
        counted={"HOM-002": 10},
        damaged={"HOM-002": 2},
    ),
    Life(
        56,
        EC,
        XY,
        {"CAR-003": 20, "CAR-005": 24, "HOM-008": 12},
        counted={"CAR-005": 20},
        settled=LEFT_BEHIND,
    ),
    Life(
        42,
        EC,
        XY,
        {"GFT-001": 20, "GFT-006": 24},
        is_pull=True,
        approved={"GFT-001": 12},
        reason="needed_here",
    ),
    Life(35, EC, XY, {"TEA-001": 30, "TEA-006": 30, "FOD-002": 120, "GFT-005": 24}),
    Life(
        28,
        EC,
        XY,
        {"FOD-003": 36, "FOD-005": 30, "HOM-010": 12},
        counted={"FOD-003": 35},
    ),
    Life(21, EC, XY, {"COF-004": 6, "COF-005": 8, "COF-002": 24}, dock=1, patience=1),
    Life(
        16,
        EC,
        XY,
        {"HOM-005": 10},
        is_pull=True,
        customer=("Ms. Ho 何小姐", "0912 345 678"),
    ),
    Life(11, EC, XY, {"TEA-002": 24, "TEA-003": 24, "CAR-004": 20, "HOM-009": 12}),
    Life(
        4,
        EC,
        XY,
        {"CAR-002": 2},
        is_pull=True,
        customer=("Mr. Tseng 曾先生", "0923 456 789"),
        is_kept=True,
    ),
    Life(6, EC, XY, {"FOD-001": 48, "FOD-006": 18, "GFT-004": 24, "COF-006": 12}),
    # And to Taichung.
    Life(89, EC, TC, {"HOM-004": 24, "HOM-009": 18, "COF-002": 20}),
    Life(
        75,
        EC,
        TC,
        {"GFT-001": 18, "GFT-003": 16},
        counted={"GFT-001": 16},
        settled=LOST,
    ),
    Life(
        54,
        EC,
        TC,
        {"COF-004": 8, "COF-006": 24},
        shipped={"COF-004": 5},
        reason="not_found",
    ),
    Life(47, EC, TC, {"TEA-001": 16, "TEA-004": 8, "HOM-001": 6}),
    Life(
        40,
        EC,
        TC,
        {"HOM-002": 18, "HOM-010": 12},
        late=2,
        counted={"HOM-002": 15},
        damaged={"HOM-002": 3},
    ),
    Life(33, EC, TC, {"FOD-001": 40, "FOD-005": 40, "GFT-005": 24, "TEA-002": 12}),
    Life(26, EC, TC, {"GFT-002": 24, "GFT-006": 18, "HOM-004": 12}),
    Life(
        19,
        EC,
        TC,
        {"COF-005": 10, "TEA-005": 18, "FOD-004": 30},
        counted={"FOD-004": 28},
    ),
    Life(12, EC, TC, {"TEA-006": 30, "HOM-004": 24, "HOM-009": 20}),
    Life(7, EC, TC, {"FOD-002": 144, "FOD-003": 30, "CAR-005": 24, "COF-002": 20}),
    # To Tainan it is often a day or more late, and some gets lost.
    Life(72, EC, TN, {"HOM-003": 16, "HOM-007": 10}, late=2),
    Life(
        44,
        EC,
        TN,
        {"HOM-001": 8, "HOM-002": 16},
        counted={"HOM-001": 5, "HOM-002": 14},
        damaged={"HOM-001": 3},
        later=3,
    ),
    Life(30, EC, TN, {"GFT-002": 30, "GFT-004": 24}, postponed=3, late=3),
    Life(
        15,
        EC,
        TN,
        {"FOD-004": 24, "FOD-006": 15, "HOM-007": 8},
        late=2,
        counted={"FOD-006": 11},
        settled=STOLEN,
    ),
    Life(8, EC, TN, {"CAR-001": 18, "CAR-003": 18}),
    # Kaohsiung asks for what it has sold.
    Life(
        73,
        EC,
        KH,
        {"TEA-006": 36, "GFT-002": 24, "FOD-001": 30},
        is_pull=True,
        shipped={"FOD-001": 18},
        reason="out_of_stock",
    ),
    Life(
        45,
        EC,
        KH,
        {"GFT-001": 24, "GFT-003": 12},
        is_pull=True,
        counted={"GFT-003": 14},
        settled=SOLD_HERE,
    ),
    Life(
        24,
        EC,
        KH,
        {"FOD-002": 180, "TEA-002": 15},
        is_pull=True,
        counted={"FOD-002": 178},
    ),
    Life(
        17,
        EC,
        KH,
        {"GFT-006": 30, "GFT-005": 40, "FOD-006": 12},
        is_pull=True,
        slow=1,
        patience=1,
    ),
    Life(9, EC, KH, {"FOD-001": 36, "FOD-004": 30, "TEA-006": 24}, is_pull=True),
    # Shops help each other out.
    Life(
        65,
        XY,
        TC,
        {"TEA-001": 10, "CAR-003": 10},
        counted={"CAR-003": 7},
        settled=LEFT_BEHIND,
    ),
    Life(
        38,
        XY,
        TC,
        {"GFT-001": 12, "GFT-006": 12},
        is_pull=True,
        counted={"GFT-001": 10},
        settled=SENT_BACK,
    ),
    Life(
        20,
        XY,
        TC,
        {"FOD-001": 20, "COF-002": 12},
        counted={"COF-002": 8},
        settled=LEFT_BEHIND,
    ),
    Life(27, TC, KH, {"FOD-004": 12, "GFT-001": 6}, is_pull=True),
    Life(18, TC, TN, {"FOD-005": 12, "GFT-005": 10}, is_stuck=True),
    Life(43, TC, XY, {"HOM-004": 10, "FOD-005": 20}),
    # What the season has left goes back.
    Life(80, XY, EC, {"HOM-008": 10, "GFT-006": 8}, remark="End of the season."),
    Life(36, TN, EC, {"GFT-002": 15, "HOM-007": 4}, slow=1),
    # Vendors bring, and a hotel orders.
    Life(
        90,
        TEA,
        EC,
        {"TEA-001": 60, "TEA-002": 60},
        lots={"TEA-001": "ALS-1", "TEA-002": "DD-1"},
    ),
    Life(
        62,
        POTTERY,
        EC,
        {"HOM-001": 24, "HOM-002": 36},
        damaged={"HOM-002": 2},
        counted={"HOM-002": 34},
    ),
    Life(
        22,
        POTTERY,
        EC,
        {"HOM-002": 24, "HOM-010": 30},
        counted={"HOM-010": 24},
        settled=NOT_BROUGHT,
    ),
    Life(29, EC, HOTEL, {"TEA-006": 24, "FOD-001": 40}),
]

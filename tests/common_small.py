"""Small differences, and the rules by which head office lets them be settled."""

from .common_discrepancies import SettledCase


class SmallCase(SettledCase):
    """The company's rule: up to two pieces and 60.00 on a transfer are lost."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.reason = cls.env.ref("store_transfer.reason_lost_on_the_way")
        cls.set_company_rule()

    @classmethod
    def set_company_rule(cls, **values):
        cls.company.write(
            {"transfer_settles_small": True, **cls.prepare_rule(**values)}
        )

    @classmethod
    def prepare_rule(cls, **values):
        return {
            "transfer_small_pieces": 2,
            "transfer_small_value": 60,
            "transfer_small_outcome": "lost",
            "transfer_small_reason_id": cls.reason.id,
            **values,
        }

    def make_lane(self, user=None, source=None, destination=None, **values):
        return (
            self.env["store.transfer.lane"]
            .with_user(user or self.head_office)
            .create(
                {
                    "source_store_id": (source or self.ec).id,
                    "destination_store_id": (destination or self.shop).id,
                    **values,
                }
            )
        )

    def assertSettledByRule(self, discrepancies, outcome="lost"):
        for discrepancy in discrepancies:
            self.assertEqual(
                (discrepancy.is_by_rule, discrepancy.state, discrepancy.outcome),
                (True, "settled", outcome),
            )

    def assertLeftOpen(self, discrepancies):
        for discrepancy in discrepancies:
            self.assertEqual(
                (discrepancy.is_by_rule, discrepancy.state, discrepancy.outcome),
                (False, "open", False),
            )

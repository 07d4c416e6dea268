from odoo.tests import tagged

from ..tools.roles import GROUP_APPROVER, GROUP_HEAD_OFFICE, GROUP_STAFF
from .common_transfers import StoreTransferCase

MODELS = (
    "store.transfer",
    "store.transfer.count",
    "store.transfer.discrepancy",
    "store.transfer.import",
)


@tagged("post_install", "-at_install")
class TestSteps(StoreTransferCase):
    """The tables of steps say nothing that is not there."""

    def get_steps(self):
        """Yield ``(model, name, step)`` of every step."""
        for name in MODELS:
            model = self.env[name]
            for step, demand in model._get_steps().items():
                with self.subTest(model=name, step=step):
                    yield model, step, demand

    def test_states_and_groups_are_there(self):
        for model, _step, demand in self.get_steps():
            states = dict(model._fields["state"].selection)
            self.assertLessEqual({*(demand.states or ()), *demand.repeats}, {*states})
            self.assertIn(
                demand.group, (GROUP_STAFF, GROUP_APPROVER, GROUP_HEAD_OFFICE)
            )

    def test_methods_are_there(self):
        for model, _step, demand in self.get_steps():
            self.assertTrue(callable(getattr(model, demand.lock)))
            if demand.why_not:
                self.assertTrue(callable(getattr(model, demand.why_not)))

    def test_sides_are_there(self):
        transfer = self.make_transfer()
        for _model, _step, demand in self.get_steps():
            if demand.side:
                self.assertTrue(transfer._get_side_store(demand.side))

    def test_every_field_is_of_a_step(self):
        for name in MODELS:
            model = self.env[name]
            steps = {f"can_{step}" for step in model._get_steps()}
            shown = {field for field in model._fields if field.startswith("can_")}
            with self.subTest(model=name):
                self.assertLessEqual(shown, steps)

    def test_every_step_of_a_form_has_a_field(self):
        """Buttons of transfers and discrepancies show for who may press them."""
        for name in ("store.transfer", "store.transfer.discrepancy"):
            model = self.env[name]
            for step in model._get_steps():
                with self.subTest(model=name, step=step):
                    self.assertEqual(
                        model._fields[f"can_{step}"].compute, "_compute_can"
                    )

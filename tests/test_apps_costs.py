from odoo.tests import tagged

from .apps_common import COST_METHODS, VALUATIONS, AppsCase


@tagged("post_install", "-at_install")
class TestAppsCosts(AppsCase):
    """Staff without any right in accounting move goods, whatever these cost."""

    def test_goods_are_bought_at_their_cost(self):
        for cost_method in COST_METHODS:
            for valuation in VALUATIONS:
                with self.subTest(cost_method=cost_method, valuation=valuation):
                    product = self._create_valued_product(
                        f"{cost_method} {valuation}", cost_method, valuation
                    )
                    self._buy(self.ec, product, 10, 2)
                    self.assertEqual(self.get_value(product), 20)

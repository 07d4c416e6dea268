from collections import defaultdict

from odoo import models


class PackingList(models.AbstractModel):
    """What is in which carton; without cartons, what goes along."""

    _name = "report.store_transfer.report_packing_list"
    _description = "Store Transfer Packing List"
    _inherit = ["store.transfer.paper"]
    _paper = "packing_list"
    _paper_columns = {"lot": 22, "quantity": 16}

    def _prepare_rows(self, transfer):
        is_blind = transfer._is_blind_on(self._paper)
        packed = transfer._get_packed_goods()
        cartons = transfer._get_numbered_cartons()
        numbers = {carton: number for number, carton in cartons.items()}
        rows = []
        for carton, goods in packed.items():
            if numbers:
                number = numbers.get(carton)
                rows.append(self._prepare_heading(carton, number, max(cartons)))
            rows += self._prepare_goods(goods, is_blind)
        return rows

    def _prepare_heading(self, carton, number, total):
        text = carton.name
        if not carton:
            text = carton.env._("Not in a carton")
        elif number:
            text = carton.env._(
                "Carton %(number)d of %(total)d: %(name)s",
                number=number,
                total=total,
                name=carton.name,
            )
        return {"heading": text, "sku": "", "product": ""}

    def _prepare_goods(self, goods, is_blind):
        quantities = defaultdict(float)
        for (line, lot), quantity in goods.items():
            # Serial numbers would tell who counts blind how many there are.
            quantities[line, lot.browse() if is_blind else lot] += quantity
        return [
            {
                **self._prepare_product(line.product_id),
                "lot": lot.name or "",
                "quantity": "" if is_blind else self._describe(quantity, line),
                "remark": line._get_whole_remark(),
            }
            for (line, lot), quantity in quantities.items()
        ]

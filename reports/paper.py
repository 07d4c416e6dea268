from markupsafe import Markup

from odoo import api, fields, models
from odoo.tools import format_date
from odoo.tools.image import image_data_uri

from ..tools.barcodes import draw_code128, draw_qr
from ..tools.paper_pages import count_lines, divide
from ..tools.papers import PAPERS
from ..tools.quantities import format_quantity

# So many lines of text fit on an A4 page.
LINES_ON_PAGE = 64
# Of these, the head of the first page takes so many, without addresses and remark; the
# head of each other page; and the signatures below the last row.
LINES_OF_HEAD = 15
LINES_OF_NEXT_HEAD = 4
LINES_TO_SIGN = 6
# So many Latin letters fit in a hundredth of its width.
LETTERS = 0.9
# Addresses are in smaller letters.
LINES_OF_SMALL = 0.8


class StoreTransferPaper(models.AbstractModel):
    """What all papers share: who may print them, and what their heads say.

    A paper is a dict of texts and drawings, made here in Python after the rights were
    checked: the templates get no records, so they can show nothing else.
    """

    _name = "store.transfer.paper"
    _description = "Store Transfer Paper"

    # Its name in PAPERS.
    _paper = None
    # How wide its columns are, in percent; those that are empty are left out. What
    # neither they nor boxes and numbers take, the product has.
    _paper_columns = {}
    _taken = 17

    @api.model
    def _get_doctype(self):
        """Return what a page begins with; in a template it would be taken for text."""
        return Markup("<!DOCTYPE html>")

    @api.model
    def _get_report_values(self, docids, data=None):
        transfers = self.env["store.transfer"].browse(docids)._in_own_context()
        transfers._check_may_print(self._paper)
        # In sudo: store staff may read neither moves nor lots nor all addresses.
        transfers = transfers.sudo()
        # Of all transfers at once: each line would ask for its own.
        transfers.line_ids.move_ids.move_line_ids.mapped("lot_id.name")
        return {"papers": self._prepare_papers(transfers)}

    def _prepare_papers(self, transfers):
        return [self._prepare_paper(self._in_language(each)) for each in transfers]

    def _in_language(self, transfer):
        """Return a transfer in the language of who will read the paper of it.

        That is the user, but for what goes along to somebody outside.
        """
        language = (
            transfer.kind == "dispatch" and PAPERS[self._paper].is_read_by_counter
        )
        language = language and transfer.partner_id.lang
        return transfer.with_context(lang=language or self.env.lang or "en_US")

    def _prepare_paper(self, transfer):
        """Return what is on the paper of a transfer. To be extended by other addons."""
        rows = self._prepare_rows(transfer)
        products = [row for row in rows if row["product"]]
        for number, row in enumerate(products, start=1):
            row["number"] = number
        head = self._prepare_head(transfer)
        has = {name for row in rows for name, text in row.items() if text}
        pages = self._divide(rows, head, self._get_widths(has))
        return {
            **head,
            **self._number_pages(transfer.env, pages),
            "row_count": len({row["sku"] for row in products}),
            "has": has,
        }

    def _get_widths(self, has):
        """Return how many Latin letters fit in a line of each column."""
        shown = {
            name: percent
            for name, percent in self._paper_columns.items()
            if name in has
        }
        shown["product"] = 100 - self._taken - sum(shown.values())
        return {name: percent * LETTERS for name, percent in shown.items()}

    def _prepare_rows(self, transfer):
        """Return the rows of the table, each a dict of texts."""
        raise NotImplementedError

    def _number_pages(self, env, pages):
        """Return the pages, and what each of several says of its place."""
        if len(pages) == 1:
            return {"pages": pages, "page_labels": [""]}
        labels = [
            env._("Page %(page)d of %(pages)d", page=page, pages=len(pages))
            for page in range(1, len(pages) + 1)
        ]
        return {"pages": pages, "page_labels": labels}

    def _divide(self, rows, head, widths):
        return divide(
            rows,
            lambda row: self._count_lines(row, widths),
            first=LINES_ON_PAGE - self._count_head_lines(head),
            others=LINES_ON_PAGE - LINES_OF_NEXT_HEAD,
            last=LINES_TO_SIGN,
        )

    def _count_lines(self, row, widths):
        """Return how many lines a row takes; the SKU stands above the product."""
        if row.get("heading"):
            # It is not left alone at the end of a page.
            return 4
        names = filter(None, (row["sku"], row["product"], row.get("remark")))
        texts = {**row, "product": "\n".join(names)}
        return max(
            count_lines(texts.get(name) or "", width) for name, width in widths.items()
        )

    def _count_head_lines(self, head):
        sides = (head["source"], head["destination"])
        address = max(count_lines(side["address"], 60) for side in sides)
        remark = head["remark"] and count_lines(head["remark"], 100 * LETTERS) + 1
        notice = 1.5 if head["is_blind"] or head["urgent"] else 0
        return LINES_OF_HEAD + address * LINES_OF_SMALL + (remark or 0) + notice

    def _prepare_head(self, transfer):
        return {
            **self._prepare_sender(transfer),
            "number": transfer.name,
            "barcode": draw_code128(transfer.name),
            "qr": draw_qr(transfer._get_link()),
            "source": self._prepare_side(transfer, transfer.source_store_id),
            "destination": self._prepare_side(transfer, transfer.destination_store_id),
            "expected": format_date(transfer.env, transfer.expected_date),
            "urgent": transfer.priority == "1",
            "carrier": " ".join(
                filter(None, (transfer.carrier, transfer.tracking_number))
            ),
            "driver": transfer.driver or "",
            "remark": transfer.remark or "",
            "created_for": transfer.user_id.name or "",
            "is_blind": transfer._is_blind_on(self._paper),
            "notice": self._get_blind_notice(transfer),
        }

    def _get_blind_notice(self, transfer):
        if not transfer._is_blind_on(self._paper):
            return ""
        return transfer.env._(
            "%s counts blind: quantities are not printed.",
            transfer.destination_store_id.name,
        )

    def _prepare_sender(self, transfer):
        """Return what is on the paper of any transfer of this company."""
        company = transfer.company_id
        logo = not company.uses_default_logo and company.logo_web
        return {
            "lang": transfer.env.lang,
            "company": company.name,
            "logo": logo and image_data_uri(logo),
            "printed": self._get_moment_of_printing(transfer),
        }

    def _prepare_side(self, transfer, store):
        """Return the name and the address of a store, or of the third party."""
        partner = store.partner_id if store else transfer.partner_id
        name = store.name or transfer.third_party_name
        address = partner._display_address(without_company=True) if partner else ""
        lines = [line.strip() for line in address.splitlines() if line.strip()]
        return {
            "name": name,
            "code": store.code or "",
            "address": "\n".join(line for line in lines if line != name),
            "phone": partner.phone or "",
        }

    def _get_moment_of_printing(self, transfer):
        moment = fields.Datetime.context_timestamp(transfer, fields.Datetime.now())
        day = format_date(transfer.env, moment.date())
        return f"{day} {moment:%H:%M}, {self.env.user.name}"

    def _prepare_product(self, product):
        # The SKU has a place of its own.
        named = product.with_context(display_default_code=False)
        return {"sku": product.default_code or "", "product": named.display_name}

    def _describe(self, quantity, line):
        """Return a quantity of a line, also in the unit that was asked for."""
        env, unit, asked = line.env, line.stock_uom_id, line.product_uom_id
        if unit.is_zero(quantity):
            return "–"
        text = format_quantity(env, quantity, unit)
        if unit == asked:
            return text
        whole = unit._compute_quantity(quantity, asked, round=False)
        if asked.compare(whole, round(whole)):
            return text
        return f"{text}\n= {format_quantity(env, round(whole), asked)}"

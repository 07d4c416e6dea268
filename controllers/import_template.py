from odoo import http
from odoo.exceptions import AccessError
from odoo.http import content_disposition, request

from ..tools.roles import GROUP_STAFF

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class ImportTemplate(http.Controller):
    @http.route(
        "/store_transfer/import_template", type="http", auth="user", readonly=True
    )
    def download(self, company_id=None):
        """Give the file that people fill in to import transfers.

        :param company_id: whose stores it lets them choose from; by default those of
            the user's current company
        """
        env = request.env
        if not env.user.has_group(GROUP_STAFF):
            raise AccessError(env._("Only store staff can import transfers."))
        company = self._get_company(env, company_id)
        name = env._("Transfer import template")
        return request.make_response(
            env["store.transfer.import"]._build_template(company),
            [
                ("Content-Type", XLSX),
                ("Content-Disposition", content_disposition(f"{name}.xlsx")),
            ],
        )

    def _get_company(self, env, company_id):
        companies = env.user.company_ids.filtered(
            lambda company: str(company.id) == company_id
        )
        return companies or env.company

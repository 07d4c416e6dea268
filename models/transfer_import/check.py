import base64

from odoo import models

from ...spreadsheets.errors import SpreadsheetError
from ...spreadsheets.layout.columns import OWN_KEYS, to_heading_key
from ...spreadsheets.reader import Limits
from ...tools.texts import drop_unwritable
from .sheet.findings import NOTICE, Finding
from .sheet.transfer_sheet import TransferSheet


class StoreTransferImport(models.Model):
    """The dry run of an import: what a file would make, and what is wrong with it."""

    _inherit = "store.transfer.import"

    def _check_file(self, *, in_background):
        """Read the file and keep what it asks for, and all that is wrong with it.

        :param in_background: whether nobody waits for the answer; if somebody does, a
            large file is only looked at, and goes on in the background
        """
        stores = self._get_store_search()
        reader = self._get_reader(stores)
        self.sudo().mapping = reader.clues.mapping
        try:
            reading = reader.read_file()
            self._keep_columns(reading.columns)
            if self._is_large(len(reading.rows)) and not in_background:
                self.sudo()._forget_check()
                self.sudo().row_count = len(reading.rows)
                self._begin_work("checking")
            else:
                self._check_rows(reading, stores)
        except SpreadsheetError as error:
            self._keep_columns(self._get_undecided_columns(error))
            self.sudo()._forget_check()
            self.sudo().problem = drop_unwritable(self._get_problem(error))

    def _get_content(self):
        return base64.b64decode(self.with_context(bin_size=False).file or b"")

    def _get_limits(self):
        company = self.company_id.sudo()
        return Limits(company.transfer_import_rows, company.transfer_import_megabytes)

    def _is_large(self, row_count):
        return row_count > self.company_id.sudo().transfer_import_background_rows

    def _forget_file(self):
        self.column_ids.unlink()
        self._forget_check()

    def _forget_check(self):
        self.order_ids.unlink()
        self.finding_ids.unlink()
        self.write(
            {
                "state": "draft",
                "problem": False,
                "row_count": 0,
                "unknown_row_count": 0,
                "error_count": 0,
                "notice_count": 0,
                "suggestion_count": 0,
                "names_sheets": False,
                "third_party_heading": False,
            }
        )

    def _void_check(self, keys):
        """Have files checked again, as headings of them stand for something else now.

        :param keys: of the headings that the user of the environment has changed
        """
        user = self.env.user
        for transfer_import in self:
            columns = transfer_import.column_ids
            changed = columns.filtered(lambda column: column.key in keys)
            names = dict.fromkeys(changed.mapped("heading"))
            mine = transfer_import._as_importing_user()
            transfer_import._forget_check()
            transfer_import.problem = mine.env._(
                "%(user)s has changed what the heading %(heading)s stands for. Check "
                "the file again.",
                user=user.name,
                heading=", ".join(names),
            )

    def _check_rows(self, reading, stores):
        """Keep the orders that the rows ask for, and what is wrong with them.

        :param reading: the :class:`Reading` of the file
        :param stores: the :class:`StoreSearch`
        :raise SpreadsheetError: when they ask for more lines than we make at once
        """
        sheet = TransferSheet(
            self.with_company(self.company_id).env,
            reading,
            stores,
            blocks_shortage=self.after_import == "submit"
            and self.company_id.sudo().transfer_block_shortage,
            replacements=self._get_replacements(),
            max_lines=self._get_limits().rows,
        )
        sheet.read_rows()
        # In sudo, as what a check has found is written by steps only.
        kept = self.sudo()
        kept._forget_check()
        orders = kept._create_orders(sheet)
        findings = [*sheet.findings, *kept._get_findings_on_earlier(sheet, orders)]
        findings += kept._get_findings_on_file(reading)
        kept._create_findings(findings)
        kept.write(
            {
                "state": "checked",
                "row_count": len(reading.rows),
                "unknown_row_count": sheet.unknown_row_count,
                "names_sheets": len(reading.sheets) > 1,
                "orders_fingerprint": orders._get_common_fingerprint(),
                "third_party_heading": self._get_third_party_heading(reading),
            }
        )

    def _create_orders(self, sheet):
        orders = self.env["store.transfer.import.order"]
        return orders.create(
            [orders._prepare_values(self, order) for order in sheet.orders]
        )

    def _create_findings(self, findings):
        self.env["store.transfer.import.finding"].create(
            [{"import_id": self.id, **finding._asdict()} for finding in findings]
        )
        notice_count = sum(finding.level == NOTICE for finding in findings)
        self.write(
            {
                "notice_count": notice_count,
                "error_count": len(findings) - notice_count,
                "suggestion_count": sum(bool(one.suggestion) for one in findings),
            }
        )

    def _get_findings_on_earlier(self, sheet, orders):
        """Tell of what was imported before, be it the same or only similar."""
        similar = orders._find_earlier_transfers()
        same = {
            order: order.earlier_transfer_id
            for order in orders.filtered("earlier_transfer_id")
        }
        heading = sheet.findings.get_heading("destination")
        texts = (
            (
                same,
                self.env._("This was imported before."),
                self.env._("It is left out, unless you tick Import Again."),
            ),
            (
                similar,
                self.env._(
                    "A transfer with the same date, stores and remark was imported "
                    "before, with other products or quantities."
                ),
                self.env._("Look whether this is meant to come on top of it."),
            ),
        )
        return [
            Finding(
                NOTICE,
                order.row,
                heading,
                transfer.name,
                problem,
                remedy,
                sheet=order.sheet or "",
            )
            for found, problem, remedy in texts
            for order, transfer in found.items()
        ]

    def _get_undecided_columns(self, error):
        """Return the columns of a file, without a meaning where several have the same.

        Our own headings mean what they do, whatever stands beside them.
        """
        undecided = set()
        if error.reason == "two_headings":
            undecided = {
                heading
                for heading in error.headings
                if to_heading_key(heading) not in OWN_KEYS
            }
        # Nothing is said of sheets where only one was looked at.
        has_sheets = len({column.sheet for column in error.found}) > 1
        return [
            column._replace(
                name="" if column.heading in undecided else column.name,
                sheet=column.sheet if has_sheets else "",
            )
            for column in error.found
        ]

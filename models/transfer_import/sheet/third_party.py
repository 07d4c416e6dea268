"""The vendors and other outside units that the cells of an import file name."""

from odoo.fields import Domain

from ....spreadsheets.cells.texts import to_key
from ....tools.domains import is_in_any_case


class ThirdPartyReader:
    """Reads the column with the third party, together with the remark.

    :param stores: the :class:`StoreSearch`
    """

    def __init__(self, env, findings, stores):
        self.env = env
        self.findings = findings
        self.stores = stores

    def read_rows(self, rows):
        """Yield ``(contact, remark)`` of each row, None where these can't be told."""
        by_key = self._search(rows)
        for row in rows:
            yield self._read_row(row, by_key)

    def _search(self, rows):
        """Return ``{key of a name: contacts}`` of all names in these rows."""
        names = {row.get_text("third_party") for row in rows} - {""}
        found = self.env["res.partner"]
        if names:
            found = found.search_fetch(
                is_in_any_case("name", names)
                & Domain(found._check_company_domain(self.env.company)),
                ["name"],
            )
        return found.grouped(lambda partner: to_key(partner.name))

    def _read_row(self, row, by_key):
        """Return the contact, or else its name as a part of the remark."""
        name, remark = row.get_text("third_party"), row.get_text("remark")
        if self.findings.is_unreadable(row, "third_party"):
            return None, None
        found = by_key.get(to_key(name), self.env["res.partner"])
        if not name or len(found) == 1:
            return found, remark
        if problem := self._get_problem(name, found):
            self.findings.add_error(
                row,
                "third_party",
                problem,
                self.env._("Enter the name of a contact, or leave the cell empty."),
            )
            return None, None
        # What was exported has the name in its remark already.
        if name == remark.partition("\n")[0].strip():
            return found.browse(), remark
        self.findings.add_notice(
            row,
            "third_party",
            self.env._("%s contacts have this name.", len(found))
            if found
            else self.env._("No contact has this name."),
            self.env._("The name is kept in the remark."),
        )
        text = self.env._("Third party: %s", name)
        return found.browse(), f"{text}\n{remark}".strip()

    def _get_problem(self, name, found):
        """Return in a sentence why a name is none of a third party, or None."""
        if not any(map(str.isalpha, name)):
            return self.env._("This is no name of a third party.")
        if not found and self.stores.find(name):
            return self.env._("This is a store, and no third party.")
        return None

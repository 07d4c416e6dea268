from functools import partial

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.tools import groupby

from ...spreadsheets.layout.clues import Clues
from ...spreadsheets.layout.columns import (
    COLUMNS,
    IGNORED,
    LONGEST_HEADING,
    OWN_KEYS,
    to_heading_key,
)
from ...spreadsheets.layout.headings import find_meaning
from ...spreadsheets.layout.matrix import find_store_columns
from ...tools.texts import shorten
from .choices import identify_store
from .sheet.store_search import StoreSearch


class StoreTransferImportHeading(models.Model):
    """What a heading stands for in the files of a company: said once, then known.

    Whoever imports says it on the import's page (``store.transfer.import.column``);
    head office sees all of them in one list.
    """

    _name = "store.transfer.import.heading"
    _description = "Heading in the Import Files of a Company"
    _inherit = ["store.transfer.reach"]
    _order = "name, id"

    company_id = fields.Many2one(
        "res.company",
        required=True,
        index=True,
        default=lambda self: self.env.company,
        ondelete="cascade",
    )
    name = fields.Char(
        string="Heading", required=True, help="As it stands in the file."
    )
    key = fields.Char(
        compute="_compute_key",
        store=True,
        precompute=True,
        help="What headings are compared by: letters and digits only.",
    )
    column_name = fields.Selection(
        selection="_get_meanings",
        string="Meaning",
        required=True,
        help="What the column is read as.",
    )

    _one_meaning = models.UniqueIndex(
        "(company_id, key)", "It was said already what this heading stands for."
    )

    @api.model
    def _get_meanings(self):
        """Return what a column can be, in the user's words."""
        meanings = [
            (column.name, column.get_heading(self.env.lang)) for column in COLUMNS
        ]
        return [*meanings, (IGNORED, self.env._("Not needed"))]

    @api.model
    def _check_meaning(self, column_name):
        """Refuse what no column is; Odoo looks at fixed lists only."""
        names = [name for name, _label in self._get_meanings()]
        if column_name and column_name not in names:
            raise UserError(self.env._("Choose from the list what the column is."))

    @api.depends("name")
    def _compute_key(self):
        for heading in self:
            # What is longer is refused, and not to be put into an index before.
            heading.key = to_heading_key(heading.name)[: LONGEST_HEADING + 1]

    @api.constrains("name", "key")
    def _check_key(self):
        for heading in self:
            if refusal := heading._get_refusal_of_name():
                raise ValidationError(refusal)

    def _get_refusal_of_name(self):
        """Return why the heading can't be remembered, or None."""
        if not self.key:
            return self.env._("A heading needs letters or digits: %s.", self.name)
        if max(len(self.name), len(self.key)) > LONGEST_HEADING:
            return self.env._(
                "A heading has no more than %(most)s characters: %(heading)s",
                most=LONGEST_HEADING,
                heading=shorten(self.name),
            )
        if self.key in OWN_KEYS:
            return self._get_sentence_on_own(self.name)
        return None

    @api.model
    def _get_sentence_on_own(self, name):
        return self.env._(
            "%s is one of our own headings, and means the same in every file. Give the "
            "column of your file another heading.",
            name,
        )

    @api.constrains("name", "company_id")
    def _check_names_no_store(self):
        """Such a column holds what the store gets, and would be read twice."""
        for company, headings in self.grouped("company_id").items():
            clues = self._get_clues(company)
            for heading in headings:
                # One by one: a word that several have beside a store is no name.
                found = find_store_columns([heading.name], clues)
                if found and not found[0].rest:
                    raise ValidationError(
                        self.env._(
                            "%s is the name of a store, and its column holds what that "
                            "store gets. Give the column of your file another heading.",
                            heading.name,
                        )
                    )

    @api.model
    def _get_clues(self, company):
        """Return what tells the stores of a company by their names."""
        stores = StoreSearch(self.with_company(company).env)
        return Clues.of(is_store=partial(identify_store, stores))

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            self._check_meaning(vals.get("column_name"))
        headings = super().create(vals_list)
        headings._void_checks(headings._get_keys())
        return headings

    def write(self, vals):
        if "column_name" in vals:
            self._check_meaning(vals["column_name"])
        before = self._get_keys()
        result = super().write(vals)
        self._void_checks(before | self._get_keys())
        return result

    def unlink(self):
        self._void_checks(self._get_keys())
        return super().unlink()

    def _get_keys(self):
        """Return ``(company, key)`` of the headings."""
        return {(heading.company_id, heading.key) for heading in self}

    def _void_checks(self, keys):
        """Have the files with these headings checked again: they are read otherwise.

        :param keys: see :meth:`_get_keys`
        """
        # In sudo: the imports of colleagues as well, and what was found is written by
        # steps only.
        imports = self.env["store.transfer.import"].sudo()
        for company, found in groupby(keys, lambda one: one[0]):
            of_company = [key for _company, key in found]
            imports.search(
                [
                    ("company_id", "=", company.id),
                    ("state", "=", "checked"),
                    ("column_ids.key", "in", of_company),
                ]
            )._void_check(of_company)

    @api.model
    def _get_mapping(self, company):
        """Return ``{key of a heading: name of its column}`` for a reader of files."""
        # In sudo: who may import for the company has its files read as it says.
        headings = self.sudo().search_fetch(
            [("company_id", "=", company.id)], ["key", "column_name"]
        )
        return {heading.key: heading.column_name for heading in headings}

    @api.model
    def _get_fixed_reason(self, name):
        """Return why the user can't say what a heading means, or False.

        What we understand ourselves means the same to all others: only who manages the
        list may change that.
        """
        if to_heading_key(name) in OWN_KEYS:
            return "own"
        if find_meaning(name) and not self.has_access("write"):
            return "known"
        return False

    @api.model
    def _get_what_was_said(self, company, read):
        """Return what makes headings mean something else than we think ourselves.

        :param read: ``{heading: name of the column that it was read as}``
        :return: ``{heading: record}``
        """
        keys = {name: to_heading_key(name) for name in read}
        known = {
            heading.key: heading
            for heading in self.sudo().search(
                [("company_id", "=", company.id), ("key", "in", list(keys.values()))]
            )
        }
        said = {name: known[key] for name, key in keys.items() if key in known}
        return {
            name: heading
            for name, heading in said.items()
            if heading.column_name == read[name]
            and heading.column_name != getattr(find_meaning(name), "name", None)
        }

    @api.model
    def _remember(self, company, meanings):
        """Keep what headings stand for; those without a meaning are forgotten.

        To be called in sudo, by who has checked that the user may say so.

        :param meanings: ``{heading: name of a column, or IGNORED, or False}``
        """
        names = {to_heading_key(name): name for name in meanings}
        said = {key: meanings[name] for key, name in names.items()}
        known = self.search(
            [("company_id", "=", company.id), ("key", "in", list(names))]
        )
        new = names.keys() - set(known.mapped("key"))
        changed = known.filtered(
            lambda heading: heading.column_name != said[heading.key]
        )
        for column_name, headings in changed.grouped(lambda one: said[one.key]).items():
            if column_name:
                headings.column_name = column_name
            else:
                headings.unlink()
        self.create(
            [
                {
                    "company_id": company.id,
                    "name": names[key],
                    "column_name": said[key],
                }
                for key in names
                if key in new and said[key]
            ]
        )

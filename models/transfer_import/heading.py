from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from ...spreadsheets.layout.columns import (
    COLUMNS,
    IGNORED,
    TEMPLATE_COLUMNS,
    to_heading_key,
)

# These mean the same in every file, whatever anybody says.
TEMPLATE_KEYS = {
    to_heading_key(column.get_heading(language))
    for column in TEMPLATE_COLUMNS
    for language in column.headings
}


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
        if column_name and column_name not in dict(self._get_meanings()):
            raise UserError(self.env._("Choose from the list what the column is."))

    @api.depends("name")
    def _compute_key(self):
        for heading in self:
            heading.key = to_heading_key(heading.name)

    @api.constrains("key")
    def _check_key(self):
        for heading in self:
            if not heading.key:
                raise ValidationError(
                    self.env._("A heading needs letters or digits: %s.", heading.name)
                )
            if heading.key in TEMPLATE_KEYS:
                raise ValidationError(
                    self.env._(
                        "%s is a heading of the template, and means the same in every "
                        "file. Give the column of your file another heading.",
                        heading.name,
                    )
                )

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            self._check_meaning(vals.get("column_name"))
        headings = super().create(vals_list)
        headings._void_checks()
        return headings

    def write(self, vals):
        if "column_name" in vals:
            self._check_meaning(vals["column_name"])
        self._void_checks()
        result = super().write(vals)
        self._void_checks()
        return result

    def unlink(self):
        self._void_checks()
        return super().unlink()

    def _void_checks(self):
        """Have the files with these headings checked again: they are read otherwise."""
        # In sudo: the imports of colleagues as well, and what was found is written by
        # steps only.
        imports = self.env["store.transfer.import"].sudo()
        for company, headings in self.grouped("company_id").items():
            imports.search(
                [
                    ("company_id", "=", company.id),
                    ("state", "=", "checked"),
                    ("column_ids.key", "in", headings.mapped("key")),
                ]
            )._void_check(headings)

    @api.model
    def _get_mapping(self, company):
        """Return ``{key of a heading: name of its column}`` for a reader of files."""
        # In sudo: who may import for the company has its files read as it says.
        headings = self.sudo().search_fetch(
            [("company_id", "=", company.id)], ["key", "column_name"]
        )
        return {heading.key: heading.column_name for heading in headings}

    @api.model
    def _remember(self, company, name, column_name):
        """Keep what a heading stands for; with no meaning, forget it.

        To be called in sudo, by who has checked that the user may say so.
        """
        known = self.search(
            [("company_id", "=", company.id), ("key", "=", to_heading_key(name))]
        )
        if not column_name:
            known.unlink()
        elif known:
            known.column_name = column_name
        else:
            self.create(
                {
                    "company_id": company.id,
                    "name": name,
                    "column_name": column_name,
                }
            )

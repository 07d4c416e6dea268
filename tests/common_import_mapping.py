from odoo.tests import Form

from .common_import import ImportCase

# Words that nobody has put on a list.
FOREIGN = ("Lieferdatum", "Filiale", "Artikel", "Stück", "Abgang")
MEANINGS = {
    "Lieferdatum": "expected_date",
    "Filiale": "destination",
    "Artikel": "sku",
    "Stück": "quantity",
    "Abgang": "source",
}


class MappingCase(ImportCase):
    """People whose files have a layout of their own."""

    def make_foreign_file(self, headings=FOREIGN, **cells):
        cells = {
            "Lieferdatum": self.date,
            "Filiale": "SHS",
            "Artikel": "TEA-001",
            "Stück": 3,
            "Abgang": "SHN",
            **cells,
        }
        return self.make_file([cells.get(name) for name in headings], headings=headings)

    def get_column(self, upload, heading):
        return upload.column_ids.filtered(lambda column: column.heading == heading)

    def say(self, upload, **meanings):
        """Say on the page what columns are, and have the file checked again."""
        with Form(upload) as form:
            for index, column in enumerate(upload.column_ids):
                if column.heading in meanings:
                    with form.column_ids.edit(index) as line:
                        line.column_name = meanings[column.heading]
        upload.action_check()

    def get_headings(self, company=None):
        headings = self.env["store.transfer.import.heading"].search(
            [("company_id", "=", (company or self.company).id)]
        )
        return {heading.name: heading.column_name for heading in headings}

from odoo import fields, models


class StoreTransferImportFinding(models.Model):
    """Something that the check of an import file found in one of its cells."""

    _name = "store.transfer.import.finding"
    _description = "Finding in an Import of Store Transfers"
    _inherit = ["store.transfer.reach"]
    _order = "level, row, id"

    import_id = fields.Many2one(
        "store.transfer.import", required=True, index=True, ondelete="cascade"
    )
    level = fields.Selection(
        [("error", "Error"), ("notice", "Notice")],
        required=True,
        readonly=True,
        help="An error keeps its transfer from being made; a notice is for your "
        "information.",
    )
    sheet = fields.Char(
        readonly=True, help="Empty where only one sheet of the file is read."
    )
    row = fields.Integer(readonly=True)
    column = fields.Char(readonly=True)
    column_name = fields.Char(readonly=True)
    value = fields.Char(readonly=True)
    suggestion = fields.Char(
        readonly=True, help="What could stand in the cell instead of its text."
    )
    problem = fields.Char(readonly=True)
    remedy = fields.Char(string="What to Do", readonly=True)

    def action_use_suggestion(self):
        """Read what the cell may have meant, and check the file again."""
        self.ensure_one()
        # Pressed twice: what is checked again has other findings.
        if not self.exists():
            return True
        self.check_access("read")
        self.import_id._use_suggestions(self.filtered("suggestion"))
        return True

    def _prepare_replacement_values(self):
        return {
            "import_id": self.import_id.id,
            "column": self.column,
            "column_name": self.column_name,
            "written": self.value,
            "meant": self.suggestion,
        }

    def _get_sentence(self):
        """Return what is written beside the row in the marked file."""
        levels = dict(self._fields["level"]._description_selection(self.env))
        texts = {
            "level": levels[self.level],
            "column": self.column,
            "problem": self.problem,
            "remedy": self.remedy,
        }
        if self.row:
            return self.env._(
                "%(level)s in %(column)s: %(problem)s %(remedy)s", **texts
            )
        if self.column:
            return self.env._(
                "%(level)s in the whole column %(column)s: %(problem)s %(remedy)s",
                **texts,
            )
        return self.env._(
            "%(level)s in the whole file: %(problem)s %(remedy)s", **texts
        )

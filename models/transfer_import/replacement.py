from odoo import fields, models


class StoreTransferImportReplacement(models.Model):
    """What stands in cells of an import file, and what is read instead of it.

    The user has chosen it from what the check suggested; it counts for this import
    alone, in every cell of the column that says the same. It stays when another file
    is put into the import, which is the same one mended, as a rule; where a cell is
    read so, a notice says it.
    """

    _name = "store.transfer.import.replacement"
    _description = "Correction in an Import of Store Transfers"
    _inherit = ["store.transfer.reach"]
    _order = "id"
    _rec_name = "written"

    import_id = fields.Many2one(
        "store.transfer.import", required=True, index=True, ondelete="cascade"
    )
    column = fields.Char(readonly=True, help="The heading as the file has it.")
    column_name = fields.Char(required=True, readonly=True)
    written = fields.Char(string="In the File", required=True, readonly=True)
    meant = fields.Char(string="Read As", required=True, readonly=True)

    _one_meaning = models.UniqueIndex("(import_id, column_name, written)")

    def action_undo(self):
        """Read what the file says, and not what was chosen instead."""
        self.check_access("read")
        imports = self.import_id
        imports._check_step("choose")
        # In sudo, as corrections are written by steps only.
        self.sudo().unlink()
        for transfer_import in imports:
            transfer_import._check_file(in_background=False)
        return True

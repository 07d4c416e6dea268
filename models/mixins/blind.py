from odoo import api, models


class StoreTransferBlind(models.AbstractModel):
    """Keeps from those who count blind how much is expected, whatever they call.

    Which records they see at all is up to the record rules.
    """

    _name = "store.transfer.blind"
    _description = "What a blind count hides"

    _hidden_in_blind_count = frozenset()

    def _has_field_access(self, field, operation):
        hides = field.name in self._hidden_in_blind_count and not self.env.su
        return super()._has_field_access(field, operation) and not (
            hides and self.env.user._counts_blind()
        )

    @api.model
    def _get_view_cache_key(self, view_id=None, view_type="form", **options):
        key = super()._get_view_cache_key(view_id, view_type, **options)
        return (*key, self.env.user._counts_blind())

    @api.model
    def _get_view(self, view_id=None, view_type="form", **options):
        """Leave out of a view what its reader may not see."""
        arch, view = super()._get_view(view_id, view_type, **options)
        if self.env.user._counts_blind():
            for node in arch.iterfind(".//field"):
                is_of_lines = next(node.iterancestors("field"), None) is not None
                if node.get("name") in self._hidden_in_blind_count and not is_of_lines:
                    node.getparent().remove(node)
        return arch, view

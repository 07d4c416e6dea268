from odoo import models

from .dashboard import MODULE


class IrModuleModule(models.Model):
    """Takes the dashboard away before its app goes."""

    _inherit = "ir.module.module"

    def module_uninstall(self):
        if MODULE in self.mapped("name"):
            self.env["store.transfer.dashboard"]._delete_dashboard()
        return super().module_uninstall()

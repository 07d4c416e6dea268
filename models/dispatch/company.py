from odoo import fields, models


class ResCompany(models.Model):
    _inherit = "res.company"

    transfer_mail_dispatch = fields.Boolean(
        string="E-mail Third Parties",
        help="A third party gets an e-mail with the transfer slip when goods have left "
        "for it, if its contact has an e-mail address. Odoo's own delivery e-mail is "
        "not sent beside it.",
    )

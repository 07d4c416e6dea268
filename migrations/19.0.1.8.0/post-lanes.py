"""How long goods are on their way on each lane, which is looked up once a day."""

from odoo import SUPERUSER_ID, api


def migrate(cr, version):
    env = api.Environment(cr, SUPERUSER_ID, {})
    env["store.transfer.lane"]._cron_look_up()

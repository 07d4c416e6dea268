from odoo import api, fields, models, tools
from odoo.exceptions import AccessError, UserError, ValidationError

from ...tools.moments import format_moment
from ...tools.public_http import get_fault_of_url
from ...tools.roles import GROUP_HEAD_OFFICE

ALLOWS_PRIVATE = "store_transfer.webhook_allows_private"


class StoreTransferWebhook(models.Model):
    """Where another system is told of what happens to transfers, as it happens.

    It belongs to head office: what is sent is what head office sees. By the rules of
    Standard Webhooks; see ``docs/users/api.md``.
    """

    _name = "store.transfer.webhook"
    _description = "Store Transfer Webhook"
    _inherit = ["store.transfer.guard", "mail.thread"]
    _order = "name, id"
    _check_company_auto = True
    _step_fields = frozenset(
        {
            "state",
            "secret",
            "previous_secret",
            "previous_until",
            "is_secret_shown",
            "failures",
            "failing_since",
            "next_try",
            "stop_reason",
            "queue_ids",
        }
    )

    name = fields.Char(required=True)
    url = fields.Char(
        string="Address",
        required=True,
        tracking=True,
        help="Where messages are sent, e.g. https://shop.example.com/hooks/transfers",
    )
    company_id = fields.Many2one(
        "res.company",
        required=True,
        index=True,
        default=lambda self: self.env.company,
    )
    active = fields.Boolean(default=True)
    state = fields.Selection(
        [("on", "On"), ("stopped", "Stopped")],
        required=True,
        readonly=True,
        default="on",
        copy=False,
        tracking=True,
    )
    stop_reason = fields.Char(readonly=True, copy=False)
    store_ids = fields.Many2many(
        "stock.warehouse",
        string="Only for Stores",
        check_company=True,
        domain="[('is_store', '=', True), ('company_id', '=', company_id)]",
        # Archived ones too: without any it would be told of all.
        context={"active_test": False},
        help="Only transfers from or to one of them. Empty: all.",
    )
    only_states = fields.Boolean(
        string="Only Changes of State",
        help="Nothing is sent when only a quantity, a date or a remark has changed.",
    )
    with_lines = fields.Boolean(
        string="Send Products and Quantities",
        default=True,
        help="Without them the receiver is told which transfer has changed, and reads "
        "it with a key of its own. Choose that where staff who count blind could see "
        "what is sent.",
    )
    failures = fields.Integer(
        readonly=True, copy=False, help="How often in a row it did not answer."
    )
    failing_since = fields.Datetime(readonly=True, copy=False)
    next_try = fields.Datetime(readonly=True, copy=False)
    queue_ids = fields.One2many("store.transfer.webhook.message", "webhook_id")
    notice = fields.Char(compute="_compute_notice", help="Why nothing arrives.")
    waiting_count = fields.Integer(string="Waiting", compute="_compute_counts")
    dead_count = fields.Integer(string="Not Delivered", compute="_compute_counts")

    def _compute_counts(self):
        counts = {
            (webhook, state): count
            for webhook, state, count in self.env[
                "store.transfer.webhook.message"
            ]._read_group(
                [("webhook_id", "in", self.ids), ("state", "!=", "sent")],
                ["webhook_id", "state"],
                ["__count"],
            )
        }
        for webhook in self:
            webhook.waiting_count = counts.get((webhook, "waiting"), 0)
            webhook.dead_count = counts.get((webhook, "dead"), 0)

    @api.constrains("url")
    def _check_url(self):
        sentences = {
            "none": self.env._("%s is no address. It begins with https://."),
            "https": self.env._("%s has to begin with https://."),
            "login": self.env._(
                "%s has a name or a password in it. Leave them out: messages are "
                "signed."
            ),
            "private": self.env._(
                "%s is in your own network. An administrator can allow that in the "
                "settings."
            ),
        }
        for webhook in self:
            fault = get_fault_of_url(webhook.url, self._allows_private())
            if fault:
                raise ValidationError(sentences[fault] % webhook.url)

    @api.model
    def _allows_private(self):
        """Tell whether messages may go into the server's own network, and by http."""
        # In sudo: it is up to the administrator of the server.
        parameters = self.env["ir.config_parameter"].sudo()
        return parameters.get_param(ALLOWS_PRIVATE) == "True"

    @api.model_create_multi
    def create(self, vals_list):
        webhooks = super().create(vals_list)
        webhooks._make_first_secrets()
        self._forget_listening()
        return webhooks

    def write(self, vals):
        self._check_keeps_company(vals)
        result = super().write(vals)
        if vals.keys() & {"active", "state"}:
            self._forget_listening()
        return result

    def _check_keeps_company(self, vals):
        """Refuse to let another company read what was written for this one."""
        if "company_id" not in vals:
            return
        if any(webhook.company_id.id != vals["company_id"] for webhook in self):
            raise UserError(
                self.env._(
                    "A webhook stays with its company, since its messages do. Make a "
                    "new one for another company."
                )
            )

    def unlink(self):
        self._forget_listening()
        return super().unlink()

    @api.model
    @tools.ormcache()
    def _get_listening_ids(self):
        """Return who is told at all; kept, so that a step need not ask for it."""
        return tuple(self.sudo().search([("state", "=", "on")]).ids)

    def _forget_listening(self):
        self.env.registry.clear_cache()

    def _check_is_head_office(self):
        self.check_access("write")
        if not self.env.user.has_group(GROUP_HEAD_OFFICE):
            raise AccessError(self.env._("Webhooks are up to head office."))

    def action_start_again(self):
        """Send again what has gathered, to a receiver that answers again."""
        self._check_is_head_office()
        webhooks = self.sudo()
        webhooks.write(
            {
                "state": "on",
                "stop_reason": False,
                "failures": 0,
                "failing_since": False,
                "next_try": False,
            }
        )
        waiting = webhooks.queue_ids.filtered(lambda each: each.state == "waiting")
        waiting.next_try = fields.Datetime.now()
        self._wake_up()
        return True

    def action_stop(self):
        """Send nothing until somebody starts it again."""
        self._check_is_head_office()
        reason = self.env._("Stopped by %s.", self.env.user.name)
        self.sudo().write({"state": "stopped", "stop_reason": reason})
        return True

    @api.depends("state", "stop_reason", "failing_since")
    @api.depends_context("lang", "tz")
    def _compute_notice(self):
        for webhook in self:
            webhook.notice = webhook._get_notice()

    def _get_notice(self):
        if self.state == "stopped":
            return self.env._("Nothing is sent. %s", self.stop_reason or "")
        if self.failing_since:
            return self.env._(
                "It has not answered as it should since %s. It is tried again by "
                "itself.",
                format_moment(self.env, self.failing_since),
            )
        return False

    def action_open_dead(self):
        """Show what could not be delivered."""
        return {**self.action_open_queue(), "context": {"search_default_dead": True}}

    def action_open_queue(self):
        """Show the messages that were written for it."""
        self.ensure_one().check_access("read")
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "store_transfer.action_store_transfer_webhook_message"
        )
        return {
            **action,
            "domain": [("webhook_id", "=", self.id)],
            "context": {},
        }

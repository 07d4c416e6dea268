from http import HTTPStatus

import psycopg2

from odoo import models
from odoo.exceptions import AccessDenied, UserError
from odoo.http import request

from ...tools.conflict import is_conflict


class IrHttp(models.AbstractModel):
    _inherit = "ir.http"

    @classmethod
    def _authenticate_explicit(cls, auth):
        """Tell a lost connection to the database from a key that is not valid.

        Odoo answers 403 to both. Another system would take that for a refusal, and
        never send again what nobody has done.
        """
        try:
            return super()._authenticate_explicit(auth)
        except AccessDenied as refusal:
            reason = refusal.__context__
            if cls._is_for_other_systems() and isinstance(reason, psycopg2.Error):
                raise reason from None
            raise

    @classmethod
    def _dispatch(cls, endpoint):
        """Refuse in words what is no context; Odoo takes it for a fault of the server.

        All else that another system sends is read by the method that it calls.
        """
        if cls._is_for_other_systems():
            cls._check_context(request.params.get("context"))
        return super()._dispatch(endpoint)

    @classmethod
    def _check_context(cls, context):
        if context is None:
            return
        if not isinstance(context, dict):
            raise UserError(request.env._("context has to be an object."))
        if not isinstance(context.get("lang") or "", str):
            raise UserError(request.env._("%s has to be a text.", "lang"))

    @classmethod
    def _is_for_other_systems(cls):
        return request.httprequest.path.startswith("/json/2/store.transfer")

    @classmethod
    def _handle_error(cls, exception):
        """Say in words that others were faster, again and again.

        Odoo has tried five times by then, and has rolled back: nothing was changed.
        The scan screen tries once more by itself.
        """
        if is_conflict(exception) and cls._is_call_of_transfers():
            if not isinstance(exception, UserError):
                exception = cls._tell_of_conflict()
            # Another system may send the same again.
            exception.http_status = HTTPStatus.CONFLICT
        return super()._handle_error(exception)

    @classmethod
    def _tell_of_conflict(cls):
        sentence = request.env._(
            "Others work with the same goods at this moment, and were faster. "
            "Nothing was changed. Try it again."
        )
        exception = UserError(sentence)
        exception.context = {"store_transfer_conflict": True}
        return exception

    @classmethod
    def _is_call_of_transfers(cls):
        """Tell whether it is one of our models whose method was called."""
        # A request that fails before it is read, e.g. for who has to log in, has none.
        params = getattr(request, "params", {})
        model = params.get("model") or params.get("__model__")
        return isinstance(model, str) and model.startswith("store.transfer")

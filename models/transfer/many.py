from dataclasses import dataclass
from typing import NamedTuple

from odoo import models
from odoo.exceptions import AccessError, UserError

from ...tools.validated import Validated


class Verdict(NamedTuple):
    """Whether a step can be done to a transfer among many.

    ``outcome`` is ``"ready"``, ``"part"`` (done to a part of it, where that is wanted),
    ``"look"`` (somebody has to decide something first) or ``"refused"``; ``reason``
    what those have in common that it can't be done to; ``sentence`` says it of this
    one; ``quantity`` is what moves, as a text.
    """

    outcome: str
    reason: str | bool = False
    sentence: str = ""
    quantity: str = ""


@dataclass(frozen=True)
class StepOfMany:
    """How a step is done to many transfers: a row of the table below.

    ``sort_out`` names the method that returns a :class:`Verdict` for each of those
    whose step is allowed; ``do`` the one that does it to all of them.
    """

    sort_out: str
    do: str


STEPS_OF_MANY = {
    "approve": StepOfMany("_sort_out_approval", "_do_approve"),
    "ship": StepOfMany("_sort_out_shipping", "_do_ship_reserved"),
    "confirm_arrival": StepOfMany("_sort_out_arrival", "_do_confirm_arrival"),
}


class StoreTransfer(models.Model):
    """A step that is done to many transfers at once.

    They are sorted out first: what needs a decision of its own is never guessed. One
    that fails on the way leaves the others as they are.
    """

    _inherit = "store.transfer"

    def action_open_many_approve(self):
        """Open the summary of which of these would be approved, and which not."""
        return self._open_many("approve")

    def action_open_many_ship(self):
        """Open the summary of which of these would be shipped, and which not."""
        return self._open_many("ship")

    def action_open_many_confirm_arrival(self):
        """Open the summary of which of these would be said to have arrived."""
        return self._open_many("confirm_arrival")

    def approve_many(self):
        """Approve those of these transfers that need no decision of their own.

        :return: ``{"done": [id], "left": [{"id", "name", "reason", "sentence"}]}``;
            the sentence says why a transfer was left as it is
        """
        return self._do_many_at_once("approve")

    def ship_many(self, partly=False):
        """Ship those of these transfers that are reserved in full.

        :param partly: also what is there of others; their rest stays to ship
        :return: see :meth:`approve_many`
        """
        return self._do_many_at_once("ship", partly=bool(partly))

    def confirm_arrival_many(self):
        """Say of these transfers that they stand here, where that can be.

        :return: see :meth:`approve_many`
        """
        return self._do_many_at_once("confirm_arrival")

    def _open_many(self, step):
        verdicts = self._sort_out(step)
        # Nobody else writes what was found out: see the model's access rights.
        question = self.env["store.transfer.many"].sudo()._ask(step, verdicts)
        return question._get_action()

    def _do_many_at_once(self, step, partly=False):
        done, left, _work = self._do_many(step, partly)
        return {
            "done": done.ids,
            "left": [
                {
                    "id": transfer.id,
                    "name": transfer.name,
                    "reason": verdict.reason,
                    "sentence": verdict.sentence,
                }
                for transfer, verdict in left.items()
            ],
        }

    def _do_many(self, step, partly=False):
        """Do a step to all of these that it can be done to.

        :param partly: also where it can be done to a part only
        :return: what it was done to, ``{transfer: Verdict}`` of the others, and the
            transfers that it was done to as the step has worked on them
        """
        wanted = ("ready", "part") if partly else ("ready",)
        verdicts = self._sort_out(step)
        chosen = self.filtered(
            lambda transfer: (
                transfer in verdicts and verdicts[transfer].outcome in wanted
            )
        )
        work = chosen._get_ready()
        failed = work._do_to_each(STEPS_OF_MANY[step].do)
        left = {
            transfer: failed.get(transfer, verdict)
            for transfer, verdict in verdicts.items()
            if transfer not in chosen or transfer in failed
        }
        return chosen.filtered(lambda transfer: transfer not in left), left, work

    def _do_to_each(self, do):
        """Call a method of all of these at once; without those for which it fails.

        :return: ``{transfer: Verdict}`` of those for which it does
        """
        if not self:
            return {}
        attempt = self._get_ready()
        try:
            with self.env.cr.savepoint():
                getattr(attempt, do)()
        except UserError as error:
            if len(self) == 1:
                return {self: Verdict("refused", "other", str(error))}
        else:
            validated = Validated.get(attempt.env).picking_ids
            Validated.get(self.env).picking_ids.extend(validated)
            return {}
        # Somewhere among them: half of them are as a rule done at once.
        middle = len(self) // 2
        return self[:middle]._do_to_each(do) | self[middle:]._do_to_each(do)

    def _sort_out(self, step):
        """Keep others from these transfers, and say what a step could do to each.

        :return: ``{transfer: Verdict}``, in the order of these
        :raise AccessError: when one of them is out of the user's reach
        """
        transfers = self.exists()
        transfers.check_access("write")
        locked = transfers._try_lock()
        verdicts = {
            transfer: Verdict("refused", "busy", transfer._get_busy_sentence())
            for transfer in transfers - locked
        }
        for transfer in locked:
            if refusal := transfer._get_refusal(step):
                verdicts[transfer] = transfer._get_verdict_of(refusal, step)
        possible = locked.filtered(lambda transfer: transfer not in verdicts)
        sort_out = STEPS_OF_MANY[step].sort_out
        verdicts.update(getattr(possible._get_ready(), sort_out)())
        return {transfer: verdicts[transfer] for transfer in transfers}

    def _get_verdict_of(self, refusal, step):
        if isinstance(refusal, AccessError):
            return Verdict("refused", "role", str(refusal))
        if self._is_in_state_for(step):
            return Verdict("refused", "nothing", str(refusal))
        # Shorter than the refusal: a list of them is read.
        sentence = self.env._(
            "%(transfer)s is %(state)s.",
            transfer=self.name,
            state=self._get_state_label(),
        )
        return Verdict("refused", "state", sentence)

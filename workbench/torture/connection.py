"""Asking a server over HTTP, as another system does it: JSON-2, with an API key."""

from dataclasses import dataclass
from typing import Any

# Longer than any request takes, however busy the machine is.
TIMEOUT = 120
REFUSALS = (401, 403, 404, 422)


@dataclass(frozen=True)
class Answer:
    """What came back.

    ``outcome`` is "done", "busy" (others were faster: worth another try), "refused" (it
    can't be, and nothing was changed) or "lost" (nobody knows).
    """

    outcome: str
    status: int | None
    content: Any

    @property
    def is_done(self):
        return self.outcome == "done"

    @property
    def message(self):
        """Why it was not done, in words."""
        if self.is_done:
            return ""
        is_told = isinstance(self.content, dict)
        return self.content.get("message", "") if is_told else str(self.content)


def ask(url, key, model, method, arguments):
    """Call a public method of a model with the API key of a user, or without any."""
    import requests

    headers = {"Authorization": f"bearer {key}"} if key else {}
    try:
        answer = requests.post(
            f"{url}/json/2/{model}/{method}",
            json=arguments,
            headers=headers,
            timeout=TIMEOUT,
        )
        content = answer.json()
    except (requests.RequestException, ValueError) as error:
        # A page instead of JSON comes from a server that has no database just now.
        return Answer("lost", None, f"{type(error).__name__}: {error}"[:200])
    return Answer(_get_outcome(answer.status_code), answer.status_code, content)


def _get_outcome(status):
    if status == 200:
        return "done"
    if status == 409:
        return "busy"
    return "refused" if status in REFUSALS else "lost"

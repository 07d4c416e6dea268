"""How many presses a job costs: its tour counts, see static/tests/tours/presses.js."""

import re

from .common_tours import ScanTourCase


class PressesCase(ScanTourCase):
    # The smallest screen of an office, see docs/users/presses.md.
    browser_size = "1366x768"

    def do_job(self, job, user):
        """Let ``user`` do it; the tour fails where it costs too many presses."""
        self.play(f"presses_{re.sub(r'[^0-9A-Za-z_]+', '_', job)}", user)

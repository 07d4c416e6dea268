"""What all that goes on at the same time has in common."""

import threading
import traceback


class Part(threading.Thread):
    """Goes on until it is told to stop; an error ends it, and is written down."""

    def __init__(self, name, journal):
        super().__init__(name=name, daemon=True)
        self.journal = journal
        self.is_over = threading.Event()

    def run(self):
        try:
            self.go_on()
        except Exception:
            self.journal.write("broken", traceback=traceback.format_exc())

    def go_on(self):
        raise NotImplementedError

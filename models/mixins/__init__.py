from . import (
    reach,
    guard,
    steps,
    blind,
    turns,
    scanned,
    scanned_events,
    scanned_codes,
    scanned_apply,
    scanned_screen,
    scanned_line,
    scan_log,
)

"""The kinds of files: each gives its sheets as tables, and no more."""

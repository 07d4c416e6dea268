"""Plain Python that knows no records of ours."""

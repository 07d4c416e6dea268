"""The numbers of transfers in the details that people edit and import again."""


class NumberReader:
    """Reads the column that keeps two transfers apart which agree in all else."""

    def __init__(self, env, findings):
        self.env = env
        self.findings = findings

    def read_rows(self, rows):
        """Return ``{id of a row: number}`` of the rows that have one.

        What can't be told is None.
        """
        numbered = [row for row in rows if row.get_text("number")]
        if self._only_count(numbered):
            self._tell_counting(numbered[0])
            return {}
        self._tell_known(numbered)
        return {
            row.id: None
            if self.findings.is_unreadable(row, "number")
            else row.get_text("number")
            for row in numbered
        }

    def _only_count(self, rows):
        """Tell whether these number the rows, and no transfers: 1, 2, 3 …"""
        texts = [row.get_text("number") for row in rows]
        if len(rows) < 2 or not texts[0].isdecimal() or len(texts[0]) > 5:
            return False
        start = int(texts[0])
        return texts == [str(start + index) for index in range(len(texts))]

    def _tell_counting(self, row):
        self.findings.add_notice(
            row,
            "number",
            self.env._("This column only counts the rows."),
            self.env._("It was not read."),
        )

    def _tell_known(self, rows):
        """Tell of transfers that are there already, once of each."""
        first_rows = {row.get_text("number"): row for row in reversed(rows)}
        if not first_rows:
            return
        known = self.env["store.transfer"].search_fetch(
            [
                ("name", "in", list(first_rows)),
                ("company_id", "=", self.env.company.id),
            ],
            ["name"],
        )
        for transfer in known:
            self.findings.add_notice(
                first_rows[transfer.name],
                "number",
                self.env._("There is a transfer with this number."),
                self.env._(
                    "It stays as it is. Unless it was imported before, another one "
                    "is made."
                ),
            )

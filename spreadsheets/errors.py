class SpreadsheetError(Exception):
    """A file that can't be imported.

    :param reason: why, in one word that the caller puts into a sentence
    :param columns: names of the columns that are meant
    """

    def __init__(self, reason, columns=()):
        super().__init__(reason)
        self.reason = reason
        self.columns = columns

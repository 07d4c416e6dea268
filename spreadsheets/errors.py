class SpreadsheetError(Exception):
    """A file that can't be imported.

    :param reason: why, in one word that the caller puts into a sentence
    :param columns: names of the columns that are meant
    :param headings: of the columns that are meant, as the file has them
    :param found: list of :class:`FileColumn`, the columns that the file has
    """

    def __init__(self, reason, columns=(), headings=(), found=()):
        super().__init__(reason)
        self.reason = reason
        self.columns = columns
        self.headings = headings
        self.found = found

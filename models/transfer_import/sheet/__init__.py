"""What the rows of an import file ask for, read against the database."""

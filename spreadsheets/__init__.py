"""Spreadsheets in and out. What reads a file is pure Python and knows no database."""

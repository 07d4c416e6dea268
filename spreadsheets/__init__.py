"""Spreadsheets in and out. What reads and writes files knows no database."""

"""Spreadsheets that people get: the template, details, and marked files."""

"""Spreadsheets and delimited files: the rows of sheets, and which of them are tables."""

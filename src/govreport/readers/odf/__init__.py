"""OpenDocument: texts and spreadsheets."""

"""JSON of any make: strings as text, and what of it is a table."""

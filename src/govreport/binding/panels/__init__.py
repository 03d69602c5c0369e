"""Tables whose values do not stand behind their labels."""

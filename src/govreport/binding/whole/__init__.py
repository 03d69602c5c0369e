"""Tables that are matched whole, and need no alignment: all labels of one form in their places, each with its values."""

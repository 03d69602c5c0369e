"""Where the rows of a table stand in the text: which copy of it, which labels, which values between them."""

"""Which label, header and form stand where."""

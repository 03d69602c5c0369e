"""What speaks against what was read."""

"""What the relations of a form decide where nothing else does."""

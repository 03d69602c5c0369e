"""Which of the slots of a row belongs to which column."""

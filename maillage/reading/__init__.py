"""What the words of a text say: days, numbers and names; and whether the rows read in it say the same."""

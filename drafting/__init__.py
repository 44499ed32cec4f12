"""How the rows of a source were made, where a script made them: run by hand, shipped with nothing."""

"""Maps: a specification and a table, drawn as a page, a figure, words or attributes."""

"""Sources: a folder of `data/` each, with a card (`source.yml`) that types every column of its tables."""

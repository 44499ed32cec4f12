"""Taking the files of a source from the network, or from a folder, to `<out>/fetched/<source>/`.

A file is asked for politely (`client`, `backoff`), kept in parts while it arrives (`parts`, `download`),
checked (`formats`), and only then put with the others of its source in the place of the
last good copy (`run`), with a record of where each came from (`sources.copies`). Reading a card needs none of the
libraries that taking its files needs.
"""

"""The rows of `data/la27e-region/`, from the facts that were noted in the archive of La 27e Région."""

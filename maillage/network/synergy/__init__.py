"""Who should meet: scores of pairs that do not work together yet, and how good such scores are."""

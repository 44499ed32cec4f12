"""What a new thing begins with: a folder a kind, laid out as the checkout, `remains.*.txt` saying what is left to do."""

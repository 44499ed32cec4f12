"""What a new thing begins with: a folder a kind, laid out as the checkout; `remains.*.txt` says what is left to do."""

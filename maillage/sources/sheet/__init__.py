"""A sheet of one's own (CSV, Excel) as a source: read by the template or by a card, previewed, kept, undone."""

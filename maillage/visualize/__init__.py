"""Reads `visualize/`: maps, palette and texts; turns finished tables into pages. Knows no store."""

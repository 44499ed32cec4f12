"""Licences and credits: what an answer may bear and whom to thank, traced from its query to the sources behind it."""

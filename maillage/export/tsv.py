"""Tab-separated values; a cell that holds a tab or a line end is quoted. Otherwise as `csv.py`."""

from maillage.credit.notice import Credit
from maillage.export.csv import metadata, write_separated
from maillage.table import Table


def write(table: Table, credit: Credit) -> bytes:
    return write_separated(table, "\t")


def beside(table: Table, credit: Credit, filename: str) -> dict[str, bytes]:
    """CSV on the Web metadata, which serves TSV as well."""
    return metadata(table, credit, filename, "\t")

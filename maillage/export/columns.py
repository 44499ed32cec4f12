"""What the columns of an answer are called for people, and which of them people need."""

import re

from maillage.locales import table as texts
from maillage.table import Table

SUFFIXES = ("Label", "Title")


def heading(column: str, lang: str) -> str:
    """The title of a column: `partnerRoleLabel` is "rôle du partenaire"; its words apart where nobody named it."""
    base = re.sub(rf"({'|'.join(SUFFIXES)})$", "", column)
    spoken = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", base).lower()
    return str(texts("columns", lang).get(base, spoken))


def for_people(table: Table) -> Table:
    """The table without the IRIs that another column names (`body` beside `bodyLabel`)."""
    named = {column.removesuffix(suffix) for suffix in SUFFIXES for column in table.names if column.endswith(suffix)}
    kept = [name for name in table.names if name not in named]
    return table.select(kept)

"""A table as JSON: licence and credits first, what each column holds, then the rows."""

import json
from dataclasses import asdict

from maillage.credit.notice import Credit
from maillage.table import Table


def write(table: Table, credit: Credit) -> bytes:
    """Keys `licence`, `credits`, `release`, `columns`, `rows`; IRIs and labels as bare strings."""
    columns = [{key: said for key, said in asdict(column).items() if said} for column in table.columns]
    content = credit.as_dict() | {"columns": columns, "rows": table.rows()}
    return (json.dumps(content, ensure_ascii=False, indent=2) + "\n").encode()

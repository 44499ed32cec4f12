"""A table as Parquet, with the licence, the credits and the kinds of columns among the key-value metadata."""

import io
import json
from dataclasses import asdict

from maillage.credit.notice import Credit
from maillage.table import Table


def write(table: Table, credit: Credit) -> bytes:
    """Metadata keys `licence`, `licence_iri`, `release`, `date`, and, as JSON, `credits` and `columns`."""
    private = {"private": json.dumps(dict(credit.private), ensure_ascii=False)} if credit.private else {}
    metadata = private | {
        "licence": credit.licence,
        "licence_iri": credit.licence_iri,
        "credits": json.dumps(credit.lines, ensure_ascii=False),
        "release": credit.release,
        "date": credit.date,
        "columns": json.dumps([asdict(column) for column in table.columns], ensure_ascii=False),
    }
    body = io.BytesIO()
    table.frame.write_parquet(body, compression="zstd", metadata=metadata)
    return body.getvalue()

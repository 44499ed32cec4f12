"""Comma-separated values (RFC 4180, UTF-8, lines ended by LF), with CSV on the Web metadata beside.

Cells are written as they are, so that a program reads back what the graph holds. A spreadsheet may take a
text that begins with `=`, `+`, `-` or `@` for a formula (a lab is spelled “@RCHIPEL”): the xlsx export marks
each cell as text and is the one to give to people.
"""

import json
from typing import Any

from maillage.credit.notice import Credit
from maillage.files import asset, parse_yaml, read_text
from maillage.table import Column, Table

DATATYPES = {"iri": "anyURI", "label": "string", "text": "string", "term": "string", "boolean": "boolean"}


def write(table: Table, credit: Credit, mark: str = ",") -> bytes:
    """The rows; the licence stands in the file that `beside` gives, since CSV has no place for it."""
    return table.frame.write_csv(separator=mark, line_terminator="\n", null_value="").encode()


def beside(table: Table, credit: Credit, filename: str, mark: str = ",") -> dict[str, bytes]:
    """`FILE-metadata.json` (W3C Tabular Metadata): licence, credits, and the datatype of each column."""
    described = _every_table(credit.lang, mark) | {
        "url": filename,
        **({"dc:license": {"@id": credit.licence_iri}} if credit.licence_iri else {}),
        "dc:rights": [*credit.warnings(), *credit.lines],
        "dc:isPartOf": credit.release,
        "dc:issued": credit.date,
        "tableSchema": {"columns": [_column(column) for column in table.columns]},
    }
    return {f"{filename}-metadata.json": (json.dumps(described, ensure_ascii=False, indent=2) + "\n").encode()}


def _every_table(lang: str, mark: str) -> dict[str, Any]:
    """What the metadata of every table says, from `graph/release/table.yml`."""
    found: dict[str, Any] = parse_yaml(read_text(asset("graph") / "release" / "table.yml"))
    context = [found["context"], {"@language": lang}]
    return {"@context": context, "dialect": found["dialect"] | {"delimiter": mark}}


def _column(column: Column) -> dict[str, Any]:
    found: dict[str, Any] = {"name": column.name, "titles": column.name, "datatype": datatype(column)}
    return found | ({"lang": column.lang} if column.lang else {})


def datatype(column: Column) -> str:
    """The CSVW name of what a column holds; dates of several precisions are text."""
    if column.kind in DATATYPES:
        return DATATYPES[column.kind]
    return column.datatype.rpartition("#")[2] if column.datatype else "string"

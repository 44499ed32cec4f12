"""Tables of an evaluation turned into what scipy computes on."""

import json
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl
from scipy import sparse

from maillage.errors import FileError
from maillage.files import read_text, short_path
from maillage.network.synergy.scores import Network, Places


def read_json(file: Path) -> Any:
    """Raises MissingFile, `empty-file`, `not-utf8` or `bad-json`."""
    try:
        return json.loads(read_text(file))
    except json.JSONDecodeError as error:
        raise FileError("bad-json", file=short_path(file), reason=f"{error.msg} (ligne, line {error.lineno})") from None


def index_names(names: pl.Series) -> tuple[tuple[str, ...], Places]:
    """The distinct names, sorted, and the number of each row's among them."""
    distinct = names.unique().sort()
    return tuple(distinct.to_list()), distinct.search_sorted(names).cast(pl.Int64).to_numpy()


def incidence(rows: pl.Series, columns: pl.Series, shape: tuple[int, int]) -> Network:
    """1 where a row and a column are named together, however often."""
    places = (rows.to_numpy().astype(np.int64), columns.to_numpy().astype(np.int64))
    found = sparse.csr_array((np.ones(len(rows)), places), shape=shape)
    found.sum_duplicates()
    found.data[:] = 1
    return found

"""Errors told apart by their code: what each says lies in `visualize/locales/errors/`."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from maillage.errors import MaillageError


@contextmanager
def raises(*codes: str, match: str | None = None) -> Iterator[pytest.ExceptionInfo[MaillageError]]:
    """Like `pytest.raises`, of any of these codes."""
    with pytest.raises(MaillageError, match=match) as caught:
        yield caught
    assert caught.value.code in codes

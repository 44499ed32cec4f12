"""`python -m tests.collected`: the cases that pytest collects in the whole suite, one a line and use."""

import sys
from collections.abc import Iterable, Iterator
from contextlib import redirect_stdout

import pytest

from tests.cases import case_name


def cases_of(items: Iterable[pytest.Item]) -> Iterator[str]:
    """The cases among the parameters of tests, one a use."""
    for item in items:
        callspec = getattr(item, "callspec", None)
        values = callspec.params.values() if callspec else ()
        yield from (name for value in values if (name := case_name(value)))


class Recorder:
    """A pytest plugin that keeps the names of the cases collected."""

    def __init__(self) -> None:
        self.names: list[str] = []

    def pytest_collection_finish(self, session: pytest.Session) -> None:
        self.names.extend(cases_of(session.items))


def main() -> int:
    recorder = Recorder()
    with redirect_stdout(sys.stderr):
        code = pytest.main(["--collect-only", "-q", "-p", "no:cacheprovider", "tests"], plugins=[recorder])
    sys.stdout.write("\n".join(recorder.names))
    return int(code)


if __name__ == "__main__":
    sys.exit(main())

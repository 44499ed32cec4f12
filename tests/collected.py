"""`python -m tests.collected`: the cases that pytest collects in the whole suite, one a line and use."""

import sys
from contextlib import redirect_stdout

import pytest

from tests.cases import case_name


class Recorder:
    """A pytest plugin that keeps the names of the cases among the parameters of each test."""

    def __init__(self) -> None:
        self.names: list[str] = []

    def pytest_collection_finish(self, session: pytest.Session) -> None:
        for item in session.items:
            callspec = getattr(item, "callspec", None)
            values = callspec.params.values() if callspec else ()
            self.names.extend(name for value in values if (name := case_name(value)))


def main() -> int:
    recorder = Recorder()
    with redirect_stdout(sys.stderr):
        code = pytest.main(["--collect-only", "-q", "-p", "no:cacheprovider", "tests"], plugins=[recorder])
    sys.stdout.write("\n".join(recorder.names))
    return int(code)


if __name__ == "__main__":
    sys.exit(main())

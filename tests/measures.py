"""`python -m tests.measures [NAME…]`: runs what takes too long for a test, and keeps what it said in `docs/measures/`.

Without a name, those whose files have changed since. Nothing is kept of a measure that failed.
"""

import os
import subprocess
import sys
import time
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import click
import yaml

from tests.shared_run import ROOT, of_files

KEPT = ROOT / "docs" / "measures"


@dataclass(frozen=True)
class Measure:
    name: str
    needs: str
    run: tuple[str, ...]
    of: tuple[str, ...]

    @property
    def page(self) -> Path:
        return KEPT / f"{self.name}.md"

    @property
    def command(self) -> str:
        return f"python -m tests.measures {self.name}"

    @property
    def digest(self) -> str:
        """Of the files that it measures, as they are now."""
        found = {pattern: [path for path in ROOT.glob(pattern) if path.is_file()] for pattern in self.of}
        lost = [pattern for pattern, paths in found.items() if not paths]
        assert not lost, f"tests/measures.yml, {self.name}: no file is {lost}"
        return of_files(tuple(sorted({path for paths in found.values() for path in paths})))[:16]

    @property
    def is_fresh(self) -> bool:
        return self.page.is_file() and f"`{self.digest}`" in self.page.read_text(encoding="utf-8")

    def take(self) -> int:
        """Runs it, and writes its page when it went well; what it needs is required, as a skipped test is no result."""
        digest, begun = self.digest, time.monotonic()
        command, must = [sys.executable, *self.run], os.environ | {"MAILLAGE_REQUIRE": self.needs}
        done = subprocess.run(command, cwd=ROOT, env=must, stdout=subprocess.PIPE, text=True, check=False)
        sys.stdout.write(done.stdout)
        if done.returncode == 0:
            KEPT.mkdir(exist_ok=True)
            self.page.write_text(self._written(digest, time.monotonic() - begun, done.stdout), encoding="utf-8")
        return done.returncode

    def _written(self, digest: str, seconds: float, said: str) -> str:
        lines = [line for line in said.splitlines() if line.strip() and not line.startswith((".", "="))]
        told = (
            f"`{self.command}` wrote this page on {datetime.now(UTC).date()}, in {seconds / 60:.0f} minutes. "
            f"Digest of the files that it measures (`tests/measures.yml`): `{digest}`."
        )
        return "\n".join([f"# {self.name}", "", told, "", *(f"    {line}" for line in lines), ""])


def measures() -> dict[str, Measure]:
    given = yaml.safe_load((ROOT / "tests" / "measures.yml").read_text(encoding="utf-8"))
    return {name: Measure(name, card["needs"], tuple(card["run"]), tuple(card["of"])) for name, card in given.items()}


@click.command(help=__doc__)
@click.argument("names", metavar="[NAME]…", nargs=-1, type=click.Choice(sorted(measures())))
def main(names: tuple[str, ...]) -> None:
    known = measures()
    wanted = [known[name] for name in names] or [one for one in known.values() if not one.is_fresh]
    sys.exit(max((measure.take() for measure in wanted), default=0))


if __name__ == "__main__":
    main()

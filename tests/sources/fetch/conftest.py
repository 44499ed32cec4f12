"""A home with the card of a source to fetch, and a client that never waits."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
import yaml

from maillage.assets import CHECKOUT
from maillage.sources.card import Card, read_card
from maillage.sources.fetch.backoff import Patience
from maillage.sources.fetch.client import Client
from maillage.sources.fetch.run import FetchResult, fetch
from tests.sources.fetch.site import Site, site_at

FACTS = {
    "title": "Une source",
    "publisher": "Un éditeur",
    "kind": "reference",
    "licence": "etalab-2.0",
    "address": "https://example.org/",
    "issued": "2026-11-01",
    "read_on": "2026-11-01",
    "credit": "Un éditeur",
    "rank": 10,
    "tables": {"organisations": {"mapping": "organisation"}},
}


@pytest.fixture
def site() -> Iterator[Site]:
    with site_at() as found:
        yield found


@dataclass
class Home:
    """`$MAILLAGE_HOME` of a test, its output folder, and how long the client would have waited."""

    folder: Path
    out: Path
    waits: list[float] = field(default_factory=list)

    def card(self, section: Any, name: str = "source") -> Card:
        folder = self.folder / "data" / name
        folder.mkdir(parents=True, exist_ok=True)
        (self.folder / "data" / "tables.yml").write_bytes((CHECKOUT / "data" / "tables.yml").read_bytes())
        facts = FACTS if section is None else FACTS | {"fetch": section}
        (folder / "source.yml").write_text(yaml.safe_dump(facts), encoding="utf-8")
        return read_card(name)

    def files(self, site: Site | None = None, /, **files: Any) -> Card:
        """A card of these files (`__` stands for a dot in a name), at the site unless they say where."""
        named = {name.replace("__", "."): facts for name, facts in files.items()}
        base = site.address if site else "https://example.org"
        return self.card(
            {"pause": 0, "files": {name: {"address": f"{base}/{name}"} | facts for name, facts in named.items()}}
        )

    def client(self, private: bool = True, **patience: Any) -> Client:
        usual: dict[str, Any] = {"sleep": self.waits.append, "read": 5.0}
        return Client(private, Patience(**usual | patience))

    def fetch(self, card: Card, origin: str | None = None, accept: bool = False, **patience: Any) -> FetchResult:
        return fetch(card, self.out, origin, self.client(**patience), accept)


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Home:
    monkeypatch.setenv("MAILLAGE_HOME", str(tmp_path / "home"))
    (tmp_path / "home" / "data").mkdir(parents=True)
    return Home(tmp_path / "home", tmp_path / "out")


Refused = Callable[..., list[str]]


@pytest.fixture
def refused(home: Home) -> Refused:
    """What is said of a file that is refused, each finding in English."""
    from maillage.errors import FindingsError

    def findings(card: Card, origin: str | None = None, **patience: Any) -> list[str]:
        with pytest.raises(FindingsError) as error:
            home.fetch(card, origin, **patience)
        assert all(finding.sentence("fr") != finding.sentence("en") for finding in error.value.findings)
        return [finding.sentence("en") for finding in error.value.findings]

    return findings

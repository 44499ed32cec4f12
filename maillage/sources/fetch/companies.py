"""The search API of companies (recherche-entreprises): which legal persons answer to a name or to a number.

An answer is laid in `<out>/fetched/<source>/` without the persons that it names, and stands for some days (`days`).
"""

import json
import time
from contextlib import suppress
from hashlib import sha256
from pathlib import Path
from urllib.parse import quote

from maillage.errors import ArrivalError, FetchError, MaillageError
from maillage.files import decode, read_text, write_whole
from maillage.sources.card import Card
from maillage.sources.copies import folder_of
from maillage.sources.fetch.address import Address
from maillage.sources.fetch.backoff import Patience, retry
from maillage.sources.fetch.client import Client
from maillage.sources.fetch.download import Request, read_wire
from maillage.sources.parsing import read_json

MOST_BYTES = 5_000_000
OF_PERSONS = "1"  # the legal forms of those who are in business under their own name
FACTS = ("siren", "nom_complet", "nom_raison_sociale", "sigle", "nature_juridique", "etat_administratif",
    "date_mise_a_jour")  # fmt: skip
SEAT = ("commune", "departement", "region")


class CompanySearch:
    """As the section `companies` of a card says; `private` in it: private networks may be asked."""

    def __init__(self, card: Card, out: Path) -> None:
        self._facts, self._folder = card.facts["companies"], folder_of(out, card.name)
        seconds, most = float(self._facts["seconds"]), float(self._facts["longest_wait"])
        attempts = int(self._facts["attempts"])
        patience = Patience(attempts, longest_wait=most, connect=seconds, read=seconds, total=seconds)
        self._client = Client(bool(self._facts.get("private")), patience)

    def answer(self, words: str) -> list[dict[str, str]]:
        """The legal persons at work that the API finds for some words, the best first.

        Raises the errors of `Client.request`, `too-slow`, or an ArrivalError for an answer that will not do.
        """
        path = self._folder / f"{sha256(words.encode()).hexdigest()[:16]}.json"
        found = _recall(path, float(self._facts["days"]) * 86_400)
        if found is None:
            found = _companies(retry(lambda: self._ask(words), self._client.patience))
            path.parent.mkdir(parents=True, exist_ok=True)
            write_whole(path, json.dumps(found, ensure_ascii=False, indent=1).encode())
        return found

    def _ask(self, words: str) -> bytes:
        url = str(self._facts["address"]).replace("{words}", quote(words, safe=""))  # it holds no key
        address, end = Address(url, url), time.monotonic()
        wanted = Request("search", address, MOST_BYTES, float(self._facts["pause"]))
        headers = {"Accept": "application/json", "Accept-Encoding": "identity"}
        with self._client.request(address, headers, wanted.pause) as response:
            if response.status_code != 200:
                raise FetchError("request-refused", address=url, status=response.status_code)
            return b"".join(read_wire(response, wanted, self._client, end + self._client.patience.total))


def _recall(path: Path, seconds: float) -> list[dict[str, str]] | None:
    """An answer laid there so many seconds ago at most; none where it cannot be read as one."""
    if not path.is_file() or time.time() - path.stat().st_mtime > seconds:
        return None
    with suppress(MaillageError):
        said = read_json(read_text(path))
        if isinstance(said, list) and all(isinstance(one, dict) and one.keys() >= {*FACTS, *SEAT} for one in said):
            return said
    return None


def _companies(body: bytes) -> list[dict[str, str]]:
    said = read_json(decode(body, Path("search.json")))
    results = said.get("results") if isinstance(said, dict) else None
    if not isinstance(results, list) or not all(isinstance(one, dict) for one in results):
        raise ArrivalError("other-answer", path="results")
    found = [_texts(one, FACTS) | _texts(one.get("siege"), SEAT) for one in results]
    return [
        one
        for one in found
        if one["siren"] and one["etat_administratif"] == "A" and not one["nature_juridique"].startswith(OF_PERSONS)
    ]


def _texts(said: object, names: tuple[str, ...]) -> dict[str, str]:
    held = said if isinstance(said, dict) else {}
    return {name: value if isinstance(value := held.get(name), str) else "" for name in names}

"""Many texts in one go: each text's proposals beside its name, and what all of them come to."""

import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from hashlib import sha256
from pathlib import Path
from typing import Any

from maillage.errors import MaillageError
from maillage.files import asset, read_bytes, write_whole
from maillage.reading.gazetteer import Gazetteer
from maillage.reading.intake import About, take
from maillage.reading.proposals import BODIES, as_json
from maillage.reading.reader import read_text

SUMMARY = "summary.json"


def rules_digest() -> str:
    """Of the files that say how to read: a text is read anew when they change."""
    files = sorted((asset("graph") / "reading").iterdir())
    return sha256(b"".join(path.name.encode() + read_bytes(path) for path in files)).hexdigest()


def gather(
    paths: Iterable[tuple[str, Path]], target: Path, about: About, gazetteer: Gazetteer, release: str,
    told: Callable[[str, MaillageError | None], None],
) -> dict[str, Any]:  # fmt: skip
    """Reads each text that is not there already as it is, by these rules and this graph, and sums all up.

    `told` is given the name of each text, and why it could not be read.
    """
    digest = sha256(f"{rules_digest()} {release} {about}".encode()).hexdigest()
    last = _read(target / SUMMARY)
    fresh = last.get("digest") != digest
    write_whole(target / SUMMARY, json.dumps({"digest": digest}).encode())
    answers: dict[str, dict[str, Any]] = {}
    failed: dict[str, str] = {}
    for name, path in paths:
        place = target / f"{name}.json"
        try:
            intake = take(str(path), about)
            answers[name] = _read(place)
            if fresh or answers[name].get("text_sha256") != intake.text.checksum:
                answers[name] = as_json(intake.text.checksum, read_text(intake, gazetteer).told)
                place.parent.mkdir(parents=True, exist_ok=True)
                write_whole(place, to_bytes(answers[name]))
            told(name, None)
        except MaillageError as error:
            failed[name] = error.sentence()
            told(name, error)
    summary = {"digest": digest, "texts": len(answers), "failed": failed, **summarise(answers, gazetteer)}
    write_whole(target / SUMMARY, to_bytes(summary))
    return summary


def summarise(answers: Mapping[str, Mapping[str, Any]], gazetteer: Gazetteer) -> dict[str, Any]:
    """Proposals by kind and status, bodies that nobody knows, and dates that are not those of the graph."""
    proposals = [(name, one) for name, answer in answers.items() for one in answer["proposals"]]
    counts = Counter((one["kind"], one["status"]) for _, one in proposals)
    unknown = Counter(one["label"] for _, one in proposals if one["kind"] in BODIES and not one.get("iri"))
    return {
        "proposals": [{"kind": kind, "status": status, "n": n} for (kind, status), n in sorted(counts.items())],
        "unknown_bodies": [{"label": label, "n": n} for label, n in unknown.most_common()],
        "contradictions": list(_contradictions(proposals, gazetteer)),
    }


def _contradictions(
    proposals: Iterable[tuple[str, Mapping[str, Any]]], gazetteer: Gazetteer
) -> Iterator[dict[str, Any]]:
    for name, one in proposals:
        known, read = gazetteer.dates.get(one.get("iri", "")), one.get("start", "")
        if known and read and not (known.startswith(read) or read.startswith(known)):
            yield {"text": name, "label": one["label"], "iri": one["iri"], "graph": known, "read": read}


def to_bytes(content: object) -> bytes:
    return (json.dumps(content, ensure_ascii=False, indent=2) + "\n").encode()


def _read(path: Path) -> dict[str, Any]:
    """What was written there; nothing where it cannot be read, and it is then written anew."""
    try:
        content = json.loads(path.read_bytes())
    except (OSError, ValueError):
        return {}
    return content if isinstance(content, dict) else {}

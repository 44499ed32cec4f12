"""How good the reader is on judged texts: `python -m maillage.reading.measure TEXTS=JUDGED… --graph NAME=OUT`.

TEXTS: the folder of the texts, ID.txt; JUDGED: that of posts.csv and proposals.csv; each graph: a build whose names the
reader is given. `--calibrate` writes which rules are sure, from all the texts, instead of measuring.
"""

import csv
import sys
from argparse import ArgumentParser
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from hashlib import sha256
from pathlib import Path

from maillage.files import asset, read_bytes, read_text, write_whole
from maillage.matching.evaluate import wilson
from maillage.reading.calibration import Counts, is_taught
from maillage.reading.gather import rules_digest
from maillage.reading.gazetteer import Gazetteer, gazetteer_of, names_query
from maillage.reading.intake import About, take
from maillage.reading.judgement import FAMILIES, JudgedText, Row, Score, read_judged, total
from maillage.reading.reader import read_text as read
from maillage.store import open_store


def compare(texts: Path, judged: Path, half: str, publisher: str, gazetteer: Gazetteer) -> dict[Path, JudgedText]:
    """Each text of a half beside what people judged. Raises MissingFile for a text that is not there."""
    rows, found = read_judged(judged / "proposals.csv"), dict[Path, JudgedText]()
    for post in csv.DictReader(read_text(judged / "posts.csv").splitlines()):
        if post["half"] == half:
            path, publisher = texts / f"{post['post']}.txt", post.get("publisher") or publisher
            intake = take(str(path), About(publisher=publisher, date=post["date"]))
            found[path] = JudgedText(rows.get(post["post"], []), read(intake, gazetteer).told)
    return found


def tally(comparisons: Iterable[JudgedText]) -> Counts:
    """Of the proposals that only their rule keeps from being sure: how many a rule made, and how many are right."""
    made, right, texts = Counter[str](), Counter[str](), defaultdict[str, set[str]](set)
    for found in comparisons:
        made.update(one.rule for one in found.told if one.eligible)
        for one in (one for one in found.told if one.eligible and found.is_sure(one)):
            right[one.rule] += 1
            texts[one.rule].add(found.of_told[one.id]["post"])
    return {rule: (n, right[rule], len(texts[rule])) for rule, n in made.items()}


def left_out(comparisons: Sequence[JudgedText]) -> Score:
    """What would be sure of each text by what the others teach, all kinds together."""
    scores = []
    for one in comparisons:
        counts = tally(other for other in comparisons if other is not one)
        told = [said for said in one.told if said.eligible and is_taught(said.rule, counts)]
        right = [said for said in told if one.is_sure(said)]
        scores.append(Score(len(right), len(told), len(right), sum(row["status"] == "sure" for row in one.rows)))
    return total(scores)


def calibration(comparisons: Sequence[JudgedText]) -> str:
    rows = [f"{rule},{n},{right},{texts}" for rule, (n, right, texts) in sorted(tally(comparisons).items())]
    return "\n".join(["rule,n,right,texts", *rows]) + "\n"


def report(found: dict[str, dict[Path, JudgedText]], half: str) -> Iterator[str]:
    """The figures of each graph, as Markdown, then what was missed, by kind."""
    bodies = b"".join(read_bytes(path) for path in sorted(next(iter(found.values()))))
    digests = sha256(bodies).hexdigest()[:16], rules_digest()[:16]
    count = len(next(iter(found.values())))
    yield f"Half `{half}`, {count} texts; digest of the texts {digests[0]}, of the rules {digests[1]}.\n"
    yield "| names | kind | sure precision | sure recall | precision | recall |"
    yield "| --- | --- | --- | --- | --- | --- |"
    for name, comparisons in found.items():
        for family in (
            *FAMILIES,
            ("event", "programme", "participation"),
            tuple(kind for one in FAMILIES for kind in one),
        ):
            every = total(one.score(family) for one in comparisons.values())
            sure = total(one.score(family, sure=True) for one in comparisons.values())
            shares = (
                (sure.right, sure.told),
                (sure.found, sure.wanted),
                (every.right, every.told),
                (every.found, every.wanted),
            )
            yield f"| {name} | {', '.join(family)} | {' | '.join(_share(*one) for one in shares)} |"
    yield "\n| names | missed, by kind and status | n |\n| --- | --- | --- |"
    for name, comparisons in found.items():
        missed = Counter(
            _reason(row, one) for one in comparisons.values() for row in one.rows if row["id"] not in one.of_row
        )
        yield from (f"| {name} | {reason} | {n} |" for reason, n in missed.most_common())


def _share(right: int, n: int) -> str:
    low, high = wilson(right, n)
    return f"{right}/{n} = {right / n if n else 0:.2f} ({low:.2f}–{high:.2f})"


def _reason(row: Row, one: JudgedText) -> str:
    """Why a row was missed, as far as the rows say: what it speaks of was missed, or it was itself."""
    parts = [name for name in ("activity", "body", "subject") if row[name] and row[name] not in one.of_row]
    return f"{row['kind']}, {row['status']}" + (f", its {' and '.join(parts)} missed" if parts else "")


def main(arguments: Sequence[str]) -> str:
    parser = ArgumentParser(prog="python -m maillage.reading.measure")
    parser.add_argument("judged", nargs="+", metavar="texts=judged")
    parser.add_argument("--graph", action="append", default=[], metavar="name=out")
    parser.add_argument("--half", default="measure")
    parser.add_argument("--publisher", default="", help="of the texts whose row of posts.csv says none")
    parser.add_argument("--calibrate", action="store_true")
    given = parser.parse_args(arguments)
    halves = ("build", "measure") if given.calibrate else (given.half,)
    found: dict[str, dict[Path, JudgedText]] = defaultdict(dict)
    for name, _, out in (graph.partition("=") for graph in given.graph):
        store = open_store((Path(out) / "graph").resolve())
        gazetteer = gazetteer_of(store.ask(names_query()))
        store.close()
        for texts, _, judged in (pair.partition("=") for pair in given.judged):
            for half in halves:
                found[name] |= compare(Path(texts), Path(judged), half, given.publisher, gazetteer)
    comparisons = [one for each in found.values() for one in each.values()]
    if given.calibrate:
        write_whole(asset("graph") / "reading" / "calibration.csv", calibration(comparisons).encode())
        score = left_out(comparisons)
        return f"left out one by one: {_share(score.right, score.told)}; {_share(score.found, score.wanted)}"
    return "\n".join(report(found, given.half))


if __name__ == "__main__":
    sys.stdout.write(main(sys.argv[1:]) + "\n")

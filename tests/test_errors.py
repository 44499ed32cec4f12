"""Each code that an error is raised with has its sentence and its cure, in every language, with what they speak of."""

import ast
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

import maillage.errors
from maillage.assets import bundled_folder
from maillage.errors import (
    ENDS,
    FindingsError,
    MaillageError,
    MissingFile,
    Phrase,
    QuestionError,
    SheetError,
)
from maillage.files import asset
from maillage.locales import LANGUAGES
from tests.conftest import ROOT
from tests.test_locales import places_in

Raised = dict[str, list[tuple[str, set[str] | None]]]  # by code: where, and the fields given (None: not all are seen)
CLASSES = {name: thing for name, thing in vars(maillage.errors).items() if isinstance(thing, type)}
ERRORS = {name: thing for name, thing in CLASSES.items() if issubclass(thing, Phrase)}
TABLES = bundled_folder("visualize") / "locales" / "errors"


def raised_in(code: str, where: str) -> Raised:
    found: Raised = defaultdict(list)
    tree = ast.parse(code)
    called = {node.func: node for node in ast.walk(tree) if isinstance(node, ast.Call)}
    bare = {node.exc for node in ast.walk(tree) if isinstance(node, ast.Raise)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Name) and node.id in ERRORS and (node in called or node in bare):
            call = called.get(node)
            first = call.args[0] if call and call.args and node.id != "FindingsError" else None
            assert first is None or isinstance(first, ast.Constant), f"{where}:{node.lineno}: a code is written out"
            given = {word.arg or "" for word in call.keywords} if call else set()
            name = str(first.value) if first else ERRORS[node.id].code
            found[name].append((f"{where}:{node.lineno}", None if "" in given else given))
    return found


def raised() -> Raised:
    found: Raised = defaultdict(list)
    for path in sorted({*(ROOT / "maillage").rglob("*.py")} - {Path(maillage.errors.__file__)}):
        for code, places in raised_in(path.read_text("utf-8"), path.relative_to(ROOT).as_posix()).items():
            found[code] += places
    return found


def table(lang: str) -> dict[str, dict[str, str]]:
    read = [yaml.safe_load(path.read_text("utf-8")) for path in sorted(TABLES.glob(f"*.{lang}.yml"))]
    found = {code: words for part in read for code, words in part.items()}
    assert len(found) == sum(map(len, read)), "a code stands in one file"
    return found


def fields(words: dict[str, str]) -> set[str]:
    """What a sentence and its cure speak of."""
    return set().union(*map(places_in, words.values()))


def lacking(places: Raised, told: dict[str, dict[str, str]]) -> Iterator[str]:
    for code, raisings in places.items():
        for where, given in raisings:
            lacks = fields(told[code]) - (given if given is not None else fields(told[code]))
            if lacks and code != FindingsError.code:  # which counts them itself
                yield f"{where}: {code} lacks {', '.join(sorted(lacks))}"


def test_every_code_has_its_sentence_and_every_sentence_is_raised() -> None:
    codes = set(raised())
    for lang in LANGUAGES:
        assert codes - table(lang).keys() == set()
        assert table(lang).keys() - codes == set()
    assert ENDS.keys() - codes == set()
    assert set(raised_in('raise QuestionError("no-such")', "x")) == {"no-such"}
    assert set(raised_in("raise EngineDown from None", "x")) == {"engine-down"}


def test_every_field_of_a_sentence_is_given() -> None:
    assert list(lacking(raised(), table("en"))) == []
    assert list(lacking(raised_in('raise FileError("empty-file")', "x"), table("en"))) == ["x:1: empty-file lacks file"]


def test_a_class_of_one_failure_is_one_that_somebody_catches() -> None:
    own = {name for name, thing in ERRORS.items() if thing.code}
    trees = [ast.parse(path.read_text("utf-8")) for path in (ROOT / "maillage").rglob("*.py")]
    caught = {node.type for tree in trees for node in ast.walk(tree) if isinstance(node, ast.ExceptHandler)}
    named = {one.id for node in caught if node for one in ast.walk(node) if isinstance(one, ast.Name)}
    assert own - named == set()
    assert "MissingFile" in own


def test_an_error_says_where_and_what_to_do() -> None:
    error = QuestionError("unknown-question", name="partner-of", nearest="partners-of")
    assert str(error) == (
        "No question is called “partner-of”. The nearest: partners-of. All of them: maillage ask --list."
    )
    assert error.message("fr") == "Aucune question ne s'appelle « partner-of »."
    within = QuestionError("bad-value", value="3", wanted=Phrase("value-hops"))
    assert within.sentence("fr") == "« 3 » n'est pas 1 ou 2. Écrire 1 ou 2."
    told = QuestionError("missing-parameter", query="labs", name="body", hint={"fr": "Un corps.", "en": "A body."})
    assert (told.cure("fr"), told.cure("en")) == ("Un corps.", "A body.")
    finding = SheetError("text-too-long", length=900, most=300).at("x.csv", 3, "name")
    assert (finding.error, finding.sentence("en")) == (
        "text-too-long",
        "x.csv:3:name: The text has 900 characters; 300 at most. Shorten it.",
    )


@pytest.mark.parametrize(
    ("error", "end"),
    [
        (MissingFile(file="x"), (1, 404)),
        (QuestionError("bad-value"), (2, 400)),
        (QuestionError("unknown-map"), (2, 404)),
        (SheetError("no-key"), (1, 422)),
        (SheetError("unsaid-fact"), (2, 422)),
        (FindingsError([]), (1, 422)),
    ],
)
def test_an_end_is_that_of_the_code_or_of_its_class(error: MaillageError, end: tuple[int, int]) -> None:
    assert (error.exit_code, error.http_status) == end


def test_a_home_without_sentences_is_told_of_in_ours(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MAILLAGE_HOME", str(tmp_path))
    with pytest.raises(MissingFile, match=f"The file {tmp_path / 'visualize'} does not exist"):
        asset("visualize")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("missing-file:\n  said: Where is {file}?\n", "Where is x.csv?"),
        ("missing-file: [", "The file x.csv does not exist. Check the path."),
    ],
)
def test_a_home_may_say_it_otherwise(text: str, said: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    own = tmp_path / "visualize" / "locales" / "errors"
    own.mkdir(parents=True)
    (own / "ours.en.yml").write_text(text, encoding="utf-8")
    monkeypatch.setenv("MAILLAGE_HOME", str(tmp_path))
    error = MissingFile(file="x.csv")
    assert (str(error), error.message("fr")) == (said, "Le fichier x.csv n'existe pas.")

"""The files of texts: the same entries with the same places in every language, all of them used, none that lacks."""

import ast
import os
import re
import shutil
import string
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click
import pytest
import yaml

from maillage.assets import bundled_folder
from maillage.cli import COMMANDS
from maillage.cli.lazy import explain, load, with_shared_options
from maillage.locales import LANGUAGES, OURS, in_every, say, section, table
from tests import detectors
from tests.conftest import ROOT

LOCALES = bundled_folder("visualize") / "locales"
HELP = ("summary", "help", "options")
SPEAKERS = ("say", "say_all", "say_plainly")
BY_DATA = ("kinds", "examples")  # sections whose keys are those of the data: slugs of a list, names of questions
WORD_LISTS = ("maillage/network/synergy/likeness.py",)  # names in French are read there, nothing is said
FREE = {  # entries whose places or keys are those of the language: why
    "columns": "a column that a language does not name shows its own words",
    "cli/maillage.usage": "click says what is wrong in English: {message}",
    "cli/enrich.enrich.answers": "the word to write is that of the language",
    "cli/enrich.enrich.keys": "the letter to type is that of the word",
    "cli/identity.identity review.keys": "the letter to type is that of the word",
}


def leaves(entry: Any, path: str = "") -> Iterator[tuple[str, str]]:
    """Each text with the keys that lead to it."""
    if isinstance(entry, dict):
        for name, value in entry.items():
            yield from leaves(value, f"{path}.{name}" if path else str(name))
    else:
        yield path, str(entry)


def places_in(text: str) -> set[str]:
    """What a text speaks of; `{reason.cure}` is a part of `{reason}`."""
    return {field.partition(".")[0] for _, field, _, _ in string.Formatter().parse(text) if field}


def said(lang: str) -> dict[str, dict[str, str]]:
    """The texts of each file by its name without the language."""
    files = {path: path.relative_to(LOCALES).as_posix() for path in sorted(LOCALES.rglob(f"*{lang}.yml"))}
    return {
        name.removesuffix(f"{lang}.yml").rstrip("."): dict(leaves(yaml.safe_load(path.read_text("utf-8"))))
        for path, name in files.items()
    }


def differences(one: dict[str, str], other: dict[str, str], file: str = "") -> list[str]:
    """Entries that only one of two languages has, or that do not speak of the same."""
    found = [
        key
        for key in sorted({*one, *other})
        if key not in one or key not in other or ("{" in one[key] and places_in(one[key]) != places_in(other[key]))
    ]
    return [f"{file}.{key}" for key in found if not any(f"{file}.{key}".startswith(free) for free in FREE)]


def test_languages_speak_of_the_same() -> None:
    first, *others = (said(lang) for lang in OURS)
    for other in others:
        assert first.keys() == other.keys()
        assert [fault for file in first for fault in differences(first[file], other[file], file)] == []
    assert differences({"a": "{n}", "b": ""}, {"a": "{m}", "c": ""}) == [".a", ".b", ".c"]


def test_no_key_stands_in_two_files_that_are_read_together() -> None:
    for folder in ("cli", "errors"):
        keys = [key for path in sorted((LOCALES / folder).glob("*.fr.yml")) for key in yaml.safe_load(path.read_text())]
        assert [key for key in keys if keys.count(key) > 1] == []


def test_a_file_with_the_name_of_a_section_holds_it() -> None:
    for path in (LOCALES / "cli").glob("*.fr.yml"):
        name = path.name.partition(".")[0]
        assert name not in table("cli/*", "fr") or name in yaml.safe_load(path.read_text()), name


# --- what the program says -----------------------------------------------------------------------------

Named = list[tuple[str, str, set[str] | None]]  # where, the key as a pattern, the places given (None: not all are seen)


def named_in(code: str, where: str = "x") -> Named:
    """The keys of texts that a module names."""
    found: Named = []
    for node in ast.walk(ast.parse(code)):
        at = f"{where}:{getattr(node, 'lineno', 0)}"
        if isinstance(node, ast.Call):
            given = {word.arg or "" for word in node.keywords}
            seen = "" not in given and getattr(node.func, "id", "") != "section"
            found += [(at, key, given if seen else None) for key in _spoken(node)]
        elif isinstance(node, ast.Constant) and "." in str(node.value):  # a key that is chosen before it is said
            found += [
                (at, key, None) for key in _written(node) if str(node.value).partition(".")[0] in table("cli/*", "fr")
            ]
    return found


def _spoken(call: ast.Call) -> list[str]:
    name = call.func.id if isinstance(call.func, ast.Name) else ""
    if name in ("say", "say_all", "say_plainly"):
        return _written(call.args[-1])
    if name in ("steps", "progress") and call.args:
        return [f"steps[.]{step}" for step in _written(call.args[0])]
    return [rf"{part}[.].+" for part in _written(call.args[1])] if name == "section" and len(call.args) == 2 else []


def _written(node: ast.expr) -> list[str]:
    if isinstance(node, ast.JoinedStr):
        return ["".join(re.escape(str(p.value)) if isinstance(p, ast.Constant) else "[^.]+" for p in node.values)]
    return [re.escape(node.value)] if isinstance(node, ast.Constant) and isinstance(node.value, str) else []


def named() -> Named:
    modules = sorted((ROOT / "maillage").rglob("*.py"))
    return [one for path in modules for one in named_in(path.read_text("utf-8"), path.relative_to(ROOT).as_posix())]


def texts(*folders: str) -> dict[str, str]:
    """Every text in French by its key, of these folders of the locale files ("" for those of the pages)."""
    return {
        key: text
        for file, entries in said("fr").items()
        for key, text in entries.items()
        if (file if file == "explorer" else file.rpartition("/")[0]) in folders
    }


def faults(uses: Named, known: dict[str, str]) -> Iterator[str]:
    """Keys that no text bears, and texts that speak of what is not given."""
    for where, pattern, given in uses:
        meant = [key for key in known if re.fullmatch(rf"{pattern}([.](one|other|[^.]*))?", key)]
        if given is not None and not meant:
            yield f"{where}: no text is called {pattern}"
        lacks = {place for key in meant for place in places_in(known[key])} - (given or set())
        if given is not None and lacks and "[^.]+" not in pattern:
            yield f"{where}: {pattern} lacks {', '.join(sorted(lacks))}"


def test_every_text_that_is_said_exists_and_speaks_of_what_is_given() -> None:
    assert list(faults(named(), texts("cli", ""))) == []
    known = {"fetch.kept": "{date}"}
    assert list(faults(named_in('say(lang, "fetch.lost")'), known)) == [r"x:1: no text is called fetch\.lost"]
    assert list(faults(named_in('say(lang, "fetch.kept", day=1)'), known)) == [r"x:1: fetch\.kept lacks date"]


def test_every_text_of_the_command_line_is_said() -> None:
    uses = [pattern for _, pattern, _ in named()]
    own = [key for key in texts("cli") if key.split(".")[1] not in HELP]
    assert [key for key in own if not any(re.fullmatch(rf"{pattern}([.].*)?", key) for pattern in uses)] == []
    assert len(own) > 100


def test_every_text_of_the_pages_is_used() -> None:
    """By its name, in a module, a template or a script."""
    kinds = {path for kind in ("py", "html", "js", "ts") for path in (ROOT / "maillage").rglob(f"*.{kind}")}
    for folder in ("templates", "explorer/src"):
        kinds |= {path for path in (ROOT / "visualize" / folder).rglob("*.*") if path.is_file()}
    written = "\n".join(path.read_text("utf-8") for path in sorted(kinds))
    words = set(re.findall(r"\w+", written))
    begun = tuple(word for word in words if word.endswith("_"))  # of names that are made: "col_" and a column
    own = {key.split(".")[1] for key in texts("", "explorer") if "." in key and key.split(".")[0] not in BY_DATA}
    ends = tuple(word for word in words if word.startswith("_"))
    made = {name for name in own if name.startswith(begun) or name.endswith(ends) or name.replace("_", "-") in written}
    assert sorted(own - words - made) == []


# --- what the commands are ------------------------------------------------------------------------------


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("name", COMMANDS)
def test_each_command_and_option_is_explained(name: str, lang: str) -> None:
    bare = with_shared_options(load(COMMANDS[name]))
    told = explain(bare, name, lang)
    assert told.help
    assert section(lang, name)["summary"]
    assert [option.opts for option in told.params if isinstance(option, click.Option) and not option.help] == []
    assert [option.opts for option in bare.params if isinstance(option, click.Option) and option.help] == []


def test_no_option_is_explained_that_no_command_has() -> None:
    taken = {name: _flags(with_shared_options(load(target))) for name, target in COMMANDS.items()}
    taken["maillage"] = set().union(*taken.values(), {"version"})
    own = {name: set(words.get("options", {})) for name, words in table("cli/*", "fr").items() if name in taken}
    assert {name: flags - taken[name] for name, flags in own.items() if flags - taken[name]} == {}


def _flags(command: click.Command) -> set[str]:
    options = [option for option in command.params if isinstance(option, click.Option)]
    return {max(option.opts, key=len).lstrip("-") for option in options}


# --- a third language -----------------------------------------------------------------------------------

GERMAN = {
    "Langue (ou MAILLAGE_LANG)": "Sprache (oder MAILLAGE_LANG)",
    "Prendre les fichiers d'une source\n": "Die Dateien einer Quelle holen\n",
    "Vocabulaire : {file}": "Vokabular: {file}",
    "Aucune question ne s'appelle « {name} ».": "Keine Frage heißt „{name}“.",
}


@pytest.fixture(scope="module")
def german(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home whose locale files are those of French under another name, with some words of its own."""
    home = tmp_path_factory.mktemp("german")
    for folder in ("ontology", "data", "graph", "queries"):
        (home / folder).symlink_to(bundled_folder(folder))
    shutil.copytree(
        bundled_folder("visualize"), home / "visualize", ignore=shutil.ignore_patterns("node_modules", "dist")
    )
    for path in (home / "visualize" / "locales").rglob("*fr.yml"):
        text = path.read_text("utf-8")
        for french, own in GERMAN.items():
            text = text.replace(french, own)
        path.with_name(path.name.replace("fr.yml", "de.yml")).write_text(text, encoding="utf-8")
    return home


@pytest.mark.parametrize(
    ("words", "shown"),
    [
        (("--help",), ("Die Dateien einer Quelle holen", "Sprache (oder MAILLAGE_LANG)", "--lang [fr|de|en]")),
        (("fetch", "--help"), ("Sprache (oder MAILLAGE_LANG)",)),
        (("ask", "--list"), ("partners-of",)),
        (("ask", "partner-of"), ("Keine Frage heißt „partner-of“.",)),
        (("ontology", "folder"), ("Vokabular: folder/index.de.html",)),
    ],
)
def test_a_third_language_is_a_set_of_files(words: tuple[str, ...], shown: tuple[str, ...], german: Path) -> None:
    environment = os.environ | {"MAILLAGE_HOME": str(german), "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-m", "maillage", "--lang", "de", *words]
    done = subprocess.run(command, cwd=german, env=environment, capture_output=True, text=True, check=False)
    assert [text for text in shown if text not in done.stdout + done.stderr] == []
    assert "Traceback" not in done.stderr


def test_words_of_a_card_in_a_language_that_it_lacks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("maillage.locales.LANGUAGES", ("fr", "de", "en"))
    assert in_every({"fr": "un", "en": "one"}) == {"fr": "un", "en": "one", "de": "un"}
    assert in_every({"fr": "un"}) == {"fr": "un", "de": "un"}
    assert in_every({}) == {}
    assert say("de", "fetch.kept", date="1") == "La copie du 1 reste en place."


# --- no words in the program ----------------------------------------------------------------------------


def test_no_module_holds_french_or_chooses_by_language() -> None:
    codes = {path.relative_to(ROOT).as_posix(): path.read_text("utf-8") for path in (ROOT / "maillage").rglob("*.py")}
    spoken = {name: detectors.french(code) for name, code in codes.items() if name not in WORD_LISTS}
    assert {name: found for name, found in spoken.items() if found} == {}
    assert {name: found for name, code in sorted(codes.items()) if (found := detectors.languages_apart(code))} == {}
    assert detectors.french('x = f"La copie du {date} reste en place."')
    assert detectors.french('x = "Écriture"')
    assert not detectors.french('"""La copie du jour reste en place."""\nx = "the copy on the page, par avion"')
    apart = ('a if lang == "fr" else b', 'lang != "en"', '{"fr": a, "en": b}', '("fr", "en")', "f(fr=a, en=b)")
    for code in apart:
        assert detectors.languages_apart(code), code
    assert not detectors.languages_apart('rows["fr"]')

"""The command line as a whole: help in two languages, shared options, refusals, nothing heavy."""

import os
import resource
import subprocess
import sys
from pathlib import Path

import click
import pytest

from maillage import __version__
from maillage.cli import COMMANDS, command_line
from maillage.cli.lazy import LazyGroup, Settings
from maillage.errors import MachineError
from maillage.locales import section
from tests.conftest import ROOT

HEAVY = (
    "polars",
    "pyoxigraph",
    "rdflib",
    "pyshacl",
    "igraph",
    "networkx",
    "numpy",
    "pyvis",
    "IPython",
)
READING = "yaml"  # of texts, which are read when somebody is told one
CPU_SECONDS = 0.4


@click.command(help="Essayer")
@click.option("--size", type=click.IntRange(1, 3))
@click.option("--stop", type=click.Choice(["refuse", "ctrl-c", "extra", "defect", "code"]))
@click.pass_obj
def probe(settings: Settings, size: int | None, stop: str | None) -> None:
    stops = {
        "refuse": MachineError("no-build", folder="out"),
        "ctrl-c": KeyboardInterrupt(),
        "defect": ZeroDivisionError(),
    }
    stops["extra"] = ModuleNotFoundError("No module named 'pyvis'", name="pyvis")
    stops["code"] = click.exceptions.Exit(1)
    if stop:
        raise stops[stop]
    click.echo(f"{settings.lang} {settings.out} {size}")


def run(*words: str) -> int:
    return LazyGroup({"probe": f"{__name__}:probe"}).run(words)


@pytest.fixture(autouse=True)
def _no_language_set(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("MAILLAGE_LANG", raising=False)


@pytest.mark.parametrize(
    "words", [("--lang", "en", "--out", "there", "probe"), ("probe", "--lang", "en", "--out", "there")]
)
def test_shared_options_on_either_side_of_the_name(words: tuple[str, ...], capsys: pytest.CaptureFixture[str]) -> None:
    assert run(*words) == 0
    assert capsys.readouterr().out == f"en {Path('there')} None\n"


def test_the_nearer_one_wins(capsys: pytest.CaptureFixture[str]) -> None:
    assert run("--lang", "en", "probe", "--lang", "fr") == 0
    assert capsys.readouterr().out.startswith("fr ")


@pytest.mark.parametrize(("said", "lang"), [("en", "en"), ("fr", "fr"), ("klingon", "fr")])
def test_the_variable_gives_the_language(said: str, lang: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MAILLAGE_LANG", said)
    assert Settings().lang == lang


@pytest.mark.parametrize(
    ("lang", "words"), [("fr", "Langue (ou MAILLAGE_LANG)"), ("en", "Language (or MAILLAGE_LANG)")]
)
def test_help_speaks_one_language(lang: str, words: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("--lang", lang, "probe", "--help") == 0
    shown = capsys.readouterr().out
    assert "Essayer" in shown
    assert words in shown
    assert run("probe", "--lang", lang, "--help") == 0
    assert capsys.readouterr().out == shown


@pytest.mark.parametrize("name", COMMANDS)
def test_the_help_of_each_command_is_in_two_languages(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    shown = []
    for lang in ("fr", "en"):
        assert command_line(["--lang", lang, name, "--help"]) == 0
        shown.append(capsys.readouterr().out)
    assert shown[0] != shown[1]


def test_the_version_is_said(capsys: pytest.CaptureFixture[str]) -> None:
    assert command_line(["--version"]) == 0
    assert capsys.readouterr().out == f"maillage {__version__}\n"


def test_the_list_of_commands_is_in_two_languages(capsys: pytest.CaptureFixture[str]) -> None:
    for lang in ("fr", "en"):
        assert command_line(["--lang", lang, "--help"]) == 0
        shown = capsys.readouterr().out
        assert all(section(lang, name)["summary"][:40] in shown for name in COMMANDS)


@pytest.mark.parametrize(
    ("words", "code", "fr", "en"),
    [
        (("prob",), 2, "« prob » n'existe pas. Peut-être : probe.", "No such command 'prob'"),
        (("probe", "--siz", "1"), 2, "« --siz » n'existe pas. Peut-être : --size.", "No such option"),
        (("probe", "--size"), 2, "« --size » attend une valeur", "requires an argument"),
        (("probe", "--size", "9"), 2, "Il faut un nombre entier, de 1 à 3.", "not in the range"),
        (("probe", "--stop", "x"), 2, "Choisir parmi : refuse, ctrl-c", "is not one of"),
        (("probe", "more"), 2, "La commande est mal écrite", "unexpected extra argument"),
        (("probe", "--stop", "refuse"), 3, "maillage build", "Run maillage build"),
        (("probe", "--stop", "ctrl-c"), 130, "Interrompu.", "Interrupted."),
        (("probe", "--stop", "extra"), 3, "maillage[maps]", "maillage[maps]"),
    ],
)
def test_a_refusal_is_a_sentence(
    words: tuple[str, ...], code: int, fr: str, en: str, capsys: pytest.CaptureFixture[str]
) -> None:
    for lang, sentence in (("fr", fr), ("en", en)):
        assert run("--lang", lang, *words) == code
        said = capsys.readouterr()
        assert sentence in said.err
        assert said.out == ""
        assert "Traceback" not in said.err


def test_a_command_gives_its_exit_code() -> None:
    assert run("probe", "--stop", "code") == 1


def test_a_defect_keeps_its_traceback() -> None:
    with pytest.raises(ZeroDivisionError):
        run("probe", "--stop", "defect")


def _help(*python: str, option: str = "--help") -> subprocess.CompletedProcess[str]:
    command = [sys.executable, *python, "-m", "maillage", option]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)


def test_help_imports_nothing_heavy() -> None:
    for option, more in (("--help", {READING}), ("--version", set[str]())):
        said = _help("-X", "importtime", option=option).stderr
        imported = {line.rpartition("|")[2].strip() for line in said.splitlines()}
        assert imported & {"maillage.cli", READING, *HEAVY} == {"maillage.cli", *more}


def test_help_is_quick() -> None:
    _help()  # the first run writes the bytecode
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    _help()
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    assert after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime < CPU_SECONDS


def test_a_closed_pipe_is_no_error() -> None:
    reader, writer = os.pipe()
    os.close(reader)
    command = [sys.executable, "-m", "maillage", "--help"]
    done = subprocess.run(command, cwd=ROOT, stdout=writer, stderr=subprocess.PIPE, text=True, check=False)
    os.close(writer)
    assert "Traceback" not in done.stderr

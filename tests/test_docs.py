"""The manual is true: its pages are fresh, its links lead somewhere, and every command it shows runs."""

import io
import re
import shlex
from pathlib import Path

import click
import pytest

from maillage.cli import COMMANDS, command_line, manual
from maillage.cli.lazy import LazyGroup
from maillage.locales import LANGUAGES
from maillage.queries import catalogue
from maillage.queries.run import run
from maillage.store import EmbeddedStore
from maillage.visualize.map.spec import map_names
from tests.conftest import ROOT

PAGES = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").rglob("*.md"))]
RUN = [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]
SLOW = ("maillage run", "maillage serve", "maillage annotate")  # tested elsewhere, or they do not end
PORTAL = "maillage portal mon-portail"  # the session runs it once, for every test of the portal


def examples() -> list[tuple[str, str]]:
    """Each command once, with the first page that shows it."""
    found: dict[str, str] = {}
    for page in RUN:
        for block in re.findall(r"^```sh\n(.*?)^```", page.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL):
            lines = [line.partition("  #")[0].strip() for line in block.splitlines()]
            for line in lines:
                if "maillage" in line and not line.startswith(SLOW):
                    found.setdefault(line, page.name)
    return [(page, line) for line, page in found.items()]


def test_there_are_examples() -> None:
    assert len(examples()) > 10


RUN_HERE = [(page, line) for page, line in examples() if line != PORTAL]


@pytest.mark.sample(5)
@pytest.mark.parametrize(("page", "line"), RUN_HERE, ids=[f"{page}: {line}" for page, line in RUN_HERE])
def test_every_command_of_the_manual_runs(
    page: str, line: str, built_out: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    head, _, command = line.rpartition("| ") if " | " in line else ("", "", line)
    words = shlex.split(command)
    assert words[0] == "maillage", f"{page}: {line}"
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("sys.stdin", io.StringIO(shlex.split(head)[1] if head else ""))
    code = command_line([*words[1:], "--out", str(built_out)])
    said = capsys.readouterr()
    assert code == 0, said.err
    assert said.out or list(tmp_path.iterdir())


@pytest.mark.slow
@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_figures_of_the_readme_are_those_of_the_build(lang: str, default: EmbeddedStore) -> None:
    _, _, line = PAGES[0].read_text(encoding="utf-8").partition(f"<!-- counts {lang}: make pictures -->\n")
    said = {
        label.lower(): int(count)
        for count, label in re.findall(r"\*\*(\d+)\*\* ([^·\n]+?)(?= ·|\n)", line.partition("\n\n")[0] + "\n")
    }
    rows = run(default, "counts", {}, lang).rows()
    assert said == {str(row["whatLabel"]).lower(): row["count"] for row in rows if "-without-" not in str(row["what"])}


def test_the_portal_of_the_manual_is_that_of_the_session(article_portal: Path) -> None:
    assert PORTAL in [line for _, line in examples()]
    assert article_portal.name == PORTAL.rsplit(maxsplit=1)[-1]
    assert (article_portal / "index.html").is_file()


def test_the_page_of_commands_is_fresh() -> None:
    said = manual.PAGE.read_text(encoding="utf-8")
    assert said == manual.page(), "run python -m maillage.cli.manual"
    assert all(f"## `maillage {name}" in said for name in COMMANDS)


def test_every_question_and_map_is_in_the_manual() -> None:
    questions = (ROOT / "docs/reference/questions.md").read_text(encoding="utf-8")
    maps = (ROOT / "docs/reference/maps.md").read_text(encoding="utf-8")
    assert [name for name in catalogue() if f"### {name}" not in questions] == []
    assert [name for name in map_names() if f"`{name}`" not in maps] == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_links_between_pages_lead_somewhere(page: Path) -> None:
    targets = re.findall(r"\]\(([^)#\s]+)\)", page.read_text(encoding="utf-8"))
    local = [target for target in targets if not target.startswith("http")]
    assert [target for target in local if not (page.parent / target).exists()] == []


def shown() -> list[tuple[str, str]]:
    """Each command of a block that is not run (it needs files or a network), with the page that shows it."""
    return [
        (page.name, line.partition("  #")[0].removeprefix("$ ").strip())
        for page in RUN
        for block in re.findall(r"^```console\n(.*?)^```", page.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL)
        for line in block.splitlines()
        if line.startswith("$ maillage ")
    ]


@pytest.mark.parametrize(("page", "line"), shown(), ids=[f"{page}: {line}" for page, line in shown()])
def test_every_command_that_is_only_shown_can_be_typed(page: str, line: str) -> None:
    """Its command, its options and the number of its words are those of the program."""
    words = shlex.split(line)[1:]
    command: click.Command = LazyGroup(COMMANDS)
    while isinstance(command, click.Group):
        found = command.get_command(click.Context(command), name := words.pop(0))
        assert found, f"{page}: there is no command {name}"
        command = found
    _, extra, _ = command.make_parser(click.Context(command)).parse_args(words)
    assert extra == [], f"{page}: {line}"

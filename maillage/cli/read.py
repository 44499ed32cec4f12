"""`maillage read`: what a text, or each text of a folder, is proposed to state."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from maillage.cli.lazy import Settings, endpoint_option
from maillage.errors import FileError, MaillageError
from maillage.files import short_path, write_whole
from maillage.locales import say, section

if TYPE_CHECKING:
    from maillage.reading.gazetteer import Gazetteer
    from maillage.reading.intake import About
    from maillage.reading.proposals import TextStatement
    from maillage.reading.reader import TextReading
    from maillage.sources.text import Text

FORMATS = ("text", "json")
PASSAGE_COLUMNS = ("key", "paragraph", "start", "end", "first_words", "last_words", "row", "status")
STATUSES = ("check", "sure")


@click.command(params=[endpoint_option()])
@click.argument("text", metavar="FILE|FOLDER|URL|-")
@click.option("--date", metavar="YYYY-MM-DD", type=click.DateTime(["%Y-%m-%d"]))
@click.option("--publisher")
@click.option("--title")
@click.option("--format", "form", type=click.Choice(FORMATS), default=FORMATS[0])
@click.option("-o", "--output", "target", type=click.Path(path_type=Path))
@click.option("--source")
@click.option("--page")
@click.option("--text-out", metavar="FILE", type=click.Path(dir_okay=False, path_type=Path))
@click.pass_obj
def read(
    settings: Settings, text: str, date: Any, publisher: str | None, title: str | None, form: str,
    target: Path | None, text_out: Path | None, source: str | None, page: str | None,
) -> None:  # fmt: skip
    from maillage.reading.intake import STANDARD_INPUT, About, is_address, take
    from maillage.reading.reader import read_text

    about = About(title or "", publisher or "", f"{date:%Y-%m-%d}" if date else "")
    if text != STANDARD_INPUT and not is_address(text) and Path(text).is_dir():
        _read_folder(settings, Path(text), about, target)
        return
    intake = take(text, about)
    if text_out:
        write_whole(text_out.absolute(), intake.text.content.encode())
    if source:
        body = _rows(intake.text, source, page or "")
    else:
        reading = read_text(intake, _gazetteer(settings)[0])
        body = _as_json(reading) if form == "json" else "\n".join(_lines(reading, settings.lang)).encode() + b"\n"
    if target:
        write_whole(target.absolute(), body)
        click.echo(f"-> {short_path(target.absolute())}", err=True)
    else:
        click.echo(body.decode(), nl=False)


def _gazetteer(settings: Settings) -> "tuple[Gazetteer, str]":
    """The names of the graph, and which graph they are of."""
    from maillage.reading.gazetteer import gazetteer_of, names_query

    with settings.open() as graph:
        return gazetteer_of(graph.store.ask(names_query())), graph.release


def _as_json(reading: "TextReading") -> bytes:
    from maillage.reading.gather import to_bytes
    from maillage.reading.proposals import as_json

    return to_bytes(as_json(reading.intake.text.checksum, reading.told))


def _rows(text: "Text", source: str, page: str) -> bytes:
    """The passage behind each row of a source, as CSV: what `passages.csv` asks, and the row that it is for."""
    from maillage.graph.build import read_all
    from maillage.graph.names import names_of_one
    from maillage.reading.rows import Rows
    from maillage.sources.card import read_card
    from maillage.sources.rows import to_csv

    card, read = read_card(source), read_all()
    found = Rows(text, card.name, read.index, names_of_one(read.index, read.decisions), page).passages()
    rows = [
        (f"r-{one.record.key}", one.paragraph, one.start, one.end, one.first_words, one.last_words, one.record.place,
         STATUSES[one.sure])
        for one in found
    ]  # fmt: skip
    return to_csv([PASSAGE_COLUMNS, *rows]).encode()


def _read_folder(settings: Settings, folder: Path, about: "About", target: Path | None) -> None:
    """Each text into a file of its own, and all into `summary.json`; what is there already stays."""
    from maillage.reading.gather import gather
    from maillage.reading.intake import texts_under

    paths = texts_under(folder)
    if not paths:
        raise FileError("no-texts", folder=short_path(folder))
    place = (target or folder.with_name(f"{folder.name}-proposals")).absolute()

    def tell(name: str, error: MaillageError | None) -> None:
        if error:
            click.echo(f"{name} : {error.sentence(settings.lang)}", err=True)

    named = [(path.relative_to(folder).as_posix(), path) for path in paths]
    summary = gather(named, place, about, *_gazetteer(settings), tell)
    words = section(settings.lang, "read")
    click.echo(say(settings.lang, "read.texts", n=summary["texts"], failed=len(summary["failed"])))
    for row in summary["proposals"]:
        click.echo(f"  {row['n']:>5}  {words['kinds'][row['kind']]}, {words['statuses'][row['status']]}")
    click.echo(say(settings.lang, "read.unknown", n=len(summary["unknown_bodies"])))
    for row in summary["unknown_bodies"][:20]:
        click.echo(f"  {row['n']:>5}  {row['label']}")
    click.echo(say(settings.lang, "read.contradictions", n=len(summary["contradictions"])))
    for row in summary["contradictions"]:
        click.echo(say(settings.lang, "read.contradiction", **row))
    click.echo(f"-> {short_path(place)}", err=True)


def _lines(reading: "TextReading", lang: str) -> Iterator[str]:
    """What a terminal shows: first what is sure, then what is to check; each with its reason and its words."""
    about, told = reading.intake.about, reading.told
    words, ids = section(lang, "read"), {one.id: one for one in told}
    yield " · ".join(filter(None, (about.title, about.publisher, about.date)))
    if not told:
        yield words["nothing"]
    for status in ("sure", "check"):
        chosen = [one for one in told if one.status == status]
        if chosen:
            yield f"\n{words['headings'][status].format(n=len(chosen))}"
        for one in chosen:
            yield f"  {words['kinds'][one.kind]:<14} {_sentence(one, ids, lang)}"
            said = " ".join(reading.intake.text.at(one.start, one.end).split())
            because = one.because.replace("+", ", ").split(", ")  # "+": a pattern that rests on a sentence before
            why = ", ".join(words["reasons"].get(reason, reason) for reason in because)
            yield f"  {'':<14} « {said if len(said) < 100 else said[:97] + '…'} » ({why})"
    if not about.date:
        yield f"\n{words['no-date']}"
    if not about.publisher:
        yield words["no-publisher"]


def _sentence(one: "TextStatement", ids: "dict[str, TextStatement]", lang: str) -> str:
    from maillage.ontology import labels
    from maillage.terms import concept_iri

    said = dict(one.said)
    if one.kind == "participation":
        body, activity = ids[said["body"]].said["label"], ids[said["activity"]].said["label"]
        role, certainty = (labels(concept_iri(scheme, said[scheme]))[lang] for scheme in ("role", "certainty"))
        return f"{body} — {role} — {activity} ({certainty})"
    if one.kind == "fact":
        aim = ids[said["object"]].said["label"] if said["object"] in ids else said["object"]
        return (
            f"{ids[said['subject']].said['label']} — {section(lang, 'read')['predicates'][said['predicate']]} — {aim}"
        )
    days = " – ".join(dict.fromkeys(filter(None, (said.get("start"), said.get("end")))))
    return " · ".join(filter(None, (said["label"], days, said.get("place"))))

"""`maillage enrich`: what other sources say of the bodies whose kind, territory or number the graph lacks.

Each answer is written at once, as a row of `data/enrichment/`; what is answered is not asked again.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import click

from maillage.cli.identity import ask_key, today
from maillage.cli.lazy import Settings
from maillage.errors import FileError, Finding, FindingsError, MaillageError, Phrase, QuestionError, SourceError
from maillage.files import by_suffix, out_folder, short_path, write_whole
from maillage.locales import LANGUAGES, say, say_all, section

if TYPE_CHECKING:
    from maillage.graph.offers import Candidate, Offer, Reason, Subject
    from maillage.sources.card import Card
    from maillage.sources.fetch.companies import CompanySearch

COMPANIES = "companies"
MOST = 9  # offers of a question, a key each; reasons of an offer
COLUMNS = ("name", "ties", "thing", "property", "value", "label", "certainty", "sources", "for", "against", "answer")


@click.command()
@click.option("--body", metavar="IRI|NAME")
@click.option("--only", type=click.Choice(("kind", "territory", "identifier")))
@click.option("--source", "names", metavar="SOURCE", multiple=True)
@click.option("--list", "listing", is_flag=True)
@click.option("-o", "--output", "target", type=click.Path(dir_okay=False, path_type=Path))
@click.option("--answers", metavar="FILE", type=click.Path(path_type=Path))
@click.option("--as", "role", default="curator")
@click.pass_obj
def enrich(
    settings: Settings, body: str | None, only: str | None, names: tuple[str, ...], listing: bool,
    target: Path | None, answers: Path | None, role: str,
) -> None:  # fmt: skip
    from maillage.graph.enrichment import SOURCE
    from maillage.sources.card import read_card
    from maillage.sources.rows import to_csv

    if sum(map(bool, (listing, target, answers))) > 1:
        raise click.UsageError(say(settings.lang, "enrich.one-way"))
    if target:
        by_suffix(target, {"csv": "csv"})
        if target.exists():  # it may hold answers
            raise FileError("output-is-there", file=short_path(target))
    work = Enriching(settings, read_card(SOURCE), names, role)
    questions = work.questions(body, only)
    if target:
        rows = [work.cells(offer) for offers in questions for offer in offers]
        write_whole(target.absolute(), to_csv([COLUMNS, *rows]).encode())
        click.echo(say(settings.lang, "enrich.listed", n=len(rows), file=short_path(target.absolute())))
    elif listing:
        texts = [work.question_text(place, offers) for place, offers in enumerate(questions, start=1)]
        click.echo("\n".join(texts or [say(settings.lang, "enrich.none")]))
    else:
        count = work.read_back(answers, questions) if answers else work.ask(questions)
        click.echo(say(settings.lang, "enrich.written", n=count, folder=short_path(work.card.folder)))


@dataclass
class Enriching:
    """One command line; `names`: the sources to ask, all where there is none."""

    settings: Settings
    card: "Card"
    names: tuple[str, ...]
    role: str
    search: "CompanySearch | None" = None
    is_offline: bool = False

    def questions(self, body: str | None, only: str | None) -> "Iterator[list[Offer]]":
        """The offers for one property of one body, the body with most ties first; the search API is asked about a body
        when its turn comes. Raises `unknown-source` or `unknown-value`.
        """
        from maillage.graph.build import read_whole
        from maillage.graph.enrichment import SOURCE, keys_of, read_answers
        from maillage.graph.offers import Candidates, candidates, registers, subjects
        from maillage.graph.report import read_report

        out, done = out_folder(self.settings.out), read_answers(self.card)
        cards = {card.name: card for card in registers(self.card, out)}
        for name in (name for name in self.names if name not in (*cards, COMPANIES)):
            raise SourceError("unknown-source", name=name, known=", ".join((*cards, COMPANIES)))
        with self.settings.open() as graph:
            unknowns = graph.ask("unknowns", "fr").rows()
        report = read_report(out / "graph")["sources"]
        read = read_whole({*(one.get("folder", name) for name, one in report.items()), SOURCE}, out)
        every = _choose(subjects(unknowns, read.index.records, keys_of(read), only), body)
        wanted = [card for name, card in cards.items() if name in (self.names or cards)]
        known = Candidates((one for card in wanted for one in candidates(card, out)), read.decisions)
        for subject in every:
            lacking = [name for name in subject.lacks if (subject.thing, name, "") not in done]
            known.add(self.companies(subject) if lacking else ())
            for name in lacking:
                offers = [one for one in known.offers(subject, name) if (subject.thing, name, one.value) not in done]
                if offers:
                    yield offers

    def companies(self, subject: "Subject") -> "Iterable[Candidate]":
        """What the search API says under the number of a body, else under its name. When it fails, it is told once."""
        from maillage.graph.offers import company
        from maillage.sources.fetch.companies import CompanySearch

        if self.is_offline or (self.names and COMPANIES not in self.names):
            return []
        self.search = self.search or CompanySearch(self.card, out_folder(self.settings.out))
        numbers = sorted(code for code in subject.known["identifier"] if code.startswith("SIREN="))
        try:
            found = self.search.answer(numbers[0].removeprefix("SIREN=") if numbers else subject.names[0])
        except MaillageError as error:
            self.is_offline = True
            click.echo(say(self.settings.lang, "enrich.offline", said=error.message(self.settings.lang)), err=True)
            return []
        return [company(one, self.card) for one in found]

    def ask(self, questions: "Iterable[list[Offer]]") -> int:
        """Asks one question after the other; a key accepts an offer. How many answers were written."""
        words, count = section(self.settings.lang, "enrich"), 0
        for place, offers in enumerate(questions, start=1):
            click.echo(self.question_text(place, offers))
            keys = {str(number): offer for number, offer in enumerate(offers[:MOST], start=1)}
            asked = say(self.settings.lang, "enrich.asked", last=len(keys))
            answer = ask_key(asked, [*keys, *words["keys"]], self.settings.lang)
            if words["keys"].get(answer) == "quit":
                break
            if words["keys"].get(answer) != "skip":
                chosen = [keys[answer]] if answer in keys else offers
                count += self.write((one, answer in keys) for one in chosen)
        return count

    def write(self, answered: "Iterable[tuple[Offer, bool]]") -> int:
        from maillage.graph.enrichment import OfferAnswer, write_answers

        made = [OfferAnswer(one, said, self.role, today(), _note(one)) for one, said in answered]
        write_answers(self.card, made)
        return len(made)

    def read_back(self, path: Path, questions: "Iterable[list[Offer]]") -> int:
        """Writes the answers of a list that `-o` wrote. Raises FindingsError for each that no offer of today bears."""
        from maillage.graph.enrichment import read_answers
        from maillage.sources.rows import read_listing

        listing, done, file = read_listing(path), read_answers(self.card), short_path(path)
        meant = {word: said for lang in LANGUAGES for word, said in section(lang, "enrich")["answers"].items()}
        offers = {(one.subject.thing, one.name, one.value): one for some in questions for one in some}
        answered: list[tuple[Offer, bool]] = []
        faults, accepted, met = list[Finding](), set[tuple[str, str]](), set[tuple[str, str, str]]()
        rows = zip(*map(listing.column, ("thing", "property", "value", "answer")), strict=True)
        for line, (thing, name, value, answer) in enumerate(rows, start=2):
            if not answer or {(thing, name, ""), (thing, name, value)} & done:
                continue
            said = meant.get(answer.lower())
            if said is None:
                wanted = Phrase("cell-answer", known=", ".join(meant))
                faults.append(SourceError("bad-cell", value=answer, wanted=wanted).at(file, line, "answer"))
            elif (thing, name, value) not in offers:
                faults.append(SourceError("offer-gone", value=value).at(file, line, "value"))
            elif (said and (thing, name) in accepted) or (thing, name, value) in met:
                faults.append(SourceError("accepted-twice", value=value).at(file, line, "answer"))
            else:
                accepted |= {(thing, name)} if said else set()
                met.add((thing, name, value))
                answered.append((offers[thing, name, value], said))
        if faults:
            raise FindingsError(faults)
        return self.write(answered)

    def cells(self, offer: "Offer") -> list[object]:
        subject, said = offer.subject, self.words(offer)
        own = (subject.names[0], subject.ties, subject.thing, offer.name, offer.value)
        return [*own, said["label"], offer.certainty, said["sources"], said["pro"], said["con"], ""]

    def question_text(self, place: int, offers: "list[Offer]") -> str:
        subject, lang = offers[0].subject, self.settings.lang
        name = section(lang, "enrich")["properties"][offers[0].name]
        lines = [say(lang, "enrich.question", place=place, name=subject.names[0], ties=subject.ties, property=name)]
        for number, one in enumerate(offers[:MOST], start=1):
            lines.append(say(lang, "enrich.offer", place=number, value=one.value, **self.words(one)))
        return "\n".join([*lines, *([say(lang, "enrich.more", n=len(offers) - MOST)] if len(offers) > MOST else [])])

    def words(self, offer: "Offer") -> dict[str, str]:
        lang, sources = self.settings.lang, dict.fromkeys(one.title for one in offer.readings)
        pro, con = (_reasons(some, lang) for some in (offer.speaks_for, offer.speaks_against))
        return {"label": _label(offer, lang), "sources": " ; ".join(sources), "pro": pro, "con": con}


def _reasons(some: "Iterable[Reason]", lang: str) -> str:
    texts = [say(lang, f"enrich.reasons.{code}", detail=detail) for code, detail in some]
    return ", ".join([*texts[:MOST], *(["…"] if len(texts) > MOST else [])]) or say(lang, "enrich.nothing")


def _note(offer: "Offer") -> str:
    """Why an answer was given, in the language of the cards."""
    pro, con = (_reasons(some, LANGUAGES[0]) for some in (offer.speaks_for, offer.speaks_against))
    return say(LANGUAGES[0], "enrich.note", pro=pro, con=con)


def _choose(every: "dict[str, Subject]", body: str | None) -> "list[Subject]":
    """The body of that IRI, or those of that name; all where none is asked. Raises `unknown-value`."""
    from maillage.sources.cells import nearest
    from maillage.terms import fold

    wanted = fold(body or "")
    found = [one for iri, one in every.items() if body in (None, iri) or wanted in map(fold, one.names)]
    if body and not found:
        near = nearest(body, sorted({one.names[0] for one in every.values()}))
        raise QuestionError("unknown-value", value=body, kind=say_all("enrich.lacking"), nearest=near)
    return found


def _label(offer: "Offer", lang: str) -> str:
    """What a person reads of a value; nothing for a number."""
    from maillage.ontology import labels
    from maillage.sources.territories import places
    from maillage.terms import concept_iri

    if offer.name == "territory":
        return next((place.name for place in places() if place.key == offer.value), "")
    return labels(concept_iri("organisation-kind", offer.value)).get(lang, "") if offer.name == "kind" else ""

"""`maillage enrich`: what other sources say of the bodies whose kind, territory or number the graph lacks.

Each answer is written at once, as a row of `data/enrichment/`; what is answered is not asked again.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import click

from maillage.cli.identity import ask_key, tell_at_end, today
from maillage.cli.lazy import Settings
from maillage.errors import FileError, Finding, FindingsError, MaillageError, Phrase, QuestionError, SourceError
from maillage.files import by_suffix, out_folder, short_path, write_whole
from maillage.locales import LANGUAGES, say, say_all, section

if TYPE_CHECKING:
    from maillage.graph.offers import Candidate, Offer, Reason, SourceValue, Subject
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
    elif answers:
        click.echo(work.written_text(work.read_back(answers, questions)))
    else:
        work.ask(questions)
    work.tell_answered()


@dataclass
class Enriching:
    """One command line; `names`: the sources to ask, all where there is none. `narrow`: options that leave some out;
    `looked`: properties looked for; `titles`: those of what was asked; `answered`: the rows of answers met again.
    """

    settings: Settings
    card: "Card"
    names: tuple[str, ...]
    role: str
    search: "CompanySearch | None" = None
    is_offline: bool = False
    narrow: list[str] = field(default_factory=list)
    looked: set[tuple[str, str]] = field(default_factory=set)
    titles: set[str] = field(default_factory=set)
    answered: list[str] = field(default_factory=list)

    def questions(self, body: str | None, only: str | None) -> "Iterator[list[Offer]]":
        """The offers for one property of one body, the body with most ties first; the search API is asked about a body
        when its turn comes. Raises `unknown-value`, or as `cards`.
        """
        from maillage.graph.build import read_whole
        from maillage.graph.enrichment import SOURCE, keys_of, read_answers
        from maillage.graph.offers import Candidates, candidates, subjects
        from maillage.graph.report import read_report

        out, done, wanted = out_folder(self.settings.out), read_answers(self.card), self.cards()
        self.narrow = [f"--{name}" for name, given in (("body", body), ("only", only)) if given]
        with self.settings.open() as graph:
            unknowns = graph.ask("unknowns", "fr").rows()
        report = read_report(out / "graph")["sources"]
        read = read_whole({*(one.get("folder", name) for name, one in report.items()), SOURCE}, out)
        every = _choose(subjects(unknowns, read.index.records, keys_of(read), only), body)
        known = Candidates((one for card in wanted for one in self.note_titles(candidates(card, out))), read.decisions)
        for subject in every:
            self.looked |= {(subject.thing, name) for name in subject.lacks}
            self.answered += [done[key] for name in subject.lacks if (key := (subject.thing, name, "")) in done]
            lacking = [name for name in subject.lacks if (subject.thing, name, "") not in done]
            known.add(self.companies(subject) if lacking else ())
            for name in lacking:
                offers = known.offers(subject, name)
                refused = {one.value: done.get((subject.thing, name, one.value)) for one in offers}
                self.answered += filter(None, refused.values())
                if offers := [one for one in offers if not refused[one.value]]:
                    yield offers

    def cards(self) -> "list[Card]":
        """Those of the registers to ask. Raises `unknown-source`, `not-offered`, or `not-fetched` for one that is
        named, and whose files are not here.
        """
        from maillage.graph.offers import registers
        from maillage.sources.card import card_names
        from maillage.sources.copies import fetched_folder, has_copy

        cards, out = {card.name: card for card in registers(self.card)}, out_folder(self.settings.out)
        for name in (name for name in self.names if name not in (*cards, COMPANIES)):
            known = ", ".join((*cards, COMPANIES))
            if name in card_names():
                raise QuestionError("not-offered", name=name, known=known)
            raise SourceError("unknown-source", name=name, known=known)
        for name in (name for name in self.names if name in cards and cards[name].fetch):
            fetched_folder(out, name)
        here = [card for card in cards.values() if not card.fetch or has_copy(card.name, out)]
        return [card for card in here if card.name in (self.names or cards)]

    def note_titles(self, some: "Iterable[Candidate]") -> "Iterator[Candidate]":
        for one in some:
            self.titles.update(reading.title for readings in one.readings.values() for reading in readings)
            yield one

    def companies(self, subject: "Subject") -> "Iterable[Candidate]":
        """What the search API says under the number of a body, else under its name. When it fails, it is told once."""
        from maillage.graph.offers import company
        from maillage.sources.fetch.companies import CompanySearch

        if self.is_offline or (self.names and COMPANIES not in self.names):
            return []
        self.titles.add(self.card.facts["companies"]["publisher"])
        self.search = self.search or CompanySearch(self.card, out_folder(self.settings.out))
        numbers = sorted(code for code in subject.known["identifier"] if code.startswith("SIREN="))
        try:
            found = self.search.answer(numbers[0].removeprefix("SIREN=") if numbers else subject.names[0])
        except MaillageError as error:
            self.is_offline = True
            self.titles.discard(self.card.facts["companies"]["publisher"])
            click.echo(say(self.settings.lang, "enrich.offline", said=error.message(self.settings.lang)), err=True)
            return []
        return [company(one, self.card) for one in found]

    def ask(self, questions: "Iterable[list[Offer]]") -> None:
        """Asks one question after the other; a key accepts an offer. However it ends, says how many are written."""
        words, count = section(self.settings.lang, "enrich"), 0
        with tell_at_end(lambda: self.written_text(count)):
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

    def written_text(self, count: int) -> str:
        return say(self.settings.lang, "enrich.written", n=count, folder=short_path(self.card.folder))

    def tell_answered(self) -> None:
        if self.answered:
            rows = ", ".join([*self.answered[:MOST], *(["…"] if len(self.answered) > MOST else [])])
            click.echo(say(self.settings.lang, "enrich.answered", n=len(self.answered), rows=rows))

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
        self.answered = []  # those of the list alone
        rows = zip(*map(listing.column, ("thing", "property", "value", "answer", "sources")), strict=True)
        for line, (thing, name, value, answer, sources) in enumerate(rows, start=2):
            said, before = meant.get(answer.lower()), done.get((thing, name, ""), done.get((thing, name, value)))
            if not answer:
                continue
            if before:
                self.answered.append(f"{file}:{line} ({before})")
            elif said is None:
                wanted = Phrase("cell-answer", known=", ".join(meant))
                faults.append(SourceError("bad-cell", value=answer, wanted=wanted).at(file, line, "answer"))
            elif (thing, name, value) not in offers:
                left = self.left_out(thing, name, sources)
                error = SourceError("offer-unasked", value=value, left=left) if left else None
                faults.append((error or SourceError("offer-gone", value=value)).at(file, line, "value"))
            elif (said and (thing, name) in accepted) or (thing, name, value) in met:
                faults.append(SourceError("accepted-twice", value=value).at(file, line, "answer"))
            else:
                accepted |= {(thing, name)} if said else set()
                met.add((thing, name, value))
                answered.append((offers[thing, name, value], said))
        if faults:
            raise FindingsError(faults)
        return self.write(answered)

    def left_out(self, thing: str, name: str, sources: str) -> str:
        """What kept an offer of a list from being looked for: options, or its sources, of which none was asked."""
        if self.narrow and (thing, name) not in self.looked:
            return ", ".join(self.narrow)
        return "" if any(title in sources for title in self.titles) else sources

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
        lang, sources = self.settings.lang, dict.fromkeys(_source(one, self.settings.lang) for one in offer.readings)
        pro, con = (_reasons(some, lang) for some in (offer.speaks_for, offer.speaks_against))
        return {"label": _label(offer.name, offer.value, lang), "sources": " ; ".join(sources), "pro": pro, "con": con}


def _source(one: "SourceValue", lang: str) -> str:
    from maillage.credit.licence import find_licence

    if not one.licence:
        return one.title
    return say(lang, "enrich.source", title=one.title, licence=find_licence(one.licence).labels[lang])


def _reasons(some: "Iterable[Reason]", lang: str) -> str:
    texts = [say(lang, f"enrich.reasons.{code}", detail=_detail(code, detail, lang)) for code, detail in some]
    return ", ".join([*texts[:MOST], *(["…"] if len(texts) > MOST else [])]) or say(lang, "enrich.nothing")


def _detail(code: str, detail: str, lang: str) -> str:
    """What a reason speaks of, as a person reads it; of two territories of one name, the code tells."""
    if code not in ("kind", "territory"):
        return detail
    ends = {one: f" ({one.partition('-')[2]})" if code == "territory" else "" for one in detail.split(", ")}
    return ", ".join(f"{label}{end}" if (label := _label(code, one, lang)) else one for one, end in ends.items())


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


def _label(name: str, value: str, lang: str) -> str:
    """What a person reads of a value; nothing for a number."""
    from maillage.graph.offers import name_places
    from maillage.ontology import labels
    from maillage.terms import concept_iri

    if name == "territory":
        return name_places().get(value, ("", ()))[0]
    return labels(concept_iri("organisation-kind", value)).get(lang, "") if name == "kind" else ""

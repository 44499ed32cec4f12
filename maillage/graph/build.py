"""The build: sources in, a validated graph out, written aside and swapped in whole."""

import fcntl
from collections import Counter
from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path

import pyoxigraph as ox

from maillage.errors import Finding, FindingsError, MachineError, MaillageError, SourceError
from maillage.files import folder_aside, short_path
from maillage.graph.assemble import Assembly, assemble, resolver
from maillage.graph.canonical import digest_of, write_canonical
from maillage.graph.identity import (
    Decision,
    Identities,
    assign,
    conflicts,
    decisions,
    published_iris,
    unpublished_findings,
)
from maillage.graph.mapping import Mapping
from maillage.graph.names import names_of_one, namesakes
from maillage.graph.premises import premises
from maillage.graph.report import unresolved_references, write_report
from maillage.graph.rules import Rule, apply_rules, read_rules
from maillage.graph.stream import append, count_streamed, load_samples
from maillage.graph.validate import set_aside, validate
from maillage.projection.write import write_columns
from maillage.reading.meaning import Meaning, resting
from maillage.sources import passages
from maillage.sources.card import Card, card_folder, card_names, read_card
from maillage.sources.cells import Value
from maillage.sources.copies import date_card
from maillage.sources.defaults import licence_iri
from maillage.sources.index import Index
from maillage.sources.records import Record, read_records, read_referred
from maillage.sources.subset import (
    absent_sources,
    choose_sources,
    drop_absent,
    drop_dead_references,
    drop_stray_codes,
    drop_unjoined,
)
from maillage.sources.text import Text
from maillage.store.local import EmbeddedStore
from maillage.store.search import named_bodies, write_index
from maillage.terms import PARTIES, compact, graph_iri

Progress = Callable[[str], None]  # is told the step, by its key in the locale files
Sources = Collection[str] | None
OWN_MAPPINGS = ("source", "rule", "identity-decision")


def silent(_step: str) -> None:
    """Progress that nobody watches."""


@dataclass
class Inputs:
    """What the card folders say, before any RDF, and everything that is wrong with it."""

    cards: list[Card] = field(default_factory=list)
    index: Index = field(default_factory=lambda: Index([]))
    rules: list[Rule] = field(default_factory=list)
    decisions: list[Decision] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)

    @property
    def ranks(self) -> dict[str, int]:
        return {card.name: card.rank for card in self.cards}

    @property
    def registers(self) -> set[str]:
        """The fetched sources."""
        return {card.name for card in self.cards if card.fetch}


@dataclass(frozen=True)
class Build:
    """A graph in memory with its report (see `maillage report`) and the findings that did not stop it.

    Of long tables (see `stream`) it holds a sample alone; `build` writes the whole of them.
    """

    store: ox.Store
    report: dict[str, object]
    findings: list[Finding]
    inputs: Inputs = field(default_factory=Inputs)


def read_all(sources: Collection[str] | None = None, out: Path | None = None) -> Inputs:
    """Reads every card, row, mapping and rule; collects every fault instead of stopping at the first.

    `sources`: those to read (`choose_sources`); what is said of the others is then left out. `out`: where the fetched
    ones lie. Raises `unknown-source`, `not-fetched` or `bad-query`.
    """
    read, names = Inputs(), choose_sources(sources)
    records: list[Record] = []
    for name in names:
        try:
            card = date_card(read_card(name), out)
            licence_iri(card)
        except FindingsError as error:
            read.findings += error.findings
        except MaillageError as error:
            read.findings.append(error.at(short_path(card_folder(name) / "source.yml")))
        else:
            read.cards.append(card)
            rows, faults = read_records(card, out)
            records += rows
            read.findings += faults
    records += read_referred(read.cards, records, published_iris())
    known, unheld = drop_stray_codes(drop_absent(records, read.cards, sources is not None), read.cards)
    known, faults = drop_dead_references(known, read.cards)
    read.index, read.findings = Index(known), [*read.findings, *unheld, *faults]
    read.rules, faults = read_rules()
    read.findings += [*read.index.findings(), *faults, *_mapping_findings(read.cards)]
    own = [card.folder / "identity.csv" for card in read.cards]
    read.decisions, faults = decisions(read.index, absent_sources(names), own)
    read.findings += [*faults, *conflicts(read.decisions)]
    joined = {key for one in read.decisions if one.same for key in (one.a, one.b)}
    read.index = Index(drop_unjoined(read.index, joined, read.cards))
    read.decisions = [one for one in read.decisions if {one.a, one.b} <= read.index.by_key.keys()]
    if not set(choose_sources(None)) - set(names):  # what joins two bodies may be in a source that is left out
        read.findings += namesakes(read.index, read.decisions, read.cards)
    return read


def _mapping_findings(cards: list[Card]) -> list[Finding]:
    tables = [table for card in cards for table in card.tables]
    named = {*OWN_MAPPINGS, *(table.mapping for table in tables)}
    found = [finding for name in sorted(named) for finding in Mapping(name).findings()]
    return found + [finding for table in tables for finding in Mapping(table.mapping).column_findings(table)]


def read_whole(sources: Collection[str] | None = None, out: Path | None = None, undecided: bool = False) -> Inputs:
    """What the card folders say (see `read_all`), free of errors. Raises FindingsError too.

    `undecided`: for whoever is about to decide; bodies of one name that no decision tells of are no error then.
    """
    read = read_all(sources, out)
    _stop_on_errors([one for one in read.findings if not (undecided and one.error == "namesakes")])
    return read


def name_things() -> Identities:
    """Which IRI each thing of the sources bears now. Raises FindingsError."""
    read = read_whole()
    return assign(read.index, read.decisions, read.ranks, read.registers)


def make(
    progress: Progress = silent,
    sources: Collection[str] | None = None,
    out: Path | None = None,
    today: date | None = None,
    largest: int = PARTIES,
) -> Build:
    """Builds the graph in memory, of `sources` alone when they are given (see `read_all`).

    `today`, else the machine's, and `largest`: see `apply_rules`. Raises `unknown-source`, `not-fetched`, `bad-query`,
    or FindingsError with every fault that keeps the graph from being right.
    """
    progress("reading")
    read, day = read_all(sources, out), (today or datetime.now(UTC).date()).isoformat()
    _stop_on_errors(read.findings)
    identities = assign(read.index, read.decisions, read.ranks, read.registers)
    progress("mappings")
    assembly = assemble(read.cards, read.index, identities, read.rules, read.decisions)
    progress("rules")
    added, rule_faults = apply_rules(assembly.store, read.rules, day, largest)
    long, counts = load_samples(assembly.store, read.cards, out, read.index.territories, read.rules)
    progress("shapes")
    shaped = validate(assembly.store, assembly.places, _aside(read, identities))
    findings = [*read.findings, *assembly.findings, *rule_faults, *long, *shaped, *unpublished_findings(identities)]
    _stop_on_errors(findings)
    report = _report(read, assembly, added, findings) | {"streamed": counts, "today": day, "largest": largest}
    return Build(assembly.store, report, findings, read)


def _aside(read: Inputs, identities: Identities) -> set[str]:
    resolve, many = resolver(read.index, identities), {card.name for card in read.cards if card.by_record}

    def canonical_iri(record: Record) -> str:
        return identities.redirect(resolve(Value("thing", record.key, source=record.source)))

    aside = set_aside(read.index.records, many, canonical_iri)
    others = [record for record in read.index.records if record.source not in many]
    aside -= {canonical_iri(record) for record in others}
    aside -= {identities.redirect(resolve(one)) for record in others for one in record.values.get("thing", [])}
    return aside | {old for old, new in identities.canonical.items() if new in aside}


def _stop_on_errors(findings: list[Finding]) -> None:
    if errors := [finding for finding in findings if finding.severity == "error"]:
        raise FindingsError(errors)


def check(texts: Path, sources: Collection[str] | None = None) -> list[Finding]:
    """Every finding, errors and warnings, without writing anything. `texts`: where texts that were read may lie;
    `sources`: those to check alone (see `read_all`).
    """
    try:
        built = make(sources=sources)
        read, findings = built.inputs, built.findings
    except FindingsError as error:
        read, findings = read_all(sources), list(error.findings)
    meant = reread(read.cards, read.index, read.decisions, passages.texts_in(texts, read.cards))
    return list(dict.fromkeys([*findings, *meant]))


def reread(cards: Sequence[Card], index: Index, made: Sequence[Decision], texts: dict[str, Text]) -> list[Finding]:
    """Every fault between rows and the texts, by source, that they were read in; a warning where a text is absent.

    What a passage says is looked at once all passages of its source stand where they should.
    """
    names = names_of_one(index, made) if texts else {}
    found: list[Finding] = []
    for card in cards:
        if card.name in texts:
            text = texts[card.name]
            found += passages.check(text, card) or Meaning(card, text, index, names).findings()
        elif passages.has_passages(card):
            error = SourceError("no-text", count=len(resting(card, index)))
            found.append(error.at(short_path(card.file), None, "checksum", "warning"))
    return found


def _report(read: Inputs, assembly: Assembly, added: dict[str, int], findings: list[Finding]) -> dict[str, object]:
    rows = Counter(record.source for record in read.index.records)
    gone = Counter(record.source for record in read.index.records if record.dates and record.dates.gone_on)
    graphs = Counter(q.graph_name.value for q in assembly.store if isinstance(q.graph_name, ox.NamedNode))
    return {
        "sources": {
            card.name: {
                "rows": rows[card.name],
                **({"no_longer_listed": gone[card.name]} if card.fetch else {}),
                "statements": graphs.get(graph_iri("source", card.name), 0),
                # one that is none of `data/`, for who reads its card again
                **({} if card.name in card_names() else {"folder": str(card.folder)}),
            }
            for card in read.cards
        },
        "graphs": {compact(name): count for name, count in sorted(graphs.items())},
        "claims": assembly.claims,
        "rules": added,
        "records": dict(sorted(assembly.statement_counts.items())),
        "findings": dict(sorted(Counter(finding.severity for finding in findings).items())),
        "unresolved": unresolved_references(findings),
    }


def build(
    out: Path, progress: Progress = silent, sources: Sources = None, today: date | None = None, largest: int = PARTIES
) -> Build:
    """Builds (see `make`), then puts the graph in the place of the last one under `out/graph` in one step.

    Writes `store/` (Oxigraph), `columns/` (Parquet), `names.db`, `graph.nq` (canonical) and `report.json`. Raises
    FindingsError, `store-in-use` (another build of this folder is at work) or CannotWrite; the last graph then stays.
    """
    with _alone(out):
        built = make(progress, sources, out, today, largest)
        progress("writing")
        with folder_aside(out / "graph") as folder:
            write(built, folder, out, progress)
            progress("swap")
    return built


def write(built: Build, folder: Path, out: Path, progress: Progress = silent) -> None:
    """Writes a graph with the whole of its long tables, which lie under `out`, as `build` does."""
    dump = folder / "graph.nq"
    write_canonical(built.store, dump)
    if append(dump, built.inputs.cards, out, built.inputs.index.territories, built.inputs.rules):
        count_streamed(built.report, dump)
    built.report["digest"] = found = digest_of(dump)
    write_report(built.report, folder)
    progress("loading")
    store = ox.Store(str(folder / "store"))
    store.bulk_load(path=str(dump), format=ox.RdfFormat.N_QUADS)
    store.flush()
    write_index(folder, named_bodies(EmbeddedStore(store)), found)
    write_columns(dump, folder, found, premises())


@contextmanager
def _alone(out: Path) -> Iterator[None]:
    out.mkdir(parents=True, exist_ok=True)
    with (out / ".building").open("w") as handle:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            raise MachineError("store-in-use", folder=short_path(out)) from error
        yield

"""The rows of a sheet as written, each cell read by itself, its faults where it stands: drafts. They become rows of the
standard tables: a key each, every name of another row found, or the row is refused.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from maillage.errors import AmbiguousTerritory, Finding, MaillageError, SheetError, SourceError
from maillage.sources.cells import KEY
from maillage.sources.sheet.existing import ExistingThing, Registry, Territories
from maillage.sources.sheet.grid import Place
from maillage.sources.sheet.plan import SheetPlan
from maillage.sources.sheet.reading import Reader
from maillage.sources.sheet.template import NAMED_TABLES, SAME_AS, OtherRow, SheetColumn, SheetTable
from maillage.terms import fold, slug


@dataclass
class Draft:
    """A row: what its cells say in the standard form, but for those that name another row, which stay as written.

    `place`: `labo.xlsx, Organisations:7`; `places`: where each column was read; `is_refused`: it has a fault.
    """

    table: SheetTable
    place: str
    cells: dict[str, str] = field(default_factory=dict)
    places: dict[str, Place] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)
    key: str = ""

    @property
    def is_refused(self) -> bool:
        return any(finding.severity == "error" for finding in self.findings)

    @property
    def names(self) -> list[str]:
        """Every name that the row gives itself, its own name first."""
        return [self.cells[name] for name in ("name", "acronym") if self.cells.get(name)]

    def blame(self, error: MaillageError, column: str, severity: str = "error") -> None:
        place = self.places.get(column) or self.where
        self.findings.append(error.at(*place, severity=severity))

    @property
    def where(self) -> Place:
        name, _, line = self.place.rpartition(":")
        return name, int(line), None


def drafts(plan: SheetPlan, territories: Territories) -> Iterator[Draft]:
    """A draft for each row below the titles that holds something in a column that is read."""
    reader = Reader(territories, plan.manner)
    for row in range(plan.header + 1, len(plan.grid.rows)):
        cells = plan.grid.rows[row]
        if any(cells[place] for place in plan.columns if place < len(cells)):
            yield _draft(plan, row, reader)


def _draft(plan: SheetPlan, row: int, reader: Reader) -> Draft:
    draft, cells = Draft(plan.table, f"{plan.grid.name}:{plan.grid.lines[row]}"), plan.grid.rows[row]
    if any(cells[len(plan.titles) :]):
        error = SourceError("wrong-cell-count", found=len(cells), expected=len(plan.titles))
        draft.findings.append(error.at(*draft.where))
    for place, column in plan.columns.items():
        if place < len(cells):
            at = plan.grid.place(row, place, plan.titles[place])
            formula = plan.grid.workbook and plan.grid.cell(row, place) in plan.grid.formulas
            _take(draft, column, "" if formula else cells[place], at, reader, _beside(plan, column, place, cells))
            if formula:
                draft.blame(SheetError("formula-cell"), column.name)
    for column in plan.table.columns:
        if column.name in plan.constants:
            _take(draft, column, plan.constants[column.name], draft.where, reader)
        if column.default and not draft.cells.get(column.name):
            draft.cells[column.name] = column.default
    return draft


def _beside(plan: SheetPlan, column: SheetColumn, own: int, cells: list[str]) -> list[str]:
    """What helps to read a cell: its title, and the cells of the row that are `beside` it."""
    others = [
        cells[place]
        for place, title in enumerate(plan.titles[: len(cells)])
        if place != own and (fold(title) in column.beside or plan.columns.get(place) == column)
    ]
    return [plan.titles[own], *filter(None, others)]


def _take(draft: Draft, column: SheetColumn, text: str, at: Place, reader: Reader, beside: Sequence[str] = ()) -> None:
    """Reads a cell; several columns of the sheet may fill one column that takes a list."""
    draft.places.setdefault(column.name, at)
    if not text:
        return
    try:
        read = reader.read(text, column.card, beside)
        draft.findings += [error.at(*at, severity="info") for error in reader.changes(text, column.card, beside)]
    except AmbiguousTerritory as error:
        draft.findings.append(error.at(*at, severity="warning"))
    except MaillageError as error:
        draft.findings.append(error.at(*at))
    else:
        before = draft.cells.get(column.name)
        draft.cells[column.name] = f"{before}|{read}" if before else read


KINDS = {"organisations": "organisation", "events": "event"}  # what the rows of a table are, in the graph
REFERENCE_KINDS = ("organisation", "event", "programme")
NEW = {"nouveau", "nouvelle", "new"}


@dataclass(frozen=True)
class Row:
    """A row of a standard table. `label`: its name for people; `place`: the row of the sheet that it was drawn from."""

    table: str
    mapping: str
    key: str
    label: str
    place: str
    cells: dict[str, str] = field(hash=False)
    places: dict[str, Place] = field(hash=False)


@dataclass(frozen=True)
class Same:
    """The word of whoever wrote the sheet that a row is a thing that we know."""

    key: str
    reference: str
    place: str


class Settlement:
    """The rows that can enter, those said to be known already, and every finding of every draft.

    `sheet` begins every key, so that what a sheet names never takes the IRI of something else, whatever enters
    the graph later.
    """

    def __init__(self, drafts: Iterable[Draft], held: Registry, sheet: str) -> None:
        self._drafts, self._held, self._sheet = list(drafts), held, sheet
        self._named: dict[str, list[Draft]] = defaultdict(list)
        self._taken: dict[str, Draft] = {}
        self.same: list[Same] = []
        for draft in self._drafts:
            self._require(draft)
            if draft.table.name in NAMED_TABLES:
                self._name(draft)
        self._resolve_all()
        self.rows = self._accepted_rows()
        self.same = [same for same in self.same if same.key in {row.key for row in self.rows}]
        self.findings: list[Finding] = [finding for draft in self._drafts for finding in draft.findings]

    def _require(self, draft: Draft) -> None:
        blamed = {(finding.file, finding.line, finding.column) for finding in draft.findings}
        for name in draft.table.required_columns:
            if not draft.cells.get(name) and draft.places.get(name, draft.where) not in blamed:
                draft.blame(SourceError("empty-cell"), name)

    def _name(self, draft: Draft) -> None:
        """Its key, and the names by which other rows may call it."""
        written = draft.cells.get("key") or slug(draft.cells.get("name", ""))
        if not KEY.fullmatch(written):
            if draft.cells.get("name"):
                draft.blame(SheetError("no-key", value=draft.cells["name"]), "name")
            return
        self._take_key(draft, f"{self._sheet}-{written}")
        for name in {fold(name) for name in (*draft.names, draft.key, written)} - {""}:
            self._named[name].append(draft)
        self._recognise(draft)

    def _take_key(self, draft: Draft, key: str) -> None:
        first = self._taken.setdefault(key, draft)
        if first is not draft:
            column = "key" if draft.cells.get("key") else "name"
            draft.blame(SourceError("duplicate-key", key=key, other=first.place), column)
        draft.key = key

    def _recognise(self, draft: Draft) -> None:
        """What the row says it is, or what its names look like."""
        said, kind = draft.cells.pop(SAME_AS, ""), KINDS[draft.table.name]
        if fold(said) in NEW:
            return
        if said:
            thing = self._held.find_by_iri(said)
            if thing is None or thing.kind != kind:
                draft.blame(SheetError("unknown-identifier", value=said), SAME_AS)
            else:
                self.same.append(Same(draft.key, thing.reference, draft.place))
        elif alike := self._held.alike(draft.names, [kind]):
            error = SheetError("looks-like", value=draft.names[0], candidates=_labels(alike))
            draft.blame(error, "name", "warning")

    def _resolve_all(self) -> None:
        """A row that names a refused row is refused, and so on: the rounds end, since each refuses one more."""
        for draft in self._drafts:
            for column in draft.table.columns:
                if column.card.type == "thing" and draft.cells.get(column.name):
                    draft.cells[column.name] = "|".join(self._references(draft, column))
        for draft in self._drafts:
            if draft.table.name not in NAMED_TABLES and not draft.is_refused:
                who = (draft.cells[name].rpartition(":")[2] for name in ("agent", "role", "activity"))
                given = draft.cells.get("key")
                self._take_key(draft, f"{self._sheet}-{given}" if given else "-".join(who))
        while sum(self._refuse_orphans(draft) for draft in self._drafts if not draft.is_refused):
            pass

    def _references(self, draft: Draft, column: SheetColumn) -> Iterator[str]:
        for item in draft.cells[column.name].split("|"):
            found = self._named.get(fold(item), [])
            thing = self._held.find_by_iri(item)
            if len(found) == 1:
                yield found[0].key
            elif found:
                candidates = ", ".join(row.key for row in found)
                draft.blame(SheetError("ambiguous-row", value=item, candidates=candidates), column.name)
            elif thing and thing.kind in REFERENCE_KINDS:
                yield thing.reference
            else:
                draft.blame(self._unknown(item), column.name)

    def _unknown(self, name: str) -> MaillageError:
        if alike := self._held.alike([name], REFERENCE_KINDS):
            return SheetError("known-elsewhere", value=name, candidates=_labels(alike))
        return SheetError("unknown-row", value=name)

    def _refuse_orphans(self, draft: Draft) -> bool:
        for column in draft.table.columns:
            keys = draft.cells.get(column.name, "").split("|") if column.card.type == "thing" else []
            if refused := [self._taken[key] for key in keys if key in self._taken and self._taken[key].is_refused]:
                draft.blame(SheetError("refused-row", value=refused[0].names[0]), column.name)
                return True
        return False

    def _accepted_rows(self) -> list[Row]:
        """The rows of the drafts that are not refused; what two drafts say in the same words is one row."""
        kept: dict[tuple[str, str], Row] = {}
        for draft in self._drafts:
            rows = [] if draft.is_refused else list(self._rows(draft))
            for row in rows:
                first = kept.get((row.table, row.key), row)
                if first.cells != row.cells:
                    draft.blame(SourceError("duplicate-key", key=row.key, other=first.place), "key")
            for row in [] if draft.is_refused else rows:
                kept.setdefault((row.table, row.key), row)
        return list(kept.values())

    def _rows(self, draft: Draft) -> Iterator[Row]:
        own = {column.name for column in draft.table.columns if not column.row}
        cells = {name: text for name, text in draft.cells.items() if name in own and name != SAME_AS}
        cells |= {"key": draft.key} | draft.table.constants
        label = (draft.names or [" · ".join(draft.cells[name] for name in ("agent", "role", "activity"))])[0]
        yield Row(draft.table.name, draft.table.mapping, draft.key, label, draft.place, cells, draft.places)
        for column in draft.table.columns:
            if column.row:
                for item in filter(None, draft.cells.get(column.name, "").split("|")):
                    yield self._other(draft, column, column.row, item, label)

    def _other(self, draft: Draft, column: SheetColumn, row: OtherRow, item: str, label: str) -> Row:
        if row.mapping == "participation":
            key = f"{item.rpartition(':')[2]}-{row.constants['role']}-{draft.key}"
        else:
            key = f"{draft.key}-{column.name}"
        cells = {"key": key, row.own: draft.key, row.cell: item} | row.constants
        label, places = f"{label} : {column.words['fr']}", {row.cell: draft.places[column.name]}
        return Row(row.table, row.mapping, key, label, draft.place, cells, places)


def _labels(things: list[ExistingThing]) -> str:
    return ", ".join(thing.label for thing in things)

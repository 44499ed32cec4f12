"""The one tree of errors. A class is what somebody catches; what an error says is a code.

The sentence of a code (what is wrong, where) and its cure (what to do) are format strings in
`visualize/locales/errors/`, a file a language, whose fields are the keyword arguments of the error. They are read
when somebody asks for a sentence. Exit codes: 1 the input is at fault, 2 the question or the command is at fault,
3 the machine (disk, lock, other process) is at fault.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from maillage.locales import LANGUAGES, in_every, table

SEVERITIES = ("error", "warning", "info")
_ENDS = {  # exit code and HTTP status of the codes that end otherwise than their class does
    (1, 500): "bad-header",
    (1, 502): "address-refused",
    (2, 400): "no-column output-is-input",
    (2, 403): "query-refused",
    (2, 404): "no-proposals no-such-import nothing-to-undo unknown-map unknown-question unknown-source unknown-value",
    (2, 406): "not-acceptable",
    (2, 409): "mixed-licences name-taken unknown-licence would-overwrite",
    (2, 413): "query-too-long",
    (2, 422): "sheet-name-taken unknown-sheet-kind unsaid-fact",
    (3, 403): "endpoint-forbidden",
    (3, 429): "too-many-queries",
    (3, 502): "engine-failed",
    (3, 504): "query-stopped query-timeout",
}
ENDS = {code: end for end, codes in _ENDS.items() for code in codes.split()}


class Phrase:
    """What a code says. What fills a place of it may be such words too, with a cure of their own (`{reason.cure}`),
    or a text in each language.
    """

    code: str = ""

    def __init__(self, code: str = "", /, **places: object) -> None:
        self.code = code or self.code
        self.places = places

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Phrase) and (self.code, self.places) == (other.code, other.places)

    def __hash__(self) -> int:
        return hash(self.code)

    def message(self, lang: str) -> str:
        return self._fill("said", lang)

    def cure(self, lang: str) -> str:
        return self._fill("cure", lang)

    def _fill(self, part: str, lang: str) -> str:
        places = {name: _fill_place(place, lang) for name, place in self.places.items()}
        return str(table("errors/*", lang)[self.code].get(part, "")).format(**places)


class _Message(str):
    cure: str


def _fill_place(place: object, lang: str) -> object:
    if isinstance(place, Phrase):
        said = _Message(place.message(lang))
        said.cure = place.cure(lang)
        return said
    return in_every(place)[lang] if isinstance(place, Mapping) else place


@dataclass(frozen=True)
class Finding:
    """One thing to mend: where it is (file, line, column of a table), and the words that say what to do.

    `line` counts from 1 as an editor does (the header of a table is line 1); None where a line makes no sense.
    """

    file: str
    line: int | None
    column: str | None
    severity: str
    words: Phrase

    @property
    def place(self) -> str:
        return ":".join(str(part) for part in (self.file, self.line, self.column) if part)

    @property
    def error(self) -> str:
        """The code of the error that it comes from."""
        return self.words.code

    @property
    def value(self) -> str:
        """The cell that this error blames, or ""."""
        return str(self.words.places.get("value", ""))

    def sentence(self, lang: str = "fr") -> str:
        parts = (f"{self.place}:" if self.place else "", self.words.message(lang), self.words.cure(lang))
        return " ".join(filter(None, parts))

    def as_dict(self) -> dict[str, object]:
        """The same for machines, in every language."""
        said = {lang: self.words.message(lang) for lang in LANGUAGES}
        said |= {f"cure_{lang}": self.words.cure(lang) for lang in LANGUAGES}
        where = {"file": self.file, "line": self.line, "column": self.column, "severity": self.severity}
        return {**where, **said, "error": self.error, "value": self.value}


class MaillageError(Phrase, Exception):
    """The root: every failure that a user can cause or mend. Anything else is a defect of ours.

    A class that is caught for one failure alone has its code; a family is given it.
    """

    ends: tuple[int, int] = (1, 500)

    def __init__(self, code: str = "", /, **places: object) -> None:
        super().__init__(code, **places)
        self.args = (self.code,)

    @property
    def exit_code(self) -> int:
        return ENDS.get(self.code, self.ends)[0]

    @property
    def http_status(self) -> int:
        return ENDS.get(self.code, self.ends)[1]

    def sentence(self, lang: str = "fr") -> str:
        return f"{self.message(lang)} {self.cure(lang)}".strip()

    def __str__(self) -> str:
        return self.sentence("en")

    def at(self, file: str, line: int | None = None, column: str | None = None, severity: str = "error") -> Finding:
        """The same words as a finding, with the place where they apply."""
        return Finding(file, line, column, severity, Phrase(self.code, **self.places))


class FindingsError(MaillageError):
    """A source, mapping, rule or shape is at fault: carries every finding, so that all are mended at once."""

    code, ends = "findings", (1, 422)

    def __init__(self, findings: Iterable[Finding]) -> None:
        self.findings = tuple(findings)
        super().__init__(count=len(self.findings))

    def sentence(self, lang: str = "fr") -> str:
        return "\n".join([self.message(lang), *(f"- {finding.sentence(lang)}" for finding in self.findings)])


class FileError(MaillageError):
    """A file is missing or is not what its name says."""

    ends = (1, 400)


class MissingFile(FileError):
    code, ends = "missing-file", (1, 404)


class SourceError(MaillageError):
    """A card, a table or a cell says something that cannot be taken."""

    ends = (1, 422)


class SheetError(MaillageError):
    """A sheet of one's own cannot be taken as it is."""

    ends = (1, 422)


class PersonalCell(SheetError):
    code = "personal-cell"


class AmbiguousTerritory(SheetError):
    code = "ambiguous-territory"


class GraphError(MaillageError):
    """A mapping, a rule or an identity decision is at fault."""

    ends = (1, 422)


class QuestionError(MaillageError):
    """The question, or a value given to it, is at fault."""

    ends = (2, 400)


class UnreadableQuery(QuestionError):
    """An engine may not survive this query, or may not read it as we do."""


class AnswerTooLarge(QuestionError):
    code, ends = "answer-too-large", (2, 413)


class UnknownPage(QuestionError):
    code, ends = "unknown-page", (2, 404)


class NothingToFetch(QuestionError):
    """The card says no address, or leaves it to whoever asks."""


class MachineError(MaillageError):
    """The disk, a lock or another process stands in the way."""

    ends = (3, 503)


class CannotWrite(MachineError):
    code = "cannot-write"


class EngineDown(MachineError):
    code = "engine-down"


class EndpointError(MachineError):
    """The endpoint cannot do what was asked of it.

    `endpoint` is always an address without user, password or query: `maillage.store.base.shown_address`.
    """

    ends = (3, 502)


class EndpointRefused(EndpointError):
    code = "endpoint-refused"


class FetchError(MachineError):
    """The network, or the server at its other end, stands in the way; what was taken before stays.

    `address` is always an address as the card writes it: a key that fills a place of it is never shown.
    """

    ends = (3, 502)


class Unreachable(FetchError):
    code = "unreachable"


class TransientError(FetchError):
    """Worth another try; `retry_after`: seconds, or None when the server does not say when."""


class ArrivalError(MaillageError):
    """A file arrived that is not what the card says; the copy before it stays."""

    ends = (1, 502)


class TooManyBytes(ArrivalError):
    code = "too-many-bytes"

"""The root of the tree of errors, and the finding: an error with the place where it applies.

An error is a sentence (what is wrong, where) and a cure (what to do). Both are format strings whose
fields are the keyword arguments of the constructor. Exit codes: 1 the input is at fault, 2 the question
or the command is at fault, 3 the machine (disk, lock, other process) is at fault.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import ClassVar

LANGUAGES = ("fr", "en")
SEVERITIES = ("error", "warning", "info")


@dataclass(frozen=True)
class Finding:
    """One thing to mend: where it is (file, line, column of a table) and what to do, in both languages.

    `line` counts from 1 as an editor does (the header of a table is line 1); None where a line makes no sense.
    `error`: the class of the error it comes from; `value`: the cell that this error blames. Either may be empty.
    """

    file: str
    line: int | None
    column: str | None
    severity: str
    fr: str
    en: str
    cure_fr: str = ""
    cure_en: str = ""
    error: str = ""
    value: str = ""

    @property
    def place(self) -> str:
        return ":".join(str(part) for part in (self.file, self.line, self.column) if part)

    def sentence(self, lang: str = "fr") -> str:
        said, cure = (self.fr, self.cure_fr) if lang == "fr" else (self.en, self.cure_en)
        return " ".join(part for part in (f"{self.place}:" if self.place else "", said, cure) if part)


class MaillageError(Exception):
    """The root: every failure that a user can cause or mend. Anything else is a defect of ours."""

    exit_code: ClassVar[int] = 1
    http_status: ClassVar[int] = 500
    fr: ClassVar[str] = "Une erreur est survenue."
    en: ClassVar[str] = "An error occurred."
    cure_fr: ClassVar[str] = ""
    cure_en: ClassVar[str] = ""

    def __init__(self, **places: object) -> None:
        self.places = places
        super().__init__(self.sentence("en"))

    def said(self, lang: str) -> str:
        return (self.fr if lang == "fr" else self.en).format(**self.places)

    def cure(self, lang: str) -> str:
        return (self.cure_fr if lang == "fr" else self.cure_en).format(**self.places)

    def sentence(self, lang: str = "fr") -> str:
        return f"{self.said(lang)} {self.cure(lang)}".strip()

    def at(self, file: str, line: int | None = None, column: str | None = None, severity: str = "error") -> Finding:
        """The same words as a finding, with the place where they apply."""
        words = (self.said("fr"), self.said("en"), self.cure("fr"), self.cure("en"))
        return Finding(file, line, column, severity, *words, type(self).__name__, str(self.places.get("value", "")))


class FindingsError(MaillageError):
    """A source, mapping, rule or shape is at fault: carries every finding, so that all are mended at once."""

    http_status = 422
    fr, en = "{count} défaut(s) à corriger :", "{count} fault(s) to mend:"

    def __init__(self, findings: Iterable[Finding]) -> None:
        self.findings = tuple(findings)
        super().__init__(count=len(self.findings))

    def sentence(self, lang: str = "fr") -> str:
        return "\n".join([self.said(lang), *(f"- {finding.sentence(lang)}" for finding in self.findings)])

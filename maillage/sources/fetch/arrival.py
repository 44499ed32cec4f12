"""What a file must be before it takes the place of the last good copy."""

from collections.abc import Iterator
from pathlib import Path

from maillage.errors import ArrivalError, FileError, Finding, MaillageError
from maillage.sources.fetch.formats import RecordCount, read_content
from maillage.sources.fetch.plan import FileCard


def check_file(path: Path, file: FileCard, before: int | None, source: str) -> tuple[int, list[Finding]]:
    """How many records a file holds, and what is wrong with it. `before`: how many the last good copy held,
    None when there is none or when fewer than half of them are accepted.
    """
    place = f"{source}/{file.name}"
    try:
        content = read_content(path, file)
    except FileError as error:
        return 0, [error.at("")]  # it names the file itself
    except MaillageError as error:
        line = error.places.get("line")
        return 0, [error.at(place, line if isinstance(line, int) else None)]
    return content.count, [error.at(place) for error in _lacks(content, file, before)]


def _lacks(content: RecordCount, file: FileCard, before: int | None) -> Iterator[MaillageError]:
    for field, count in content.lacking.items():
        yield ArrivalError("lost-field", field=field, count=count, total=content.count)
    if content.count < file.least:
        yield ArrivalError("too-few-records", count=content.count, least=file.least)
    elif before and content.count * 2 < before:
        yield ArrivalError("half-answer", count=content.count, before=before)

"""Which of several forms a client wants: RFC 9110, section 12.5.1."""

from collections.abc import Mapping, Sequence


def quality(accept: str, media_type: str) -> float:
    """How much a client wants a media type, from 0 to 1: the most specific range that fits says."""
    ranges = [_range(part) for part in accept.split(",") if part.strip()] or [("*/*", 1.0)]
    kind = media_type.partition("/")[0]
    for wanted in (media_type, f"{kind}/*", "*/*"):
        found = [worth for name, worth in ranges if name == wanted]
        if found:
            return max(found)
    return 0.0


def _range(part: str) -> tuple[str, float]:
    name, *parameters = (word.strip() for word in part.lower().split(";"))
    worth = next((word[2:] for word in parameters if word.startswith("q=")), "1")
    try:
        return name, min(1.0, max(0.0, float(worth)))
    except ValueError:
        return name, 0.0


def best(accept: str, offered: Sequence[str]) -> str | None:
    """The offered type that is wanted most, the first of equals; none where none is wanted."""
    worth: Mapping[str, float] = {media_type: quality(accept, media_type) for media_type in offered}
    found = max(offered, key=lambda media_type: worth[media_type])
    return found if worth[found] > 0 else None

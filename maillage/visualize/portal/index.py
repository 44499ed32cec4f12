"""The page that opens a build: what is in it and what is not, the maps, the release, questions to ask."""

from collections.abc import Iterable, Mapping, Sequence
from types import MappingProxyType

from maillage.credit.notice import Credit
from maillage.files import asset, read_text
from maillage.locales import LANGUAGES
from maillage.network.from_table import Row
from maillage.visualize.locales import number, say, section
from maillage.visualize.map.spec import read_spec
from maillage.visualize.shell import environment, shell, style_sheet

_FIRST = ("CREDITS", "LICENSE")  # what a reader of the release should open before the rest


def index(
    counts: Mapping[str, Sequence[Row]],
    maps: Iterable[Mapping[str, str]],
    files: Mapping[str, int],
    credit: Credit,
    lang: str = "fr",
    vocabulary: Mapping[str, str] = MappingProxyType({}),
) -> bytes:
    """The page, both languages inside.

    `counts`: the answer to `counts`, by language (`what`, `whatLabel`, `count`); a `what` that says `-without-` is
    something not known. `maps`: file (under `maps/`), name of the map, and label of the body it is drawn around.
    `files`: the files of the release (under `release/`), with their sizes. `vocabulary`: the page of the vocabulary
    by language, where it was written.
    """
    texts = {code: section(code, "index") for code in LANGUAGES}
    script = read_text(asset("visualize") / "templates" / "script" / "index.js").replace("\r\n", "\n")
    words = shell(lang, style_sheet("base", "index"), script, credit) | {
        "t": section(lang, "map"),
        "languages_named": {code: section(code, "map")["language"] for code in LANGUAGES},
        "texts": texts,
        "titles": {code: texts[code]["title"] for code in LANGUAGES},
        **{
            name: {code: _figures(counts[code], code, unknown=name == "unknown") for code in LANGUAGES}
            for name in ("known", "unknown")
        },
        "vocabulary": vocabulary,
        "maps": [_map(drawn) for drawn in maps],
        "files": {code: _files(files, code) for code in LANGUAGES},
        "counted": {code: say(code, "index.files", n=len(files)) for code in LANGUAGES},
        "examples": {code: section(code, "examples") for code in LANGUAGES},
    }
    return environment(words).get_template("index.html").render().lstrip().encode("utf-8")


def _figures(rows: Sequence[Row], lang: str, unknown: bool) -> list[tuple[str, str]]:
    """The counts as people read them; what is fully known is not listed among what is not."""
    wanted = [row for row in rows if ("-without-" in str(row["what"])) == unknown and (row["count"] or not unknown)]
    return [(number(int(row["count"] or 0), lang), str(row["whatLabel"])) for row in wanted]


def _map(drawn: Mapping[str, str]) -> dict[str, object]:
    """A file beside the page: its words in each language, and whatever is said under them."""
    spec = read_spec(drawn["name"])
    title = {code: spec.title[code].replace("{name}", drawn.get("label", "")) for code in LANGUAGES}
    return {"href": f"maps/{drawn['file']}", "title": title, "about": spec.subtitle}


def _files(files: Mapping[str, int], lang: str) -> list[tuple[str, str, str]]:
    """Link, name and size of each file, those to read first at the top."""
    order = sorted(files, key=lambda name: (name not in _FIRST, "/" in name, name))
    sizes = {name: say(lang, "index.kilobytes", n=max(1, round(files[name] / 1000))) for name in order}
    return [(f"release/{name}", name, sizes[name]) for name in order]

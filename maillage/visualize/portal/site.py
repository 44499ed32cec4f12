"""The portal: a static site of one page a thing and one a question, that opens from a disk without a network.

`pages` gives every file by its path; all links are relative, nothing is asked of anybody.
"""

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial

from jinja2 import Environment

from maillage.credit.notice import Credit
from maillage.export import formats
from maillage.files import asset, read_text
from maillage.locales import LANGUAGES
from maillage.locales import say as say_plainly
from maillage.network.from_table import Row
from maillage.queries.catalogue import Query, themes
from maillage.table import Table
from maillage.terms import ID, expand, fold
from maillage.visualize.locales import say, section, when
from maillage.visualize.map.spec import map_names, read_spec
from maillage.visualize.portal import world
from maillage.visualize.portal.answer import MOST_ROWS, answer_table
from maillage.visualize.portal.explorer import APPLICATIONS, application, set_value
from maillage.visualize.portal.quality import QUESTIONS as QUALITY
from maillage.visualize.portal.quality import UnresolvedReferences, boards
from maillage.visualize.portal.references import local
from maillage.visualize.portal.sentences import Sentences
from maillage.visualize.portal.thing import SIZE, Thing, kind_of, leaves, path_of, spokes
from maillage.visualize.portal.things import KINDS, QUESTIONS, Things
from maillage.visualize.portal.world import World
from maillage.visualize.shell import environment, shell, style_sheet

Texts = Mapping[str, str]  # a text by language
Groups = dict[str, list[dict[str, object]]]  # the parts of a page, by language
WAYS = ("index", "things", "questions", "sparql", "sources", "method", "accessibility")


@dataclass(frozen=True)
class Content:
    """What the portal is made of. `answers`: the tables of each question by language, none for one that needs a
    value. `statements`: the statements of each thing, as N-Triples. `credits`: the credit line of each source.
    `unresolved`: what the sources name and nothing answers to (see `graph.report`), None where no build says it.
    """

    things: Things
    answers: Mapping[str, Mapping[str, Table] | None]
    queries: Mapping[str, Query]
    statements: Mapping[str, bytes]
    credits: Mapping[str, str]
    credit: Credit
    rules: Sequence[Mapping[str, str]]
    world: World
    unresolved: UnresolvedReferences | None = None


class _ByLanguage(dict[str, Sequence[Row]]):
    """The rows of a question by language, made when they are read: most are in French only."""

    def __init__(self, ask: Callable[[str], Table]) -> None:
        super().__init__()
        self._ask = ask

    def __missing__(self, lang: str) -> Sequence[Row]:
        return self.setdefault(lang, self._ask(lang).rows())


def content(
    ask: Callable[[str, str], Table],
    queries: Mapping[str, Query],
    describe: Callable[[list[str]], bytes],
    credit: Credit,
    rules: Sequence[Mapping[str, str]],
    unresolved: UnresolvedReferences | None = None,
) -> Content:
    """Asks each question once a language; `ask` takes its name and a language, `describe` some IRIs."""
    rows = {name: _ByLanguage(partial(ask, name)) for name in dict.fromkeys((*QUESTIONS, *world.QUESTIONS))}
    things = Things(rows)
    needy = {name for name, query in queries.items() if any(one.required for one in query.parameters)}
    answers = {name: None if name in needy else {code: ask(name, code) for code in LANGUAGES} for name in queries}
    lines = {str(row["source"]): str(row["credit"]) for row in rows["sources"]["fr"]}
    shown = World(rows, rules, credit)
    return Content(things, answers, queries, _apart(describe(things.iris)), lines, credit, rules, shown, unresolved)


def pages(content: Content, lang: str = "fr") -> Iterator[tuple[str, bytes]]:
    """Every file of the portal by its path; `lang` is the language that pages open in."""
    script = "\n".join(read_text(asset("visualize") / "templates" / "script" / f"{name}.js") for name in _SCRIPTS)
    known = list(content.things.all())
    words = shell(lang, "", "", content.credit) | {
        "t": section(lang, "map"),
        "languages_named": {code: section(code, "map")["language"] for code in LANGUAGES},
        "texts": {code: section(code, "portal") for code in LANGUAGES},
        "ways": WAYS,
    }
    site = environment(words)
    told = Sentences(content.things)
    for thing in known:
        yield from _thing(site, thing, content, told)
    yield from _forwardings(site, content)
    for query in content.queries.values():
        yield f"questions/{query.name}.html", _question(site, query, content)
    for name, build in _PAGES.items():
        yield f"{name}.html", build(site, content, known)
    for name in ("method", "accessibility"):
        yield f"{name}.html", _prose(site, content, name)
    for name in APPLICATIONS:
        yield f"{name}.html", application(site, name, lang)
    search = [{"name": thing.name, "page": f"{thing.path}.html"} for thing in known]
    yield "assets/portal.js", script.encode()
    yield "assets/portal.css", style_sheet("base", "index", "portal").encode()
    sought = {body["id"]: {"sought": body["sought"]} for body in content.world.bodies}
    names = [{**one.name, "page": f"{one.path}.html", **sought.get(local(one.iri), {})} for one in known]
    yield "data/names.js", set_value("maillageNames", names)
    yield "search.json", f"{json.dumps(search, ensure_ascii=False, indent=1)}\n".encode()


_SCRIPTS = ("index", "portal", "filter")


def _render(site: Environment, template: str, heads: Texts, leads: Texts, **words: object) -> bytes:
    told = {"heads": heads, "leads": leads, "titles": {code: f"{heads[code]} – Maillage" for code in LANGUAGES}}
    return site.get_template(template).render(told | words).lstrip().encode("utf-8")


def _thing(site: Environment, thing: Thing, content: Content, told: Sentences) -> Iterator[tuple[str, bytes]]:
    lines = {content.credits[source] for source in thing.sources if source in content.credits}
    credit = replace(content.credit, lines=tuple(sorted(lines)) or content.credit.lines)
    statements = content.statements.get(thing.iri, b"")
    data = {form.extension: form.write(statements, credit, "page") for form in formats("page").values()}
    yield from ((f"{thing.path}.{suffix}", body) for suffix, body in data.items())
    kinds = {code: section(code, "portal")["kinds"][thing.kind] for code in LANGUAGES}
    said = leaves(thing)
    names = [f"{thing.path}{f'.{place + 1}' * bool(place)}.html" for place in range(len(said))]
    shared = {
        "root": "../" * thing.path.count("/"),
        "here": "",
        "words": {code: section(code, "sentences") for code in LANGUAGES},
        "slug": thing.path.rpartition("/")[2],
        "formats": list(formats("page").values()),
        "leaves": [name.rpartition("/")[2] for name in names],
        "whole": thing,
        "size": SIZE,
        "credits": {code: [{"text": line} for line in credit.lines] for code in LANGUAGES},
    }
    first = {
        "card": told.card(thing.iri),
        "figures": list(told.figures(thing.iri)),
        "decisions": list(told.decisions(thing.iri)),
        "spokes": spokes(thing),
        "around": {
            code: say(code, "portal.around", name=thing.name[code], n=len(thing.partners)) for code in LANGUAGES
        },
    }
    for place, (name, leaf) in enumerate(zip(names, said, strict=True)):
        alone = {} if place else first
        yield name, _render(site, "thing.html", thing.name, kinds, **shared, **alone, thing=leaf, place=place)


def _forwardings(site: Environment, content: Content) -> Iterator[tuple[str, bytes]]:
    """A page for each address of a past release, which leads to what it stands for now."""
    answer = content.answers.get("replacements")
    for row in answer["fr"].rows() if answer else []:
        old, new = str(row["thing"]), str(row["successor"])
        path, page = path_of(old), content.things.page(new)
        if not page:
            continue
        said = f"<{old}> <{expand('dcterms:isReplacedBy')}> <{new}> .\n".encode()
        for form in formats("page").values():
            yield f"{path}.{form.extension}", form.write(said, content.credit, "page")
        texts = {code: section(code, "portal") for code in LANGUAGES}
        leads = {code: words["moved"] for code, words in texts.items()}
        groups: Groups = {}
        for code, words in texts.items():
            link = (content.things.name(new)[code], f"{page}.html", words["kinds"][kind_of(new)])
            groups[code] = [{"title": words["now"], "links": [link], "wide": True}]
        heads = dict.fromkeys(LANGUAGES, path.rpartition("/")[2])
        root = "../" * path.count("/")
        yield f"{path}.html", _render(site, "portal.html", heads, leads, root=root, here="", groups=groups)


def _question(site: Environment, query: Query, content: Content) -> bytes:
    answer = content.answers.get(query.name)
    around = len(query.text) + sum(map(len, content.credit.lines)) + 20 * len(content.credit.lines)
    tables = {code: answer_table(answer[code], content.things, code, around) for code in LANGUAGES} if answer else {}
    return _render(
        site,
        "question.html",
        query.summary,
        dict.fromkeys(LANGUAGES, query.name),
        query=query,
        tables=tables,
        counts={code: _count(answer[code], len(tables[code]["rows"]), code) if answer else "" for code in LANGUAGES},
        folds={code: len(answer[code]) > len(tables[code]["rows"]) if answer else False for code in LANGUAGES},
        words={code: section(code, "sentences") for code in LANGUAGES},
        root="../",
        here="questions",
    )


def _count(table: Table, shown: int, lang: str) -> str:
    said = say(lang, "sentences.rows", n=len(table))
    return said if len(table) == shown else f"{said} {say(lang, 'sentences.first', n=shown)}"


def _page(site: Environment, name: str, template: str = "portal.html", **words: object) -> bytes:
    heads, leads = ({code: section(code, "portal")[part][name] for code in LANGUAGES} for part in ("titles", "leads"))
    return _render(site, template, heads, leads, **{"root": "", "here": name} | words)


def _things(site: Environment, content: Content, known: Sequence[Thing]) -> bytes:
    groups: Groups = {code: [] for code in LANGUAGES}
    for code in LANGUAGES:
        texts = section(code, "portal")
        specs = [spec for spec in map(read_spec, map_names()) if not spec.parameters]
        maps = [(spec.title[code], f"maps/{spec.name}.html", spec.subtitle[code]) for spec in specs]
        groups[code].append({"title": texts["explore"], "links": maps, "wide": True})
        for kind in KINDS:
            some = sorted((one for one in known if one.kind == kind), key=lambda one: fold(one.name[code]))
            links = [(one.name[code], f"{one.path}.html", "") for one in some[:MOST_ROWS]]
            title = f"{texts['many'][kind]} ({len(some)})"
            more = [say(code, "sentences.others", n=MOST_ROWS)] if len(some) > MOST_ROWS else []
            groups[code].append({"title": title, "texts": more, "links": links, "wide": kind == KINDS[0]})
    return _page(site, "things", groups=groups)


def _questions(site: Environment, content: Content, _: Sequence[Thing]) -> bytes:
    groups: Groups = {}
    for code in LANGUAGES:
        found = dict.fromkeys(query.theme for query in content.queries.values())
        groups[code] = [{"title": themes()[theme][code], "links": [
            (query.summary[code], f"questions/{query.name}.html", "")
            for query in content.queries.values() if query.theme == theme
        ]} for theme in found]  # fmt: skip
    return _page(site, "questions", groups=groups)


def _sources(site: Environment, content: Content, _: Sequence[Thing]) -> bytes:
    answer = content.answers["sources"]
    groups: Groups = {}
    for code in LANGUAGES:
        links = []
        for row in answer[code].rows() if answer else []:
            date, statements = when(str(row["readOn"]), "", code), int(row["statements"] or 0)
            read = say(code, "sentences.read_on", date=date, statements=statements)
            more = f"{row['publisher']} · {row['licenceLabel']} · {read}"
            links.append((str(row["sourceTitle"]), f"{path_of(str(row['source']))}.html", more))
        title, lead = (section(code, "portal")[part]["quality"] for part in ("titles", "leads"))
        groups[code] = [
            {"title": title, "links": [(title, "quality.html", lead)], "wide": True},
            {"title": say(code, "sentences.sources_known", n=len(links)), "links": links, "wide": True},
        ]
    return _page(site, "sources", groups=groups)


def _quality(site: Environment, content: Content, _: Sequence[Thing]) -> bytes:
    answers = {name: content.answers.get(name) for name in QUALITY}
    shown = {}
    for code in LANGUAGES:
        rows = {name: answer[code].rows() if answer else [] for name, answer in answers.items()}
        shown[code] = list(boards(rows, content.unresolved, content.things.page, code))
    asked = {code: {name: query.summary[code] for name, query in content.queries.items()} for code in LANGUAGES}
    return _page(site, "quality", "quality.html", boards=shown, asked=asked, here="")


def _prose(site: Environment, content: Content, name: str) -> bytes:
    groups: Groups = {}
    for code in LANGUAGES:
        words = section(code, "portal")
        groups[code] = [dict(part) for part in words["prose"][name]]
        if name == "method":
            rules = [say_plainly(code, "credit.pair", name=rule["name"], value=rule[code]) for rule in content.rules]
            groups[code].append({"title": words["rules"], "texts": rules, "wide": True})
    return _page(site, name, groups=groups)


_PAGES = {"things": _things, "questions": _questions, "sources": _sources, "quality": _quality}


def _apart(statements: bytes) -> dict[str, bytes]:
    """N-Triples by their subject, for those under the base of our things."""
    found: dict[str, list[bytes]] = {}
    for line in statements.splitlines(keepends=True):
        subject = line.partition(b" ")[0].strip(b"<>").decode("utf-8")
        if subject.startswith(ID):
            found.setdefault(subject, []).append(line)
    return {subject: b"".join(sorted(lines)) for subject, lines in found.items()}

"""The portal of a build, file by file."""

from collections.abc import Iterator

from maillage.answer.graph import Graph, describe
from maillage.answer.synergies import for_explorer
from maillage.graph.report import read_report
from maillage.graph.rules import read_rules
from maillage.locales import in_every
from maillage.queries import catalogue
from maillage.visualize.portal.explorer import bundles, data, suggestions_file
from maillage.visualize.portal.site import content, pages


def draw_portal(graph: Graph, lang: str = "fr") -> Iterator[tuple[str, bytes]]:
    """Every page of the portal by its path: things, questions, sources, method, accessibility statement.

    What they link to beside them (`maps/`) is drawn apart. Raises `mixed-licences`.
    """
    rules = [{"name": rule.name, **in_every(rule.summary)} for rule in read_rules()[0]]
    told = (graph.credit([], lang), rules, read_report(graph.folder).get("unresolved"))
    ask, say_of = (lambda name, code: graph.ask_each(name)[code]), (lambda iris: describe(graph.store, iris))
    said = content(ask, catalogue(), say_of, *told)
    yield from pages(said, lang)
    yield from data(said.world, catalogue(), graph.folder / "graph.nq")
    yield suggestions_file(for_explorer(graph))
    yield from bundles()

"""Rules: what follows from what is stated, a CONSTRUCT a rule, a named graph a rule, in the order of their numbers."""

import re
from dataclasses import dataclass
from pathlib import Path

import pyoxigraph as ox
import yaml

from maillage.errors import Finding, GraphError, QuestionError
from maillage.files import asset, parse_yaml, read_text, short_path
from maillage.graph.facade import day
from maillage.graph.functions import Functions
from maillage.graph.mapping import syntax_line
from maillage.locales import OURS
from maillage.store.values import with_values
from maillage.terms import PARTIES, graph_iri

MERGED = ox.NamedNode(graph_iri("merged"))
EVIDENCE = ox.NamedNode(graph_iri("evidence"))


@dataclass(frozen=True)
class Rule:
    """A file `graph/rules/NN-<name>.rq` with its `#+` header: `summary` in French and English.

    `streamed`: it reads one thing alone, and so runs on the rows of long tables too (see `stream`).
    """

    name: str
    path: Path
    text: str
    summary: dict[str, str]
    streamed: bool = False

    @property
    def graph(self) -> ox.NamedNode:
        return ox.NamedNode(graph_iri("rule", self.name))


def read_rules() -> tuple[list[Rule], list[Finding]]:
    """Every rule in the order of its number, and those that cannot run."""
    read = [_read(path) for path in sorted((asset("graph") / "rules").glob("*.rq"))]
    return [one for one in read if isinstance(one, Rule)], [one for one in read if isinstance(one, Finding)]


def _read(path: Path) -> Rule | Finding:
    text, file = read_text(path), short_path(path)
    try:
        ox.Store().query(text, custom_functions=Functions().registered)
        header = parse_yaml("\n".join(re.findall(r"^#\+ ?(.*)$", text, flags=re.M)))
    except SyntaxError as error:
        return GraphError("bad-sparql", reason=str(error)).at(file, syntax_line(error))
    except yaml.YAMLError as error:
        return QuestionError("bad-header", file=file, reason=str(error)).at(file)
    header = header if isinstance(header, dict) else {}
    summary = header.get("summary")
    if not isinstance(summary, dict) or not summary.keys() >= set(OURS):
        return QuestionError("bad-header", file=file, reason="summary fr, en.").at(file, 1)
    return Rule(path.stem.partition("-")[2], path, text, summary, header.get("streamed") is True)


def apply_rules(
    store: ox.Store, rules: list[Rule], today: str, largest: int = PARTIES
) -> tuple[dict[str, int], list[Finding]]:
    """Adds what each rule gives to its own graph and to merged; returns how many new statements each gave.

    `today` (year-month-day) fills the block `VALUES ?today { UNDEF }` of the rules that ask what is past; `largest`
    that of the rule that says which activities have too many parties for ties.
    A statement that merged already holds is not added again: stated and derived stay apart.
    """
    functions, added, findings = Functions(), {}, list[Finding]()
    for rule in rules:
        text = with_values(with_values(rule.text, "today", [str(day(today))]), "largest", [str(largest)])
        found = store.query(text, default_graph=[MERGED, EVIDENCE], custom_functions=functions.registered)
        triples = set(found) if isinstance(found, ox.QueryTriples) else set()
        quads = [ox.Quad(t.subject, t.predicate, t.object, MERGED) for t in triples]
        fresh = [quad for quad in quads if quad not in store]
        store.extend(fresh)
        store.extend(ox.Quad(q.subject, q.predicate, q.object, rule.graph) for q in fresh)
        added[rule.name] = len(fresh)
        findings += functions.findings(short_path(rule.path))
    return added, findings

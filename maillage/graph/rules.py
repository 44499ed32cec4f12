"""Rules: what follows from what is stated, a CONSTRUCT a rule, a named graph a rule, in the order of their numbers."""

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import yaml

from maillage.errors import Finding, GraphError, QuestionError
from maillage.files import asset, read_text, short_path
from maillage.graph.functions import Functions
from maillage.graph.mapping import syntax_line
from maillage.locales import OURS
from maillage.store.values import with_values
from maillage.terms import XSD, graph_iri

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
    rules: list[Rule] = []
    findings: list[Finding] = []
    for path in sorted((asset("graph") / "rules").glob("*.rq")):
        text = read_text(path)
        faults = _faults(text, path)
        findings += faults
        if not faults:
            rules.append(
                Rule(path.stem.partition("-")[2], path, text, _summary(text), _header(text).get("streamed") is True)
            )
    return rules, findings


def _header(text: str) -> dict[str, Any]:
    found = yaml.safe_load("\n".join(re.findall(r"^#\+ ?(.*)$", text, flags=re.M)))
    return found if isinstance(found, dict) else {}


def _summary(text: str) -> dict[str, str]:
    found = _header(text).get("summary")
    return found if isinstance(found, dict) else {}


def _faults(text: str, path: Path) -> list[Finding]:
    try:
        ox.Store().query(text, custom_functions=Functions().registered)
        complete = _summary(text).keys() >= set(OURS)
    except SyntaxError as error:
        return [GraphError("bad-sparql", reason=str(error)).at(short_path(path), syntax_line(error))]
    except yaml.YAMLError as error:
        return [QuestionError("bad-header", file=short_path(path), reason=str(error)).at(short_path(path))]
    if complete:
        return []
    return [QuestionError("bad-header", file=short_path(path), reason="summary fr, en.").at(short_path(path), 1)]


def apply_rules(store: ox.Store, rules: list[Rule], today: str) -> tuple[dict[str, int], list[Finding]]:
    """Adds what each rule gives to its own graph and to merged; returns how many new statements each gave.

    `today` (year-month-day) fills the block `VALUES ?today { UNDEF }` of the rules that ask what is past.
    A statement that merged already holds is not added again: stated and derived stay apart.
    """
    functions, added, findings = Functions(), {}, []
    day = str(ox.Literal(today, datatype=ox.NamedNode(f"{XSD}date")))
    for rule in rules:
        text = with_values(rule.text, "today", [day])
        found = store.query(text, default_graph=[MERGED, EVIDENCE], custom_functions=functions.registered)
        triples = set(found) if isinstance(found, ox.QueryTriples) else set()
        quads = [ox.Quad(t.subject, t.predicate, t.object, MERGED) for t in triples]
        fresh = [quad for quad in quads if quad not in store]
        store.extend(fresh)
        store.extend(ox.Quad(q.subject, q.predicate, q.object, rule.graph) for q in fresh)
        added[rule.name] = len(fresh)
        for name, reason in functions.failures:
            findings.append(GraphError("function-failed", name=name, reason=reason).at(short_path(rule.path)))
        functions.failures.clear()
    return added, findings

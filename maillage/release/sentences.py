"""The difference between two graphs in sentences, French or English: what is new, gone, no longer listed, changed."""

from collections import defaultdict
from collections.abc import Iterator
from functools import cache

import pyoxigraph as ox

from maillage.files import asset
from maillage.ontology import labels
from maillage.release.difference import KINDS, NEW, OFF_LIST, Change, Difference, facts
from maillage.sources.card import read_yaml
from maillage.terms import MAI, XSD, compact, expand
from maillage.visualize.locales import number, say, when

AT_MOST = 40  # things told under a heading, unless all are wanted
ENDS = ("mai:agent", "mai:activity", "mai:member")  # whose names make that of a participation or a partnership
DESCRIBING = ("rdfs:label", "rdf:type", "org:classification", "mai:programmeKind", "mai:role", *ENDS)
KIND_OF = ("mai:programmeKind", "org:classification")
Properties = dict[str, list[ox.NamedNode | ox.Literal]]


class Names:
    """What things are called, in one language: the later graph's name, or that of the earlier one."""

    def __init__(self, difference: Difference, lang: str) -> None:
        self.lang = lang
        self._by_thing: dict[str, Properties] = defaultdict(lambda: defaultdict(list))
        things = {change.thing for change in difference.changes}
        triples = [triple for change in difference.changes for triple in (*change.added, *change.removed)]
        things |= {triple.object for triple in triples if isinstance(triple.object, ox.NamedNode)}
        self._take(difference, things)
        ends = {node for said in list(self._by_thing.values()) for name in ENDS for node in said.get(expand(name), [])}
        self._take(difference, {end for end in ends if isinstance(end, ox.NamedNode)} - things)

    def _take(self, difference: Difference, things: set[ox.NamedNode]) -> None:
        for triple in facts(difference, things, DESCRIBING):
            if isinstance(triple.object, ox.NamedNode | ox.Literal) and isinstance(triple.subject, ox.NamedNode):
                self._by_thing[triple.subject.value][triple.predicate.value].append(triple.object)

    def _values(self, thing: str, name: str) -> list[ox.NamedNode]:
        held = self._by_thing.get(thing, {}).get(expand(name), [])
        return [value for value in dict.fromkeys(held) if isinstance(value, ox.NamedNode)]

    def name(self, thing: str) -> str:
        """Its label; for a participation, who, as what, in what; for a partnership, its two bodies; "" for neither."""
        texts = [value for value in self._by_thing.get(thing, {}).get(expand("rdfs:label"), []) if value]
        named = [text.value for text in texts if isinstance(text, ox.Literal) and text.language == self.lang]
        return named[-1] if named else labels(thing).get(self.lang, "") or self._of_ends(thing)

    def _of_ends(self, thing: str) -> str:
        who, what = self._ends(thing, "mai:agent"), self._ends(thing, "mai:activity")
        if who and what:
            role = ", ".join(self.name(role.value) for role in self._values(thing, "mai:role"))
            return say(self.lang, "difference.link", who=who[-1], role=role, what=what[-1])
        members = self._ends(thing, "mai:member")
        return say(self.lang, "difference.pair", a=members[0], b=members[1]) if len(members) > 1 else ""

    def _ends(self, thing: str, name: str) -> list[str]:
        return sorted(self.name(end.value) or compact(end.value) for end in self._values(thing, name))

    def kinds(self, thing: str) -> str:
        """Its kind in our lists, else its class, our own first."""
        kinds = [kind for name in KIND_OF for kind in self._values(thing, name)]
        classes = sorted(self._values(thing, "rdf:type"), key=lambda one: (not one.value.startswith(MAI), one.value))
        found = [labels(one.value).get(self.lang, "") for one in (*kinds, *classes)]
        return next(filter(None, found), "")

    def full(self, thing: str) -> str:
        name, kinds = self.name(thing), self.kinds(thing)
        return say(self.lang, "difference.named", name=name, kinds=kinds) if kinds else name

    def value(self, term: object) -> str:
        """A value as people write it: a name, a date in words, a text between quotation marks."""
        if isinstance(term, ox.NamedNode):
            return self.name(term.value) or compact(term.value)
        if not isinstance(term, ox.Literal):
            return str(term)
        if term.datatype.value in (f"{XSD}date", f"{XSD}gYear", f"{XSD}gYearMonth"):
            return when(term.value, term.value, self.lang)
        quoted = term.datatype.value == f"{XSD}string" or term.language
        return say(self.lang, "difference.quoted", text=term.value) if quoted else term.value


@cache
def _following() -> frozenset[str]:
    return frozenset(map(expand, read_yaml(asset("graph") / "release" / "difference.yml")["follows"]))


def is_notable(change: Change) -> bool:
    """Is a change more than what follows from others?"""
    return change.kind != "changed" or any(
        triple.predicate.value not in _following() for triple in (*change.added, *change.removed)
    )


def sentences(difference: Difference, lang: str, at_most: int | None = AT_MOST) -> str:
    """The whole as text, a heading a kind of change with its count. `at_most`: things under a heading, None for all."""
    names = Names(difference, lang)
    before, after = difference.before, difference.after
    facts_of = {"before": before.label, "old": before.digest[:8], "after": after.label, "fresh": after.digest[:8]}
    lines = [say(lang, "difference.title", **facts_of), ""]
    by_kind: dict[str, list[tuple[str, Change]]] = defaultdict(list)
    left = 0
    for change in difference.changes:
        name = names.name(change.thing.value)
        if name and is_notable(change):
            by_kind[change.kind].append((name, change))
            left += sum(t.predicate.value in _following() - {OFF_LIST.value} for t in (*change.added, *change.removed))
        else:
            left += len(change.added) + len(change.removed)
    for kind in KINDS:
        lines += _heading(kind, by_kind[kind], names, at_most) if by_kind[kind] else []
    lines += [say(lang, "difference.follows", n=left), ""] if left else []
    lines += [] if difference.changes else [say(lang, "difference.same"), ""]
    return "\n".join([*lines, *_counts(difference, lang)]).rstrip("\n") + "\n"


def _heading(kind: str, changes: list[tuple[str, Change]], names: Names, at_most: int | None) -> Iterator[str]:
    shown = sorted(changes, key=lambda one: (one[0], one[1].thing.value))[:at_most]
    yield say(names.lang, f"difference.{kind}", n=len(changes))
    for _, change in shown:
        yield from _lines(change, names)
    if len(changes) > len(shown):
        yield "  " + say(names.lang, "difference.more", n=len(changes) - len(shown))
    yield ""


def _lines(change: Change, names: Names) -> Iterator[str]:
    what = names.full(change.thing.value)
    days = [names.value(triple.object) for triple in change.added if triple.predicate == OFF_LIST]
    yield "  " + (say(names.lang, "difference.since", what=what, day=days[0]) if days else what)
    if change.kind not in (NEW, "gone"):
        yield from (f"    {line}" for line in _properties(change, names))


def _properties(change: Change, names: Names) -> Iterator[str]:
    """What became of each property, in the order of their names."""
    values: dict[str, tuple[list[str], list[str]]] = defaultdict(lambda: ([], []))
    for place, triples in enumerate((change.removed, change.added)):
        for triple in triples:
            if triple.predicate.value not in _following():
                values[_property(triple, names)][place].append(names.value(triple.object))
    for property_, (old, fresh) in sorted(values.items()):
        if len(old) == len(fresh) == 1:
            yield say(names.lang, "difference.becomes", property=property_, old=old[0], fresh=fresh[0])
            continue
        yield from (say(names.lang, "difference.removed", property=property_, value=value) for value in sorted(old))
        yield from (say(names.lang, "difference.added", property=property_, value=value) for value in sorted(fresh))


def _property(triple: ox.Triple, names: Names) -> str:
    said = labels(triple.predicate.value).get(names.lang) or compact(triple.predicate.value)
    lang = triple.object.language if isinstance(triple.object, ox.Literal) else None
    foreign = lang not in (None, names.lang)
    return say(names.lang, "difference.language", property=said, language=lang) if foreign else said


def _counts(difference: Difference, lang: str) -> Iterator[str]:
    if difference.counts:
        yield say(lang, "difference.graphs")
    for graph, (added, removed) in difference.counts.items():
        shown = {"added": number(added, lang), "removed": number(removed, lang)}
        yield "  " + say(lang, "difference.graph", graph=graph, **shown)
    if difference.last_seen_days:
        yield say(lang, "difference.seen", n=difference.last_seen_days)

"""Chains between two bodies as sentences and as plain values."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict

from maillage.network.from_table import Row, local, text
from maillage.network.path import Chain, Chains, Step
from maillage.visualize.locales import say
from maillage.visualize.map.evidence import Proof, cite, proof, proof_places
from maillage.visualize.map.spec import EvidenceColumns, RoleColumns

COLUMNS = EvidenceColumns(
    what="activityLabel",
    start="start",
    end="end",
    roles=(RoleColumns("agentLabel", "roleLabel"),),
    named=True,
    note="note",
    kind="partnershipKindLabel",
    rule="rule",
)


def chain_sentences(found: Chains, lang: str) -> list[str]:
    """What there is between two bodies: how many chains, then each: its steps, their ties and proofs."""
    names = {"start": found.names.get(found.start, found.start), "goal": found.names.get(found.goal, found.goal)}
    if found.start == found.goal:
        return [say(lang, "chains.same", **names)]
    if not found.chains:
        return [say(lang, "chains.none", **names)]
    steps = say(lang, "chains.steps", n=len(found.chains[0].steps))
    lines = [say(lang, "chains.found", n=len(found.chains), steps=steps, **names)]
    if all(chain.weak for chain in found.chains):
        lines.append(say(lang, "chains.weak"))
    for number, chain in enumerate(found.chains, 1):
        lines += ["", *_lines(number, chain, found.names, lang)]
    return [*lines, "", say(lang, "chains.cut", n=len(found.chains))] if found.cut else lines


def _lines(number: int, chain: Chain, names: Mapping[str, str], lang: str) -> list[str]:
    lines = [f"{number}. " + " → ".join(names[iri] for iri in (chain.steps[0].start, *(s.goal for s in chain.steps)))]
    for step in chain.steps:
        for rows in ties_of(step):
            lines.append("   " + _tie(step, rows, names, lang))
            for one in _proofs(rows, lang):
                lines += [f"     - {' ; '.join(cite(one, lang))}", *(f"       {link}" for link in one.links)]
    return lines


def _tie(step: Step, rows: Sequence[Row], names: Mapping[str, str], lang: str) -> str:
    """A tie in a sentence: from whom to whom where it is directed, what, when, how sure."""
    row = rows[0]
    ends = {"start": names[step.start], "goal": names[step.goal]}
    if row["directed"]:
        ends = {"start": str(row["aLabel"]), "goal": str(row["bLabel"])}
    key = "chains.step_weak" if step.weak else "chains.step_directed" if row["directed"] else "chains.step"
    one = _proofs(rows, lang)[0]
    year = text(row, "pageYear")
    dates = one.when or (say(lang, "map.page_year", year=year) if year else "")
    parts = [one.kind, one.what, dates, text(row, "tieCertaintyLabel")]
    return say(lang, key, what=", ".join(part for part in parts if part), **ends)


def ties_of(step: Step) -> list[list[Row]]:
    """The rows of a step by the tie that they prove, by date; of a weak step, by participation."""
    found: dict[str, list[Row]] = {}
    for row in step.rows:
        found.setdefault(str(row["tie"] or row["participation"]), []).append(row)
    return sorted(found.values(), key=lambda rows: (text(rows[0], "start") or "9", str(rows[0]["activityLabel"])))


def _proofs(rows: Sequence[Row], lang: str) -> list[Proof]:
    places = proof_places(rows, range(len(rows)), COLUMNS)
    return [proof([rows[place] for place in same], COLUMNS, lang) for same in places]


def chain_values(found: Chains, lang: str) -> dict[str, object]:
    """The same for machines."""
    return {
        "from": _thing(found.start, found.names),
        "to": _thing(found.goal, found.names),
        "cut": found.cut,
        "chains": [
            {
                "weak": chain.weak,
                "steps": [
                    {
                        "from": _thing(step.start, found.names),
                        "to": _thing(step.goal, found.names),
                        "weak": step.weak,
                        "ties": [_tie_values(rows, found.names, lang) for rows in ties_of(step)],
                    }
                    for step in chain.steps
                ],
            }
            for chain in found.chains
        ],
    }


def _tie_values(rows: Sequence[Row], names: Mapping[str, str], lang: str) -> dict[str, object]:
    row = rows[0]
    concepts = {"kind": "partnershipKind", "dating": "dating", "occurrence": "occurrence", "certainty": "tieCertainty"}
    return {
        "id": row["tie"],
        "from": _thing(str(row["a"]), names),
        "to": _thing(str(row["b"]), names),
        "directed": bool(row["directed"]),
        "activity": row["activity"],
        "activityLabel": row["activityLabel"],
        "first": text(row, "start"),
        "last": text(row, "end"),
        "pageYear": text(row, "pageYear"),
        **{name: local(row[column]) for name, column in concepts.items()},
        "evidence": [asdict(one) for one in _proofs(rows, lang)],
    }


def _thing(iri: str, names: Mapping[str, str]) -> dict[str, str]:
    return {"iri": iri, "label": names.get(iri, iri)}

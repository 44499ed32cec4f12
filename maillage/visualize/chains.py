"""Chains between two bodies as sentences and as plain values."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict

from maillage.network.path import Chain, Chains, Step
from maillage.network.project import Row
from maillage.visualize.evidence import Proof, proof, proof_places
from maillage.visualize.locales import say
from maillage.visualize.spec import EvidenceColumns, RoleColumns

COLUMNS = EvidenceColumns(
    what="activityLabel", start="start", roles=(RoleColumns("agentLabel", "roleLabel"),), named=True
)


def chain_sentences(found: Chains, lang: str) -> list[str]:
    """What there is between two bodies: how many chains, then each, a line a step, its proofs under it."""
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
        lines += ["", *_told(number, chain, found.names, lang)]
    return [*lines, "", say(lang, "chains.cut", n=len(found.chains))] if found.cut else lines


def _told(number: int, chain: Chain, names: Mapping[str, str], lang: str) -> list[str]:
    along = " → ".join([names[chain.steps[0].start], *(names[step.goal] for step in chain.steps)])
    lines = [f"{number}. {along}"]
    for step in chain.steps:
        key = "chains.step_weak" if step.weak else "chains.step"
        ends = {"start": names[step.start], "goal": names[step.goal]}
        for what, ones in _by_activity(step_proofs(step, lang)).items():
            lines.append("   " + say(lang, key, what=what, **ends))
            for one in ones:
                lines += [f"     - {_source(one, lang)}", *(f"       {link}" for link in one.links)]
    return lines


def _by_activity(ones: Sequence[Proof]) -> dict[str, list[Proof]]:
    found: dict[str, list[Proof]] = {}
    for one in ones:
        found.setdefault(", ".join(part for part in (one.what, one.when) if part), []).append(one)
    return found


def _source(one: Proof, lang: str) -> str:
    place = f", {one.place}" if one.place else ""
    parts = [one.role, one.certainty_label, say(lang, "chains.source", source=one.source, place=place)]
    return " ; ".join(part for part in parts if part)


def step_proofs(step: Step, lang: str) -> list[Proof]:
    """The distinct proofs of a step."""
    rows = [_with_agent(row) for row in step.rows]
    places = proof_places(rows, range(len(rows)), COLUMNS)
    return [proof([rows[place] for place in same], COLUMNS, lang) for same in places]


def _with_agent(row: Row) -> Row:
    """The row with the name of who takes part, which is one of its two ends."""
    return {**row, "agentLabel": row["aLabel"] if row["agent"] == row["a"] else row["bLabel"]}


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
                        "evidence": [asdict(one) for one in step_proofs(step, lang)],
                    }
                    for step in chain.steps
                ],
            }
            for chain in found.chains
        ],
    }


def _thing(iri: str, names: Mapping[str, str]) -> dict[str, str]:
    return {"iri": iri, "label": names.get(iri, iri)}

"""Suggestions as sentences and as plain values."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from maillage.network.from_table import Row, text
from maillage.network.synergy.roundtable import RoundTable
from maillage.network.synergy.suggest import Reason, Suggestion, Why
from maillage.visualize.locales import both, say

Names = Mapping[str, str]
MOST_NAMES = 3  # names in a sentence; the rest are counted
METHOD = "maillage-synergies-1"  # changes when what a score means does


def reason_sentence(found: Suggestion, reason: Reason, names: Names, lang: str) -> str:
    """`2 partenaires en commun : DITP, Lab'Est`."""
    key = f"synergies.{reason.name.replace('-', '_')}"
    if reason.name == "complement":
        given, taken = (_join_names(some, names, lang) for some in (reason.given, reason.taken))
        ends = {"a": names[found.a], "b": names[found.b]}
        return say(lang, key, themes=_join_names(reason.about, names, lang), given=given, taken=taken, **ends)
    if reason.kilometres is not None:
        return say(lang, key, n=round(reason.kilometres), what=" – ".join(names.get(iri, iri) for iri in reason.about))
    if reason.name == "nearness":
        return say(lang, key, n=len(reason.about) - 1, what=" → ".join(names.get(iri, iri) for iri in reason.about))
    return say(lang, key, n=len(reason.about), what=_join_names(reason.about, names, lang))


def _join_names(some: Sequence[str], names: Names, lang: str) -> str:
    shown = [names.get(one, one) for one in some[:MOST_NAMES]]
    more = [say(lang, "synergies.more", n=len(some) - MOST_NAMES)] if len(some) > MOST_NAMES else []
    return ", ".join([*shown, *more]) or say(lang, "synergies.no_other")


def suggestion_lines(number: int, found: Suggestion, names: Names, lang: str) -> list[str]:
    """One suggestion for a terminal: the pair, its score, its reasons, the sources under each."""
    pair = say(lang, "synergies.pair", a=names[found.a], b=names[found.b], score=f"{found.score:.0f}")
    marks = [say(lang, f"synergies.{mark}") for mark in ("weak", "bridge") if getattr(found, mark)]
    lines = [f"{number}. {pair}" + "".join(f" [{mark}]" for mark in marks)]
    for reason in found.reasons:
        lines.append(f"   {reason.points:4.1f}  {reason_sentence(found, reason, names, lang)}")
        lines += [f"           {line}" for line in _sources(reason.evidence)]
    if found.introducers:
        lines.append("   " + say(lang, "synergies.call", who=names[found.introducers[0]]))
    return lines


def _sources(rows: Iterable[Row]) -> list[str]:
    found = {text(row, "sourceTitle"): text(row, "pageLink") for row in rows if text(row, "sourceTitle")}
    return [f"- {title} {link}".rstrip() for title, link in list(found.items())[:MOST_NAMES]]


def why_lines(found: Why, ends: tuple[str, str], names: Names, lang: str) -> list[str]:
    """The verdict, the reasons there are, and what would change it."""
    a, b = (names[body] for body in ends)
    how = ", ".join(say(lang, f"synergies.how_{one}") for one in found.how)
    who = ", ".join(names[body] for body in found.poor)
    lines = [say(lang, f"synergies.why_{found.verdict}", a=a, b=b, how=how, who=who, rank=found.rank)]
    if found.verdict in ("suggested", "nothing", "unknown") and found.suggestion.reasons:
        lines += ["", *suggestion_lines(1, found.suggestion, names, lang)]
    if found.missing:
        missing = ", ".join(say(lang, f"synergies.missing_{what}") for what in found.missing)
        lines += ["", say(lang, "synergies.change", what=missing)]
    return lines


def suggestion_values(found: Suggestion, names: Mapping[str, Names]) -> dict[str, Any]:
    """A suggestion for machines; `names` of things by language. See `answer.synergies.for_explorer`."""
    return {
        "a": found.a,
        "b": found.b,
        "score": round(found.score, 1),
        "weak": found.weak,
        "bridge": found.bridge,
        "introducers": list(found.introducers),
        "reasons": [
            {
                "name": reason.name,
                "family": reason.family,
                "points": round(reason.points, 1),
                "share": round(reason.points / found.score, 3) if found.score else 0.0,
                **{part: list(getattr(reason, part)) for part in ("about", "given", "taken")},
                **({} if reason.kilometres is None else {"kilometres": round(reason.kilometres, 1)}),
                "text": {lang: reason_sentence(found, reason, said, lang) for lang, said in names.items()},
                "evidence": sorted(reason.statements),
            }
            for reason in found.reasons
        ],
    }


def evidence_values(found: Iterable[Suggestion]) -> dict[str, dict[str, Any]]:
    """What each statement is, once, by its IRI: where it is said and, of a participation, in what."""
    rows: dict[str, dict[str, Any]] = {}
    for one in found:
        for reason in one.reasons:
            for row in reason.evidence:
                iri = str(row.get("claim") or row["participation"])
                kept = rows.setdefault(iri, {"what": thing_of(row)})
                for name in ("source", "sourceTitle", "paragraph", "pageLink"):
                    if row.get(name) and not kept.get(name):
                        kept[name] = row[name]
    return dict(sorted(rows.items()))


def thing_of(row: Row) -> object:
    """What the statement of a row is about: what a body answers for, an activity, a territory."""
    return row.get("thing") or row.get("activity") or row.get("territory")


def method_values(points: Mapping[str, float]) -> dict[str, Any]:
    return {"id": METHOD, "weights": dict(points), "labels": both("synergies.method")}


def roundtable_lines(found: RoundTable, names: Names, regions: Mapping[str, str], lang: str) -> list[str]:
    """Whom to invite, what each covers, which of them work together already, whom to call first."""
    if not found.bodies:
        return [say(lang, "synergies.no_table")]
    lines = []
    for body in found.bodies:
        on = ", ".join(names[theme] for theme, some in found.themes.items() if body in some)
        where = names.get(regions.get(body, ""), say(lang, "synergies.nowhere"))
        lines.append(f"- {names[body]} ({where})" + (say(lang, "synergies.on", what=on) if on else ""))
    known = ", ".join(f"{names[a]} – {names[b]}" for a, b in found.bridges)
    lines += ["", say(lang, "synergies.bridges", what=known), say(lang, "synergies.call", who=names[found.first])]
    if found.uncovered:
        lines.append(say(lang, "synergies.uncovered", what=", ".join(names[theme] for theme in found.uncovered)))
    return [*lines, say(lang, "synergies.gap", gap=f"{100 * found.gap:.1f}")]


def leave_out_lines(found: Mapping[str, Any], lang: str) -> list[str]:
    """The figures of one event left out, with their intervals, and what they do not say."""
    lines = [say(lang, "synergies.left_out", events=found["events"], pairs=found["pairs"])]
    for name in ("auc", "mrr", "hits10", "advised"):
        if name in found:
            shown = {part: f"{value:.3f}" for part, value in found[name].items()}
            lines.append(say(lang, f"synergies.left_{name}", **shown))
    return [*lines, say(lang, "synergies.left_note")]

"""What `maillage synergies` writes, in each of its formats."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from maillage.answer.synergies import Synergies
    from maillage.network.synergy.suggest import Suggestion


def show(made: "Synergies", found: "Sequence[Suggestion]", body: str, lang: str, form: str) -> bytes:
    from maillage.credit.notice import ON_SCREEN
    from maillage.visualize.locales import say
    from maillage.visualize.portal.suggestions import suggestion_lines

    if form != "table":
        return _for_machines(made, found, lang, form)
    lines: list[str] = []
    for number, one in enumerate(found, 1):
        lines += [*suggestion_lines(number, one, made.names[lang], lang), ""]
    if body and made.advice.abstains(body):
        said = {"who": made.names[lang][body], "least": made.advice.by.least_statements}
        lines.append(say(lang, "synergies.abstained", n=made.advice.statement_count[body], **said))
    elif not found:
        lines.append(say(lang, "synergies.none"))
    return "\n".join(
        [*lines, say(lang, "synergies.method"), "", made.credit(lang).text(ON_SCREEN).rstrip("\n")]
    ).encode()


def show_why(made: "Synergies", ends: tuple[str, str], lang: str, form: str) -> bytes:
    from maillage.visualize.portal.suggestions import why_lines

    found = made.why(*ends)
    if form != "table":
        asked = [found.suggestion]
        more = {"verdict": found.verdict, "how": found.how, "poor": found.poor, "missing": found.missing}
        return _for_machines(made, asked, lang, form, more)
    return "\n".join(why_lines(found, ends, made.names[lang], lang)).encode()


def _for_machines(
    made: "Synergies", found: "Sequence[Suggestion]", lang: str, form: str, more: dict[str, Any] | None = None
) -> bytes:
    from maillage.export import FORMATS
    from maillage.visualize.portal.suggestions import evidence_values, method_values, suggestion_values

    values = {
        "method": method_values(made.advice.by.points),
        "suggestions": [suggestion_values(one, made.names) for one in found],
        "evidence": evidence_values(found),
    }
    return FORMATS[form].write((more or {}) | values, made.credit(lang), "suggestions")

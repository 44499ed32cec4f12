"""`maillage synergies`: who should meet whom, why, and why not."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from maillage.cli.ask import Target
from maillage.cli.data_option import data_option, refuse_options, write_suggestions
from maillage.cli.lazy import Settings, endpoint_option
from maillage.errors import Phrase, QuestionError
from maillage.export import ANSWERS, FORMATS, formats

if TYPE_CHECKING:
    from maillage.answer.synergies import Synergies
    from maillage.network.synergy.suggest import Suggestion

_FORMATS = [click.Option([f"--{name}", "form"], flag_value=name) for name in ("table", *formats("suggestions"))]


@click.command(params=[*_FORMATS, data_option(), endpoint_option()])
@click.option("--body", default="")
@click.option("--territory", "territories", multiple=True)
@click.option("--theme", default="")
@click.option("--why", nargs=2, metavar="A B")
@click.option("--top", type=click.IntRange(1, 1000), default=10, show_default=True)
@click.option("--kind", default="")
@click.option("-o", "--output", "target", type=click.Path(dir_okay=False, path_type=Path))
@click.pass_obj
def synergies(
    settings: Settings,
    body: str,
    territories: tuple[str, ...],
    theme: str,
    why: tuple[str, str] | None,
    top: int,
    form: str | None,
    kind: str,
    target: Path | None,
    data: Path | None,
) -> None:
    aim = Target(form, target, (*ANSWERS, "suggestions"))
    if data or kind:
        write_suggestions(settings, aim, _table(data, territory=territories, theme=theme, why=why), top, body, kind)
        return
    from maillage.answer.synergies import Synergies

    known = ("table", *formats("suggestions"))
    if aim.form not in known:
        raise QuestionError("unknown-format", name=aim.form, known=", ".join(known))
    if len(territories) > 2:
        raise QuestionError("bad-value", value=", ".join(territories), wanted=Phrase("value-territories"))
    with settings.open(in_memory=True) as graph:
        made, lang = Synergies(graph), settings.lang
        if why:
            ends = (made.resolve("organisation", why[0], lang), made.resolve("organisation", why[1], lang))
            aim.put(_show_why(made, ends, lang, aim.form) + b"\n")
            return
        asked = body and made.resolve("organisation", body, lang)
        places = [made.resolve("territory", territory, lang) for territory in territories]
        found = made.suggestions(asked, places, theme and made.resolve("theme", theme, lang), top)
        aim.put(_show(made, found, asked, lang, aim.form) + b"\n")


def _table(data: Path | None, **given: object) -> Path:
    """The table that was given; refused with what it cannot be asked, and where what only it can be asked lacks it."""
    if not data:
        asked = Phrase("the-command", name="synergies --kind")
        raise QuestionError("missing-parameter", asked=asked, name="data", hint=Phrase("give-participations"))
    refuse_options("synergies --data", "body, kind, top", **given)
    return data


def _show(made: "Synergies", found: "Sequence[Suggestion]", body: str, lang: str, form: str) -> bytes:
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


def _show_why(made: "Synergies", ends: tuple[str, str], lang: str, form: str) -> bytes:
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
    from maillage.visualize.portal.suggestions import evidence_values, method_values, suggestion_values

    values = {
        "method": method_values(made.advice.by.points),
        "suggestions": [suggestion_values(one, made.names) for one in found],
        "evidence": evidence_values(found),
    }
    return FORMATS[form].write((more or {}) | values, made.credit(lang), "suggestions")

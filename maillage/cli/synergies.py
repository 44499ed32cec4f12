"""`maillage synergies`: who should meet whom, why, and why not."""

from pathlib import Path

import click

from maillage.cli.ask import Target
from maillage.cli.data_option import data_option, only_without_data, write_suggestions
from maillage.cli.lazy import Settings, endpoint_option
from maillage.export import ANSWERS, formats

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
    from maillage import answer
    from maillage.answer.synergies import Synergies
    from maillage.cli.suggestions import show, show_why
    from maillage.errors import Phrase, QuestionError

    known = ("table", *formats("suggestions"))
    if aim.form not in known:
        raise QuestionError("unknown-format", name=aim.form, known=", ".join(known))
    if len(territories) > 2:
        raise QuestionError("bad-value", value=", ".join(territories), wanted=Phrase("value-territories"))
    with answer.open(settings.out, settings.allow, settings.endpoint, in_memory=True) as graph:
        made, lang = Synergies(graph), settings.lang
        if why:
            ends = (made.resolve("organisation", why[0], lang), made.resolve("organisation", why[1], lang))
            aim.put(show_why(made, ends, lang, aim.form) + b"\n")
            return
        asked = body and made.resolve("organisation", body, lang)
        places = [made.resolve("territory", territory, lang) for territory in territories]
        found = made.suggestions(asked, places, theme and made.resolve("theme", theme, lang), top)
        aim.put(show(made, found, asked, lang, aim.form) + b"\n")


def _table(data: Path | None, **given: object) -> Path:
    """The table that was given; refused with what it cannot be asked, and where what only it can be asked lacks it."""
    from maillage.errors import Phrase, QuestionError

    if not data:
        hint = Phrase("give-participations")
        raise QuestionError("missing-parameter", query="synergies --kind", name="data", hint=hint)
    only_without_data("synergies", "body, kind, top", **given)
    return data

"""What a person reads when a command stops: one sentence on stderr and an exit code, never a traceback.

A defect of ours (any other exception) is not caught: its traceback is the report.
"""

from typing import Any

import click

from maillage.errors import MachineError, MaillageError
from maillage.locales import say, section

_SIGINT_CODE = 130

REFUSALS = (MaillageError, click.ClickException, click.Abort, ModuleNotFoundError)

# The import name of each library that is not in the base install, and the smallest extra that brings it.
_LIBRARIES = {
    "excel": "xlsxwriter",
    "figures": "matplotlib",
    "maps": "igraph jinja2 networkx numpy pyvis",
    "reading": "mammoth markdown_it odfdo pypdf",
    "remote": "SPARQLWrapper httpx",
    "sources": "duckdb fastexcel icalendar rapidfuzz splink tenacity",
    "spark": "py4j pyspark",
    "synergy": "scipy sklearn",
    "web": "h11 oxigraph starlette uvicorn",
}
EXTRA_OF = {library: extra for extra, libraries in _LIBRARIES.items() for library in libraries.split()}


def _near(names: object, lang: str) -> str:
    found = list(names) if isinstance(names, list | tuple) else []
    return say(lang, "usage.near", names=", ".join(map(str, found))) if found else ""


def _hint(kind: click.ParamType[Any], lang: str) -> str:
    if isinstance(kind, click.Choice):
        return say(lang, "usage.choices", choices=", ".join(map(str, kind.choices)))
    kinds = section(lang, "kinds")  # by click's names of what an option takes
    return say(lang, "usage.wanted", kind=kinds.get(kind.name, kinds["any"]).format(bounds=_bounds(kind, lang)))


def _bounds(kind: click.ParamType[Any], lang: str) -> str:
    """Those of a number; an option that has a highest has a least too."""
    least, most = (getattr(kind, name, None) for name in ("min", "max"))
    return say(lang, "usage.least" if most is None else "usage.between", least=least, most=most)


def _fault(error: click.UsageError, lang: str) -> tuple[str, dict[str, str | None]]:
    """What is wrong, as a key and what its sentence speaks of."""
    match error:
        case click.NoSuchCommand():
            return "no-command", {"name": error.command_name, "near": _near(error.possibilities, lang)}
        case click.NoSuchOption():
            return "no-option", {"name": error.option_name, "near": _near(error.possibilities, lang)}
        case click.BadOptionUsage():
            return "no-value", {"name": error.option_name}
        case click.MissingParameter() if error.param:
            return "missing", {"name": section(lang, "usage")["or"].join(error.param.opts)}
        case click.BadParameter() if error.param:
            name = section(lang, "usage")["or"].join(error.param.opts)
            return "bad-value", {"name": name, "wanted": _hint(error.param.type, lang)}
    return "other", {}


def tell(error: Exception, lang: str) -> int:
    """Says why the command stopped and returns the exit code; a defect of ours is raised again."""
    if isinstance(error, MaillageError):
        return _echo(error.sentence(lang), error.exit_code)
    if isinstance(error, ModuleNotFoundError) and error.name in EXTRA_OF:
        return tell(MachineError("missing-extra", package=error.name, extra=EXTRA_OF[error.name]), lang)
    if isinstance(error, click.UsageError):
        key, places = _fault(
            error, lang
        )  # a sentence of ours, or as click says it (`{message}`): its words are English
        said = say(lang, f"usage.{key}", message=error.format_message(), **places)
        command = error.ctx.command_path if error.ctx else "maillage"
        return _echo(say(lang, "usage.more", said=said, command=command), error.exit_code)
    if isinstance(error, click.ClickException):
        return _echo(error.format_message(), error.exit_code)
    if isinstance(error, click.Abort):
        return _echo(say(lang, "usage.interrupted"), _SIGINT_CODE)
    raise error


def _echo(sentence: str, code: int) -> int:
    click.echo(sentence, err=True)
    return code

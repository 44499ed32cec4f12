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
EXTRA_OF = {
    "SPARQLWrapper": "remote",
    "duckdb": "sources",
    "fastexcel": "sources",
    "httpx": "remote",
    "icalendar": "sources",
    "igraph": "maps",
    "jinja2": "maps",
    "matplotlib": "figures",
    "networkx": "maps",
    "numpy": "maps",
    "oxigraph": "web",
    "py4j": "spark",
    "pyspark": "spark",
    "pyvis": "maps",
    "rapidfuzz": "sources",
    "splink": "sources",
    "scipy": "synergy",
    "sklearn": "synergy",
    "starlette": "web",
    "tenacity": "sources",
    "uvicorn": "web",
    "xlsxwriter": "excel",
}


def _near(names: object, lang: str) -> str:
    found = list(names) if isinstance(names, list | tuple) else []
    return say(lang, "usage.near", names=", ".join(map(str, found))) if found else ""


def _hint(kind: click.ParamType[Any], lang: str) -> str:
    if isinstance(kind, click.Choice):
        return say(lang, "usage.choices", choices=", ".join(map(str, kind.choices)))
    kinds = section(lang, "kinds")  # by click's names of what an option takes
    return say(lang, "usage.wanted", kind=kinds.get(kind.name, kinds["any"]))


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


def _usage(error: click.UsageError, lang: str) -> str:
    """The same in a sentence, or as click says it (`{message}`): its words are English."""
    key, places = _fault(error, lang)
    said = say(lang, f"usage.{key}", message=error.format_message(), **places)
    command = error.ctx.command_path if error.ctx else "maillage"
    return say(lang, "usage.more", said=said, command=command)


def tell(error: Exception, lang: str) -> int:
    """Says why the command stopped and returns the exit code; a defect of ours is raised again."""
    if isinstance(error, MaillageError):
        return _echo(error.sentence(lang), error.exit_code)
    if isinstance(error, ModuleNotFoundError) and error.name in EXTRA_OF:
        return tell(MachineError("missing-extra", package=error.name, extra=EXTRA_OF[error.name]), lang)
    if isinstance(error, click.UsageError):
        return _echo(_usage(error, lang), error.exit_code)
    if isinstance(error, click.ClickException):
        return _echo(error.format_message(), error.exit_code)
    if isinstance(error, click.Abort):
        return _echo(say(lang, "usage.interrupted"), _SIGINT_CODE)
    raise error


def _echo(sentence: str, code: int) -> int:
    click.echo(sentence, err=True)
    return code

"""What a person reads when a command stops: one sentence on stderr and an exit code, never a traceback.

A defect of ours (any other exception) is not caught: its traceback is the report.
"""

from typing import Any

import click

from maillage.errors import MachineError, MaillageError

_INTERRUPTED = 130

REFUSALS = (MaillageError, click.ClickException, click.Abort, ModuleNotFoundError)

# Click's names of what an option takes.
_KINDS = {
    "integer": "un nombre entier",
    "integer range": "un nombre entier, dans les bornes",
    "float": "un nombre",
    "float range": "un nombre, dans les bornes",
    "directory": "un dossier qui convienne",
    "file": "un fichier qui existe",
    "path": "un chemin qui convienne",
    "filename": "un fichier qui s'ouvre",
}

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


def _names(values: object) -> str:
    found = list(values) if isinstance(values, list | tuple) else []
    return f" Peut-être : {', '.join(str(value) for value in found)}." if found else ""


def _wanted(kind: click.ParamType[Any]) -> str:
    if isinstance(kind, click.Choice):
        return f"Choisir parmi : {', '.join(str(choice) for choice in kind.choices)}."
    return f"Il faut {_KINDS.get(kind.name, 'une autre valeur')}."


def _in_french(error: click.UsageError) -> str:
    match error:
        case click.NoSuchCommand():
            return f"La commande « {error.command_name} » n'existe pas.{_names(error.possibilities)}"
        case click.NoSuchOption():
            return f"L'option « {error.option_name} » n'existe pas.{_names(error.possibilities)}"
        case click.BadOptionUsage():
            return f"L'option « {error.option_name} » attend une valeur."
        case click.MissingParameter() if error.param:
            return f"Il manque {' ou '.join(error.param.opts)}."
        case click.BadParameter() if error.param:
            names = " ou ".join(error.param.opts)
            return f"La valeur de {names} ne convient pas. {_wanted(error.param.type)}"
    return f"La commande est mal écrite : {error.format_message()}"


def _usage(error: click.UsageError, lang: str) -> str:
    where = error.ctx.command_path if error.ctx else "maillage"
    if lang == "en":
        return f"{error.format_message()}\nTry: {where} --help"
    return f"{_in_french(error)}\nPour en savoir plus : {where} --help"


def tell(error: Exception, lang: str) -> int:
    """Says why the command stopped and returns the exit code; a defect of ours is raised again."""
    if isinstance(error, MaillageError):
        return _said(error.sentence(lang), error.exit_code)
    if isinstance(error, ModuleNotFoundError) and error.name in EXTRA_OF:
        return tell(MachineError("missing-extra", package=error.name, extra=EXTRA_OF[error.name]), lang)
    if isinstance(error, click.UsageError):
        return _said(_usage(error, lang), error.exit_code)
    if isinstance(error, click.ClickException):
        return _said(error.format_message(), error.exit_code)
    if isinstance(error, click.Abort):
        return _said("Interrupted." if lang == "en" else "Interrompu.", _INTERRUPTED)
    raise error


def _said(sentence: str, code: int) -> int:
    click.echo(sentence, err=True)
    return code

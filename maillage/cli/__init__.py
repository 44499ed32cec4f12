"""The command line: a table of commands, each read only when it is used.

To add a command: write `maillage/cli/<file>.py`, add one line to `COMMANDS`, and say in each language what it does and
what each of its options takes, in `visualize/locales/cli/`.
"""

import sys
from collections.abc import Sequence

import click

from maillage._version import __version__
from maillage.cli.lazy import LazyGroup, Settings
from maillage.cli.plain_igraph import IgraphFinder

__all__ = ["COMMANDS", "Settings", "command_line", "main"]

COMMANDS = {  # where each lives: module and function
    "run": "maillage.cli.portal:run",
    "build": "maillage.cli.build:build",
    "check": "maillage.cli.build:check",
    "identifiers": "maillage.cli.build:identifiers",
    "report": "maillage.cli.build:report",
    "fetch": "maillage.cli.fetch:fetch",
    "import": "maillage.cli.sheet:import_",
    "template": "maillage.cli.sheet:template",
    "annotate": "maillage.cli.annotate:annotate",
    "read": "maillage.cli.read:read",
    "identity cluster": "maillage.cli.identity:cluster",
    "identity propose": "maillage.cli.identity:propose",
    "identity review": "maillage.cli.identity:review",
    "identity apply": "maillage.cli.identity:apply",
    "identity undo": "maillage.cli.identity:undo",
    "identity evaluate": "maillage.cli.identity:evaluate",
    "identity learn": "maillage.cli.identity:learn",
    "reconcile": "maillage.cli.identity:reconcile",
    "enrich": "maillage.cli.enrich:enrich",
    "ask": "maillage.cli.ask:ask",
    "query": "maillage.cli.ask:query",
    "path": "maillage.cli.network:path",
    "synergies": "maillage.cli.synergies:synergies",
    "measures": "maillage.cli.network:measures",
    "communities": "maillage.cli.network:communities",
    "roundtable": "maillage.cli.network:roundtable",
    "gaps": "maillage.cli.network:gaps",
    "map": "maillage.cli.map:map_",
    "ontology": "maillage.cli.portal:ontology",
    "portal": "maillage.cli.portal:portal",
    "figure": "maillage.cli.map:figure",
    "graph": "maillage.cli.map:graph",
    "export": "maillage.cli.release:export",
    "release": "maillage.cli.release:release",
    "diff": "maillage.cli.release:diff",
    "publish": "maillage.cli.release:publish",
    "evaluate": "maillage.cli.evaluate:evaluate",
    "new question": "maillage.cli.new:question",
    "new map": "maillage.cli.new:map_",
    "new source": "maillage.cli.new:source",
    "new format": "maillage.cli.new:format_",
    "new facet": "maillage.cli.new:facet",
    "serve": "maillage.cli.serve:serve",
}


def command_line(args: Sequence[str] | None = None) -> int:
    """One command line, as a list of words (those of the process unless given); returns the exit code."""
    group = LazyGroup(COMMANDS)
    click.version_option(__version__, message="maillage %(version)s", help=None)(group)
    return group.run(args)


def main() -> None:
    sys.meta_path.insert(0, IgraphFinder())
    sys.exit(command_line())

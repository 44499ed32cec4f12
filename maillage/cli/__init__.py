"""The command line: a table of commands, each read only when it is used.

To add a command: write `maillage/cli/<file>.py` and add one line to `COMMANDS`.
Every text shown by `--help` is written "français || English"; the language chosen decides which is shown.
"""

import sys
from collections.abc import Sequence
from dataclasses import dataclass

import click

from maillage._version import __version__
from maillage.cli.lazy import LazyGroup, Settings

__all__ = ["COMMANDS", "Command", "Settings", "command_line", "main"]


@dataclass(frozen=True)
class Command:
    """Where a command lives (`module:function`) and the line that `maillage --help` shows for it."""

    target: str
    summary: str


COMMANDS = {
    "run": Command(
        "maillage.cli.run:run",
        "Tout faire : graphe, cartes, publication, accueil || Do it all: graph, maps, release, index",
    ),
    "build": Command(
        "maillage.cli.build:build",
        "Construire le graphe à partir des sources || Build the graph from the sources",
    ),
    "check": Command(
        "maillage.cli.build:check",
        "Vérifier les sources, ligne par ligne || Check the sources, line by line",
    ),
    "identifiers": Command(
        "maillage.cli.build:identifiers",
        "Attribuer les identifiants qui manquent || Give the identifiers that are missing",
    ),
    "report": Command(
        "maillage.cli.build:report",
        "Relire le compte rendu de la dernière construction || Show the report of the last build",
    ),
    "fetch": Command(
        "maillage.cli.fetch:fetch",
        "Prendre les fichiers d'une source || Take the files of a source",
    ),
    "import": Command(
        "maillage.cli.sheet:import_",
        "Voir, puis garder, un tableau à soi || See, then keep, a sheet of one's own",
    ),
    "template": Command("maillage.cli.sheet:template", "Écrire le tableau à remplir || Write the sheet to fill in"),
    "annotate": Command(
        "maillage.cli.annotate:annotate",
        "Découper un texte en passages repérés || Split a text into located passages",
    ),
    "identity cluster": Command(
        "maillage.cli.identity:cluster",
        "Grouper les noms d'une liste || Group the names of a list",
    ),
    "identity propose": Command(
        "maillage.cli.identity:propose",
        "Proposer des rapprochements entre les sources || Propose matches between the sources",
    ),
    "identity review": Command(
        "maillage.cli.decide:review",
        "Décider des rapprochements douteux, au clavier || Decide doubtful matches, at the keyboard",
    ),
    "identity apply": Command(
        "maillage.cli.decide:apply",
        "Décider des rapprochements sûrs, d'un coup || Decide the sure matches, at once",
    ),
    "identity undo": Command(
        "maillage.cli.decide:undo",
        "Reprendre des décisions || Take decisions back",
    ),
    "identity evaluate": Command(
        "maillage.cli.identity:evaluate",
        "Mesurer le modèle sur des paires jugées || Measure the model on judged pairs",
    ),
    "identity learn": Command(
        "maillage.cli.identity:learn",
        "Réapprendre le modèle || Learn the model anew",
    ),
    "reconcile": Command(
        "maillage.cli.reconcile:reconcile",
        "Retrouver les noms d'une liste dans le graphe || Find the names of a list in the graph",
    ),
    "ask": Command("maillage.cli.ask:ask", "Poser une question du catalogue || Ask a question of the catalogue"),
    "query": Command("maillage.cli.ask:query", "Poser sa propre question SPARQL || Ask a SPARQL question of your own"),
    "path": Command(
        "maillage.cli.path:path",
        "Relier deux organismes, preuves à l'appui || Connect two bodies, with the evidence",
    ),
    "synergies": Command(
        "maillage.cli.synergies:synergies",
        "Qui devrait se rencontrer, et pourquoi || Who should meet, and why",
    ),
    "measures": Command(
        "maillage.cli.network:measures",
        "Mesurer la place de chaque organisme || Measure the place of each body",
    ),
    "communities": Command(
        "maillage.cli.network:communities",
        "Trouver les communautés et leur stabilité || Find communities and their stability",
    ),
    "roundtable": Command(
        "maillage.cli.network:roundtable",
        "Composer une table ronde || Compose a round table",
    ),
    "gaps": Command(
        "maillage.cli.network:gaps",
        "Voir où rien n'est connu, quels ponts manquent || See where nothing is known, which bridges are missing",
    ),
    "map": Command("maillage.cli.map:map_", "Dessiner une carte interactive || Draw an interactive map"),
    "ontology": Command(
        "maillage.cli.ontology:ontology",
        "Écrire la documentation du vocabulaire || Write the documentation of the vocabulary",
    ),
    "portal": Command(
        "maillage.cli.portal:portal",
        "Écrire le portail : une page par chose, par question || Write the portal: a page a thing, a question",
    ),
    "figure": Command("maillage.cli.figure:figure", "Dessiner une carte à imprimer || Draw a map for print"),
    "graph": Command(
        "maillage.cli.graph:graph",
        "Emporter le réseau d'une carte (Gephi, igraph…) || Take away the network of a map (Gephi, igraph…)",
    ),
    "export": Command(
        "maillage.cli.export:export",
        "Emporter le graphe entier || Take away the whole graph",
    ),
    "release": Command(
        "maillage.cli.release:release",
        "Écrire la publication : données, licences || Write the release: data, licences",
    ),
    "diff": Command(
        "maillage.cli.diff:diff",
        "Dire ce qui a changé d'une publication à une autre || Say what changed from a release to another",
    ),
    "publish": Command(
        "maillage.cli.publish:publish",
        "Charger le graphe dans un serveur SPARQL || Load the graph into a SPARQL endpoint",
    ),
    "evaluate": Command(
        "maillage.cli.evaluate:evaluate",
        "Évaluer les suggestions sur un réseau connu || Evaluate suggestions on a known network",
    ),
    "new question": Command(
        "maillage.cli.new:question",
        "Commencer une question, avec son cas à juger || Begin a question, with its case to judge",
    ),
    "new map": Command(
        "maillage.cli.new:map_",
        "Commencer une carte, avec son cas à juger || Begin a map, with its case to judge",
    ),
    "new source": Command(
        "maillage.cli.new:source",
        "Commencer une source lue par nous : sa fiche, ses tables || Begin a source that we read: its card, its tables",
    ),
    "new format": Command(
        "maillage.cli.new:format_",
        "Commencer un format : son test, sa ligne de FORMATS || Begin a format: its test, its line of FORMATS",
    ),
    "new facet": Command(
        "maillage.cli.new:facet",
        "Commencer une facette : sa ligne dans leur liste || Begin a facet: its line of their list",
    ),
    "serve": Command("maillage.cli.serve:serve", "Servir les pages en local || Serve the pages locally"),
}

_ABOUT = (
    "Maillage : qui travaille avec qui dans l'innovation publique, preuves à l'appui. || "
    "Maillage: who works with whom in public innovation, with the evidence."
)
_VERSION = "Dire la version || Show the version"


def command_line(args: Sequence[str] | None = None) -> int:
    """One command line, as a list of words (those of the process unless given); returns the exit code."""
    targets = {name: (command.target, command.summary) for name, command in COMMANDS.items()}
    group = LazyGroup(targets, help=_ABOUT)
    click.version_option(__version__, message="maillage %(version)s", help=_VERSION)(group)
    return group.run(args)


def main() -> None:
    """Run the command line; the process ends with the exit code of the command."""
    sys.exit(command_line())

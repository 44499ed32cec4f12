"""The disk, a lock or another process in the way."""

from maillage.errors.base import MaillageError


class MachineError(MaillageError):
    """The disk, a lock or another process stands in the way."""

    exit_code, http_status = 3, 503


class NoBuild(MachineError):
    fr, en = "Il n'y a pas encore de graphe dans {folder}.", "There is no graph in {folder} yet."
    cure_fr, cure_en = "Lancer maillage build.", "Run maillage build."


class StoreInUse(MachineError):
    fr, en = (
        "Le graphe {folder} est tenu par un autre programme.",
        "Another program holds the graph {folder}.",
    )
    cure_fr, cure_en = "Attendre qu'il finisse, puis recommencer.", "Wait until it ends, then try again."


class CannotWrite(MachineError):
    fr, en = "Impossible d'écrire {file} : {reason}", "Cannot write {file}: {reason}"
    cure_fr, cure_en = "Choisir un autre dossier.", "Choose another folder."


class MissingExtra(MachineError):
    fr, en = "Il manque la bibliothèque {package}.", "The library {package} is missing."
    cure_fr, cure_en = "pip install 'maillage[{extra}]'", "pip install 'maillage[{extra}]'"


class JavaAbsent(MachineError):
    fr, en = "Spark a besoin de Java, qui n'est pas sur cette machine.", "Spark needs Java, which this machine has not."
    cure_fr = "Installer Java 17 ou plus (Debian : apt-get install default-jre-headless), ou poser JAVA_HOME."
    cure_en = "Install Java 17 or later (Debian: apt-get install default-jre-headless), or set JAVA_HOME."


class SparkFailed(MachineError):
    fr, en = "Spark s'est arrêté : {reason}.", "Spark stopped: {reason}."
    cure_fr = "Revoir sa configuration, ou s'en passer : --engine duckdb."
    cure_en = "See to its configuration, or do without: --engine duckdb."


class PortTaken(MachineError):
    fr, en = "Le port {port} est déjà pris.", "Port {port} is taken."
    cure_fr, cure_en = "En choisir un autre : --port.", "Choose another: --port."


class ForeignFolder(MachineError):
    fr, en = (
        "Le dossier {folder} contient autre chose qu'une publication.",
        "The folder {folder} is no release.",
    )
    cure_fr, cure_en = "Donner un dossier neuf ou vide.", "Give a new or empty folder."


class EngineAbsent(MachineError):
    fr, en = "Le moteur SPARQL n'est pas installé.", "The SPARQL engine is not installed."
    cure_fr, cure_en = "pip install 'maillage[web]'", "pip install 'maillage[web]'"


class EngineDown(MachineError):
    fr, en = "Le moteur SPARQL ne répond pas ; il redémarre.", "The SPARQL engine does not answer; it starts again."
    cure_fr, cure_en = "Réessayer dans quelques secondes.", "Try again in a few seconds."


class EngineDead(MachineError):
    fr, en = "Le moteur SPARQL ne démarre pas.", "The SPARQL engine does not start."
    cure_fr, cure_en = "Lui donner plus de mémoire : --memory-limit.", "Give it more memory: --memory-limit."


class EngineFailed(MachineError):
    http_status = 502
    fr = "Le moteur SPARQL s'est interrompu au milieu de sa réponse : {reason}."
    en = "The SPARQL engine broke off in the middle of its answer: {reason}."
    cure_fr, cure_en = "Recommencer, ou écrire la requête autrement.", "Try again, or write the query otherwise."


class OldPortal(MachineError):
    fr = "Le portail {folder} n'est pas celui du dernier graphe."
    en = "The portal {folder} is not the one of the last graph."
    cure_fr = "Le réécrire : maillage portal {folder}, ou ôter --portal."
    cure_en = "Write it again: maillage portal {folder}, or leave out --portal."


class TooManyQueries(MachineError):
    http_status = 429
    fr, en = "Trop de requêtes sont en cours.", "Too many queries are at work."
    cure_fr, cure_en = "Réessayer dans un instant.", "Try again in a moment."

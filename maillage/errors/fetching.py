"""Files of a source that cannot be taken, or that are not what its card says.

`address` is always an address as the card writes it: a key that fills a place of it is never shown.
"""

from maillage.errors.base import MaillageError
from maillage.errors.machine import MachineError
from maillage.errors.questions import QuestionError


class NothingToFetch(QuestionError):
    fr = "La fiche de la source « {source} » ne dit pas où prendre ses fichiers."
    en = "The card of the source “{source}” does not say where to take its files."
    cure_fr, cure_en = "Ajouter fetch: à {file}.", "Add fetch: to {file}."


class AddressNotGiven(NothingToFetch):
    fr = "La source « {source} » se prend à l'adresse que l'on donne."
    en = "The source “{source}” is taken from the address that one gives."
    cure_fr, cure_en = "maillage fetch {source} --from ADRESSE|FICHIER.", "maillage fetch {source} --from ADDRESS|FILE."


class NotFetched(MachineError):
    fr = "Les fichiers de la source « {source} » n'ont pas encore été pris."
    en = "The files of the source “{source}” have not been fetched yet."
    cure_fr, cure_en = "Lancer maillage fetch {source}.", "Run maillage fetch {source}."


class FetchInProgress(MachineError):
    fr, en = "Un autre programme prend déjà la source « {source} ».", "Another program is fetching “{source}”."
    cure_fr, cure_en = "Attendre qu'il finisse, puis recommencer.", "Wait until it ends, then try again."


class MissingKey(QuestionError):
    fr, en = "L'adresse {address} demande la clé {name}.", "The address {address} needs the key {name}."
    cure_fr = "La donner dans la variable d'environnement {name}."
    cure_en = "Give it in the environment variable {name}."


class FetchError(MachineError):
    """The network, or the server at its other end, stands in the way; what was taken before stays."""

    http_status = 502


class AddressRefused(FetchError):
    exit_code = 1
    fr, en = "L'adresse {address} est refusée : {reason_fr}.", "The address {address} is refused: {reason}."
    cure_fr, cure_en = "{hint_fr}", "{hint}"


class Unreachable(FetchError):
    fr, en = "{host} est hors d'atteinte : {reason}.", "{host} cannot be reached: {reason}."
    cure_fr, cure_en = "Vérifier le réseau, ou donner --from DOSSIER.", "Check the network, or give --from DIR."


class BadCertificate(FetchError):
    fr, en = "Le certificat de {host} ne convient pas : {reason}.", "The certificate of {host} will not do: {reason}."
    cure_fr = "Vérifier l'adresse et l'heure de la machine."
    cure_en = "Check the address and the clock of the machine."


class TransferBroken(FetchError):
    """A connection that broke off: worth another try."""

    fr, en = "Le transfert de {address} s'est interrompu : {reason}.", "The transfer of {address} broke off: {reason}."
    cure_fr = "Relancer la même commande : ce qui est arrivé est gardé."
    cure_en = "Run the same command again: what has arrived is kept."


class ServerBusy(FetchError):
    """A server that says to come back; `retry_after`: seconds, or None when it does not say when."""

    fr, en = "{address} n'est pas disponible (code {status}).", "{address} is not available (status {status})."
    cure_fr, cure_en = "Réessayer plus tard.", "Try again later."


class RequestRefused(FetchError):
    fr = "Le serveur refuse {address} (code {status})."
    en = "The server refuses {address} (status {status})."
    cure_fr, cure_en = "Vérifier l'adresse dans la fiche.", "Check the address in the card."


class TooSlow(FetchError):
    fr, en = "{address} n'est pas arrivé en {seconds} s.", "{address} did not arrive within {seconds} s."
    cure_fr = "Relancer la même commande : ce qui est arrivé est gardé."
    cure_en = "Run the same command again: what has arrived is kept."


class ArrivalError(MaillageError):
    """A file arrived that is not what the card says; the copy before it stays."""

    http_status = 502


class TooManyBytes(ArrivalError):
    fr, en = "Le fichier dépasse {most} octets {where_fr}.", "The file is over {most} bytes {where}."
    cure_fr = "Vérifier l'adresse, ou relever most_bytes dans la fiche."
    cure_en = "Check the address, or raise most_bytes in the card."


class HtmlInstead(ArrivalError):
    fr, en = "C'est une page HTML, pas un fichier {wanted}.", "This is an HTML page, no {wanted} file."
    cure_fr = "Vérifier l'adresse : le site montre peut-être une erreur ou une page d'accueil."
    cure_en = "Check the address: the site may be showing an error or a home page."


class Malformed(ArrivalError):
    """`line` counts from 1; None where it is not known."""

    fr, en = "Le fichier {wanted} ne se lit pas : {reason}.", "The {wanted} file cannot be read: {reason}."
    cure_fr, cure_en = "Prévenir qui publie le fichier.", "Tell whoever publishes the file."


class NoRecords(ArrivalError):
    fr = "Rien à l'endroit « {path} » qui soit une liste de fiches."
    en = "Nothing at “{path}” that is a list of records."
    cure_fr = "Le format a changé : corriger records dans la fiche, et la correspondance."
    cure_en = "The format has changed: mend records in the card, and the mapping."


class LostField(ArrivalError):
    fr = "Le champ « {field} » manque à {count} enregistrement(s) sur {total}."
    en = "The field “{field}” is missing from {count} record(s) of {total}."
    cure_fr = "Le format a changé : corriger fields dans la fiche, et la correspondance."
    cure_en = "The format has changed: mend fields in the card, and the mapping."


class TooFewRecords(ArrivalError):
    fr = "{count} enregistrement(s) seulement : la fiche en attend au moins {least}."
    en = "Only {count} record(s): the card expects at least {least}."
    cure_fr, cure_en = "Réessayer, ou corriger least dans la fiche.", "Try again, or mend least in the card."


class HalfAnswer(ArrivalError):
    fr = "{count} enregistrement(s), contre {before} dans la dernière copie : la réponse semble tronquée."
    en = "{count} record(s), against {before} in the last copy: the answer looks cut."
    cure_fr, cure_en = "Vérifier, puis l'accepter : --accept.", "Check, then accept it: --accept."


class ManyGone(ArrivalError):
    """More rows than usual are no longer listed: half an answer may look like that."""

    fr = "{count} lignes sur {total} n'y sont plus, plus que la part attendue ({share}) : la réponse est-elle entière ?"
    en = "{count} rows of {total} are no longer there, more than the expected share ({share}): is the answer whole?"
    cure_fr, cure_en = "Vérifier, puis l'accepter : --accept.", "Check, then accept it: --accept."


class PagesDisagree(ArrivalError):
    fr, en = "Les pages de la réponse ne s'accordent pas : {reason_fr}.", "The pages do not agree: {reason}."
    cure_fr, cure_en = "{hint_fr}", "{hint}"


class EntityDeclared(ArrivalError):
    fr, en = "Le fichier RDF/XML déclare une entité.", "The RDF/XML file declares an entity."
    cure_fr = "Demander une version sans entité, ou une autre forme (Turtle)."
    cure_en = "Ask for a version without entities, or another form (Turtle)."


class RemoteContext(ArrivalError):
    fr = "Le contexte JSON-LD est à une autre adresse ({context}), qui n'est jamais demandée."
    en = "The JSON-LD context lies at another address ({context}), which is never fetched."
    cure_fr = "Demander un contexte dans le fichier, ou une autre forme (Turtle)."
    cure_en = "Ask for a context inside the file, or another form (Turtle)."

"""What an endpoint is asked about the bodies that we hold, and what it answers, at fault."""

from maillage.errors.base import MaillageError
from maillage.errors.fetching import ArrivalError
from maillage.errors.machine import MachineError


class NoCodes(MachineError):
    fr = "Aucun organisme du graphe ne porte de code {register} : il n'y a rien à demander pour « {source} »."
    en = "No body of the graph bears a {register} code: there is nothing to ask for “{source}”."
    cure_fr = "Construire d'abord un graphe avec une source qui en donne (maillage build --with cog)."
    cure_en = "First build a graph with a source that gives some (maillage build --with cog)."


class LostColumn(ArrivalError):
    fr = "La réponse n'a pas la colonne « {column} » que la question demande."
    en = "The answer lacks the column “{column}” that the question asks for."
    cure_fr = "Vérifier que l'adresse est celle du service de requêtes, et qu'il répond à la question posée."
    cure_en = "Check that the address is that of the query service, and that it answers the question asked."


class NotAsked(ArrivalError):
    fr = "La réponse parle de « {code} », qui n'a pas été demandé."
    en = "The answer speaks of “{code}”, which was not asked for."
    cure_fr = "Le serveur répond à une autre question : vérifier l'adresse, ou réessayer plus tard."
    cure_en = "The endpoint answers another question: check the address, or try again later."


class NotHeld(MaillageError):
    fr = "{count} ligne(s) de « {source} » parlent d'un code qu'aucun organisme de ce graphe n'est seul à porter."
    en = "{count} row(s) of “{source}” speak of a code that no body of this graph is alone to bear."
    cure_fr = "Laissées de côté : ajouter la source qui tient ces organismes (maillage build --with …)."
    cure_en = "Left out: add the source that holds these bodies (maillage build --with …)."

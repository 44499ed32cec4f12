"""A SPARQL endpoint, or the way to it, at fault.

`endpoint` is always an address without user, password or query: `maillage.store.endpoint.shown_address`.
"""

from maillage.errors.machine import MachineError
from maillage.errors.questions import QuestionError


class EndpointError(MachineError):
    """The endpoint cannot do what was asked of it."""

    http_status = 502


class BadAddress(QuestionError):
    fr, en = "« {endpoint} » n'est pas une adresse de serveur SPARQL.", "“{endpoint}” is no address of an endpoint."
    cure_fr = "Écrire une adresse qui commence par http:// ou https://."
    cure_en = "Write an address that begins with http:// or https://."


class EndpointUnreachable(EndpointError):
    fr, en = "Le serveur {endpoint} ne répond pas : {reason}.", "The endpoint {endpoint} does not answer: {reason}."
    cure_fr, cure_en = "Vérifier l'adresse et le réseau.", "Check the address and the network."


class EndpointForbidden(EndpointError):
    http_status = 403
    fr, en = (
        "Le serveur {endpoint} refuse l'accès (code {status}).",
        "The endpoint {endpoint} refuses access (status {status}).",
    )
    cure_fr = "Donner MAILLAGE_ENDPOINT_USER et MAILLAGE_ENDPOINT_PASSWORD, ou MAILLAGE_ENDPOINT_TOKEN."
    cure_en = "Give MAILLAGE_ENDPOINT_USER and MAILLAGE_ENDPOINT_PASSWORD, or MAILLAGE_ENDPOINT_TOKEN."


class EndpointRefused(EndpointError):
    fr, en = (
        "Le serveur {endpoint} refuse la demande (code {status}) : {reason}.",
        "The endpoint {endpoint} refuses the request (status {status}): {reason}.",
    )
    cure_fr, cure_en = "Vérifier que l'adresse est celle du service.", "Check that the address is the service's own."


class EndpointBroken(EndpointError):
    fr, en = (
        "Le serveur {endpoint} a échoué (code {status}) : {reason}.",
        "The endpoint {endpoint} failed (status {status}): {reason}.",
    )
    cure_fr, cure_en = "Réessayer, ou prévenir qui tient ce serveur.", "Try again, or tell whoever runs it."


class NotResults(EndpointError):
    fr, en = (
        "Le serveur {endpoint} n'a pas rendu de résultats SPARQL, mais {found}.",
        "The endpoint {endpoint} gave no SPARQL results, but {found}.",
    )
    cure_fr = "Donner l'adresse du service de requêtes, non celle d'une page."
    cure_en = "Give the address of the query service, not of a page."


class AnswerCut(EndpointError):
    fr, en = (
        "La réponse du serveur {endpoint} est incomplète : {reason_fr}.",
        "The answer of the endpoint {endpoint} is not whole: {reason}.",
    )
    cure_fr = "Réessayer, restreindre la question, ou relever la limite du serveur."
    cure_en = "Try again, narrow the question, or raise the limit of the endpoint."


class NoGraphStore(QuestionError):
    fr, en = (
        "On ne sait pas où le serveur {endpoint} reçoit des graphes.",
        "It is not known where the endpoint {endpoint} takes graphs.",
    )
    cure_fr = "Donner --graph-store ADRESSE, ou --files DOSSIER pour le chargeur du moteur."
    cure_en = "Give --graph-store ADDRESS, or --files FOLDER for the engine's own loader."


class HalfPublished(EndpointError):
    fr = "La publication s'est arrêtée avant la fin ({done} graphes sur {count}) : {reason_fr}"
    en = "Publishing stopped before its end ({done} graphs of {count}): {reason}"
    cure_fr = "Les graphes interrogés sont {state_fr}. Relancer la même commande, qui reprend tout."
    cure_en = "The graphs that questions read are {state}. Run the same command again: it starts over."

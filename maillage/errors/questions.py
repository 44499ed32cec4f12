"""Questions, and values given to them, at fault."""

from maillage.errors.base import MaillageError


class QuestionError(MaillageError):
    """The question, or a value given to it, is at fault."""

    exit_code, http_status = 2, 400


class UnknownQuestion(QuestionError):
    http_status = 404
    fr, en = "Aucune question ne s'appelle « {name} ».", "No question is called “{name}”."
    cure_fr = "Les plus proches : {nearest}. Toutes : maillage ask --list."
    cure_en = "The nearest: {nearest}. All of them: maillage ask --list."


class BadHeader(QuestionError):
    exit_code, http_status = 1, 500
    fr, en = "L'en-tête de {file} est fautif : {reason_fr}", "The header of {file} is at fault: {reason}"
    cure_fr, cure_en = "Corriger les lignes « #+ ».", "Mend the “#+” lines."


class MissingParameter(QuestionError):
    fr, en = "La question {query} demande --{name}.", "The question {query} needs --{name}."
    cure_fr, cure_en = "{hint_fr}", "{hint}"


class UnknownParameter(QuestionError):
    fr, en = "La question {query} n'a pas de paramètre --{name}.", "The question {query} has no --{name}."
    cure_fr, cure_en = "Ses paramètres : {known}.", "Its parameters: {known}."


class UnknownValue(QuestionError):
    http_status = 404
    fr, en = "« {value} » n'est pas connu comme {kind_fr}.", "“{value}” is not known as {kind}."
    cure_fr, cure_en = "Les plus proches : {nearest}.", "The nearest: {nearest}."


class AmbiguousValue(QuestionError):
    fr, en = "« {value} » peut désigner plusieurs choses.", "“{value}” may name several things."
    cure_fr, cure_en = "Choisir parmi : {candidates}.", "Choose among: {candidates}."


class BadValue(QuestionError):
    fr, en = "« {value} » n'est pas {wanted_fr}.", "“{value}” is not {wanted}."
    cure_fr, cure_en = "{hint_fr}", "{hint}"


class QueryRefused(QuestionError):
    http_status = 403
    fr, en = "Cette requête est refusée : {reason_fr}.", "This query is refused: {reason}."
    cure_fr, cure_en = "Seules les lectures sont permises.", "Only reading is allowed."


class UnreadableQuery(QuestionError):
    fr = "La requête ne se lit pas, ligne {line}, signe {column} : {reason_fr}."
    en = "The query cannot be read, line {line}, character {column}: {reason}."
    cure_fr = "Corriger à cet endroit ; une espace suit « < » qui compare."
    cure_en = "Mend it there; a space follows “<” that compares."


class QueryTooDeep(QuestionError):
    fr = "La requête emboîte ou enchaîne plus de {most} niveaux."
    en = "The query nests or chains more than {most} levels."
    cure_fr = "La couper en plusieurs, ou donner une liste avec VALUES ou IN."
    cure_en = "Cut it into several, or give a list with VALUES or IN."


class QueryTooLong(QuestionError):
    http_status = 413
    fr, en = "La requête dépasse {most} signes.", "The query is longer than {most} characters."
    cure_fr, cure_en = "La couper en plusieurs.", "Cut it into several."


class QueryTimeout(QuestionError):
    exit_code, http_status = 3, 504
    fr = "La requête a été arrêtée après {seconds} s."
    en = "The query was stopped after {seconds} s."
    cure_fr, cure_en = "La restreindre, ou donner --timeout.", "Narrow it, or give --timeout."


class QueryStopped(QueryTimeout):
    """The same from a server, where nobody can give another limit."""

    cure_fr, cure_en = "La restreindre : un motif plus précis, LIMIT.", "Narrow it: a closer pattern, LIMIT."


class UnknownFormat(QuestionError):
    fr, en = "Le format « {name} » n'existe pas ici.", "The format “{name}” does not exist here."
    cure_fr, cure_en = "Formats possibles : {known}.", "Formats available: {known}."


class UnknownMap(QuestionError):
    http_status = 404
    fr, en = "Aucune carte ne s'appelle « {name} ».", "No map is called “{name}”."
    cure_fr, cure_en = "Cartes : {known}.", "Maps: {known}."


class MixedLicences(QuestionError):
    http_status = 409
    fr = "Ceci ne peut porter aucune licence : {reason_fr}. Sources : {sources_fr}."
    en = "This can bear no licence: {reason}. Sources: {sources}."
    cure_fr = "Restreindre la question, ou l'écrire pour un usage privé : --allow private."
    cure_en = "Narrow the question, or write it for private use: --allow private."


class UnknownLicence(QuestionError):
    """A graph read from an endpoint, or under another list, may hold licences that ours lacks."""

    http_status = 409
    fr = "Des sources sont sous une licence inconnue d'ici : {licences}."
    en = "Sources are under a licence that is not known here: {licences}."
    cure_fr = "L'ajouter à ontology/lists/licence.ttl, ou corriger la fiche de ces sources."
    cure_en = "Add it to ontology/lists/licence.ttl, or mend the cards of these sources."


class QueryRejected(QuestionError):
    fr, en = "Le moteur ne comprend pas la requête : {reason}.", "The engine does not understand the query: {reason}."
    cure_fr, cure_en = "La corriger.", "Mend it."


class AnswerTooLarge(QuestionError):
    http_status = 413
    fr, en = "Ce qui passe ici ne dépasse pas {most} Mo.", "What passes here is at most {most} MB."
    cure_fr, cure_en = (
        "Restreindre la requête (LIMIT), ou prendre la publication.",
        "Narrow the query (LIMIT), or take the release.",
    )


class UnknownPage(QuestionError):
    http_status = 404
    fr, en = "Il n'y a rien à l'adresse « {name} ».", "There is nothing at “{name}”."
    cure_fr, cure_en = "Partir de l'index : /things.html.", "Begin with the index: /things.html."


class NotAcceptable(QuestionError):
    http_status = 406
    fr, en = "Cette chose n'existe pas dans la forme demandée.", "This thing does not exist in the form asked for."
    cure_fr, cure_en = "Formes possibles : {known}.", "Forms available: {known}."

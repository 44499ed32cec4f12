"""Mappings, rules and identity decisions at fault."""

from maillage.errors.base import MaillageError


class GraphError(MaillageError):
    """A mapping, a rule or an identity decision is at fault."""

    http_status = 422


class BadSparql(GraphError):
    fr, en = "La requête ne se lit pas : {reason}", "The query cannot be read: {reason}"
    cure_fr, cure_en = "Corriger à l'endroit indiqué.", "Mend it at the place named."


class UnmappedColumn(GraphError):
    fr = "La colonne « {column} » de {table} n'est lue par aucune correspondance."
    en = "The column “{column}” of {table} is read by no mapping."
    cure_fr = "La lire dans {mapping} ou la lister sous ignored: dans source.yml."
    cure_en = "Read it in {mapping} or list it under ignored: in source.yml."


class MappingUnknownColumn(GraphError):
    fr = "La correspondance lit la colonne « {column} » que {table} n'a pas."
    en = "The mapping reads the column “{column}”, which {table} does not have."
    cure_fr, cure_en = "Colonnes de la fiche : {columns}.", "Columns of the card: {columns}."


class SilentRecord(GraphError):
    fr = "La ligne « {key} » ne donne aucun énoncé."
    en = "The row “{key}” gives no statement."
    cure_fr = "Remplir les colonnes que {mapping} exige."
    cure_en = "Fill the columns that {mapping} requires."


class LostCell(GraphError):
    fr = "La valeur de la colonne « {column} » ne se retrouve dans aucun énoncé."
    en = "The value of the column “{column}” is found in no statement."
    cure_fr = "Corriger {mapping} : une variable hors de portée ou une fonction sans argument la perd."
    cure_en = "Mend {mapping}: a variable out of scope or a function without its argument loses it."


class FunctionFailed(GraphError):
    fr, en = "La fonction {name} a échoué : {reason}", "The function {name} failed: {reason}"
    cure_fr, cure_en = "Vérifier les valeurs de la ligne.", "Check the values of the row."


class IdentityConflict(GraphError):
    fr = "Les décisions se contredisent : {a} et {b} sont dits différents, mais reliés par {chain}."
    en = "The decisions contradict each other: {a} and {b} are said to differ, yet {chain} links them."
    cure_fr, cure_en = "Retirer ou corriger l'une des décisions.", "Remove or mend one of the decisions."


class Namesakes(GraphError):
    fr = "« {value} » nomme aussi {other}, et rien ne dit si c'est le même organisme."
    en = "“{value}” is also a name of {other}, and nothing says whether they are one body."
    cure_fr = (
        "Écrire dans {file} : {row},AAAA-MM-JJ,RAISON (different si ce sont deux organismes) ; colonnes : {columns}."
    )
    cure_en = "Write in {file}: {row},YYYY-MM-DD,REASON (different when they are two bodies); columns: {columns}."


class UnpublishedIdentifier(GraphError):
    fr = "{count} chose(s) de {source} n'ont pas encore d'identifiant publié (la première : {first})."
    en = "{count} thing(s) of {source} have no published identifier yet (the first: {first})."
    cure_fr, cure_en = (
        "Lancer maillage identifiers --release VERSION.",
        "Run maillage identifiers --release VERSION.",
    )


class NoProposals(GraphError):
    exit_code, http_status = 2, 404
    fr, en = "Aucune proposition dans {file}.", "There are no proposals in {file}."
    cure_fr, cure_en = "Lancer maillage identity propose.", "Run maillage identity propose."


class NothingToUndo(GraphError):
    exit_code, http_status = 2, 404
    fr, en = "Rien à défaire : {what_fr}.", "Nothing to undo: {what}."
    cure_fr, cure_en = (
        "Lire graph/identity/ pour voir ce qui est décidé.",
        "Read graph/identity/ to see what is decided.",
    )

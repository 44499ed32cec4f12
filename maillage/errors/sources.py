"""Cards, tables and cells that say something that cannot be taken."""

from maillage.errors.base import MaillageError


class SourceError(MaillageError):
    """A card, a table or a cell says something that cannot be taken."""

    http_status = 422


class UnknownSource(SourceError):
    exit_code, http_status = 2, 404
    fr, en = "Aucune source ne s'appelle « {name} ».", "No source is called “{name}”."
    cure_fr, cure_en = "Sources connues : {known}.", "Known sources: {known}."


class BadCard(SourceError):
    fr, en = (
        "La fiche de la source est incomplète : {reason_fr}",
        "The card of the source is at fault: {reason}",
    )
    cure_fr, cure_en = "Corriger source.yml.", "Mend source.yml."


class MissingColumn(SourceError):
    fr, en = "La colonne « {column} » manque.", "The column “{column}” is missing."
    cure_fr = "Rétablir ce titre (colonnes trouvées : {found})."
    cure_en = "Restore that title (columns found: {found})."


class UnknownColumn(SourceError):
    fr, en = "La colonne « {column} » n'est pas dans la fiche.", "The column “{column}” is not in the card."
    cure_fr = "La déclarer dans source.yml ou la retirer (colonnes attendues : {expected})."
    cure_en = "Declare it in source.yml or remove it (columns expected: {expected})."


class WrongCellCount(SourceError):
    fr, en = "La ligne a {found} cellules, pas {expected}.", "The row has {found} cells, not {expected}."
    cure_fr = "Mettre entre guillemets toute cellule qui contient une virgule."
    cure_en = "Put in quotes any cell that holds a comma."


class BadCell(SourceError):
    fr, en = "« {value} » n'est pas {wanted_fr}.", "“{value}” is not {wanted}."
    cure_fr, cure_en = "{hint_fr}", "{hint}"


class EmptyCell(SourceError):
    fr, en = "La cellule est vide alors qu'elle est obligatoire.", "The cell is empty but required."
    cure_fr, cure_en = "La remplir, ou retirer la ligne.", "Fill it, or remove the row."


class UntrimmedCell(SourceError):
    fr, en = "« {value} » commence ou finit par une espace.", "“{value}” begins or ends with a space."
    cure_fr, cure_en = "Retirer l'espace.", "Remove the space."


class DuplicateKey(SourceError):
    fr, en = (
        "L'identifiant « {key} » est déjà pris par {other}.",
        "The identifier “{key}” is taken by {other}.",
    )
    cure_fr, cure_en = "Donner à chaque ligne son identifiant.", "Give each row an identifier of its own."


class UnknownReference(SourceError):
    fr, en = "« {value} » ne désigne rien de connu.", "“{value}” does not name anything known."
    cure_fr, cure_en = "Les plus proches : {nearest}.", "The nearest: {nearest}."


class MissingReason(SourceError):
    fr = "Une lecture « {certainty} » doit dire pourquoi dans la colonne note."
    en = "A reading marked “{certainty}” must say why in the note column."
    cure_fr, cure_en = "Écrire une phrase dans note.", "Write a sentence in note."


class PassageError(SourceError):
    fr, en = "Le passage « {key} » {reason_fr}.", "The passage “{key}” {reason}."
    cure_fr = "Corriger passages.csv, ou lancer maillage annotate TEXTE --source {source} --fill."
    cure_en = "Mend passages.csv, or run maillage annotate TEXT --source {source} --fill."


class NotInPassage(SourceError):
    fr = "« {value} » ne se lit pas dans le passage cité ({passages}){read_fr}."
    en = "“{value}” cannot be read in the passage cited ({passages}){read}."
    cure_fr = "Citer le passage qui le dit ({column}=clé), corriger la cellule, ou la marquer implied et dire pourquoi."
    cure_en = "Cite the passage that says it ({column}=key), mend the cell, or mark it implied and say why."


class EditionNotNamed(SourceError):
    fr = "Le passage cité ({passages}) ne nomme pas « {value} », dont l'événement ferait partie."
    en = "The passage cited ({passages}) does not name “{value}”, which the event is said to belong to."
    cure_fr = "Citer aussi le passage qui la nomme ({column}=clé) ; si la phrase ne le dit pas, la marquer implied."
    cure_en = "Cite the passage that names it too ({column}=key); where the sentence does not say so, mark it implied."


class NoText(SourceError):
    fr = "{count} ligne(s) n'ont pas été relues sur le texte qu'elles citent : il n'est pas ici."
    en = "{count} row(s) were not checked against the text that they cite: it is not here."
    cure_fr = "Donner le dossier qui le contient : maillage check --texts DOSSIER."
    cure_en = "Give the folder that holds it: maillage check --texts FOLDER."


class ChangedText(SourceError):
    fr = "Le texte a changé depuis sa lecture (somme {found}, attendue {expected})."
    en = "The text has changed since it was read (checksum {found}, expected {expected})."
    cure_fr = "Relire le texte, corriger les lignes, puis la somme dans source.yml."
    cure_en = "Read the text again, mend the rows, then the checksum in source.yml."


class BadQuery(SourceError):
    fr, en = "Les lignes ne peuvent pas en être tirées : {reason}.", "Its rows cannot be drawn from it: {reason}."
    cure_fr = "Corriger le SELECT ou la fiche, ou reprendre la source (maillage fetch)."
    cure_en = "Mend the SELECT or the card, or take the source again (maillage fetch)."

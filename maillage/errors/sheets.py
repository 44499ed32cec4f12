"""Sheets of one's own: a file, a card or a cell that cannot be taken as it is."""

from maillage.errors.base import MaillageError


class SheetError(MaillageError):
    """A sheet of one's own cannot be taken as it is."""

    http_status = 422


class SheetTooLarge(SheetError):
    fr, en = (
        "Le fichier {file} dépasse ce qui se lit ici : {most}.",
        "The file {file} exceeds what is read here: {most}.",
    )
    cure_fr, cure_en = "Le partager en plusieurs.", "Split it into several."


class NotWorkbook(SheetError):
    fr, en = "Le fichier {file} n'est pas un classeur .xlsx lisible.", "The file {file} is no readable .xlsx workbook."
    cure_fr, cure_en = "L'enregistrer à nouveau en .xlsx, ou en CSV.", "Save it again as .xlsx, or as CSV."


class UnknownSheetKind(SheetError):
    exit_code = 2
    fr, en = "Le fichier {file} n'est ni .csv, ni .tsv, ni .xlsx.", "The file {file} is neither .csv, .tsv nor .xlsx."
    cure_fr = (
        "L'enregistrer dans l'une de ces formes (les macros .xlsm n'entrent pas) ; un agenda .ics se prend par "
        "maillage fetch icalendar --from {file}."
    )
    cure_en = (
        "Save it as one of these (macros, .xlsm, do not enter); an .ics calendar is taken by "
        "maillage fetch icalendar --from {file}."
    )


class NoTable(SheetError):
    fr = "Aucune table du modèle n'est reconnue dans {file} (titres trouvés : {found})."
    en = "No table of the template is recognised in {file} (titles found: {found})."
    cure_fr = "Suivre le modèle (maillage template), ou décrire les colonnes par --card."
    cure_en = "Follow the template (maillage template), or describe the columns by --card."


class NoSheet(SheetError):
    fr, en = "La feuille « {sheet} » n'existe pas dans {file}.", "There is no sheet “{sheet}” in {file}."
    cure_fr, cure_en = "Feuilles présentes : {found}.", "Sheets there: {found}."


class BadSheetCard(SheetError):
    fr, en = "La carte {file} ne convient pas : {reason_fr}", "The card {file} does not fit: {reason}"
    cure_fr, cure_en = "{hint_fr}", "{hint}"


class ColumnsIgnored(SheetError):
    fr = "Ces colonnes ne sont pas lues : {titles}."
    en = "These columns are not read: {titles}."
    cure_fr = "Si elles disent ce qu'une colonne du modèle dit, les nommer comme elle, ou les décrire par --card."
    cure_en = "Where they say what a column of the template says, call them alike, or describe them by --card."


class PersonalColumn(SheetError):
    fr = "La colonne « {title} » semble tenir des données personnelles : elle n'entre pas."
    en = "The column “{title}” seems to hold personal data: it stays out."
    cure_fr, cure_en = "Aucune personne n'entre dans le graphe.", "No person enters the graph."


class PersonalCell(SheetError):
    fr = "La cellule tient {what_fr} : la ligne n'entre pas."
    en = "The cell holds {what}: the row does not enter."
    cure_fr, cure_en = "L'effacer ; aucune personne n'entre dans le graphe.", "Erase it; no person enters the graph."


class FormulaCell(SheetError):
    fr, en = "La cellule tient une formule.", "The cell holds a formula."
    cure_fr, cure_en = "La remplacer par sa valeur (collage spécial).", "Put its value in its place (paste special)."


class HostileText(SheetError):
    fr, en = "Le texte tient {what_fr}.", "The text holds {what}."
    cure_fr, cure_en = "Le récrire à la main.", "Write it again by hand."


class TextTooLong(SheetError):
    fr, en = "Le texte a {length} caractères ; {most} au plus.", "The text has {length} characters; {most} at most."
    cure_fr, cure_en = "L'abréger.", "Shorten it."


class UnknownTerritory(SheetError):
    fr, en = "« {value} » n'est pas un territoire connu.", "“{value}” is not a territory that we know."
    cure_fr = "Les plus proches : {nearest}. À défaut, écrire le département."
    cure_en = "The nearest: {nearest}. Failing that, write the department."


class AmbiguousTerritory(SheetError):
    fr = "« {value} » désigne plusieurs territoires : la cellule reste vide."
    en = "“{value}” names several territories: the cell stays empty."
    cure_fr, cure_en = "Écrire l'un de : {candidates}.", "Write one of: {candidates}."


class UnknownRow(SheetError):
    fr = "« {value} » n'est pas une ligne de ce tableau."
    en = "“{value}” is not a row of this sheet."
    cure_fr = "L'y ajouter, avec les organisations ou les événements."
    cure_en = "Add it, among the organisations or the events."


class KnownElsewhere(UnknownRow):
    cure_fr = "L'y ajouter ; ou, si c'est le même, écrire l'identifiant de ce que nous connaissons : {candidates}."
    cure_en = "Add it; or, where it is the same, write the identifier of what we know: {candidates}."


class AmbiguousRow(SheetError):
    fr, en = "« {value} » désigne plusieurs lignes de ce tableau.", "“{value}” names several rows of this sheet."
    cure_fr, cure_en = "Écrire la clé de l'une d'elles : {candidates}.", "Write the key of one of them: {candidates}."


class RefusedRow(SheetError):
    fr = "« {value} » est une ligne refusée, pour les défauts qui en sont dits."
    en = "“{value}” is a row that is refused, for the faults that are told of it."
    cure_fr, cure_en = "Corriger cette ligne d'abord.", "Mend that row first."


class UnknownIdentifier(SheetError):
    fr, en = (
        "« {value} » n'est l'identifiant de rien que nous connaissons.",
        "“{value}” identifies nothing that we know.",
    )
    cure_fr, cure_en = (
        "Le copier d'une réponse de maillage ask, ou écrire « nouveau ».",
        "Copy it from an answer of maillage ask, or write “new”.",
    )


class LooksLike(SheetError):
    fr = "« {value} » ressemble à : {candidates}."
    en = "“{value}” looks like: {candidates}."
    cure_fr = (
        "Si c'est le même, écrire cet identifiant dans la colonne « identifiant Maillage » ; "
        "sinon, y écrire « nouveau »."
    )
    cure_en = (
        "Where it is the same, write that identifier in the column “Maillage identifier”; otherwise write “new” there."
    )


class NoKey(SheetError):
    fr, en = "« {value} » ne donne aucune clé.", "“{value}” gives no key."
    cure_fr, cure_en = (
        "Écrire une clé : minuscules, chiffres et tirets.",
        "Write a key: lower case, digits and hyphens.",
    )


class NothingToImport(SheetError):
    fr, en = "Aucune ligne de {file} ne peut entrer.", "No row of {file} can enter."
    cure_fr = "Corriger les défauts dits plus haut, ou remplir une ligne s'il n'y en a aucun."
    cure_en = "Mend the faults said above, or fill in a row if there is none."


class SheetNameTaken(SheetError):
    exit_code = 2
    fr, en = (
        "« {name} » ne peut pas être le nom de ce tableau : {reason_fr}.",
        "“{name}” cannot be the name of this sheet: {reason}.",
    )
    cure_fr, cure_en = "En donner un autre : --as NOM.", "Give another: --as NAME."


class NoSuchImport(SheetError):
    exit_code, http_status = 2, 404
    fr, en = "Aucun tableau « {name} » dans {folder}.", "There is no sheet “{name}” in {folder}."
    cure_fr, cure_en = "Tableaux présents : {known}.", "Sheets there: {known}."


class UnsaidFact(SheetError):
    exit_code = 2
    fr, en = "Il manque {fact_fr} de la source.", "The {fact} of the source is not said."
    cure_fr, cure_en = "Donner {option}{choices}.", "Give {option}{choices}."


class AmbiguousTable(SheetError):
    fr = "Les titres de {file} conviennent à plusieurs tables : {candidates}."
    en = "The titles of {file} fit several tables: {candidates}."
    cure_fr = "Donner à la feuille, ou au fichier, le nom de la table ; ou décrire les colonnes par --card."
    cure_en = "Call the sheet, or the file, by the name of the table; or describe the columns by --card."


class DoubleColumn(SheetError):
    fr, en = "Deux colonnes disent « {column} » : {titles}.", "Two columns say “{column}”: {titles}."
    cure_fr, cure_en = "N'en garder qu'une.", "Keep one of them."


class WouldOverwrite(SheetError):
    exit_code, http_status = 2, 409
    fr, en = "{file} existe déjà, et peut être rempli.", "{file} exists already, and may be filled in."
    cure_fr, cure_en = "Donner un autre nom : -o FICHIER.", "Give another name: -o FILE."


class SheetIgnored(SheetError):
    fr, en = (
        "La feuille « {sheet} » n'est pas du modèle : elle n'est pas lue.",
        "The sheet “{sheet}” is not of the template: it is not read.",
    )
    cure_fr, cure_en = (
        "La nommer comme une table, ou la décrire par --card.",
        "Call it by a table, or describe it by --card.",
    )

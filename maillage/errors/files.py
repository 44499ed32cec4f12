"""Files that are missing or are not what their name says."""

from maillage.errors.base import MaillageError


class FileError(MaillageError):
    """A file is missing or is not what its name says."""

    http_status = 400


class MissingFile(FileError):
    http_status = 404
    fr, en = "Le fichier {file} n'existe pas.", "The file {file} does not exist."
    cure_fr, cure_en = "Vérifier le chemin.", "Check the path."


class EmptyFile(FileError):
    fr, en = "Le fichier {file} est vide.", "The file {file} is empty."
    cure_fr = "Y mettre au moins la ligne des titres, ou le retirer."
    cure_en = "Give it at least its header line, or remove it."


class NotUtf8(FileError):
    fr = "Le fichier {file} n'est pas en UTF-8 (octet {byte} à la position {position}, ligne {line})."
    en = "The file {file} is not UTF-8 (byte {byte} at position {position}, line {line})."
    cure_fr = "L'enregistrer en UTF-8 (dans un tableur : « CSV UTF-8 »)."
    cure_en = "Save it as UTF-8 (in a spreadsheet: “CSV UTF-8”)."


class NotText(FileError):
    fr, en = "Le fichier {file} ne contient pas du texte.", "The file {file} does not hold text."
    cure_fr, cure_en = "Donner un fichier texte en UTF-8.", "Give a text file in UTF-8."


class BadCalendar(FileError):
    fr = "Le calendrier {file} ne se lit pas : {reason}"
    en = "The calendar {file} cannot be read: {reason}"
    cure_fr, cure_en = "Prévenir qui publie le fichier.", "Tell whoever publishes the file."


class BadYaml(FileError):
    fr, en = (
        "Le fichier YAML {file} ne se lit pas : {reason}",
        "The YAML file {file} cannot be read: {reason}",
    )
    cure_fr, cure_en = "Corriger la ligne indiquée.", "Mend the line named."


class BadRdf(FileError):
    fr, en = "Le fichier RDF {file} ne se lit pas : {reason}", "The RDF file {file} cannot be read: {reason}"
    cure_fr, cure_en = "Corriger la ligne indiquée.", "Mend the line named."


class NoColumn(FileError):
    exit_code = 2
    fr, en = "{file} n'a pas de colonne « {column} ».", "{file} has no column “{column}”."
    cure_fr, cure_en = "Choisir parmi : {found}.", "Choose among: {found}."


class TakenColumn(FileError):
    fr, en = "{file} a déjà une colonne « {column} ».", "{file} already has a column “{column}”."
    cure_fr, cure_en = "La renommer : le résultat s'appelle ainsi.", "Rename it: the result bears that name."


class OutputIsInput(FileError):
    exit_code = 2
    fr, en = "Le résultat écraserait {file}.", "The result would overwrite {file}."
    cure_fr, cure_en = "Donner un autre nom à -o.", "Give -o another name."


class BadJson(FileError):
    fr, en = "Le fichier JSON {file} ne se lit pas : {reason}", "The JSON file {file} cannot be read: {reason}"
    cure_fr, cure_en = "Le télécharger de nouveau.", "Download it again."


class FileLacksColumn(FileError):
    fr = "Le fichier {file} n'a pas la colonne « {column} »."
    en = "The file {file} has no column “{column}”."
    cure_fr = "Donner le fichier d'origine, tel que publié, ou nommer ainsi la colonne qui le dit."
    cure_en = "Give the original file, as published, or name so the column that says it."


class NothingToTest(FileError):
    fr = "Rien à évaluer dans {folder} : aucun lien nouveau à partir de {split} entre organismes déjà liés avant."
    en = "Nothing to evaluate in {folder}: no new link from {split} on between bodies that had links before."
    cure_fr = "Choisir avec --split une année qui laisse au moins trois ans de passé et une année de suite."
    cure_en = "Choose with --split a year that leaves at least three years of past and one year after."

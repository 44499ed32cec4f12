"""A made-up table shaped like the answer to `edition-links`, for tests of pages. Facts are in `data/`."""

from maillage.credit.notice import Credit
from maillage.table import Cell, Column, Table

LIST = "https://w3id.org/maillage/list/"
ID = "https://w3id.org/maillage/id/"

_KINDS = {
    "laboratory": ("Laboratoire d'innovation publique", "Public innovation lab"),
    "local-authority": ("Collectivité territoriale", "Local authority"),
    "central-administration": ("Administration centrale", "Central administration"),
    "deconcentrated-service": ("Service déconcentré de l'État", "Deconcentrated State service"),
    "association": ("Association", "Association"),
    "state-operator": ("Opérateur de l'État", "State operator"),
}
_ROLES = {
    "organises": ("organise", "organises"),
    "co-organises": ("co-organise", "co-organises"),
    "contributes": ("contribue", "contributes"),
    "hosts": ("accueille", "hosts"),
    "partners": ("est partenaire", "is a partner"),
}
_CERTAIN = {
    "stated": ("explicite", "stated"),
    "implied": ("implicite", "implied"),
    "ambiguous": ("ambigu", "ambiguous"),
}
_BODIES = """
ditp|Direction interministérielle de la transformation publique|DITP|central-administration|
dinum|Direction interministérielle du numérique|DINUM|central-administration|
dgafp|Direction générale de l'administration et de la fonction publique|DGAFP|central-administration|
bercy|Ministère de l'Économie, des Finances et de la Relance||central-administration|
gendarmerie|Gendarmerie nationale||central-administration|
ti-lab|Ti Lab||laboratory|Bretagne
archipel|Lab @RCHIPEL||laboratory|Auvergne-Rhône-Alpes
etat-lin|Etat'LIN||laboratory|Pays de la Loire
la-piste|La Piste||laboratory|Auvergne-Rhône-Alpes
fabrique-rh|La Fabrique RH||laboratory|Île-de-France
27e|La 27e Région||association|
bourgogne|Région Bourgogne-Franche-Comté||local-authority|Bourgogne-Franche-Comté
bordeaux|Bordeaux Métropole||local-authority|Nouvelle-Aquitaine
isere|Département de l'Isère||local-authority|Auvergne-Rhône-Alpes
gam|Grenoble-Alpes Métropole||local-authority|Auvergne-Rhône-Alpes
grenoble|Ville de Grenoble||local-authority|Auvergne-Rhône-Alpes
ccas|Centre communal d'action sociale de Grenoble|CCAS de Grenoble|local-authority|Auvergne-Rhône-Alpes
pdl|Région des Pays de la Loire||local-authority|Pays de la Loire
sgar|Secrétariat général pour les affaires régionales|SGAR|deconcentrated-service|Pays de la Loire
pfrh|Plate-forme régionale des ressources humaines|PFRH|deconcentrated-service|Pays de la Loire
idf|Préfecture de la région d'Île-de-France||deconcentrated-service|Île-de-France
mel|Métropole européenne de Lille|MEL|local-authority|Hauts-de-France
tiers|Compagnie des Tiers-Lieux||association|Hauts-de-France
cnfpt|Centre national de la fonction publique territoriale|CNFPT|state-operator|Provence-Alpes-Côte d'Azur
cerema|Cerema||state-operator|
decider|Décider ensemble||association|
declic|Association Déclic||association|
ina|Institut national de l'audiovisuel|INA|state-operator|
cnc|Centre national du cinéma et de l'image animée|CNC|state-operator|
rf|Radio France||state-operator|
"""
_EVENTS = """
labs-day|Journée des labs|2021-11-04|
ronde|La ronde des labos publics|2021-11-22|
atelier-27|Atelier sur l'avenir des laboratoires d'innovation publique||
recherche|La recherche pour l'action publique|2021-11-29|
marathon|Marathon créatif sur l'accueil des usagers de la préfecture de l'Ardèche|2021-11-24|
serious|30 jours pour télétravailler||
forum|Théâtre-forum sur la coopération d'équipe|2021-11-30|
coaching|Atelier participatif sur le coaching d'équipe|2021-11-05|
gend|Journée de rencontre sur la recherche fondamentale et l'innovation|2021-11-23|
nonconf|« Non conférence » sur les données ouvertes de Bercy|2021-11-04|2021-11-05
innov|Ateliers et rencontres dans le cadre de Bercy INNOV||
design|Découverte du design fiction|2021-11-15|
mind|Atelier de mind mapping||
agents|Programme pour les agents : management visuel, intelligence collective||
places|Journée de débats sur la place des tiers-lieux|2021-11-29|
univ|Université de l'innovation publique|2021-11-16|
ateliers-fiction|Ateliers pratiques autour du design fiction||
numerique|Séquences d'acculturation autour du numérique||
jeux|Rencontre autour des serious games|2021-11-03|
democratie|Cinq ateliers en ligne pour renouveler la démocratie||
ronde-ct|Table ronde sur le télétravail dans les collectivités|2021-11-24|
access|Événements autour de l'accessibilité des services publics||
retex|Ateliers « Retex » sur le télétravail||
confiance|Événements sur la confiance dans les services publics||
audio|Table ronde sur l'innovation dans le secteur audiovisuel||
culture|Webinaire sur la culture des administrations||
master|Masterclass pour le Fonds d'innovation RH|2021-11-25|
"""
_LINKS = """
ditp labs-day organises 8 implied
ti-lab ronde organises 13 stated
bourgogne ronde co-organises 13 ambiguous
bordeaux ronde co-organises 13 stated
27e atelier-27 organises 13 stated
ditp recherche organises 13 implied
archipel marathon organises 14 stated
etat-lin serious organises 14 stated
la-piste forum organises 14 stated
isere forum contributes 14 ambiguous
gam forum contributes 14 ambiguous
grenoble forum contributes 14 ambiguous
ccas forum contributes 14 ambiguous
sgar coaching organises 16 stated
pfrh coaching organises 16 stated
gendarmerie gend organises 16 stated
bercy nonconf organises 16 stated
bercy innov organises 16 stated
sgar design organises 16 stated
pdl mind organises 16 stated
isere agents organises 16 stated
gam agents organises 16 stated
grenoble agents organises 16 stated
ccas agents organises 16 stated
mel places organises 16 stated
tiers places organises 16 stated
cnfpt univ organises 17 stated
cnfpt ateliers-fiction organises 17 stated
cerema numerique organises 17 stated
decider democratie organises 18 stated
declic ronde-ct organises 18 stated
ditp access organises 20 stated
dinum access partners 20 stated
ditp retex organises 20 stated
dinum retex partners 20 stated
dgafp retex partners 20 stated
ditp confiance organises 20 stated
ditp audio organises 20 implied
ina audio contributes 20 stated
cnc audio contributes 20 stated
rf audio contributes 20 stated
dgafp culture organises 21 stated
dgafp master organises 21 stated
fabrique-rh master partners 21 stated
idf master partners 21 stated
"""
EDITION = "Mois de l’innovation publique 2021"
_NOTE = "La phrase peut se lire de deux manières : organisateur ou simple associé du lab."
COLUMNS = [
    Column("editionLabel", "label"),
    Column("body", "iri"), Column("bodyLabel", "label"), Column("bodyKind", "iri"),
    Column("bodyKindLabel", "label"), Column("bodyTerritory", "iri"), Column("bodyTerritoryLabel", "label"),
    Column("event", "iri"), Column("eventLabel", "label"), Column("start", "date"), Column("end", "date"),
    Column("dating", "iri"), Column("role", "iri"), Column("roleLabel", "label"), Column("participation", "iri"),
    Column("source", "iri"), Column("sourceTitle", "text"), Column("paragraph", "number"), Column("pageLink", "text"),
    Column("certainty", "iri"), Column("certaintyLabel", "label"), Column("licenceLabel", "text"),
    Column("note", "text"),
]  # fmt: skip


def _lines(block: str, mark: str | None) -> list[list[str]]:
    return [line.split(mark) for line in block.strip().splitlines()]


def edition(lang: str = "fr") -> Table:
    place = 0 if lang == "fr" else 1
    bodies = {row[0]: row for row in _lines(_BODIES, "|")}
    events = {row[0]: row for row in _lines(_EVENTS, "|")}
    links = _lines(_LINKS, None)
    rows = [_row(bodies[body], events[event], role, int(paragraph), certainty, place)
            for body, event, role, paragraph, certainty in links]  # fmt: skip
    return Table.from_rows(rows, COLUMNS)


def acronyms() -> Table:
    """The answer to `acronyms`."""
    rows = [{"body": f"{ID}organisation/{row[0]}", "acronym": row[2]} for row in _lines(_BODIES, "|") if row[2]]
    return Table.from_rows(rows, [Column("body", "iri"), Column("acronym", "text")])


def events() -> Table:
    """The answer to `events-of-edition`, as far as a map reads it."""
    return Table.from_rows([_event(row) for row in _lines(_EVENTS, "|")], [COLUMNS[0], *COLUMNS[7:11]])


def answers() -> dict[str, dict[str, Table]]:
    """What the map `edition` is drawn from: by question, then language."""
    return {
        "edition-links": {lang: edition(lang) for lang in ("fr", "en")},
        "acronyms": dict.fromkeys(("fr", "en"), acronyms()),
        "events-of-edition": dict.fromkeys(("fr", "en"), events()),
    }


def _event(event: list[str]) -> dict[str, Cell]:
    _, name, start, end = event
    return {
        "editionLabel": EDITION,
        "event": f"{ID}event/{event[0]}",
        "eventLabel": name,
        "start": start or None,
        "end": end or start or None,
    }


def _row(body: list[str], event: list[str], role: str, paragraph: int, certainty: str, place: int) -> dict[str, Cell]:
    key, name, _, kind, territory = body
    return _event(event) | {
        "body": f"{ID}organisation/{key}",
        "bodyLabel": name,
        "bodyKind": f"{LIST}organisation-kind/{kind}",
        "bodyKindLabel": _KINDS[kind][place],
        "bodyTerritory": f"{ID}territory/{territory}" if territory else None,
        "bodyTerritoryLabel": territory or None,
        "role": f"{LIST}role/{role}",
        "roleLabel": _ROLES[role][place],
        "participation": f"{ID}participation/{key}-{event[0]}",
        "source": f"{ID}source/horizons-publics-2021",
        "sourceTitle": "Mois de l'innovation publique 2021 (Horizons publics)",
        "paragraph": paragraph,
        "pageLink": f"https://www.horizonspublics.fr/article#:~:text=p{paragraph}",
        "note": None if certainty == "stated" else _NOTE,
        "dating": f"{LIST}dating/activity" if event[2] else None,
        "certainty": f"{LIST}certainty/{certainty}",
        "certaintyLabel": _CERTAIN[certainty][place],
        "licenceLabel": "Licence Ouverte 2.0",
    }


CREDIT = Credit(
    "etalab-2.0",
    "https://spdx.org/licenses/etalab-2.0.html",
    {"fr": "Licence Ouverte 2.0", "en": "Open Licence 2.0"},
    ("Faits relevés dans Horizons publics, 2 novembre 2021",),
    "0.1.0+12345678",
    "2021-11-02",
)

"""Where the files of each fetched source lie beside the project, and how they are taken from there."""

from pathlib import Path

from maillage.sources.card import read_card
from maillage.sources.fetch.run import fetch
from tests.conftest import SHARED
from tests.sources.agendas import FILES, lay_down

FOLDERS = {
    "anct-avenir-montagnes": "../sources/anct_programmes/cooperations.csv",
    "anct-engagement": "../sources/anct_programmes/territoires_engagement.csv",
    "anct-fabriques": "../sources/anct_programmes/cooperations.csv",
    "anct-places": "../sources/anct_programmes/places.csv",
    "annuaire": "annuaire_api_samples",
    "annuaire-2019": "annuaire_authorities_2019",
    "betagouv": "betagouv",
    "codegouv": "codegouvfr_forges",
    "cog": "cog_etalab",
    "cordis": "cordis_h2020_eunets",
    "decider-ensemble": "../sources/decider_ensemble/projects.csv",
    "eig-defis": "eig_defis",
    "numerique-gouv": "numerique_gouv_evenements",
    "odf-observatoire": "../sources/odf_observatoire/organisations.csv",
    "openagenda": "openagenda_samples",
}


def take(source: str, out: Path) -> None:
    """Fetches a source from its folder or file in `../shared/`, or from the file made of what lies there."""
    origin = lay_down(source, out / "made") if source in FILES else SHARED / "data" / FOLDERS[source]
    fetch(read_card(source), out, str(origin))


def trial(kind: str) -> str:
    """The card of a source made up for a test, up to what it fetches."""
    return f"""
title: Essai
publisher: Essai
kind: {kind}
licence: etalab-2.0
address: https://example.org/
issued: 2026-01-01
read_on: 2026-01-02
credit: Essai
rank: 90
"""

"""Pages of things and sources say in sentences what each node holds, with its reserve, and show no bare identifier."""

import re

import pytest

from maillage.terms import ID

LANGS = ("fr", "en")


def test_an_amount_reads_in_words_with_its_reserve(site: dict[str, bytes]) -> None:
    """12 millions: stated; for which labs: two readings, and the note says so. Nothing shows the node itself."""
    page = site["id/programme/plan-de-relance.html"].decode()
    french = page.partition('<main data-lang="fr"')[2].partition("</main>")[0]
    figures = french.partition("<h2>Chiffres et sommes</h2>")[2].partition("</section>")[0]
    assert "Soutien financier aux laboratoires d&#39;innovation\u00a0: 12 millions d&#39;euros" in figures
    assert "selon Direction interministérielle de la transformation publique" in figures
    assert re.search(
        r"<p class=\"small\">Objet de la somme</p>.*?ambigu</span> <span class=\"note\"[^>]*>Chiffre", figures
    )
    assert "Financial support for innovation labs: 12 million euros" in page
    assert f"{ID}amount" not in french


def test_figures_stand_on_what_they_are_about(site: dict[str, bytes]) -> None:
    month = site["id/event/mois-innovation-publique-2021.html"].decode()
    assert "Événements référencés par la DITP\u00a0: plus de 300" in month
    assert "Chiffres et sommes" not in site["id/organisation/cerema.html"].decode()


def test_a_state_bears_the_date_of_its_page(site: dict[str, bytes]) -> None:
    page = site["id/organisation/la-piste.html"].decode()
    assert "en préfiguration (2 novembre 2021)" in page
    assert "in preparation (2 November 2021)" in page


def test_the_page_of_a_source_tells_its_card_and_what_rests_on_it(site: dict[str, bytes]) -> None:
    page = site["id/source/horizons-publics-2021.html"].decode()
    said = dict(re.findall(r"<dt>([^<]+)</dt><dd>(.*?)</dd>", page.partition('<main data-lang="en"')[0]))
    assert said["éditeur"] == "Horizons publics"
    assert said["publiée le"] == "2 novembre 2021"
    assert said["lue le"] == "22 novembre 2026"
    assert said["ce qu&#39;on en a lu"] == "le texte entier"
    assert said["licence"] == "Licence Ouverte 2.0"
    assert "ni ce qui s&#39;est tenu" in said["ne sert pas à"]
    assert 'href="https://www.horizonspublics.fr/' in said["adresse"]
    rests = page.partition("<h2>Ce qui repose sur elle</h2>")[2].partition("</section>")[0]
    assert 'href="../../id/programme/plan-de-relance.html"' in rests
    assert "12 millions d&#39;euros" in rests
    assert "n&#39;en dit plus que son nom" not in page


def test_a_decision_tells_both_records_and_its_reason(site: dict[str, bytes]) -> None:
    """Two spellings of one town council's body are one; a town and its social centre stay two."""
    page = site["id/organisation/ccas-grenoble.html"].decode()
    told = page.partition("décision")[2].partition("</details>")[0]
    assert "deux choses (décidé le" in told
    assert 'href="../../id/organisation/ville-de-grenoble.html"' in told


def test_a_day_that_is_the_edition_s_says_so(site: dict[str, bytes]) -> None:
    """Who takes part in an undated workshop of the month did so during the month; a dated one keeps its day."""
    page = site["id/event/ateliers-renouveler-democratie.html"].decode()
    assert "2 – 30 novembre 2021, pendant l&#39;édition" in page
    assert "date non dite" not in page
    assert "pendant l&#39;édition" not in site["id/event/journee-des-labs-2021.html"].decode()


@pytest.mark.parametrize("lang", LANGS)
def test_no_page_shows_a_bare_identifier(site: dict[str, bytes], lang: str) -> None:
    """But for the one under « Données », which people copy."""
    for name, body in site.items():
        if name.endswith(".html") and name.startswith(("id/", "questions/")):
            main = body.decode().partition(f'<main data-lang="{lang}"')[2].partition("</main>")[0]
            shown = re.sub(r"<(code|pre)\b.*?</\1>|<[^>]+>", " ", main, flags=re.DOTALL)
            assert re.findall(r"https?://\S+", shown) == [], name

"""What people come for, in French, by what they read and by the keyboard alone, in four actions at most.

An action: typing words into a field and taking what is found, or walking to something by its words and pressing Enter.
"""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page

from tests.explorer.conftest import Open

pytestmark = pytest.mark.needs("chromium")
WIDTHS = (1440, 390)
SPOKEN = "e => (e.getAttribute('aria-label') || (e.labels && e.labels[0] && e.labels[0].textContent) || e.textContent)"


class Person:
    """Someone who reads the page and has only a keyboard; counts what they do."""

    def __init__(self, page: Page) -> None:
        self.page, self.actions = page, 0

    def press(self, words: str) -> None:
        self._reach(words)
        self.page.keyboard.press("Enter")
        self.actions += 1

    def type(self, field: str, words: str, take: bool = False) -> None:
        self._reach(field)
        self.page.keyboard.type(words)
        if take:
            self.page.keyboard.press("Enter")
        self.actions += 1

    def _reach(self, words: str) -> None:
        """Walks with Tab, from where one stands, to what is called so."""
        for _ in range(400):
            here = self.page.evaluate(
                f"document.activeElement === document.body ? '' : ({SPOKEN})(document.activeElement)"
            )
            if words in " ".join(str(here).split()):
                return
            self.page.keyboard.press("Tab")
        raise AssertionError(f"nothing called {words!r} is reached by the keyboard")


@pytest.mark.parametrize("width", WIDTHS)
def test_who_works_with_the_ti_lab_and_the_passage_that_says_so(explorer: Open, width: int) -> None:
    page = explorer("", width)
    person = Person(page)
    person.type("Rechercher un organisme", "ti lab", take=True)
    partners = page.locator("#sheet summary .who").all_inner_texts()
    assert {"Bordeaux Métropole", "La 27e Région", "Région Bretagne"} <= set(partners)
    assert "Département de l'Isère" not in partners
    person.press("Bordeaux Métropole")
    passage = page.locator("#sheet details[open] .passages a", has_text="Lire le passage").first
    passage.wait_for()
    assert "#:~:text=" in str(passage.get_attribute("href"))
    assert "paragraphe 14" in page.locator("#sheet details[open]").inner_text().replace("\u00a0", " ")
    assert person.actions <= 4


@pytest.mark.parametrize("width", WIDTHS)
def test_which_bodies_of_two_regions_share_a_theme_and_never_met(explorer: Open, width: int) -> None:
    page = explorer("", width)
    person = Person(page)
    person.press("Questions")
    page.wait_for_url("**/questions.html?lang=fr")
    person.press("partagent un thème ou une méthode sans s'être jamais rencontrés")
    page.wait_for_url("**/shared-themes-never-met.html?lang=fr")
    person.type("Garder les lignes", "bretagne grand est")
    shown = page.locator("main:visible tbody tr:visible").all_inner_texts()
    assert shown
    assert all("Bretagne" in row and "Grand Est" in row for row in shown)
    assert any("Ti Lab" in row for row in shown)
    assert person.actions <= 4


@pytest.mark.parametrize("width", WIDTHS)
def test_the_picture_ready_for_a_report(explorer: Open, width: int, tmp_path: Path) -> None:
    page = explorer("", width)
    person = Person(page)
    if width < 700:  # a small screen opens on the table
        page.locator("[role=tab][aria-selected=true]").focus()
        page.keyboard.press("Home")
        person.actions += 1
    person.press("Exporter")
    with page.expect_download() as download:
        person.press("SVG")
    file = tmp_path / "picture.svg"
    download.value.save_as(file)
    text = file.read_text(encoding="utf-8")
    assert re.search(r"Licence\s?:", text)
    assert "La 27e Région" in text
    assert person.actions <= 4

"""The search of the index of things: the explorer's rule, by acronyms and former names too."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser


@pytest.mark.needs("chromium")
def test_the_index_searches_as_the_explorer_does(article_portal: Path, browser: Browser) -> None:
    page = browser.new_page()
    page.goto((article_portal / "things.html").as_uri() + "?lang=fr")

    def seek(typed: str) -> tuple[list[str], str]:
        page.fill("#search-fr", typed)
        said = page.locator("[data-lang=fr] [data-none]").inner_text().replace("\u00a0", " ")
        return page.locator("#found-fr [role=option]").all_inner_texts(), said

    assert seek("DTIP")[0][0] == "Direction interministérielle de la transformation publique"
    assert seek("lab ti") == (["Ti Lab"], "")
    assert seek("Ti Lab xyz") == (["Ti Lab"], "Aucun nom n'y répond. Noms proches :")
    assert seek("zzzz wwww") == ([], "Aucun nom n'y répond, ni n'en est proche.")
    assert seek("") == ([], "")
    page.close()

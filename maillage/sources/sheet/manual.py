"""The page of the template: `python -m maillage.sources.sheet.manual` writes `docs/reference/sheet.md` anew."""

from maillage.assets import CHECKOUT
from maillage.files import write_whole
from maillage.locales import LANGUAGES, opening, section
from maillage.sources.sheet.template import guide

PAGE = CHECKOUT / "docs" / "reference" / "sheet.md"


def page() -> str:
    names = {lang: section(lang, "map", "", "")["language_name"] for lang in LANGUAGES}
    return "\n".join([opening("sheet"), *(f"# {name}\n\n{guide(lang)}" for lang, name in names.items())])


if __name__ == "__main__":
    write_whole(PAGE, page().encode())

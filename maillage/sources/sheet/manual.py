"""The page of the template: `python -m maillage.sources.sheet.manual` writes `docs/reference/sheet.md` anew."""

from maillage.assets import CHECKOUT
from maillage.files import write_whole
from maillage.sources.sheet.blank import guide

PAGE = CHECKOUT / "docs" / "reference" / "sheet.md"
OPENING = """\
# Le tableau à remplir · The sheet to fill in

Page écrite par `python -m maillage.sources.sheet.manual` d'après `data/sheet.yml` ; ne pas la modifier.
This page is written by `python -m maillage.sources.sheet.manual` from `data/sheet.yml`; do not edit it.

"""


def page() -> str:
    """The columns of the template, in French then in English."""
    return OPENING + "\n".join(f"# {title}\n\n{guide(lang)}" for lang, title in (("fr", "Français"), ("en", "English")))


if __name__ == "__main__":
    write_whole(PAGE, page().encode())

"""The cases of a family, one a folder; test_house proves that every folder is collected."""

from pathlib import Path

from maillage.sources.subset import choose_sources

FAMILIES = ("shapes", "mappings", "queries", "maps")
CARELESS = ("__init__.py", "__pycache__")  # what lies here and is no family
TODAY = "2026-11-30"  # the day that the builds of the session stand on
HERE = Path(__file__).parent


def case_folders(family: str) -> list[Path]:
    """The folders of a family, for `@pytest.mark.parametrize("case", case_folders("queries"))`.

    The tests' ids become `family/folder` by themselves (tests/conftest.py).
    """
    if family not in FAMILIES:
        raise ValueError(f"no family of cases is called {family!r}: {', '.join(FAMILIES)}")
    return sorted(path for path in (HERE / family).glob("*") if path.is_dir() and any(path.iterdir()))


def case_name(value: object) -> str | None:
    """`family/folder` when a test's parameter is the folder of a case."""
    if isinstance(value, Path) and value.parent.parent == HERE:
        return f"{value.parent.name}/{value.name}"
    return None


ARTICLE_SOURCES = (
    "central-bodies",
    "horizons-publics-2021",
    "insee-cog",
    "intercommunalities",
    "local-authorities",
    "town-halls",
)
"""The article and what it leans on: cases read in the article by hand stay true when sources are added."""

LARGE = {"anct-programmes", "la27e-region"}


def core_sources() -> list[str]:
    """Those of the default build but the large ones: a fifth of it, which a quick test can read or build."""
    return [name for name in choose_sources(None) if name not in LARGE]

"""A home of the project's own cards, but for its sources: a test lays those in `data/`."""

from pathlib import Path

from maillage.assets import CHECKOUT


def home_without_sources(folder: Path) -> Path:
    """The card folders, linked, with no source and no decision of identity."""
    for name in ("ontology", "queries", "visualize"):
        (folder / name).symlink_to(CHECKOUT / name)
    (folder / "graph" / "identity").mkdir(parents=True)
    for name in ("mappings", "rules", "credit", "release", "shacl"):
        (folder / "graph" / name).symlink_to(CHECKOUT / "graph" / name)
    (folder / "data").mkdir()
    (folder / "data" / "tables.yml").symlink_to(CHECKOUT / "data" / "tables.yml")
    return folder

"""Where the five folders of cards lie: those of another team, or those that we ship."""

import os
from functools import cache
from pathlib import Path

PACKAGE = Path(__file__).parent
CHECKOUT = PACKAGE.parent


@cache
def bundled_folder(folder: str) -> Path:
    """One of the five as it came with the program: in the wheel, else in the checkout."""
    inside = PACKAGE / "_assets" / folder
    return inside if inside.is_dir() else CHECKOUT / folder


def place(folder: str) -> Path:
    """Where one of the five is read: in $MAILLAGE_HOME when that is set, where it may be missing."""
    home = os.environ.get("MAILLAGE_HOME")
    return Path(home) / folder if home else bundled_folder(folder)

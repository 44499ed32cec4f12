"""Front door for notebooks: `maillage.open`, `maillage.ask`, `maillage.draw`.

Each is fetched from `maillage.answer` when it is first used, so that `import maillage` costs nothing.
"""

from importlib import import_module
from typing import TYPE_CHECKING

from maillage._version import __version__

if TYPE_CHECKING:
    from maillage.answer import ask, draw, open

__all__ = ["__version__", "ask", "draw", "open"]


def __getattr__(name: str) -> object:
    if name not in __all__:
        raise AttributeError(f"module 'maillage' has no attribute {name!r}")
    return getattr(import_module("maillage.answer"), name)

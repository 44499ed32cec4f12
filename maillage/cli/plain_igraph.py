"""igraph without its drawings, in the process of a command: importing it imports matplotlib, for half a second, and no
command draws with igraph. Notebooks, which may, import it whole.
"""

import sys
from collections.abc import Sequence
from importlib.machinery import ModuleSpec, PathFinder, SourceFileLoader
from types import ModuleType
from typing import Any

_DRAWING = "matplotlib"


class PlainLoader(SourceFileLoader):
    """Imports a module that does without matplotlib where there is none."""

    def exec_module(self, module: ModuleType) -> None:
        modules: dict[str, Any] = sys.modules
        hides = _DRAWING not in modules
        if hides:
            modules[_DRAWING] = None
        try:
            super().exec_module(module)
        finally:
            if hides:
                del modules[_DRAWING]


class IgraphFinder(PathFinder):
    @classmethod
    def find_spec(
        cls, fullname: str, path: Sequence[str] | None = None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        found = super().find_spec(fullname, path, target) if fullname == "igraph" else None
        if found and found.origin:
            found.loader = PlainLoader(fullname, found.origin)
        return found

"""What modules define has a user, and no module asks the package that it lies in. (Cycles: import-linter.)"""

import ast

from tests.conftest import ROOT
from tests.unused import MACHINE, unused

NAMED_IN_FORMATS = {f"maillage.export.{name}" for name in ("suggestions.write", "text.write", "turtle.stream")}
WRITTEN_WHOLE = {  # by `asdict`, in the file of measures
    f"maillage.matching.evaluate.MethodScore.{name}"
    for name in ("true_positives", "false_positives", "false_negatives")
}


def _of_pages() -> str:
    """Templates and their scripts, which read what they are given by its names."""
    files = [path for path in (ROOT / "visualize").rglob("*") if path.suffix in (".html", ".js")]
    return "\n".join(path.read_text("utf-8") for path in files if "explorer" not in path.parts)


def test_what_is_defined_has_a_user() -> None:
    assert set(unused(MACHINE, _of_pages())) == NAMED_IN_FORMATS | WRITTEN_WHOLE


def test_a_definition_that_only_itself_or_nobody_uses_is_found() -> None:
    one = "LEFT = 1\ndef again():\n    again()\nclass Kept:\n    def read(self): ...\n    def spoken(self): ...\n"
    two = "from m.one import Kept\nKept().read()\nwith_string = 'a text that says spoken'\nprint(with_string)\n"
    assert unused({"m.one": one, "m.two": two}) == ["m.one.LEFT", "m.one.again", "m.one.Kept.spoken"]
    assert (
        unused({"m.one": one, "m.two": f"{two}from m import one\none.LEFT + one.again()\n"}, "{{ kept.spoken }}") == []
    )


def test_a_library_calls_what_is_made_from_it() -> None:
    code = "import io\nclass Cut(io.RawIOBase):\n    def readinto(self): ...\n"
    assert unused({"m.one": f"{code}class Less(Cut):\n    def readable(self): ...\nLess()\n"}) == []


def front_doors(module: str, code: str) -> list[str]:
    """What a module takes from the `__init__` of a package that it lies in."""
    taken = [node for node in ast.walk(ast.parse(code)) if isinstance(node, ast.ImportFrom)]
    above = [node for node in taken if module.startswith(f"{node.module}.") and node.module != "maillage"]
    names = [f"{node.module}.{alias.name}" for node in above for alias in node.names]
    return [name for name in names if name not in MACHINE]


def test_no_module_asks_its_own_package() -> None:
    found = {name: front_doors(name, code) for name, code in MACHINE.items()}
    script = {"maillage.cli.manual": ["maillage.cli.COMMANDS"]}  # run by itself: the package does not know it
    assert {name: taken for name, taken in found.items() if taken} == script
    late = "def f():\n    from maillage.answer import open"
    assert front_doors("maillage.answer.graph", late) == ["maillage.answer.open"]
    assert not front_doors("maillage.answer.graph", "from maillage.answer import synergies")

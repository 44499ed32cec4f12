"""Definitions of the machine that only tests use, or nobody: found in the syntax trees of its modules.

A definition is used by what stands outside itself: its own module, a module that imports it, an entry point. Of what
belongs to a class the name is all there is to go by: an attribute of that name read anywhere is a use.
"""

import ast
import re
from collections import Counter
from collections.abc import Iterator, Mapping

from tests.conftest import ROOT

MACHINE = {
    ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__"): path.read_text(encoding="utf-8")
    for path in sorted((ROOT / "maillage").rglob("*.py"))
}
_FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)
_OWN_BASES = {"Protocol", "NamedTuple", "TypedDict", "Exception"}  # they call nothing by a name of ours
_HOOK = re.compile(r"__\w+__|_repr_\w+_")  # Python and notebooks call these
Definition = tuple[str, str, ast.stmt]  # the class ("" for none), the name, the whole


def unused(codes: Mapping[str, str], elsewhere: str = "") -> list[str]:
    """`codes`: the text of each module by its dotted name; `elsewhere`: text whose words are uses (templates)."""
    trees = {module: ast.parse(code) for module, code in codes.items()}
    words = set(re.findall(r"\w+", elsewhere))
    taken = {(source, name) for tree in trees.values() for source, name in _taken(tree)}
    read = sum((_read(tree) for tree in trees.values()), Counter[str]())
    called = _called_from_outside([node for tree in trees.values() for node in ast.walk(tree)])
    found = []
    for module, tree in trees.items():
        loaded = _loaded(tree)
        late = all(source != module for source, _ in taken)  # nobody imports it by a statement: a name in a string does
        for owner, name, node in _definitions(tree, called):
            is_used = not owner and ((module, name) in taken or loaded[name] > _loaded(node)[name])
            is_used = is_used or ((owner or late) and read[name] > _read(node)[name])
            if not (is_used or name in words or _HOOK.fullmatch(name)):
                found.append(f"{module}.{owner}.{name}" if owner else f"{module}.{name}")
    return found


def _definitions(tree: ast.Module, called: set[str]) -> Iterator[Definition]:
    for node in tree.body:
        yield from _named("", node)
        if isinstance(node, ast.ClassDef) and node.name not in called:
            for part in node.body:
                yield from _named(node.name, part)


def _named(owner: str, node: ast.stmt) -> Iterator[Definition]:
    """Commands are found by click, hence are used."""
    if isinstance(node, (*_FUNCTIONS, ast.ClassDef)):
        if not any(ast.unparse(one).startswith("click.command") for one in node.decorator_list):
            yield owner, node.name, node
    elif isinstance(node, ast.Assign | ast.AnnAssign):
        targets = node.targets if isinstance(node, ast.Assign) else [node.target]
        names = [part for target in targets for part in ast.walk(target) if isinstance(part, ast.Name)]
        yield from ((owner, part.id, node) for part in names)


def _called_from_outside(nodes: list[ast.AST]) -> set[str]:
    """The classes made from one of a library, which calls their methods."""
    bases = {
        node.name: {ast.unparse(base).partition("[")[0] for base in node.bases}
        for node in nodes
        if isinstance(node, ast.ClassDef)
    }
    found = {name for name, some in bases.items() if some - bases.keys() - _OWN_BASES}
    while more := {name for name, some in bases.items() if some & found} - found:
        found |= more
    return found


def _taken(tree: ast.Module) -> Iterator[tuple[str, str]]:
    """(module, name) of what is imported, read from a module that is imported, or named by a writer of a format."""
    known: dict[str, str] = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and re.fullmatch(r"[\w.]+:\w+", str(node.value)):
            module, _, name = str(node.value).partition(":")
            yield from ((f"maillage.{home}{module}", name) for home in ("", "export."))
        if isinstance(node, ast.ImportFrom) and node.module:
            for alias in node.names:
                known[alias.asname or alias.name] = f"{node.module}.{alias.name}"
                yield node.module, alias.name
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id in known:
            yield known[node.value.id], node.attr


def _loaded(tree: ast.AST) -> Counter[str]:
    """The names that code loads, those in a quoted annotation too."""
    nodes = list(ast.walk(tree))
    found = Counter(node.id for node in nodes if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load))
    quoted = (node.value for node in nodes if isinstance(node, ast.Constant) and isinstance(node.value, str))
    return found + Counter(word for text in quoted if len(text) < 200 for word in re.findall(r"\w+", text))


def _read(tree: ast.AST) -> Counter[str]:
    """The attributes that code reads, those named in a string too (`getattr`, `module:name`)."""
    found: Counter[str] = Counter()
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute):
            found[node.attr] += 1
        elif isinstance(node, ast.Constant) and isinstance(node.value, str) and re.fullmatch(r"[\w.:]+", node.value):
            found.update(re.split(r"[.:]", node.value))
        elif isinstance(node, ast.MatchClass):
            found.update(node.kwd_attrs)
    return found

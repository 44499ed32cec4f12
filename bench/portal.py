"""`python bench/portal.py`: how long a large portal takes to write, and how soon its pages open from a disk.

The graph is that of `tests/store/generated.py` with more bodies and events (each is a page). Opening is the time from
navigation to the load event, and for the explorer to its first picture; headless Chromium in software rendering, 1440
by 900, `file://`. Medians of `--runs` runs, with least and most.
"""

import argparse
import json
import re
import shutil
import statistics
import sys
import tempfile
import time
from pathlib import Path

import pyoxigraph as ox
from playwright.sync_api import Browser, sync_playwright

sys.path.insert(0, str(Path(__file__).parents[1]))

from maillage.answer import open as open_graph
from maillage.answer.portal import draw_portal
from maillage.ontology import concepts
from tests.store import generated

QUIET = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking"]
LICENCE = concepts("licence")["etalab-2.0"].encode()
SHOWN = (
    "index.html",
    "index.html?view=table",
    "index.html?view=map",
    "index.html?view=timeline",
    "things.html",
    "questions/participations.html",
    "sparql.html",
)


def build(folder: Path, bodies: int, events: int) -> int:
    """A build with these many bodies and events; the number of its statements."""
    generated.BODIES, generated.EVENTS = bodies, events
    made = generated.generated().dump(format=ox.RdfFormat.N_QUADS) or b""
    lines = re.sub(rb"<https://example\.org/licence(/\w+)?>", b"<" + LICENCE + b">", made)
    graph = folder / "graph"
    (graph / "store").mkdir(parents=True)
    (graph / "graph.nq").write_bytes(lines)
    (graph / "report.json").write_text(json.dumps({"digest": "0" * 64}), encoding="utf-8")
    store = ox.Store(str(graph / "store"))
    store.load(lines, format=ox.RdfFormat.N_QUADS)
    store.optimize()
    return len(store)


def write(out: Path, folder: Path) -> tuple[int, int]:
    """The portal of a build in a folder: how many files and bytes."""
    count = size = 0
    with open_graph(out, endpoint="") as graph:
        for path, content in draw_portal(graph):
            file = folder / path
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(content)
            count, size = count + 1, size + len(content)
    return count, size


def opening(browser: Browser, address: str) -> float:
    """Milliseconds until a page is there; for the explorer, until it is drawn."""
    page = browser.new_page(viewport={"width": 1440, "height": 900})
    start = time.perf_counter()
    page.goto(address)
    if "index.html" in address:
        page.wait_for_selector("html.ready", timeout=60_000)
    taken = (time.perf_counter() - start) * 1000
    page.close()
    return taken


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--bodies", type=int, default=3000)
    parser.add_argument("--events", type=int, default=2000)
    parser.add_argument("--runs", type=int, default=5)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as root, sync_playwright() as playwright:
        out, folder = Path(root, "out"), Path(root, "portal")
        statements = build(out, given.bodies, given.events)
        start = time.perf_counter()
        files, size = write(out, folder)
        taken = time.perf_counter() - start
        sys.stdout.write(f"{statements} statements: {files} files, {size / 1e6:.0f} MB written in {taken:.0f} s\n")
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=QUIET)
        for shown in (*SHOWN, "id/organisation/bulk-7.html"):
            runs = [opening(browser, f"{folder.as_uri()}/{shown}") for _ in range(given.runs + 1)][
                1:
            ]  # the first warms up
            low, middle, high = min(runs), statistics.median(runs), max(runs)
            sys.stdout.write(f"{shown:32} median {middle:6.0f} ms  min {low:6.0f}  max {high:6.0f}\n")
        browser.close()


if __name__ == "__main__":
    main()

"""`python bench/serve.py`: what `maillage serve` bears, on this machine's own loopback.

Starts a server on the build under `--out`, then has one client, and then `--clients` of them, ask one kind of thing
after another, each as often as `--requests` and `--seconds` allow: requests a second, median and 99th centile of the
time, the server's processor time a request, and how many failed. One alone shows what many hide: a wait that costs no
processor. The clients share the processors with the server. `--json FILE` keeps the figures.
"""

import argparse
import asyncio
import json
import os
import re
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import quote

import httpx

from bench.work import Failure, end
from maillage.terms import iri

TI_LAB = iri("organisation", "ti-lab")
ASKED = {
    "question (ego)": [f"api/questions/partners-of?body={quote(body)}" for body in ("Ti Lab", "DITP", "La 27e Région")],
    "question (ego), SPARQL": [f"sparql?query={quote(f'DESCRIBE <{TI_LAB}>')}"],
    "page of a thing": ["id/organisation/ti-lab.html"],
    "IRI, followed": ["id/organisation/ti-lab"],
    "first page": ["", "assets/explorer.js", "assets/explorer.css", "data/texts.js", "data/world.js"],
    "selection": ["api/world?territory=region-53", "api/world?kind=L", "api/world"],
    "search": ["api/search?q=lab", "api/search?q=metropole"],
}


@contextmanager
def server(out: Path, *more: str) -> Iterator[tuple[str, int]]:
    """The address and the process number of a server on a build, which ends with the block."""
    command = [sys.executable, "-m", "maillage", "serve", "--out", str(out), "--port", "0", *more]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as process:
        try:
            found = re.search(r"http://\S+", process.stdout.readline()) if process.stdout else None
            if not found:
                raise Failure("the server did not begin")
            yield found[0], process.pid
        finally:
            end(process)


def processor(pid: int) -> float:
    """Seconds of processor that a process has had (without its engine's); 0 where the system does not say."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
    except OSError:
        return 0.0
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


async def measured(address: str, paths: list[str], clients: int, most: int, seconds: float) -> dict[str, float]:
    """What the clients saw, each asking the paths in turn; at most `most` requests in all."""
    times: list[float] = []
    errors = 0
    turns = iter(range(most))
    end = 0.0

    async def client(asking: httpx.AsyncClient) -> None:
        nonlocal errors
        for turn in turns:
            begun = time.perf_counter()
            if begun > end:
                return
            try:
                found = await asking.get(paths[turn % len(paths)])
                errors += found.status_code != 200
            except httpx.HTTPError:
                errors += 1
            times.append(time.perf_counter() - begun)

    limits = httpx.Limits(max_connections=clients, max_keepalive_connections=clients)
    async with httpx.AsyncClient(base_url=address, timeout=30, follow_redirects=True, limits=limits) as asking:
        end = (begun := time.perf_counter()) + seconds
        await asyncio.gather(*(client(asking) for _ in range(clients)))
    took = time.perf_counter() - begun
    centiles = statistics.quantiles(times, n=100)
    return {
        "requests": len(times),
        "per_second": round(len(times) / took, 1),
        "median_ms": round(statistics.median(times) * 1000, 1),
        "p99_ms": round(centiles[98] * 1000, 1),
        "errors": errors,
    }


async def everything(address: str, pid: int, told: argparse.Namespace) -> dict[str, dict[str, float]]:
    async with httpx.AsyncClient(base_url=address) as first:
        for _ in range(300):
            try:
                if (await first.get("health")).status_code == 200:
                    break
            except httpx.TransportError:
                await asyncio.sleep(0.1)
    found = {}
    for name, paths in ASKED.items():
        for clients in sorted({1, told.clients}):
            before = processor(pid)
            one = await measured(address, paths, clients, told.requests, told.seconds)
            cpu = {"server_cpu_ms": round((processor(pid) - before) * 1000 / one["requests"], 2)}
            found[f"{name}, {clients}"] = one | cpu
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--out", type=Path, default=Path("out"))
    parser.add_argument("--clients", type=int, default=50)
    parser.add_argument("--requests", type=int, default=2000, help="of each kind, by one client and by many, at most")
    parser.add_argument("--seconds", type=float, default=10, help="for each kind, at most")
    parser.add_argument("--json", type=Path)
    told = parser.parse_args()
    with server(told.out) as (address, pid):
        found: dict[str, Any] = asyncio.run(everything(address, pid, told))
    columns = {"per_second": "a second", "median_ms": "median ms", "p99_ms": "p99 ms", "server_cpu_ms": "cpu ms"}
    columns |= {"errors": "errors", "requests": "asked"}
    sys.stdout.write(" " * 30 + "".join(f"{head:>11}" for head in columns.values()) + "\n")
    for name, one in found.items():
        sys.stdout.write(f"{name:30}" + "".join(f"{one[column]:>11}" for column in columns) + "\n")
    if told.json:
        told.json.write_text(json.dumps({"kinds, clients": found}, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()

"""Clients that ask one thing again and again, each on a connection of its own, in a process beside the server's."""

import asyncio
import statistics
import time
from collections.abc import Sequence
from urllib.parse import urlsplit

_FAULTS = (OSError, EOFError, ValueError, TimeoutError)
_PATIENCE = 30.0  # seconds for an answer
_WARM = 5  # requests before the clock starts


def load(address: str, clients: int, seconds: float, accept: str) -> dict[str, float]:
    return asyncio.run(_load(address, clients, seconds, accept))


async def _load(address: str, clients: int, seconds: float, accept: str) -> dict[str, float]:
    times: list[float] = []
    errors = 0
    await _client(address, accept, [], time.perf_counter() + seconds, most=_WARM)
    begun = time.perf_counter()

    async def one() -> None:
        nonlocal errors
        while time.perf_counter() < begun + seconds:
            try:
                errors += await _client(address, accept, times, begun + seconds)
            except _FAULTS:
                errors += 1

    cpu = time.process_time()
    await asyncio.gather(*(one() for _ in range(clients)))
    taken, count = time.perf_counter() - begun, max(len(times), 1)
    return {
        "per_second": (len(times) - errors) / taken,
        "p50_ms": statistics.median(times or [0]) * 1000,
        "p99_ms": _centile(times) * 1000,
        "errors": errors,
        "asked": len(times),
        "client_ms": (time.process_time() - cpu) * 1000 / count,
    }


async def _client(address: str, accept: str, times: list[float], end: float, most: int = 0) -> int:
    """Asks on one connection until the end, or so many times; how many answers were not 200."""
    parts, errors, count = urlsplit(address), 0, 0
    reader, writer = await asyncio.open_connection(parts.hostname, parts.port)
    lines = (f"GET {parts.path}?{parts.query} HTTP/1.1", f"Host: {parts.netloc}", f"Accept: {accept}", "", "")
    request = "\r\n".join(lines).encode()
    try:
        while time.perf_counter() < end and not (most and count >= most):
            begun = time.perf_counter()
            writer.write(request)
            status = await asyncio.wait_for(_answer(reader), _PATIENCE)
            times.append(time.perf_counter() - begun)
            errors, count = errors + (status != 200), count + 1
    finally:
        writer.close()
    return errors


async def _answer(reader: asyncio.StreamReader) -> int:
    """The status of an answer that was read whole."""
    status = int((await reader.readline()).split()[1])
    headers = {}
    while (line := await reader.readline()).strip():
        name, _, value = line.partition(b":")
        headers[name.strip().lower()] = value.strip().lower()
    if headers.get(b"transfer-encoding") == b"chunked":
        while size := int(await reader.readline(), 16):
            await reader.readexactly(size + 2)
        await reader.readline()
    else:
        await reader.readexactly(int(headers.get(b"content-length", 0)))
    return status


def _centile(times: Sequence[float]) -> float:
    return statistics.quantiles(times, n=100)[98] if len(times) > 1 else 0.0

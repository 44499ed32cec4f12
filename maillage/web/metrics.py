"""What the server did, in the text format of Prometheus: requests by route, method and status, and their time."""

import time
from collections import Counter, defaultdict
from collections.abc import Callable

from starlette.types import ASGIApp, Message, Receive, Scope, Send

BOUNDS = (0.005, 0.025, 0.1, 0.25, 1.0, 2.5, 10.0)  # seconds
METHODS = ("GET", "HEAD", "POST", "OPTIONS")  # under their own name; a client may invent others
Key = tuple[str, str, int]


class Metrics:
    def __init__(self) -> None:
        self.requests: Counter[Key] = Counter()
        self._slots: dict[str, list[int]] = defaultdict(lambda: [0] * (len(BOUNDS) + 1))
        self._sums: dict[str, float] = defaultdict(float)
        self.counts: Counter[str] = Counter()  # of named happenings: queries stopped, answers too large

    def record(self, route: str, method: str, status: int, seconds: float) -> None:
        self.requests[route, method, status] += 1
        slot = next((place for place, bound in enumerate(BOUNDS) if seconds <= bound), len(BOUNDS))
        self._slots[route][slot] += 1
        self._sums[route] += seconds

    def text(self, facts: dict[str, float], release: str) -> str:
        """Everything seen, and `facts`: gauges by name."""
        lines = ["# TYPE maillage_requests_total counter"]
        for (route, method, status), count in sorted(self.requests.items()):
            lines.append(f'maillage_requests_total{{route="{route}",method="{method}",status="{status}"}} {count}')
        lines.append("# TYPE maillage_request_seconds histogram")
        for route, slots in sorted(self._slots.items()):
            total = 0
            for bound, count in zip((*map(str, BOUNDS), "+Inf"), slots, strict=True):
                total += count
                lines.append(f'maillage_request_seconds_bucket{{route="{route}",le="{bound}"}} {total}')
            lines.append(f'maillage_request_seconds_sum{{route="{route}"}} {self._sums[route]:.6f}')
            lines.append(f'maillage_request_seconds_count{{route="{route}"}} {total}')
        for name, count in sorted(self.counts.items()):
            lines += [f"# TYPE maillage_{name}_total counter", f"maillage_{name}_total {count}"]
        for name, value in sorted(facts.items()):
            lines += [f"# TYPE maillage_{name} gauge", f"maillage_{name} {value:g}"]
        lines += ["# TYPE maillage_release_info gauge", f'maillage_release_info{{release="{release}"}} 1']
        return "\n".join(lines) + "\n"


class MetricsMiddleware:
    """Counts every request under the name of its route: never its address, its query or who asked."""

    def __init__(self, app: ASGIApp, metrics: Metrics, log: Callable[[str], None]) -> None:
        self._app, self._metrics, self._log = app, metrics, log

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        begun, status = time.perf_counter(), 500

        async def note_status(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
            await send(message)

        try:
            await self._app(scope, receive, note_status)
        finally:
            route = getattr(scope.get("route"), "name", None) or "none"
            seconds = time.perf_counter() - begun
            method = scope["method"] if scope["method"] in METHODS else "other"
            self._metrics.record(route, method, status, seconds)
            self._log(f"{method} {route} {status} {seconds * 1000:.0f} ms")

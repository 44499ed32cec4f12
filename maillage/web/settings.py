"""What a server is told: where things lie and what it allows."""

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class ServerSettings:
    """`seconds`: of a SPARQL query; `most_bytes`: of its answer; `memory`: bytes of the engine; `at_once`: queries at
    work at one time. `by_selection`: the explorer asks for what it shows, never for everything (see `BY_SELECTION`).
    """

    out: Path
    portal: Path
    seconds: float = 10.0
    most_bytes: int = 20_000_000
    memory: int = 2_000_000_000
    at_once: int = 8
    by_selection: bool = False
    allow: str = ""


BY_SELECTION = 5000  # bodies above which the explorer asks for selections

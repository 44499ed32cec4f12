"""`maillage serve`: the portal, the API and SPARQL, over HTTP."""

import asyncio
import signal
import socket
import sys
from asyncio.subprocess import DEVNULL, PIPE
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from maillage.cli.lazy import Settings
from maillage.errors import CannotWrite, EngineDown, MachineError
from maillage.files import folder_aside, out_folder, short_path

if TYPE_CHECKING:
    import uvicorn

    from maillage.web import release as web
    from maillage.web.release import Prepare

_GRACE = 5  # seconds beyond a query's limit in which what is at work may end


@click.command()
@click.option("--port", default=8000, show_default=True)
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--portal", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--time-limit", type=click.FloatRange(0.1, 600), default=10.0, show_default=True)
@click.option("--size-limit", type=click.FloatRange(0.001, 1000), default=20.0, show_default=True)
@click.option("--memory-limit", type=click.IntRange(256), default=2000, show_default=True)
@click.option("--by-selection", is_flag=True)
@click.pass_obj
def serve(settings: Settings, /, port: int, host: str, portal: Path | None, by_selection: bool, **most: float) -> None:
    import uvicorn

    from maillage.web import release as web
    from maillage.web.app import application

    out = out_folder(settings.out)
    if not (out / "graph" / "report.json").is_file():
        raise MachineError("no-build", folder=short_path(out))
    told = web.ServerSettings(
        out=out,
        portal=portal.absolute() if portal else out / "portal",
        seconds=most["time_limit"],
        most_bytes=round(most["size_limit"] * 1e6),
        memory=int(most["memory_limit"]) * 1_000_000,
        by_selection=by_selection,
        allow=settings.allow,
    )
    prepare = partial(_refuse, told.portal) if portal else partial(_write, out, settings)
    asyncio.run(_try_start(told, prepare))
    app = application(told, prepare, lambda line: click.echo(line, err=True))
    patience = round(most["time_limit"]) + _GRACE
    config = uvicorn.Config(app, host, port, log_level="error", access_log=False, timeout_graceful_shutdown=patience)
    listener = listening(config)
    signal.signal(signal.SIGTERM, lambda *_: None)  # what uvicorn raises again once it has ended: an end like another
    click.echo(f"http://{host}:{listener.getsockname()[1]}/")
    uvicorn.Server(config).run(sockets=[listener])


def listening(config: "uvicorn.Config") -> socket.socket:
    """The socket to serve on. Each packet leaves at once (asyncio sees to it only where the socket names its protocol,
    which uvicorn's does not): a client that asks one thing after another would wait 40 ms for each.
    Raises `port-taken`.
    """
    try:
        found = config.bind_socket()
    except SystemExit:  # what uvicorn makes of a port that is taken
        raise MachineError("port-taken", port=config.port) from None
    found.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return found


async def _try_start(told: "web.ServerSettings", prepare: "Prepare") -> None:
    """Whatever would keep the server from beginning is said here, by its sentence.

    Raises `engine-absent`, `engine-dead`, `old-portal`, CannotWrite.
    """
    from maillage.web.engine import Oxigraph
    from maillage.web.release import ready

    try:
        engine = await Oxigraph.start(told.out / "graph" / "store", told.memory)
    except EngineDown:
        raise MachineError("engine-dead") from None
    await engine.stop()
    if not ready(told):
        await prepare()


async def _refuse(portal: Path) -> None:
    """For a portal that somebody else writes."""
    raise MachineError("old-portal", folder=short_path(portal))


async def _write(out: Path, settings: Settings) -> None:
    """Writes the portal of the last build behind `out/portal`, in a process of its own: requests go on meanwhile."""
    with folder_aside(out / "portal") as aside:
        words = ["--lang", settings.lang, "portal", str(aside), "--out", str(out)]
        allowed = ["--allow", settings.allow] if settings.allow else []
        command = [sys.executable, "-m", "maillage", *words, *allowed]
        process = await asyncio.create_subprocess_exec(*command, stdin=DEVNULL, stdout=DEVNULL, stderr=PIPE)
        try:
            _, said = await process.communicate()
        except asyncio.CancelledError:  # the server ends: so does this, which removes what it began
            process.send_signal(signal.SIGINT)
            await process.wait()
            raise
        if process.returncode:
            reason = said.decode("utf-8", errors="replace").strip()[-500:]
            raise CannotWrite(file=short_path(out / "portal"), reason=reason)

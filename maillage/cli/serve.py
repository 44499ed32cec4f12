"""`maillage serve`: the portal, the API and SPARQL, over HTTP."""

import signal
import subprocess
import sys
from pathlib import Path

import click

from maillage.cli.lazy import Settings
from maillage.errors import CannotWrite, NoBuild, PortTaken
from maillage.files import folder_aside, out_folder, shown


@click.command(
    help="Servir le portail, l'API et SPARQL sur cette machine (Ctrl+C pour arrêter). Une nouvelle construction est "
    "reprise sans arrêt. || "
    "Serve the portal, the API and SPARQL on this machine (Ctrl+C to stop). A new build is taken up without a stop."
)
@click.option("--port", default=8000, show_default=True, help="Port || Port")
@click.option("--host", default="127.0.0.1", show_default=True, help="Adresse d'écoute || Address to listen on")
@click.option("--time-limit", default=10.0, show_default=True, help="Secondes par requête || Seconds a query")
@click.option(
    "--size-limit", default=20.0, show_default=True, help="Mégaoctets par réponse SPARQL || Megabytes a SPARQL answer"
)
@click.option(
    "--by-selection",
    is_flag=True,
    help="L'explorateur demande ce qu'il montre, sans le reste || The explorer asks for what it shows, no more",
)
@click.pass_obj
def serve(settings: Settings, port: int, host: str, time_limit: float, size_limit: float, by_selection: bool) -> None:
    import uvicorn

    from maillage.web import settings as web
    from maillage.web.app import application
    from maillage.web.engine import program
    from maillage.web.release import prepared

    out = out_folder(settings.out)
    if not (out / "graph" / "report.json").is_file():
        raise NoBuild(folder=shown(out))
    told = web.Settings(
        out, out / "portal", time_limit, round(size_limit * 1e6), by_selection=by_selection, allow=settings.allow
    )
    program()  # says what to install before anything is begun
    prepared(told, lambda: _write_portal(out, settings))
    app = application(told, lambda: _write_portal(out, settings), lambda line: click.echo(line, err=True))
    config = uvicorn.Config(app, host, port, log_level="error", access_log=False, timeout_graceful_shutdown=10)
    try:
        listener = config.bind_socket()
    except SystemExit:  # what uvicorn makes of a port that is taken
        raise PortTaken(port=port) from None
    signal.signal(signal.SIGTERM, lambda *_: None)  # what uvicorn raises again once it has ended: an end like another
    click.echo(f"http://{host}:{listener.getsockname()[1]}/")
    uvicorn.Server(config).run(sockets=[listener])


def _write_portal(out: Path, settings: Settings) -> None:
    """Writes the portal of the last build behind `out/portal`, in a process of its own: requests go on meanwhile."""
    with folder_aside(out / "portal") as aside:
        words = ["--lang", settings.lang, "portal", str(aside), "--out", str(out)]
        allowed = ["--allow", settings.allow] if settings.allow else []
        command = [sys.executable, "-m", "maillage", *words, *allowed]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        if done.returncode:
            raise CannotWrite(file=shown(out / "portal"), reason=done.stderr.strip()[-500:])

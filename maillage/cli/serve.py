"""`maillage serve`: what `maillage run` wrote, on this machine only."""

from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer

import click

from maillage.cli.lazy import Settings
from maillage.errors import NoBuild, PortTaken
from maillage.files import out_folder, shown


class Pages(SimpleHTTPRequestHandler):
    """Files of the output folder, with types for RDF; nothing of the request is logged."""

    extensions_map = SimpleHTTPRequestHandler.extensions_map | {
        ".ttl": "text/turtle; charset=utf-8",
        ".trig": "application/trig; charset=utf-8",
        ".nq": "application/n-quads",
        ".jsonld": "application/ld+json",
        ".csv": "text/csv; charset=utf-8",
    }

    def log_message(self, *_: object) -> None: ...


@click.command(
    help="Montrer sur cette machine ce que maillage run a écrit (Ctrl+C pour arrêter). || "
    "Show on this machine what maillage run wrote (Ctrl+C to stop)."
)
@click.option("--port", default=8000, show_default=True, help="Port || Port")
@click.pass_obj
def serve(settings: Settings, port: int) -> None:
    out = out_folder(settings.out)
    if not (out / "index.html").is_file():
        raise NoBuild(folder=shown(out))
    try:
        server = ThreadingHTTPServer(("127.0.0.1", port), partial(Pages, directory=str(out)))
    except OSError as error:
        raise PortTaken(port=port) from error
    with server:
        click.echo(f"http://127.0.0.1:{server.server_port}/")
        server.serve_forever()

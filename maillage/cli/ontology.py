"""`maillage ontology FOLDER`: the documentation of the vocabulary, a page a language."""

from pathlib import Path

import click

from maillage.cli.lazy import Settings
from maillage.files import short_path, write_whole
from maillage.locales import say


@click.command()
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path))
@click.pass_obj
def ontology(settings: Settings, folder: Path) -> None:
    first = write_pages(folder.absolute())[settings.lang]
    click.echo(say(settings.lang, "ontology.written", file=short_path(first)))


def write_pages(folder: Path) -> dict[str, Path]:
    """Writes the pages; returns each by its language."""
    from maillage.queries import catalogue
    from maillage.visualize.vocabulary.pages import FILES, ontology_pages

    for name, body in ontology_pages({name: query.text for name, query in catalogue().items()}).items():
        write_whole(folder / name, body)
    return {lang: folder / name for lang, name in FILES.items()}

"""`maillage path --from BODY --to BODY`."""

import json

import click

from maillage.cli.lazy import Settings, endpoint_option


@click.command(params=[endpoint_option()])
@click.option("--from", "start", required=True)
@click.option("--to", "goal", required=True)
@click.option("--format", "form", type=click.Choice(["table", "json"]), default="table")
@click.pass_obj
def path(settings: Settings, start: str, goal: str, form: str) -> None:
    from maillage import answer
    from maillage.credit.notice import ON_SCREEN
    from maillage.visualize.map.chains import chain_sentences, chain_values

    with answer.open(settings.out, settings.allow, settings.endpoint) as graph:
        found, credit = graph.chains(start, goal, settings.lang)
    if form == "json":
        values = chain_values(found, settings.lang) | {"credit": credit.as_dict()}
        click.echo(json.dumps(values, ensure_ascii=False, indent=2))
        return
    click.echo("\n".join(chain_sentences(found, settings.lang)))
    click.echo(f"\n{credit.text(ON_SCREEN)}", nl=False)

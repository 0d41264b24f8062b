"""`digest list`."""

import click

from digest.build import read_settings, reading_of
from digest.commands import Project, finish, moment, now_option


@click.command("list")
@click.argument("state", type=click.Choice(["drafts", "future", "problems", "edited"]), required=False)
@now_option("The moment that decides what is due.")
@click.pass_obj
def list_(project: Project, state: str | None, now: str | None) -> None:
    """List articles: all, or those in one STATE."""
    from digest import listing

    settings = read_settings(project.config)
    with project.opened() as (memory, found):
        rows, problems = listing.find(
            project.root, memory, found, settings, moment(project, now), state, reading_of(settings)
        )
    for row in rows:
        click.echo("\t".join(row))
    finish(problems)

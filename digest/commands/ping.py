"""`digest ping`."""

import os
from pathlib import Path

import click

from digest.build import read_settings
from digest.commands import Project, finish, output_option


@click.command()
@output_option("The site.")
@click.pass_obj
def ping(project: Project, output: Path | None) -> None:
    """Tell the hub and IndexNow what builds changed.

    The hub hears of feeds, IndexNow of pages, since they were last told: run it after the upload. `hub` and `indexnow`
    in digest.yml say whom to tell.
    """
    from digest import ping as pinging

    settings = read_settings(project.config)
    site = os.path.relpath(project.site(output), project.root)
    with project.memory() as memory:
        told = pinging.send(memory, site, settings)
    for line in told.lines if project.verbosity >= 0 else ():
        click.echo(line)
    finish(told.problems)

"""`digest ping`."""

import os
from pathlib import Path

import click

from digest import layout
from digest.build import read_settings
from digest.commands import Project, finish, waiting


@click.command()
@click.option(
    "-o", "--output", type=click.Path(path_type=Path, file_okay=False), help="The site.  [default: site/ in the root]"
)
@click.pass_obj
def ping(project: Project, output: Path | None) -> None:
    """Tell the hub of feeds, and IndexNow of pages, that builds changed since they were last told."""
    from digest import ping as pinging
    from digest import store

    settings = read_settings(project.config)
    site = os.path.relpath(output.absolute() if output else project.root / layout.SITE, project.root)
    with store.opened(project.root, waiting) as memory:
        told = pinging.send(memory, site, settings)
    for line in told.lines if project.verbosity >= 0 else ():
        click.echo(line)
    finish(told.problems)

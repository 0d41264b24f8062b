"""`digest clean`."""

from pathlib import Path

import click

from digest.build import read_settings
from digest.commands import Project, output_option


@click.command()
@output_option("The site to remove.")
@click.pass_obj
def clean(project: Project, output: Path | None) -> None:
    """Remove what builds made.

    That is their files in the output folder, and their memory in .digest/; nothing else. The next build makes all again.
    """
    from digest import scaffold

    read_settings(project.config)  # a folder that is no digest has nothing of ours
    with project.memory():
        removed = scaffold.clean(project.root, project.site(output))
    if project.verbosity >= 0:
        click.echo(f"{removed:,} {'file' if removed == 1 else 'files'} of the site removed, and the build memory")

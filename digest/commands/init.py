"""`digest init`."""

from pathlib import Path

import click

from digest import report
from digest.commands import Project


@click.command()
@click.argument(
    "folder", type=click.Path(path_type=Path, file_okay=False), default=None, required=False, metavar="[DIR]"
)
@click.pass_obj
def init(project: Project, folder: Path | None) -> None:
    """Make a new digest in DIR, or here.

    Nothing that is there is overwritten. Then say in digest.yml what your digest is, put raw articles into seeds/,
    and run `digest build`.

    \b
    Example:
      digest init news
    """
    from digest import scaffold

    target = folder.absolute() if folder else project.root
    made = scaffold.init(target)
    if project.verbosity >= 0:
        for path in made:
            click.echo(f"made {path}")
        click.echo(report.next_steps(target, made))

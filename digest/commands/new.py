"""`digest new`."""

import click

from digest.build import read_settings
from digest.commands import Project, moment, now_option


@click.command()
@click.argument("title")
@click.option("--lang", default="", metavar="TAG", help="The language of the text.  [default: the digest's]")
@click.option("--publish", is_flag=True, help="Make it no draft.")
@click.option("--edit", is_flag=True, help="Open it in $VISUAL or $EDITOR.")
@now_option("The moment it is dated.")
@click.pass_obj
def new(project: Project, title: str, lang: str, publish: bool, edit: bool, now: str | None) -> None:
    """Begin an article with this TITLE.

    It is a file in content/ for today, whose path is printed, and a draft until you take that line out.

    \b
    Example:
      digest new --edit "Rivers rise after the rain"
    """
    from digest import writing

    settings = read_settings(project.config)
    path = writing.begin(project.root, settings, title, moment(project, now), lang, not publish)
    if project.verbosity >= 0:
        click.echo(path)
    if edit:
        click.edit(filename=str(project.root / path))

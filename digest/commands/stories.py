"""`digest stories`."""

from pathlib import Path

import click

from digest.build import read_settings
from digest.commands import Project, finish, moment, now_option


@click.command()
@click.option(
    "--json", "as_json", is_flag=True, envvar="DIGEST_STORIES_JSON", help="Print every article with its story."
)
@click.option(
    "--explain", nargs=2, metavar="A B", help="Say why two articles (content files) are or are not one story."
)
@now_option("The moment that decides what is due.")
@click.pass_obj
def stories(project: Project, as_json: bool, explain: tuple[str, str] | None, now: str | None) -> None:
    """List stories: which articles tell of one event.

    \b
    Examples:
      digest stories
      digest stories --explain content/2025/08/17/rivers.md content/2025/08/18/floods.md
    """
    from digest.stories import covered

    settings = read_settings(project.config)
    with project.opened() as (memory, found):
        told = covered.find(project.root, memory, found, settings, moment(project, now))
    if explain:
        lines = covered.explain(project.root, told, *(_inside(project.root, name) for name in explain))
    else:
        lines = [covered.as_json(told)] if as_json else covered.as_lines(told)
    for line in lines:
        click.echo(line)
    finish(told.problems)


def _inside(root: Path, name: str) -> str:
    """Return the path of a file in the project relative to it; anything else as it is."""
    path = Path(name).absolute()
    return path.relative_to(root).as_posix() if path.is_file() and path.is_relative_to(root) else name

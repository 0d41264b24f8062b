"""`digest new` and `digest correct`."""

from pathlib import Path

import click

from digest.build import read_settings
from digest.commands import Project, now
from digest.errors import DigestError
from digest.layout import CONTENT


@click.command()
@click.argument("title")
@click.option("--lang", default="", metavar="TAG", help="The language of the text.  [default: the digest's]")
@click.option("--publish", is_flag=True, help="Make it no draft.")
@click.option("--edit", is_flag=True, help="Open it in $VISUAL or $EDITOR.")
@click.option("--now", "when", metavar="WHEN", help="The moment it is dated.  [default: now, or SOURCE_DATE_EPOCH]")
@click.pass_obj
def new(project: Project, title: str, lang: str, publish: bool, edit: bool, when: str | None) -> None:
    """Begin an article with this TITLE: a file for today, a draft until you take that line out."""
    from digest import writing

    settings = read_settings(project.config)
    path = writing.begin(project.root, settings, title, now(project, when), lang, not publish)
    if project.verbosity >= 0:
        click.echo(path)
    if edit:
        click.edit(filename=str(project.root / path))


@click.command()
@click.argument("path", type=click.Path(path_type=Path))
@click.argument("text")
@click.option("--now", "when", metavar="WHEN", help="The moment it is dated.  [default: now, or SOURCE_DATE_EPOCH]")
@click.pass_obj
def correct(project: Project, path: Path, text: str, when: str | None) -> None:
    """Add the correction TEXT to the article in PATH, and move its `updated`; nothing else changes."""
    from digest import store, writing
    from digest.commands import waiting

    settings = read_settings(project.config)
    place = path if path.is_file() else project.root / path  # from here, or from the digest's folder
    root = project.root.resolve()
    if not place.is_file() or not place.resolve().is_relative_to(root / CONTENT) or place.suffix != ".md":
        raise DigestError(f"{path} is no article of this digest", f"name a Markdown file below {CONTENT}/")
    name = place.resolve().relative_to(root).as_posix()
    with store.opened(project.root, waiting):  # no build reads it half way
        writing.correct(project.root, settings, name, text, now(project, when))
    if project.verbosity >= 0:
        click.echo(f"{name}: corrected; the next build tells readers")

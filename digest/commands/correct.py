"""`digest correct`."""

from pathlib import Path

import click

from digest.build import read_settings
from digest.commands import Project, moment, now_option
from digest.errors import DigestError
from digest.layout import CONTENT


@click.command()
@click.argument("path", type=click.Path(path_type=Path))
@click.argument("text")
@now_option("The moment it is dated.")
@click.pass_obj
def correct(project: Project, path: Path, text: str, now: str | None) -> None:
    """Add the correction TEXT to the article in PATH.

    Its `updated` moves, and nothing else in the file changes. The next build tells readers, on the page and in feeds.

    \b
    Example:
      digest correct content/2025/08/17/rivers.md "The river is the Oder, not the Elbe."
    """
    from digest import writing

    settings = read_settings(project.config)
    place = path if path.is_file() else project.root / path  # from here, or from the digest's folder
    root = project.root.resolve()
    if not place.is_file() or not place.resolve().is_relative_to(root / CONTENT) or place.suffix != ".md":
        raise DigestError(f"{path} is no article of this digest", f"name a Markdown file below {CONTENT}/")
    name = place.resolve().relative_to(root).as_posix()
    with project.memory():  # no build reads it half way
        writing.correct(project.root, settings, name, text, moment(project, now))
    if project.verbosity >= 0:
        click.echo(f"{name}: corrected; the next build tells readers")

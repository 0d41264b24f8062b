"""`digest edition`."""

import os
import sys
from collections.abc import Sequence

import click

from digest.build import read_settings
from digest.commands import Project, day, finish, moment, now_option


@click.command()
@click.argument("date", required=False, default="", metavar="[DATE]")
@now_option("The moment that decides what is due.")
@click.pass_obj
def edition(project: Project, date: str, now: str | None) -> None:
    """Arrange the edition of a day.

    Makes the file for DATE (default: the latest edition), and on a terminal opens it in $VISUAL or $EDITOR. If it is there,
    it stays as it is, and articles that it does not name are told.

    \b
    Examples:
      digest edition
      digest edition 2025-08-17
    """
    from digest import arranging

    settings = read_settings(project.config)
    wanted, due = day(date, "DATE"), moment(project, now)

    def arrange(of: str) -> arranging.Arranged:
        with project.opened() as (memory, found):
            return arranging.begin(project.root, memory, found, settings, due, of)

    arranged = arrange(wanted)
    if project.verbosity >= 0:
        click.echo(arranged.path)
        for line in _told(arranged.seeds, arranged.unnamed):
            click.echo(line, err=True)
    if sys.stdout.isatty() and (os.environ.get("VISUAL") or os.environ.get("EDITOR")):
        click.edit(filename=str(project.root / arranged.path))
        arranged = arrange(arranged.day)  # what was written is told while the file is at hand
    finish(arranged.problems)


def _told(seeds: int, unnamed: Sequence[str]) -> list[str]:
    """Return what a person who arranges an edition should know."""
    lines = []
    if seeds:
        lines.append(
            f"{seeds:,} {'seed is' if seeds == 1 else 'seeds are'} not imported yet; `digest import` does that"
        )
    if unnamed:
        many = f"{len(unnamed):,} {'article is' if len(unnamed) == 1 else 'articles are'}"
        lines.append(f"{many} not named in it, and will follow by weight; to place them, add to `order`:")
        lines += [line.rstrip("\n") for line in unnamed]
    return lines

"""`digest import`."""

import gc
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from digest import layout, report
from digest.build import import_seeds, read_settings, read_topics, reading_of
from digest.commands import Project, day, finish
from digest.errors import DigestError, Problem

if TYPE_CHECKING:
    from digest.seeds.record import Reading


@click.command("import")
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path), metavar="[PATH]...")
@click.option("--explain", is_flag=True, help="Say what each article became, by which rules, and how sure they are.")
@click.option("--date", metavar="DAY", default="", help="The date of articles that have none: 2025-08-17.")
@click.pass_obj
def import_(project: Project, paths: tuple[Path, ...], explain: bool, date: str) -> None:
    """Turn raw articles (seeds) into Markdown files in content/.

    All that are new or changed, or the files and folders at PATH, which are below seeds/. A build does it too; what you
    edited is never overwritten.

    \b
    Examples:
      digest import
      digest import --explain seeds/2025/08/17
    """
    reading = reading_of(read_settings(project.config), day(date, "--date"))
    gc.disable()  # as in a build
    with project.opened() as (memory, found), report.progress(project.verbosity) as progress:
        only = _named(project.root, paths, list(found.seeds)) if paths else None
        own, wrong_topics = read_topics(project.root)
        imported, _ = import_seeds(project.root, memory, found, reading, progress, only, own)
    if explain:
        for line in _explained(project.root, found.seeds if only is None else only, reading):
            click.echo(line)
    if project.verbosity >= 0:
        click.echo(report.imported(imported.steps if imported else (), project.verbosity))
    finish([*found.problems, *wrong_topics, *(imported.problems if imported else ())])


def _named(root: Path, paths: tuple[Path, ...], seeds: list[str]) -> list[str]:
    """Return the seed files at `paths`."""
    chosen: list[str] = []
    for path in paths:
        try:
            place = path if path.exists() else root / path  # from here, or from the digest's folder
            name = place.resolve().relative_to(root.resolve()).as_posix()
        except ValueError:
            name = ""
        below = [seed for seed in seeds if seed == name or seed.startswith(f"{name}/")]
        if not below or not name.startswith(layout.SEEDS):
            raise DigestError(f"{path} is no seed of this digest", f"put it into {layout.SEEDS}/ first")
        chosen += below
    return list(dict.fromkeys(chosen))


def _explained(root: Path, seeds: Iterable[str], reading: "Reading") -> Iterator[str]:
    """Yield what `--explain` says of the articles in some seeds."""
    from digest.intake.shelf import read_seed
    from digest.seeds import parse

    for seed in seeds:
        data = read_seed(root, seed)
        articles, _ = ([], []) if isinstance(data, Problem) else parse(data, seed, reading)
        for article in articles:
            yield from report.seed_explanation(seed, article)

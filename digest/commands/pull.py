"""`digest pull`."""

import json
import time
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

import click

from digest import report
from digest.build import read_settings
from digest.commands import Project, finish

if TYPE_CHECKING:
    from digest.pulling import Pulled


@click.command()
@click.option(
    "--opml",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Read the feeds of this list, in the place of `feeds` in the settings.",
)
@click.option("--json", "as_json", is_flag=True, envvar="DIGEST_PULL_JSON", help="Print one JSON object on stdout.")
@click.pass_obj
def pull(project: Project, opml: Path | None, as_json: bool) -> None:
    """Read feeds, and store what is new as seeds.

    The feeds are those of `feeds` in digest.yml; each has a folder in seeds/pulled/. The next build makes articles of the
    seeds. A feed that cannot be read is named, and keeps no other from being read; the exit code is 1 then.

    \b
    Examples:
      digest pull; digest build
      digest pull --opml subscriptions.opml
    """
    from digest import pulling

    started = time.perf_counter()
    settings = read_settings(project.config)
    listed = opml.absolute() if opml else None
    with report.progress(-1 if as_json else project.verbosity) as progress:
        done = pulling.pull(project.root, settings, time.time_ns() // 1000, listed, progress)
    seconds = time.perf_counter() - started
    if as_json:
        click.echo(_as_json(done, seconds))
    elif project.verbosity >= 0:
        for line in _lines(done, seconds, project.verbosity):
            click.echo(line)
    finish(done.problems)


def _lines(done: "Pulled", seconds: float, verbosity: int) -> list[str]:
    """Return a line for each feed that brought something (with -v, for every one), and the sum."""
    lines = []
    for feed in done.feeds:
        what = _counts({"new": feed.new, "updated": feed.updated, "left for the next time": feed.left})
        if what:
            lines.append(report.clean(f"{feed.url}: {what} → {feed.folder}/"))
        elif verbosity > 0:
            lines.append(report.clean(f"{feed.url}: {'nothing new' if feed.state == 'read' else feed.state}"))
    states = Counter(feed.state for feed in done.feeds)
    sums = [f"{_sum(done, 'new'):,} new, {_sum(done, 'updated'):,} updated", _counts(states, "waiting", "failed")]
    feeds = f"{len(done.feeds):,} {'feed' if len(done.feeds) == 1 else 'feeds'}"
    return [*lines, f"{feeds}: {', '.join(filter(None, sums))} ({seconds:.2f} s)"]


def _counts(counts: dict[str, int], *names: str) -> str:
    return ", ".join(f"{counts[name]:,} {name}" for name in names or counts if counts[name])


def _sum(done: "Pulled", field: str) -> int:
    return sum(getattr(feed, field) for feed in done.feeds)


def _as_json(done: "Pulled", seconds: float) -> str:
    values = {
        "feeds": [feed._asdict() for feed in done.feeds],
        "new": _sum(done, "new"),
        "updated": _sum(done, "updated"),
        "changed": list(done.changed),
        "problems": [problem._asdict() for problem in done.problems],
        "seconds": round(seconds, 3),
    }
    return json.dumps(values, ensure_ascii=False)

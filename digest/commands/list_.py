"""`digest list`."""

import gc
import json
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

import click

from digest import inputs, report, store
from digest.build import read_settings, reading_of
from digest.commands import Project, finish, moment, now_option
from digest.errors import Problem

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

    from rich.table import Table

    from digest.listing import Listed

STATES = ("published", "drafts", "future", "expired", "retracted", "edited", "problems")
ENOUGH = 200
"""Articles that a terminal shows without `-v`: more than anyone reads, and soon there."""
WIDE = 110
"""Columns of a terminal from which there is room for sources and topics."""
_STYLES = {"draft": "yellow", "future": "cyan", "expired": "dim", "retracted": "red", "edited": "green"}


@click.command("list")
@click.argument("state", type=click.Choice(STATES), required=False, metavar="[STATE]")
@click.option("--topic", default="", metavar="NAME", help="Only those with this topic.")
@click.option("--source", default="", metavar="NAME", help="Only those from this source, by its name or host.")
@click.option("--day", default="", metavar="DAY", help="Only those of a day, month or year: 2025-08-17, 2025-08, 2025.")
@click.option("--lang", default="", metavar="TAG", help="Only those in this language.")
@click.option("--json", "as_json", is_flag=True, envvar="DIGEST_LIST_JSON", help="Print one JSON object on stdout.")
@now_option("The moment that decides what is due.")
@click.pass_obj
def list_(
    project: Project, state: str | None, topic: str, source: str, day: str, lang: str, as_json: bool, now: str | None
) -> None:
    """List articles, newest first, or problems.

    All, or those in one STATE: published, drafts, future, expired, retracted, edited; or `problems`, what is wrong with
    content files, seeds, stories and editions, with line and mend. Nothing is built, and nothing written.

    A terminal gets a table of the newest 200 (`digest -v list`: of all); a pipe or file gets a line for each, with tabs
    between states, date, file and title.

    \b
    Examples:
      digest list drafts
      digest list --topic Rivers --day 2025-08 --lang de
    """
    from digest import listing

    gc.disable()  # as in a build
    settings = read_settings(project.config)
    wanted = listing.Wanted(state or "", topic, source, day, lang)
    with store.glanced(project.root) as memory:
        found = inputs.find(project.root, project.config)
        listed = listing.find(project.root, memory, found, settings, moment(project, now), wanted, reading_of(settings))
    asked_for_problems = state == listing.PROBLEMS
    if as_json:
        click.echo(_as_json(listed.rows, listed.problems, settings.zone))
    elif sys.stdout.isatty():
        _print_table(_problems(listed.problems) if asked_for_problems else _articles(listed.rows, project.verbosity))
    else:
        for line in map(_problem_line, listed.problems) if asked_for_problems else map(_line, listed.rows):
            click.echo(line)
    if not as_json and project.verbosity >= 0 and not (listed.problems if asked_for_problems else listed.rows):
        click.echo(listed.hint or ("no problems" if asked_for_problems else "no such articles"), err=True)
    if asked_for_problems and any(problem.severity == "error" for problem in listed.problems):
        sys.exit(1)
    finish(() if asked_for_problems else listed.problems)


def _states(row: "Listed") -> str:
    """Return the states as the first column has them: what is out of the usual, or `published`."""
    return ",".join(state for state in row.states if state != "published") or "published"


def _line(row: "Listed") -> str:
    article = row.article
    return "\t".join((_states(row), article.date, report.clean(article.body.file), report.clean(article.title)))


def _problem_line(problem: Problem) -> str:
    place = f"{problem.path}:{problem.line}" if problem.line else problem.path
    return "\t".join(map(report.clean, (problem.severity, place, problem.message, problem.hint)))


def _as_json(rows: Sequence["Listed"], problems: Sequence[Problem], zone: "ZoneInfo") -> str:
    from datetime import UTC, datetime, timedelta

    def told(microseconds: int) -> str:
        return (
            (datetime(1970, 1, 1, tzinfo=UTC) + timedelta(microseconds=microseconds))
            .astimezone(zone)
            .isoformat(timespec="seconds")
        )

    def fields(row: "Listed") -> dict[str, Any]:
        article = row.article
        return {
            "path": article.body.file,
            "id": article.id,
            "title": article.title,
            "date": article.date,
            "states": row.states,
            "lang": article.lang,
            "source": article.source.name if article.source else "",
            "topics": article.topics,
            "address": f"/{article.href.removesuffix('index.html')}",
            "due": told(article.due) if "future" in row.states else None,
            "expires": told(article.expires) if article.expires is not None else None,
        }

    return json.dumps(
        {"articles": [fields(row) for row in rows], "problems": [problem._asdict() for problem in problems]},
        ensure_ascii=False,
    )


def _print_table(tables: Iterator["Table | str"]) -> None:
    """Print tables, and lines below them, on the terminal."""
    from rich.console import Console

    console = Console(highlight=False, markup=False)
    for one in tables:
        console.print(one, style="" if not isinstance(one, str) else "dim")


def _articles(rows: Sequence["Listed"], verbosity: int) -> Iterator["Table | str"]:
    """Yield the table of articles, and how many there are."""
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    wide = Console().width >= WIDE
    sources = wide and any(row.article.source for row in rows)
    topics = wide and any(row.article.topics for row in rows)
    many = len({row.article.lang for row in rows}) > 1
    shown = rows if verbosity > 0 else rows[:ENOUGH]
    table = Table(box=None, pad_edge=False, header_style="bold")
    table.add_column("date", no_wrap=True)
    table.add_column("state")
    if many:
        table.add_column("lang", no_wrap=True)
    if sources:
        table.add_column("source", max_width=20)
    if topics:
        table.add_column("topics", max_width=24)
    table.add_column("article", ratio=1, overflow="fold")
    for row in shown:
        article = row.article
        states = Text(", ").join(Text(state, _STYLES.get(state, "")) for state in _states(row).split(","))
        # Isolated, so that a terminal which knows of directions leaves the columns where they are.
        title = f"\N{FIRST STRONG ISOLATE}{report.clean(article.title)}\N{POP DIRECTIONAL ISOLATE}"
        title = title if article.dir == "rtl" else title[1:-1]
        cells = [Text(article.date), states]
        cells += [Text(article.lang)] if many else []
        cells += [Text(report.clean(article.source.name if article.source else ""))] if sources else []
        cells += [Text(report.clean(", ".join(article.topics)))] if topics else []
        table.add_row(*cells, Text.assemble(title, "\n", (report.clean(article.body.file), "dim")))
    if rows:
        yield table
        counts = Counter(_states(row) for row in rows)
        parts = ", ".join(f"{count:,} {states}" for states, count in counts.most_common())
        yield f"{len(rows):,} {'article' if len(rows) == 1 else 'articles'}: {parts}"
    if len(shown) < len(rows):
        yield f"these are the newest {ENOUGH}; `digest -v list` shows all, --day, --topic, --source and --lang choose"


def _problems(problems: Sequence[Problem]) -> Iterator["Table | str"]:
    """Yield the table of problems: where, what, and how to mend it."""
    from rich.table import Table
    from rich.text import Text

    table = Table(box=None, pad_edge=False, header_style="bold", show_lines=True)
    table.add_column("where", ratio=2, overflow="fold")
    table.add_column("what is wrong, and how to mend it", ratio=3, overflow="fold")
    for problem in problems:
        place = f"{problem.path}:{problem.line}" if problem.line else problem.path
        style = "red" if problem.severity == "error" else "yellow"
        told = Text.assemble(
            (problem.severity, style), f": {report.clean(problem.message)}\n", (report.clean(problem.hint), "dim")
        )
        table.add_row(Text(report.clean(place)), told)
    if problems:
        yield table
        yield f"{len(problems):,} {'problem' if len(problems) == 1 else 'problems'}"

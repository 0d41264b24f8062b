"""The commands, each in the file of its name; and what they share: options, exit codes, the moment that counts."""

import os
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Any

import click

from digest import inputs, layout, report, store
from digest.build import read_settings
from digest.errors import DigestError, Problem
from digest.inputs import Inputs
from digest.store import Memory

Decorator = Callable[[Any], Any]

LEFT_OUT = 1
"""Exit code: done, but something named on stderr was left out (or, with --strict, warned about)."""
WRONG = 2
"""Exit code: wrong usage or settings, nothing written."""


class Project:
    """What the options before the command say."""

    def __init__(self, root: Path, config: Path | None, verbosity: int) -> None:
        self.root = root
        self.config = config or root / layout.SETTINGS
        self.verbosity = verbosity

    def site(self, output: Path | None) -> Path:
        """Return the output folder that `--output` names, or the usual one."""
        return output.absolute() if output else self.root / layout.SITE

    def memory(self) -> AbstractContextManager[Memory]:
        """Open the memory, alone: while another build of the project runs, say so and wait."""
        return store.opened(self.root, waiting)

    @contextmanager
    def opened(self) -> Iterator[tuple[Memory, Inputs]]:
        """Open the memory, and look at all inputs."""
        with self.memory() as memory:
            yield memory, inputs.find(self.root, self.config)


def output_option(text: str) -> Decorator:
    """Return the option `--output` with this help."""
    folder = click.Path(path_type=Path, file_okay=False)
    return click.option("-o", "--output", type=folder, metavar="DIR", help=f"{text}  [default: site/ in the root]")


def now_option(text: str) -> Decorator:
    """Return the option `--now` with this help; `moment` tells what was said with it."""
    return click.option("--now", metavar="WHEN", help=f"{text}  [default: now, or SOURCE_DATE_EPOCH]")


base_url_option = click.option(
    "--base-url", default="", metavar="URL", help="Where the site will be, in the place of `url` in the settings."
)
jobs_option = click.option(
    "-j",
    "--jobs",
    type=click.IntRange(1, 64),
    default=None,
    metavar="N",
    help="Processes to work with.  [default: one a core]",
)
strict_option = click.option("--strict", is_flag=True, help="Exit with 1 for warnings too.")


def finish(problems: Any, strict: bool = False) -> None:
    """Name the problems, and exit with the code that they call for."""
    told: list[Problem] = list(problems)
    for line in report.problems(told):
        click.echo(line, err=True)
    if any(problem.severity == "error" or strict for problem in told):
        sys.exit(LEFT_OUT)


def waiting() -> None:
    """Tell that another build has to end first."""
    click.echo("digest: another build of this project is running; waiting for it", err=True)


def moment(project: Project, text: str | None) -> int:
    """Return the moment that decides what is due, in microseconds since 1970."""
    if text is None:
        epoch = os.environ.get("SOURCE_DATE_EPOCH")
        if epoch is None:
            return time.time_ns() // 1000
        if not epoch.isdecimal() or len(epoch) > 12:
            raise DigestError(f"SOURCE_DATE_EPOCH is {epoch[:40]!r}", "it must be seconds since 1970")
        return int(epoch) * 1_000_000
    from digest.dates import moment_of

    try:
        return moment_of(text, read_settings(project.config).zone).due
    except ValueError as error:
        raise DigestError(f"--now: {error}", "write it as 2025-08-17 or 2025-08-17T06:00") from error


def day(text: str, what: str) -> str:
    """Return a day as YYYY-MM-DD; `what` names it in a message."""
    from datetime import date

    try:
        return date.fromisoformat(text).isoformat() if text else ""
    except ValueError as error:
        raise DigestError(f"{what}: {text[:40]!r} is no day ({error})", "write it as 2025-08-17") from error


def cores() -> int:
    """Return on how many processors this process may run."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1

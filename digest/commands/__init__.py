"""What the commands share: the options before them, the exit codes, the moment that counts."""

import os
import sys
import time
from pathlib import Path
from typing import Any

import click

from digest import layout, report
from digest.build import read_settings
from digest.errors import DigestError, Problem

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


def now(project: Project, text: str | None) -> int:
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


def cores() -> int:
    """Return on how many processors this process may run."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1

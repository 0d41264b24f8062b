"""`digest check`."""

import time
from pathlib import Path

import click

from digest import report
from digest.build import read_settings
from digest.commands import (
    Project,
    base_url_option,
    cores,
    finish,
    jobs_option,
    moment,
    now_option,
    output_option,
    strict_option,
)


@click.command()
@output_option("The site to check.")
@base_url_option
@click.option("--external", is_flag=True, help="Ask for links to elsewhere too.")
@jobs_option
@strict_option
@click.option("--json", "as_json", is_flag=True, envvar="DIGEST_CHECK_JSON", help="Print one JSON object on stdout.")
@now_option("What is later is in the future.")
@click.pass_obj
def check(
    project: Project,
    output: Path | None,
    base_url: str,
    external: bool,
    jobs: int | None,
    strict: bool,
    as_json: bool,
    now: str | None,
) -> None:
    """Look for mistakes in the built site and its feeds.

    Broken links, wrong markup, feeds that readers refuse: each with its file, its line and what to do. It changes nothing.

    \b
    Examples:
      digest check
      digest check --external --strict
    """
    from digest import check as checking
    from digest import config
    from digest.workers import workers

    started = time.perf_counter()
    settings = read_settings(project.config)
    settings = config.with_url(settings, base_url) if base_url else settings
    target = project.site(output)
    options = checking.Options(project.root, target, settings, moment(project, now), external)
    with (
        report.progress(-1 if as_json else project.verbosity) as progress,
        workers(jobs or cores()) as mapper,
    ):
        checked = checking.check(options, mapper, progress)
    seconds = time.perf_counter() - started
    if as_json:
        click.echo(report.checked_as_json(checked, seconds))
    elif project.verbosity >= 0:
        click.echo(report.checked(checked, seconds))
    finish(checked.problems, strict)

"""`digest build`."""

import gc
import time
from pathlib import Path

import click

from digest import build as building
from digest import layout, report
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
    waiting,
)
from digest.errors import DigestError


@click.command()
@output_option("Where to write the site.")
@base_url_option
@click.option("--drafts", is_flag=True, help="Show drafts too.")
@click.option("--future", is_flag=True, help="Show articles that are not due yet.")
@jobs_option
@strict_option
@click.option("--full", is_flag=True, help="Make every file again, whatever the memory says.")
@click.option("--explain", is_flag=True, help="Say for each file why it was made again.")
@click.option("--json", "as_json", is_flag=True, envvar="DIGEST_BUILD_JSON", help="Print one JSON object on stdout.")
@click.option("--no-search", is_flag=True, help="Make no search index.")
@now_option("The moment that decides what is due: 2025-08-17T06:00.")
@click.pass_obj
def build(
    project: Project,
    output: Path | None,
    base_url: str,
    drafts: bool,
    future: bool,
    jobs: int | None,
    strict: bool,
    full: bool,
    explain: bool,
    as_json: bool,
    no_search: bool,
    now: str | None,
) -> None:
    """Import what is new, and write the site.

    Only what changed is made again, and only files that a build made are replaced or deleted. Kill it at any moment:
    the site stays whole, and the next build finishes the job.

    \b
    Examples:
      digest build
      digest build --drafts --future -o preview --base-url http://localhost:8000/
    """
    started = time.perf_counter()
    options = building.Options(
        root=project.root,
        config=project.config,
        output=project.site(output),
        now=moment(project, now),
        base_url=base_url,
        drafts=drafts,
        future=future,
        jobs=jobs or cores(),
        full=full,
        search=not no_search,
    )
    _refuse_output(options)
    gc.disable()  # hundreds of thousands of values that all stay: looking for garbage among them only costs
    with report.progress(-1 if as_json else project.verbosity) as progress:
        result = building.build(options, progress, waiting)
    seconds = time.perf_counter() - started
    if explain:
        for line in report.explanation(result.reasons):
            click.echo(line, err=as_json)
    if as_json:
        click.echo(report.as_json(result, seconds))
    elif project.verbosity >= 0:
        click.echo(report.summary(result, options.site, seconds, project.verbosity))
    finish(result.problems, strict)


def _refuse_output(options: building.Options) -> None:
    """Refuse an output folder in which the site would bury the project's own files."""
    target, root = options.output.resolve(), options.root.resolve()
    inside = target.relative_to(root).parts if target.is_relative_to(root) else ("",)
    own = (layout.SEEDS, layout.CONTENT, layout.TEMPLATES)
    if target == root or target in root.parents or inside[0] in own or inside[0].startswith("."):
        raise DigestError(
            f"the site cannot be written to {options.output}",
            "it would mix with the digest's own files; choose a folder of its own",
        )

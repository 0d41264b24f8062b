"""`digest serve`."""

from typing import Any

import click

from digest import report
from digest.commands import Project, cores, jobs_option
from digest.errors import DigestError


@click.command()
@click.option("--host", default="127.0.0.1", metavar="ADDRESS", help="The address to serve on.  [default: 127.0.0.1]")
@click.option(
    "-p",
    "--port",
    type=click.IntRange(0, 65535),
    metavar="N",
    default=8000,
    help="The port, or the first free one.  [default: 8000]",
)
@click.option("--open", "open_", is_flag=True, envvar="DIGEST_SERVE_OPEN", help="Open it in the browser.")
@click.option("--drafts", is_flag=True, help="Show drafts too.")
@click.option("--future", is_flag=True, help="Show articles that are not due yet.")
@jobs_option
@click.pass_obj
def serve(project: Project, host: str, port: int, open_: bool, drafts: bool, future: bool, jobs: int | None) -> None:
    """Show the site in the browser, and what you change at once.

    It is a preview on this machine; neither the site nor what a build remembers of it changes. Ctrl-C ends it.

    \b
    Example:
      digest serve --open --drafts --future
    """
    from digest import serve as serving

    quiet = project.verbosity < 0

    def say(text: str) -> None:
        click.echo(text, err=True)

    def serves(address: str) -> None:
        click.echo(f"{address}  (Ctrl-C ends it)")
        if open_:
            click.launch(address)

    def built(result: Any, seconds: float) -> None:
        if not quiet:
            say(report.summary(result, serving.FOLDER, seconds, project.verbosity))
        for line in report.problems(result.problems):
            say(line)

    def failed(error: DigestError) -> None:
        for line in report.failure(error):
            say(line)

    with report.progress(project.verbosity) as progress:
        requests = say if project.verbosity > 1 else lambda text: None
        voice = serving.Voice(say, serves, built, failed, requests, progress)
        place = serving.Serving(project.root, project.config, host, port, drafts, future, jobs or cores())
        try:
            serving.run(place, voice)
        except KeyboardInterrupt:
            say("")

"""The command line: the only place that prints, exits and looks at the clock."""

import gc
import sys
import time
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import click

from digest import __version__, arguments, layout, report
from digest.build import Options, build, import_seeds, read_settings, read_topics, reading_of
from digest.commands import LEFT_OUT, WRONG, Project
from digest.commands import cores as _cores
from digest.commands import finish as _finish
from digest.commands import now as _now
from digest.commands import waiting as _waiting
from digest.commands.edition import edition
from digest.commands.ping import ping
from digest.commands.serve import serve
from digest.commands.writing import correct, new
from digest.errors import DigestError, Problem

if TYPE_CHECKING:
    from digest.seeds.record import Reading


@click.group(
    context_settings={"auto_envvar_prefix": "DIGEST", "help_option_names": ["-h", "--help"], "max_content_width": 100}
)
@click.option(
    "--root",
    type=click.Path(path_type=Path, file_okay=False),
    default=Path(),
    help="The digest's folder.  [default: here]",
)
@click.option(
    "--config",
    type=click.Path(path_type=Path, dir_okay=False),
    help="The settings file.  [default: digest.yml in the root]",
)
@click.option("-v", "--verbose", count=True, help="Say more.")
@click.option("-q", "--quiet", is_flag=True, help="Say only what went wrong.")
@click.version_option(__version__, prog_name="digest")
@click.pass_context
def cli(context: click.Context, root: Path, config: Path | None, verbose: int, quiet: bool) -> None:
    """Turn a folder of raw news articles into a daily digest: pages, an Atom feed, plain files for any host."""
    context.obj = Project(root.absolute(), config.absolute() if config else None, -1 if quiet else verbose)


@cli.command()
@click.argument(
    "folder", type=click.Path(path_type=Path, file_okay=False), default=None, required=False, metavar="[DIR]"
)
@click.pass_obj
def init(project: Project, folder: Path | None) -> None:
    """Make a new digest in DIR (default: the root). Nothing that is there is overwritten."""
    from digest import scaffold

    target = folder.absolute() if folder else project.root
    made = scaffold.init(target)
    if project.verbosity >= 0:
        for path in made:
            click.echo(f"made {path}")
        click.echo(report.next_steps(target, made))


@cli.command("import")
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path), metavar="[PATH]...")
@click.option("--explain", is_flag=True, help="Say what each article became, by which rules, and how sure they are.")
@click.option("--date", metavar="DAY", default="", help="The date of articles that have none: 2025-08-17.")
@click.pass_obj
def import_(project: Project, paths: tuple[Path, ...], explain: bool, date: str) -> None:
    """Turn seeds into Markdown files in content/: all that are new, or the files and folders at PATH."""
    from digest import inputs, store

    reading = reading_of(read_settings(project.config), arguments.day(date))
    gc.disable()  # as in a build
    with store.opened(project.root, _waiting) as memory, report.progress(project.verbosity) as progress:
        found = inputs.find(project.root, project.config)
        only = arguments.named(project.root, paths, list(found.seeds)) if paths else None
        own, wrong_topics = read_topics(project.root)
        imported, _ = import_seeds(project.root, memory, found, reading, progress, only, own)
    if explain:
        for line in _explained(project.root, found.seeds if only is None else only, reading):
            click.echo(line)
    if project.verbosity >= 0:
        click.echo(report.imported(imported.steps if imported else (), project.verbosity))
    _finish([*found.problems, *wrong_topics, *(imported.problems if imported else ())])


@cli.command("build")
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path, file_okay=False),
    help="Where to write the site.  [default: site/ in the root]",
)
@click.option(
    "--base-url", default="", metavar="URL", help="Where the site will be, in the place of `url` in the settings."
)
@click.option("--drafts", is_flag=True, help="Show drafts too.")
@click.option("--future", is_flag=True, help="Show articles that are not due yet.")
@click.option(
    "-j", "--jobs", type=click.IntRange(1, 64), default=None, help="Processes to work with.  [default: one a core]"
)
@click.option("--strict", is_flag=True, help="Exit with 1 for warnings too.")
@click.option("--full", is_flag=True, help="Make every file again, whatever the memory says.")
@click.option("--explain", is_flag=True, help="Say for each file why it was made again.")
@click.option("--json", "as_json", is_flag=True, envvar="DIGEST_BUILD_JSON", help="Print one JSON object on stdout.")
@click.option("--no-search", is_flag=True, help="Make no search index.")
@click.option(
    "--now",
    metavar="WHEN",
    help="The moment that decides what is due: 2025-08-17T06:00.  [default: now, or SOURCE_DATE_EPOCH]",
)
@click.pass_obj
def build_(
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
    """Import what is new, render it, and write the site."""
    started = time.perf_counter()
    options = Options(
        root=project.root,
        config=project.config,
        output=output.absolute() if output else project.root / layout.SITE,
        now=_now(project, now),
        base_url=base_url,
        drafts=drafts,
        future=future,
        jobs=jobs or _cores(),
        full=full,
        search=not no_search,
    )
    arguments.refuse_output(options)
    gc.disable()  # hundreds of thousands of values that all stay: looking for garbage among them only costs
    with report.progress(-1 if as_json else project.verbosity) as progress:
        result = build(options, progress, _waiting)
    seconds = time.perf_counter() - started
    if explain:
        for line in report.explanation(result.reasons):
            click.echo(line, err=as_json)
    if as_json:
        click.echo(report.as_json(result, seconds))
    elif project.verbosity >= 0:
        click.echo(report.summary(result, options.site, seconds, project.verbosity))
    _finish(result.problems, strict)


@cli.command("check")
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path, file_okay=False),
    help="The site to check.  [default: site/ in the root]",
)
@click.option(
    "--base-url", default="", metavar="URL", help="Where the site will be, in the place of `url` in the settings."
)
@click.option("--external", is_flag=True, help="Ask for links to elsewhere too.")
@click.option(
    "-j", "--jobs", type=click.IntRange(1, 64), default=None, help="Processes to work with.  [default: one a core]"
)
@click.option("--strict", is_flag=True, help="Exit with 1 for warnings too.")
@click.option("--json", "as_json", is_flag=True, envvar="DIGEST_CHECK_JSON", help="Print one JSON object on stdout.")
@click.option("--now", metavar="WHEN", help="What is later is in the future.  [default: now, or SOURCE_DATE_EPOCH]")
@click.pass_obj
def check_(
    project: Project,
    output: Path | None,
    base_url: str,
    external: bool,
    jobs: int | None,
    strict: bool,
    as_json: bool,
    now: str | None,
) -> None:
    """Look for mistakes in the built site and its feeds."""
    from digest import check, config
    from digest.workers import workers

    started = time.perf_counter()
    settings = read_settings(project.config)
    settings = config.with_url(settings, base_url) if base_url else settings
    target = output.absolute() if output else project.root / layout.SITE
    options = check.Options(project.root, target, settings, _now(project, now), external)
    with (
        report.progress(-1 if as_json else project.verbosity) as progress,
        workers(jobs or _cores()) as mapper,
    ):
        checked = check.check(options, mapper, progress)
    seconds = time.perf_counter() - started
    if as_json:
        click.echo(report.checked_as_json(checked, seconds))
    elif project.verbosity >= 0:
        click.echo(report.checked(checked, seconds))
    _finish(checked.problems, strict)


@cli.command("list")
@click.argument("state", type=click.Choice(["drafts", "future", "problems", "edited"]), required=False)
@click.option(
    "--now", metavar="WHEN", help="The moment that decides what is due.  [default: now, or SOURCE_DATE_EPOCH]"
)
@click.pass_obj
def list_(project: Project, state: str | None, now: str | None) -> None:
    """List articles: all, or those in one STATE."""
    from digest import inputs, listing, store

    settings = read_settings(project.config)
    with store.opened(project.root, _waiting) as memory:
        found = inputs.find(project.root, project.config)
        rows, problems = listing.find(
            project.root, memory, found, settings, _now(project, now), state, reading_of(settings)
        )
    for row in rows:
        click.echo("\t".join(row))
    _finish(problems)


@cli.command()
@click.option("--merge", nargs=2, metavar="OLD NEW", help="Put the topic OLD into NEW, in all articles.")
@click.option("--rename", nargs=2, metavar="OLD NEW", help="Give the topic OLD the new name NEW, in all articles.")
@click.option("--json", "as_json", is_flag=True, envvar="DIGEST_TOPICS_JSON", help="Print a JSON array on stdout.")
@click.pass_obj
def topics(project: Project, merge: tuple[str, str] | None, rename: tuple[str, str] | None, as_json: bool) -> None:
    """List topics and names that could become topics, or merge or rename a topic everywhere."""
    from digest import inputs, reader, store, topiclist
    from digest.editor.vocabulary import Vocabulary
    from digest.workers import serial

    if (merge or rename) and (as_json or (merge and rename)):
        raise click.UsageError("choose one of --merge, --rename and --json")
    settings = read_settings(project.config)
    own, problems = read_topics(project.root)
    own = own or Vocabulary()
    with store.opened(project.root, _waiting) as memory, report.progress(-1 if as_json else project.verbosity) as told:
        found = inputs.find(project.root, project.config)
        contents = reader.read(project.root, memory, found, settings, serial, told)
        articles = contents.articles
        problems = [*found.problems, *problems, *contents.problems]
        if names := merge or rename:
            renamed = topiclist.rename(project.root, articles, found.content, *names, own, merge=bool(merge))
            lines = list(report.renamed(renamed, *names, own, project.verbosity)) if project.verbosity >= 0 else []
            problems += renamed.problems
        else:
            rows = topiclist.find(articles, own)
            rows += topiclist.candidates(
                project.root, articles, own, lambda done, all_: told("reading articles again", done, all_)
            )
            lines = [report.topics_as_json(rows)] if as_json else list(report.topics(rows))
    for line in lines:
        click.echo(line)
    _finish(problems)


@cli.command()
@click.option(
    "--json", "as_json", is_flag=True, envvar="DIGEST_STORIES_JSON", help="Print every article with its story."
)
@click.option(
    "--explain", nargs=2, metavar="A B", help="Say why two articles (content files) are or are not one story."
)
@click.option(
    "--now", metavar="WHEN", help="The moment that decides what is due.  [default: now, or SOURCE_DATE_EPOCH]"
)
@click.pass_obj
def stories(project: Project, as_json: bool, explain: tuple[str, str] | None, now: str | None) -> None:
    """List stories: which articles tell of one event."""
    from digest import covered, inputs, store

    settings = read_settings(project.config)
    with store.opened(project.root, _waiting) as memory:
        found = inputs.find(project.root, project.config)
        told = covered.find(project.root, memory, found, settings, _now(project, now))
    if explain:
        lines = covered.explain(project.root, told, *(arguments.inside(project.root, name) for name in explain))
    else:
        lines = [covered.as_json(told)] if as_json else covered.as_lines(told)
    for line in lines:
        click.echo(line)
    _finish(told.problems)


@cli.command()
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path, file_okay=False),
    help="The site to remove.  [default: site/ in the root]",
)
@click.pass_obj
def clean(project: Project, output: Path | None) -> None:
    """Remove what a build made: its files in the output folder, and its memory. Nothing else."""
    from digest import scaffold, store

    read_settings(project.config)  # a folder that is no digest has nothing of ours
    target = output.absolute() if output else project.root / layout.SITE
    with store.opened(project.root, _waiting):
        removed = scaffold.clean(project.root, target)
    if project.verbosity >= 0:
        click.echo(f"{removed:,} {'file' if removed == 1 else 'files'} of the site removed, and the build memory")


for command in (new, correct, edition, ping, serve):
    cli.add_command(command)


def main() -> NoReturn:
    """Run the command and exit."""
    try:
        cli(standalone_mode=False)
    except DigestError as error:
        for line in report.failure(error):
            click.echo(line, err=True)
        sys.exit(WRONG)
    except click.ClickException as error:
        error.show()
        sys.exit(WRONG)
    except (click.Abort, KeyboardInterrupt):
        click.echo("digest: interrupted; the next build goes on where this one stopped", err=True)
        sys.exit(130)
    except BrokenPipeError:
        sys.stderr.close()  # the reader of our output is gone: nobody is left to tell
        sys.exit(LEFT_OUT)
    sys.exit(0)


def _explained(root: Path, seeds: Iterable[str], reading: "Reading") -> Iterator[str]:
    """Yield what `--explain` says of the articles in some seeds."""
    from digest.seeds import parse
    from digest.shelf import read_seed

    for seed in seeds:
        data = read_seed(root, seed)
        articles, _ = ([], []) if isinstance(data, Problem) else parse(data, seed, reading)
        for article in articles:
            yield from report.seed_explanation(seed, article)

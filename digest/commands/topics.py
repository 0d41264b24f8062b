"""`digest topics`."""

import click

from digest import report
from digest.build import read_settings, read_topics
from digest.commands import Project, finish


@click.command()
@click.option("--merge", nargs=2, metavar="OLD NEW", help="Put the topic OLD into NEW, in all articles.")
@click.option("--rename", nargs=2, metavar="OLD NEW", help="Give the topic OLD the new name NEW, in all articles.")
@click.option("--json", "as_json", is_flag=True, envvar="DIGEST_TOPICS_JSON", help="Print a JSON array on stdout.")
@click.pass_obj
def topics(project: Project, merge: tuple[str, str] | None, rename: tuple[str, str] | None, as_json: bool) -> None:
    """List topics, or merge or rename one everywhere.

    Listed are topics with their numbers of articles, and names that recur and could become topics.

    \b
    Examples:
      digest topics
      digest topics --merge "Ukraine war" Ukraine
    """
    from digest import reader, topiclist
    from digest.editor.vocabulary import Vocabulary
    from digest.workers import serial

    if (merge or rename) and (as_json or (merge and rename)):
        raise click.UsageError("choose one of --merge, --rename and --json")
    settings = read_settings(project.config)
    own, problems = read_topics(project.root)
    own = own or Vocabulary()
    with project.opened() as (memory, found), report.progress(-1 if as_json else project.verbosity) as told:
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
    finish(problems)

"""The command line: the options before the command, the list of commands, and the exit code."""

import errno
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NoReturn

import click

from digest import __version__, report
from digest.commands import LEFT_OUT, WRONG, Project
from digest.commands.build import build
from digest.commands.check import check
from digest.commands.clean import clean
from digest.commands.correct import correct
from digest.commands.doctor import doctor
from digest.commands.edition import edition
from digest.commands.import_ import import_
from digest.commands.init import init
from digest.commands.list_ import list_
from digest.commands.new import new
from digest.commands.ping import ping
from digest.commands.pull import pull
from digest.commands.serve import serve
from digest.commands.stories import stories
from digest.commands.topics import topics
from digest.errors import DigestError

SECTIONS = {
    "The daily work": (pull, build, serve, new, correct, list_),
    "Curating": (edition, stories, topics),
    "Now and then": (init, import_, check, ping, doctor, clean),
}
"""All commands, as `digest --help` lists them."""


class _Commands(click.Group):
    """Lists the commands in sections."""

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the lists of commands."""
        for title, commands in SECTIONS.items():
            with formatter.section(title):
                formatter.write_dl([(str(one.name), one.get_short_help_str(60)) for one in commands], col_max=10)


@click.group(
    cls=_Commands,
    epilog="`digest COMMAND --help` tells more of each.",
    context_settings={"auto_envvar_prefix": "DIGEST", "help_option_names": ["-h", "--help"], "max_content_width": 100},
)
@click.option(
    "--root",
    type=click.Path(path_type=Path, file_okay=False),
    default=Path(),
    metavar="DIR",
    help="The digest's folder.  [default: here]",
)
@click.option(
    "--config",
    type=click.Path(path_type=Path, dir_okay=False),
    help="The settings file.  [default: digest.yml in the root]",
)
@click.option("-v", "--verbose", count=True, help="Say more: which files, and why.")
@click.option("-q", "--quiet", is_flag=True, help="Say only what went wrong.")
@click.version_option(__version__, prog_name="digest")
@click.pass_context
def cli(context: click.Context, root: Path, config: Path | None, verbose: int, quiet: bool) -> None:
    """Turn a folder of raw news articles into a daily digest: pages, an Atom feed, plain files for any host.

    \b
    To begin:
      digest init news       makes a digest in the folder news
      cd news                and put raw articles into seeds/
      digest build           writes the site to site/
      digest serve --open    shows it
    """
    context.obj = Project(root.absolute(), config.absolute() if config else None, -1 if quiet else verbose)


for section in SECTIONS.values():
    for command in section:
        cli.add_command(command)


_NO_ROOM = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EROFS)


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
        for line in _mend(error):
            click.echo(f"  {line}", err=True)
        sys.exit(WRONG)
    except (click.Abort, KeyboardInterrupt):
        click.echo("digest: interrupted; the next build goes on where this one stopped", err=True)
        sys.exit(130)
    except BrokenPipeError:
        sys.stderr.close()  # the reader of our output is gone: nobody is left to tell
        sys.exit(LEFT_OUT)
    except OSError as error:
        if error.errno not in _NO_ROOM:
            raise
        refused = DigestError(f"{error.filename or 'a file'} cannot be written: {error.strerror}", "make room")
        for line in report.failure(refused):
            click.echo(line, err=True)
        sys.exit(WRONG)
    sys.exit(0)


def _mend(error: click.ClickException) -> Iterator[str]:
    """Yield what to do about wrong usage, where the message does not say it."""
    before = {name for option in cli.params for name in (*option.opts, *option.secondary_opts)}
    if isinstance(error, click.NoSuchOption) and error.option_name in before and error.ctx:
        option, command = error.option_name, error.ctx.info_name
        yield f"{option} stands before the command: `digest {option} {command}`"
    elif "unexpected extra argument" in error.message:
        yield "put what has spaces in it between quotes"

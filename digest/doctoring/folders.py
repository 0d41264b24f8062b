"""The folders: what is committed and what is not, what lies in the output, and seeds that came to nothing."""

import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

from digest import write
from digest.build import reading_of
from digest.doctoring import Finding, Setup, count, some
from digest.errors import DigestError
from digest.intake.shelf import read_records, read_seed
from digest.layout import CONTENT, LEDGER, MANIFEST, MEMORY, SEEDS, SETTINGS, TEMPORARY
from digest.seeds import parse

MAX_SEEDS = 100
"""Seeds that are read to find out what is wrong with them."""
_HOSTS = frozenset(["CNAME", "_headers", "_redirects", "ads.txt", "humans.txt", "netlify.toml", "vercel.json"])
"""Files that people put into the output for their host."""


def version_control(setup: Setup) -> Iterator[Finding]:
    """Whether what people wrote is kept, and what a build made is not."""
    root = setup.root
    inside = any((folder / ".git").exists() for folder in (root, *root.parents))
    if not inside:
        message = "the digest is not in version control: an edit or a deletion cannot be taken back"
        yield setup.notice(root, message, "run `git init`, and commit now and then")
        return
    if not shutil.which("git"):
        return
    made = [f"{MEMORY}/memory.sqlite", f"{TEMPORARY}/1"]
    if setup.output.is_relative_to(root):
        made.append(f"{setup.output.relative_to(root).as_posix()}/index.html")
    try:
        ignored = _git(root, "check-ignore", "--no-index", "--", *made, CONTENT, SEEDS, SETTINGS)
    except OSError as error:
        yield setup.notice(root, f"git does not answer: {error}", "mend what it says, and ask again")
        return
    for path in made:
        if path not in ignored:
            folder = path.partition("/")[0]
            hint = f"add the line `{folder}/` to .gitignore"
            yield setup.error(".gitignore", f"{folder}/ is not ignored: what a build made would be committed", hint)
    for path in (CONTENT, SEEDS, SETTINGS):
        if path in ignored:
            hint = "take its line out of .gitignore (`git check-ignore -v` names it)"
            yield setup.error(path, "git ignores it, so nobody keeps it", hint)
    folders = {path.partition("/")[0] for path in made}
    tracked = [path for path in _git(root, "ls-files", "--", *sorted(folders)) if not path.endswith(".gitignore")]
    if tracked:
        hint = f"`git rm -r --cached {tracked[0].partition('/')[0]}` takes them out, and leaves them on the disk"
        yield setup.error(tracked[0], f"{count(len(tracked), 'file')} that builds made are committed", hint)
    changed = _git(root, "status", "--porcelain=v1", "--untracked-files=all", "--", CONTENT, SETTINGS)
    if changed:
        message = (
            f"{count(len(changed), 'change is', 'changes are')} not committed: {some(line[3:] for line in changed)}"
        )
        yield setup.notice(CONTENT, message, f"`git add {CONTENT} && git commit`")


def _git(root: Path, *arguments: str) -> list[str]:
    """Ask git, which writes nothing; return the lines that it answers, with paths relative to `root`. Raises OSError."""
    command = ["git", "-c", "core.fsmonitor=false", "-c", "core.quotepath=false", "-C", str(root), *arguments]
    try:
        ran = subprocess.run(  # noqa: S603 - no shell, and names stand behind `--`
            command, capture_output=True, timeout=30, env=os.environ | {"GIT_OPTIONAL_LOCKS": "0"}, check=False
        )
    except subprocess.SubprocessError as error:
        raise OSError(str(error)) from error
    if ran.returncode > 1:  # 1 means that there is nothing to name
        raise OSError(ran.stderr.decode("utf-8", "replace").strip().partition("\n")[0])
    return ran.stdout.decode("utf-8", "replace").splitlines()


def records(setup: Setup) -> Iterator[Finding]:
    """Whether the records of imports are whole."""
    for problem in read_records(setup.root, setup.found.content)[1]:
        yield setup.error(problem.path, problem.message, problem.hint, problem.line)


def output(setup: Setup) -> Iterator[Finding]:
    """Look for files in the output folder that no build made."""
    folder = setup.output
    try:
        owned = write.owned(folder)
    except DigestError as error:
        yield setup.error(folder / MANIFEST, error.message, error.hint)
        return
    foreign = [
        path
        for path in _files(folder)
        if path not in owned and path not in _HOSTS and not path.startswith(".") and "/." not in path
    ]
    if foreign and not owned:
        message = f"it holds {count(len(foreign), 'file')} that no build made: {some(foreign)}"
        hint = (
            "builds leave them alone, and cannot write where one stands; empty the folder, or choose another with `-o`"
        )
        yield setup.error(folder, message, hint)
    elif foreign:
        message = f"{count(len(foreign), 'file is', 'files are')} not of a build: {some(foreign)}"
        yield setup.notice(folder, message, "nothing, if you put them there; else delete them")


def _files(folder: Path) -> Iterator[str]:
    for place, folders, files in os.walk(folder):
        folders[:] = sorted(name for name in folders if name != TEMPORARY)
        for name in sorted(files):
            yield Path(place, name).relative_to(folder).as_posix()


def seeds(setup: Setup) -> Iterator[Finding]:
    """Look for seeds of which there is no article, and never was."""
    known = read_records(setup.root, setup.found.content)[0]
    gave = {version.seed for record in known for version in (record, *record.also)}
    rest = [path for path in setup.found.seeds if path not in gave]
    reading = reading_of(setup.settings)
    waiting = []
    for path in rest[:MAX_SEEDS]:
        data = read_seed(setup.root, path)
        articles, problems = ([], [data]) if not isinstance(data, bytes) else parse(data, path, reading)
        wrong = [problem for problem in problems if problem.severity == "error"]
        if wrong:
            first = wrong[0]
            yield setup.error(path, f"no article came of it: {first.message}", first.hint, first.line)
        elif articles:
            waiting.append(path)
        else:
            yield setup.notice(path, "there is no article in it", "delete it, or put its text in order")
    waiting += rest[MAX_SEEDS:]
    if waiting:
        message = f"{count(len(waiting), 'seed waits', 'seeds wait')} for the next import: {some(waiting)}"
        yield setup.notice(SEEDS, message, "run `digest build`, or `digest import`")


def content(setup: Setup) -> Iterator[Finding]:
    """Whether there is anything to show, and whether all of it can be read."""
    if setup.problems:
        first = setup.problems[0]
        place = f"{first.path}:{first.line}" if first.line else first.path
        message = f"{count(len(setup.problems), 'file')} cannot be read, first {place}: {first.message}"
        yield setup.error(CONTENT, message, "`digest list problems` tells of each")
    if not any(path for path in setup.found.content if not path.endswith(LEDGER)) and not setup.found.seeds:
        hint = f"put raw articles into {SEEDS}/, or begin one with `digest new TITLE`"
        yield setup.notice(CONTENT, "there are no articles yet", hint)

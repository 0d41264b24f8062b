"""What a build depends on: which files there are, and whether they are those of the last build, without reading them."""

import hashlib
import os
import stat
import sys
import time
from collections.abc import Collection, Mapping
from pathlib import Path
from typing import NamedTuple

from digest import theme
from digest.errors import Problem
from digest.layout import CONTENT, EDITION, LEDGER, SEEDS, TEMPLATES, TOPICS
from digest.store import signature

MAX_FILES = 2_000_000
"""Files below one folder; more is a loop or an accident."""
_READ = os.O_RDONLY | getattr(os, "O_BINARY", 0) | getattr(os, "O_CLOEXEC", 0)


def scan(
    root: Path, folder: str, suffixes: tuple[str, ...] = ("",), now: int | None = None
) -> tuple[dict[str, str], list[Problem]]:
    """Return the signature of every file below `folder` of the project `root` by path, and what was passed over.

    Only names that end with one of `suffixes` count; hidden files must be one of them. Links are followed to
    files inside the project only: a pile of articles from elsewhere must not publish a file of this machine.
    """
    found: dict[str, str] = {}
    problems: list[Problem] = []
    waiting = [folder]
    while waiting:
        current = waiting.pop()
        try:
            entries = sorted(os.scandir(root / current), key=lambda entry: entry.name)
        except FileNotFoundError:
            continue
        except OSError as error:
            problems.append(
                Problem("error", current, 0, f"the folder cannot be read: {error.strerror}", "mend its permissions")
            )
            continue
        for entry in entries:
            path = f"{current}/{entry.name}"
            if entry.name.startswith(".") and entry.name not in suffixes:
                continue
            try:
                path.encode()
                if entry.is_symlink() and not _stays_inside(root, path):
                    problems.append(
                        Problem(
                            "error",
                            path,
                            0,
                            "the link leads out of the project, to a folder or nowhere",
                            "put a copy of the file in its place",
                        )
                    )
                elif entry.is_dir():
                    waiting.append(path)
                elif entry.name.endswith(suffixes) and entry.is_file():
                    found[path] = signature(entry.stat(), None if entry.name == LEDGER else now)
                elif not entry.is_file():
                    problems.append(Problem("error", path, 0, "this is neither file nor folder", "take it out"))
            except UnicodeEncodeError:
                problems.append(
                    Problem(
                        "error",
                        path.encode("utf-8", "replace").decode(),
                        0,
                        "the file's name is not UTF-8",
                        "rename it",
                    )
                )
            except OSError as error:
                problems.append(
                    Problem("error", path, 0, f"the file cannot be read: {error.strerror}", "mend its permissions")
                )
        if len(found) > MAX_FILES:
            problems.append(
                Problem(
                    "error",
                    folder,
                    0,
                    f"there are more than {MAX_FILES:,} files; the rest was left out",
                    "split the digest",
                )
            )
            break
    return found, problems


def read(path: str, limit: int) -> bytes:
    """Return the bytes of a file; of one that is larger than `limit`, its first `limit` + 1. Raises OSError."""
    file = os.open(path, _READ)  # a file object would take twice the time
    try:
        # Asked for no more than there is: making room for the limit would take longer than the reading.
        return os.read(file, min(os.fstat(file).st_size, limit) + 1)
    finally:
        os.close(file)


def _stays_inside(root: Path, path: str) -> bool:
    target = os.path.realpath(root / path)
    return os.path.isfile(target) and os.path.commonpath([os.path.realpath(root), target]) == os.path.realpath(root)


EDITIONS = (EDITION, EDITION.replace(".yml", ".yaml"))
"""The second is looked for because people call it so: then they are told."""


class Inputs(NamedTuple):
    """The signatures of all files that a build reads, by path."""

    config: Path
    seeds: Mapping[str, str]
    content: Mapping[str, str]
    """Markdown files, editions and ledgers."""
    others: Mapping[str, str]
    """Settings, vocabulary and templates."""
    program: str
    """Hash of the program and of the libraries installed beside it."""
    problems: tuple[Problem, ...]
    """What was passed over."""

    @property
    def settled(self) -> bool:
        """Whether no file was so fresh that another change might go unseen."""
        return all(all(signatures.values()) for signatures in (self.seeds, self.content, self.others))

    def digest(self) -> str:
        """Return a hash that is another when any file is."""
        lines = [self.program]
        for signatures in (self.seeds, self.content, self.others):
            lines += [f"{path}\t{signed}" for path, signed in signatures.items()]
        return hashlib.blake2b("\n".join(lines).encode(), digest_size=16).hexdigest()

    def articles(self) -> dict[str, str]:
        """Return the signatures of the Markdown files."""
        return {path: signed for path, signed in self.content.items() if path.endswith(".md")}

    def editions(self) -> dict[str, str]:
        """Return the signatures of the files in which people composed editions, or meant to."""
        names = tuple(f"/{name}" for name in EDITIONS)
        return {path: signed for path, signed in self.content.items() if path.endswith(names)}

    def names(self, path: str) -> bool:
        """Tell whether a path, relative to the project, is that of a file, or of a folder in which there are some."""
        files = (*self.seeds, *self.content, *self.others)
        return any(file.endswith(path) or f"{path}/" in file for file in files)  # some are absolute

    def ledgers(self) -> str:
        """Return what changes when a record of imports does."""
        return "\n".join(f"{path}\t{signed}" for path, signed in self.content.items() if path.endswith(LEDGER))


def find_again(root: Path, before: Inputs, changed: Collection[str]) -> Inputs | None:
    """Return the inputs as they are after files, given by absolute paths, `changed` and no others.

    None where only a look at everything can tell: there is more or less than other content in files that were there.
    """
    prefix = os.path.join(root, "")
    here = all(path.startswith(prefix) for path in changed)  # else what was watched goes by another name, too
    if not here or not all((*before.seeds.values(), *before.others.values())):
        return None
    names = {path.removeprefix(prefix).replace(os.sep, "/") for path in changed}
    for name in names - before.content.keys():
        if os.path.lexists(root / name) or before.names(name):
            return None  # what is left is gone again: editors put files beside one while they save it
    fresh = {path for path, signed in before.content.items() if not signed}
    content = dict(before.content)
    now = time.time_ns()
    for path in sorted(names & content.keys() | fresh):
        try:
            status = os.lstat(root / path)
        except OSError:
            return None
        if not stat.S_ISREG(status.st_mode):
            return None
        content[path] = signature(status, None if path.endswith(LEDGER) else now)
    return before._replace(content=content)


def find(root: Path, config: Path) -> Inputs:
    """Look at all inputs of the project `root`."""
    now = time.time_ns()
    seeds, wrong_seeds = scan(root, SEEDS, now=now)
    content, wrong_content = scan(root, CONTENT, (".md", LEDGER, *EDITIONS), now=now)
    others, wrong_templates = scan(root, TEMPLATES, now=now)
    for path in sorted(theme.builtin().rglob("*")):
        if path.is_file():
            others[str(path)] = signature(path.stat(), now)
    for file in (config, root / TOPICS):
        if file.is_file():
            others[str(file)] = signature(file.stat(), now)
    return Inputs(config, seeds, content, others, _program(), (*wrong_seeds, *wrong_content, *wrong_templates))


def _program() -> str:
    """Hash what the program is made of: its own files, and what is installed beside it, by name and version."""
    own = Path(__file__).parent
    parts = [sys.version, *(f"{path.relative_to(own)} {signature(path.stat())}" for path in sorted(own.rglob("*.py")))]
    for folder in sys.path:
        if folder.endswith("-packages"):
            parts += sorted(name for name in os.listdir(folder) if name.endswith(".dist-info"))
    return hashlib.blake2b("\n".join(parts).encode(), digest_size=16).hexdigest()

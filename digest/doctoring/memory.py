"""The build memory, what killed builds left, the disk and the clock."""

import os
import shutil
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import NamedTuple

from digest import locks, store
from digest.doctoring import Finding, Setup
from digest.layout import MEMORY, TEMPORARY

ROOM = 64 * 1024 * 1024
"""Bytes on a disk below which a build may not get far."""
_DAY = 24 * 3600
_PROGRAM_IS_OLDER = datetime(2025, 1, 1, tzinfo=UTC).timestamp()
"""No clock that is right says an earlier moment."""


class Disk(NamedTuple):
    """What a disk says of itself."""

    writable: bool
    free: int
    """Bytes."""
    full_of_files: bool
    """Whether no file more can be made, however small."""


def memory(setup: Setup) -> Iterator[Finding]:
    """Whether the memory is this program's and speaks of these files."""
    folder = setup.root / MEMORY
    mend = "nothing: the next build makes everything once more. `digest clean` removes it"
    if folder.exists() and not folder.is_dir():
        yield setup.error(MEMORY, "it is a file, and a build needs a folder there", f"delete {MEMORY}")
        return
    condition = store.condition(setup.root)
    if condition == "broken":
        yield setup.error(MEMORY, "the memory cannot be read", f"delete the folder {MEMORY}: a build makes it anew")
    elif condition == "other":
        yield setup.notice(MEMORY, "the memory is of another version of the program", mend)
    elif condition == "good":
        known = setup.memory.articles()
        there = [path for path in known if path in setup.found.content]
        same = [path for path in there if known[path].signature == setup.found.content[path]]
        if known and not same:
            mend = "nothing: the next build reads every file once, and makes again what is another"
            yield setup.notice(MEMORY, "all files are newer than the memory: a copy, or of a checkout made anew", mend)


def leftovers(setup: Setup) -> Iterator[Finding]:
    """Look for what killed builds left half made."""
    if locks.in_use(setup.root):
        yield setup.notice(MEMORY, "a build, import or preview of this digest is running", "let it end, and ask again")
        return
    for folder in (setup.root, setup.output):
        if (folder / TEMPORARY).exists():
            hint = "the next build removes it, or delete it"
            yield setup.notice(folder / TEMPORARY, "a command that was killed left it half made", hint)
    if (setup.root / MEMORY / "memory.sqlite-journal").exists():
        hint = "the next build sees to it"
        yield setup.notice(f"{MEMORY}/memory.sqlite-journal", "a build was killed while it wrote its memory", hint)


def disk(setup: Setup) -> Iterator[Finding]:
    """Whether a build can write."""
    folders = [setup.root, setup.root / MEMORY, setup.output]
    for folder in folders:
        if folder.is_dir():
            yield from trouble(setup, str(folder), _disk(str(folder)))


def trouble(setup: Setup, folder: str, disk: Disk) -> Iterator[Finding]:
    """Say what is wrong with a disk for a build that writes to `folder`."""
    if not disk.writable:
        hint = "mend its permissions, or the mount; the user who builds must own it"
        yield setup.error(folder, "the folder cannot be written to", hint)
    elif disk.free < ROOM:
        message = f"the disk has {disk.free // 1024 // 1024} MB left"
        yield setup.error(folder, message, "make room, or move the digest")
    elif disk.full_of_files:
        yield setup.error(folder, "the disk has no room for another file (no inodes)", "delete files that nobody needs")


def _disk(folder: str) -> Disk:
    files = os.statvfs(folder) if hasattr(os, "statvfs") else None
    full = files is not None and files.f_files > 0 and files.f_favail == 0
    return Disk(os.access(folder, os.W_OK | os.X_OK), shutil.disk_usage(folder).free, full)


def clock(setup: Setup) -> Iterator[Finding]:
    """Whether the clock can be right: it decides which articles are due."""
    now = setup.now / 1_000_000
    mend = "set the clock, or `SOURCE_DATE_EPOCH` if it is set"
    if now < _PROGRAM_IS_OLDER:
        yield setup.error("clock", f"it says {_day(now)}, when there was no such program", mend)
        return
    newest, path = max(((_changed(f"{setup.root}/{path}"), path) for path in setup.found.content), default=(0.0, ""))
    if newest > now + _DAY:
        message = f"it says {_day(now)}, and this file was changed on {_day(newest)}"
        yield setup.error(path, message, f"{mend}; or `touch` the file")


def _changed(file: str) -> float:
    """Return when a file was changed, in seconds since 1970."""
    try:
        return os.stat(file).st_mtime
    except OSError:  # it went away just now
        return 0.0


def _day(seconds: float) -> str:
    return datetime.fromtimestamp(seconds, UTC).strftime("%Y-%m-%d")

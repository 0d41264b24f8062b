"""Locks in `.digest/`, which keep two builds of one project apart: the system drops them with the last process that has one."""

import os
import time
from collections.abc import Callable
from pathlib import Path
from typing import IO

from digest.errors import DigestError
from digest.layout import MEMORY

BUILD = "lock"
"""The file that a build locks."""
WAIT = 600.0
"""Seconds that a build waits for another to end."""


def in_use(root: Path) -> bool:
    """Tell whether a build of the project runs now."""
    try:
        with (root / MEMORY / BUILD).open(encoding="utf-8") as lock:
            return not try_lock(lock)
    except OSError:
        return False


def make_folder(root: Path) -> Path:
    """Make `.digest/`, if it is not there, and return it. Raises DigestError where that cannot be."""
    folder = root / MEMORY
    try:
        if not folder.is_dir():
            folder.mkdir()
            (folder / ".gitignore").write_text("*\n", "utf-8")
    except OSError as error:
        raise _unwritable(error) from error
    return folder


def open_lock(path: Path) -> IO[str]:
    """Open a file of `.digest/` that is a lock. Raises DigestError where it cannot be written."""
    try:
        return path.open("a+", encoding="utf-8")
    except OSError as error:
        raise _unwritable(error) from error


def _unwritable(error: OSError) -> DigestError:
    return DigestError(f"{MEMORY}/ cannot be written: {error.strerror}", "make the project's folder writable")


def acquire(lock: IO[str], waiting: Callable[[], None]) -> None:
    """Take the lock. Worker processes inherit it, so it is free only when the last of a killed build is gone."""
    end = time.monotonic() + WAIT
    told = False
    while not try_lock(lock):
        if not told:
            waiting()
            told = True
        if time.monotonic() > end:
            raise DigestError("another build of this project has not ended", "stop it, or try again later")
        time.sleep(0.05)


def try_lock(lock: IO[str]) -> bool:
    """Take a lock if nobody has it; tell whether it was taken."""
    try:
        if os.name == "nt":
            import msvcrt

            msvcrt.locking(lock.fileno(), msvcrt.LK_NBLCK, 1)  # type: ignore[attr-defined]
        else:
            import fcntl

            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True

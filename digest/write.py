"""Writing: the only way to the disk. Each file appears whole or not at all, in an order that never breaks a link.

The output folder says itself, in MANIFEST, which of its files are the build's; all others are people's
and are never touched.
"""

import errno
import os
import shutil
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import NamedTuple

from digest.errors import DigestError
from digest.fingerprints import signature
from digest.layout import MANIFEST, TEMPORARY

_NEW = os.O_WRONLY | os.O_CREAT | os.O_TRUNC | getattr(os, "O_BINARY", 0) | getattr(os, "O_CLOEXEC", 0)


class Put(NamedTuple):
    """What became of one file."""

    path: str
    signature: str
    """Of the file now; empty where `foreign`."""
    wrote: bool
    """False where the file was already the same."""
    foreign: bool = False
    """There is a file that the build did not write: it was left alone."""


def put(folder: Path, path: str, data: bytes, ours: bool = True, new: bool = False, copies: Sequence[str] = ()) -> Put:
    """Make `path` below `folder` hold `data`, at once and whole; a file that does already is not touched.

    `ours` tells that a file of this path may be replaced, `new` that there is none. Its compressed `copies` go before
    it is replaced: a server must never find an old copy beside it. Raises DigestError where the disk refuses.
    """
    target = f"{folder}/{path}"
    try:
        if not new and not (new := not os.path.lexists(target)):
            if os.path.isfile(target) and _holds(target, data):
                return Put(path, signature(os.stat(target)), False)
            if not ours:
                return Put(path, "", False, foreign=True)
        temporary = f"{folder}/{TEMPORARY}/{os.getpid()}"
        _make(temporary, data)
        if new:
            _make_parent(target)
        for copy in copies:
            Path(folder, copy).unlink(missing_ok=True)
        _replace(temporary, target, data)
        return Put(path, signature(os.stat(target)), True)
    except (NotADirectoryError, FileExistsError):
        return Put(path, "", False, foreign=True)  # a file stands where a folder must be
    except OSError as error:
        raise DigestError(f"{target} cannot be written: {error.strerror}", _mend(error)) from error


def _replace(temporary: str, target: str, data: bytes) -> None:
    """Bring a file to its place, in one step also where that is on another disk: containers mount `content/` alone."""
    try:
        os.replace(temporary, target)
    except OSError as error:
        if error.errno != errno.EXDEV:
            raise
        beside = f"{os.path.dirname(target)}/{TEMPORARY}"
        try:
            _make(f"{beside}/{os.getpid()}", data)
            os.replace(f"{beside}/{os.getpid()}", target)
        finally:
            shutil.rmtree(beside, ignore_errors=True)


def _mend(error: OSError) -> str:
    """Return what to do where the disk refuses."""
    if error.errno == errno.EROFS:
        return "mount its disk so that it may be written, and run the command again"
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return "make room on its disk, and run the command again"
    return "make room, or mend what stands in the way, and run the command again"


def _make(temporary: str, data: bytes) -> None:
    try:
        file = os.open(temporary, _NEW, 0o666)  # a file object would cost as much again
    except FileNotFoundError:
        os.makedirs(os.path.dirname(temporary), exist_ok=True)
        file = os.open(temporary, _NEW, 0o666)
    try:
        left = memoryview(data)
        while left:
            left = left[os.write(file, left) :]
    finally:
        os.close(file)


def _make_parent(target: str) -> None:
    parent = os.path.dirname(target)
    try:
        os.mkdir(parent)
    except FileExistsError:
        pass
    except FileNotFoundError:
        os.makedirs(parent, exist_ok=True)


def _holds(target: str, data: bytes) -> bool:
    with open(target, "rb") as file:
        return os.fstat(file.fileno()).st_size == len(data) and file.read() == data


def make_folder(folder: Path) -> None:
    """Make the output folder. Raises DigestError where something stands in its place."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise DigestError(f"{folder} cannot be made: {error.strerror}", "name another with `--output`") from error


def sweep(folder: Path) -> None:
    """Remove what this or a killed build left half made in `folder`."""
    shutil.rmtree(folder / TEMPORARY, ignore_errors=True)


def owned(folder: Path) -> set[str]:
    """Return the files of an output folder that the build wrote, as its manifest says."""
    try:
        text = (folder / MANIFEST).read_text("utf-8")
    except FileNotFoundError:
        return set()
    except (OSError, UnicodeDecodeError) as error:
        raise DigestError(
            f"{folder / MANIFEST} cannot be read: {error}", "delete it, and the files of the site that you did not make"
        ) from error
    return set(text.split("\n")) - {""}


def own(folder: Path, paths: Iterable[str]) -> bool:
    """Write the manifest; return whether it changed."""
    return put(folder, MANIFEST, "".join(f"{path}\n" for path in sorted(paths)).encode()).wrote


def delete(folder: Path, paths: Iterable[str]) -> list[str]:
    """Delete files of the build, and the folders that are empty then; return those that were there."""
    deleted = []
    for path in sorted(filter(is_plain, paths)):
        target = folder / path
        try:
            target.unlink()
            deleted.append(path)
        except (FileNotFoundError, NotADirectoryError):
            pass
        except OSError as error:
            raise DigestError(f"{target} cannot be deleted: {error.strerror}", _mend(error)) from error
        for parent in target.parents:
            if parent == folder:
                break
            try:
                parent.rmdir()
            except OSError:
                break
    return deleted


def missing(folder: Path, paths: Iterable[str]) -> set[str]:
    """Return those of `paths` of which there is nothing in `folder`."""

    @cache
    def stands(parent: str) -> bool:
        """Ask once for all that would be in the same folder: in a new site, most of it is not there yet."""
        return not parent or (stands(os.path.dirname(parent)) and os.path.lexists(f"{folder}/{parent}"))

    return {path for path in paths if not stands(os.path.dirname(path)) or not os.path.lexists(f"{folder}/{path}")}


def signatures(folder: Path, paths: Iterable[str]) -> Mapping[str, str]:
    """Return the signature of each of `paths` that is a file in `folder`."""
    found = {}
    base = os.path.join(folder, "")
    for path in paths:
        try:
            found[path] = signature(os.stat(base + path))
        except OSError:
            continue
    return found


def is_plain(path: str) -> bool:
    """Tell whether a line of the manifest names a file inside the folder: it may have been tampered with."""
    return (
        bool(path)
        and not path.startswith("/")
        and "\\" not in path
        and ":" not in path
        and all(part not in ("", ".", "..") for part in path.split("/"))
    )

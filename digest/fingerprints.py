"""How a file is known again: by its size and times without reading it, or by its bytes."""

import hashlib
import os
from collections.abc import Callable

RACY = 50_000_000
"""Nanoseconds: a file that changed this shortly before it was read may change again and look the same."""


def signature(status: os.stat_result, now: int | None = None) -> str:
    """Return what changes when a file does: size and times. With `now` (nanoseconds), nothing for a file too fresh to tell."""
    if now is not None and status.st_ctime_ns > now - RACY:
        return ""
    return f"{status.st_size}.{status.st_mtime_ns}.{status.st_ctime_ns}"


def digest_of(data: bytes, path: str = "") -> bytes:
    """Return the hash by which the bytes of a file are known again, wherever it stands."""
    return hashlib.sha256(data).digest()[:16]  # processors have instructions for it: a third of the time of BLAKE2


def is_same(
    place: str, path: str, signed: str, before: str, digest: bytes, hashed: Callable[[bytes, str], bytes] = digest_of
) -> bool:
    """Tell whether a file whose signature is another than `before` has the same bytes: a copy, or of a fresh checkout.

    `path` is below the folder `place`; `signed` is its signature now, `digest` what `hashed(bytes, path)` was then. It is
    read only where it has the size of then, and is not too fresh to tell.
    """
    size = signed.partition(".")[0]
    if not size or size != before.partition(".")[0]:
        return False
    try:
        with open(f"{place}/{path}", "rb", buffering=0) as file:
            return hashed(file.read(int(size) + 1), path) == digest
    except OSError:
        return False

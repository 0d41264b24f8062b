"""Compressed copies: whether each still holds what its file does."""

from collections.abc import Iterator

from digest import compressing
from digest.checking import error, warning
from digest.errors import DigestError, Problem


def check(path: str, copy: bytes, data: bytes) -> Iterator[Problem]:
    """Look whether a `copy` with the name `path` holds `data`."""
    try:
        if compressing.expand(copy, path, len(data)) != data:
            message = f"it does not hold what {compressing.original(path)} does"
            hint = "servers send it in the place of the other: build again, or compress again what you changed"
            yield error(path, 0, message, hint)
    except DigestError as missing:
        yield warning(path, 0, f"it was not looked at: {missing.message}", missing.hint)

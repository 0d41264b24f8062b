"""What the last pulls learnt of feeds, in `.digest/`: losing it costs some more bytes and questions, and nothing else."""

from collections.abc import Mapping
from pathlib import Path

import msgspec

from digest import write
from digest.layout import MEMORY
from digest.pulling.fetch import Failure

FILE = "pulled.json"
HOUR = 3600
DAY = 24 * HOUR
WEEK = 7 * DAY
MAX_FILE = 64 * 1024 * 1024


class Remembered(msgspec.Struct, frozen=True, omit_defaults=True):
    """What is known of one feed."""

    validators: Mapping[str, str] = {}
    """What to ask with, so that only news is sent."""
    full: bool = False
    """Whether its pages were fetched: what was left out before may come then."""
    failed: int = 0
    """How often in a row it could not be read."""
    until: int = 0
    """Seconds since 1970 until which it is left alone."""
    why: str = ""
    gone: bool = False
    tried: Mapping[str, int] = {}
    """How often the page of an entry could not be fetched, by the hash of the entry."""


def read(root: Path) -> dict[str, Remembered]:
    """Return what is remembered, by the address of the feed (hashed: it may hold a password)."""
    try:
        with open(root / MEMORY / FILE, "rb") as file:
            return msgspec.json.decode(file.read(MAX_FILE), type=dict[str, Remembered])
    except (OSError, msgspec.MsgspecError):
        return {}


def save(root: Path, known: Mapping[str, Remembered]) -> None:
    """Remember this, and nothing else."""
    write.put(root / MEMORY, FILE, msgspec.json.encode(dict(sorted(known.items()))))
    write.sweep(root / MEMORY)


def after_failure(before: Remembered, failure: Failure, now: int) -> Remembered:
    """Return how long to leave a feed alone that could not be read.

    As long as its host asks for, at most a week. Where it does not ask, the next pull tries again; after that two hours,
    four, and so on to a day. What is gone for good is not asked for in a month.
    """
    failed = before.failed + 1
    wait = min(failure.wait, WEEK) or (min(HOUR << min(failed - 1, 5), DAY) if failed > 1 else 0)
    if failure.gone:
        wait = 30 * DAY
    until = now + int(wait)
    return Remembered(before.validators, before.full, failed, until, failure.message, failure.gone, before.tried)

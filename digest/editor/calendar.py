"""The articles of each day as stories compares them, and how far a day reaches: to the days that it depends on."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from operator import attrgetter
from typing import NamedTuple

from digest.memo import Memo

DAYS = 14
"""Days that an article or a story waits for another."""
SAMPLE, SAMPLE_DAYS = 400, 10
"""Articles, and days that have articles, from which it is taken how rare terms are, at least."""


class Item(NamedTuple):
    """An article, as far as it matters here."""

    key: str
    features: bytes
    """See `words.features`."""
    order: int = 0
    """Articles of one day are sorted by it, and by key: the first of a story gives it its key."""
    forced: str = ""
    """`story` in its front matter."""


class Calendar(NamedTuple):
    """The days that have articles, in order."""

    names: list[str]
    ordinals: list[int]
    items: list[list[Item]]
    starts: list[int]
    """For each day the first within reach."""


def calendar_of(days: Mapping[str, Sequence[Item]], memo: Memo | None = None) -> Calendar:
    """Return the calendar of articles by their days, `YYYY-MM-DD`."""
    names, memo = sorted(days), memo or Memo()
    items = [memo(in_order, name, days[name]) for name in names]
    ordinals = [date.fromisoformat(name).toordinal() for name in names]
    return Calendar(names, ordinals, items, reach([len(of_day) for of_day in items]))


def in_order(items: Iterable[Item]) -> list[Item]:
    """Return the articles of a day as they are placed."""
    return sorted(items, key=attrgetter("order", "key"))


def reach(sizes: Sequence[int]) -> list[int]:
    """Return for each day, of so many articles, the first day, by index, from which it is taken how rare terms are."""
    starts = []
    start = total = 0
    for at, size in enumerate(sizes):
        total += size
        while at - start >= SAMPLE_DAYS and total - sizes[start] >= SAMPLE:
            total -= sizes[start]
            start += 1
        starts.append(start)
    return starts


def first_in_window(ordinals: Sequence[int], at: int) -> int:
    """Return the first day, by index, whose articles wait for those of the day at index `at`."""
    first = at
    while first > 0 and ordinals[first - 1] >= ordinals[at] - DAYS:
        first -= 1
    return first

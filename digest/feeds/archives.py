"""The archives of the feed (RFC 5005): every article in one of them, a month's in one or more parts."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import NamedTuple

from digest import urls
from digest.dates import microseconds
from digest.library import Library
from digest.memo import Memo
from digest.model import Article

PART = 100
"""Articles in a part."""
PART_SIZE = 800_000
"""Bytes of a part, by a guess that is seldom too low."""


class Part(NamedTuple):
    """Some articles of a month, and some older ones that changed in it."""

    href: str
    entries: tuple[Article, ...]
    """In the order in which they came or changed."""
    older: str
    """The part before it; empty for the first."""
    newer: str
    """The part after it; empty for the last, which grows until something comes that is not in it."""


def chain(library: Library, memo: Memo) -> Mapping[str, Sequence[Part]]:
    """Return the parts of each month, all of them linked, the oldest first.

    An article is where it came, by its date; a retracted one is nowhere. One that changed later, so that a reader should see it again, is in the
    part of then too: who has read the older parts would never look there again. A month without articles has no part:
    what changed in it is in the next one that has some.
    """
    months = list(library.months)[::-1]
    again: dict[str, list[Article]] = {}
    for article in library.articles:
        if article.updated and not article.retracted:
            there = next((one for one in months if one >= article.updated[:7]), months[-1])
            again.setdefault(there, []).append(article)
    cut: list[tuple[str, str, tuple[Article, ...]]] = []
    for month in months:
        of_month = [one for day in library.months[month][::-1] for one in library.days[day][::-1]]
        parts = memo(_cut_month, month, of_month, again.get(month, ()))
        cut += [(month, urls.archive(month, place), part) for place, part in enumerate(parts, 1)]
    hrefs = ["", *(href for _, href, _ in cut), ""]
    found: dict[str, list[Part]] = {month: [] for month in months}
    for place, (month, href, part) in enumerate(cut):
        found[month].append(Part(href, part, hrefs[place], hrefs[place + 2]))
    return found


def _cut_month(articles: Sequence[Article], again: Sequence[Article]) -> list[tuple[Article, ...]]:
    """Return the entries of each part of a month; `again` are those that changed in it."""
    entries = [one for one in articles if not one.retracted]
    if again:
        moments = [((one.order, one.id), one) for one in entries] + [(when(one), one) for one in again]
        entries = [one for _, one in sorted(moments, key=lambda moment: moment[0])]
    return [tuple({one.id: one for one in part}.values()) for part in _cut(entries)]


def newest(library: Library, parts: Mapping[str, Sequence[Part]], count: int) -> tuple[list[Article], str]:
    """Return what the feed itself holds, and the newest archive that will not grow any more.

    That is all that is in no such archive, and in any case the `count` articles that came last and the `count` that
    changed last; the last changed comes first.
    """
    last = next((parts[month][-1] for month in library.months if parts[month]), Part("", (), "", ""))
    return latest([*library.articles[:count], *last.entries], library.articles, count), last.older


def latest(entries: Iterable[Article], articles: Iterable[Article], count: int) -> list[Article]:
    """Return `entries` with those `articles` that changed as late as the `count` newest came; the last changed first."""
    found = {article.id: article for article in entries if not article.retracted}
    changed = sorted((one for one in articles if one.updated and not one.retracted), key=when, reverse=True)[:count]
    if len(found) >= count:
        least = sorted(map(when, found.values()), reverse=True)[count - 1]
        changed = [article for article in changed if when(article) >= least]
    return sorted({**found, **{article.id: article for article in changed}}.values(), key=when, reverse=True)


def when(article: Article) -> tuple[int, str]:
    """Sort articles by the last change that a reader should see."""
    if not article.updated:
        return article.order, article.id
    return microseconds(datetime.fromisoformat(article.updated)), article.id


def last_changed(articles: Sequence[Article]) -> Article:
    """Return which of `articles`, newest first, was changed last."""
    updated = [article for article in articles if article.updated]
    return max([articles[0], *updated], key=when)


def _cut(entries: Sequence[Article]) -> Iterator[Sequence[Article]]:
    """Cut articles into parts of at most PART and, as far as can be guessed, PART_SIZE."""
    start = size = 0
    for place, article in enumerate(entries):
        least = 1500 + 4 * len(article.summary)
        text = 2 * article.length if article.rights == "full" else 0
        weight = least + text if text < PART_SIZE else least  # a giant has only its summary in a feed
        if place > start and (place - start == PART or size + weight > PART_SIZE):
            yield entries[start:place]
            start, size = place, 0
        size += weight
    if start < len(entries):
        yield entries[start:]

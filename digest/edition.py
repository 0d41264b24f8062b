"""The edition: a day's articles as readers meet them, each story once, the weightiest first."""

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from digest.model import Article

SOURCE, ARTICLE = 60, 25
"""What each source beyond the first, and each further article, adds to a story's weight."""
MOST = 8
"""Sources or articles beyond the first that count."""
LONG = 6000
"""Characters beyond which a text weighs no more."""
A_MINUTE = 60
"""Characters that weigh as much as half an hour of freshness."""
FIGURES = 3
"""Pieces of an edition whose lead articles give the numbers of the day."""


class Piece(NamedTuple):
    """An entry of an edition: an article, and those of the same story beneath it."""

    lead: Article
    others: Sequence[Article]
    story: str
    """Address of their story; empty for an article that is in none."""


def weight(article: Article) -> int:
    """Return what an article weighs by itself: by what may be read of it here, and how late in its day it came."""
    length = min(article.length, LONG) if article.rights == "full" else len(article.summary)
    hours, _, minutes = article.time.partition(":")
    late = (int(hours) * 60 + int(minutes)) // 30 if article.time else 0
    return length // A_MINUTE + late


def pieces(articles: Iterable[Article], story_of: Mapping[str, str]) -> list[Piece]:
    """Return a day's articles as the pieces of its edition, in their order.

    What an editor pinned comes first, then what weighs most: a story by its sources, its articles and the weight of the
    article that leads it. What weighs the same is ordered by time, the newest first, then by id.
    """
    groups: dict[str, list[Article]] = {}
    for article in articles:
        groups.setdefault(story_of.get(article.id) or article.id, []).append(article)
    found = []
    for key, members in groups.items():
        lead, *others = sorted(members, key=order)
        story = story_of.get(lead.id, "")
        sources = len({article.source.name for article in members if article.source})
        total = weight(lead) + SOURCE * min(max(sources - 1, 0), MOST) + ARTICLE * min(len(members) - 1, MOST)
        found.append(((not lead.pin, -total, -lead.order, key), Piece(lead, others, story)))
    return [piece for _, piece in sorted(found, key=lambda one: one[0])]


def order(article: Article) -> tuple[bool, int, int, str]:
    """Sort articles by weight, those that an editor pinned first."""
    return not article.pin, -weight(article), -article.order, article.id

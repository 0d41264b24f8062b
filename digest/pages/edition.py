"""The edition: a day's articles as readers meet them, each story once, as a person chose, and the weightiest first."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from itertools import chain
from typing import NamedTuple

from digest import urls
from digest.library import Library
from digest.model import Article
from digest.pages import limits
from digest.pages.curation import Choice
from digest.views import TopicLink

SOURCE, ARTICLE = 60, 25
"""What each source beyond the first, and each further article, adds to a story's weight."""
MOST = 8
"""Sources or articles beyond the first that count."""
LONG = 6000
"""Characters beyond which a text weighs no more."""
A_MINUTE = 60
"""Characters that weigh as much as half an hour of freshness."""
FIRST, PINNED, PLACED, OTHERS = range(4)
"""How articles rank: chosen for this edition to come first; pinned in their front matter; in its order; all others."""
_PINNED, _OTHERS = (PINNED, 0), (OTHERS, 0)
FIGURES = 3
"""Pieces of an edition whose lead articles give the numbers of the day."""


class Piece(NamedTuple):
    """An entry of an edition: an article, and those of the same story beneath it."""

    lead: Article
    others: Sequence[Article]
    story: str
    """Address of their story; empty for an article that is in none."""


def articles(library: Library, day: str) -> Sequence[Article]:
    """Return the articles of a day that its edition shows: all but those that a person hid."""
    choice, everything = library.choices.get(day), library.days[day]
    return [one for one in everything if one.id not in choice.hide] if choice and choice.hide else everything


def of_day(library: Library, day: str) -> list[Piece]:
    """Return the edition of a day."""
    return pieces(articles(library, day), library.story_of, library.choices.get(day))


def topics(library: Library, day: str) -> tuple[TopicLink, ...]:
    """Return the topics of the edition of a day, those of most of its articles first."""
    counts = Counter(
        chain.from_iterable([dict.fromkeys(map(urls.topic_slug, one.topics)) for one in articles(library, day)])
    )
    links = [TopicLink(urls.topic(slug), library.topics[slug].name, count) for slug, count in counts.items()]
    links.sort(key=lambda link: (-link.count, link.name.casefold(), link.href))
    return tuple(links[: limits.DAY_TOPICS])


def words(library: Library, day: str) -> tuple[str, str]:
    """Return what a person called the edition of a day, and the note above it, in Markdown."""
    choice = library.choices.get(day)
    return (choice.title, choice.note) if choice else ("", "")


def weight(article: Article) -> int:
    """Return what an article weighs by itself: by what may be read of it here, and how late in its day it came."""
    length = min(article.length, LONG) if article.rights == "full" else len(article.summary)
    hours, _, minutes = article.time.partition(":")
    late = (int(hours) * 60 + int(minutes)) // 30 if article.time else 0
    return length // A_MINUTE + late


def pieces(articles: Iterable[Article], story_of: Mapping[str, str], choice: Choice | None = None) -> list[Piece]:
    """Return a day's articles as the pieces of its edition, in their order.

    What a person chose comes first: the lead, what is pinned, what has a place in the order. Then comes what weighs most:
    a story by its sources, its articles and the weight of the article that leads it. What weighs the same is ordered by
    time, the newest first, then by id. A story stands where the first of its articles does, or where it is named itself.
    """
    ranks = _ranks(choice) if choice else {}

    def rank(article: Article) -> tuple[int, int]:
        pinned = article.pin and story_of.get(article.id) not in ranks
        return ranks.get(article.id) or (_PINNED if pinned else _OTHERS)

    def by_rank(article: Article) -> tuple[tuple[int, int], tuple[bool, int, int, str]]:
        return rank(article), order(article)

    groups: dict[str, list[Article]] = {}
    for article in articles:
        groups.setdefault(story_of.get(article.id) or article.id, []).append(article)
    found = []
    for key, members in groups.items():
        lead, *others = sorted(members, key=by_rank if ranks else order)
        story = story_of.get(lead.id, "")
        sources = len({article.source.name for article in members if article.source})
        total = weight(lead) + SOURCE * min(max(sources - 1, 0), MOST) + ARTICLE * min(len(members) - 1, MOST)
        place = min(rank(lead), ranks.get(key, _OTHERS))
        found.append(((place, -total, -lead.order, key), Piece(lead, others, story)))
    return [piece for _, piece in sorted(found, key=lambda one: one[0])]


def _ranks(choice: Choice) -> dict[str, tuple[int, int]]:
    """Return the ranks of what a person named, by article id or the slug of a story."""
    placed = {name: (PLACED, place) for place, name in enumerate(choice.order)}
    return placed | {name: (FIRST, place) for place, name in enumerate(choice.first)}


def order(article: Article) -> tuple[bool, int, int, str]:
    """Sort articles by weight, those that an editor pinned first."""
    return not article.pin, -weight(article), -article.order, article.id

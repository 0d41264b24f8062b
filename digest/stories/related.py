"""Related articles: what else is worth reading, chosen among what was there before an article.

Only older articles count, and of each topic only the newest of them: so a new article changes no older page, and an edit
changes few.
"""

from collections import Counter, defaultdict, deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from digest.library import Topic
from digest.memo import Memo
from digest.model import Article
from digest.urls import topic_slug

MOST = 3
"""Related articles of an article."""
RECENT = 8
"""Older articles of each of its topics that are looked at."""
_PLACE_BITS = 32
_PLACE = (1 << _PLACE_BITS) - 1
"""An older article's place in time stands in the lower bits of the number by which it is ranked."""
_WORTH = 1000
"""What a topic that two articles share counts; of one that many articles have, less."""


class Before(NamedTuple):
    """What there was of a topic before a moment."""

    articles: int
    """How many."""
    recent: Sequence[Article]
    """The newest of them, oldest first."""


def by_month(topics: Iterable[Topic], memo: Memo) -> Mapping[str, Mapping[str, Before]]:
    """Return for each month what there was before it of each topic that its articles have; some have none."""
    found: dict[str, dict[str, Before]] = defaultdict(dict)
    for topic in topics:
        for month, before in memo(_before, topic.slug, topic.articles):
            found[month][topic.slug] = before
    return found


def _before(articles: Sequence[Article]) -> list[tuple[str, Before]]:
    """Return the months of a topic's articles, newest first, with what there was before each, if there was something."""
    found = []
    place = 0
    for month, count in Counter([article.date[:7] for article in articles]).items():
        place += count
        if recent := articles[place : place + RECENT]:
            found.append((month, Before(len(articles) - place, recent[::-1])))
    return found


def of_month(
    articles: Iterable[Article], before: Mapping[str, Before], story_of: Mapping[str, str]
) -> Iterator[tuple[Article, list[Article]]]:
    """Yield each of a month's articles, oldest first, with up to MOST older ones, the nearest first.

    An article is the nearer, the more topics it shares and the rarer these were when it came; of equals the newest.
    Those of the same story are left out: the story's page has them all.
    """
    known = {one.id: one for topic in before.values() for one in topic.recent}
    seen = sorted(known.values(), key=lambda one: (-one.order, one.id), reverse=True)  # as the library sorts them
    place = {one.id: number for number, one in enumerate(seen)}
    recent = {slug: deque([place[one.id] for one in topic.recent], RECENT) for slug, topic in before.items()}
    counts = {slug: topic.articles for slug, topic in before.items()}
    for article in articles:
        slugs = dict.fromkeys(map(topic_slug, article.topics))
        ranks: dict[int, int] = {}
        for slug in slugs:
            worth = _WORTH // counts.get(slug, 1).bit_length() << _PLACE_BITS
            for older in recent.get(slug, ()):
                ranks[older] = ranks.get(older, older) + worth
        story = story_of.get(article.id)
        ranked = sorted(ranks.values(), reverse=True)
        others = [seen[one & _PLACE] for one in ranked[: None if story else MOST]]
        yield article, [one for one in others if not story or story_of.get(one.id) != story][:MOST]
        for slug in slugs:
            counts[slug] = counts.get(slug, 0) + 1
            recent.setdefault(slug, deque(maxlen=RECENT)).append(len(seen))
        seen.append(article)

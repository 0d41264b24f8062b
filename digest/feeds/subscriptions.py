"""The feeds of a digest as data: which there are, and what each holds."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta

import msgspec

from digest import urls, views
from digest.content import new_id
from digest.dates import first_hour, rfc3339
from digest.feeds import archives
from digest.feeds.archives import Part
from digest.library import Library, Topic
from digest.model import Article
from digest.outputs import Output
from digest.pages import edition, fronts, limits
from digest.pages.curation import Choice
from digest.pages.families import alphabetical
from digest.pages.shown import Shown
from digest.views import Feed, Link, Note, Site

WORDS = "feeds.opml"
"""The template with the words that feeds use too."""
NEVER = "2005-12-01T00:00:00+00:00"
"""When a feed without entries was changed last: it has no moment of its own, and no feed is older than Atom (RFC 4287)."""


def archive(site: Site, part: Part) -> Output:
    """Plan an archive."""
    entries = part.entries[::-1]
    view = Feed(
        site, part.href, site.id, _updated(entries), entries, older=part.older, newer=part.newer, current=site.feed
    )
    return Output(part.href, "feed", "", view)


def of_topic(site: Site, topic: Topic) -> Iterator[Output]:
    """Plan the feed of a topic, which has summaries only: texts are in the feed of all articles."""
    entries = archives.latest(topic.articles[: limits.TOPIC_ENTRIES], topic.articles, limits.TOPIC_ENTRIES)
    page, href = urls.topic(topic.slug), urls.topic_feed(topic.slug)
    identifier = new_id(f"{site.id} topic {topic.slug}")
    yield from _both(Feed(site, href, identifier, _updated(entries), tuple(entries), topic.name, page=page, brief=True))


def of_all(
    library: Library, site: Site, shown: Shown, parts: Mapping[str, Sequence[Part]], today: str
) -> Iterator[Output]:
    """Plan the feeds of all articles, of each language, of editions and of corrections, and the page about them."""
    entries, older = archives.newest(library, parts, limits.FEED_ENTRIES)
    feed = Feed(site, site.feed, site.id, _updated(entries), tuple(entries), older=older, page=site.home)
    yield from _both(feed)
    if site.rss:
        yield Output(urls.RSS, "feed", "", msgspec.structs.replace(feed, href=urls.RSS))
    for of_language, theirs in fronts.by_language(library, site):
        entries = archives.latest(theirs.articles[: limits.FEED_ENTRIES], theirs.articles, limits.FEED_ENTRIES)
        page = of_language.home
        yield from _both(
            Feed(of_language, of_language.feed, of_language.id, _updated(entries), tuple(entries), page=page)
        )
    notes = _editions(library, site, shown, today), _corrections(library.articles)
    for href, word, found in zip(urls.FEEDS, ("editions", "corrections"), notes, strict=True):
        last = max((note.updated for note in found), key=datetime.fromisoformat, default=NEVER)
        yield from _both(Feed(site, href, new_id(f"{site.id} {word}"), last, word=word, notes=tuple(found)))
    topics = [Link(urls.topic_feed(topic.slug), topic.name) for topic in library.topics.values()]
    topics.sort(key=lambda link: (alphabetical(link.text), link.href))
    languages = tuple(msgspec.structs.replace(front, href=urls.feed(front.lang)) for front in fronts.links(site))
    view = views.Subscribe(site, tuple(topics), languages)
    yield Output("feeds.opml", "feed", "feeds.opml", view)
    yield Output(urls.SUBSCRIBE, "index", "subscribe.html", view)


def _both(feed: Feed) -> Iterator[Output]:
    """Plan a feed as Atom and as JSON Feed."""
    template = WORDS if feed.word else ""
    yield Output(feed.href, "feed", template, feed)
    beside = urls.json_feed(feed.href)
    yield Output(beside, "feed", template, msgspec.structs.replace(feed, href=beside))


def _updated(entries: Sequence[Article]) -> str:
    """Return when an entry was last changed."""
    if not entries:
        return NEVER
    last = max(entries, key=archives.when)
    return last.updated or last.published


def _editions(library: Library, site: Site, shown: Shown, today: str) -> list[Note]:
    """Return the newest editions that are whole: their day is over, or another has begun."""
    days = list(library.days)
    whole = days if days and days[0] < today else days[1:]
    found = []
    for day in whole[: limits.EDITIONS]:
        articles = [article for article in edition.articles(library, day) if not article.retracted]
        if not articles:
            continue
        choice = library.choices.get(day, Choice())
        cards, _ = shown.edition(edition.pieces(articles, library.story_of, choice))
        offset = datetime.fromisoformat(articles[0].published).tzinfo
        try:
            over = first_hour(date.fromisoformat(day) + timedelta(days=1), offset, "")
        except OverflowError:  # it is the last day of all
            over = datetime.fromisoformat(articles[0].published)
        changed = [datetime.fromisoformat(article.updated) for article in articles if article.updated]
        identifier = new_id(f"{site.id} edition {day}")
        page = urls.period(day)
        updated = rfc3339(max([over, *changed]))
        found.append(Note(identifier, None, day, page, rfc3339(over), updated, choice.note, cards, choice.title))
    return found


def _corrections(articles: Sequence[Article]) -> list[Note]:
    """Return the newest corrections, the last first."""
    found = []
    for article in [one for one in articles if one.corrections]:
        days: dict[str, int] = {}
        for correction in article.corrections:
            place = days[correction.date] = days.get(correction.date, 0) + 1
            identifier = new_id(f"correction {place} of {correction.date} {article.id}")
            offset = datetime.fromisoformat(article.published).tzinfo
            moment = rfc3339(first_hour(date.fromisoformat(correction.date), offset, identifier))
            found.append(Note(identifier, article, correction.date, article.href, moment, moment, correction.text))
    found.sort(key=lambda note: (note.date, note.id), reverse=True)
    return found[: limits.FEED_ENTRIES]

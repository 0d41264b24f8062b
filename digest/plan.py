"""The plan: every file of the site as data, with the view that it shows and the key that tells whether it is new."""

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from functools import partial
from heapq import nsmallest
from itertools import pairwise
from types import MappingProxyType
from typing import Literal, NamedTuple, TypeVar

import msgspec

from digest import urls, views
from digest.dates import EPOCH, microseconds, rfc3339
from digest.families import Family
from digest.library import Library, Topic
from digest.model import Article
from digest.views import Address, Card, Group, Line, Link, Period, Site, TopicLink

Role = Literal["asset", "page", "index", "feed", "entrance"]
ROLES: tuple[Role, ...] = ("asset", "page", "index", "feed", "entrance")
"""In the order in which they are written: what is linked to before what links to it."""
T = TypeVar("T")
_PART = 8
"""Bytes of a key for each thing that the file depends on."""


class Output(msgspec.Struct, frozen=True, gc=False, array_like=True):
    """A file of the site."""

    path: str
    """Relative to the output folder."""
    role: Role
    template: str
    """The theme's file that renders it; empty where the program does (feeds, assets)."""
    view: views.Shown


class Section(NamedTuple):
    """Outputs that depend on the same articles: a month, a topic, or all that looks at the whole library.

    A section whose digest and files are those of the last build need not be planned: that keeps a day's
    build at a day's work.
    """

    name: str
    digest: bytes
    """Hash of all that its outputs can depend on; empty for the one that must always be looked at."""
    outputs: Callable[[], Iterable[Output]]


def sections(
    library: Library,
    site: Site,
    assets: Mapping[str, bytes],
    basis: str,
    families: Mapping[str, Family] = MappingProxyType({}),
) -> list[Section]:
    """Return the plan of the whole site in sections, none of which is worked out yet.

    `assets` are the theme's static files with the hash of each; `basis` tells the program, the templates and
    the settings with which content files are read: with a file's own hash it tells what its article is. `families` are what `topics.yml` says of topics, by slug.
    """
    shown = Shown()
    # A topic that is always spelt alike has the name that each of its articles has.
    names = [(topic.slug, topic.name) for topic in library.topics.values() if topic.varies]
    common = part((basis, site, names))
    made = []
    for newer, month, older in _neighbours(list(library.months)):
        days = library.months[month]
        edges = (newer and library.months[newer][-1], newer, older, older and library.months[older][0])
        articles = [article for day in days for article in library.days[day]]
        digest = part((common, edges, _sources(articles)))
        made.append(Section(month, digest, partial(_month, library, site, shown, month, newer, older)))
    for topic in library.topics.values():
        family = families.get(topic.slug, Family())
        digest = part((common, family, _sources(topic.articles)))
        made.append(Section(f"topics/{topic.slug}", digest, partial(_topic, library, site, shown, topic, family)))
    return [*made, Section("", b"", partial(_whole, library, site, shown, assets))]


class Shown:
    """Articles as lists show them, each made once however many pages show it."""

    def __init__(self) -> None:
        self._cards: dict[str, Card] = {}
        self._lines: dict[str, Line] = {}

    def card(self, article: Article) -> Card:
        """Return an article as editions show it."""
        found = self._cards.get(article.id)
        if found is None:
            found = self._cards[article.id] = views.card(article)
        return found

    def line(self, article: Article) -> Line:
        """Return an article as lists of headlines show it."""
        found = self._lines.get(article.id)
        if found is None:
            found = self._lines[article.id] = views.line(article)
        return found

    def day(self, date: str, articles: Sequence[Article], limit: int | None = None) -> views.Day:
        """Return a day with its headlines, at most `limit` of them."""
        return views.Day(urls.period(date), date, len(articles), tuple([self.line(item) for item in articles[:limit]]))


def _sources(articles: Iterable[Article]) -> bytes:
    """Return what tells these articles from any others."""
    return b"".join([article.body.digest for article in articles])


def _month(
    library: Library, site: Site, shown: Shown, month: str, newer_month: str | None, older_month: str | None
) -> Iterator[Output]:
    """Plan a month: its articles, its days, its own page and its part of the sitemap."""
    days = library.months[month]
    around = [
        library.months[newer_month][-1] if newer_month else None,
        *days,
        library.months[older_month][0] if older_month else None,
    ]
    addresses = []
    for newer, day, older in _triples(around):
        articles = library.days[day]
        yield from _articles(library, site, shown, articles)
        cards = tuple([shown.card(article) for article in articles])
        yield Output(urls.period(day), "page", "day.html", views.DayPage(site, day, cards, _to(newer), _to(older)))
        addresses.append(Address(urls.period(day), _lastmod(_last_changed(articles))))
        addresses += [Address(article.href, _lastmod(article)) for article in articles]
    of_days = tuple(shown.day(day, library.days[day]) for day in days)
    page = views.MonthPage(site, month, of_days, _to(newer_month), _to(older_month))
    yield Output(urls.period(month), "index", "month.html", page)
    yield Output(f"sitemaps/{month}.xml", "feed", "sitemap.xml", views.Sitemap(site, tuple(addresses)))


def _articles(library: Library, site: Site, shown: Shown, articles: Sequence[Article]) -> Iterator[Output]:
    for newer, article, older in _neighbours(articles):
        slugs = dict.fromkeys(map(urls.topic_slug, article.topics))
        topics = tuple([Link(urls.topic(slug), library.topics[slug].name) for slug in slugs])
        after, before = shown.line(newer) if newer else None, shown.line(older) if older else None
        yield Output(article.href, "page", "article.html", views.ArticlePage(site, article, topics, after, before))


def _topic(library: Library, site: Site, shown: Shown, topic: Topic, family: Family) -> Iterator[Output]:
    """Plan a topic: its newest articles with the rest of their year, and a page for each year before."""
    (latest, _), *earlier = _by_period(topic.articles, 4)
    years = tuple(Period(urls.topic(topic.slug, year), year, len(articles)) for year, articles in earlier)
    for period, (year, articles) in zip(years, earlier, strict=True):
        page = views.TopicYear(site, topic.name, urls.topic(topic.slug), year, _months(shown, articles))
        yield Output(period.href, "index", "topic-year.html", page)
    newest = tuple(shown.card(article) for article in topic.articles[: views.TOPIC_CARDS])
    rest = [article for article in topic.articles[views.TOPIC_CARDS :] if article.date.startswith(latest)]
    others = _sharing(library, topic, family)
    months = _months(shown, rest)
    view = views.TopicPage(site, topic.name, *family, others, len(topic.articles), newest, months, years)
    yield Output(urls.topic(topic.slug), "index", "topic.html", view)


def _sharing(library: Library, topic: Topic, family: Family) -> tuple[TopicLink, ...]:
    """Return the topics that share most articles with a topic, but for those of its family."""
    shared: dict[str, int] = {}
    for article in topic.articles:
        for slug in dict.fromkeys(map(urls.topic_slug, article.topics)):
            shared[slug] = shared.get(slug, 0) + 1
    shown = {urls.topic(topic.slug), *(link.href for link in (*family.above, *family.below))}
    links = (TopicLink(urls.topic(slug), library.topics[slug].name, count) for slug, count in shared.items())
    others = (link for link in links if link.href not in shown)
    return tuple(nsmallest(views.TOPIC_NEIGHBOURS, others, lambda link: (-link.count, link.name.casefold(), link.href)))


def _months(shown: Shown, articles: Sequence[Article]) -> tuple[Group, ...]:
    return tuple(
        Group(month, tuple(shown.day(day, of_day) for day, of_day in _by_period(of_month, 10)))
        for month, of_month in _by_period(articles, 7)
    )


def _whole(library: Library, site: Site, shown: Shown, assets: Mapping[str, bytes]) -> Iterator[Output]:
    """Plan what looks at the whole library: the entrances, the archive, the feed, the sitemap's index, the assets."""
    for name, digest in sorted(assets.items()):
        yield Output(f"static/{name}", "asset", "", views.Asset(name, digest))
    days = list(library.days)[: views.HOME_DAYS + 1]
    latest = days[0] if days else ""
    cards = tuple(shown.card(article) for article in library.days.get(latest, ()))
    earlier = tuple(shown.day(day, library.days[day], views.HOME_LINES) for day in days[1:])
    home = views.Home(site, latest, urls.period(latest) if latest else "", cards, earlier)
    yield Output("index.html", "entrance", "home.html", home)
    for newer, year, older in _neighbours(list(library.years)):
        page = views.YearPage(site, _year(library, year, with_days=True), _to(newer), _to(older))
        yield Output(urls.period(year), "index", "year.html", page)
    years = tuple(_year(library, year, with_days=False) for year in library.years)
    yield Output("archive/index.html", "index", "archive.html", views.Archive(site, years))
    topics = [TopicLink(urls.topic(topic.slug), topic.name, len(topic.articles)) for topic in library.topics.values()]
    by_name = tuple(sorted(topics, key=lambda link: (link.name.casefold(), link.href)))
    yield Output("topics/index.html", "index", "topics.html", views.Topics(site, by_name))
    yield Output("404.html", "page", "404.html", views.NotFound(site))
    yield Output("robots.txt", "feed", "robots.txt", views.Robots(site))
    yield Output("feed.xml", "feed", "", _feed(library, site))
    yield from _sitemap_index(library, site)


def _feed(library: Library, site: Site) -> views.Feed:
    entries = tuple(library.articles[: views.FEED_ENTRIES])
    newest = _last_changed(entries) if entries else None
    updated = newest.updated or newest.published if newest else rfc3339(EPOCH)
    return views.Feed(site, "feed.xml", updated, entries)


def _sitemap_index(library: Library, site: Site) -> Iterator[Output]:
    """One sitemap a month, one for the other pages, and the index of them (sitemaps.org/protocol)."""
    pages = ["index.html", "archive/index.html", "topics/index.html"]
    pages += [urls.period(date) for date in (*library.years, *library.months)]
    for topic in library.topics.values():
        pages.append(urls.topic(topic.slug))
        years = dict.fromkeys(article.date[:4] for article in topic.articles)
        pages += [urls.topic(topic.slug, year) for year in list(years)[1:]]
    others = Output(
        "sitemaps/pages.xml", "feed", "sitemap.xml", views.Sitemap(site, tuple(Address(page, "") for page in pages))
    )
    parts = [Address(others.path, "")]
    for month, days in library.months.items():
        changed = _last_changed([article for day in days for article in library.days[day]])
        parts.append(Address(f"sitemaps/{month}.xml", _lastmod(changed)))
    yield others
    yield Output("sitemap.xml", "feed", "sitemap-index.xml", views.Sitemap(site, tuple(parts)))


def _last_changed(articles: Sequence[Article]) -> Article:
    """Return which of `articles`, newest first, was changed last."""
    updated = [article for article in articles if article.updated]
    return max([articles[0], *updated], key=_changed)


def _changed(article: Article) -> tuple[int, str]:
    """Sort articles by the last change that a reader should see."""
    if not article.updated:
        return article.order, article.id
    return microseconds(datetime.fromisoformat(article.updated)), article.id


def _lastmod(article: Article) -> str:
    return article.updated or (article.published if article.time else article.date)


def _year(library: Library, year: str, with_days: bool) -> Period:
    months = []
    for month in library.years[year]:
        days = tuple(Period(urls.period(day), day, len(library.days[day])) for day in library.months[month])
        months.append(Period(urls.period(month), month, sum(day.count for day in days), days if with_days else ()))
    return Period(urls.period(year), year, sum(month.count for month in months), tuple(months))


def _by_period(articles: Sequence[Article], length: int) -> list[tuple[str, list[Article]]]:
    """Group articles by the first `length` characters of their date: 4 a year, 7 a month, 10 a day."""
    groups: dict[str, list[Article]] = {}
    for article in articles:
        groups.setdefault(article.date[:length], []).append(article)
    return list(groups.items())


def _neighbours(items: Sequence[T]) -> Iterator[tuple[T | None, T, T | None]]:
    """Yield each item with the one before and the one after it."""
    return _triples([None, *items, None])


def _triples(items: Sequence[T | None]) -> Iterator[tuple[T | None, T, T | None]]:
    """Yield each item but the first and the last with the one before and the one after it."""
    for (before, item), (_, after) in pairwise(pairwise(items)):
        assert item is not None
        yield before, item, after


def _to(date: str | None) -> Link | None:
    return Link(urls.period(date), date) if date else None


def keys(outputs: Iterable[Output], program: str, templates: Mapping[str, bytes]) -> dict[str, bytes]:
    """Return the key of every output by its path: a short hash for each thing that it depends on.

    That is the `program`, its template with all that it includes (`templates` has their hashes), and every
    field of its view.
    """
    shared: dict[int, bytes] = {id(None): part(None), id(()): part(())}

    def once(value: object) -> bytes:
        """Hash what many views share (the site, a headline) once; all stay alive in `outputs`, so ids are theirs."""
        found = shared.get(id(value))
        if found is None:
            found = part(value)
            if isinstance(value, (Site, Line, str)):
                shared[id(value)] = found
        return found

    of_program = part(program)
    found: dict[str, bytes] = {}
    for output in outputs:
        view = output.view
        fields = [once(getattr(view, field)) for field in view.__struct_fields__]
        found[output.path] = b"".join((of_program, templates.get(output.template, of_program), *fields))
    return found


def part(value: object) -> bytes:
    """Return the short hash of a view's value."""
    return hashlib.blake2b(msgspec.msgpack.encode(value), digest_size=_PART).digest()


def difference(output: Output, old: bytes, new: bytes) -> list[str]:
    """Name the things by which two keys of an output differ: `program`, `template`, or fields of its view."""
    names = ["program", "template", *output.view.__struct_fields__]
    if len(old) != len(new):
        return ["program"]
    return [
        name
        for place, name in enumerate(names)
        if old[place * _PART : (place + 1) * _PART] != new[place * _PART : (place + 1) * _PART]
    ]

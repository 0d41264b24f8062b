"""The plan: every file of the site as data, with the view that it shows and the key that tells whether it is new."""

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from itertools import pairwise
from typing import Literal, TypeVar

import msgspec

from digest import urls, views
from digest.dates import EPOCH, microseconds, rfc3339
from digest.errors import DigestError
from digest.library import Library, Topic
from digest.model import Article
from digest.views import Address, Card, Group, Line, Link, Period, Site, TopicLink, View

Role = Literal["asset", "page", "index", "feed"]
ROLES: tuple[Role, ...] = ("asset", "page", "index", "feed")
"""In the order in which they are written: what is linked to before what links to it."""
T = TypeVar("T")
_PART = 8
"""Bytes of a key for each thing that the file depends on."""


class Output(msgspec.Struct, frozen=True, gc=False):
    """A file of the site."""

    path: str
    """Relative to the output folder."""
    role: Role
    template: str
    """The theme's file that renders it; empty where the program does (feeds, assets)."""
    view: View


def plan(library: Library, site: Site, assets: Mapping[str, bytes]) -> list[Output]:
    """Return every file of the site; `assets` are the theme's static files with the hash of each."""
    outputs = [
        Output(f"static/{name}", "asset", "", views.Asset(name, digest)) for name, digest in sorted(assets.items())
    ]
    cards = {article.id: views.card(article) for article in library.articles}
    lines = {article.id: views.line(article) for article in library.articles}
    outputs += _articles(library, site, lines)
    outputs += _calendar(library, site, cards, lines)
    outputs += _topics(library, site, cards, lines)
    outputs += _entrances(library, site, cards, lines)
    outputs += _sitemaps(library, site, outputs)
    return outputs


def _articles(library: Library, site: Site, lines: Mapping[str, Line]) -> Iterator[Output]:
    links = {topic.slug: Link(urls.topic(topic.slug), topic.name) for topic in library.topics.values()}
    for articles in library.days.values():
        for newer, article, older in _neighbours(articles):
            of_article = [links[slug] for slug in dict.fromkeys(map(urls.topic_slug, article.topics))]
            view = views.ArticlePage(
                site, article, tuple(of_article), lines[newer.id] if newer else None, lines[older.id] if older else None
            )
            yield Output(article.href, "page", "article.html", view)


def _calendar(library: Library, site: Site, cards: Mapping[str, Card], lines: Mapping[str, Line]) -> Iterator[Output]:
    for newer, day, older in _neighbours(list(library.days)):
        of_day = tuple(cards[article.id] for article in library.days[day])
        yield Output(urls.period(day), "page", "day.html", views.DayPage(site, day, of_day, _to(newer), _to(older)))
    for newer, month, older in _neighbours(list(library.months)):
        days = tuple(_day(day, library.days[day], lines) for day in library.months[month])
        yield Output(
            urls.period(month), "index", "month.html", views.MonthPage(site, month, days, _to(newer), _to(older))
        )
    for newer, year, older in _neighbours(list(library.years)):
        yield Output(
            urls.period(year),
            "index",
            "year.html",
            views.YearPage(site, _year(library, year, with_days=True), _to(newer), _to(older)),
        )
    years = tuple(_year(library, year, with_days=False) for year in library.years)
    yield Output("archive/index.html", "index", "archive.html", views.Archive(site, years))


def _topics(library: Library, site: Site, cards: Mapping[str, Card], lines: Mapping[str, Line]) -> Iterator[Output]:
    links = tuple(
        TopicLink(urls.topic(topic.slug), topic.name, len(topic.articles)) for topic in library.topics.values()
    )
    yield Output(
        "topics/index.html",
        "index",
        "topics.html",
        views.Topics(site, tuple(sorted(links, key=lambda link: (link.name.casefold(), link.href)))),
    )
    for topic in library.topics.values():
        years: list[Period] = []
        if len(topic.articles) > views.TOPIC_CARDS:
            for year, articles in _by_period(topic.articles, 4):
                years.append(Period(urls.topic(topic.slug, year), year, len(articles)))
                yield Output(
                    years[-1].href, "index", "topic-year.html", _topic_year(site, topic, year, articles, lines)
                )
        newest = tuple(cards[article.id] for article in topic.articles[: views.TOPIC_CARDS])
        yield Output(
            urls.topic(topic.slug),
            "index",
            "topic.html",
            views.TopicPage(site, topic.name, len(topic.articles), newest, tuple(years)),
        )


def _topic_year(
    site: Site, topic: Topic, year: str, articles: Sequence[Article], lines: Mapping[str, Line]
) -> views.TopicYear:
    months = tuple(
        Group(month, tuple(_day(day, of_day, lines) for day, of_day in _by_period(of_month, 10)))
        for month, of_month in _by_period(articles, 7)
    )
    return views.TopicYear(site, topic.name, urls.topic(topic.slug), year, months)


def _entrances(library: Library, site: Site, cards: Mapping[str, Card], lines: Mapping[str, Line]) -> Iterator[Output]:
    days = list(library.days)[: views.HOME_DAYS + 1]
    latest = days[0] if days else ""
    of_latest = tuple(cards[article.id] for article in library.days.get(latest, ()))
    earlier = tuple(_day(day, library.days[day], lines, views.HOME_LINES) for day in days[1:])
    yield Output(
        "index.html",
        "index",
        "home.html",
        views.Home(site, latest, urls.period(latest) if latest else "", of_latest, earlier),
    )
    yield Output("404.html", "page", "404.html", views.NotFound(site))
    yield Output("robots.txt", "feed", "robots.txt", views.Robots(site))
    entries = tuple(library.articles[: views.FEED_ENTRIES])
    newest = _last_changed(entries) if entries else None
    updated = newest.updated or newest.published if newest else rfc3339(EPOCH)
    yield Output("feed.xml", "feed", "", views.Feed(site, "feed.xml", updated, entries))


def _sitemaps(library: Library, site: Site, outputs: Sequence[Output]) -> list[Output]:
    """One sitemap a month, one for the other pages, and the index of them (sitemaps.org/protocol)."""
    maps = []
    index = []
    for month, days in library.months.items():
        addresses = []
        for day in days:
            newest = _last_changed(library.days[day])
            addresses.append(Address(urls.period(day), _lastmod(newest)))
            addresses += [Address(article.href, _lastmod(article)) for article in library.days[day]]
        path = f"sitemaps/{month}.xml"
        maps.append(Output(path, "feed", "sitemap.xml", views.Sitemap(site, tuple(addresses))))
        index.append(Address(path, _lastmod(_last_changed([article for day in days for article in library.days[day]]))))
    others = tuple(Address(output.path, "") for output in outputs if output.role == "index")
    maps.append(Output("sitemaps/pages.xml", "feed", "sitemap.xml", views.Sitemap(site, others)))
    index.append(Address("sitemaps/pages.xml", ""))
    return [*maps, Output("sitemap.xml", "feed", "sitemap-index.xml", views.Sitemap(site, tuple(index)))]


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


def _day(date: str, articles: Sequence[Article], lines: Mapping[str, Line], limit: int | None = None) -> views.Day:
    return views.Day(urls.period(date), date, len(articles), tuple([lines[article.id] for article in articles[:limit]]))


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
    for (before, item), (_, after) in pairwise(pairwise([None, *items, None])):
        assert item is not None
        yield before, item, after


def _to(date: str | None) -> Link | None:
    return Link(urls.period(date), date) if date else None


def keys(outputs: Iterable[Output], program: str, templates: Mapping[str, bytes]) -> dict[str, bytes]:
    """Return the key of every output by its path: a short hash for each thing that it depends on.

    That is the `program`, its template with all that it includes (`templates` has their hashes), and every
    field of its view. Raises DigestError where two outputs have the same path.
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
        if output.path in found:
            raise DigestError(
                f"two pages want to be {output.path}", "this is a mistake in the program: please report it"
            )
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

"""Linked data: what a page says to machines in the words of schema.org; nothing that it does not show its readers."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import lru_cache
from typing import Any

import msgspec

from digest import urls, views
from digest.model import Source
from digest.pages import limits, social
from digest.views import Site

_encode = msgspec.json.Encoder().encode
_Data = dict[str, Any]
Trail = list[tuple[str, str]]
"""Names and paths of pages, from the front page to the page itself."""


def script(view: views.View, path: str, words: Mapping[str, Any], date: Callable[[str], str]) -> str:
    """Return a page's JSON-LD, safe inside `<script>`; empty where there is nothing to say.

    `words` are those of the interface, `date` writes a date as its language does.
    """
    if isinstance(view, views.ArticlePage):
        things = [_article(view), _trail([(view.article.title, path)], view.site, view.article.date, date)]
    else:
        pages = _pages(view, words, date)
        if not pages:
            return ""
        name, hrefs, trail = pages
        site: Site = view.site  # type: ignore[attr-defined]  # each of `_pages` has one
        things = [_collection(name, hrefs, path, site)]
        if trail:
            things.append(_trail([*trail, (name, path)], site))
    data = _encode({"@context": "https://schema.org", "@graph": things}).decode()
    # Valid JSON still, and no `</script>` or `<!--`; JavaScript took the last two for line ends.
    return data.replace("<", "\\u003c").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")


def _article(view: views.ArticlePage) -> _Data:
    site, article = view.site, view.article
    url = urls.absolute(site.url, article.href)
    said: _Data = {
        "@type": "NewsArticle",
        "@id": url,
        "mainEntityOfPage": url,
        "headline": article.title,
        "inLanguage": article.lang,
        "datePublished": article.published if article.time else article.date,
        "publisher": _publisher(site),
    }
    if article.kicker:
        said["alternativeHeadline"] = article.kicker
    if article.summary:
        said["description"] = article.summary
    if article.updated:
        said["dateModified"] = article.updated
    if article.authors:
        said["author"] = [{"@type": "Person", "name": name} for name in article.authors]
    elif article.source:
        said["author"] = [{"@type": "Organization", "name": article.source.name}]
    if article.source:
        said["isBasedOn"] = _source(article.source)
    if view.topics:
        said["articleSection"] = view.topics[0].text
        said["keywords"] = [topic.text for topic in view.topics]
    if shown := social.picture(view, site):
        said["image"] = shown.url
    if article.corrections:
        said["correction"] = [
            {"@type": "CorrectionComment", "text": one.text, "datePublished": one.date} for one in article.corrections
        ]
    return said


def _source(source: Source) -> _Data:
    publisher = {"@type": "Organization", "name": source.name}
    known: _Data = {"@type": "CreativeWork", "publisher": publisher}
    return known | {"url": source.url} if source.url else known


@lru_cache(maxsize=16)
def _publisher(site: Site) -> msgspec.Raw:
    return msgspec.Raw(_encode({"@type": "Organization", "name": site.author or site.title, "url": site.url}))


def _trail(
    pages: Iterable[tuple[str, str]], site: Site, day: str = "", date: Callable[[str], str] | None = None
) -> _Data:
    """Return the way from the front page to a page, for an article by way of its day."""
    steps: list[msgspec.Raw | _Data] = [_step(1, site.title, site.home, site.url)]
    if date:
        steps.append(_step(2, date(day), urls.period(day), site.url))
    for name, path in pages:
        steps.append(_step_data(len(steps) + 1, name, path, site.url))
    return {"@type": "BreadcrumbList", "itemListElement": steps}


@lru_cache(maxsize=256)
def _step(place: int, name: str, path: str, base: str) -> msgspec.Raw:
    return msgspec.Raw(_encode(_step_data(place, name, path, base)))


def _step_data(place: int, name: str, path: str, base: str) -> _Data:
    return {"@type": "ListItem", "position": place, "name": name, "item": urls.absolute(base, path)}


def _collection(name: str, hrefs: Sequence[str], path: str, site: Site) -> _Data:
    url = urls.absolute(site.url, path)
    items = [
        {"@type": "ListItem", "position": place, "url": urls.absolute(site.url, href)}
        for place, href in enumerate(hrefs, 1)
    ]
    return {
        "@type": "CollectionPage",
        "@id": url,
        "url": url,
        "name": name,
        "inLanguage": site.language,
        "publisher": _publisher(site),
        "mainEntity": {"@type": "ItemList", "numberOfItems": len(items), "itemListElement": items},
    }


def _pages(
    view: views.View, words: Mapping[str, Any], date: Callable[[str], str]
) -> tuple[str, Sequence[str], Trail] | None:
    """Return what a page that leads to others is called, where it leads, and what stands between front page and it."""
    archive = (str(words["archive"]), "archive/index.html")
    topics = (str(words["topics"]), "topics/index.html")
    match view:
        case views.Home(site=site, cards=cards):
            return site.title, [card.href for card in cards], []
        case views.DayPage(date=day, cards=cards):
            return date(day), [card.href for card in cards], [archive, *_periods(date, day[:4], day[:7])]
        case views.MonthPage(date=month, days=days):
            return date(month), [day.href for day in days], [archive, *_periods(date, month[:4])]
        case views.YearPage(year=year):
            return year.date, [month.href for month in year.parts], [archive]
        case views.Archive(years=years):
            return archive[0], [year.href for year in years], []
        case views.Topics(topics=links):
            return topics[0], [link.href for link in links], []
        case views.TopicPage(name=name, cards=cards):
            return name, [card.href for card in cards], [topics]
        case views.TopicYear(name=name, href=href, date=year, months=months):
            lines = [line.href for month in months for day in month.days for line in day.lines]
            return f"{name}, {year}", lines[: limits.TOPIC_CARDS], [topics, (name, href)]  # else half of the page
        case views.Stories(stories=stories):
            return str(words["stories"]), [story.href for story in stories], []
        case views.StoryPage(title=title, days=days):
            hrefs = [mention.href for day in days for mention in day.mentions]
            return title, hrefs, [(str(words["stories"]), "stories/index.html")]
    return None


def _periods(date: Callable[[str], str], *periods: str) -> Trail:
    return [(date(period), urls.period(period)) for period in periods]

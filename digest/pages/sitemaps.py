"""The sitemap: an index of parts, one for each month and one for the other pages (sitemaps.org/protocol)."""

from collections.abc import Iterator, Sequence

from digest import urls, views
from digest.feeds import archives
from digest.library import Library
from digest.memo import Memo
from digest.model import Article
from digest.outputs import Output
from digest.views import Address, Site


def of_all(library: Library, site: Site, memo: Memo) -> Iterator[Output]:
    """One sitemap a month, one for the other pages, and the index of them (sitemaps.org/protocol)."""
    pages = ["index.html", "archive/index.html", "topics/index.html", "stories/index.html", "subscribe/index.html"]
    pages += map(urls.front, site.languages)
    pages += map(urls.story, library.stories)
    pages += [urls.period(date) for date in (*library.years, *library.months)]
    for topic in library.topics.values():
        pages.append(urls.topic(topic.slug))
        pages += [urls.topic(topic.slug, year) for year in memo(_years, topic.slug, topic.articles)[1:]]
    others = Output(
        "sitemaps/pages.xml", "feed", "sitemap.xml", views.Sitemap(site, tuple(Address(page, "") for page in pages))
    )
    parts = [Address(others.path, "")]
    for month, days in library.months.items():
        changed = archives.last_changed([article for day in days for article in library.days[day]])
        parts.append(Address(f"sitemaps/{month}.xml", lastmod(changed)[:10]))  # so that it changes once a day
    yield others
    yield Output("sitemap.xml", "feed", "sitemap-index.xml", views.Sitemap(site, tuple(parts)))


def _years(articles: Sequence[Article]) -> list[str]:
    """Return the years of articles, in their order."""
    return list(dict.fromkeys([article.date[:4] for article in articles]))


def lastmod(article: Article) -> str:
    """Return when an article was last changed, as the sitemap says it: a moment in RFC 3339, or a day."""
    return article.updated or (article.published if article.time else article.date)

"""The Atom feed (RFC 4287), made by feedgen."""

from collections.abc import Mapping
from html import escape

from feedgen.entry import FeedEntry
from feedgen.feed import FeedGenerator
from lxml import etree

from digest import locales, markdown, urls
from digest.model import Article, Body
from digest.views import Feed

MAX_SIZE = 900_000
"""Bytes of entries in a feed, which keeps it under the 1 MB at which readers give up."""


def atom(feed: Feed, texts: Mapping[Body, str]) -> bytes:
    """Return the feed as XML; entries that MAX_SIZE has no room for carry their summary and a link only."""
    site = feed.site
    made = FeedGenerator()
    made.id(site.id)
    made.title(f"{site.title} ({locales.own_name(site.language)})" if site.home != "index.html" else site.title)
    made.language(site.language)
    made.updated(feed.updated)
    made.author(name=site.author or site.title)
    made.generator("digest", version=site.version, uri="https://pypi.org/project/news-digest/")
    if site.description:
        made.subtitle(site.description)
    made.link(href=urls.absolute(site.url, feed.href), rel="self", type="application/atom+xml")
    made.link(href=urls.absolute(site.url, site.home), rel="alternate", type="text/html")
    left = MAX_SIZE
    for article in feed.entries:
        content = _content(article, site.url, texts.get(article.body))
        bare = _entry(article, site.url)
        size = _size(bare)
        whole = size + len(escape(content).encode())
        if whole <= left:
            left -= whole
            bare.content(content, type="html")
            made.add_entry(bare, order="append")
        elif size <= left:
            left -= size
            made.add_entry(bare, order="append")
    return bytes(made.atom_str(pretty=True))


def _size(entry: FeedEntry) -> int:
    return len(etree.tostring(entry.atom_entry(), encoding="utf-8"))


def _entry(article: Article, base: str) -> FeedEntry:
    made = FeedEntry()
    made.id(article.id)
    made.title(article.title)
    made.link(href=urls.absolute(base, article.href), rel="alternate", type="text/html")
    if article.source and article.source.url:
        made.link(href=article.source.url, rel="via", title=article.source.name)
    made.published(article.published)
    made.updated(article.updated or article.published)
    for author in article.authors or ([article.source.name] if article.source else []):
        made.author(name=author)
    for topic in article.topics:
        made.category(term=topic)
    if article.notice:
        made.rights(article.notice)
    if article.summary:
        made.summary(article.summary)
    return made


def _content(article: Article, base: str, text: str | None) -> str:
    """Return an article's HTML with its language and direction, and with absolute links.

    Without `text`, which the article's rights do not allow, that is a link to the original and what may be shown.
    """
    html = _pointer(article) if text is None else markdown.render(text, urls.absolute(base, article.href))
    kicker = f'<p class="kicker">{escape(article.kicker)}</p>\n' if article.kicker else ""
    return f'<div lang="{article.lang}" dir="{article.dir}">\n{kicker}{html}</div>'


def _pointer(article: Article) -> str:
    source = article.source
    link = f'<p><a href="{escape(source.url)}">{escape(source.name)}</a></p>\n' if source and source.url else ""
    return f"{link}<p>{escape(article.summary)}</p>\n" if article.summary else link

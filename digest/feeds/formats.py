"""The feeds: Atom (RFC 4287, RFC 5005) and RSS 2.0 by feedgen, and JSON Feed 1.1."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from html import escape
from typing import Any

import msgspec
from feedgen.entry import FeedEntry
from feedgen.ext.base import BaseExtension
from feedgen.feed import FeedGenerator
from lxml import etree

from digest import locales, urls
from digest.dates import own_moment
from digest.feeds import entries
from digest.feeds.entries import Entry
from digest.model import Body
from digest.views import Feed, Note

MAX_SIZE = 900_000
"""Bytes of entries in a feed, which keeps it under the 1 MB at which readers give up."""
STYLE = "static/feed.css"
"""Its name does not change with what is in it: archives name it."""
_MAIL_BEGINS = "1000"
"""The first year that a date of RSS can name (RFC 5322, section 3.3): it has four digits, and is written without zeros."""
_HISTORY = "http://purl.org/syndication/history/1.0"
_ABOUT = "https://pypi.org/project/news-digest/"


class _Whole(FeedEntry):  # type: ignore[misc]  # feedgen brings no types
    """An entry with all that Atom has and feedgen has no methods for, in a tenth of its time."""

    def __init__(self, made: Any) -> None:
        self._made = made

    def register_extension(self, *_: Any, **__: Any) -> None:
        """Need none."""

    def atom_entry(self, extensions: bool = True) -> Any:
        """Return the XML."""
        return self._made


class _Spelled(BaseExtension):  # type: ignore[misc]
    """Plain texts of an RSS feed and its items, written so that nobody takes them for HTML."""

    def extend_rss(self, element: Any) -> Any:
        """Write those of a feed or an item anew."""
        of_feed = element.tag == "rss"
        _spell(element[0] if of_feed else element, ("title", "category", *(["description"] if of_feed else [])))
        return element


class _History(BaseExtension):  # type: ignore[misc]
    """What feedgen's feeds lack: the style for browsers, and the mark of an archive (RFC 5005, section 4)."""

    style = ""
    archive = False

    def extend_ns(self) -> dict[str, str]:
        """Name the vocabulary of RFC 5005 where it is used."""
        return {"fh": _HISTORY} if self.archive else {}

    def extend_atom(self, feed: Any) -> Any:
        """Add it."""
        if self.archive:
            etree.SubElement(feed, f"{{{_HISTORY}}}archive")
        feed.addprevious(etree.ProcessingInstruction("xml-stylesheet", f'type="text/css" href="{self.style}"'))
        _spell(feed, ("title", "subtitle", "author/name"))
        return feed


def make(feed: Feed, texts: Mapping[Body, str], words: Mapping[str, Any]) -> bytes:
    """Return a feed in the format that its name tells; `words` are the interface's."""
    found = _entries(feed, texts)
    title = _title(feed, words)
    if feed.href.endswith(".json"):
        return _json(feed, found, title)
    if feed.href == urls.RSS:
        return _rss(feed, found, title)
    return _atom(feed, found, title, urls.root_of(feed.href) + STYLE)


def _title(feed: Feed, words: Mapping[str, Any]) -> str:
    site = feed.site
    title = f"{site.title} ({locales.own_name(site.language)})" if site.home != "index.html" else site.title
    more = feed.name or (words[feed.word] if feed.word else "")
    return f"{title}: {more}" if more else title


def _entries(feed: Feed, texts: Mapping[Body, str]) -> list[Entry]:
    """Return the entries; those that MAX_SIZE has no room for carry their summary and a link only."""
    site = feed.site
    if feed.notes:
        return [_note(feed, note) for note in feed.notes]
    bare = [entries.of_article(article, site, None) for article in feed.entries]
    if feed.brief:
        return bare
    left = MAX_SIZE - sum(map(_size, bare))
    found = []
    for article, entry in zip(feed.entries, bare, strict=True):
        html = entries.content(article, site.url, texts) if article.length < left or article.rights != "full" else None
        size = 0 if html is None else _escaped_size(html)
        fits = html is not None and size <= left
        left -= size if fits else 0
        found.append(entry._replace(html=html) if fits else entry)
    return found


def _escaped_size(html: str) -> int:
    return len(html.encode()) + 3 * (html.count("<") + html.count(">")) + 4 * html.count("&")


def _size(entry: Entry) -> int:
    """Return about how many bytes an entry has without its text; seldom too few."""
    words = len(entry.title) + len(entry.summary) + sum(map(len, entry.topics)) * 2 + sum(map(len, entry.authors))
    return 900 + 2 * words + 100 * len(entry.topics) + 2 * len(entry.url) + 2 * len(entry.via)


def _note(feed: Feed, note: Note) -> Entry:
    site = feed.site
    url = urls.absolute(site.url, note.href)
    if note.article:
        article = note.article
        html = entries.correction(article, note.text, site)
        return Entry(
            note.id, article.title, url, note.published, note.updated, article.lang, article.authors, note.text, html
        )
    title = str(locales.date(note.date, locales.locale_of(site.language)))
    title = f"{note.title} – {title}" if note.title else title
    html = entries.edition(note, site)
    return Entry(note.id, title, url, note.published, note.updated, site.language, html=html)


def _spell(element: Any, names: Sequence[str]) -> None:
    for name in names:
        for plain in element.findall(name):
            entries.spell(plain, plain.text or "")


def _generator(feed: Feed, title: str) -> FeedGenerator:
    site = feed.site
    made = FeedGenerator()
    made.id(feed.id)
    made.title(title)
    made.language(site.language)
    made.updated(feed.updated)
    made.author(entries.person(site.author or site.title))
    # An archive stays as it is, whatever program makes the next one.
    made.generator("digest", version="" if feed.current else site.version, uri=_ABOUT)
    made.subtitle(site.description)
    return made


def _atom(feed: Feed, found: Sequence[Entry], title: str, style: str) -> bytes:
    site = feed.site
    made = _generator(feed, title)
    made.register_extension("history", _History)
    made.history.style = style
    made.history.archive = bool(feed.current and feed.newer)
    # Each has a moment of its own, so that readers that sort by it keep an order.
    found = [entry._replace(updated=own_moment(entry.updated, entry.id)) for entry in found]
    made.updated(max([feed.updated, *(entry.updated for entry in found)], key=datetime.fromisoformat))
    links = {"self": feed.href, "current": feed.current, "prev-archive": feed.older, "next-archive": feed.newer}
    for rel, href in links.items():
        if href:
            made.link(href=urls.absolute(site.url, href), rel=rel, type="application/atom+xml")
    made.link(href=urls.absolute(site.url, feed.page), rel="alternate", type="text/html")
    if site.hub and not feed.current:
        made.link(href=site.hub, rel="hub")
    for entry in found:
        made.add_entry(_Whole(entries.element(entry, site)), order="append")
    return bytes(made.atom_str(pretty=True))


def _rss(feed: Feed, found: Sequence[Entry], title: str) -> bytes:
    site = feed.site
    made = _generator(feed, title)
    made.register_extension("spelled", _Spelled, _Spelled, atom=False)
    made.description(site.description or site.title)
    made.link(href=urls.absolute(site.url, feed.href), rel="self", type="application/rss+xml")
    made.link(href=urls.absolute(site.url, feed.page), rel="alternate")
    if feed.updated >= _MAIL_BEGINS:
        made.lastBuildDate(feed.updated)
    for entry in found:
        one = made.add_entry(order="append")
        one.guid(entry.id, permalink=False)
        one.title(entry.title)
        one.link(href=entry.url)
        if entry.published >= _MAIL_BEGINS:
            one.published(entry.published)
        one.description(escape(entry.summary, quote=False) or None)  # it is HTML
        if entry.html is not None:
            one.content(entry.html, type="html")
        for topic in entry.topics:
            one.category(term=topic, scheme=f"{site.url}topics/")
        for file in entry.enclosures[:1]:
            one.enclosure(file.url, file.length or "0", file.type)
    return bytes(made.rss_str(pretty=True))


def _json(feed: Feed, found: Sequence[Entry], title: str) -> bytes:
    site = feed.site
    made = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": title,
        "home_page_url": urls.absolute(site.url, feed.page),
        "feed_url": urls.absolute(site.url, feed.href),
        "description": site.description,
        "authors": [{"name": site.author or site.title}],
        "language": site.language,
        "hubs": [{"type": "WebSub", "url": site.hub}] if site.hub else [],
        "items": [entries.item(entry) for entry in found],
    }
    kept = {name: value for name, value in made.items() if value or name == "items"}
    return msgspec.json.format(msgspec.json.encode(kept), indent=1)

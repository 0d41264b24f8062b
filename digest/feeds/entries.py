"""The entries of feeds: an article, an edition or a correction as Atom and JSON Feed say it."""

import mimetypes
import re
from collections.abc import Iterator, Mapping
from html import escape
from typing import Any, NamedTuple
from urllib.parse import urljoin

from lxml import etree

from digest import markdown, urls
from digest.content import new_id
from digest.model import Article, Body
from digest.views import Card, Mention, Note, Site

LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_WEB = re.compile(r"https?://[^\s<>\"]+")
_TYPE = re.compile(r"[\w.+-]+/[\w.+-]+")
_WITH_EMAIL = re.compile(r"(.*?)\s*<([\w.+'-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+)>")
_MARKED_UP = re.compile("([<&])")
Element = Any


class Enclosure(NamedTuple):
    """A file that belongs to an article."""

    url: str
    type: str
    length: str
    """Bytes, or nothing."""


class Entry(NamedTuple):
    """What a feed says of one thing, in every format."""

    id: str
    title: str
    url: str
    published: str
    updated: str
    lang: str
    authors: tuple[str, ...] = ()
    summary: str = ""
    html: str | None = None
    """None where the feed has no text of it, or no room for one."""
    topics: tuple[str, ...] = ()
    rights: str = ""
    source: str = ""
    via: str = ""
    """The address of the original."""
    enclosures: tuple[Enclosure, ...] = ()


def of_article(article: Article, site: Site, html: str | None) -> Entry:
    """Return the entry of an article."""
    source = article.source
    return Entry(
        article.id,
        article.title,
        urls.absolute(site.url, article.href),
        article.published,
        article.updated or article.published,
        article.lang,
        article.authors or ((source.name,) if source else ()),
        article.summary,
        html,
        article.topics,
        article.notice,
        source.name if source else "",
        urls.uri(source.url) if source else "",
        tuple(enclosures(article, site)) if article.extra else (),
    )


def enclosures(article: Article, site: Site) -> Iterator[Enclosure]:
    """Yield the files that the front matter names: `enclosures`, each with `url`, `type` and `length`, and `image`."""
    base = urls.absolute(site.url, article.href)
    listed = article.extra.get("enclosures")
    for value in [*(listed if isinstance(listed, list) else [listed]), article.extra.get("image")]:
        known = value if isinstance(value, dict) else {"url": value}
        url = known.get("url")
        if isinstance(url, str) and url and url.isprintable():
            try:
                whole = urls.uri(urljoin(base, url))
            except ValueError:  # `http://[` is none
                continue
            guessed = mimetypes.guess_type(url.partition("?")[0])[0] or "application/octet-stream"
            kind, length = str(known.get("type") or guessed), str(known.get("length") or "")
            if _WEB.fullmatch(whole) and _TYPE.fullmatch(kind):
                yield Enclosure(whole, kind, length if length.isdecimal() else "")


def element(entry: Entry, site: Site) -> Element:
    """Return an Atom entry. Names have no prefix: feedgen's feed says what they belong to."""
    made = etree.Element("entry", {LANG: entry.lang})
    add = etree.SubElement
    add(made, "id").text = entry.id
    spell(add(made, "title"), entry.title)
    add(made, "published").text = entry.published
    add(made, "updated").text = entry.updated
    add(made, "link", rel="alternate", type="text/html", href=entry.url)
    if entry.via:
        add(made, "link", rel="via", href=entry.via)
    for one in entry.enclosures:
        more = {"length": one.length} if one.length else {}
        add(made, "link", {"rel": "enclosure", "href": one.url, "type": one.type, **more})
    for author in entry.authors:
        who = add(made, "author")
        for key, value in person(author).items():
            spell(add(who, key), value)
    scheme = f"{site.url}topics/"
    for topic in entry.topics:
        add(made, "category", term=urls.topic_slug(topic), scheme=scheme, label=topic)
    if entry.rights:
        _prose(add(made, "rights"), entry.rights)
    if entry.summary or entry.html is None:  # readers and validators want one of the two
        _prose(add(made, "summary"), entry.summary or entry.title)
    if entry.html is not None:
        add(made, "content", type="html").text = entry.html
    if entry.source:
        source = add(made, "source")
        add(source, "id").text = new_id(f"source {entry.source}")
        spell(add(source, "title"), entry.source)
        add(source, "updated").text = entry.published
        if entry.via:
            add(source, "link", rel="alternate", href=entry.via)
    return made


def spell(element: Element, text: str) -> None:
    """Set the plain text of an element, with `&` and `<` in hexadecimal: nobody takes what follows for HTML then.

    It is the same to all who read XML (RSS Advisory Board, Really Simple Syndication Best Practices Profile, "Character
    Data").
    """
    if not _MARKED_UP.search(text):
        element.text = text
        return
    first, *more = _MARKED_UP.split(text)
    element.text = first
    for sign, after in zip(more[::2], more[1::2], strict=True):
        spelled = etree.Entity(f"#x{ord(sign):X}")
        spelled.tail = after
        element.append(spelled)


def _prose(element: Element, text: str) -> None:
    """Set a text that readers show as HTML, whatever it says of itself: in plain text with `<`, they would lose words."""
    if _MARKED_UP.search(text):
        element.set("type", "html")
        text = escape(text, quote=False)
    element.text = text


def person(author: str) -> dict[str, str]:
    """Return the name of somebody and, where it stands behind the name, the address of e-mail (RFC 4287, section 3.2)."""
    if found := _WITH_EMAIL.fullmatch(author):
        return {"name": found[1] or found[2], "email": found[2]}
    return {"name": author}


def item(entry: Entry) -> dict[str, Any]:
    """Return an item of a JSON Feed 1.1."""
    found: dict[str, Any] = {
        "id": entry.id,
        "url": entry.url,
        "external_url": entry.via,
        "title": entry.title,
        "content_html": entry.html or "",
        "summary": entry.summary,
        "image": next((one.url for one in entry.enclosures if one.type.startswith("image/")), ""),
        "date_published": entry.published,
        "date_modified": entry.updated,
        "authors": [{"name": author} for author in entry.authors],
        "tags": entry.topics,
        "language": entry.lang,
        "attachments": [
            {"url": one.url, "mime_type": one.type} | ({"size_in_bytes": int(one.length)} if one.length else {})
            for one in entry.enclosures
        ],
    }
    found = {name: value for name, value in found.items() if value}
    if entry.html is None:
        found["content_text"] = entry.summary or entry.title
    return found


def content(article: Article, base: str, texts: Mapping[Body, str]) -> str:
    """Return an article's HTML with its language and direction, and with absolute links.

    Where rights do not allow its text, that is a link to the original and what may be shown.
    """
    text = texts.get(article.body)
    html = _pointer(article) if text is None else markdown.render(text, urls.absolute(base, article.href))
    kicker = f'<p class="kicker">{escape(article.kicker)}</p>\n' if article.kicker else ""
    return f'<div lang="{article.lang}" dir="{article.dir}">\n{kicker}{html}</div>'


def edition(note: Note, site: Site) -> str:
    """Return the HTML of an edition: an editor's note, then its articles in their order, each with summary and source."""
    words = markdown.render(note.text, urls.absolute(site.url, note.href)) if note.text else ""
    cards = "".join(_card(card, site) for card in note.cards)
    return f'<div lang="{site.language}" dir="{site.dir}">\n{words}{cards}</div>'


def correction(article: Article, text: str, site: Site) -> str:
    """Return the HTML of a correction."""
    link = _link(article.href, article.title, site)
    return f'<div lang="{article.lang}" dir="{article.dir}">\n<p>{escape(text)}</p>\n<p>{link}</p>\n</div>'


def _card(card: Card, site: Site) -> str:
    parts = [f"<h2>{_link(card.href, card.title, site)}</h2>\n"]
    if card.kicker:
        parts.insert(0, f'<p class="kicker">{escape(card.kicker)}</p>\n')
    if card.summary:
        parts.append(f"<p>{escape(card.summary)}</p>\n")
    if card.source:
        parts.append(f"<p><small>{escape(card.source.name)}</small></p>\n")
    if card.others:
        parts.append(f"<ul>\n{''.join(_mention(other, site) for other in card.others)}</ul>\n")
    return f'<div lang="{card.lang}" dir="{card.dir}">\n{"".join(parts)}</div>\n'


def _mention(other: Mention, site: Site) -> str:
    source = f" · {escape(other.source)}" if other.source else ""
    return f'<li lang="{other.lang}" dir="{other.dir}">{_link(other.href, other.title, site)}{source}</li>\n'


def _link(href: str, text: str, site: Site) -> str:
    return f'<a href="{escape(urls.absolute(site.url, href))}">{escape(text)}</a>'


def _pointer(article: Article) -> str:
    source = article.source
    link = f'<p><a href="{escape(source.url)}">{escape(source.name)}</a></p>\n' if source and source.url else ""
    return f"{link}<p>{escape(article.summary)}</p>\n" if article.summary else link

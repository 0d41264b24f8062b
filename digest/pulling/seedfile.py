"""An entry of a feed as a seed file: an Atom feed with this entry alone (RFC 4287), or its page as a browser saves it."""

import hashlib
import re
from html import escape
from typing import Any
from urllib.parse import quote
from zoneinfo import ZoneInfo

from digest.dates import moment_of
from digest.seeds import encoding, html, when
from digest.seeds.feed import Entry, joined, longest_first
from digest.urls import slugify

_ATOM = "http://www.w3.org/2005/Atom"
_MEDIA = "http://search.yahoo.com/mrss/"
_XML = "http://www.w3.org/XML/1998/namespace"
_UNFIT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
"""What XML cannot hold (XML 1.0, section 2.2)."""
_END = re.compile(r"</(body|html)(?=[\s>])", re.IGNORECASE)
_LETTERS = str.maketrans("0123456789", "ghijklmnop")


def day_of(entry: Entry, today: str, zone: ZoneInfo) -> str:
    """Return the day of an entry in the digest's time zone; `today` where it says none that is understood."""
    try:
        return moment_of(when.moment(entry.known.date), zone).date
    except ValueError:
        return today


def mark_of(entry: Entry) -> str:
    """Return what tells the seed file of an entry from all others: letters, as digits may look like a date."""
    name = entry.id or entry.known.url or entry.known.title
    return hashlib.blake2b(name.encode("utf-8", "replace"), digest_size=4).hexdigest().translate(_LETTERS)


def stem_of(entry: Entry, day: str) -> str:
    """Return the name of an entry's seed file without suffix: the same for the same entry, whatever else its feed has."""
    return f"{day}-{slugify(entry.known.title, entry.known.lang)}-{mark_of(entry)}"


def atom(entry: Entry, day: str, feed: str, name: str) -> bytes:
    """Return an entry as a feed of its own. It reads as in the feed at the address `feed`, named `name` if that is given."""
    from lxml import etree

    known = entry.known
    root = etree.Element(f"{{{_ATOM}}}feed", nsmap={None: _ATOM, "media": _MEDIA})

    def add(parent: Any, tag: str, text: str = "", **attributes: str) -> Any:
        node = etree.SubElement(
            parent, f"{{{_ATOM}}}{tag}", attrib={key: _fit(value) for key, value in attributes.items()}
        )
        node.text = _fit(text) or None
        return node

    add(root, "id", f"urn:digest:pulled:{hashlib.blake2b(feed.encode(), digest_size=8).hexdigest()}")
    add(root, "title", name or known.publisher)
    add(root, "link", rel="self", href=feed)
    add(root, "updated", known.updated or known.date or day)
    node = etree.SubElement(root, f"{{{_ATOM}}}entry")
    if known.lang:
        node.set(f"{{{_XML}}}lang", _fit(known.lang))
    add(node, "id", entry.id or known.url)
    add(node, "title", known.title)
    if known.url:
        add(node, "link", rel="alternate", href=known.url)
    dated = when.moment(known.date)
    add(node, "published", known.date if dated else day)
    add(node, "updated", known.updated or (known.date if dated else day))
    for author in known.authors:
        add(add(node, "author"), "name", author)
    for topic in known.topics:
        add(node, "category", term=topic)
    if known.image:
        thumbnail = etree.SubElement(node, f"{{{_MEDIA}}}thumbnail")
        thumbnail.set("url", _fit(joined(entry.base, known.image)))
    texts = longest_first(entry.texts)
    for tag, text in zip(("content", "summary"), [*texts[:1], *texts[1:][-1:]], strict=False):
        written = etree.SubElement(node, f"{{{_ATOM}}}{tag}", type="html" if text.is_html else "text")
        if text.base or entry.base:
            written.set(f"{{{_XML}}}base", _fit(text.base or entry.base))
        written.text = _fit(text.text)
    etree.indent(root)
    return bytes(etree.tostring(root, encoding="utf-8", xml_declaration=True)) + b"\n"


def page(data: bytes, url: str, charset: str, entry: Entry, name: str) -> bytes | None:
    """Return an entry's page in UTF-8 with a note of its address, as browsers write it; None where its bytes are no text.

    What the feed, named `name` if that is given, says of the entry stands at the end: it counts where the page says nothing.
    """
    decoded = encoding.decode(data, charset or html.charset_of(data))
    if isinstance(decoded, encoding.Refused):
        return None
    address = escape(quote(url, safe="/%:@!$&'()*+,;=~-._?#[]"), quote=False)
    known = entry.known
    said = {
        "og:site_name": name or known.publisher,
        "article:published_time": when.moment(known.date),
        "author": known.authors[0] if known.authors else "",
        "og:locale": known.lang,
    }
    metas = "".join(f'<meta property="{key}" content="{escape(_fit(text))}">\n' for key, text in said.items() if text)
    text = decoded.text
    ends = {found[1].lower(): found.start() for found in _END.finditer(text)}
    end = ends.get("body", ends.get("html", len(text)))  # parsers do not look behind it
    text = f"\ufeff<!-- saved from url=({len(url):04}){address} -->\n{text[:end]}\n<!-- from the feed -->\n{metas}{text[end:]}"
    return text.encode("utf-8", "replace")


def _fit(text: str) -> str:
    """Return a text without what no XML can hold."""
    return _UNFIT.sub("", text.encode("utf-8", "replace").decode())

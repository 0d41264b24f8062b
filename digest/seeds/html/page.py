"""A page: what a web page says of its article in its head, its data for search engines and its headline."""

import json
import re
from collections import deque
from collections.abc import Iterator
from html import unescape
from itertools import islice
from typing import Any, NamedTuple
from urllib.parse import urljoin, urlsplit

from digest.seeds import markup, when
from digest.seeds.markup.elements import is_hidden
from digest.seeds.record import Fired
from digest.seeds.stated import MAX_ADDRESS, Stated, is_address, line

MAX_DATA = 2_000_000
"""Characters of a page's data for search engines."""
MAX_NODES = 20_000
"""Values in them that are looked at."""
MAX_FIGURES = 20
"""Figures among which the lead image is looked for."""
MAX_TITLE = 300
"""Characters of a first-level heading that can be a headline."""

# Names of `<meta>` elements, the surer first.
_PUBLISHED = (
    "article:published_time og:published_time datepublished article:published date.issued dcterms.issued dc.date.issued"
    " dcterms.created dc.date.created dcterms.date dc.date parsely-pub-date sailthru.date publish-date publish_date"
    " publication_date pubdate date"
)
_MODIFIED = "article:modified_time og:updated_time datemodified dcterms.modified dc.date.modified last-modified"
_TITLE = "og:title twitter:title headline dc.title dcterms.title title"
_SITE = "og:site_name application-name dc.publisher dcterms.publisher publisher"
_SUMMARY = "og:description description twitter:description dc.description"
_IMAGE = "og:image og:image:url og:image:secure_url twitter:image twitter:image:src"
_AUTHOR = "author article:author dc.creator dcterms.creator parsely-author sailthru.author byl"
# What content management systems call the line above a headline.
_KICKER = re.compile(
    r"(?:^|[\s_-])(?:kicker|topline|overline|eyebrow|dachzeile|oberzeile|spitzmarke|antet[ií]tulo|surtitre|occhiello|"
    r"pre-?title|super-?title)(?:$|[\s_-])",
    re.IGNORECASE,
)
_ARTICLE = re.compile(r"Article$|(?<!Job)Posting$|^Report$|^Review$|^CreativeWork$")
_SEPARATOR = re.compile(r"\s+[|｜–—:·•»«-]+\s+|\s*[|｜]\s*")
_SIZE = re.compile(r"(?:[-_]\d{1,5}(?:x\d{1,5})?|[-_](?:scaled|large|medium|small|thumb))+$")
_SAVED_FROM = re.compile(r"<!--\s*(?:saved from url=\(\d+\)|Page saved with SingleFile\s+url:\s*)(https?://[^\s>]+)")
_COMMENT = re.compile(r"^\s*+(?:<!--|//<!\[CDATA\[|<!\[CDATA\[)|(?:-->|//\]\]>|\]\]>)\s*+;?\s*+$")


class Facts(NamedTuple):
    """What a page says of its article."""

    stated: Stated
    base: str
    """Against which its relative links are meant."""
    fired: tuple[Fired, ...]
    taken: tuple[Any, ...]
    """Elements that hold the headline or kicker, and so are not the text."""
    body: str
    """The text, where the page's data have it: a page that is built by a script may show none."""


class _Given(NamedTuple):
    """Where a page says things."""

    root: Any
    meta: dict[str, str]
    data: dict[str, Any]
    """Of the article, as in schema.org."""


def facts(root: Any, html: str, address: str = "") -> Facts:
    """Return what a page says; empty where it says nothing.

    `root` is its lxml element, `html` its text, and `address` where it was saved from, if that is known.
    """
    meta = _meta(root)
    url = _url(root, meta, html, address)
    given = _Given(root, meta, _data(root, url))
    base_node = root.find(".//base[@href]")
    base = _join(url, base_node.get("href")) if base_node is not None else url
    publisher = _name(given.data.get("publisher")) or _first(meta, _SITE)
    title, kicker, taken, how = _headline(given, publisher)
    date, updated, dated = _dates(given)
    image, caption = _image(given, base or url)
    stated = Stated(
        title=title,
        kicker=kicker,
        date=date,
        updated=updated,
        summary=_text(given.data.get("description")) or _first(meta, _SUMMARY),
        lang=_language(given),
        authors=_authors(given, publisher),
        publisher=publisher,
        url=url,
        image=image,
        caption=caption,
    )
    body = given.data.get("articleBody")
    return Facts(stated, base or url, (*how, *dated), taken, body if isinstance(body, str) else "")


def _meta(root: Any) -> dict[str, str]:
    """Return what `<meta>` elements say, the first of each name."""
    found: dict[str, str] = {}
    for node in root.iter("meta"):
        name = node.get("property") or node.get("name") or node.get("itemprop") or ""
        content = line(node.get("content") or "")
        if name and content:
            found.setdefault(name.lower(), content)
    return found


def _first(meta: dict[str, str], names: str) -> str:
    return next((meta[name] for name in names.split() if name in meta), "")


def _url(root: Any, meta: dict[str, str], html: str, address: str) -> str:
    """Return the canonical address; a home page's is none, which some sites give for every page."""
    canonical = root.find(".//link[@rel='canonical'][@href]")
    saved = _SAVED_FROM.search(html[:4096])
    given = [meta.get("og:url", ""), address, unescape(saved[1]) if saved else "", meta.get("twitter:url", "")]
    if canonical is not None:
        whole = next((url for url in given if is_address(url)), "")
        given.insert(0, _join(whole, canonical.get("href")))
    addresses = [url for url in given if is_address(url)]
    deep = (url for url in addresses if _split(url).path.strip("/") or _split(url).query)
    return next(deep, addresses[0] if addresses else "")


def _join(base: str, url: str) -> str:
    try:
        return urljoin(base, url.strip())
    except ValueError:
        return ""


def _split(url: str) -> Any:
    try:
        return urlsplit(url)
    except ValueError:
        return urlsplit("")


# Data for search engines (https://schema.org/Article, as JSON-LD)


def _data(root: Any, url: str) -> dict[str, Any]:
    """Return the page's data of its article; where it has several, of the one with the page's address."""
    found = [
        node for script in root.iter("script") if "ld+json" in (script.get("type") or "") for node in _nodes(script)
    ]
    own = (node for node in found if url and url in (_address(node.get("url")), _address(node.get("mainEntityOfPage"))))
    return next(own, found[0] if found else {})


def _nodes(script: Any) -> Iterator[dict[str, Any]]:
    """Yield the articles in a script, those that lie less deep first."""
    text = script.text or ""
    if len(text) > MAX_DATA:
        return
    try:
        values = deque([json.loads(_COMMENT.sub("", text), strict=False)])
    except (ValueError, RecursionError):
        return
    for _ in range(MAX_NODES):
        if not values:
            return
        value = values.popleft()
        if isinstance(value, dict):
            kinds = value.get("@type")
            kinds = kinds if isinstance(kinds, list) else [kinds]
            if any(isinstance(kind, str) and _ARTICLE.search(kind) for kind in kinds):
                yield value
            values.extend(value.values())
        elif isinstance(value, list):
            values.extend(value)


def _text(value: Any) -> str:
    return line(unescape(value)) if isinstance(value, str) else ""


def _name(value: Any) -> str:
    """Return the name of a person or organization, given plainly or as an object."""
    if isinstance(value, list):
        value = value[0] if value else ""
    return _text(value.get("name") if isinstance(value, dict) else value)


def _address(value: Any) -> str:
    if isinstance(value, dict):
        value = value.get("@id") or value.get("url")
    return value.strip() if isinstance(value, str) else ""


def _authors(given: _Given, publisher: str) -> tuple[str, ...]:
    people = given.data.get("author") or given.data.get("creator") or []
    names = [_name(each) for each in (people if isinstance(people, list) else [people])]
    if not any(names):
        nodes = [node for node in given.root.iter("a", "span") if _is_author(node)]
        names = [line(markup.text_of(node)) for node in nodes[:5]] or [_first(given.meta, _AUTHOR)]
    return tuple(name for name in names if name and name != publisher and "://" not in name)


def _is_author(node: Any) -> bool:
    return "author" in (node.get("rel") or "").split() or (node.get("itemprop") or "") == "author"


def _image(given: _Given, base: str) -> tuple[str, str]:
    image = given.data.get("image")
    if isinstance(image, list):
        image = image[0] if image else ""
    caption = _text(image.get("caption")) if isinstance(image, dict) else ""
    url = _address(image.get("url") or image.get("contentUrl") if isinstance(image, dict) else image)
    url = url or _first(given.meta, _IMAGE)
    figure, shown = _figure(given.root, url)
    if figure is None:
        return _join(base, url) if url else "", caption
    captions = (line(markup.text_of(node)) for node in figure.iter("figcaption"))
    return _join(base, url or shown), caption or next(captions, "")


def _figure(root: Any, url: str) -> tuple[Any, str]:
    """Return the figure that shows the lead image, and the address there.

    It is the one with a file of the image's name; where the page names no image, the first in its article.
    """
    for figure in islice(root.iter("figure"), MAX_FIGURES):
        nodes = [*figure.iter("img"), *figure.iter("source")]
        sources = [
            each for node in nodes for key in ("src", "data-src", "srcset") for each in (node.get(key) or "").split()
        ]
        named = next((each for each in sources if _file(each)), "")
        is_own = next(figure.iterancestors("article", "main"), None) is not None
        if (named and is_own and not url) or (url and any(_file(each) == _file(url) != "" for each in sources)):
            return figure, named
    return None, ""


def _file(url: str) -> str:
    """Return the name of an image's file, without what says its size or form."""
    name = (
        ""
        if len(url) > MAX_ADDRESS or url.startswith("data:")
        else _split(url).path.rpartition("/")[2].rpartition(".")[0]
    )
    return _SIZE.sub("", name)


def _language(given: _Given) -> str:
    html = given.root.get("lang") or given.root.get("{http://www.w3.org/XML/1998/namespace}lang")
    stated = (html, given.root.get("xml:lang"), given.data.get("inLanguage"), given.meta.get("og:locale"))
    return next((tag.strip() for tag in stated if isinstance(tag, str) and tag.strip()), "")


# Dates


def _dates(given: _Given) -> tuple[str, str, tuple[Fired, ...]]:
    """Return when the page says that it was published and changed: a time with its zone wins over a bare day."""
    data, meta = given.data, given.meta
    times = [node for node in given.root.iter("time") if when.moment(node.get("datetime") or "")]
    times = [node for node in times if _is_published(node)] or _after_heading(times)
    published = {
        "data": _text(data.get("datePublished") or data.get("dateCreated")),
        "meta": _first(meta, _PUBLISHED),
        "time": next((node.get("datetime") or "" for node in times), ""),
    }
    read = {name: when.moment(text) for name, text in published.items()}
    best = max(read, key=lambda name: _precision(read[name]))  # the first of the best
    if not read[best]:
        return "", "", ()
    updated = when.moment(_text(data.get("dateModified")) or _first(meta, _MODIFIED))
    is_later = len(updated) != len(read[best]) or updated > read[best]
    fired = Fired(f"html-date-{best}", 0.98, published[best])
    return read[best], updated if _precision(updated) >= _precision(read[best]) and is_later else "", (fired,)


def _is_published(time: Any) -> bool:
    named = time.get("itemprop") == "datePublished" or "published" in (time.get("class") or "").split()
    return named or time.get("pubdate") is not None


def _after_heading(times: list[Any]) -> list[Any]:
    """Return the times that stand after a heading of the first level, in the same part of the page."""
    return [
        time
        for time in times
        if any(part.find(".//h1") is not None for part in time.iterancestors("header", "article"))
    ]


def _precision(moment: str) -> int:
    """Count what a moment knows: nothing, the day, the time, the zone."""
    return min(len(moment) // 10, 1) + ("T" in moment) + (len(moment) > 19)


# The headline


def _headline(given: _Given, publisher: str) -> tuple[str, str, tuple[Any, ...], tuple[Fired, ...]]:
    """Return headline and kicker, the elements that hold them, and how they were found.

    A reader sees the heading of the first level; the head of a page says which heading is the article's.
    """
    node = given.root.find(".//title")
    whole = line(node.text_content()) if node is not None else ""
    said = _text(given.data.get("headline")) or _first(given.meta, _TITLE)
    headings = [(each, line(markup.text_of(each))) for each in given.root.iter("h1") if not is_hidden(each)]
    headings = [(each, text) for each, text in headings if 0 < len(text) <= MAX_TITLE and text != publisher]
    alike = [pair for pair in headings if _alike(pair[1], said) or _alike(pair[1], whole)]
    alike = alike or (headings if len(headings) == 1 and not said else [])
    if alike:
        heading, text = alike[0]
        kicker, above = _kicker(heading)
        title = line(text[len(kicker) :].lstrip(" :|–-")) if kicker and text.startswith(kicker) else text
        fired = [Fired("html-title-heading", 0.98, title[:80])]
        if kicker:
            fired.append(Fired("html-kicker-class", 0.95, kicker[:80]))
        return title or text, kicker if title else "", (heading, *above), tuple(fired)
    if said:
        return said, "", (), (Fired("html-title-meta", 0.95, said[:80]),)
    title = _without_site(whole, publisher, given.root)
    return title, "", (), (Fired("html-title-element", 0.8, title[:80]),) if title else ()


def _alike(heading: str, said: str) -> bool:
    """Tell whether a heading is the headline that a page names, perhaps with a site's name or a kicker to it."""
    bare = sorted((re.sub(r"\W+", "", text.casefold()) for text in (heading, said)), key=len)
    if bare[0] and bare[0] in bare[1] and len(bare[0]) * 5 > len(bare[1]) * 2:
        return True
    one, other = (set(re.findall(r"\w+", text.casefold())) for text in (heading, said))
    common = len(one & other)
    return common * 2 > len(one) and common * 3 > len(other)


def _kicker(heading: Any) -> tuple[str, tuple[Any, ...]]:
    """Return the line above a headline that the page itself calls a kicker, in the heading or directly before it."""
    before = [heading.getprevious(), heading.getparent().getprevious() if heading.getparent() is not None else None]
    for node in [*heading.iterdescendants(), *before]:
        if node is not None and isinstance(node.tag, str) and _KICKER.search(node.get("class") or ""):
            text = line(markup.text_of(node))
            if 0 < len(text) <= MAX_TITLE:
                return text, (node,)
    return "", ()


def _without_site(whole: str, publisher: str, root: Any) -> str:
    """Return a page's title without the site's name, which stands at its end or beginning."""
    for gap in _SEPARATOR.finditer(whole):
        before, after = whole[: gap.start()], whole[gap.end() :]
        if publisher and publisher in (before, after):
            return after if before == publisher else before
    gaps = [*_SEPARATOR.finditer(whole)]
    if gaps:
        body = root.find("body")
        text = re.sub(r"\s+", " ", body.text_content()) if body is not None else ""
        for part in (whole[: gaps[-1].start()], whole[gaps[0].end() :]):
            if part and part in text and whole not in text:
                return part
    return whole

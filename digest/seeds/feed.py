"""The feed formats: RSS, Atom and JSON Feed, of which each entry is an article."""

import io
import json
import re
from collections.abc import Iterable, Iterator, Sequence
from html import unescape
from html.entities import html5
from typing import Any, NamedTuple
from urllib.parse import urljoin

from digest.errors import Problem
from digest.seeds import markup, stated, when
from digest.seeds.html.locate import letters
from digest.seeds.record import Block, Fired, Reading, SeedArticle

NAME = "feed"
XML_FIELDS = {"title": "`<title>`", "date": "`<pubDate>` or `<published>`", "text": "`<description>` or `<content>`"}
JSON_FIELDS = {"title": "`title`", "date": "`date_published`", "text": "`content_html` or `content_text`"}

MAX_HEAD = 65_536
"""Characters before the first element of a feed."""

MAX_ATTRIBUTES = 100
"""Of an element: the parser takes the square of their number."""

_HEAD = 4096
_PROLOG = rb"(?:\xef\xbb\xbf)?(?>\s|<\?.*?\?>|<!--.*?-->|<!DOCTYPE[^\[>]*(?:\[.*?\]\s*)?>)*+"
_XML = re.compile(_PROLOG + rb"<(?:\w+:)?(?:rss|rdf|feed)[\s>]", re.IGNORECASE | re.DOTALL)
_JSON = re.compile(rb"\"version\"\s*:\s*\"https?:\\?/\\?/(?:www\.)?jsonfeed\.org\\?/version\\?/")
_NAMED = re.compile(r"\.(?:rss|atom|rdf)$", re.IGNORECASE)
_ENCODING = re.compile(rb"<\?xml[^>]{0,100}?encoding\s*=\s*[\"']([\w.:-]{1,40})[\"']")
_DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>")
_DOCTYPE = re.compile(r"<!DOCTYPE[^\[>]*(?:\[.*?\]\s*)?>", re.IGNORECASE | re.DOTALL)
_DECLARED = '<?xml version="1.0" encoding="utf-8"?>'
_PAGE = re.compile(r"(?>\s|<!--.*?-->)*+<(?:!doctype\s+html|html|head|body)[\s>]", re.IGNORECASE | re.DOTALL)
_ENTITY = re.compile(r"&([A-Za-z][A-Za-z0-9]{1,30});")
_START_TAG = re.compile(r"<[A-Za-z](?>[^<>\"']+|\"[^<\"]*\"|'[^<']*')*+>")
_ATTRIBUTE = re.compile("=\\s*[\"']")
_UNFIT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_ENTRY = re.compile(r"<(?:\w+:)?(?:item|entry)[\s>]")
_ENTRY_END = re.compile(r"</(?:\w+:)?(?:item|entry)\s*>")
_TAG = re.compile(r"</?[A-Za-z][^<>]*>")
_ZONE = re.compile(r"\s+\(?[A-Z]{2,5}\)?$")
_NO_TOPIC = frozenset(("uncategorized", "allgemein", "unkategorisiert"))


class Text(NamedTuple):
    """A text of an entry: its article or its summary."""

    text: str
    is_html: bool = False
    base: str = ""
    """Against which its own relative links are meant, where it says so."""


class Entry(NamedTuple):
    """An entry of a feed."""

    known: stated.Stated
    texts: tuple[Text, ...]
    base: str
    fired: tuple[Fired, ...]
    id: str
    """By which the feed knows it, if it says so."""


class Entries(NamedTuple):
    """What a feed holds."""

    text: str
    """The feed itself."""
    found: Sequence[Entry | str]
    """Its entries in their order, or why one is none."""
    broken: Problem | None
    """What is wrong with it: there may be no entry, or not all of them."""
    repairs: tuple[Fired, ...]


def recognises(data: bytes, path: str) -> bool:
    """Tell whether a file begins as a feed does, or is named as one."""
    head = data[:_HEAD]
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        head = head.replace(b"\0", b"")[2:]
    is_json = head.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{") and _JSON.search(data) is not None
    return is_json or _XML.match(head) is not None or _NAMED.search(path) is not None


def read(data: bytes, path: str, reading: Reading) -> Iterator[SeedArticle | Problem]:
    """Yield a feed's entries in their order, and a Problem for each that is no article."""
    parsed = entries_of(data, path)
    if isinstance(parsed, Problem):
        yield parsed
        return
    text, entries, broken, repairs = parsed
    is_json = _is_json(text)
    starts = [] if is_json else _starts(text, len(entries))
    fields = JSON_FIELDS if is_json else XML_FIELDS
    line = 1
    for number, entry in enumerate(entries):
        raw = data if len(entries) == 1 else repr(entry).encode("utf-8", "replace")
        if starts:
            line += text.count("\n", starts[number - 1] if number else 0, starts[number])
            raw = text[starts[number] : starts[number + 1]].encode("utf-8", "replace")
        if isinstance(entry, str):
            yield Problem("error", path, 0, f"entry {number + 1}: {entry}", "correct it, or take it out")
            continue
        where = stated.Where(NAME, path, line if starts else 0, raw, fields)
        article = _article(entry, where, reading, repairs)
        if isinstance(article, Problem) and len(entries) > 1:
            article = article._replace(message=f"entry {number + 1}: {article.message}")
        yield article
    if broken is not None:
        yield broken


def entries_of(data: bytes, path: str, declared: str = "", address: str = "") -> Entries | Problem:
    """Return the entries of a feed, or why it is none.

    `declared` is the encoding that came with it, which counts before its own (RFC 7303, section 3.2), and `address`
    where it is from: relative links are meant against that.
    """
    encoding = _ENCODING.search(data[:_HEAD])
    decoded = stated.decoded(data, path, declared or (encoding[1].decode("ascii") if encoding else ""))
    if isinstance(decoded, Problem):
        return decoded
    text, repairs = decoded
    found = _json_entries(text, path, address) if _is_json(text) else _xml_entries(text, path, address)
    return found if isinstance(found, Problem) else Entries(text, *found, repairs)


def _is_json(text: str) -> bool:
    return text.lstrip().startswith("{")


def _starts(text: str, count: int) -> list[int]:
    """Return where each of several entries begins, and where the last ends; nothing where that is not plain."""
    starts = [piece.start() for piece in _ENTRY.finditer(text)]
    ends = [piece.end() for piece in _ENTRY_END.finditer(text)]
    return [*starts, max(ends[-1], starts[-1])] if len(starts) == count > 1 and ends else []


def _article(entry: Entry, where: stated.Where, reading: Reading, repairs: tuple[Fired, ...]) -> SeedArticle | Problem:
    """Return an entry as an article: its longest text, and the shortest as summary if it says something else."""
    texts = longest_first(entry.texts)
    blocks = _blocks(texts[0], entry.base) if texts else ()
    summary = _plain(texts[-1]) if len(texts) > 1 else ""
    if letters(summary.rstrip("[]…. ")) in letters(" ".join(block.text for block in blocks)):
        summary = ""
    return stated.article(entry.known._replace(summary=summary), blocks, where, reading, (*repairs, *entry.fired))


def longest_first(texts: Iterable[Text]) -> list[Text]:
    """Return texts in the order of what they say, without their tags."""
    return sorted(texts, key=lambda text: len(_TAG.sub("", text.text)), reverse=True)


def _blocks(text: Text, base: str) -> tuple[Block, ...]:
    if text.is_html:
        return markup.of_html(text.text, text.base or base)
    return markup.of_text(text.text)


def _plain(text: Text) -> str:
    root = markup.parsed(text.text) if text.is_html else None
    return stated.line(text.text if root is None else markup.text_of(root))


def joined(base: str, link: str) -> str:
    """Return a link as a whole address; one that is none stays as it is."""
    try:
        return urljoin(base, link) if base and link else link
    except ValueError:
        return link


def _text(text: Any, is_html: bool, base: str = "") -> Text:
    """Return a text; what is said to be HTML but has no tag is text with entities, whose line ends count."""
    text = _UNFIT.sub("", text) if isinstance(text, str) else ""
    return Text(text, True, base) if is_html and _TAG.search(text) else Text(unescape(text) if is_html else text)


# RSS and Atom


def _xml_entries(text: str, path: str, address: str) -> tuple[list[Entry | str], Problem | None] | Problem:
    """Return the entries of an XML feed and what broke in it, or why it is none."""
    if _PAGE.match(text):
        return Problem(
            "error", path, 0, "the file is a web page, not a feed", "fetch the feed anew: this may be an error message"
        )
    start = re.search(r"<[A-Za-z]", text)
    head = text[: start.start() if start else len(text)]
    if start is None or len(head) > MAX_HEAD:
        return Problem(
            "error", path, 0, "the file is no feed: there is no element at its beginning", "fetch the feed anew"
        )
    if bomb := re.search(r"<!ENTITY", head, re.IGNORECASE):
        line = text.count("\n", 0, bomb.start()) + 1
        return Problem("error", path, line, "the feed declares entities of its own", "take the `<!ENTITY …>` lines out")
    for tag in _START_TAG.finditer(text):
        if tag.end() - tag.start() > 4 * MAX_ATTRIBUTES and len(_ATTRIBUTE.findall(tag[0])) > MAX_ATTRIBUTES:
            line = text.count("\n", 0, tag.start()) + 1
            message = f"an element of the feed has more than {MAX_ATTRIBUTES} attributes"
            return Problem("error", path, line, message, "take it out")
    head = _DOCTYPE.sub(_only_lines, _DECLARATION.sub(_only_lines, head))
    body = _UNFIT.sub("", _ENTITY.sub(_character, text[start.start() :]))
    parsed = _parsed(f"{_DECLARED}{head}{body}", address)
    if not parsed["entries"]:
        hint = "fetch it anew: it may be empty or cut off"
        return [], Problem("error", path, _line(parsed, text), "the feed has no entries", hint)
    feed = parsed["feed"]
    broken = None
    if parsed["bozo"] and (line := _line(parsed, text)):
        message = f"the feed is broken here ({_reason(parsed)}); what stands before it was read"
        broken = Problem("warning", path, line, message, "fetch it anew, and look whether the last entries are whole")
    entries: list[Entry | str] = [_xml_entry(entry, feed) for entry in parsed["entries"]]
    return entries, broken


def _parsed(text: str, address: str) -> Any:
    """Return what feedparser makes of a feed, which it is given as bytes: of a text it might take an address."""
    import feedparser  # type: ignore[import-untyped]

    headers = {"content-type": "application/xml; charset=utf-8", "content-location": address}
    try:
        return feedparser.parse(
            io.BytesIO(text.encode("utf-8", "replace")),
            response_headers=headers,
            sanitize_html=False,
            resolve_relative_uris=False,
        )
    except Exception as error:  # a library for untidy feeds, on untidy feeds
        return {"entries": [], "feed": {}, "bozo": True, "bozo_exception": error}


def _only_lines(found: re.Match[str]) -> str:
    """Return the line ends of what is taken out, so that those after it keep their numbers."""
    return "\n" * found[0].count("\n")


def _character(found: re.Match[str]) -> str:
    """Return the sign of an entity that HTML has and XML lacks."""
    sign = html5.get(f"{found[1]};", "")
    return found[0] if not sign or sign in "<>&\"'" else sign


def _line(parsed: Any, text: str) -> int:
    number = getattr(parsed.get("bozo_exception"), "getLineNumber", lambda: 0)() or 0
    return min(int(number), text.count("\n") + 1)


def _reason(parsed: Any) -> str:
    return stated.line(str(getattr(parsed["bozo_exception"], "getMessage", lambda: "")()))[:80]


def _xml_entry(entry: Any, feed: Any) -> Entry:
    get = _getter(entry)
    texts = [_detail(each) for each in get("content", list)] + [_detail(get("summary_detail", dict))]
    published = get("published") or get("created")
    updated = get("updated")
    feed_date = _getter(feed)("published") or _getter(feed)("updated")
    date = published or updated or feed_date
    source = _getter(get("source", dict))
    publisher = stated.line(source("title")) or _plain(_detail(_getter(feed)("title_detail", dict)))
    link = get("link")
    known = stated.Stated(
        title=_plain(_detail(get("title_detail", dict))),
        date=_moment(date),
        updated=_moment(updated) if published else "",
        lang=_language(get, feed),
        authors=_authors(entry, feed, publisher),
        topics=tuple(topic for tag in get("tags", list) if (topic := _topic(tag))),
        publisher=publisher,
        url=link,
        image=_image(entry),
    )
    fired = (Fired("feed-date", 0.6, date),) if date and not published and not updated else ()
    return Entry(
        known, tuple(text for text in texts if text.text.strip()), link or _getter(feed)("link"), fired, get("id")
    )


def _getter(values: Any) -> Any:
    """Return a function that gives a value of a wanted type, by default a text, from feedparser's dictionaries."""
    return lambda name, kind=str: value if isinstance(value := dict.get(values, name), kind) else kind()


def _detail(detail: Any) -> Text:
    get = _getter(detail)
    return _text(get("value"), get("type") not in ("text/plain", ""), get("base"))


def _moment(date: str) -> str:
    """Return a date that is understood; without the name of a zone that is not, as then the time is still right there."""
    date = stated.line(date)[: when.MAX_DATE]
    return when.moment(date) or when.moment(_ZONE.sub("", date)) or date


def _language(get: Any, feed: Any) -> str:
    details = [*get("content", list)[:1], get("title_detail", dict)]
    said = [_getter(detail)("language") for detail in details]
    return next((tag for tag in [*said, _getter(feed)("language")] if tag), "")


def _authors(entry: Any, feed: Any, publisher: str) -> tuple[str, ...]:
    for values in (entry, feed):
        people = [_getter(each)("name") for each in _getter(values)("authors", list)]
        names = [name for name in people if name and name != publisher and "@" not in name]
        if names:
            return tuple(names)
    return ()


def _topic(tag: Any) -> str:
    get = _getter(tag)
    name = stated.line(unescape(get("label") or get("term")))
    return "" if name.casefold() in _NO_TOPIC or "://" in name else name


def _image(entry: Any) -> str:
    """Return the address of the first image that comes with an entry."""
    get = _getter(entry)
    media = [*get("media_content", list), *get("links", list)]
    images = (each for each in media if _is_image(_getter(each)))
    thumbnails = [*get("media_thumbnail", list), get("image", dict)]
    return next((url for each in [*images, *thumbnails] if (url := _getter(each)("url") or _getter(each)("href"))), "")


def _is_image(get: Any) -> bool:
    is_attached = get("rel") in ("", "enclosure")
    return is_attached and (get("medium") == "image" or get("type").startswith("image/"))


# JSON Feed (https://www.jsonfeed.org/version/1.1/)


def _json_entries(text: str, path: str, address: str) -> tuple[list[Entry | str], Problem | None] | Problem:
    """Return the entries of a JSON Feed, or why it is none."""
    try:
        feed = json.loads(text)
    except json.JSONDecodeError as error:
        return Problem("error", path, error.lineno, f"the JSON is broken here: {error.msg}", "fetch the feed anew")
    except (ValueError, RecursionError):
        return Problem("error", path, 0, "the JSON cannot be read: it lies too deep", "fetch the feed anew")
    items = feed.get("items") if isinstance(feed, dict) else None
    if not isinstance(items, list):
        return Problem("error", path, 0, "the feed has no list of `items`", "fetch the feed anew")
    if not items:
        return [], Problem("error", path, 0, "the feed has no entries", "fetch it anew: it may be empty")
    entries = [_json_entry(item, feed, address) if isinstance(item, dict) else "it is no object" for item in items]
    return entries, None


def _json_entry(item: dict[str, Any], feed: dict[str, Any], address: str) -> Entry:
    get = _getter(item)
    texts = (_text(get("content_html"), True), _text(get("content_text"), False))
    texts = (next((text for text in texts if text.text.strip()), texts[0]), _text(get("summary"), False))
    link = joined(address, get("url") or get("external_url"))
    people = _people(get) or _people(_getter(feed))
    attached = (each for each in get("attachments", list) if isinstance(each, dict))
    images = [_getter(each)("url") for each in attached if _getter(each)("mime_type").startswith("image/")]
    known = stated.Stated(
        title=get("title"),
        date=_moment(get("date_published") or get("date_modified")),
        updated=_moment(get("date_modified")) if get("date_published") else "",
        lang=get("language") or _getter(feed)("language"),
        authors=tuple(name for name in people if name != _getter(feed)("title")),
        topics=tuple(tag for tag in get("tags", list) if isinstance(tag, str)),
        publisher=_getter(feed)("title"),
        url=link,
        image=next((url for url in (get("image"), get("banner_image"), *images) if url), ""),
    )
    base = link or joined(address, _getter(feed)("home_page_url"))
    name = item.get("id")  # a number in version 1
    identifier = str(name) if isinstance(name, (str, int, float)) else ""
    return Entry(known, tuple(text for text in texts if text.text.strip()), base, (), identifier)


def _people(get: Any) -> list[str]:
    """Return the names of authors, as version 1.1 has them or as version 1 has the one."""
    people = get("authors", list) or [get("author", dict)]
    return [name for each in people if isinstance(each, dict) and (name := _getter(each)("name"))]

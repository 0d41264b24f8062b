"""NITF, the News Industry Text Format of the IPTC (3.0 to 3.6): what a story states, and its text as blocks."""

import re
from collections.abc import Iterator
from html.entities import html5
from typing import Any, NamedTuple

from digest.errors import Problem
from digest.seeds import markup, stated
from digest.seeds.record import Block, Fired
from digest.seeds.stated import Stated

MAX_ELEMENTS = 200_000
"""Of an XML document; the news of a day has fewer."""
MAX_TOPICS = 10
"""Of the terms that an agency gives; the rest is for its archive."""

_DECLARATION = re.compile(r"\s*<\?xml\s[^>]*\?>")
_ENCODING = re.compile(rb"\s*<\?xml[^>]*\sencoding\s*=\s*[\"']([A-Za-z][A-Za-z0-9._-]{1,39})[\"']")
_ENTITY = re.compile("&([A-Za-z][A-Za-z0-9]{1,31});")
_IN_XML = frozenset(("amp", "lt", "gt", "quot", "apos"))
_PLACE = re.compile(r", line \d+, column \d+( \(.*\))?$")
_NO_TIME = re.compile(r"(\d{8})T?0{6}(?:Z|[+-]\d{4})?")
# NITF's elements by what they are in HTML; those that are not here are called the same, or mark words inside a line.
_IN_HTML = {
    "abstract": "div",
    "bibliography": "p",
    "block": "div",
    "bq": "blockquote",
    "byline": "p",
    "credit": "p",
    "dateline": "p",
    "datasource": "p",
    "distributor": "p",
    "fn": "aside",
    "hl1": "h2",
    "hl2": "h2",
    "media": "figure",
    "media-caption": "figcaption",
    "media-producer": "figcaption",
    "nitf-table": "div",
    "note": "aside",
    "object.title": "span",
    "q": "span",
    "tagline": "p",
}
_NOT_TEXT = ("media-metadata", "media-object", "media-reference", "nitf-table-metadata")


class Story(NamedTuple):
    """A story, as a format states it."""

    stated: Stated
    blocks: tuple[Block, ...]
    header: dict[str, Any]
    """Other front matter: where the story was written."""
    withdrawn: str = ""
    """Why it must not be published; empty where it may be."""


def tree(data: bytes, path: str) -> tuple[Any, tuple[Fired, ...]] | Problem:
    """Return the root of an XML document as an lxml element, and what was repaired, or why it is no such document.

    No file or address is ever opened, no entity is expanded but those of HTML, and libxml2's bounds on depth
    (256) and length hold. A document type is allowed, as NITF names one, but it may declare no entities.
    """
    from lxml import etree

    declared = _ENCODING.match(data.removeprefix(b"\xef\xbb\xbf"))
    decoded = stated.decoded(data, path, declared[1].decode() if declared else "")
    if isinstance(decoded, Problem):
        return decoded
    text = _DECLARATION.sub(lambda found: "\n" * found[0].count("\n"), decoded[0], count=1)
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_comments=True, remove_pis=True
    )
    try:
        root = etree.fromstring(_ENTITY.sub(_character, text).encode(), parser)
    except (etree.LxmlError, ValueError) as error:
        line = getattr(error, "lineno", 0) or 0
        message = f"the XML is broken: {_PLACE.sub('', stated.line(str(error)))[:200]}"
        return Problem("error", path, line, message, "correct it, or fetch the file again")
    types = root.getroottree().docinfo.internalDTD
    if types is not None and any(True for _ in types.iterentities()):
        line = text.count("\n", 0, max(text.find("<!ENTITY"), 0)) + 1
        message = "the document declares entities, which can multiply or read other files"
        return Problem("error", path, line, message, "write out what they stand for, and take the declarations out")
    if sum(1 for _ in root.iter()) > MAX_ELEMENTS:
        message = f"the document has more than {MAX_ELEMENTS:,} elements"
        return Problem("error", path, 0, message, "split it, or take out what is no article")
    return root, decoded[1]


def _character(entity: re.Match[str]) -> str:
    """Return what a named entity of HTML stands for: NITF declares many of them in a file that is never opened."""
    sign = html5.get(f"{entity[1]};", "&") if entity[1] not in _IN_XML else "&"
    return entity[0] if "&" in sign or "<" in sign else sign


def name(node: Any) -> str:
    """Return the name of an element without its namespace."""
    return str(node.tag).rpartition("}")[2].lower() if isinstance(node.tag, str) else ""


def find(node: Any, path: str) -> Any:
    """Return the first element on a `path` of names below `node`; None where there is none."""
    for step in path.split("/"):
        node = None if node is None else next((child for child in node if name(child) == step), None)
    return node


def find_all(node: Any, *names: str) -> Iterator[Any]:
    """Yield all elements below `node` that have one of `names`."""
    if node is not None:
        yield from (child for child in node.iterdescendants() if name(child) in names)


def said(node: Any) -> str:
    """Return the text in an element as one line; empty for None."""
    if node is None:
        return ""
    for end in find_all(node, "br", "p"):
        end.tail = f" {end.tail or ''}"
    return stated.line("".join(node.itertext()))


def story(root: Any) -> Story:
    """Return the story of a `nitf` element. Changes the element."""
    head, body = find(root, "head/docdata"), find(root, "body")
    top = find(body, "body.head")
    content = find(body, "body.content")
    headlines = [said(line) for line in find_all(find(top, "hedline"), "hl1", "hl2") if said(line)]
    title = headlines[0] if headlines else said(find(root, "head/title"))
    abstract, image = find(top, "abstract"), _image(content)
    first = _blocks(abstract)
    text = _blocks(content)
    if first and _words(first) == _words(text[: len(first)]):  # many repeat it
        first = ()
    subheads = tuple(Block("heading", line) for line in dict.fromkeys(headlines[1:]) if line != title)
    dateline = find(top, "dateline")
    place = said(find(dateline, "location")) or stated.line((dateline.text or "") if dateline is not None else "")
    known = Stated(
        title=title,
        date=_date(root, head, dateline),
        lang=root.get("baselang") or root.get("{http://www.w3.org/XML/1998/namespace}lang") or "",
        authors=tuple(said(person) for byline in find_all(top, "byline") for person in find_all(byline, "person")),
        byline="\n".join(_byline(byline) for byline in find_all(top, "byline")),
        topics=(*dict.fromkeys(_topics(root, head)),)[:MAX_TOPICS],
        publisher=said(find(top, "distributor"))
        or _attribute(find(head, "doc.copyright"), "holder")
        or said(find(top, "rights/rights.owner")),
        image=image[0],
        caption=image[1],
    )
    status = _attribute(head, "management-status")
    return Story(
        known,
        (*subheads, *first, *text, *_blocks(find(body, "body.end"))),
        {"dateline": place} if place and not stated.begins(text, place) else {},
        f"management-status: {status}" if status in ("withheld", "canceled") else "",
    )


def _date(root: Any, head: Any, dateline: Any) -> str:
    """Return when a story may be published."""
    issued = _attribute(find(head, "date.issue"), "norm")
    dates = (
        _attribute(find(head, "date.release"), "norm") or issued,
        _attribute(find(root, "head/pubdata"), "date.publication"),
        _attribute(find(dateline, "story.date"), "norm"),
    )
    date = next((date for date in dates if date), "")
    return found[1] if (found := _NO_TIME.fullmatch(date.strip())) else date


def _byline(byline: Any) -> str:
    """Return a byline, with the title that stands below it on a line of its own."""
    title = said(find(byline, "byttl"))
    return f"{said(byline).removesuffix(title).strip(' ,')}\n{title}".strip()


def _topics(root: Any, head: Any) -> Iterator[str]:
    """Yield the names of subjects, the narrowest that each has, and keywords."""
    for subject in find_all(find(root, "head/tobject"), "tobject.subject"):
        levels = (subject.get(f"tobject.subject.{level}") or "" for level in ("detail", "matter", "type"))
        yield next((level for level in levels if level), "")
    yield from (keyword.get("key") or "" for keyword in find_all(find(head, "key-list"), "keyword"))


def _image(content: Any) -> tuple[str, str]:
    """Take the first picture with a web address out of a text; return its address and caption."""
    for media in find_all(content, "media"):
        source = _attribute(find(media, "media-reference"), "source")
        if stated.is_address(source) and (media.get("media-type") or "image") == "image":
            caption = said(find(media, "media-caption"))
            remove(media)
            return source, caption
    return "", ""


def remove(node: Any) -> None:
    """Take an element out, but leave the text behind it."""
    before, parent = node.getprevious(), node.getparent()
    if node.tail and before is not None:
        before.tail = (before.tail or "") + node.tail
    elif node.tail:
        parent.text = (parent.text or "") + node.tail
    parent.remove(node)


def _blocks(node: Any) -> tuple[Block, ...]:
    """Return the blocks of an element of NITF."""
    if node is None:
        return ()
    for child in [*find_all(node, *_NOT_TEXT)]:
        remove(child)
    for child in node.iterdescendants():
        child.tag = _IN_HTML.get(name(child), child.tag)
    return markup.blocks(node)


def _words(blocks: tuple[Block, ...]) -> str:
    return stated.line(" ".join(block.text for block in blocks)).lower()


def _attribute(node: Any, key: str) -> str:
    return "" if node is None else (node.get(key) or "").strip()

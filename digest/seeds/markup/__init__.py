"""Markup: an HTML or XHTML element as blocks, its links and emphasis as Markdown."""

import re
from collections.abc import Iterator, Mapping
from html import unescape
from itertools import count
from types import MappingProxyType
from typing import Any, NamedTuple
from urllib.parse import urljoin, urlsplit

from digest import markdown
from digest.seeds.markup import grid, inline
from digest.seeds.markup.elements import BLOCK, HEADING, LISTS, UNSEEN, is_hidden, name_of, whole
from digest.seeds.markup.inline import Look
from digest.seeds.record import Block, Kind

MAX_LINK = 4000
"""Characters of an address; of a longer one only the link's text is kept."""
MAX_LEVEL = 8
"""How deep lists lie in each other, at most: deeper items move up."""
CAPTION = "furniture: caption"
OUT = "out"
PLAIN = Look()

_EMPHASIS = {"em": "em", "i": "em", "cite": "em", "dfn": "em", "strong": "strong", "b": "strong"}
_IN_SECTION = tuple(f"{{*}}{name}" for name in HEADING)
_CLOSED = {"q": ("“", "”"), "rt": ("(", ")")}
"""What stands around text that every browser sets apart by its style."""
_SPACE = re.compile(r"[ \t\n\r\f]+")
_TAG = re.compile(r"<[^<>]*>")
_NOT_BOLD = re.compile(r"font-(?:weight\s*:\s*(?:normal|[1-4]00)|style\s*:\s*normal)", re.IGNORECASE)
_CONTROL = re.compile("[\x00-\x08\x0b\x0e-\x1f\x7f-\x9f]")
# Controls go; what Windows-1252 has at 0x80 to 0x9F is what a browser shows (HTML, section 13.2.5.80).
_CONTROLS = dict.fromkeys((*range(9), 11, *range(14, 32), 127)) | {
    code: bytes([code]).decode("cp1252", "ignore") or None for code in range(128, 160)
}


class _Where(NamedTuple):
    """Where a piece of text stands in its document, and how it looks."""

    kind: Kind = "paragraph"
    level: int = 2
    number: str = ""
    item: int = 0
    """Counts the items of lists, so that two paragraphs in one item are known to be that."""
    depth: int = 0
    """Of lists."""
    mark: str = ""
    pre: bool = False
    look: Look = Look()


_Piece = tuple[_Where, str]


class _Span(NamedTuple):
    """A stretch of text that looks the same."""

    start: int
    end: int
    look: str
    """A delimiter's placeholder, or the address of a link."""


def blocks(element: Any, base: str = "", marks: Mapping[Any, str] = MappingProxyType({})) -> tuple[Block, ...]:
    """Return the blocks of an lxml element, without the text that follows it.

    Relative links are made absolute with `base`; without it, and where they lead to no `http:`, `https:` or `mailto:`
    address, only their text is kept. Namespaces of tags do not matter. `marks` says for elements that are blocks what
    their own text is: a mark, nothing, or `OUT` where it is not wanted; those inside them without a mark of their own
    are alike. Never raises, however deep the element is.
    """
    found: list[Block] = []
    first_in_item: dict[int, str] = {}
    run: list[_Piece] = []
    for piece in _pieces(element, base, marks):
        if isinstance(piece, tuple) and not isinstance(piece, Block):
            run += [piece] if piece[0].mark != OUT else []
            continue
        if run:
            _add(found, run, first_in_item)
            run = []
        if piece is not None and piece.mark != OUT:
            found.append(piece)
    if run:
        _add(found, run, first_in_item)
    return tuple(found)


def text_of(element: Any) -> str:
    """Return the text of an lxml element as it shows, with a line end where a block ends."""
    pieces = (piece for piece in _pieces(element, "") if not isinstance(piece, Block))
    return "".join("\n" if piece is None else piece[1] for piece in pieces)


def of_html(text: str, base: str = "") -> tuple[Block, ...]:
    """Return the blocks of HTML `text`, a whole document or a part of one. Never raises."""
    root = parsed(text)
    return of_text(unescape(_TAG.sub(" ", text))) if root is None else blocks(root, base)


def parsed(text: str) -> Any:
    """Return the lxml element of an HTML document, or None where it holds none, or one too deep for the parser."""
    from lxml import etree, html

    parser = html.HTMLParser(
        encoding="utf-8", no_network=True, huge_tree=True, remove_comments=True, remove_pis=True, collect_ids=False
    )
    try:
        root = html.document_fromstring(text.replace("\0", "").encode("utf-8", "replace"), parser=parser)
    except (etree.LxmlError, ValueError):
        return None
    last = parser.error_log.last_error
    return None if last is not None and last.type == etree.ErrorTypes.ERR_RESOURCE_LIMIT else root


def of_text(text: str) -> tuple[Block, ...]:
    """Return the paragraphs of plain `text`, which blank lines divide."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").translate(_CONTROLS)
    return tuple(Block("paragraph", part.text) for part in inline.parts([(lines, PLAIN)]))


# From the tree to pieces of text


def _pieces(root: Any, base: str, marks: Mapping[Any, str] = MappingProxyType({})) -> Iterator[_Piece | Block | None]:
    """Yield an element's text in pieces, None where a block ends, and tables whole."""
    numbers: list[Iterator[int]] = []
    items = count(1)
    # Holding every open element spares lxml to look for the document at each that it lets go: that takes square time.
    opened: list[tuple[Any, str, _Where]] = [(None, "", _Where())]
    node = root
    while True:
        name, where = name_of(node), opened[-1][2]
        if name in BLOCK:
            yield None
            where = where._replace(mark=marks.get(node, where.mark))
        inside = name != "" and name not in UNSEEN and not is_hidden(node)
        table = _table(node, base) if inside and name == "table" else []
        if table:
            yield from (piece._replace(mark=where.mark) if isinstance(piece, Block) else piece for piece in table)
            inside = False
        elif inside:
            if name in LISTS:
                numbers.append(_numbers(node))
            where = _inside(node, name, where, base)
            if name == "li":
                number = next(numbers[-1]) if numbers else -1
                where = where._replace(item=next(items), number=str(number) if number >= 0 else "")
            yield from ((where, text) for text in _own_text(node, name, where))
            opened.append((node, name, where))
        elif name == "" and type(node).__name__ == "_Entity":
            yield where, unescape(node.text or "").translate(_CONTROLS)
        child = node[0] if inside and len(node) else None
        if child is not None:
            node = child
            continue
        while True:
            if inside:
                node, name, where = opened.pop()
                if name in LISTS:
                    numbers.pop()
                if name in _CLOSED and _is_bare(node):
                    yield where, _CLOSED[name][1]
            if name_of(node) in BLOCK:
                yield None
            if node is root:
                return
            if node.tail:
                where = opened[-1][2]
                yield where, _shown(node.tail, where)
            following = node.getnext()
            if following is not None:
                node = following
                break
            inside = True


def _inside(node: Any, name: str, where: _Where, base: str) -> _Where:
    """Return how text in an element stands and looks."""
    if name in _EMPHASIS:
        if _NOT_BOLD.search(node.get("style") or "") is None:  # some editors wrap everything in such a <b>
            is_em = _EMPHASIS[name] == "em"
            look = where.look
            where = where._replace(look=look._replace(em=look.em or is_em, strong=look.strong or not is_em))
    elif name == "a":
        where = where._replace(look=where.look._replace(href=_address(node.get("href") or "", base)))
    elif name in HEADING:
        where = where._replace(kind="heading", level=HEADING[name])
    elif name == "blockquote":
        where = where._replace(kind="quotation")
    elif name in LISTS:
        where = where._replace(depth=where.depth + 1)
    elif name == "li":
        if next(node.iter(*_IN_SECTION), None) is None:  # else the list is one of sections, as in a live ticker
            where = where._replace(kind="item", level=min(max(where.depth, 1), MAX_LEVEL))
    elif name == "figcaption" and where.mark != OUT and not _is_part_of_quotation(node):
        where = where._replace(kind="paragraph", mark=CAPTION)
    elif name in ("pre", "listing", "xmp"):
        where = where._replace(pre=True)
    return where


def _is_part_of_quotation(caption: Any) -> bool:
    """Tell whether a caption names who said what, rather than what a picture shows."""
    figure = caption.getparent()
    return figure is not None and any(name_of(node) in ("blockquote", "table", "pre") for node in figure)


def _own_text(node: Any, name: str, where: _Where) -> Iterator[str]:
    """Yield the text that an element begins with or stands for."""
    if name == "br":
        yield "\n"
    elif name in _CLOSED and _is_bare(node):
        yield _CLOSED[name][0]
    elif name == "img" and (where.mark or "emoji" in (node.get("class") or "")):
        yield _shown(node.get("alt") or "", where)
    if node.text:
        yield _shown(node.text, where)


def _is_bare(node: Any) -> bool:
    """Tell whether a browser shows more than text around an element: ruby that brings no parentheses has none yet."""
    above = node.getparent()
    return name_of(node) != "rt" or above is None or all(name_of(each) != "rp" for each in above)


def _shown(text: str, where: _Where) -> str:
    if _CONTROL.search(text):
        text = text.translate(_CONTROLS)
    return text if where.pre else _SPACE.sub(" ", text)


def _numbers(node: Any) -> Iterator[int]:
    """Return the numbers of a list's items; -1 for each where it has none."""
    if name_of(node) != "ol":
        return iter(lambda: -1, None)
    step = 1 if node.get("reversed") is None else -1
    start = whole(node.get("start"), 1 if step > 0 else sum(name_of(item) == "li" for item in node))
    return (max(number, 0) for number in count(start, step))


def _address(href: str, base: str) -> str:
    """Return the absolute address of a link, or empty where it leads to none that a reader can follow."""
    href = href.translate(_CONTROLS).strip()
    if not href or href.startswith("#") or len(href) > MAX_LINK:
        return ""
    try:
        address = urljoin(base, re.sub(r"[\t\n\r]", "", href))
        parts = urlsplit(address)
    except ValueError:
        return ""
    is_whole = bool(parts.netloc) if parts.scheme in ("http", "https") else parts.scheme == "mailto"
    return address if is_whole and len(address) <= MAX_LINK else ""


def _table(node: Any, base: str) -> list[_Piece | Block | None]:
    """Return what stands for a table with data; nothing for one that only lays a page out."""
    text = grid.table(node, lambda cell: _cell(cell, base))
    captions = [each for each in node if name_of(each) == "caption"] if text else []
    before = [piece for each in captions for piece in _pieces(each, base) if not isinstance(piece, Block)]
    return [*before, None, Block("table", text, markup=True)] if text else []


def _cell(cell: Any, base: str) -> str:
    run = [piece or (_Where(), " ") for piece in _pieces(cell, base) if not isinstance(piece, Block)]
    parts = inline.parts((text.replace("\n", " "), where.look) for where, text in run)
    return " ".join(part.text if part.markup else markdown.escape(part.text) for part in parts)


# From pieces of text to blocks


def _add(found: list[Block], run: list[_Piece], first_in_item: dict[int, str]) -> None:
    """Add the blocks of a run of text, whose first sign says where it stands."""
    where = next((where for where, text in run if not inline.is_blank(text)), None)
    if where is None:
        return
    if where.kind == "heading":
        looked = [(text.replace("\n", " "), place.look._replace(strong=False)) for place, text in run]
    else:
        looked = [(text, place.look) for place, text in run]
    first = first_in_item.setdefault(where.item, where.kind) if where.item else ""
    for text, markup in inline.parts(looked):
        last = found[-1] if found else None
        if where.kind == "heading":
            closed = re.sub(r"(?<!\\)#+\Z", lambda end: end[0].replace("#", "\\#"), text) if markup else text
            found.append(Block("heading", closed, where.level, mark=where.mark, markup=markup))
        elif where.kind != "item":
            found.append(Block(where.kind, text, mark=where.mark, markup=markup))
        elif first == "item":
            first_in_item[where.item] = "begun"
            level = min(where.level, last.level + 1 if last and last.kind == "item" else 1)
            found.append(Block("item", text, level, where.number, where.mark, markup))
        elif first == "begun" and last and last.kind == "item":
            found[-1] = _joined(last, text, markup)
        else:
            found.append(Block("paragraph", text, mark=where.mark, markup=markup))
        first = first_in_item.get(where.item, "")


def _joined(item: Block, text: str, markup: bool) -> Block:
    """Return an item with another paragraph, as a line of it."""
    if item.markup == markup:
        return item._replace(text=f"{item.text}\n{text}")
    before = item.text if item.markup else markdown.escape(item.text)
    return item._replace(text=f"{before}\n{text if markup else markdown.escape(text)}", markup=True)

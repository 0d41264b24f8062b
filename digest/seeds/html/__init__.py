"""The web page format: a page as a browser saved it, of which the article is found and kept."""

import re
from collections.abc import Iterator
from html import unescape
from typing import Any

from digest.errors import Problem
from digest.seeds import markup, stated, when
from digest.seeds.html import locate, page
from digest.seeds.record import Block, Fired, Reading, SeedArticle

NAME = "html"
MAX_ELEMENTS = 50_000
"""Elements of a page."""
MAX_TEXT = 1_000_000
"""Characters of text that a page shows."""
FIELDS = {
    "title": "`<h1>`",
    "date": '`<meta property="article:published_time" content="2025-08-17">`',
    "text": "`<article>`",
}

DATE_LINE = "published-line"
"""The rule that marks a line which only says the date."""
MAX_HEADING = 90
"""Characters of a sub-heading; a longer one above the text is its lead."""
FOUND = 0.5
"""How much of what the extractor found a page must show, for the page itself to be taken."""
MAX_HEAD = 6
"""Blocks at the top of a page that may show its date."""
MAX_DATE_LINE = 120
"""Characters of a line that shows it."""

_HEAD = 1024
_START = re.compile(
    rb"(?:\xef\xbb\xbf)?(?>\s|<\?xml[^>]*>|<!--.*?-->)*+<(?:!doctype\s+html|html|head|body)[\s>]",
    re.IGNORECASE | re.DOTALL,
)
_SUFFIX = re.compile(r"\.x?html?$", re.IGNORECASE)
_MARKUP = re.compile(rb"<(?:[a-z]|!--|!doctype)", re.IGNORECASE)
_CHARSET = re.compile(
    rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w:.-]{1,40})|<\?xml[^>]{0,80}encoding=[\"']([\w.-]{1,40})",
    re.IGNORECASE,
)
_LABEL = re.compile(r"^[^\W\d]+:\s*")
_BETWEEN = re.compile(r"\s*[|·•–—]\s*|\s-\s|:\s")
_YEAR = re.compile(r"\d{4}|[年년]")
_LATEST = "2200-01-01"
"""Dates are read without a clock: a page is not asked whether its date has come."""


def recognises(data: bytes, path: str) -> bool:
    """Tell whether a file begins as an HTML page does, or is named so and holds a tag."""
    head = data[:_HEAD]
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        head = head.replace(b"\0", b"")[2:]
    return _START.match(head) is not None or (_SUFFIX.search(path) is not None and _MARKUP.search(head) is not None)


def read(data: bytes, path: str, reading: Reading) -> Iterator[SeedArticle | Problem]:
    """Yield the article of a page, or what it lacks."""
    yield article(data, stated.Where(NAME, path, 0, data, FIELDS), reading)


def article(data: bytes, where: stated.Where, reading: Reading, address: str = "") -> SeedArticle | Problem:
    """Return the article of a page, or a Problem that says what it lacks; `address` is where it was saved from."""
    decoded = stated.decoded(data, where.path, charset_of(data))
    if isinstance(decoded, Problem):
        return decoded
    text, repairs = decoded
    root = markup.parsed(text)
    if root is None:
        message = "the page is empty, or its elements lie too deep in each other"
        return Problem("error", where.path, where.line, message, "save it from a browser anew")
    _prune(root)
    length = sum(map(len, root.itertext()))
    if length > MAX_TEXT or sum(1 for _ in root.iter()) > MAX_ELEMENTS:
        message = f"the page has more than {MAX_ELEMENTS:,} elements or {MAX_TEXT:,} characters of text"
        return Problem("error", where.path, where.line, message, "save only the article's own page")
    for form in root.iter("form"):  # some systems lay a form around every page
        if sum(map(len, form.itertext())) * 2 > length:
            form.tag = "div"
    known = page.facts(root, text, address)
    blocks, found = _text(root, known, reading)
    said, dated = _dated(known.stated, root, blocks, where.path)
    about = locate.letters(said.summary.rstrip(".… "))
    if about in locate.letters(" ".join(block.text for block in blocks)):  # it is the lead, or the beginning of it
        said = said._replace(summary="")
    blocks = _without_date(blocks, said.date, reading)
    return stated.article(said, blocks, where, reading, (*repairs, *known.fired, *found, *dated))


def charset_of(data: bytes) -> str:
    """Return the encoding that a page declares; empty where it declares none."""
    charset = _CHARSET.search(data[:4096])
    return (charset[1] or charset[2]).decode("ascii") if charset else ""


def _prune(root: Any) -> None:
    """Take out scripts and the like, but for what tells search engines about the article."""
    for node in [*root.iter("script", "style", "noscript")]:
        if "ld+json" not in (node.get("type") or ""):
            node[:] = []
            node.text = None


def _text(root: Any, known: page.Facts, reading: Reading) -> tuple[tuple[Block, ...], tuple[Fired, ...]]:
    """Return the blocks of a page's article, and how they were found."""
    body = _main(root)
    mark = "" if locate.BESIDE in reading.off else f"furniture: {locate.BESIDE}"
    pieces = [line for node in body for line in "\n".join(node.itertext()).split("\n")] if body is not None else []
    located = locate.locate(root, pieces, known.stated, known.taken, mark)
    if located.found >= FOUND:
        blocks = _with_lead(markup.blocks(root, known.base, located.marks))
        fired = [Fired("html-text", round(0.9 + 0.1 * located.found, 2))]
    elif known.body:
        is_html = "</" in known.body
        plain = known.body if "\n\n" in known.body else known.body.replace("\n", "\n\n")
        blocks = markup.of_html(known.body, known.base) if is_html else markup.of_text(unescape(plain))
        fired = [Fired("html-text-data", 0.9)]
    elif body is not None:
        blocks = markup.blocks(_as_html(body), known.base)
        fired = [Fired("html-text-extracted", 0.7)]
    else:
        return (), ()
    said = {locate.letters(known.stated.title), locate.letters(known.stated.kicker)} - {""}
    kept = [block for each in blocks[:MAX_HEAD] if (block := _without_first(each, said)).text]
    return (*kept, *blocks[MAX_HEAD:]), tuple(fired)


def _with_lead(blocks: tuple[Block, ...]) -> tuple[Block, ...]:
    """Make a long heading before the text the lead that it is."""
    first = next((at for at, block in enumerate(blocks) if not block.mark), -1)
    if first < 0 or blocks[first].kind != "heading" or len(blocks[first].text) <= MAX_HEADING:
        return blocks
    return (*blocks[:first], blocks[first]._replace(kind="paragraph", level=2), *blocks[first + 1 :])


def _without_first(block: Block, said: set[str]) -> Block:
    """Return a block without a first line that only says what is said already."""
    first, _, rest = block.text.partition("\n")
    return block._replace(text=rest) if locate.letters(first) in said else block


def _without_date(blocks: tuple[Block, ...], date: str, reading: Reading) -> tuple[Block, ...]:
    """Mark a line at the top that only says the date, which the article says by itself."""
    if DATE_LINE in reading.off:
        return blocks
    lines = [
        block.kind == "paragraph" and not block.mark and len(block.text) <= MAX_DATE_LINE for block in blocks[:MAX_HEAD]
    ]
    dates = [
        when.moment(_LABEL.sub("", block.text)) if is_line else ""
        for block, is_line in zip(blocks, lines, strict=False)
    ]
    marked = (
        block._replace(mark=f"furniture: {DATE_LINE}") if day and day[:10] == date[:10] else block
        for block, day in zip(blocks, dates, strict=False)
    )
    return (*marked, *blocks[len(dates) :])


def _main(root: Any) -> Any:
    """Return the main text of a page as an extractor finds it, in elements of its own; None where it finds none.

    Nothing is fetched, and no clock is read.
    """
    from trafilatura import bare_extraction
    from trafilatura.settings import Extractor

    options = Extractor(output_format="xml", fast=True, comments=False, date_params={"max_date": _LATEST})
    options.min_output_size = 0
    document: Any = None
    try:
        document = bare_extraction(root, options=options)
    except Exception:  # a library for untidy pages, on untidy pages
        return None
    return document.body if document is not None and "".join(document.body.itertext()).strip() else None


_TAGS = {"head": "h2", "list": "ul", "item": "li", "quote": "blockquote", "lb": "br", "row": "tr", "cell": "td"}


def _as_html(body: Any) -> Any:
    """Return the extractor's elements, which are those of the Text Encoding Initiative, as HTML."""
    for node in body.iter("*"):
        rend = node.get("rend") or ""
        if node.tag == "head" and re.fullmatch("h[1-6]", rend):
            node.tag = rend
        elif node.tag == "list" and rend == "ol":
            node.tag = "ol"
        elif node.tag == "cell" and node.get("role") == "head":
            node.tag = "th"
        elif node.tag in _TAGS:  # others may have names that none can be given
            node.tag = _TAGS[node.tag]
    return body


def _dated(
    said: stated.Stated, root: Any, blocks: tuple[Block, ...], path: str
) -> tuple[stated.Stated, tuple[Fired, ...]]:
    """Return what a page states with a date, which it may only show, and how that was found."""
    if said.date:
        return said, ()
    for address in (said.url, path):
        if day := when.of_path(address):
            return said._replace(date=day), (Fired("html-date-address", 0.9, address[-80:]),)
    for block in blocks[:MAX_HEAD]:
        for line in block.text.split("\n"):
            shown = _date_in(line) if len(line) <= MAX_DATE_LINE else when.NEVER
            if shown.moment:
                return said._replace(date=shown.moment), (Fired("html-date-shown", shown.confidence * 0.9, line[:80]),)
    from htmldate import find_date

    try:
        day = find_date(root, extensive_search=False, original_date=True, url=said.url or None, max_date=_LATEST) or ""
    except Exception:  # a library for untidy pages, on untidy pages
        day = ""
    return said._replace(date=day), (Fired("html-date-markup", 0.7, day),) if day else ()


def _date_in(line: str) -> when.When:
    """Return the date in a line that says little besides, like `By A. Lee – Published on March 4, 2003`."""
    for part in _BETWEEN.split(line):
        words = part.split()
        for start in range(min(len(words), 5)):
            rest = " ".join(words[start:])
            read = when.read(rest) if _YEAR.search(rest) else when.NEVER
            if read.moment:
                return read
    return when.NEVER

"""Stated: what a format says of an article beside its text, made fit for the front matter, or why it cannot be."""

import re
from collections.abc import Iterable, Mapping
from typing import NamedTuple
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from digest import markdown
from digest.config import is_language
from digest.dates import moment_of
from digest.errors import Problem
from digest.model import Source
from digest.seeds import encoding, structure, when
from digest.seeds.markup import bold
from digest.seeds.record import Block, Fired, Image, Reading, SeedArticle, make
from digest.seeds.structure import lines
from digest.seeds.structure.rules import RULES

MAX_LINE = 1000
"""Characters of a headline, kicker, author or topic."""
MAX_SUMMARY = 10_000
"""Characters of a summary; a longer one is text."""
MAX_LIST = 200
"""Authors or topics of an article."""
SHOWN = 80
"""Characters of a block by which a rule tells on what it fired."""
MAX_ADDRESS = 2000
"""Characters of a web address."""
MAX_HOST = 253
"""Characters of the name of a host (RFC 1035, section 2.3.4)."""

_ADDRESS = re.compile(r"https?://[^\s<>\"]+")
_FURNITURE = "furniture: "
_PATH_LIKE = re.compile(r"(^|[/\\])\.{1,2}([/\\]|$)")
_HTML = re.compile(
    r"\s*<(?:!--|!doctype|html|body|p|div|section|article|h[1-6]|ul|ol|table|figure|blockquote|pre|br|hr|img|a|b|i|em|strong"
    r"|span|font|center|header|main)(?=[\s>/])",
    re.IGNORECASE,
)
# What no page can show (XML 1.0, section 2.2).
_UNFIT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")


class Stated(NamedTuple):
    """What a format states of one article, in its own words; empty where it says nothing."""

    title: str = ""
    date: str = ""
    updated: str = ""
    kicker: str = ""
    summary: str = ""
    lang: str = ""
    authors: tuple[str, ...] = ()
    byline: str = ""
    """Who wrote it as a sentence or so; what it says beside names stands above the text."""
    topics: tuple[str, ...] = ()
    publisher: str = ""
    url: str = ""
    """The address of the original; what is no web address (an identifier) is passed over."""
    image: str = ""
    caption: str = ""


class Where(NamedTuple):
    """Where an article stands, for its record and for problems."""

    format: str
    path: str
    line: int
    raw: bytes
    """Its bytes in the file."""
    fields: Mapping[str, str]
    """Where the format has `title`, `date` and `text`, so that a hint can say where to write what is missing."""


def article(
    stated: Stated,
    blocks: tuple[Block, ...],
    where: Where,
    reading: Reading,
    fired: tuple[Fired, ...] = (),
    guess_headings: bool = False,
) -> SeedArticle | Problem:
    """Return the article that a format states, or a Problem that says what it lacks.

    `fired` is what was found out of it before; only plain text has its headings guessed.
    """
    title = line(stated.title)
    if not title:
        return _missing(where, "title", "write its headline into {}")
    if len(title) > MAX_LINE:
        message = f"the headline has {len(title):,} characters, more than {MAX_LINE:,}"
        return Problem("error", where.path, where.line, message, "shorten it")
    date = when.moment(stated.date) if stated.date.strip() else when.of_path(where.path) or reading.date
    if not date and stated.date.strip():
        message = f"the date {line(stated.date)[:40]!r} is not understood"
        return Problem("error", where.path, where.line, message, "write it as 2025-08-17 or 2025-08-17T14:05:00+02:00")
    if not date:
        return _missing(
            where, "date", "write it into {}, or as 2025-08-17 into the file's name, or give it with `--date`"
        )
    blocks, repairs = _cleaned(_without_title(blocks, title))
    if not blocks:
        return _missing(where, "text", "write it into {}, or take the article out")
    if unfit := _UNFIT.search("\n".join(block.text for block in blocks)):
        message = f"the text holds the control character U+{ord(unfit[0]):04X}"
        return Problem("error", where.path, where.line, message, "take it out; it often comes from a wrong encoding")
    kicker, summary = line(stated.kicker), _clean(stated.summary).strip()
    if summary and line(summary) == next((_says(block) for block in blocks if is_text(block)), ""):
        summary = ""
    before = [text for text, limit in ((kicker, MAX_LINE), (summary, MAX_SUMMARY)) if len(text) > limit]
    updated = when.moment(stated.updated)
    authors = names(stated.authors) or lines.authors(line(stated.byline))
    blocks, marks = _furniture(blocks, reading.off)
    blocks, told = (blocks, ()) if guess_headings else bold.told(blocks, reading.off)
    marked = structure.mark(_with_byline(blocks, stated.byline, authors), reading.off, guess_headings)
    return make(
        where.format,
        where.raw,
        title,
        date,
        (*(Block("paragraph", text) for text in before), *marked.blocks),
        line=where.line,
        fired=(*fired, *repairs, *marks, *told, *marked.fired),
        kicker="" if kicker in before else kicker,
        summary="" if summary in before else summary,
        updated=updated if is_later(updated, date) else "",
        lang=language(stated.lang),
        authors=names(authors or marked.authors),
        topics=tuple(topic for topic in names(stated.topics) if not _PATH_LIKE.search(topic)),
        source=source(stated.publisher or marked.source_name, stated.url),
        image=Image(stated.image.strip(), line(stated.caption)) if is_address(stated.image.strip()) else None,
    )


def _furniture(blocks: tuple[Block, ...], off: frozenset[str]) -> tuple[tuple[Block, ...], tuple[Fired, ...]]:
    """Return blocks without the marks of rules that are off, and the rules by which a format marked the others."""
    rules = [block.mark.removeprefix(_FURNITURE) if block.mark.startswith(_FURNITURE) else "" for block in blocks]
    kept = tuple(block._replace(mark="") if rule in off else block for block, rule in zip(blocks, rules, strict=True))
    fired = (
        Fired(rule, RULES[rule].confidence, line(block.text)[:SHOWN], block.line)
        for block, rule in zip(kept, rules, strict=True)
        if block.mark and rule in RULES
    )
    return kept, tuple(fired)


def is_text(block: Block) -> bool:
    """Tell whether a block can be the lead: it is no heading, and not marked as something beside the text."""
    return block.kind != "heading" and not block.mark


def begins(blocks: tuple[Block, ...], text: str) -> bool:
    """Tell whether one of the first blocks of text begins with `text`, in whatever case."""
    start = line(text).lower()
    return any(_says(block).lower().startswith(start) for block in [*filter(is_text, blocks)][:3])


def line(text: str) -> str:
    """Return `text` as one line."""
    return " ".join(_clean(text).split())


def names(texts: Iterable[str]) -> tuple[str, ...]:
    """Return names as lines, each once, those that are none left out."""
    lines = dict.fromkeys(line(text) for text in texts)
    return tuple(name for name in lines if 0 < len(name) <= MAX_LINE)[:MAX_LIST]


def language(tag: str) -> str:
    """Return a BCP 47 tag, or empty for what is none."""
    tag = tag.strip().replace("_", "-")
    return tag if is_language(tag) else ""


def is_address(url: str) -> bool:
    """Tell whether `url` is a whole web address."""
    return len(url) <= MAX_ADDRESS and _ADDRESS.fullmatch(url) is not None and _UNFIT.search(url) is None


def is_html(text: str) -> bool:
    """Tell whether a text is HTML: it begins with a tag that articles begin with."""
    return _HTML.match(text) is not None


def is_later(date: str, than: str) -> bool:
    """Tell whether a date is after another; what is no date is not."""
    try:
        one, other = (moment_of(when.moment(text), ZoneInfo("UTC")).due for text in (date, than))
    except ValueError:
        return False
    return one > other


def source(publisher: str, url: str) -> Source | None:
    """Return who published an article and where; an address without a name is named by its host."""
    name, url = line(publisher)[:MAX_LINE], url.strip()
    if not is_address(url):
        return Source(name) if name else None
    try:
        host = (urlsplit(url).hostname or "").removeprefix("www.")
    except ValueError:
        return Source(name) if name else None
    if not host or len(host) > MAX_HOST:
        return Source(name) if name else None
    return Source(name or host, url)


def _without_title(blocks: tuple[Block, ...], title: str) -> tuple[Block, ...]:
    """Leave out a first block that only repeats the headline, where more follows."""
    first = next((place for place, block in enumerate(blocks) if not block.mark), -1)
    repeats = first >= 0 and not blocks[first].markup and line(blocks[first].text) == title
    return (*blocks[:first], *blocks[first + 1 :]) if repeats and blocks[first + 1 :] else blocks


def _with_byline(blocks: tuple[Block, ...], byline: str, authors: tuple[str, ...]) -> tuple[Block, ...]:
    """Put a byline that says more than names above the text, if the text does not have it itself."""
    said = rest = line(byline)
    for author in authors:
        rest = rest.replace(author, " ")
    more = len(re.findall(r"\w+", rest)) > len(authors)  # more than a `By` or `and` for each
    if not more or any(line(block.text) == said for block in blocks):
        return blocks
    first = next((place for place, block in enumerate(blocks) if is_text(block)), len(blocks))
    rows = "\n".join(map(line, byline.strip().split("\n")))
    return (*blocks[:first], Block("paragraph", rows, mark="byline"), *blocks[first:])


def _missing(where: Where, field: str, mend: str) -> Problem:
    message = f"the article has no {field}"
    return Problem("error", where.path, where.line, message, mend.format(where.fields.get(field, f"its {field}")))


def _clean(text: str) -> str:
    return _UNFIT.sub("", encoding.clean(text)[0])


def _cleaned(blocks: tuple[Block, ...]) -> tuple[tuple[Block, ...], tuple[Fired, ...]]:
    """Return blocks without characters that mislead readers: some come as escapes, which a format reads late."""
    kept: list[Block] = []
    fired: list[Fired] = []
    for block in blocks:
        text, repairs = encoding.clean(block.text)
        kept += [block if text == block.text else block._replace(text=text)] if text.strip() else []
        fired += repairs
    return tuple(kept), tuple(fired)


def _says(block: Block) -> str:
    """Return the words of a block as one line."""
    return line(markdown.first_paragraph(block.text) if block.markup else block.text)


def decoded(data: bytes, path: str, declared: str = "") -> tuple[str, tuple[Fired, ...]] | Problem:
    r"""Return the text of a file with `\\n` for every line end, and how it was decoded, or why it is none.

    `declared` is the encoding that the file itself names, if any. What cannot be seen in the text is taken out only
    after it is parsed: before, it may be part of the format.
    """
    found = encoding.decode(data, declared)
    if isinstance(found, encoding.Refused):
        return Problem("error", path, *found)
    return found.text.replace("\r\n", "\n").replace("\r", "\n"), found.fired

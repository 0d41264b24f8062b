"""The seed text format: one or several raw articles in a file, as they came.

An article begins with a header line, after a blank line or at the top of the file:

    date 2025-08-17 "Kicker" Headline

and its blocks follow, with a blank line between them. A file with one article may begin as `header` knows articles to.
"""

import hashlib
import re
from collections.abc import Iterator

from digest.errors import Problem
from digest.seeds import encoding, stated, structure
from digest.seeds.record import Block, Reading, SeedArticle
from digest.seeds.structure import header, lines
from digest.seeds.structure.header import Header
from digest.seeds.structure.rules import KEYS

NAME = "text"

_BLANK = re.compile(r"\n(?:[^\S\n]*\n)+")
_LINE_OF_ITS_OWN = 160
"""Characters of a line that nobody broke."""
_FIELDS = {"title": "a line `Title: …`", "date": "a line `Date: 2025-08-17`", "text": "a blank line and the text below"}
_FIELDS_OF_FRONT_MATTER = """title kicker date updated lastmod modified summary description lang authors author topics tags source slug id draft
    expires aliases rights corrections story seed image"""
# XML 1.0 (section 2.2) and HTML forbid these; C1 controls are Windows-1252 read as something else.
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ufdd0-\ufdef\ufffe\uffff]")


def recognises(data: bytes, path: str) -> bool:
    """Plain text is what no other format recognises."""
    return True


def read(data: bytes, path: str, reading: Reading) -> Iterator[SeedArticle | Problem]:
    """Yield the articles of a text file, and what was left out of it."""
    decoded = encoding.decode(data)
    if isinstance(decoded, encoding.Refused):
        yield Problem("error", path, *decoded)
        return
    for raw, line in _cut(decoded.text):
        bytes_of_it = data if raw is decoded.text else raw.encode(errors="replace")
        found = _article(raw, line, bytes_of_it, path, reading)
        if isinstance(found, SeedArticle) and decoded.fired:
            found = found._replace(fired=(*decoded.fired, *found.fired))
        yield found


def _cut(text: str) -> list[tuple[str, int]]:
    """Cut a file's text into its articles, with the line on which each piece starts."""
    plain = text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text
    spans = header.spans(plain)
    if len(spans) == 1:
        return [(text, 1)]
    pieces = []
    line, at = 1, 0
    for start, end in spans:
        line, at = line + plain.count("\n", at, start), start
        pieces.append((plain[start:end], line))
    return pieces


def _article(raw: str, line: int, data: bytes, path: str, reading: Reading) -> SeedArticle | Problem:
    """Read one article that starts on `line`, or say why it is none."""
    text = raw.replace("\r\n", "\n").replace("\r", "\n") if "\r" in raw else raw
    line += len(text[: len(text) - len(text.lstrip())].split("\n")) - 1
    text = text.strip(" \t\n")
    text_hash = hashlib.blake2b(text.encode(errors="replace"), digest_size=16).hexdigest()
    text, repairs = encoding.clean(text)
    control = None if text.replace("\n", "").isprintable() else _CONTROL.search(text)  # the first is quick
    if control:
        message = f"the text holds the control character U+{ord(control[0]):04X}"
        hint = "take it out; it often comes from a wrong encoding"
        return Problem("error", path, line + text.count("\n", 0, control.start()), message, hint)
    head = header.read(text, path, reading)
    if not isinstance(head, Header):
        return Problem("error", path, line + head.line, head.message, head.hint)
    blocks = blocks_of(head.rest, line + head.line)
    if head.above:
        blocks = (*(Block("paragraph", row, line=line + at) for at, row in head.above), *blocks)
    fired = (*repairs, *(one._replace(line=line) for one in head.fired))
    if head.keys is not None:
        where = stated.Where(NAME, path, line, data, _FIELDS)
        found = stated.article(_stated(head), blocks, where, reading, fired, guess_headings=True)
        if isinstance(found, Problem):
            return found
        return found._replace(text_hash=text_hash, header=_others(head.keys) or None)
    marked = structure.mark(blocks, reading.off)
    return SeedArticle(
        title=head.title,
        kicker=head.kicker,
        date=head.date,
        blocks=marked.blocks,
        line=line,
        sha256=hashlib.sha256(data).hexdigest(),
        text_hash=text_hash,
        fired=(*fired, *marked.fired),
        authors=marked.authors,
        source=stated.source(marked.source_name, ""),
    )


def _stated(head: Header) -> stated.Stated:
    """Return what a header of keys and values states, as formats with fields state it."""
    keys = head.keys or {}
    return stated.Stated(
        title=head.title,
        date=head.date,
        kicker=head.kicker,
        updated=keys.get("updated", ""),
        summary=keys.get("summary", ""),
        lang=keys.get("lang", ""),
        authors=lines.authors(keys.get("authors", "")),
        topics=tuple(part.strip(" #") for part in re.split(r"[,;、，|]", keys.get("topics", ""))),
        publisher=keys.get("publisher", ""),
        url=keys.get("url", ""),
        image=keys.get("image", ""),
        caption=keys.get("caption", ""),
    )


def _others(keys: dict[str, str]) -> dict[str, str]:
    """Return what a header states that no field is for, by names that are no fields of front matter either."""
    named = {re.sub(r"\W+", "_", key.casefold()): value for key, value in keys.items() if key not in KEYS}
    return {
        f"stated_{key}" if key in _FIELDS_OF_FRONT_MATTER.split() else key: value
        for key, value in named.items()
        if value
    }


def blocks_of(text: str, line: int) -> tuple[Block, ...]:
    """Cut a text that begins on `line` at blank lines; what is between them is a block each.

    Where it has no blank line, and lines that nobody would write so long without a break, each line is a block.
    """
    blocks = []
    at = 0
    for blank in [*_BLANK.finditer(text), None]:
        part = text[at : blank.start() if blank else len(text)]
        block = part.strip("\n")
        block = "\n".join([row.strip(" \t") for row in block.split("\n")]) if "\n" in block else block.strip(" \t")
        if block:
            blocks.append(Block("paragraph", block, line=line + len(part) - len(part.lstrip("\n"))))
        if blank:
            line += text.count("\n", at, blank.end())
            at = blank.end()
    if len(blocks) == 1 and "\n" in blocks[0].text:
        rows = blocks[0].text.split("\n")
        if max(map(len, rows)) > _LINE_OF_ITS_OWN:
            return tuple(Block("paragraph", row, line=blocks[0].line + at) for at, row in enumerate(rows) if row)
    return tuple(blocks)

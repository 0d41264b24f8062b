"""The seed text format: one or several raw articles in a file, as they came.

An article begins with a header line, after a blank line or at the top of the file:

    date 2025-08-17 "Kicker" Headline

and its blocks follow, with a blank line between them.
"""

import datetime as dt
import hashlib
import re
from collections.abc import Iterator

from digest.errors import Problem
from digest.seeds.record import Block, Reading, SeedArticle

MAX_TITLE = 1000
"""Characters of a headline."""
MAX_HEADING = 90
"""Characters of a sub-heading."""

_HEADER = re.compile(r"(?:\A|(?<=\n)(?<!\S\n))[ \t]*date[ \t]+(\d{4}-\d{1,2}-\d{1,2})(?!\S)[ \t]*(.*)")
_KICKER = re.compile(r'"([^"]+)"\s+(\S.*)')
_BLANK = re.compile(r"\n(?:[^\S\n]*\n)+")
# XML 1.0 (section 2.2) and HTML forbid these; C1 controls are Windows-1252 read as something else.
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ufdd0-\ufdef\ufffe\uffff]")
_FULL_STOP = re.compile(r"[.。।։።][\"'”“’»«」』)\]]*$")


NAME = "text"


def recognises(data: bytes, path: str) -> bool:
    """Plain text is what no other format recognises."""
    return True


def read(data: bytes, path: str, reading: Reading) -> Iterator[SeedArticle | Problem]:
    """Yield the articles of a text file, and what was left out of it."""
    if b"\0" in data[:4096] and not data.startswith((b"\xff\xfe", b"\xfe\xff")):
        yield Problem("error", path, 0, "the file is not a text", "seeds are text files; take it out of `seeds/`")
        return
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        message = f"the byte 0x{data[error.start]:02X} is not UTF-8"
        yield Problem("error", path, line, message, "save the file with the encoding UTF-8")
        return
    for raw, line in _cut(text):
        found = _article(raw, line, data if raw is text else raw.encode())
        yield found if isinstance(found, SeedArticle) else Problem("error", path, *found)


def _cut(text: str) -> list[tuple[str, int]]:
    """Cut a file's text before each header, with the line on which each piece starts."""
    plain = text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text
    starts = [header.start() for header in _HEADER.finditer(plain)]
    if not starts or plain[: starts[0]].strip():
        starts.insert(0, 0)
    if len(starts) == 1:
        return [(text, 1)]
    starts[0] = 0
    pieces = []
    line = 1
    for start, end in zip(starts, [*starts[1:], len(plain)], strict=True):
        pieces.append((plain[start:end], line))
        line += plain.count("\n", start, end)
    return pieces


def _article(raw: str, line: int, data: bytes) -> SeedArticle | tuple[int, str, str]:
    """Read one article that starts on `line`, or say (line, reason, mend) why it is none."""
    text = raw.replace("\r\n", "\n").replace("\r", "\n")
    line += len(text[: len(text) - len(text.lstrip())].split("\n")) - 1
    text = text.strip(" \t\n")
    control = _CONTROL.search(text)
    if control:
        at = line + text.count("\n", 0, control.start())
        return (
            at,
            f"the text holds the control character U+{ord(control[0]):04X}",
            "take it out; it often comes from a wrong encoding",
        )
    header = _HEADER.match(text)
    if header is None:
        return (
            line,
            "there is no header line with a date",
            "start the article with a line like ` date 2025-08-17 Headline`",
        )
    try:
        date = dt.date(*map(int, header[1].split("-"))).isoformat()
    except ValueError as error:
        return line, f"the date {header[1]} is impossible: {error}", "correct it to a day of the calendar, YYYY-MM-DD"
    kicker, title = _split_kicker(header[2].strip())
    if not title:
        return line, "the header has no headline", "write the headline after the date"
    if len(title) > MAX_TITLE or len(kicker) > MAX_TITLE:
        return (
            line,
            f"the headline has {len(title) + len(kicker):,} characters, more than {MAX_TITLE:,}",
            "put a blank line between headline and text",
        )
    blocks = _blocks(text[header.end() :])
    text_hash = hashlib.blake2b(text.encode(), digest_size=16).hexdigest()
    return SeedArticle(title, kicker, date, blocks, line, hashlib.sha256(data).hexdigest(), text_hash)


def _split_kicker(headline: str) -> tuple[str, str]:
    """Cut `"Kicker" Headline`: a quotation of several words before a whole headline, with nothing that ties them."""
    found = _KICKER.fullmatch(headline)
    if found is None:
        return "", headline
    kicker, title = found[1].strip(), found[2]
    starts_anew = title[0].isupper() or title[0].isdigit() or (title[0].isalpha() and not title[0].islower())
    if starts_anew and len(kicker.split()) >= 3 and len(title.split()) >= 3:
        return kicker, title
    return "", headline


def _blocks(text: str) -> tuple[Block, ...]:
    """Cut a text at blank lines; a short line without a full stop between two blocks is a sub-heading."""
    texts = [
        block
        for part in _BLANK.split(text)
        if (block := "\n".join(row.strip(" \t") for row in part.strip("\n").split("\n")))
    ]
    last = len(texts) - 1
    return tuple(
        Block(
            "heading"
            if 0 < place < last and len(block) <= MAX_HEADING and "\n" not in block and not _FULL_STOP.search(block)
            else "paragraph",
            block,
        )
        for place, block in enumerate(texts)
    )

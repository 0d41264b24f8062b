"""The e-mail format: newsletters and other messages, one in a file (`.eml`) or many (`.mbox`)."""

import re
from collections.abc import Iterator
from email import message_from_bytes
from email.errors import HeaderParseError
from email.header import decode_header
from email.message import Message
from email.utils import parseaddr
from html import unescape
from typing import NamedTuple

from digest.errors import Problem
from digest.seeds import encoding, html, markup, stated
from digest.seeds.html.locate import letters
from digest.seeds.markup.elements import name_of
from digest.seeds.markup.inline import is_blank
from digest.seeds.record import Block, Fired, Reading, SeedArticle

NAME = "mail"
FIELDS = {"title": "the `Subject:` line", "date": "the `Date:` line", "text": "the message"}
MAX_PARTS = 1000
"""Parts of a message."""
MAX_BOUNDARIES = 100
"""Parts that have parts: the deeper, the longer they take to read."""
MAX_DATE = 100
"""Characters of a date."""
MAX_TOP = 3
"""Blocks at the top of a message that may be a newsletter's name."""
MAX_HEADER = 20_000
"""Characters of a header line."""
SIGNATURE = "furniture: signature"
UNSUBSCRIBE = "furniture: newsletter"

_HEAD = 8192
_MBOX = re.compile(
    rb"^From \S+ +(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun) [A-Z][a-z]{2} [ \d]\d [\d:]{5,8} .{0,20}?\d{4}[^\r\n]{0,10}\r?$",
    re.MULTILINE,
)
_ESCAPED = re.compile(rb"^>(?=>*From )", re.MULTILINE)
_NAMED = re.compile(r"\.(?:eml|mbox|mht|mhtml)$", re.IGNORECASE)
_FIELD = re.compile(rb"([!-9;-~]{1,70}):")
# What a mail system writes, and no person.
_MACHINE = {
    b"message-id",
    b"mime-version",
    b"received",
    b"return-path",
    b"delivered-to",
    b"dkim-signature",
    b"list-unsubscribe",
}
_FOLD = re.compile(r"\r?\n(?=[ \t])")
_ENCODED = re.compile(r"(=\?[^?\s]{1,40}\?[BbQq]\?[^?]*\?=)\s+(?==\?)")
_BOUNDARY = re.compile(rb"boundary\s*=", re.IGNORECASE)
_LINE_ENDS = re.compile(rb"\A\Z|\A\xef\xbb\xbf\Z|\n\r?\n\Z")
_TAG = re.compile(r"<[^<>]*>")
_SIGNATURE_LINE = re.compile(r"^-- $", re.MULTILINE)
_COMMENT = re.compile(r"\([^()]*\)")
_ADDRESSES = re.compile(r"<(https?://[^>\s]+)>")
_OPT_OUT = re.compile(
    r"\]\([^)]*(?:unsub|opt-?out|abmeld|abbestell|austragen|desab|desinscri|disiscri|afmeld|avanmal|wypis)",
    re.IGNORECASE,
)


class _Text(NamedTuple):
    """A part of a message that is text."""

    text: str
    is_html: bool
    fired: tuple[Fired, ...]


class _Read(NamedTuple):
    """What a message holds."""

    texts: tuple[_Text, ...] = ()
    attached: tuple[str, ...] = ()
    """What is no text, by name."""
    problems: tuple[str, ...] = ()


def recognises(data: bytes, path: str) -> bool:
    """Tell whether a file begins with a message's header, or is named as one."""
    if _NAMED.search(path):
        return True
    head = data[:_HEAD].removeprefix(b"\xef\xbb\xbf").lstrip(b"\r\n")
    if _MBOX.match(head):
        return True
    names = set()
    for line in head.split(b"\n"):
        if not line.strip():
            break
        field = _FIELD.match(line)
        if field is None and line[:1] not in (b" ", b"\t"):
            return False
        names |= {field[1].lower()} if field and line[:1] not in (b" ", b"\t") else set()
    return bool({b"from", b"subject"} & names and _MACHINE & names)


def read(data: bytes, path: str, reading: Reading) -> Iterator[SeedArticle | Problem]:
    """Yield the messages of a file in their order, and a Problem for each that is no article, or not whole."""
    starts = [found.start() for found in _MBOX.finditer(data) if _LINE_ENDS.search(data[: found.start()][-4:])]
    if not starts or data[: starts[0]].strip(b"\xef\xbb\xbf\r\n\t "):
        yield from _message(data, stated.Where(NAME, path, 0, data, FIELDS), reading)
        return
    line = 1
    for number, (start, end) in enumerate(zip(starts, [*starts[1:], len(data)], strict=True)):
        line += data.count(b"\n", starts[number - 1] if number else 0, start)
        raw = data[start:end]
        where = stated.Where(NAME, path, line, data if len(starts) == 1 else raw, FIELDS)
        for found in _message(_ESCAPED.sub(b"", raw.partition(b"\n")[2]), where, reading):
            if isinstance(found, Problem) and len(starts) > 1:
                yield found._replace(message=f"message {number + 1}: {found.message}", line=line)
            else:
                yield found


def _message(raw: bytes, where: stated.Where, reading: Reading) -> Iterator[SeedArticle | Problem]:
    """Yield a message as an article, and what of it was left out."""
    if len(_BOUNDARY.findall(raw)) > MAX_BOUNDARIES:
        message = f"the message has more than {MAX_BOUNDARIES} parts that have parts themselves"
        yield Problem("error", where.path, where.line, message, "save the part with the text as a file of its own")
        return
    try:
        root = message_from_bytes(raw.removeprefix(b"\xef\xbb\xbf").lstrip(b"\r\n"))
        header = {name.lower(): _unfolded(value) for name, value in reversed([*root.raw_items()])}
        found = _parts(root)
    except Exception as error:  # the standard library's parser is not proof against every header
        reason = type(error).__name__
        yield Problem("error", where.path, where.line, f"the message cannot be read ({reason})", "export it anew")
        return
    if "snapshot-content-location" in header:  # a web page, as some browsers save it
        yield _page(root, where, header["snapshot-content-location"], reading)
        return
    name, address = parseaddr(header.get("from", ""))
    known = stated.Stated(
        title=_decoded(header.get("subject", "")),
        date=_COMMENT.sub("", header.get("date", "")[:MAX_DATE]),
        lang=header.get("content-language", "").partition(",")[0],
        publisher=_decoded(name) or address.rpartition("@")[2],
    )
    blocks, fired = _blocks(found.texts, header, known.publisher)
    is_plain = not any(text.is_html for text in found.texts)
    yield stated.article(known, blocks, where, reading, fired, is_plain)
    for problem in found.problems:
        yield Problem("warning", where.path, where.line, problem, "look whether the article is whole")
    if found.attached:
        names = ", ".join(found.attached[:5]) + (f" and {len(found.attached) - 5} more" if found.attached[5:] else "")
        mend = "save those that are articles as files of their own"
        yield Problem("warning", where.path, where.line, f"what is attached was left out: {names}", mend)


# Header lines


def _unfolded(value: object) -> str:
    """Return a header line's value as one line; bytes that are not ASCII are what they mean in UTF-8 or another encoding."""
    line = _FOLD.sub("", str(value))[:MAX_HEADER]
    return line if line.isascii() else _word(line.encode("utf-8", "surrogateescape"), "")


def _decoded(line: str) -> str:
    """Return the text of a header line (RFC 2047), whatever is wrong with it."""
    try:
        parts = decode_header(_ENCODED.sub(r"\1", line))
    except (HeaderParseError, ValueError):
        return line
    return stated.line("".join(part if isinstance(part, str) else _word(part, charset) for part, charset in parts))


def _word(data: bytes, charset: str | None) -> str:
    if charset is None:  # what stands between encoded words, as the library gives it
        return data.decode("raw-unicode-escape", "replace")
    found = encoding.decode(data, charset)
    return found.text if isinstance(found, encoding.Decoded) else data.decode("utf-8", "replace")


# Parts


def _parts(message: Message) -> _Read:
    """Return the texts of a message, of alternatives the richest, and what else is in it."""
    if message.is_multipart():
        children = [part for part in message.get_payload() if isinstance(part, Message)]
        kind = message.get_content_subtype()
        if message.get_content_maintype() == "message":
            return _Read(attached=(_name(message),))
        read = [_parts(part) for part in children[:MAX_PARTS]]
        if kind == "alternative":
            plain = [each for each in read if any(map(_shows, each.texts))]
            rich = [each for each in plain if any(text.is_html and _shows(text) for text in each.texts)]
            return (rich or plain or [_Read()])[-1]
        if kind in ("related", "signed") and read:
            return read[0]
        cut = (f"the message has more than {MAX_PARTS:,} parts",) if len(children) > MAX_PARTS else ()
        return _Read(
            tuple(text for each in read for text in each.texts),
            tuple(name for each in read for name in each.attached),
            (*(problem for each in read for problem in each.problems), *cut),
        )
    kind = message.get_content_type()
    place = message.get_content_disposition()
    is_attached = place == "attachment" or (place is None and message.get_filename() is not None)
    if is_attached or kind not in ("text/plain", "text/html"):
        return _Read(attached=(_name(message),))
    payload = message.get_payload(decode=True)
    payload = payload if isinstance(payload, bytes) else b""
    if not payload.strip():
        return _Read()
    decoded = stated.decoded(payload, "", str(message.get_content_charset() or ""))
    if isinstance(decoded, Problem):
        return _Read(problems=(f"a part of the message was left out: {decoded.message}",))
    text, fired = decoded
    if kind == "text/plain" and str(message.get_param("format", "")).lower() == "flowed":
        text = _unwrapped(text, str(message.get_param("delsp", "")).lower() == "yes")
    return _Read((_Text(text, kind == "text/html", fired),))


def _shows(text: _Text) -> bool:
    """Tell whether a reader would see anything of a text."""
    return not is_blank(unescape(_TAG.sub("", text.text)) if text.is_html else text.text)


def _name(part: Message) -> str:
    return _decoded(part.get_filename() or part.get_content_type())[:80]


def _unwrapped(text: str, deletes_space: bool) -> str:
    """Return text as it was before it was wrapped for transport (RFC 3676)."""
    lines: list[str] = []
    depth = -1
    flows = False
    for line in text.split("\n"):
        bare = line.lstrip(">")
        quoted = len(line) - len(bare)
        bare = bare.removeprefix(" ")
        is_signature = bare == "-- "
        if flows and quoted == depth and not is_signature:
            lines[-1] += bare
        else:
            lines.append("> " * quoted + bare)
        flows = bare.endswith(" ") and not is_signature
        depth = quoted
        if flows and deletes_space:
            lines[-1] = lines[-1][:-1]
    return "\n".join(lines)


# From parts to blocks


def _blocks(
    texts: tuple[_Text, ...], header: dict[str, str], sender: str
) -> tuple[tuple[Block, ...], tuple[Fired, ...]]:
    """Return the blocks of a message's texts; its signature, way to unsubscribe and sender's name at the top are marked."""
    opt_outs = _ADDRESSES.findall(header.get("list-unsubscribe", ""))
    blocks: list[Block] = []
    fired: list[Fired] = []
    for text in texts:
        found = _html_blocks(text.text) if text.is_html else _plain_blocks(text.text)
        blocks += [_with_opt_out(block, opt_outs) for block in found]
        fired += text.fired
    for at, block in enumerate(blocks[:MAX_TOP]):
        name = letters(block.text)
        if name and name in letters(sender) and block.kind != "heading" and not block.mark:
            blocks[at] = block._replace(mark="source")
    return tuple(blocks), tuple(fired)


def _with_opt_out(block: Block, opt_outs: list[str]) -> Block:
    is_opt_out = block.markup and not block.mark and block.kind != "table"
    is_opt_out = is_opt_out and (_OPT_OUT.search(block.text) is not None or any(url in block.text for url in opt_outs))
    return block._replace(mark=UNSUBSCRIBE) if is_opt_out else block


def _html_blocks(text: str) -> tuple[Block, ...]:
    """Return the blocks of an HTML part: its tables without head cells or borders only lay it out."""
    root = markup.parsed(text)
    if root is None:
        return markup.of_html(text)
    for table in root.iter("table"):
        has_border = (table.get("border") or "0").strip() not in ("", "0")
        if not has_border and next((each for each in table.iter("th", "caption") if name_of(each)), None) is None:
            table.set("role", "presentation")
    base = root.find(".//base[@href]")
    return markup.blocks(root, base.get("href") if base is not None else "")


def _plain_blocks(text: str) -> tuple[Block, ...]:
    """Return the paragraphs of a text part, what it quotes with `>`, and below `-- ` a signature (RFC 3676, 4.3)."""
    body, _, signature = _SIGNATURE_LINE.sub("\0", text, count=1).partition("\0")
    if is_blank(body):
        body, signature = signature, ""
    found: list[Block] = []
    for block in markup.of_text(body):
        lines = block.text.split("\n")
        if all(each.startswith(">") for each in lines):
            quoted = "\n".join(each.lstrip("> ") for each in lines)
            found += [each._replace(kind="quotation") for each in markup.of_text(quoted)]
        else:
            found.append(block)
    return (*found, *(each._replace(mark=SIGNATURE) for each in markup.of_text(signature)))


def _page(message: Message, where: stated.Where, address: str, reading: Reading) -> SeedArticle | Problem:
    """Return the article of a web page that was saved as a message (RFC 2557), from an address."""
    for part in message.walk():
        if part.get_content_type() == "text/html":
            payload = part.get_payload(decode=True)
            if isinstance(payload, bytes) and payload.strip():
                return html.article(payload, where, reading, address)
    return Problem("error", where.path, where.line, "the saved page has no text", "save it as a web page")

"""Markdown seeds: a `.md` file, or any text that begins with front matter, taken as it is: one article a file."""

import datetime as dt
import hashlib
import re
from collections.abc import Iterator
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from digest import frontmatter, markdown
from digest.dates import moment_of
from digest.errors import Problem
from digest.frontmatter import FrontMatterError
from digest.seeds import encoding, stated, when
from digest.seeds.record import Reading, SeedArticle, make
from digest.seeds.structure import header

NAME = "markdown"
DATES = ("date", "published", "publishDate", "pubDate", "created")
"""Keys that hold an article's date, the first that is there."""

_SUFFIXES = (".md", ".markdown", ".mdown", ".mkd")
_HEAD = 4096
"""Bytes that tell whether a file begins with front matter."""
_FRONT = re.compile(r"\+\+\+\n|---\n(?:[ \t]*(?:#.*)?\n)*(?:[\"']?\w[\w .-]*[\"']?[ \t]*:(?:\s|$)|---\n)")
_SEED_HEADER = re.compile(r"\s*date[ \t]+\d{4}-")
"""How a seed in the text format begins, whatever its file is called."""
_TOML_END = re.compile(r"^\+\+\+[ \t]*(?:\n|\Z)", re.MULTILINE)
_TOML_PLACE = re.compile(r"\(at line (\d+), column \d+\)")
_ATX = re.compile(r" {0,3}#[ \t]+(\S.*?)(?:[ \t]+#+)?[ \t]*")
_SETEXT = re.compile(r" {0,3}=+[ \t]*")
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufdd0-\ufdef\ufffe\uffff]")


class _Parts(NamedTuple):
    """A Markdown file cut in two."""

    written: dict[str, Any]
    """The front matter: texts as they are written, lists and mappings of these."""
    header: dict[str, Any]
    """The same to write out again: numbers, dates and truths as such where they are written that way."""
    yaml: str
    """The front matter's text; empty where it is TOML."""
    body: str
    body_line: int


def recognises(data: bytes, path: str) -> bool:
    """Tell a Markdown file by its front matter or its name."""
    head = data[:_HEAD].removeprefix(b"\xef\xbb\xbf").decode("utf-8", "replace").replace("\r\n", "\n")
    return _FRONT.match(head) is not None or (path.lower().endswith(_SUFFIXES) and not _SEED_HEADER.match(head))


def read(data: bytes, path: str, reading: Reading) -> Iterator[SeedArticle | Problem]:
    """Yield the article of a Markdown file, with its front matter and text as they are, or why it is none.

    Title and date may be missing in the front matter: a heading of level 1 above the text is the title, and the date
    may stand in the file's name. A heading that only repeats the title is left out of the text.
    """
    decoded = stated.decoded(data, path)
    if isinstance(decoded, Problem):
        yield decoded
        return
    text, repairs = encoding.clean(decoded[0])
    fired = (*decoded[1], *repairs)
    try:
        parts = _toml(text) if text.startswith("+++\n") else _key_lines(text, path, reading) or _yaml(text)
        title, body = _title(parts)
        date = _date(parts, path, reading)
        if control := _CONTROL.search(parts.body):
            line = parts.body_line + parts.body.count("\n", 0, control.start())
            message = f"the text holds the control character U+{ord(control[0]):04X}"
            raise FrontMatterError(line, message, "take it out; it often comes from a wrong encoding")
        if not body.strip():
            raise FrontMatterError(parts.body_line, "the article has no text", "write it below the front matter")
    except FrontMatterError as error:
        yield Problem("error", path, error.line, error.message, error.hint)
        return
    taken = {key: value for key, value in parts.header.items() if key not in ("title", "date") or _is_good(key, value)}
    found = make(
        NAME,
        data,
        title,
        date,
        (),
        line=1,
        fired=fired,
        kicker=stated.line(_text(parts.written, "kicker")),
        lang=stated.language(_text(parts.written, "lang")),
        header=taken,
        body=body,
    )
    said = frontmatter.dump({**taken, "title": title, "date": date}, body)  # who mends a topic mends the article
    yield found._replace(text_hash=hashlib.blake2b(said.encode(), digest_size=16).hexdigest())


def _is_good(key: str, value: Any) -> bool:
    """Tell whether a build can read a title or date as it is written; else what was understood of it stands in."""
    if value is None or isinstance(value, (dict, list)):
        return False
    try:
        return key == "title" or bool(moment_of(str(value), ZoneInfo("UTC")))
    except ValueError:
        return False


def _key_lines(text: str, path: str, reading: Reading) -> _Parts | None:
    """Cut a file that begins with lines of `Key: value` and a blank line, as Pelican and MultiMarkdown have it."""
    above = len(text) - len(text.lstrip("\n"))
    found = None if text.startswith("---\n") else header.read(text[above:], path, reading)
    if not isinstance(found, header.Header) or found.keys is None:
        return None
    keys = {name.casefold(): value for name, value in found.keys.items() if value}
    source = stated.source(keys.pop("publisher", ""), keys.pop("url", ""))
    image = {"url": keys.pop("image", ""), "caption": keys.pop("caption", "")}
    values: dict[str, Any] = {
        **keys,
        "authors": _parted(keys.get("authors", "")),
        "topics": _parted(keys.get("topics", "")),
        "source": {"name": source.name, "url": source.url} if source else {},
        "image": image if stated.is_address(image["url"]) else {},
    }
    values = {key: value for key, value in values.items() if value}
    return _Parts(values, values, "", found.rest, above + found.line + 1)


def _parted(text: str) -> list[str]:
    """Return the entries of a list on a line, which semicolons part if there are any, or commas."""
    return [
        entry for part in re.split("[;；]" if re.search("[;；]", text) else "[,、，]", text) if (entry := part.strip())
    ]


def _yaml(text: str) -> _Parts:
    """Cut a file with YAML front matter, or none. Raises FrontMatterError."""
    front = frontmatter.split(text)
    written = frontmatter.load(front.header)
    return _Parts(
        written, _as_written(written, frontmatter.load_typed(front.header)), front.header, front.body, front.body_line
    )


def _as_written(text: Any, typed: Any) -> Any:
    """Return a YAML value with its type where writing that out gives the same characters; else as the text it is."""
    if isinstance(text, dict) and isinstance(typed, dict) and len(text) == len(typed):
        return {key: _as_written(text[key], value) for key, value in zip(text, typed.values(), strict=True)}
    if isinstance(text, list) and isinstance(typed, list) and len(text) == len(typed):
        return [_as_written(*pair) for pair in zip(text, typed, strict=True)]
    if isinstance(typed, bool):
        return typed if text == str(typed).lower() else text
    if isinstance(typed, dt.date) and not isinstance(typed, dt.datetime):
        return typed if text == typed.isoformat() else text
    return typed if isinstance(typed, (int, float)) and text == repr(typed) else text


def _toml(text: str) -> _Parts:
    """Cut a file with TOML front matter, as Hugo has it. Raises FrontMatterError."""
    import tomllib

    end = _TOML_END.search(text, 4)
    if end is None:
        raise FrontMatterError(1, "the front matter has no end", "add a line `+++` after the last key")
    toml = text[4 : end.start()]
    if len(toml) > frontmatter.MAX_HEADER:
        message = f"the front matter has {len(toml):,} characters"
        raise FrontMatterError(1, message, f"keep it below {frontmatter.MAX_HEADER:,}")
    try:
        values = _yaml_values(tomllib.loads(toml), frontmatter.MAX_DEPTH)
    except (tomllib.TOMLDecodeError, RecursionError, ValueError) as error:
        place = _TOML_PLACE.search(str(error))
        reason = _TOML_PLACE.sub("", str(error)).strip()
        message = f"the front matter is not valid TOML: {reason}"
        raise FrontMatterError(int(place[1]) + 1 if place else 1, message, "correct that line") from error
    return _Parts(values, values, "", text[end.end() :], toml.count("\n") + 3)


def _yaml_values(value: Any, depth: int) -> Any:
    """Return a TOML value as YAML can write it: times become texts. Raises ValueError where it is nested deeper."""
    if not depth:
        raise ValueError("it is nested too deep")
    if isinstance(value, dict):
        return {key: _yaml_values(item, depth - 1) for key, item in value.items()}
    if isinstance(value, list):
        return [_yaml_values(item, depth - 1) for item in value]
    return value.isoformat() if isinstance(value, (dt.datetime, dt.time)) else value


def _title(parts: _Parts) -> tuple[str, str]:
    """Return the title, and the text without a heading that only repeats it. Raises FrontMatterError."""
    title = stated.line(_text(parts.written, "title"))
    heading, rest = _heading(parts.body)
    words = markdown.first_paragraph(heading) or heading
    title = title or words
    if not title:
        hint = "add a line `title: …` to the front matter, or a first line `# …` to the text"
        raise FrontMatterError(1, "the article has no title", hint)
    if len(title) > stated.MAX_LINE:
        message = f"the title has {len(title):,} characters, more than {stated.MAX_LINE:,}"
        raise FrontMatterError(frontmatter.line_of(parts.yaml, "title"), message, "shorten it")
    # A heading with a link or emphasis says more than the title.
    return title, rest if heading and heading == words == title else parts.body


def _heading(body: str) -> tuple[str, str]:
    """Return the text of a heading of level 1 that a body begins with, and the body below; empty where it has none."""
    first, _, below = body.lstrip("\n").partition("\n")
    if len(first) > 2 * stated.MAX_LINE:
        return "", body
    if found := _ATX.fullmatch(first):
        return found[1], below
    underline, _, rest = below.partition("\n")
    is_heading = len(underline) <= 2 * stated.MAX_LINE and _SETEXT.fullmatch(underline) is not None
    return (
        (first.strip(" \t"), rest)
        if is_heading and first.strip() and not first.startswith(("    ", "\t"))
        else ("", body)
    )


def _date(parts: _Parts, path: str, reading: Reading) -> str:
    """Return the article's date. Raises FrontMatterError."""
    key = next((key for key in DATES if parts.written.get(key) not in (None, "")), "date")
    written = str(parts.written.get(key) or "")
    date = when.moment(written) if written else when.of_path(path) or reading.date
    if not date and written:
        message = f"the date {stated.line(written)[:40]!r} is not understood"
        line = frontmatter.line_of(parts.yaml, key)
        raise FrontMatterError(line, message, "write it as 2025-08-17 or 2025-08-17T14:05:00+02:00")
    if not date:
        hint = "add a line `date: 2025-08-17` to the front matter, or name the file like `2025-08-17-title.md`"
        raise FrontMatterError(1, "the article has no date", hint)
    return date


def _text(values: dict[str, Any], key: str) -> str:
    value = values.get(key)
    return "" if value is None or isinstance(value, (dict, list)) else str(value)

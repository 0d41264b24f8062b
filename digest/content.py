"""Content files: Markdown with front matter, one per article, that people edit."""

import codecs
import hashlib
import re
import uuid
from collections.abc import Sequence
from functools import lru_cache
from typing import Any
from zoneinfo import ZoneInfo

import msgspec

from digest import cut, frontmatter, markdown
from digest.config import WEB_ADDRESS, SourceRule, direction, is_language, source_of
from digest.dates import Moment, last_change, moment_of
from digest.errors import Problem
from digest.frontmatter import FrontMatterError, line_of
from digest.model import RIGHTS, Article, Body, Correction, Source
from digest.urls import SLUG, SLUG_LENGTH, slugify
from digest.urls import article as article_path

MAX_FILE = 10 * 1024 * 1024
"""Bytes of a content file."""
MAX_TEXT = 1000
"""Characters of a title or kicker."""
MAX_LIST = 200
"""Authors, topics, aliases or corrections of an article."""
SUMMARY_LENGTH = 600
"""Characters of a summary taken from the text; a longer first paragraph is cut at a sentence."""
EXCERPT_LENGTH = 300
"""Characters shown of an article of which only an excerpt may be; and never more than half of it."""
NAMESPACE = uuid.UUID("6f6a3a9c-6f0b-5d43-9f5e-0f3a0d8a7c11")
"""Of the ids that the importer gives (RFC 4122, section 4.3)."""

_UNENCODABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")
_PATH_LIKE = re.compile(r"(^|[/\\])\.{1,2}([/\\]|$)")
_RENAMED = {
    "lastmod": "updated",
    "modified": "updated",
    "tags": "topics",
    "author": "authors",
    "description": "summary",
}
_KNOWN = frozenset(
    [
        "title",
        "kicker",
        "date",
        "updated",
        "summary",
        "lang",
        "authors",
        "topics",
        "source",
        "slug",
        "id",
        "draft",
        "expires",
        "aliases",
        "rights",
        "corrections",
        "retracted",
        "story",
        "pin",
        "seed",
    ]
)


class _WrongValueError(Exception):
    """A front matter value that cannot be used: key, reason, mend."""


@lru_cache(maxsize=8)
def new_id(text_hash: str) -> str:
    """Return the id, a UUID as URN (RFC 4122), of an article that was first seen with this text."""
    return uuid.uuid5(NAMESPACE, text_hash).urn


def excerpt(text: str, limit: int = SUMMARY_LENGTH) -> str:
    """Return `text`, or of a long one the first sentences, as far as they fit in `limit` (see `cut.shorten`)."""
    return cut.shorten(text, limit)


def decode(data: bytes, path: str) -> str | Problem:
    r"""Return the text of a content file's bytes, with `\\n` for every line end."""
    if len(data) > MAX_FILE:
        return Problem(
            "error", path, 0, f"the file has {len(data):,} bytes, more than {MAX_FILE:,}", "split the article"
        )
    try:
        text = data.removeprefix(codecs.BOM_UTF8).decode()  # `utf-8-sig` is not written in C
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        return Problem(
            "error",
            path,
            line,
            f"the byte 0x{data[error.start]:02X} is not UTF-8",
            "save the file with the encoding UTF-8",
        )
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text


def digest_of(data: bytes, path: str) -> bytes:
    """Return the BLAKE2b hash by which a content file is known: of its bytes, and of where it stands."""
    return hashlib.blake2b(data, digest_size=16, key=hashlib.blake2b(path.encode()).digest()).digest()


def parse(
    data: bytes, path: str, zone: ZoneInfo, language: str, sources: Sequence[SourceRule] = ()
) -> Article | Problem:
    """Read a content file into an Article, see `read`."""
    found = read(data, path, zone, language, sources)
    return found if isinstance(found, Problem) else found[0]


def read(
    data: bytes, path: str, zone: ZoneInfo, language: str, sources: Sequence[SourceRule] = ()
) -> tuple[Article, str] | Problem:
    """Read a content file into an Article and its Markdown, or say what is wrong with it and how to mend it.

    `path` is relative to the project; `zone`, `language` and `sources` are the digest's.
    """
    text = decode(data, path)
    if isinstance(text, Problem):
        return text
    try:
        parts = frontmatter.split(text)
        values = frontmatter.load(parts.header)
    except FrontMatterError as error:
        return Problem("error", path, error.line, error.message, error.hint)
    if sign := control(parts.body):
        line = parts.body_line + parts.body.count("\n", 0, sign.start())
        return Problem("error", path, line, f"the text holds the control character U+{ord(sign[0]):04X}", "take it out")
    for neighbour, own in _RENAMED.items():
        if neighbour in values:
            values.setdefault(own, values.pop(neighbour))
    try:
        extra = {} if values.keys() <= _KNOWN else frontmatter.load_typed(parts.header)
        extra = {key: value for key, value in extra.items() if key not in _KNOWN and key not in _RENAMED}
        article = _article(values, parts.body, path, zone, language, digest_of(data, path), frontmatter.plain(extra))
        return _with_rights(article, values, parts.body, sources), parts.body
    except FrontMatterError as error:
        return Problem("error", path, error.line, error.message, error.hint)
    except _WrongValueError as wrong:
        key, message, hint = wrong.args
        written = next((old for old, own in _RENAMED.items() if own == key and line_of(parts.header, key) == 1), key)
        return Problem("error", path, line_of(parts.header, written), message, hint)


def _article(
    values: dict[str, Any], body: str, path: str, zone: ZoneInfo, language: str, digest: bytes, extra: dict[str, Any]
) -> Article:
    title = _text(values, "title")
    if not title:
        raise _WrongValueError("title", "the article has no title", "add a line `title: …` to the front matter")
    if values.get("date") is None:
        raise _WrongValueError("date", "the article has no date", "add a line `date: 2025-08-17` to the front matter")
    stem = path.rpartition("/")[2].removesuffix(".md")
    identifier = _text(values, "id") or uuid.uuid5(NAMESPACE, path).urn
    if not re.fullmatch(r"[A-Za-z][A-Za-z0-9+.-]*:[^\s<>\"]+", identifier):
        raise _WrongValueError(
            "id", f"the id {identifier[:40]!r} is not a URI", "write for example `urn:uuid:…`, or delete the line"
        )
    try:
        moment = moment_of(values["date"], zone, identifier)
    except ValueError as error:
        raise _WrongValueError("date", str(error), "write it as 2025-08-17 or 2025-08-17T14:05:00+02:00") from error
    lang = _text(values, "lang") or language
    if not is_language(lang):
        raise _WrongValueError("lang", f"{lang[:40]!r} is not a language tag", "write for example `de` or `pt-BR`")
    slug = _text(values, "slug") or (stem if SLUG.fullmatch(stem) else slugify(stem, lang))
    if not SLUG.fullmatch(slug) or len(slug) > 2 * SLUG_LENGTH:
        hint = "use small letters a-z, digits and hyphens"
        raise _WrongValueError("slug", f"the slug {slug[:60]!r} is no part of an address", hint)
    topics = _texts(values, "topics")
    for topic in topics:
        if _PATH_LIKE.search(topic):
            raise _WrongValueError("topics", f"the topic {topic[:60]!r} looks like a path", "name the topic in words")
    corrections = _corrections(values, zone)
    return Article(
        body=Body(path, digest),
        id=identifier,
        title=title,
        date=moment.date,
        time=moment.time,
        published=moment.text,
        order=moment.order,
        due=moment.due,
        slug=slug,
        href=article_path(moment.date, slug),
        lang=lang,
        dir=direction(lang),
        kicker=_text(values, "kicker"),
        summary=_text(values, "summary", 10 * MAX_TEXT) or excerpt(markdown.first_paragraph(body)),
        updated=_updated(values, moment, zone, identifier),
        expires=_expiry(values, zone),
        draft=_flag(values, "draft"),
        authors=_texts(values, "authors"),
        topics=topics,
        source=_source(values),
        aliases=_texts(values, "aliases"),
        corrections=corrections,
        story=_text(values, "story"),
        retracted=_text(values, "retracted", 10 * MAX_TEXT),
        pin=_flag(values, "pin"),
        length=len(body),
        extra=extra,
    )


def _with_rights(article: Article, values: dict[str, Any], body: str, sources: Sequence[SourceRule]) -> Article:
    """Add who published an article and what may be shown of it, where its own front matter does not say so."""
    if article.retracted:
        return msgspec.structs.replace(article, rights="link", summary=article.retracted)
    said = _text(values, "rights")
    seed = values.get("seed")
    file = seed.get("file") if isinstance(seed, dict) else None
    rule = source_of(sources, file) if isinstance(file, str) else None
    source = article.source
    if rule and rule.name and source is None:
        source = Source(rule.name, rule.url)
    rights, notice = rule.rights if rule else "full", ""
    if said in RIGHTS:
        rights = said
    elif " " in said:
        notice = said
    elif said:  # a mode misspelt must not publish what nobody may
        hint = f"write one of {', '.join(RIGHTS)}, or a sentence"
        raise _WrongValueError("rights", f"`rights` is {said[:40]!r}", hint)
    if (source, rights, notice) == (article.source, "full", ""):
        return article
    summary = article.summary if rights == "full" else ""
    if rights == "excerpt":
        words = markdown.plain_text(body)
        summary = excerpt(article.summary, min(EXCERPT_LENGTH, len(words) // 2))
    return msgspec.structs.replace(article, source=source, rights=rights, notice=notice, summary=summary)


def control(text: str) -> re.Match[str] | None:
    """Find a character that no page can show. Most texts hold none, which `isprintable` says quickly."""
    return None if text.replace("\n", "").isprintable() else _UNENCODABLE.search(text)


def _text(values: dict[str, Any], key: str, limit: int = MAX_TEXT) -> str:
    return _as_text(values.get(key), key, limit)


def _as_text(value: Any, key: str, limit: int = MAX_TEXT) -> str:
    if value is None:
        return ""
    if not isinstance(value, str):
        raise _WrongValueError(
            key, f"`{key}` must be a text", f"write `{key}: …` on one line, in quotes if it holds `:` or `#`"
        )
    text = " ".join(value.split("\n")).strip()
    if len(text) > limit:
        raise _WrongValueError(key, f"`{key}` has {len(text):,} characters, more than {limit:,}", "shorten it")
    if sign := control(text):
        raise _WrongValueError(key, f"`{key}` holds U+{ord(sign[0]):04X}, which no page can show", "take it out")
    return text


def _texts(values: dict[str, Any], key: str) -> tuple[str, ...]:
    value = values.get(key)
    if value is None:
        return ()
    items = value if isinstance(value, list) else [value]
    if len(items) > MAX_LIST:
        raise _WrongValueError(
            key, f"`{key}` has {len(items):,} entries, more than {MAX_LIST}", "keep those that matter"
        )
    texts = (_as_text(item, key) for item in items)
    return tuple(dict.fromkeys(text for text in texts if text))


def _flag(values: dict[str, Any], key: str) -> bool:
    value = values.get(key)
    if value is not None and (not isinstance(value, str) or value.lower() not in ("true", "false", "yes", "no")):
        raise _WrongValueError(key, f"`{key}` must be `true` or `false`", f"write `{key}: true`, or delete the line")
    return value is not None and value.lower() in ("true", "yes")


def _moment(values: dict[str, Any], key: str, zone: ZoneInfo, salt: str = "") -> str:
    try:
        return moment_of(values[key], zone, salt).text if values.get(key) is not None else ""
    except ValueError as error:
        raise _WrongValueError(
            key, f"`{key}`: {error}", "write it as 2025-08-17 or 2025-08-17T14:05:00+02:00"
        ) from error


def _updated(values: dict[str, Any], published: Moment, zone: ZoneInfo, salt: str) -> str:
    """Return the last change that a reader should see: `updated` or the last correction, whichever is later."""
    stated = values.get("updated")
    _moment(values, "updated", zone)
    changes = ([] if stated is None else [stated]) + [item["date"] for item in values.get("corrections") or ()]
    return last_change(published, changes, zone, salt) if changes else ""


def _expiry(values: dict[str, Any], zone: ZoneInfo) -> int | None:
    if not _moment(values, "expires", zone):
        return None
    return moment_of(values["expires"], zone).due


def _source(values: dict[str, Any]) -> Source | None:
    value = values.get("source")
    if value is None:
        return None
    if isinstance(value, str):
        value = {"name": value}
    if not isinstance(value, dict) or not value.get("name") or set(value) - {"name", "url"}:
        raise _WrongValueError(
            "source",
            "`source` needs a `name` and may have a `url`",
            "write `source: {name: Example Times, url: https://example.org/x}`",
        )
    url = _as_text(value.get("url"), "source", 2000)
    if url and not WEB_ADDRESS.match(url):
        raise _WrongValueError(
            "source", f"the source's url {url[:60]!r} is no web address", "write it whole, with https://"
        )
    return Source(_as_text(value["name"], "source"), url)


def _corrections(values: dict[str, Any], zone: ZoneInfo) -> tuple[Correction, ...]:
    value = values.get("corrections")
    if value is None:
        return ()
    if (
        not isinstance(value, list)
        or len(value) > MAX_LIST
        or not all(isinstance(item, dict) and item.get("text") and item.get("date") for item in value)
    ):
        raise _WrongValueError(
            "corrections",
            "`corrections` must be a list of `{date, text}`",
            "write each as `- {date: 2025-08-17, text: What was wrong}`",
        )
    try:
        return tuple(
            Correction(moment_of(item["date"], zone).date, _as_text(item["text"], "corrections", 10 * MAX_TEXT))
            for item in value
        )
    except ValueError as error:
        raise _WrongValueError("corrections", f"`corrections`: {error}", "write its date as 2025-08-17") from error

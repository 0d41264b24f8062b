"""The digest's settings: `digest.yml`, read once and validated to the last key."""

import difflib
import re
import uuid
from collections.abc import Callable, Iterable, Mapping, Sequence
from fnmatch import fnmatchcase
from typing import Any
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

import msgspec

from digest import compressing, feedlist, look, urls
from digest.errors import DigestError
from digest.frontmatter import FrontMatterError, line_of, load
from digest.model import RIGHTS, Rights

CARDS = ("none", "latest", "editions", "articles")
"""Which pages have a picture that stands for them elsewhere: none, the front page, all editions, all articles too."""
WEB_ADDRESS = re.compile(r"https?://[^\s<>\"]+$")
COLUMNS = [
    "title",
    "date",
    "text",
    "updated",
    "kicker",
    "summary",
    "authors",
    "topics",
    "source",
    "url",
    "lang",
    "image",
    "caption",
]
"""What a column of a table of articles can hold."""
DEFAULT_URL = "http://localhost:8000/"
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*")
_RIGHT_TO_LEFT = frozenset(
    ["ar", "arc", "ckb", "dv", "fa", "he", "iw", "ji", "ks", "ku-arab", "nqo", "ps", "sd", "syr", "ug", "ur", "yi"]
)


class SourceRule(msgspec.Struct, frozen=True):
    """Who publishes the seeds of a folder, and what may be shown of them."""

    pattern: str
    """A folder below `seeds/`, or a pattern of paths there (`*`, `?`)."""
    name: str = ""
    url: str = ""
    rights: Rights = "full"


_OTHERS_PULLED = SourceRule(feedlist.PULLED, rights="excerpt")


class Settings(msgspec.Struct, frozen=True):
    """What `digest.yml` says; every key has a default."""

    title: str = "Digest"
    """The name of the digest, on every page and feed."""
    description: str = ""
    """One sentence about it, for search engines and feed readers."""
    url: str = DEFAULT_URL
    """Where the site will be, with `https://`; ends with a slash."""
    language: str = "en"
    """BCP 47 language of the interface, and of articles that do not say theirs."""
    timezone: str = "UTC"
    """IANA time zone in which the days begin and end."""
    author: str = ""
    """Who makes the digest; the feed's author. The title stands in where it is empty."""
    id: str = ""
    """URI of the feed that survives a move to another address; made from `url` where it is empty."""
    languages: tuple[str, ...] = ()
    """The only languages that articles are in, each of two or more with its own front page; empty where they may be in any."""
    sources: tuple[SourceRule, ...] = ()
    """Which seeds come from whom; the first that fits counts. Those of `feeds` stand behind those of `sources`."""
    feeds: tuple[feedlist.Feed | str, ...] = ()
    """What `digest pull` reads: feeds, and paths of OPML files."""
    columns: tuple[tuple[str, str], ...] = ()
    """For tables of articles: what is in which column."""
    rules: tuple[str, ...] = ()
    """The rules of the import that are switched off."""
    cards: str = "none"
    """Which pages get a picture for where others link to them."""
    markdown: bool = False
    """Whether the Markdown of each article stands beside its page."""
    theme: look.Theme | None = None
    """What is other than usual in how the pages look."""

    hub: str = ""
    """Address of the WebSub hub that is told of news by `digest ping`."""
    rss: bool = False
    """Whether to make an RSS 2.0 feed too."""
    indexnow: str = ""
    """The digest's key for IndexNow, by which `digest ping` tells search engines what is new."""
    compress: tuple[str, ...] = ()
    """Which compressed copies files of text get: endings of `compressing.CODINGS`."""
    headers: bool = False
    """Whether to write `_headers`, which tells some hosts what may be cached for how long."""

    @property
    def zone(self) -> ZoneInfo:
        """The time zone as the standard library knows it."""
        return ZoneInfo(self.timezone)


def parse(text: str, path: str = "digest.yml") -> Settings:
    """Read the settings file's `text`. Raises DigestError that names path, line, key and mend."""
    try:
        values = load(text)
    except FrontMatterError as error:
        line = max(error.line - 1, 1)
        raise DigestError(
            f"{path}:{line}: {error.message.replace('the front matter', 'the file')}", error.hint
        ) from error
    known = msgspec.structs.fields(Settings)
    names = [field.name for field in known]
    for key, value in values.items():
        where = f"{path}:{max(line_of(text, key) - 1, 1)}"
        if key not in names:
            raise DigestError(f"{where}: unknown key `{key[:60]}`", _nearest(key, names))
        read: _Reader = _READERS.get(key, _text)
        values[key] = read(key, value, where)
    values["sources"] = (*values.get("sources", ()), *_rules_of_feeds(values.get("feeds", ())))
    return with_url(Settings(**values), values.get("url", DEFAULT_URL), path)


def with_url(settings: Settings, url: str, where: str = "--base-url") -> Settings:
    """Return the settings for a site at `url`, in ASCII; the feed's id does not follow it. Raises DigestError."""
    _refuse_wrong("url", url, where)
    feed_id = settings.id or uuid.uuid5(uuid.NAMESPACE_URL, settings.url.rstrip("/") + "/").urn
    return msgspec.structs.replace(settings, url=urls.uri(url.rstrip("/") + "/"), id=feed_id)


def direction(language: str) -> str:
    """Return `rtl` or `ltr` for a BCP 47 `language` (its script subtag wins)."""
    parts = language.lower().split("-")
    if any(part in ("arab", "hebr", "thaa", "syrc", "nkoo", "adlm") for part in parts[1:]):
        return "rtl"
    return "rtl" if parts[0] in _RIGHT_TO_LEFT and "latn" not in parts and "cyrl" not in parts else "ltr"


def is_language(text: str) -> bool:
    """Tell whether `text` has the form of a BCP 47 language tag."""
    return len(text) <= 35 and _LANGUAGE.fullmatch(text) is not None


def source_of(sources: Iterable[SourceRule], seed: str) -> SourceRule | None:
    """Return which of `sources` the seed file at path `seed` comes from: the first whose folder or pattern fits.

    What was pulled from a feed that the settings do not name, or no more, is shown as an excerpt only.
    """
    path = seed.removeprefix("seeds/")
    for rule in sources:
        if path.startswith(f"{rule.pattern}/") or fnmatchcase(path, rule.pattern):
            return rule
    return _OTHERS_PULLED if path.startswith(f"{feedlist.PULLED}/") else None


def _nearest(key: str, names: Sequence[str]) -> str:
    near = difflib.get_close_matches(key, names, 1, 0.5)
    return f"did you mean `{near[0]}`?" if near else f"known keys: {', '.join(names)}"


def _text(key: str, value: Any, where: str) -> str:
    if not isinstance(value, str):
        raise DigestError(f"{where}: `{key}` must be a text, not {_shown(value)}", "put the value in quotes")
    _refuse_wrong(key, value, where)
    return value.strip()


def _languages(key: str, value: Any, where: str) -> tuple[str, ...]:
    hint = "write for example `languages: [de, en]`"
    if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
        raise DigestError(f"{where}: `{key}` must be a list of language tags, not {_shown(value)}", hint)
    for item in value:
        if not is_language(item):
            raise DigestError(f"{where}: {item[:40]!r} in `{key}` is not a language tag", hint)
    return tuple({item.lower(): item for item in reversed(value)}.values())[::-1]


def _pairs(key: str, value: Any, where: str) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise DigestError(f"{where}: `{key}` must be `name: value` lines, not {_shown(value)}", "indent them below it")
    return value


def _sources(key: str, value: Any, where: str) -> tuple[SourceRule, ...]:
    rules = []
    for pattern, about in _pairs(key, value, where).items():
        found = {"name": about} if isinstance(about, str) else _pairs(f"{key}: {pattern}", about, where)
        for field, text in found.items():
            if field not in ("name", "url", "rights"):
                hint = _nearest(field, ("name", "url", "rights"))
                raise DigestError(f"{where}: unknown key `{field[:60]}` of the source `{pattern[:60]}`", hint)
            _text(f"{key}: {pattern}: {field}", text, where)
        if found.get("url") and not WEB_ADDRESS.match(found["url"]):
            raise DigestError(f"{where}: {found['url'][:60]!r} is no web address", "write it whole, with https://")
        if found.get("rights", "full") not in RIGHTS:
            message = f"{where}: the rights of the source `{pattern[:60]}` are {found['rights'][:40]!r}"
            raise DigestError(message, f"write one of {', '.join(RIGHTS)}")
        rules.append(SourceRule(pattern.removeprefix("./").removeprefix("seeds/").rstrip("/"), **found))
    return tuple(rules)


def _rules_of_feeds(feeds: Iterable[feedlist.Feed | str]) -> tuple[SourceRule, ...]:
    """Return who publishes what was pulled, and what may be shown of it."""
    named = feedlist.of_settings(tuple(feeds))
    folders = feedlist.folders(named)
    return tuple(SourceRule(f"{feedlist.PULLED}/{folders[feed.url]}", feed.name, "", feed.rights) for feed in named)


def _columns(key: str, value: Any, where: str) -> tuple[tuple[str, str], ...]:
    pairs = _pairs(key, value, where)
    for field in pairs:
        if field not in COLUMNS:
            raise DigestError(f"{where}: an article has no `{field[:60]}` for a column", _nearest(field, COLUMNS))
    return tuple((field, _text(f"{key}: {field}", column, where)) for field, column in pairs.items())


def _rules(key: str, value: Any, where: str) -> tuple[str, ...]:
    from digest.seeds.structure.rules import RULES  # with them come all formats

    off = []
    for name, state in _pairs(key, value, where).items():
        if state not in ("on", "off", "true", "false"):
            raise DigestError(f"{where}: the rule `{name[:60]}` is {_shown(state)}", "write `on` or `off`")
        if name not in RULES:
            raise DigestError(f"{where}: there is no rule `{name[:60]}`", _nearest(name, sorted(RULES)))
        off += [name] * (state in ("off", "false"))
    return tuple(off)


def _codings(key: str, value: Any, where: str) -> tuple[str, ...]:
    hint = f"write for example `{key}: [{', '.join(compressing.CODINGS)}]`"
    if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
        raise DigestError(f"{where}: `{key}` must be a list, not {_shown(value)}", hint)
    for item in value:
        if item not in compressing.CODINGS:
            raise DigestError(f"{where}: `{key}` knows no {item[:40]!r}", hint)
    return tuple(coding for coding in compressing.CODINGS if coding in value)


def _flag(key: str, value: Any, where: str) -> bool:
    if value not in ("true", "false", "yes", "no"):
        raise DigestError(f"{where}: `{key}` is {_shown(value)}", "write `true` or `false`")
    return value in ("true", "yes")


_Reader = Callable[[str, Any, str], Any]
_READERS: Mapping[str, _Reader] = {
    "languages": _languages,
    "sources": _sources,
    "feeds": lambda _, value, where: feedlist.parse(value, where),
    "columns": _columns,
    "rules": _rules,
    "rss": _flag,
    "compress": _codings,
    "headers": _flag,
    "markdown": _flag,
    "theme": lambda _, value, where: look.parse(value, where),
}


def _shown(value: Any) -> str:
    return "empty" if value is None else f"{type(value).__name__} {str(value)[:40]!r}"


def _refuse_wrong(key: str, value: str, where: str) -> None:
    if len(value) > 1000 or any(ord(sign) < 32 or 0xD800 <= ord(sign) <= 0xDFFF for sign in value):
        raise DigestError(f"{where}: `{key}` has over 1,000 characters or control characters", "write one short line")
    if key == "language" and not is_language(value.strip()):
        raise DigestError(
            f"{where}: `language` {value[:40]!r} is not a language tag", "write for example `en`, `de` or `pt-BR`"
        )
    if key == "timezone":
        try:
            ZoneInfo(value.strip())
        except Exception as error:  # zoneinfo raises half a dozen types for names it cannot use
            raise DigestError(
                f"{where}: `timezone` {value[:40]!r} is not known",
                "write for example `Europe/Berlin`; the list is at https://en.wikipedia.org/wiki/List_of_tz_database_time_zones",
            ) from error
    if key == "hub" and value.strip() and not WEB_ADDRESS.match(value.strip()):
        raise DigestError(f"{where}: {value[:60]!r} is no web address", "write it whole, with https://")
    if key == "indexnow" and value.strip() and not re.fullmatch(r"[A-Za-z0-9-]{8,128}", value.strip()):
        raise DigestError(f"{where}: `indexnow` is no key", "write 8 to 128 letters, digits and hyphens")
    if key == "cards" and value.strip() not in CARDS:
        raise DigestError(f"{where}: `cards` is {value[:40]!r}", f"write one of {', '.join(CARDS)}")
    if key == "url":
        _refuse_wrong_url(value.strip(), where)
    if key == "id" and value.strip() and not re.match(r"[A-Za-z][A-Za-z0-9+.-]*:\S+$", value.strip()):
        raise DigestError(
            f"{where}: `id` {value[:40]!r} is not a URI",
            "write for example `urn:uuid:…` or `tag:example.org,2025:digest`",
        )


def _refuse_wrong_url(url: str, where: str) -> None:
    try:
        parts = urlsplit(url)
        wrong = (
            parts.scheme not in ("http", "https")
            or not parts.hostname
            or parts.query
            or parts.fragment
            or parts.username
        )
        _ = parts.port  # raises ValueError where it is no number
    except ValueError:
        wrong = True
    if wrong or re.search(r"[\s<>\"'\\^`{|}]", url):
        raise DigestError(
            f"{where}: {url[:60]!r} is not the address of a site",
            "write it whole, for example `https://example.org/news/`",
        )

"""The digest's settings: `digest.yml`, read once and validated to the last key."""

import difflib
import re
import uuid
from typing import Any
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

import msgspec

from digest.errors import DigestError
from digest.frontmatter import FrontMatterError, line_of, load

DEFAULT_URL = "http://localhost:8000/"
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*")
_RIGHT_TO_LEFT = frozenset(
    ["ar", "arc", "ckb", "dv", "fa", "he", "iw", "ji", "ks", "ku-arab", "nqo", "ps", "sd", "syr", "ug", "ur", "yi"]
)


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
            near = difflib.get_close_matches(key, names, 1, 0.5)
            hint = f"did you mean `{near[0]}`?" if near else f"known keys: {', '.join(names)}"
            raise DigestError(f"{where}: unknown key `{key[:60]}`", hint)
        if not isinstance(value, str):
            raise DigestError(f"{where}: `{key}` must be a text, not {_shown(value)}", "put the value in quotes")
        _refuse_wrong(key, value, where)
    texts = {key: value.strip() for key, value in values.items()}
    return with_url(Settings(**texts), texts.get("url", DEFAULT_URL), path)


def with_url(settings: Settings, url: str, where: str = "--base-url") -> Settings:
    """Return the settings for a site at `url`; the feed's id does not follow it. Raises DigestError."""
    _refuse_wrong("url", url, where)
    feed_id = settings.id or uuid.uuid5(uuid.NAMESPACE_URL, settings.url.rstrip("/") + "/").urn
    return msgspec.structs.replace(settings, url=url.rstrip("/") + "/", id=feed_id)


def direction(language: str) -> str:
    """Return `rtl` or `ltr` for a BCP 47 `language` (its script subtag wins)."""
    parts = language.lower().split("-")
    if any(part in ("arab", "hebr", "thaa", "syrc", "nkoo", "adlm") for part in parts[1:]):
        return "rtl"
    return "rtl" if parts[0] in _RIGHT_TO_LEFT and "latn" not in parts and "cyrl" not in parts else "ltr"


def is_language(text: str) -> bool:
    """Tell whether `text` has the form of a BCP 47 language tag."""
    return len(text) <= 35 and _LANGUAGE.fullmatch(text) is not None


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

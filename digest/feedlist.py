"""Which feeds are pulled, from whom, and where their entries are stored."""

import difflib
import hashlib
import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from urllib.parse import urlsplit

import msgspec

from digest.errors import DigestError
from digest.model import RIGHTS, Rights

PULLED = "pulled"
"""The folder below `seeds/` that entries are stored in, in a folder for each feed."""
MOST = 5000
"""Feeds of a digest."""
_ADDRESS = re.compile(r"https?://[^\s<>\"\\^`{|}]+", re.IGNORECASE)
_HOST = re.compile(r"[a-z0-9](?:[a-z0-9._-]{0,251}[a-z0-9])?|[0-9a-f:.]{2,45}")
_UNLIKE = re.compile(r"[^a-z0-9.]+")
_HINT = "write for example `feeds: [https://example.org/feed.xml]`"


class Feed(msgspec.Struct, frozen=True):
    """A feed that is pulled."""

    url: str
    name: str = ""
    """Who publishes it, in the place of what it calls itself."""
    rights: Rights = "excerpt"
    """What may be shown of its entries: who offers a feed to read does not thereby allow to publish it."""
    full: bool = False
    """Whether the page of each entry is fetched, for its whole text."""


def parse(value: Any, where: str) -> tuple[Feed | str, ...]:
    """Read `feeds:`: feeds, and paths of OPML files. Raises DigestError that names place, key and mend."""
    if isinstance(value, str):
        value = [value]
    if not isinstance(value, list):
        raise DigestError(f"{where}: `feeds` must be a list of addresses", _HINT)
    if len(value) > MOST:
        raise DigestError(f"{where}: `feeds` has more than {MOST:,} entries", "make two digests of it")
    return tuple(_parse_one(entry, number, where) for number, entry in enumerate(value, 1))


def is_address(text: str) -> bool:
    """Tell whether `text` is a whole web address."""
    try:
        return (
            len(text) <= 2000
            and _ADDRESS.fullmatch(text) is not None
            and urlsplit(text).port != 0
            and bool(_host(text))
        )
    except ValueError:
        return False


def folders(feeds: Iterable[Feed]) -> Mapping[str, str]:
    """Return the folder of each feed by its address: host and path, with a mark where these do not tell it from others."""
    found: dict[str, str] = {}
    for feed in feeds:
        if feed.url not in found:
            name = _folder(feed.url)
            found[feed.url] = _marked(name, feed.url) if name in found.values() else name
    return found


def _host(url: str) -> str:
    """Return the host of an address in ASCII. Raises ValueError where it has none."""
    host = urlsplit(url).hostname or ""
    host = host if host.isascii() else host.encode("idna").decode()
    if not _HOST.fullmatch(host):
        raise ValueError("no host")
    return host


def _folder(url: str) -> str:
    parts = urlsplit(url)
    name = _UNLIKE.sub("-", f"{_host(url)}{f'-{parts.port}' if parts.port else ''}-{parts.path.lower()}").strip("-.")
    return _marked(name[:80], url) if parts.query or len(name) > 80 else name


def _marked(name: str, url: str) -> str:
    return f"{name}-{hashlib.blake2b(url.encode(), digest_size=4).hexdigest()}"


def _parse_one(value: Any, number: int, where: str) -> Feed | str:
    where = f"{where}: entry {number} of `feeds`"  # its address may hold a password, and is not told
    if isinstance(value, str):
        if "://" not in value and value.lower().endswith((".opml", ".xml")):
            return _line("the path", value, where)
        value = {"url": value}
    if not isinstance(value, dict):
        raise DigestError(f"{where} is no feed", _HINT)
    names = Feed.__struct_fields__
    for key in value:
        if key not in names:
            near = difflib.get_close_matches(key, names, 1, 0.5)
            hint = f"did you mean `{near[0]}`?" if near else f"known keys: {', '.join(names)}"
            raise DigestError(f"{where} has the unknown key `{str(key)[:60]}`", hint)
    found: dict[str, Any] = {key: _line(f"`{key}`", text, where) for key, text in value.items()}
    if not is_address(found.get("url", "")):
        hint = "write it whole, with https://; the path of a list of feeds ends with .opml"
        raise DigestError(f"{where} has no web address", hint)
    if found.get("rights", "link") not in RIGHTS:
        raise DigestError(f"{where} has the rights {found['rights'][:40]!r}", f"write one of {', '.join(RIGHTS)}")
    if "full" in found:
        if found["full"] not in ("true", "false", "yes", "no"):
            raise DigestError(f"{where}: `full` is {found['full'][:40]!r}", "write `true` or `false`")
        found["full"] = found["full"] in ("true", "yes")
    return Feed(**found)


def _line(what: str, value: Any, where: str) -> str:
    if not isinstance(value, str):
        raise DigestError(f"{where}: {what} must be a text", "put it in quotes")
    if len(value) > 2000 or any(ord(sign) < 32 or 0xD800 <= ord(sign) <= 0xDFFF for sign in value):
        raise DigestError(f"{where}: {what} has over 2,000 characters or control characters", "write one short line")
    return value.strip()


def of_settings(feeds: Sequence[Feed | str]) -> list[Feed]:
    """Return the feeds that the settings name themselves."""
    return [feed for feed in feeds if isinstance(feed, Feed)]

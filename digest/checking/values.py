"""Values that every kind of feed has: dates, addresses, media types, languages; and XML that is safe to read."""

import re
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any

from lxml import etree

from digest.checking import error, shown, warning
from digest.errors import Problem

MAX_FILE = 50 * 1024 * 1024
"""Bytes of a file that is still looked at."""
MEDIA_TYPE = re.compile(r"[A-Za-z0-9][\w!#$&^.+-]*/[A-Za-z0-9*][\w!#$&^.+-]*(\s*;.*)?")
"""RFC 6838, section 4.2."""
LANGUAGE = re.compile(r"[A-Za-z]{1,8}(-[A-Za-z0-9]{1,8})*")
"""RFC 5646, roughly."""
EMAIL = re.compile(r"[^@\s]+@[^@\s]+")
_IRI = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[^\s<>\"{}|\\^`\x00-\x20]+")
_RFC3339 = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)")
_URN = re.compile(r"[A-Za-z0-9][A-Za-z0-9-]{0,30}[A-Za-z0-9]:[A-Za-z0-9()+,.:=@;$_!*'/?#&~%-]+")
"""RFC 8141, section 2, roughly."""
_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_MAIL_DATE = re.compile(
    rf"(?:({'|'.join(_DAYS)}), )?\d\d? (?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) \d{{4}} \d\d:\d\d(?::\d\d)?"
    r" (?:[+-]\d{4}|UT|GMT|[ECMP][SD]T|Z)"
)
_UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")


def moment(text: str) -> datetime | None:
    """Return the moment of a date of RFC 3339 (section 5.6), or None where it is none."""
    if not _RFC3339.fullmatch(text):
        return None
    try:
        return datetime.fromisoformat(re.sub(r"(\.\d{6})\d+", r"\1", text)).astimezone(UTC)
    except (ValueError, OverflowError):
        return None


def mail_moment(text: str) -> datetime | None:
    """Return the moment of a date of RFC 5322 (section 3.3), or None where it is none."""
    try:
        found = parsedate_to_datetime(text)
        return (found if found.tzinfo else found.replace(tzinfo=UTC)).astimezone(UTC)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None


def mail_flaw(text: str) -> str:
    """Say what is unusual in the form of a date of RFC 5322; many readers know the usual form only."""
    found = _MAIL_DATE.fullmatch(text)
    if not found:
        return "it is not in the usual form"
    moment = mail_moment(text)
    if moment and found[1] and _DAYS[parsedate_to_datetime(text).weekday()] != found[1]:
        return f"that day was no {found[1]}"
    return ""


def is_iri(text: str) -> bool:
    """Tell whether a text is an absolute IRI (RFC 3987, section 2.2, roughly)."""
    return _IRI.fullmatch(text) is not None


def id_flaw(text: str) -> str:
    """Say what is wrong with the form of an id: it is compared sign by sign (RFC 4287, section 4.2.6.1)."""
    scheme, _, rest = text.partition(":")
    if scheme != scheme.lower():
        return "its scheme has capitals"
    if scheme in ("http", "https"):
        host = rest.removeprefix("//").partition("/")[0]
        if host != host.lower():
            return "its host has capitals"
        if host.endswith((":80", ":443")):
            return "it names the usual port"
        if "/./" in rest or "/../" in rest:
            return "it has `.` or `..` in its path"
    elif scheme == "urn" and not _URN.fullmatch(rest):
        return "it is no URN: two letters or digits at least, a colon, and a name"
    elif rest.startswith("uuid:") and not _UUID.fullmatch(rest[5:].lower()):
        return "it is no UUID"
    elif scheme == "tag" and not re.match(r"[\w.@-]+,\d{4}(-\d\d){0,2}:", rest):
        return "it is no tag URI"
    return ""


def spelled(data: bytes) -> frozenset[int]:
    """Return the lines of an XML file on which a sign is written as `&#x26;`.

    Who writes so knows what is HTML: the W3C's validator takes nothing on these lines for an entity that nobody declared.
    """
    if b"&#x" not in data:
        return frozenset()
    return frozenset(number for number, line in enumerate(data.split(b"\n"), 1) if b"&#x" in line)


def parse(data: bytes, path: str) -> tuple[Any, list[Problem]]:
    """Return the root of an XML file, or what keeps it from being read. No entity is resolved, and nothing fetched."""
    if len(data) > MAX_FILE:
        return None, [error(path, 0, f"the file has {len(data):,} bytes", "nobody reads more than 50 MB: divide it")]
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True)
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as wrong:
        line = getattr(wrong, "lineno", 0) or 0
        return None, [
            error(
                path, line, f"the XML cannot be parsed: {getattr(wrong, 'msg', wrong)}", "write it with an XML library"
            )
        ]
    info = root.getroottree().docinfo
    if (info.encoding or "utf-8").lower() not in ("utf-8", "us-ascii", "ascii"):
        message = f"the file is in the encoding {shown(info.encoding)}"
        return root, [warning(path, 1, message, "every reader knows UTF-8, and some no other: write it in UTF-8")]
    if info.doctype:
        return root, [error(path, 1, "the file has a DOCTYPE", "readers refuse it: leave it out")]
    return root, []

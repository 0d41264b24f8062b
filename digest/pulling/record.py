"""The record of what was pulled: every entry that a feed ever had, so that none comes twice. It is committed.

A feed's record stands beside its folder of seeds (`seeds/pulled/.FOLDER.jsonl`): who cleans up the folder keeps it.
"""

import re
from collections.abc import Iterable
from urllib.parse import urlsplit

import msgspec

from digest.errors import Problem

SUFFIX = ".jsonl"
_SEED = re.compile(r"[\w-][\w.-]{0,200}\.(?:atom|html)")
_TRACKING = re.compile(r"(?:^|&)(?:utm_\w+|fbclid|gclid)=[^&]*")


class Known(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, gc=False):
    """An entry that was pulled."""

    id: str = ""
    """By which the feed knows it."""
    link: str = ""
    title: str = ""
    date: str = ""
    """As the entry itself says it."""
    seed: str = ""
    """The file in the feed's folder; empty where the entry is no article."""
    said: str
    """Hash of the entry: with another, it was changed."""
    wrote: str = ""
    """`ledger.fingerprint` of the seed as it was written: another on disk means that a person edited it."""


def read(data: bytes, path: str) -> tuple[list[Known], list[Problem]]:
    """Read the lines of a record; what is none (a merge gone wrong) is named."""
    found: list[Known] = []
    problems: list[Problem] = []
    decode = msgspec.json.Decoder(Known).decode
    for number, line in enumerate(data.split(b"\n"), 1):
        if line.strip():
            try:
                known = decode(line)
                if known.seed and not _SEED.fullmatch(known.seed):
                    raise ValueError("a seed elsewhere")
                found.append(known)
            except (msgspec.MsgspecError, ValueError):
                hint = "restore it from version control, or delete the line"
                problems.append(Problem("error", path, number, "the line is no record of an entry", hint))
    return found, problems


def write(known: Iterable[Known]) -> bytes:
    """Return the bytes of a record: a JSON object a line, in the order of seeds, so that merges are easy."""
    lines = (msgspec.json.encode(entry) + b"\n" for entry in known)
    return b"".join(line for _, line in sorted((msgspec.json.decode(line).get("seed", ""), line) for line in lines))


def plain(link: str) -> str:
    """Return a link without what varies while it means the same page: scheme, fragment, a slash at the end, tracking."""
    try:
        parts = urlsplit(link)
    except ValueError:
        return ""
    query = _TRACKING.sub("", parts.query).lstrip("&")
    place = f"{parts.netloc.lower()}{parts.path.rstrip('/')}"
    return f"{place}?{query}" if query else place

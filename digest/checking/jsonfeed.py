"""A JSON Feed against version 1.1 of its specification (https://www.jsonfeed.org/version/1.1/)."""

import json
import re
from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from digest.checking import contents, error, links, shown, values, warning
from digest.checking.links import Files
from digest.errors import Problem

VERSION = "https://jsonfeed.org/version/1.1"
_FEED: Mapping[str, type] = {
    "version": str, "title": str, "home_page_url": str, "feed_url": str, "description": str, "user_comment": str,
    "next_url": str, "icon": str, "favicon": str, "authors": list, "author": dict, "language": str, "expired": bool,
    "hubs": list, "items": list,
}  # fmt: skip
_ITEM: Mapping[str, type] = {
    "id": str, "url": str, "external_url": str, "title": str, "content_html": str, "content_text": str, "summary": str,
    "image": str, "banner_image": str, "date_published": str, "date_modified": str, "authors": list, "author": dict,
    "tags": list, "language": str, "attachments": list,
}  # fmt: skip
_AUTHOR: Mapping[str, type] = {"name": str, "url": str, "avatar": str}
_HUB: Mapping[str, type] = {"type": str, "url": str}
_ATTACHMENT: Mapping[str, type] = {
    "url": str, "mime_type": str, "title": str, "size_in_bytes": int, "duration_in_seconds": int,
}  # fmt: skip
_ADDRESSES = {
    "home_page_url",
    "feed_url",
    "next_url",
    "icon",
    "favicon",
    "url",
    "external_url",
    "image",
    "banner_image",
    "avatar",
}
_DATES = {"date_published", "date_modified"}


def is_feed(value: Any) -> bool:
    """Tell whether a JSON value wants to be a JSON Feed."""
    return isinstance(value, dict) and (
        str(value.get("version", "")).startswith("https://jsonfeed.org/") or "items" in value
    )


def check(value: Any, text: str, path: str, site: Files, now: datetime) -> list[Problem]:
    """Say what is wrong with a feed; `text` is what it was parsed from, and tells the lines."""
    problems = list(_object(value, _FEED, "the feed", path, 1, site))
    if value.get("version") != VERSION:
        problems.append(error(path, 1, f"the version is {shown(value.get('version'))}", f"write {VERSION}"))
    problems += _needs(value, ("title", "items"), "the feed", path, 1)
    here = site.base + path
    if value.get("feed_url") is None:
        problems.append(warning(path, 1, "the feed has no feed_url", f"add it: {here}"))
    elif value["feed_url"] != here:
        problems.append(error(path, 1, f"feed_url is {shown(value['feed_url'])}", f"the feed is at {here}"))
    if not value.get("authors"):
        problems.append(warning(path, 1, "the feed has no authors", 'add "authors": [{"name": …}]'))
    problems += _lists(value, "the feed", path, 1, site)
    ids: set[str] = set()
    place = 0
    items = value.get("items")
    for number, item in enumerate(items if isinstance(items, list) else [], 1):
        what = f"item {number}"
        if not isinstance(item, dict):
            problems.append(error(path, 1, f"{what} is no object", "write {…}"))
            continue
        name = item.get("id")
        place = _place(text, name, place)
        line = text.count("\n", 0, place) + 1
        problems += _object(item, _ITEM, what, path, line, site)
        problems += _needs(item, ("id",), what, path, line)
        if isinstance(name, str):
            if name in ids:
                problems.append(
                    error(path, line, f"the id {shown(name)} is there twice", "an item stands once in a feed")
                )
            ids.add(name)
        if not item.get("content_html") and not item.get("content_text"):
            problems.append(
                error(path, line, f"{what} has neither content_html nor content_text", "it needs one of the two")
            )
        if isinstance(html := item.get("content_html"), str):
            problems += contents.check(html, path, line, site)
        for key in ("title", "summary"):
            if isinstance(plain := item.get(key), str):
                problems += contents.check_tags(plain, path, line, key)
        for key in sorted(_DATES):
            moment = values.moment(item[key]) if isinstance(item.get(key), str) else None
            if moment and moment > now:
                problems.append(
                    warning(
                        path, line, f"{key} {item[key]} is in the future", "readers hide it or put it first for ever"
                    )
                )
        problems += _lists(item, what, path, line, site)
    return problems


def _place(text: str, name: Any, after: int) -> int:
    """Return where in the text an item's id is written, behind the one before; that one's where it cannot be found."""
    forms = "|".join({re.escape(json.dumps(name)), re.escape(json.dumps(name, ensure_ascii=False))})
    found = re.compile(rf'"id"\s*:\s*(?:{forms})').search(text, after + 1)
    return found.start() if found else after


def _needs(value: Mapping[str, Any], keys: tuple[str, ...], what: str, path: str, line: int) -> Iterator[Problem]:
    for key in keys:
        if key not in value or value[key] == "":
            yield error(path, line, f"{what} has no {key}", f'it needs one: "{key}"')


def _object(value: Any, known: Mapping[str, type], what: str, path: str, line: int, site: Files) -> Iterator[Problem]:
    for key in value:
        found: Any = value[key]
        kind = known.get(key)
        if kind is None:
            if not key.startswith("_"):
                yield warning(
                    path,
                    line,
                    f"{what} has the key {shown(key)}, which JSON Feed does not know",
                    "begin keys of your own with _",
                )
        elif not _is(found, kind):
            yield error(path, line, f"{key} of {what} is {type(found).__name__}", f"it must be {kind.__name__}")
        elif key in _ADDRESSES:
            yield from links.check_public(path, line, key, found, site)
        elif key in _DATES and values.moment(found) is None:
            yield error(
                path, line, f"{key} {shown(found)} is no date", "write it as 2025-08-17T14:05:00+02:00 (RFC 3339)"
            )
        elif key == "language" and not values.LANGUAGE.fullmatch(found):
            yield error(path, line, f"the language {shown(found)} is no language tag", "write for example `de`")
        elif key == "author":
            yield warning(path, line, f"{what} has `author`", "since version 1.1 it is `authors`, a list")


def _is(found: object, kind: type) -> bool:
    return isinstance(found, (int, float)) if kind is int else isinstance(found, kind)


def _lists(value: Mapping[str, Any], what: str, path: str, line: int, site: Files) -> Iterator[Problem]:
    """Yield what is wrong with the objects in the lists of a feed or an item."""
    for key, known, needed in (
        ("authors", _AUTHOR, ()),
        ("hubs", _HUB, ("type", "url")),
        ("attachments", _ATTACHMENT, ("url", "mime_type")),
    ):
        found = value.get(key)
        for one in found if isinstance(found, list) else []:
            if not isinstance(one, dict):
                yield error(path, line, f"{key} of {what} holds {shown(one)}", "it is a list of objects")
                continue
            yield from _object(one, known, f"{key} of {what}", path, line, site)
            yield from _needs(one, needed, f"{key} of {what}", path, line)
            if key == "authors" and not any(one.get(name) for name in _AUTHOR):
                yield error(path, line, f"an author of {what} has no name, url or avatar", "give at least one")
    tags = value.get("tags")
    if isinstance(tags, list) and not all(isinstance(tag, str) for tag in tags):
        yield error(path, line, f"tags of {what} are not all texts", "write a list of texts")

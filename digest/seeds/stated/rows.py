"""Rows: the objects in a JSON file, each with its line, however the file arranges them."""

import re
from collections.abc import Iterator, Mapping
from io import StringIO
from typing import Any, NamedTuple

import msgspec

from digest.errors import Problem

CONTAINERS = (
    "items",
    "item",
    "articles",
    "data",
    "results",
    "docs",
    "documents",
    "entries",
    "posts",
    "rows",
    "news",
    "stories",
)
"""Keys under which a JSON object holds its rows."""

_LINES = (".jsonl", ".ndjson")
_OPENING = re.compile(r"\s*(?:\{\s*\"|\[\s*\{)")
_OBJECTS = re.compile(rb"\s*\[\s*\{")
_BYTE = re.compile(r"\(byte (\d+)\)")


class Row(NamedTuple):
    """A row of a table, or an object of a JSON file."""

    cells: Mapping[str, Any]
    line: int
    raw: bytes


def is_json(text: str, path: str) -> bool:
    """Tell from the name, or from how a text begins, whether it is JSON."""
    return path.lower().endswith((*_LINES, ".json")) or _OPENING.match(text) is not None


def of_json(text: str, path: str) -> Iterator[Row | Problem]:
    """Yield the rows of JSON Lines, of a JSON array, or of the array in a JSON object; another object is the one row.

    What is no object, and JSON that is broken or nested too deep, is a Problem. Never raises.
    """
    first, _, rest = text.strip().partition("\n")
    if path.lower().endswith(_LINES) or (rest and isinstance(_row(first.encode(), path, 1), Row)):
        for line, row in enumerate(StringIO(text, newline=""), 1):
            if row.strip():
                yield _row(row.strip().encode(), path, line)
        return
    data = text.encode()
    try:
        found = msgspec.json.decode(data, type=dict[str, msgspec.Raw] | list[msgspec.Raw])
    except (msgspec.MsgspecError, RecursionError) as error:
        yield _wrong(error, data, path, 1)
        return
    start = 0
    if isinstance(found, dict):
        rows = next((raw for key in CONTAINERS if _OBJECTS.match(raw := bytes(found.get(key, b"")))), None)
        if rows is None:
            yield _row(data, path, 1)
            return
        start = data.index(rows)
        found = msgspec.json.decode(rows, type=list[msgspec.Raw])
    line, place = 1, 0
    for article in map(bytes, found):
        at = data.index(article, max(start, place))
        line += data.count(b"\n", place, at)
        place = at
        yield _row(article, path, line)


def _row(data: bytes, path: str, line: int) -> Row | Problem:
    try:
        return Row(msgspec.json.decode(data, type=dict[str, Any]), line, data)
    except (msgspec.MsgspecError, RecursionError) as error:
        return _wrong(error, data, path, line)


def _wrong(error: Exception, data: bytes, path: str, line: int) -> Problem:
    if isinstance(error, RecursionError):
        return Problem("error", path, line, "the JSON is nested too deep", "take out what is no article")
    if isinstance(error, msgspec.ValidationError):
        message = f"this is no JSON object with the fields of an article ({error})"
        return Problem("error", path, line, message, 'write each article as `{"title": …, "date": …, "text": …}`')
    place = _BYTE.search(str(error))
    line += data.count(b"\n", 0, int(place[1]) if place else len(data))
    message = f"the JSON is broken: {_BYTE.sub('', str(error)).removeprefix('JSON is malformed: ').strip()}"
    return Problem("error", path, line, message, "correct it, or fetch the file again")

"""Correcting: one more entry in `corrections` of a front matter, `updated` moved, and not one byte else."""

import re
from typing import Any

import yaml

from digest import frontmatter
from digest.frontmatter import FrontMatterError

UPDATED = ("updated", "lastmod", "modified")
"""Where the last change stands; the first of these that a file has counts."""
_OPENING = re.compile(r"\ufeff?---(?:\r\n|\n|\r)")
_CLOSING = re.compile(r"[\r\n]((?:---|\.\.\.)[ \t]*(?:[\r\n]|\Z))")
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_ESCAPES = {ord('"'): '\\"', ord("\\"): "\\\\"}


def in_file(text: str, day: str, moment: str, correction: str) -> str | None:
    """Return a content file with one more `correction` of that `day`, and `updated` at `moment`.

    `text` has its own line ends. None where there is no front matter, or one that cannot be edited so.
    """
    opening = _OPENING.match(text)
    closing = _CLOSING.search(text, opening.end() - 1) if opening else None
    if opening is None or closing is None:
        return None
    end = "\r\n" if text[: opening.end()].endswith("\r\n") else "\n"
    header = rewrite(text[opening.end() : closing.start(1)], end, day, moment, correction)
    return None if header is None else text[: opening.end()] + header + text[closing.start(1) :]


def rewrite(header: str, end: str, day: str, moment: str, correction: str) -> str | None:
    """Return the YAML of a header as `in_file` does; lines that are added end with `end`."""
    try:
        values = frontmatter.load(header.replace("\r\n", "\n"))
        entries = dict(_entries(header))
    except (FrontMatterError, yaml.YAMLError):
        return None
    key = next((key for key in UPDATED if key in values), UPDATED[0])
    listed = values.get("corrections")
    if listed is not None and not isinstance(listed, list):
        return None
    expected = {**values, "corrections": [*(listed or []), {"date": day, "text": correction}], key: moment}
    if header and not header.endswith(("\n", "\r")):
        header += end
    quoted = f'"{correction.translate(_ESCAPES)}"'
    changes = [_moved(header, entries.get(key), key, moment, end)]
    changes.append(_added(header, entries.get("corrections"), f"{{date: {day}, text: {quoted}}}", end))
    edited = header
    for start, stop, written in sorted(changes, reverse=True):
        edited = edited[:start] + written + edited[stop:]
    try:
        return edited if frontmatter.load(edited.replace("\r\n", "\n")) == expected else None
    except FrontMatterError:
        return None


Change = tuple[int, int, str]
"""From where, to where, what comes there."""


def _entries(header: str) -> list[tuple[str, yaml.Node]]:
    root = yaml.compose(header, _LOADER)
    return [(name.value, value) for name, value in root.value] if isinstance(root, yaml.MappingNode) else []


def _moved(header: str, node: Any, key: str, moment: str, end: str) -> Change:
    """Put `moment` in the place of what stands at `key`."""
    if node is None:
        return len(header), len(header), f"{key}: {moment}{end}"
    start, stop = node.start_mark.index, node.end_mark.index
    blank = "" if header[start - 1 : start].isspace() else " "
    return start, stop, blank + moment


def _added(header: str, node: Any, entry: str, end: str) -> Change:
    """Put an entry behind those that `corrections` has."""
    if node is None:
        return len(header), len(header), f"corrections:{end}  - {entry}{end}"
    if not isinstance(node, yaml.SequenceNode):  # the key is there and has nothing
        stop = node.end_mark.index
        return node.start_mark.index, stop, f"{end}  - {entry}"
    if node.flow_style:
        place = node.end_mark.index - 1
        return place, place, f"{', ' if node.value else ''}{entry}"
    first = node.start_mark.index
    line = max(header.rfind("\n", 0, first), header.rfind("\r", 0, first)) + 1
    last = node.value[-1].end_mark.index
    place = last if header[last - 1 : last] in ("\n", "\r") else len(header[:last]) + _rest(header, last)
    lead = "" if header[place - 1 : place] in ("\n", "\r") else end
    return place, place, f"{lead}{header[line:first]}- {entry}{end}"


def _rest(header: str, place: int) -> int:
    """Return how far it is to the beginning of the next line."""
    found = re.compile(r"[^\r\n]*(?:\r\n|\n|\r|\Z)").match(header, place)
    return found.end() - place if found else 0

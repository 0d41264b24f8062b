"""Renaming: another name for a topic in an article's front matter, and not one byte else."""

import re
from collections.abc import Iterator, Sequence

import yaml

from digest import frontmatter
from digest.frontmatter import FrontMatterError
from digest.urls import topic_slug

KEYS = ("topics", "tags")
"""Where topics stand; the first of these that a file has counts."""
_OPENING = re.compile(r"\ufeff?---(?:\r\n|\n|\r)")
_CLOSING = re.compile(r"[\r\n]((?:---|\.\.\.)[ \t]*(?:[\r\n]|\Z))")
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_ITEM = re.compile(r"[ \t]*-[ \t]+$")
_REST_OF_LINE = re.compile(r"[ \t]*(?P<comment>#[^\r\n]*)?(?P<end>\r\n|\n|\r|$)")
_ESCAPES = {ord('"'): '\\"', ord("\\"): "\\\\"}


def in_file(text: str, old: str, new: str) -> str | None:
    """Return a content file with a topic renamed in its front matter, as `rewrite` does; `text` has its own line ends."""
    opening = _OPENING.match(text)
    closing = _CLOSING.search(text, opening.end() - 1) if opening else None
    if opening is None or closing is None:
        return None
    header = rewrite(text[opening.end() : closing.start(1)], old, new)
    return None if header is None else text[: opening.end()] + header + text[closing.start(1) :]


def rewrite(header: str, old: str, new: str) -> str | None:
    """Return the YAML of a `header` whose articles' topic `old` is called `new`; None where it has no such topic.

    Only that entry of `topics` or `tags` changes: comments, quotation marks, order and line ends stay. Where the
    article has `new` too, `old` goes. Topics that have the same address are the same topic. `new` is one line.
    """
    try:
        values = frontmatter.load(header)
        root = yaml.compose(header, _LOADER)
    except (FrontMatterError, yaml.YAMLError):
        return None
    key = next((key for key in KEYS if key in values), "")
    if not key or not isinstance(root, yaml.MappingNode):
        return None
    node = next(value for name, value in root.value if name.value == key)
    entries = node.value if isinstance(node, yaml.SequenceNode) else [node]
    texts = [entry for entry in entries if isinstance(entry, yaml.ScalarNode) and entry.value.strip()]
    wanted = [entry for entry in texts if _is(entry, old) and _said(entry) != new]
    if not wanted:
        return None
    kept = (
        None if any(_said(entry) == new or (_is(entry, new) and not _is(entry, old)) for entry in texts) else wanted[0]
    )
    gone = [entry for entry in wanted if entry is not kept]
    expected = {**values, key: _renamed(values[key], [entries.index(entry) for entry in gone], entries, kept, new)}
    for written in _spellings(new, kept):
        edited = header
        for entry in sorted(wanted, key=lambda entry: -entry.start_mark.index):
            edited = _replaced(edited, entry, written) if entry is kept else _without(edited, entry, node)
        if _reads(edited) == expected:
            return edited
    return None


def _said(entry: yaml.ScalarNode) -> str:
    """Return a topic as articles have it: on one line."""
    return " ".join(entry.value.split("\n")).strip()


def _is(entry: yaml.ScalarNode, topic: str) -> bool:
    return topic_slug(_said(entry)) == topic_slug(topic)


def _reads(header: str) -> object:
    try:
        return frontmatter.load(header)
    except FrontMatterError:
        return None


def _renamed(
    value: object, gone: Sequence[int], entries: Sequence[yaml.Node], kept: yaml.Node | None, new: str
) -> object:
    """Return what the front matter is to say."""
    if not isinstance(value, list):
        return new
    return [new if entries[place] is kept else said for place, said in enumerate(value) if place not in gone]


def _spellings(new: str, kept: yaml.ScalarNode | None) -> Iterator[str]:
    """Yield ways to write a topic, the one nearest to what stands there first."""
    if kept is None:
        yield ""
        return
    single = "'" + new.replace("'", "''") + "'"
    double = f'"{new.translate(_ESCAPES)}"'
    if kept.style not in ("'", '"'):
        yield new
    if kept.style != '"':
        yield single
    yield double
    yield single


def _replaced(header: str, entry: yaml.ScalarNode, written: str) -> str:
    start, end = entry.start_mark.index, entry.end_mark.index
    if entry.style in ("|", ">"):  # its end is that of its last line
        end = start + len(header[start:end].rstrip())
    return header[:start] + written + header[end:]


def _without(header: str, entry: yaml.ScalarNode, node: yaml.Node) -> str:
    """Return the header without an entry: its line, or between brackets it and a comma."""
    start, end = entry.start_mark.index, entry.end_mark.index
    if isinstance(node, yaml.SequenceNode) and node.flow_style:
        if after := re.match(r"\s*,[ \t]*", header[end:]):
            return header[:start] + header[end + after.end() :]
        before = re.search(r",[ \t]*$", header[:start])
        return header[: before.start() if before else start] + header[end:]
    line = max(header.rfind("\n", 0, start), header.rfind("\r", 0, start)) + 1
    dash = _ITEM.match(header[line:start])
    if dash is None:
        return header
    if entry.style in ("|", ">"):
        return header[:line] + header[end:]
    rest = _REST_OF_LINE.match(header, end)
    if rest is None:
        return header
    if rest["comment"]:
        return header[: line + header[line:start].index("-")] + header[rest.start("comment") :]
    return header[:line] + header[rest.end() :]

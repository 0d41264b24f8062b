"""Elements: what those of HTML are, in documents of any age and kind."""

import re
from functools import lru_cache
from typing import Any

_BLOCKS = (
    "address article aside blockquote body caption center dd details dialog dir div dl dt fieldset figcaption figure"
    " footer form h1 h2 h3 h4 h5 h6 header hgroup hr html iframe legend li main menu nav object ol p pre search section"
    " summary table tbody td tfoot th thead tr ul video"
)
BLOCK = frozenset(_BLOCKS.split())
# What a browser does not show as text, and controls.
_UNSEEN_NAMES = (
    "audio button canvas datalist embed form head iframe input link math meta noembed noframes noscript object script"
    " select style svg template textarea title video"
)
UNSEEN = frozenset(_UNSEEN_NAMES.split())
HEADING = {"h1": 2, "h2": 2, "h3": 3, "h4": 4, "h5": 4, "h6": 4}
"""The level that a heading has in an article, whose headline has the first."""
LISTS = ("ul", "ol", "menu", "dir")
_HIDDEN_CLASSES = frozenset(
    ("sr-only", "screen-reader-text", "visually-hidden", "visuallyhidden", "mw-editsection", "headerlink")
)
_HIDDEN = re.compile(r"(?:display\s*:\s*none|visibility\s*:\s*hidden)", re.IGNORECASE)
_OFFICE = ("o", "v", "w", "m", "st1")
"""Prefixes of word processors' own elements, which lay out nothing."""


def name_of(node: Any) -> str:
    """Return a tag's name without namespace; empty for a comment and the like."""
    return _local(node.tag) if isinstance(node.tag, str) else ""


@lru_cache(maxsize=1024)
def _local(tag: str) -> str:
    name = tag.rpartition("}")[2].lower()
    prefix, colon, local = name.rpartition(":")
    return name if not colon or prefix in _OFFICE else local


def is_hidden(node: Any) -> bool:
    """Tell whether an element says of itself that it is not shown, or by a class that many style sheets hide."""
    look = node.get("class")
    if look and not _HIDDEN_CLASSES.isdisjoint(look.split()):
        return True
    return node.get("hidden") is not None or _HIDDEN.search(node.get("style") or "") is not None


def whole(text: str | None, default: int) -> int:
    """Return the whole number of an attribute, at most nine digits long as in Markdown."""
    text = (text or "").strip()
    return int(text) if re.fullmatch("[0-9]{1,9}", text) else default

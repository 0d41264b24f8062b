"""What RFC 4287 lets pass in an Atom feed and the W3C's validator warns of (github.com/w3c/feedvalidator, `logging.py`).

Most of it stands beside the rules it belongs to, in `atom` and `contents`; here is what belongs to none. What it says of
these is no finding here, because nobody could mend it honestly: dates before 1990, which archives have; languages that
ISO 639-2 has no code for (`yue`); and titles in lists of feeds, which it takes for HTML and readers do not.
"""

import re
from collections.abc import Iterator, Set
from typing import Any

from digest.checking import contents, shown, warning
from digest.errors import Problem

_NS = "{http://www.w3.org/2005/Atom}"
_FEEDS_ONLY = {"current", "first", "last", "next", "next-archive", "prev-archive", "previous"}
"""Relations of RFC 5005, which are between feeds."""
_KINDS = {"application/atom+xml", "application/rss+xml", "application/rdf+xml"}
_TEXTS = ("title", "subtitle", "summary", "rights", "content")
_EMAIL = re.compile(r"<[^@\s<>]+@[^@\s<>]+>")


def check(root: Any, path: str, spelled: Set[int]) -> Iterator[Problem]:
    """Yield what the validator would warn of; `spelled` are the lines of `values.spelled`."""
    behind = False
    for child in root.iterchildren(f"{_NS}*"):
        if child.tag == f"{_NS}entry":
            behind = True
        elif behind:
            what = f"<{child.tag.removeprefix(_NS)}> stands behind an entry"
            yield warning(path, child.sourceline, what, "what the feed says of itself comes before its entries")
    for element in root.iter(f"{_NS}*"):
        name, line = element.tag.removeprefix(_NS), element.sourceline or 0
        text = element.text or ""
        plain = "" if element.get("type") == "html" else text  # `contents` looks at that
        for value in (plain, *element.attrib.values()):
            yield from contents.check_characters(value, path, line, f"<{name}>")
        if name in _TEXTS and element.get("src") is None and element.get("type", "text") in ("text", "xhtml"):
            yield from contents.check_plain("".join(element.itertext()), path, line, f"<{name}>", spelled)
        if name in ("summary", "subtitle", "rights", "generator") and not "".join(element.itertext()).strip():
            yield warning(path, line, f"<{name}> is empty", "leave it out, or say something")
        elif name == "entry" and element.find(f"{_NS}content") is None and element.find(f"{_NS}summary") is None:
            yield warning(path, line, "the entry has neither content nor summary", "readers show a title only: add one")
        elif name == "name":
            yield from contents.check_plain(text, path, line, "<name>", spelled)
            if found := _EMAIL.search(text):
                yield warning(path, line, f"<name> holds {shown(found[0])}", "put the address into <email>")
        elif name == "category":
            yield from contents.check_plain(element.get("label", ""), path, line, "the category's label", frozenset())
        elif name == "link":
            yield from _link(element, path, line)
        elif name == "source":
            for own in ("id", "title", "updated"):
                if element.find(_NS + own) is None:
                    hint = "say of the source what it says of itself, as far as it is known"
                    yield warning(path, line, f"<source> has no <{own}>", hint)


def _link(element: Any, path: str, line: int) -> Iterator[Problem]:
    relation = element.get("rel", "alternate")
    for key in ("rel", "title"):
        if not element.get(key, "x").strip():
            yield warning(path, line, f"the link's {key} is empty", "leave it out, or say something")
    yield from contents.check_plain(element.get("title", ""), path, line, "the link's title", frozenset())
    if relation in _FEEDS_ONLY and element.getparent().tag == f"{_NS}entry":
        yield warning(path, line, f"an entry has a link rel={relation}", "it is between feeds: put it into <feed>")
    kind = element.get("type")
    if relation == "self" and kind is not None and kind.partition(";")[0].strip() not in _KINDS:
        yield warning(path, line, f"the link rel=self is of type {shown(kind)}", "write application/atom+xml")

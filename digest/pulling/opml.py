"""A list of feeds as feed readers export it (OPML, http://opml.org/spec2.opml): bytes in, feeds out."""

from digest import feedlist
from digest.errors import Problem
from digest.feedlist import Feed

MAX_FILE = 10 * 1024 * 1024
"""Bytes of a list."""
_MEND = "export it anew from your feed reader"


def parse(data: bytes, path: str) -> tuple[list[Feed], list[Problem]]:
    """Return the feeds in a list, in their order, and what is wrong with it."""
    from lxml import etree

    if len(data) > MAX_FILE:
        return [], [Problem("error", path, 0, f"the list has more than {MAX_FILE:,} bytes", "split it")]
    if b"<!ENTITY" in data:
        hint = "take the `<!ENTITY …>` lines out"
        return [], [Problem("error", path, 0, "the list declares entities of its own", hint)]
    parser = etree.XMLParser(resolve_entities=False, no_network=True, recover=True)
    try:
        root = etree.fromstring(data, parser)
    except (etree.LxmlError, ValueError):
        root = None
    if root is None or root.tag != "opml":
        return [], [Problem("error", path, 0, "the file is no list of feeds (OPML)", _MEND)]
    feeds: list[Feed] = []
    problems: list[Problem] = []
    if (broken := parser.error_log.last_error) is not None:
        message = "the list is broken here; what could be read of it was"
        problems.append(Problem("warning", path, broken.line, message, _MEND))
    for outline in root.iter("outline"):
        values = {name.lower(): " ".join(text.split()) for name, text in outline.attrib.items()}
        url = values.get("xmlurl", "")
        if not url:
            continue  # a folder of feeds, or a mere link
        if not feedlist.is_address(url):
            message = "this line has no web address in `xmlUrl`"
            problems.append(Problem("error", path, outline.sourceline or 0, message, "correct it, or take it out"))
        elif len(feeds) == feedlist.MOST:
            message = f"the list has more than {feedlist.MOST:,} feeds; the rest was left out"
            problems.append(Problem("error", path, outline.sourceline or 0, message, "split it"))
            break
        else:
            feeds.append(Feed(url, (values.get("title") or values.get("text") or "")[:1000]))
    if not feeds and not problems:
        problems.append(Problem("error", path, 0, "the list names no feed", _MEND))
    return feeds, problems

"""RSS 2.0 (https://www.rssboard.org/rss-specification) and lists of feeds in OPML 2.0 (http://opml.org/spec2.opml)."""

import re
from collections.abc import Iterator, Set
from datetime import datetime
from typing import Any

from digest.checking import contents, error, links, shown, values, warning
from digest.checking.links import Files
from digest.errors import Problem

_ATOM_LINK = "{http://www.w3.org/2005/Atom}link"
_ENCODED = "{http://purl.org/rss/1.0/modules/content/}encoded"
_PLAIN = {"channel": ("title", "description", "category", "copyright"), "item": ("title", "category")}
"""What is no HTML in each (RSS Advisory Board, Really Simple Syndication Best Practices Profile, "Character Data")."""
_TAG = re.compile("<[/A-Za-z]")
_HEAD = {"title", "dateCreated", "dateModified", "ownerName", "ownerEmail", "ownerId", "expansionState"}
_HEAD |= {"vertScrollState", "windowTop", "windowLeft", "windowBottom", "windowRight"}
_VERSIONS = ("RSS", "RSS1", "RSS2", "scriptingNews")


def check(root: Any, data: bytes, path: str, site: Files, now: datetime) -> list[Problem]:
    """Say what is wrong with an RSS feed, of which `root` is the element and `data` the file."""
    channel = root.find("channel")
    spelled = values.spelled(data)
    problems = []
    if root.get("version") != "2.0":
        problems.append(
            error(path, root.sourceline, f"the version of RSS is {shown(root.get('version'))}", 'write version="2.0"')
        )
    if channel is None:
        return [*problems, error(path, root.sourceline, "<rss> has no <channel>", "everything stands in it")]
    for name in ("title", "link", "description"):
        found = channel.findall(name)
        if len(found) != 1 or not (found[0].text or "").strip():
            problems.append(
                error(path, channel.sourceline, f"<channel> does not have one <{name}>", "it needs one, with text")
            )
    here = site.base + path
    own = [link.get("href") for link in channel.findall(_ATOM_LINK) if link.get("rel") == "self"]
    if own != [here]:
        problems.append(
            warning(
                path,
                channel.sourceline,
                "the feed does not name its own address",
                f'add <atom:link rel="self" href="{here}">',
            )
        )
    problems += _common(channel, path, site, now, spelled)
    guids: set[str] = set()
    for item in channel.findall("item"):
        line = item.sourceline
        if not (item.findtext("title") or item.findtext("description") or "").strip():
            problems.append(error(path, line, "the item has neither title nor description", "it needs one of the two"))
        guid = item.find("guid")
        name = (guid.text or "").strip() if guid is not None else ""
        if not name:
            problems.append(warning(path, line, "the item has no guid", "without it readers show edited items twice"))
        elif name in guids:
            problems.append(
                error(path, line, f"the guid {shown(name)} is there twice", "an item stands once in a feed")
            )
        elif guid.get("isPermaLink", "true") == "true" and not name.startswith(("http://", "https://")):
            problems.append(error(path, line, f"the guid {shown(name)} is no web address", 'add isPermaLink="false"'))
        guids.add(name)
        problems += _common(item, path, site, now, spelled)
        described = item.find("description")
        if item.find(_ENCODED) is not None and (described is None or described in item.find(_ENCODED).itersiblings()):
            hint = "readers that know one text only take the first: <description> comes before <content:encoded>"
            problems.append(warning(path, line, "the whole text stands where a description should", hint))
        if len(item.findall("enclosure")) > 1:
            problems.append(warning(path, line, "the item has several enclosures", "most readers take one: leave one"))
        for html in (*item.findall(_ENCODED), *item.findall("description")):
            problems += contents.check(html.text or "", path, html.sourceline, site)
        for enclosure in item.findall("enclosure"):
            if not all(enclosure.get(key) for key in ("url", "length", "type")):
                problems.append(
                    error(path, enclosure.sourceline, "the enclosure lacks url, length or type", "it needs all three")
                )
    return problems


def _common(element: Any, path: str, site: Files, now: datetime, spelled: Set[int]) -> Iterator[Problem]:
    for name in _PLAIN[element.tag]:
        for plain in element.findall(name):
            yield from _check_plain(plain.text or "", path, plain.sourceline, f"<{name}>", spelled)
            yield from contents.check_characters(plain.text or "", path, plain.sourceline, f"<{name}>")
    for category in element.findall("category"):
        if not (category.text or "").strip():
            yield warning(path, category.sourceline, "<category> is empty", "name the topic, or leave it out")
    for link in element.findall("link"):
        yield from links.check_public(path, link.sourceline, "<link>", (link.text or "").strip(), site)
    for name in ("pubDate", "lastBuildDate"):
        for date in element.findall(name):
            moment = values.mail_moment(date.text or "")
            if moment is None:
                yield error(
                    path,
                    date.sourceline,
                    f"<{name}> {shown(date.text)} is no date",
                    "write it as Sun, 17 Aug 2025 14:05:00 +0200",
                )
            elif moment > now:
                yield warning(
                    path,
                    date.sourceline,
                    f"<{name}> {date.text} is in the future",
                    "readers hide it or put it first for ever",
                )
            elif flaw := values.mail_flaw((date.text or "").strip()):
                hint = "write it as Sun, 17 Aug 2025 14:05:00 +0200"
                yield warning(path, date.sourceline, f"<{name}> {shown(date.text)}: {flaw}", hint)
    for author in element.findall("author"):
        if "@" not in (author.text or ""):
            yield warning(
                path,
                author.sourceline,
                "<author> has no e-mail address",
                "RSS wants one there: use <dc:creator> for a name",
            )


def _check_plain(text: str, path: str, line: int, what: str, spelled: Set[int]) -> Iterator[Problem]:
    found = list(contents.check_plain(text, path, line, what, spelled))
    yield from found
    if not found and line not in spelled and (tag := _TAG.search(text)):
        hint = "write &#x3C; for the sign itself: many readers take titles for HTML"
        yield warning(path, line, f"{what} is plain text, but holds {shown(tag[0])}", hint)


def check_opml(root: Any, path: str, site: Files) -> list[Problem]:
    """Say what is wrong with a list of feeds."""
    problems = []
    if root.get("version") not in ("1.0", "1.1", "2.0"):
        problems.append(
            error(path, root.sourceline, f"the version of OPML is {shown(root.get('version'))}", 'write version="2.0"')
        )
    if not (root.findtext("head/title") or "").strip():
        problems.append(warning(path, root.sourceline, "the list has no title", "write one into <head>"))
    for child in root.iterfind("head/*"):
        if child.tag not in _HEAD:
            message = f"<{child.tag}> stands in <head>"
            problems.append(warning(path, child.sourceline, message, "validators refuse it: leave it out"))
    outlines = list(root.iterfind("body//outline"))
    if not outlines:
        problems.append(error(path, root.sourceline, "the list is empty", "it needs an <outline> in <body>"))
    for outline in outlines:
        line = outline.sourceline
        if outline.get("text") is None:
            problems.append(error(path, line, "<outline> has no text", "readers show it: name the feed in `text`"))
        if outline.get("type") == "rss" and not outline.get("xmlUrl"):
            problems.append(error(path, line, "<outline> of type rss has no xmlUrl", "write the feed's address there"))
        if outline.get("type") == "rss" and outline.get("title") is None:
            problems.append(warning(path, line, "<outline> has no title", "name the feed there as in `text`"))
        if (version := outline.get("version")) is not None and version not in _VERSIONS:
            message = f"the version of the feed is {shown(version)}"
            problems.append(warning(path, line, message, f"write one of {', '.join(_VERSIONS)}, or leave it out"))
        for name in ("xmlUrl", "htmlUrl"):
            if address := outline.get(name):
                problems += links.check_public(path, line, name, address, site)
    return problems

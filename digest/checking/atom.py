"""An Atom feed against RFC 4287, and against what the W3C's validator warns of (sections are of the RFC)."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from digest.checking import contents, error, links, shown, values, warned, warning
from digest.checking.links import Files
from digest.errors import Problem

NS = "{http://www.w3.org/2005/Atom}"
HISTORY = "{http://purl.org/syndication/history/1.0}"
XHTML = "{http://www.w3.org/1999/xhtml}"
LANG = "{http://www.w3.org/XML/1998/namespace}lang"
BASE = "{http://www.w3.org/XML/1998/namespace}base"
MAX_SIZE = 1_000_000
"""Bytes at which common readers and hubs give up."""
_PERSON = {"name": (1, 1), "uri": (0, 1), "email": (0, 1)}
_MANY = (0, 10**9)
_BOTH = {"author": _MANY, "category": _MANY, "contributor": _MANY, "id": (1, 1), "link": _MANY, "rights": (0, 1), "title": (1, 1), "updated": (1, 1)}  # fmt: skip
CHILDREN = {
    "feed": _BOTH | {"generator": (0, 1), "icon": (0, 1), "logo": (0, 1), "subtitle": (0, 1), "entry": _MANY},
    "entry": _BOTH | {"content": (0, 1), "published": (0, 1), "source": (0, 1), "summary": (0, 1)},
    "source": {name: (0, most) for name, (_, most) in _BOTH.items()}
    | {"generator": (0, 1), "icon": (0, 1), "logo": (0, 1), "subtitle": (0, 1)},
    "author": _PERSON,
    "contributor": _PERSON,
}
"""How often each child stands in an element: sections 4.1.1, 4.1.2, 4.2.11 and 3.2."""
_RELATIONS = {
    "about", "alternate", "appendix", "archives", "author", "bookmark", "canonical", "chapter", "collection",
    "contents", "copyright", "current", "describedby", "edit", "edit-media", "enclosure", "first", "help", "hub",
    "icon", "index", "last", "latest-version", "license", "me", "monitor", "next", "next-archive", "original",
    "payment", "predecessor-version", "prev", "prev-archive", "previous", "related", "replies", "search", "section",
    "self", "service", "start", "stylesheet", "subsection", "successor-version", "tag", "up", "via", "webmention",
}  # fmt: skip
"""Of the IANA's registry: those that feeds use."""
_ONCE = ("self", "current", "prev-archive", "next-archive", "first", "last", "next", "previous")


class Entry(NamedTuple):
    """What is known of an entry."""

    id: str
    updated: str
    address: str
    """Its alternate link."""


class Feed(NamedTuple):
    """What chains of feeds are followed with (RFC 5005)."""

    path: str
    relations: dict[str, str]
    """The links that stand once, by relation."""
    archive: bool
    complete: bool
    entries: Sequence[Entry]


def check(root: Any, data: bytes, path: str, site: Files, now: datetime) -> tuple[Feed, list[Problem]]:
    """Return what a feed, of which `root` is the element and `data` the file, says of itself, and what is wrong with it."""
    problems = [*_element(root, path, site), *warned.check(root, path, values.spelled(data))]
    if len(data) > MAX_SIZE:
        problems.append(
            warning(path, 0, f"the feed has {len(data):,} bytes", "readers give up at 1 MB: fewer or shorter entries")
        )
    if not values.LANGUAGE.fullmatch(root.get(LANG, "")):
        problems.append(warning(path, root.sourceline, "the feed has no xml:lang", "name the language of most entries"))
    relations = {link.get("rel", "alternate"): link.get("href", "") for link in reversed(_all(root, "link"))}
    problems += _of_self(root, path, relations, site)
    entries = _all(root, "entry")
    authored = bool(_all(root, "author"))
    seen: dict[tuple[str, str], int] = {}
    ids: set[str] = set()
    times: Counter[datetime] = Counter()
    for entry in entries:
        found = _entry_of(entry)
        problems += _of_entry(entry, path, authored, now)
        if found.id and (first := seen.get((found.id, found.updated))):
            problems.append(
                error(
                    path,
                    entry.sourceline,
                    f"the entry {shown(found.id)} is on line {first} too",
                    "an entry stands once in a feed (4.1.1)",
                )
            )
        elif found.id and found.id in ids:
            problems.append(
                warning(
                    path,
                    entry.sourceline,
                    f"the entry {shown(found.id)} is there in two versions",
                    "readers show the newest only: leave the older out (4.1.1)",
                )
            )
        seen.setdefault((found.id, found.updated), entry.sourceline)
        ids.add(found.id)
        if moment := values.moment(found.updated):
            times[moment] += 1
            if times[moment] == 2:
                problems.append(
                    warning(
                        path,
                        entry.sourceline,
                        f"several entries were updated at {found.updated}",
                        "readers that sort by time lose their order: give each its own moment",
                    )
                )
    own = values.moment(_text(root, "updated"))
    if own and times and own < max(times):
        problems.append(
            warning(
                path,
                root.sourceline,
                "the feed is older than its newest entry",
                "its `updated` is the newest of its entries' (4.2.15)",
            )
        )
    feed = Feed(
        path,
        {rel: href for rel, href in relations.items() if rel in _ONCE},
        root.find(f"{HISTORY}archive") is not None,
        root.find(f"{HISTORY}complete") is not None,
        [_entry_of(entry) for entry in entries],
    )
    return feed, problems


def _entry_of(entry: Any) -> Entry:
    address = next(
        (link.get("href", "") for link in _all(entry, "link") if link.get("rel", "alternate") == "alternate"), ""
    )
    return Entry(_text(entry, "id"), _text(entry, "updated"), address)


def _element(element: Any, path: str, site: Files) -> Iterator[Problem]:
    """Yield what is wrong with an element and all that is in it."""
    name = element.tag.removeprefix(NS)
    line = element.sourceline or 0
    if element.get(BASE) is not None:
        yield warning(path, line, f"<{name}> has xml:base", "many readers ignore it: write whole addresses")
    if (lang := element.get(LANG)) is not None and lang and not values.LANGUAGE.fullmatch(lang):
        yield error(path, line, f"xml:lang {shown(lang)} is no language tag", "write for example `de` or `pt-BR`")
    if name in CHILDREN:
        yield from _children(element, name, path, line)
        for child in element:
            if isinstance(child.tag, str) and child.tag.startswith(NS):
                yield from _element(child, path, site)
        return
    if name in ("title", "subtitle", "rights", "summary", "content"):
        yield from _text_construct(element, name, path, line, site)
        return
    if len(element):
        yield error(path, line, f"<{name}> holds elements", "it holds plain text only")
    text = (element.text or "").strip()
    if name in ("updated", "published"):
        if values.moment(text) is None:
            yield error(path, line, f"<{name}> {shown(text)} is no date", "write it as 2025-08-17T14:05:00+02:00 (3.3)")
    elif name in ("id", "icon", "logo", "uri"):
        if not values.is_iri(text):
            yield error(
                path,
                line,
                f"<{name}> {shown(text)} is no whole IRI",
                "write for example urn:uuid:… or https://… (4.2.6)",
            )
        elif name == "id" and (flaw := values.id_flaw(text)):
            yield warning(
                path,
                line,
                f"the id {shown(text)}: {flaw}",
                "ids are compared sign by sign: write the usual form (4.2.6.1)",
            )
        elif name in ("icon", "logo"):
            yield from links.check_public(path, line, f"<{name}>", text, site)
    elif name == "name" and not text:
        yield error(path, line, "<name> is empty", "say who it is (3.2.1)")
    elif name == "email" and not values.EMAIL.fullmatch(text):
        yield error(path, line, f"<email> {shown(text)} is no e-mail address", "write it as name@example.org (3.2.3)")
    elif name == "generator" and (uri := element.get("uri")) and not values.is_iri(uri):
        yield error(path, line, f"the generator's uri {shown(uri)} is not whole", "write it with https:// (4.2.4)")
    elif name == "category" and not element.get("term", "").strip():
        yield error(path, line, "<category> has no term", "name the topic in `term` (4.2.2.1)")
    elif name == "category" and (scheme := element.get("scheme")) is not None and not values.is_iri(scheme):
        yield error(
            path, line, f"the category's scheme {shown(scheme)} is no IRI", "write a whole IRI, or none (4.2.2.2)"
        )
    elif name == "link":
        yield from _link(element, path, line, site)


def _children(element: Any, name: str, path: str, line: int) -> Iterator[Problem]:
    rules = CHILDREN[name]
    counts: Counter[str] = Counter()
    for child in element:
        if not isinstance(child.tag, str):
            continue
        own = child.tag.removeprefix(NS)
        if own == child.tag:
            if not own.startswith("{"):
                yield error(
                    path, child.sourceline, f"<{own}> in no namespace", "only elements of a namespace may join (6.3)"
                )
        elif own not in rules:
            yield error(
                path,
                child.sourceline,
                f"<{own}> does not belong into <{name}>",
                "leave it out, or put it where it belongs (4)",
            )
        counts[own] += 1
    for own, (least, most) in rules.items():
        if counts[own] < least:
            yield error(path, line, f"<{name}> has no <{own}>", f"it needs one (4.1, 3.2): add <{own}>")
        elif counts[own] > most:
            yield error(path, line, f"<{name}> has {counts[own]} <{own}>", "it may have one (4.1, 3.2)")
    if (element.text or "").strip() or any((child.tail or "").strip() for child in element):
        yield error(path, line, f"<{name}> holds text between its elements", "put it into an element")
    if name == "entry":
        yield from _alternates(element, path, line, counts["content"])
    if name in ("feed", "entry"):
        seen = Counter(link.get("rel", "alternate") for link in _all(element, "link"))
        for relation in _ONCE:
            if seen[relation] > 1:
                yield error(path, line, f"<{name}> has {seen[relation]} links of rel={relation}", "leave one")


def _alternates(entry: Any, path: str, line: int, has_content: int) -> Iterator[Problem]:
    alternates = [link for link in _all(entry, "link") if link.get("rel", "alternate") == "alternate"]
    if not alternates and not has_content:
        yield error(path, line, "the entry has neither content nor a link", "add a link of rel=alternate (4.1.2)")
    kinds = Counter((link.get("type"), link.get("hreflang")) for link in alternates)
    if any(count > 1 for count in kinds.values()):
        yield error(path, line, "the entry has several alternate links of one type and language", "leave one (4.1.2)")
    content = entry.find(f"{NS}content")
    if content is not None and content.get("src") is not None and entry.find(f"{NS}summary") is None:
        yield error(path, line, "the content is elsewhere, and there is no summary", "add <summary> (4.1.2)")


def _text_construct(element: Any, name: str, path: str, line: int, site: Files) -> Iterator[Problem]:
    kind = element.get("type", "text")
    text = element.text or ""
    source = element.get("src")
    if name == "content" and source is not None:
        if text.strip() or len(element):
            yield error(path, line, "<content> with `src` is not empty", "leave out one of the two (4.1.3.2)")
        yield from links.check_public(path, line, "the content's src", source, site)
    elif kind == "xhtml":
        if [child.tag for child in element] != [f"{XHTML}div"] or text.strip():
            yield error(
                path,
                line,
                f"<{name}> of type xhtml does not hold one <div>",
                "put the text into an XHTML <div> (3.1.1.3)",
            )
        for child in element:
            yield from contents.check_elements(child, path, 0, site)
    elif kind in ("text", "html"):
        if len(element):
            yield error(path, line, f"<{name}> of type {kind} holds elements", "escape them: &lt;p&gt; (3.1.1)")
        elif kind == "html":
            yield from contents.check(text, path, line, site)
    elif name != "content" or not values.MEDIA_TYPE.fullmatch(kind):
        yield error(path, line, f"<{name}> is of type {shown(kind)}", "write text, html or xhtml (3.1.1, 4.1.3.1)")
    if name == "title" and not "".join(element.itertext()).strip():
        yield error(path, line, "<title> is empty", "readers show it: write one (4.2.14)")


def _link(element: Any, path: str, line: int, site: Files) -> Iterator[Problem]:
    href, relation = element.get("href"), element.get("rel", "alternate")
    if href is None:
        yield error(path, line, "<link> has no href", "write the address into `href` (4.2.7.1)")
        return
    if relation not in _RELATIONS and not values.is_iri(relation):
        yield warning(
            path,
            line,
            f"rel={shown(relation)} is no registered relation",
            "take one from the IANA's list, or an IRI (4.2.7.2)",
        )
    if len(element) or (element.text or "").strip():
        yield error(path, line, "<link> is not empty", "it has attributes only (4.2.7)")
    if (kind := element.get("type")) is not None and not values.MEDIA_TYPE.fullmatch(kind):
        yield error(
            path, line, f"the link's type {shown(kind)} is no media type", "write for example text/html (4.2.7.3)"
        )
    if (language := element.get("hreflang")) is not None and not values.LANGUAGE.fullmatch(language):
        yield error(path, line, f"hreflang {shown(language)} is no language tag", "write for example `de` (4.2.7.4)")
    if (length := element.get("length")) is not None and not length.isdecimal():
        yield error(path, line, f"the link's length {shown(length)} is no number", "write the size in bytes (4.2.7.6)")
    if relation == "enclosure" and (kind is None or length is None):
        yield warning(path, line, "the enclosure has no type or no length", "players need both (4.2.7)")
    yield from links.check_public(path, line, f"the link rel={relation}", href, site)


def _of_self(root: Any, path: str, relations: dict[str, str], site: Files) -> Iterator[Problem]:
    line = root.sourceline
    here = site.base + path
    if "self" not in relations:
        yield warning(path, line, "the feed has no link of rel=self", f"add it, with href={here} (4.1.1)")
    elif relations["self"] != here:
        yield error(
            path, line, f"rel=self is {shown(relations['self'])}", f"the feed is at {here}: readers subscribe there"
        )
    if "alternate" not in relations:
        yield warning(path, line, "the feed has no link of rel=alternate", "add the address of its page (4.1.1)")


def _of_entry(entry: Any, path: str, authored: bool, now: datetime) -> Iterator[Problem]:
    line = entry.sourceline
    source = entry.find(f"{NS}source")
    if not authored and not _all(entry, "author") and (source is None or not _all(source, "author")):
        yield error(path, line, "neither the entry nor the feed has an author", "add <author> to the feed (4.1.2)")
    updated, published = values.moment(_text(entry, "updated")), values.moment(_text(entry, "published"))
    for name, moment in (("updated", updated), ("published", published)):
        if moment and moment.replace(microsecond=0) > now:  # the fraction may have been made up, to have its own
            yield warning(
                path,
                line,
                f"<{name}> {_text(entry, name)} is in the future",
                "readers hide it or put it first for ever",
            )
    if updated and published and updated < published:
        yield warning(
            path, line, "the entry was updated before it was published", "`updated` is the later one (4.2.15)"
        )
    content = entry.find(f"{NS}content")
    if content is not None and content.get("src") is None and not "".join(content.itertext()).strip():
        yield warning(path, line, "<content> is empty", "leave it out, or say something")


def _all(element: Any, name: str) -> list[Any]:
    return list(element.findall(NS + name))


def _text(element: Any, name: str) -> str:
    return re.sub(r"\s+", " ", element.findtext(NS + name) or "").strip()

"""A page of HTML: what it links to, the ids that it has, and what is wrong with its markup."""

import json
import re
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from lxml import etree

from digest.checking import error, shown, warning
from digest.errors import Problem

_LINKING = {
    "a": ("href",),
    "area": ("href",),
    "audio": ("src",),
    "blockquote": ("cite",),
    "del": ("cite",),
    "embed": ("src",),
    "form": ("action",),
    "iframe": ("src",),
    "image": ("href",),
    "img": ("src", "srcset"),
    "input": ("src",),
    "ins": ("cite",),
    "link": ("href", "imagesrcset"),
    "object": ("data",),
    "q": ("cite",),
    "script": ("src",),
    "source": ("src", "srcset"),
    "track": ("src",),
    "use": ("href",),
    "video": ("src", "poster"),
}
_PUBLIC_METAS = {"og:url", "og:image", "og:image:url", "og:image:secure_url", "og:audio", "og:video", "twitter:image"}
_PUBLIC_RELATIONS = {"canonical", "hub", "self", "me", "webmention", "license", "author"}
_NAMING = (
    "for",
    "aria-labelledby",
    "aria-describedby",
    "aria-controls",
    "aria-owns",
    "aria-details",
    "list",
    "headers",
)
_DATA = ("application/ld+json", "application/json", "text/template")
_INLINE = "a strict Content-Security-Policy blocks it: move it into a file of its own"
_ALLOWING = ("'unsafe-inline'", "'nonce-", "'sha256-", "'sha384-", "'sha512-")

LINKED = "JSON-LD"
"""What a link is that stands in linked data: it tells of things, and leads nobody."""


class Link(NamedTuple):
    """An address that a page names."""

    line: int
    href: str
    what: str
    """The element and attribute, such as `a href`."""
    public: bool
    """Whether it is for machines elsewhere, and therefore absolute: canonical addresses and the like."""


class Page(NamedTuple):
    """What is known of a page after one look at it."""

    links: Sequence[Link]
    ids: frozenset[str]
    """What a fragment can name."""
    canonical: str
    article: bool
    hidden: bool
    """Whether search engines are told to leave it out, or it only leads elsewhere."""
    problems: Sequence[Problem]


def read(data: bytes, path: str) -> Page:
    """Return what a page holds, and what is wrong with its markup."""
    problems = list(_of_text(data, path))
    parser = etree.HTMLParser(encoding="utf-8", huge_tree=True, remove_comments=True, remove_pis=True)
    root = etree.fromstring(data, parser) if data.strip() else None
    if root is None:
        problems.append(error(path, 0, "the page is empty", "build again with `--full`"))
        return Page([], frozenset(), "", False, False, problems)
    links: list[Link] = []
    lines: dict[str, int] = {}
    metas: dict[str, str] = {}
    named: list[tuple[int, str, str]] = []
    counts = {"title": 0, "h1": 0, "main": 0}
    canonical = ""
    if not (root.get("lang") or "").strip():
        problems.append(error(path, root.sourceline or 0, "<html> has no lang", "name the page's language there"))
    for element in root.iter(etree.Element):
        tag, attributes = element.tag, element.attrib
        if tag in counts:
            counts[tag] += 1
        if not attributes:
            if tag in ("style", "script", "img"):
                problems += _of_element(element, path)
            continue
        line = element.sourceline or 0
        if tag == "meta":
            metas[str(attributes.get("name") or attributes.get("property") or attributes.get("http-equiv")).lower()] = (
                attributes.get("content", "")
            )
            if attributes.get("property", attributes.get("name")) in _PUBLIC_METAS:
                links.append(Link(line, attributes.get("content", ""), "meta content", True))
        elif tag == "script" and attributes.get("type") == "application/ld+json":
            links += _linked(element, line)
        elif tag in _LINKING:
            links += _links(element, line)
            if tag == "link" and "canonical" in attributes.get("rel", "").lower().split():
                canonical = attributes.get("href", "")
        for name, value in attributes.items():
            if name == "id":
                if not value or value.split() != [value]:
                    problems.append(error(path, line, f"the id {shown(value)} is no name", "ids have no blanks"))
                elif value in lines:
                    problems.append(
                        error(
                            path,
                            line,
                            f"the id {shown(value)} is on line {lines[value]} already",
                            "an id stands once on a page: a link to it leads to the first only",
                        )
                    )
                lines.setdefault(value, line)
            elif name == "name" and tag == "a":
                lines.setdefault(value, line)
            elif name in _NAMING and not (name == "list" and tag != "input"):
                named += [(line, f"{tag} {name}", one) for one in value.split()]
        problems += _of_element(element, path)
    problems += [
        error(
            path, line, f"{what} names the id {shown(one)}, which is not on the page", "correct the id, or leave it out"
        )
        for line, what, one in named
        if one not in lines
    ]
    moved = "refresh" in metas
    if moved:
        target = re.search(r"url\s*=\s*['\"]?([^'\"]+)", metas["refresh"], re.IGNORECASE)
        links += [Link(0, target[1].strip(), "meta refresh", False)] if target else []
    problems += _of_document(root, path, counts, moved)
    policy = metas.get("content-security-policy", "")
    if policy and not any(word in policy for word in _ALLOWING):  # then the page itself is strict, and they do not work
        problems = [problem._replace(severity="error") if problem.hint == _INLINE else problem for problem in problems]
    return Page(
        links,
        frozenset(lines),
        canonical,
        metas.get("og:type") == "article",
        moved or "noindex" in metas.get("robots", ""),
        problems,
    )


def _of_text(data: bytes, path: str) -> Iterator[Problem]:
    try:
        data.decode()
    except UnicodeDecodeError as wrong:
        yield error(path, data.count(b"\n", 0, wrong.start) + 1, "the page is not UTF-8", "save the file as UTF-8")
    if not data.lstrip(b"\xef\xbb\xbf \t\r\n")[:15].lower().startswith(b"<!doctype html"):
        yield warning(path, 1, "the page does not begin with <!doctype html>", "without it browsers guess old rules")
    if b"charset" not in data[:1024].lower():
        yield warning(path, 1, "no charset in the first 1,024 bytes", 'write <meta charset="utf-8"> first in <head>')


def _of_document(root: Any, path: str, counts: dict[str, int], moved: bool) -> Iterator[Problem]:
    title = root.find("head/title")
    if title is None or not "".join(title.itertext()).strip():
        yield error(path, 0, "the page has no title", "write one into <title> in <head>")
    if counts["h1"] != 1 and not moved:
        yield warning(path, 0, f"the page has {counts['h1'] or 'no'} <h1>", "one names what the page is about")
    if counts["main"] > 1:
        yield warning(path, 0, f"the page has {counts['main']} <main>", "one holds what the page is about")
    base = root.find("head/base")
    if base is not None:
        yield error(path, base.sourceline or 0, "<base> changes where all links lead", "leave it out")


def _of_element(element: Any, path: str) -> Iterator[Problem]:
    tag, line = element.tag, element.sourceline or 0
    for name in element.attrib:
        if name == "style" or (name.startswith("on") and name.isalpha()):
            yield warning(path, line, f"<{tag}> has the inline attribute `{name}`", _INLINE)
    if tag == "img" and element.get("alt") is None:
        yield error(path, line, "<img> has no alt", 'say in alt what is to be seen; alt="" where it only decorates')
    elif tag == "style":
        yield warning(path, line, "<style> in the page", _INLINE)
    elif tag == "iframe" and not element.get("title"):
        yield warning(path, line, "<iframe> has no title", "say in it what is in the frame")
    elif tag == "script" and element.get("src") is None:
        kind = element.get("type", "").lower()
        if kind not in _DATA:
            yield warning(path, line, "<script> in the page", _INLINE)
        elif kind.endswith("json"):
            try:
                json.loads(element.text or "")
            except (ValueError, RecursionError) as wrong:
                yield error(path, line, f"the {kind} cannot be parsed: {wrong}", "write it with a JSON encoder")


def _linked(element: Any, line: int) -> Iterator[Link]:
    """Yield the addresses in JSON-LD."""
    try:
        waiting = [json.loads(element.text or "")]
    except (ValueError, RecursionError):
        return
    while waiting:
        value = waiting.pop()
        if isinstance(value, str) and value.startswith(("https://", "http://")):
            yield Link(line, value, LINKED, True)
        elif isinstance(value, (dict, list)):
            waiting += value.values() if isinstance(value, dict) else value


def _links(element: Any, line: int) -> Iterator[Link]:
    tag = element.tag
    relations = set(element.get("rel", "").lower().split()) if tag == "link" else set()
    public = bool(relations & _PUBLIC_RELATIONS) or ("alternate" in relations and element.get("hreflang") is not None)
    for name in _LINKING[tag]:
        value = element.get(name)
        if value is None:
            continue
        if name.endswith("srcset"):
            for candidate in re.split(r",\s+|\s,", value):
                if candidate.strip():
                    yield Link(line, candidate.split()[0], f"{tag} {name}", False)
        elif not (tag == "link" and relations <= {"preconnect", "dns-prefetch"} and relations):
            yield Link(line, value, f"{tag} {name}", public)

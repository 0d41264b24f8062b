"""Links: whether each leads to a file of the site, and to a place on it; and which pages no link leads to (RFC 3986)."""

import posixpath
import re
from collections.abc import Iterable, Mapping, Sequence, Set
from functools import lru_cache
from typing import NamedTuple
from urllib.parse import quote, unquote, urlsplit

from digest.checking import error, shown, warning
from digest.checking.pages import LINKED, Link, Page
from digest.errors import Problem

ANYWHERE = "404.html"
"""Servers show this page at any address, so nothing in it can be relative."""
_NO_ADDRESS = re.compile(r"[\s<>\"{}|\\^`\x00-\x1f\x7f]")
"""What no address may hold (RFC 3987, section 2.2)."""
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")
_GONE = re.compile(r": there is no file (.+) in the site$", re.DOTALL)
_BUILD = "correct the link where it is written (an article or a template), and build again"
_URL = "set `url` in the settings to where the site is, and build again"


class Files(NamedTuple):
    """The files of a site."""

    base: str
    """The site's public address; ends with a slash."""
    names: Set[str]
    folded: Mapping[str, str]
    """The names in small letters: to say what differs by case only."""


class Leads(NamedTuple):
    """Where the links of a page lead."""

    targets: Sequence[str]
    """Files of the site, each once."""
    anchors: Sequence[tuple[str, str, int]]
    """Target page, fragment and line of each link into another page."""
    outside: Sequence[tuple[str, int]]
    """Addresses elsewhere, with the line of the first link to each."""
    problems: Sequence[Problem]


def files(base: str, names: Iterable[str]) -> Files:
    """Return what is asked of a site's files."""
    known = frozenset(names)
    return Files(base, known, {name.lower(): name for name in sorted(known)})


def check(page: Page, path: str, site: Files) -> Leads:
    """Look where the links of a page lead. Inside the site they must be relative, to a file, and to a place on it."""
    targets: dict[str, None] = {}
    anchors: list[tuple[str, str, int]] = []
    outside: dict[str, int] = {}
    problems: list[Problem] = []
    for link in page.links:
        href = link.href.strip()
        if href.startswith("#"):
            if not _on(page.ids, fragment := unquote(href[1:])):
                problems.append(_no_place(path, link.line, link.href, path, fragment))
            continue
        scheme = _SCHEME.match(href)
        if href.startswith(site.base) or href + "/" == site.base:
            target, fragment = inside(href, site.base)
            if not link.public:
                message = f"{link.what} {shown(href)} leads inside the site with its whole address"
                problems.append(
                    warning(path, link.line, message, "a relative link works at every address, and from a disk")
                )
            elif existing(target, site) is None:
                problems.append(_no_file(path, link, target, site))
                continue
            target = existing(target, site) or target
        elif scheme or href.startswith("//"):
            if link.what == LINKED:
                continue
            problems += _elsewhere(path, link, href, scheme[0].lower() if scheme else "//")
            if not scheme or scheme[0].lower() in ("http:", "https:"):
                outside.setdefault(f"https:{href}" if not scheme else href, link.line)
            continue
        elif link.public:
            message = f"{link.what} {shown(href)} is relative"
            problems.append(error(path, link.line, message, "machines elsewhere read it: write the whole address"))
            continue
        elif href.startswith("/") and path != ANYWHERE:
            message = f"{link.what} {shown(href)} begins at the root of the server"
            problems.append(
                error(path, link.line, message, "write it relative to the page: the site may stand in a folder")
            )
            continue
        elif path == ANYWHERE:
            root = "/" + site.base.split("/", 3)[3]
            if not href.startswith(root):
                message = f"{link.what} {shown(href)} does not begin with {root}"
                problems.append(
                    error(path, link.line, message, "servers show this page at any address: begin at the root")
                )
                continue
            target, fragment = inside(href, root)
            target = existing(target, site) or target
        else:
            resolved = _resolve(posixpath.dirname(path), href)
            if resolved is None:
                problems.append(error(path, link.line, f"{link.what} {shown(href)} leads out of the site", _BUILD))
                continue
            target, fragment = resolved
            target = target or path
        if target not in site.names:
            problems.append(_no_file(path, link, target, site))
            continue
        if link.public:
            continue  # no reader goes that way
        targets[target] = None
        if fragment and target.endswith(".html"):
            if target == path:
                if not _on(page.ids, fragment):
                    problems.append(_no_place(path, link.line, link.href, path, fragment))
            else:
                anchors.append((target, fragment, link.line))
    if page.canonical and not page.hidden and inside(page.canonical, site.base)[0] not in (path, _folder(path)):
        line = next((link.line for link in page.links if link.public and link.href == page.canonical), 0)
        if page.canonical.startswith(site.base):
            message = f"the canonical address {shown(page.canonical)} is another page's"
            problems.append(warning(path, line, message, "search engines leave this page out: correct the template"))
    return Leads(list(targets), anchors, list(outside.items()), problems)


def check_anchors(ids: Set[str], target: str, wanted: Iterable[tuple[str, str, int]]) -> list[Problem]:
    """Look whether a page has the `ids` that other pages' links (path, fragment, line) name."""
    return [
        _no_place(path, line, f"{target}#{fragment}", target, fragment)
        for path, fragment, line in wanted
        if not _on(ids, fragment)
    ]


def orphans(leads: Mapping[str, Iterable[str]], entrances: Iterable[str] = ("index.html",)) -> list[Problem]:
    """Return the pages that nobody finds who follows links from the front page; `leads` tells where each page's lead."""
    waiting = [path for path in entrances if path in leads]
    seen = set(waiting)
    while waiting:
        for target in leads[waiting.pop()]:
            if target in leads and target not in seen:
                seen.add(target)
                waiting.append(target)
    hint = "link to it from a page, or delete it"
    return [
        warning(path, 0, "no way leads here from the front page", hint)
        for path in sorted(leads)
        if path not in seen and seen
    ]


def check_public(path: str, line: int, what: str, url: str, site: Files) -> list[Problem]:
    """Look at an address in a feed or the like: absolute, and a file of the site where it is below the site's address."""
    if not _SCHEME.match(url):
        message = f"{what} {shown(url)} is not a whole address"
        return [error(path, line, message, "nobody knows what it is relative to: write it with https://")]
    if found := _NO_ADDRESS.search(url):
        return [error(path, line, f"{what} {shown(url)} holds {shown(found[0])}", f"write {quote(found[0])} for it")]
    if url.startswith(site.base):
        target, _ = inside(url, site.base)
        if existing(target, site) is None:
            return [_gone(path, line, f"{what} {shown(url)}", target)]
    return []


def gone(problem: Problem) -> str:
    """Return the file that is not there, as a finding quotes it; nothing where a finding is about something else."""
    found = _GONE.search(problem.message) if problem.hint == _BUILD else None
    return found[1] if found else ""


def check_own(path: str, line: int, what: str, url: str, site: Files) -> list[Problem]:
    """Look at an address that must be one of the site's own files."""
    if not url.startswith(site.base):
        return [error(path, line, f"{what} {shown(url)} is not below {site.base}", _URL)]
    return check_public(path, line, what, url, site)


@lru_cache(maxsize=4096)
def inside(url: str, base: str) -> tuple[str, str]:
    """Return the path in the site (empty for the front page's folder) and the fragment of an address below `base`."""
    rest, _, fragment = url[len(base) :].partition("#")
    return unquote(rest.partition("?")[0]), unquote(fragment)


def existing(target: str, site: Files) -> str | None:
    """Return the file that a server gives for a path: the file itself, or the folder's index."""
    if target in site.names and target:
        return target
    index = posixpath.join(target, "index.html")
    return index if (not target or target.endswith("/")) and index in site.names else None


def relative(path: str, href: str) -> str | None:
    """Return the file or folder (ending with a slash; empty: the site's) that a relative link in file `path` names."""
    found = _resolve(posixpath.dirname(path), href)
    return found and ("" if found[0] == "./" else found[0])


def _folder(path: str) -> str:
    return path.removesuffix("index.html")


@lru_cache(maxsize=16384)
def _resolve(folder: str, href: str) -> tuple[str, str] | None:
    """Return the file and the fragment that a relative link names from a page in `folder`; None outside of the site."""
    rest, _, fragment = href.partition("#")
    rest = unquote(rest.partition("?")[0])
    if not rest:
        return "", unquote(fragment)
    target = posixpath.normpath(posixpath.join(folder, rest))
    if target == ".." or target.startswith("../"):
        return None
    if rest.endswith(("/", "/.", "/..")) or rest in (".", ".."):
        target = f"{target}/" if target != "." else "./"
    return target, unquote(fragment)


def _on(ids: Set[str], fragment: str) -> bool:
    fragment = fragment.partition(":~:")[0]
    return not fragment or fragment in ids or fragment.lower() == "top"


def _no_file(path: str, link: Link, target: str, site: Files) -> Problem:
    what = f"{link.what} {shown(link.href)}"
    index = posixpath.normpath(posixpath.join(target, "index.html"))
    if index in site.names:
        return warning(
            path,
            link.line,
            f"{what} leads to a folder",
            f"write {shown('index.html')} after it, for readers from a disk",
        )
    if other := site.folded.get(target.lower()):
        return error(
            path,
            link.line,
            f"{what} differs by case from {shown(other)}",
            "servers tell capitals from small letters: write it the same",
        )
    return _gone(path, link.line, what, target)


def _gone(path: str, line: int, what: str, target: str) -> Problem:
    return error(path, line, f"{what}: there is no file {shown(target)} in the site", _BUILD)


def _no_place(path: str, line: int, href: str, target: str, fragment: str) -> Problem:
    message = f"{shown(href)}: there is no id {shown(fragment)} on {target}"
    return error(path, line, message, "correct the part after #, or give the place that id")


def _elsewhere(path: str, link: Link, href: str, scheme: str) -> list[Problem]:
    if scheme in ("javascript:", "vbscript:"):
        return [error(path, link.line, f"{link.what} runs a script", "a link leads to a page: use a <button>")]
    if scheme in ("http:", "https:", "//"):
        try:
            fine = bool(urlsplit(href).hostname) and not re.search(r"[\s<>\"]", href)
            _ = urlsplit(href).port
        except ValueError:
            fine = False
        if not fine:
            return [error(path, link.line, f"{link.what} {shown(href)} is no address", _BUILD)]
    elif scheme == "file:":
        return [error(path, link.line, f"{link.what} {shown(href)} is on your own computer", _BUILD)]
    return []

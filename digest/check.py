"""`digest check`: looks at a built site as readers, crawlers and feed readers will, and changes nothing."""

import json
import os
import re
import time
from array import array
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import UTC, datetime
from functools import lru_cache, partial
from pathlib import Path
from typing import Any, NamedTuple

from lxml import etree

from digest import compressing, content, inputs, layout, write
from digest.checking import (
    atom,
    chains,
    copies,
    error,
    external,
    jsonfeed,
    links,
    pages,
    rss,
    sitemaps,
    values,
    warning,
)
from digest.checking.findings import Findings
from digest.checking.links import Files
from digest.config import Settings
from digest.errors import DigestError, Problem
from digest.model import Article
from digest.workers import Mapper, serial

CACHE = "links.json"
"""In the build memory: which links to elsewhere were fine, and when."""
_DOCUMENTS = (".xml", ".json", ".opml", ".webmanifest", ".rss", ".atom")
_STYLE_URL = re.compile(r"url\(\s*['\"]?([^'\")]+)['\"]?\s*\)|@import\s+['\"]([^'\"]+)")


class Options(NamedTuple):
    """What to look at."""

    root: Path
    output: Path
    settings: Settings
    now: int
    """Microseconds since 1970: what is later is in the future."""
    outside: bool = False
    """Whether links to elsewhere are asked for."""
    manners: external.Manners = external.MANNERS


class Checked(NamedTuple):
    """What was looked at, and what was found."""

    pages: int
    feeds: int
    files: int
    links: int
    """How many links inside the site: each target once a page."""
    outside: int
    """How many links to elsewhere, each once."""
    asked: int
    """How many of them were asked for."""
    problems: Sequence[Problem]


class Site(NamedTuple):
    """Where a site is. It travels to the workers, which look up its files there."""

    folder: str
    base: str
    moment: int
    """When the check began, in nanoseconds: no worker remembers the files of an earlier one."""


class Looked(NamedTuple):
    """What a worker saw on some pages."""

    leads: dict[str, tuple[str, ...]]
    anchors: list[tuple[str, str, int, str]]
    """Page, target, line and fragment."""
    outside: list[tuple[str, str, int]]
    articles: list[str]
    """Canonical addresses of articles."""
    hidden: list[str]
    problems: list[Problem]


class Read(NamedTuple):
    """What a worker read in some other files."""

    feeds: list[atom.Feed]
    others: int
    """Feeds of another kind than Atom."""
    sitemaps: list[sitemaps.Sitemap]
    problems: list[Problem]


def check(
    options: Options, mapper: Mapper = serial, progress: Callable[[str, int, int], None] = lambda *_: None
) -> Checked:
    """Look at everything in the output folder. Raises DigestError where there is none."""
    site = Site(str(options.output), options.settings.url, time.time_ns())
    files = _files(site)
    if "index.html" not in files.names:
        raise DigestError(
            f"there is no site in {options.output}", "run `digest build` first, or name it with `--output`"
        )
    found = Findings()
    html = sorted(name for name in files.names if name.endswith((".html", ".htm")))
    numbers = {name: number for number, name in enumerate(html)}
    leads: list[array[int]] = [array("I") for _ in html]
    anchors: dict[str, list[tuple[str, str, int]]] = defaultdict(list)
    outside: dict[str, tuple[str, int]] = {}
    articles: list[str] = []
    hidden: set[str] = {"404.html"}
    inside = 0
    for looked in mapper(partial(_look, site), html):
        progress("reading pages", len(looked.leads), len(html))
        for path, targets in looked.leads.items():
            inside += len(targets)
            leads[numbers[path]].extend(numbers[target] for target in targets if target in numbers)
        for path, target, line, fragment in looked.anchors:
            anchors[target].append((path, fragment, line))
        for url, path, line in looked.outside:
            outside.setdefault(url, (path, line))
        articles += looked.articles
        hidden.update(looked.hidden)
        found.add(looked.problems)
    for wrong in mapper(partial(_look_for_anchors, site), sorted(anchors.items())):
        found.add(wrong)
    found.add(_orphans(html, leads, hidden))
    feeds = _documents(site, files, mapper, found, options.now, progress, articles, set(html) - hidden)
    for name in sorted(name for name in files.names if name.endswith(".css")):
        found.add(_style(site, name, files))
    packed = sorted(name for name in files.names if compressing.original(name) in files.names)
    for wrong in mapper(partial(_look_at_copies, site), packed):
        found.add(wrong)
    found.add(_aliases(options, files))
    asked = 0
    if options.outside:
        asked = _external(options, outside, found, progress)
    name = os.path.relpath(options.output, options.root).replace(os.sep, "/")
    return Checked(len(html), feeds, len(files.names), inside, len(outside), asked, found.all(name))


@lru_cache(maxsize=1)
def _files(site: Site) -> Files:
    """List the files of the output folder; hidden ones are nobody's to see."""
    names = []
    for folder, folders, here in os.walk(site.folder):
        folders[:] = [name for name in folders if not name.startswith(".digest") and name != ".git"]
        inner = os.path.relpath(folder, site.folder).replace(os.sep, "/")
        names += [
            name if inner == "." else f"{inner}/{name}" for name in here if not name.startswith((".digest", ".git"))
        ]
    return links.files(site.base, names)


def _look(site: Site, paths: Sequence[str]) -> Looked:
    """Look at some pages; it may run in a worker process."""
    files = _files(site)
    looked = Looked({}, [], [], [], [], [])
    for path in paths:
        data = _bytes(site, path)
        if isinstance(data, Problem):
            looked.problems.append(data)
            continue
        page = pages.read(data, path)
        seen = links.check(page, path, files)
        looked.leads[path] = tuple(seen.targets)
        looked.anchors.extend((path, target, line, fragment) for target, fragment, line in seen.anchors)
        looked.outside.extend((url, path, line) for url, line in seen.outside)
        looked.problems.extend([*page.problems, *seen.problems])
        if page.article:
            looked.articles.append(page.canonical)
        if page.hidden:
            looked.hidden.append(path)
    return looked


def _look_for_anchors(site: Site, wanted: Sequence[tuple[str, Sequence[tuple[str, str, int]]]]) -> list[Problem]:
    """Look for the places that links from other pages name; it may run in a worker process."""
    problems = []
    for target, places in wanted:
        data = _bytes(site, target)
        if isinstance(data, bytes):
            problems += links.check_anchors(pages.read(data, target).ids, target, places)
    return problems


def _orphans(html: Sequence[str], leads: Sequence[Iterable[int]], hidden: set[str]) -> list[Problem]:
    named = {path: (html[number] for number in leads[index]) for index, path in enumerate(html)}
    return [problem for problem in links.orphans(named) if problem.path not in hidden]


def _documents(
    site: Site,
    files: Files,
    mapper: Mapper,
    found: Findings,
    now: int,
    progress: Callable[[str, int, int], None],
    articles: Sequence[str],
    listed: set[str],
) -> int:
    """Look at feeds, sitemaps and the like, and at what they are together; return how many feeds there are."""
    names = sorted(name for name in files.names if name.endswith(_DOCUMENTS))
    feeds: list[atom.Feed] = []
    maps: list[sitemaps.Sitemap] = []
    others = 0
    for part in mapper(partial(_read, site, now), names, 4):
        progress("reading feeds", len(part.feeds), len(names))
        feeds += part.feeds
        maps += part.sitemaps
        others += part.others
        found.add(part.problems)
    found.add(chains.check(feeds, files, articles))
    robots = _bytes(site, "robots.txt") if "robots.txt" in files.names else b""
    found.add(
        sitemaps.check_all(maps, listed, robots.decode("utf-8", "replace") if isinstance(robots, bytes) else "", files)
    )
    return len(feeds) + others


def _read(site: Site, now: int, paths: Sequence[str]) -> Read:
    """Read some feeds, sitemaps and manifests; it may run in a worker process."""
    files = _files(site)
    moment = datetime.fromtimestamp(now / 1e6, UTC)
    done = Read([], 0, [], [])
    others = 0
    for path in paths:
        data = _bytes(site, path)
        if isinstance(data, Problem):
            done.problems.append(data)
        elif path.endswith((".json", ".webmanifest")):
            others += _read_json(data, path, files, moment, done)
        else:
            root, wrong = values.parse(data, path)
            done.problems.extend(wrong)
            others += root is not None and _read_xml(root, data, path, files, moment, done)
    return done._replace(others=others)


def _read_xml(root: Any, data: bytes, path: str, files: Files, now: datetime, done: Read) -> bool:
    """Look at an XML file by what it is; return whether it is a feed of another kind than Atom."""
    done.problems.extend(_sheets(root, path, files))
    if root.tag == f"{atom.NS}feed":
        feed, problems = atom.check(root, data, path, files, now)
        done.feeds.append(feed)
        done.problems.extend(problems)
    elif root.tag in (f"{sitemaps.NS}urlset", f"{sitemaps.NS}sitemapindex"):
        sitemap, problems = sitemaps.check(root, path, len(data), files)
        done.sitemaps.append(sitemap)
        done.problems.extend(problems)
    elif root.tag == "rss":
        done.problems.extend(rss.check(root, data, path, files, now))
        return True
    elif root.tag == "opml":
        done.problems.extend(rss.check_opml(root, path, files))
    return False


def _sheets(root: Any, path: str, files: Files) -> Iterator[Problem]:
    """Yield the style sheets of an XML file (https://www.w3.org/TR/xml-stylesheet/) that are not there."""
    for instruction in root.itersiblings(etree.ProcessingInstruction, preceding=True):
        address = instruction.attrib.get("href", "")
        if instruction.target == "xml-stylesheet" and links.relative(path, address) not in files.names:
            message = f"the style sheet {address!r} is not in the site"
            yield error(path, instruction.sourceline or 0, message, "write its address relative to the file")


def _read_json(data: bytes, path: str, files: Files, now: datetime, done: Read) -> bool:
    """Look at a JSON file by what it is; return whether it is a feed."""
    text = data.decode("utf-8", "replace")
    if path.endswith(".webmanifest") or path.rpartition("/")[2] == "manifest.json":
        done.problems.extend(sitemaps.check_manifest(text, path, files))
        return False
    try:
        value = json.loads(text)
    except (ValueError, RecursionError) as wrong:
        line = getattr(wrong, "lineno", 0)
        done.problems.append(error(path, line, f"the JSON cannot be parsed: {wrong}", "write it with a JSON encoder"))
        return False
    if not jsonfeed.is_feed(value):
        return False
    done.problems.extend(jsonfeed.check(value, text, path, files, now))
    return True


def _style(site: Site, path: str, files: Files) -> Iterator[Problem]:
    """Yield what a style sheet names and the site does not have."""
    data = _bytes(site, path)
    text = re.sub(r"/\*.*?\*/", lambda comment: "\n" * comment[0].count("\n"), _text(data), flags=re.DOTALL)
    for match in _STYLE_URL.finditer(text):
        address = match[1] or match[2]
        if re.match(r"[a-z]+:|#|//", address):
            continue
        target = links.relative(path, address)
        if target is None or target not in files.names:
            line = text.count("\n", 0, match.start()) + 1
            yield error(path, line, f"url({address}): there is no such file in the site", "correct it, or add the file")


def _look_at_copies(site: Site, paths: Sequence[str]) -> list[Problem]:
    """Look whether compressed copies hold what their files do; it may run in a worker process."""
    problems: list[Problem] = []
    for path in paths:
        data, copy = _bytes(site, compressing.original(path)), _bytes(site, path)
        if isinstance(data, bytes) and isinstance(copy, bytes):
            problems += copies.check(path, copy, data)
    return problems


def _aliases(options: Options, files: Files) -> Iterator[Problem]:
    """Yield the aliases of articles that no page of the site answers to."""
    settings = options.settings
    for path in sorted(inputs.scan(options.root, layout.CONTENT, (".md",), now=0)[0]):
        data = inputs.read(f"{options.root}/{path}", content.MAX_FILE)
        if b"aliases" not in data:
            continue
        article = content.parse(data, path, settings.zone, settings.language)
        if not isinstance(article, Article) or article.href not in files.names:
            continue
        lines = data.decode("utf-8", "replace").splitlines()
        line = next((number for number, line in enumerate(lines, 1) if line.startswith("aliases")), 0)
        for alias in article.aliases:
            target = links.inside(alias, settings.url)[0] if alias.startswith(settings.url) else alias.lstrip("/")
            if not any(links.existing(name, files) for name in (target, f"{target}/", f"{target}.html")):
                message = f"no page of the site answers to the alias {alias!r}"
                yield warning(
                    f"//{path}", line, message, "let your server lead from there to the article, or leave it out"
                )


def _external(
    options: Options, outside: dict[str, tuple[str, int]], found: Findings, progress: Callable[[str, int, int], None]
) -> int:
    """Ask for links to elsewhere; what was fine is remembered for a week."""
    memory = options.root / layout.MEMORY
    try:
        known = json.loads((memory / CACHE).read_bytes())
        known = {url: when for url, when in known.items() if isinstance(when, int)}
    except (OSError, ValueError, AttributeError):
        known = {}
    done = external.check(outside, known, time.time_ns() // 10**9, progress, options.manners)
    write.put(memory, CACHE, json.dumps(done.known, indent=0).encode())
    write.sweep(memory)
    found.add(done.problems)
    return done.asked


def _bytes(site: Site, path: str) -> bytes | Problem:
    try:
        return inputs.read(f"{site.folder}/{path}", values.MAX_FILE + 1)
    except OSError as wrong:
        return error(path, 0, f"the file cannot be read: {wrong.strerror}", "mend its permissions")


def _text(data: bytes | Problem) -> str:
    return data.decode("utf-8", "replace") if isinstance(data, bytes) else ""

"""Sitemaps (https://www.sitemaps.org/protocol.html), robots.txt (RFC 9309) and the manifest of a web app."""

import json
import re
from collections.abc import Collection, Iterable, Mapping
from typing import Any, NamedTuple

from digest.checking import error, links, shown, warning
from digest.checking.links import Files
from digest.errors import Problem

NS = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
MAX_ADDRESSES = 50_000
MAX_SIZE = 50 * 1024 * 1024
_DATE = re.compile(r"\d{4}(-\d\d(-\d\d(T\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d))?)?)?")
_AGAIN = "build again with `--full`"


class Sitemap(NamedTuple):
    """What a sitemap lists."""

    path: str
    lists_others: bool
    """Whether it lists other sitemaps."""
    targets: tuple[str, ...]
    """Files of the site."""


def check(root: Any, path: str, size: int, site: Files) -> tuple[Sitemap, list[Problem]]:
    """Return what a sitemap or an index of sitemaps lists, and what is wrong with it."""
    index = root.tag == f"{NS}sitemapindex"
    rows = root.findall(f"{NS}sitemap" if index else f"{NS}url")
    problems = []
    if size > MAX_SIZE:
        problems.append(error(path, 0, f"the sitemap has {size:,} bytes", "50 MB are the most: divide it"))
    if len(rows) > MAX_ADDRESSES:
        problems.append(error(path, 0, f"the sitemap lists {len(rows):,} addresses", "50,000 are the most: divide it"))
    targets: dict[str, None] = {}
    for row in rows:
        address = (row.findtext(f"{NS}loc") or "").strip()
        problems += links.check_own(path, row.sourceline, "<loc>", address, site)
        if address.startswith(site.base):
            target = links.existing(links.inside(address, site.base)[0], site)
            if target in targets:
                problems.append(warning(path, row.sourceline, f"{address} is listed twice", "leave one"))
            if target:
                targets[target] = None
        changed = row.findtext(f"{NS}lastmod")
        if changed is not None and not _DATE.fullmatch(changed.strip()):
            problems.append(
                error(path, row.sourceline, f"<lastmod> {shown(changed)} is no date", "write it as 2025-08-17")
            )
    return Sitemap(path, index, tuple(targets)), problems


def check_all(sitemaps: Iterable[Sitemap], pages: Collection[str], robots: str | None, site: Files) -> list[Problem]:
    """Look whether crawlers find every one of `pages`, from robots.txt (its text) on; nothing where there is no sitemap."""
    by_path = {sitemap.path: sitemap for sitemap in sitemaps}
    if not by_path:
        return []
    problems: list[Problem] = []
    told = set()
    for number, line in enumerate((robots or "").splitlines(), 1):
        if found := re.match(r"\s*sitemap\s*:\s*(\S*)", line, re.IGNORECASE):
            problems += links.check_own("robots.txt", number, "Sitemap:", found[1], site)
            told.add(links.inside(found[1], site.base)[0] if found[1].startswith(site.base) else "")
        elif line.strip() and not line.lstrip().startswith("#") and ":" not in line:
            problems.append(
                error("robots.txt", number, f"{shown(line)} is no rule", "write `name: value`, or # before it")
            )
    if not told & by_path.keys():
        problems.append(
            warning("robots.txt", 0, "it names no sitemap of the site", f"add `Sitemap: {site.base}sitemap.xml`")
        )
    listed: set[str] = set()
    seen: set[str] = set()
    waiting = sorted(told & by_path.keys()) or ["sitemap.xml"]
    while waiting:
        path = waiting.pop()
        if path in seen or path not in by_path:
            continue
        seen.add(path)
        if by_path[path].lists_others:
            waiting += by_path[path].targets
            problems += [
                error(path, 0, f"{target} is no sitemap", _AGAIN)
                for target in by_path[path].targets
                if target not in by_path
            ]
        else:
            listed.update(by_path[path].targets)
    problems += [warning(path, 0, "no sitemap leads to this one", _AGAIN) for path in sorted(by_path.keys() - seen)]
    problems += [warning(page, 0, "the page is in no sitemap", _AGAIN) for page in sorted(set(pages) - listed)]
    return problems


def check_manifest(text: str, path: str, site: Files) -> list[Problem]:
    """Say what is wrong with a web app's manifest (https://www.w3.org/TR/appmanifest/)."""
    try:
        value = json.loads(text)
    except (ValueError, RecursionError) as wrong:
        return [
            error(
                path, getattr(wrong, "lineno", 0), f"the JSON cannot be parsed: {wrong}", "write it with a JSON encoder"
            )
        ]
    if not isinstance(value, Mapping):
        return [error(path, 1, "the manifest is no object", "write {…}")]
    problems = []
    if not value.get("name") and not value.get("short_name"):
        problems.append(error(path, 1, "the manifest has no name", 'add "name"'))
    icons = value.get("icons", [])
    sources = [icon.get("src") for icon in icons if isinstance(icon, Mapping)] if isinstance(icons, list) else []
    for address in [*sources, value.get("start_url")]:
        if isinstance(address, str) and not re.match(r"[a-z]+:", address):
            target = links.relative(path, address)
            if target is None or links.existing(target, site) is None:
                problems.append(error(path, 1, f"{shown(address)}: there is no such file in the site", _AGAIN))
    return problems

"""Chains of feeds, walked to their ends (RFC 5005): a reader who was away for a year gets every article."""

from collections.abc import Collection, Iterable, Mapping
from typing import NamedTuple

from digest.checking import error, links, shown, warning
from digest.checking.atom import Feed
from digest.checking.links import Files
from digest.errors import Problem


class Chain(NamedTuple):
    """The feeds that a reader gets who walks from a feed to the past."""

    head: Feed
    archives: list[Feed]
    """The newest first."""


def check(feeds: Iterable[Feed], site: Files, articles: Collection[str] = (), whole: str = "feed.xml") -> list[Problem]:
    """Walk every chain; `articles` are the addresses of all articles, which must be in the chain of the feed `whole`.

    A chain begins at a feed that is no archive. One that names another feed as the current one is a part of that, which
    still grows; no archive leads to it yet.
    """
    by_path = {feed.path: feed for feed in sorted(feeds, key=lambda feed: feed.path)}
    problems: list[Problem] = []
    reached: set[str] = set()
    for feed in by_path.values():
        if feed.archive:
            problems += _of_archive(feed, by_path, site)
        elif "next-archive" in feed.relations:
            message = "a feed that is no archive has a next-archive"
            problems.append(error(feed.path, 0, message, "mark it with fh:archive, or leave the link out (4)"))
        if not feed.archive and _file(feed.relations.get("current", ""), site) in ("", feed.path):
            chain, wrong = walk(feed, by_path, site)
            problems += wrong
            reached.update(archive.path for archive in chain.archives)
            if feed.path == whole and (chain.archives or feed.complete):
                problems += _missing(chain, articles)
    problems += [
        warning(
            feed.path, 0, "no chain of feeds leads to this archive", "link to it with rel=prev-archive, or delete it"
        )
        for feed in by_path.values()
        if feed.archive and feed.path not in reached
    ]
    return problems


def walk(head: Feed, feeds: Mapping[str, Feed], site: Files) -> tuple[Chain, list[Problem]]:
    """Follow prev-archive from a feed to the end; say where that is not possible, or not possible backwards."""
    chain = Chain(head, [])
    problems: list[Problem] = []
    seen = {head.path}
    here = head
    while "prev-archive" in here.relations:
        address = here.relations["prev-archive"]
        path = _file(address, site)
        before = feeds.get(path)
        if before is None:
            problems.append(
                error(
                    here.path, 0, f"prev-archive {shown(address)} is no feed of the site", "build again with `--full`"
                )
            )
            break
        if path in seen:
            problems.append(
                error(here.path, 0, f"prev-archive leads back to {path}", "a reader would walk in a circle (4)")
            )
            break
        if not before.archive:
            problems.append(
                error(path, 0, "an archive is not marked with fh:archive", "mark it: its entries do not change (4)")
            )
        after = _file(before.relations.get("next-archive", ""), site)
        if after and here.archive and after != here.path:
            problems.append(
                error(
                    path,
                    0,
                    f"next-archive is {after}, but {here.path} leads here",
                    "both links must be of one chain (4)",
                )
            )
        if before.relations.get("current") and _file(before.relations["current"], site) != head.path:
            problems.append(
                error(
                    path,
                    0,
                    f"rel=current is not {head.path}, from which the chain begins",
                    "link to the feed that people subscribe to (4)",
                )
            )
        seen.add(path)
        chain.archives.append(before)
        here = before
    return chain, problems


def _of_archive(feed: Feed, feeds: Mapping[str, Feed], site: Files) -> Iterable[Problem]:
    if feed.complete:
        yield error(feed.path, 0, "the feed is both complete and an archive", "leave one of the two marks out (2, 4)")
    current = feed.relations.get("current", "")
    if not current:
        yield error(
            feed.path, 0, "the archive has no link of rel=current", "link to the feed that people subscribe to (4)"
        )
    elif _file(current, site) not in feeds:
        yield error(feed.path, 0, f"rel=current {shown(current)} is no feed of the site", "build again with `--full`")
    elif not feed.relations.keys() & {"prev-archive", "next-archive"}:
        message = "the archive has neither prev-archive nor next-archive"
        yield warning(feed.path, 0, message, "validators call that incomplete: link to its neighbour (4)")
    if (after := feed.relations.get("next-archive")) and _file(after, site) not in feeds:
        yield error(feed.path, 0, f"next-archive {shown(after)} is no feed of the site", "build again with `--full`")


def _missing(chain: Chain, articles: Collection[str]) -> list[Problem]:
    """Say which articles nobody gets who walks the whole chain."""
    got = {entry.address for feed in (chain.head, *chain.archives) for entry in feed.entries}
    return [
        error(
            chain.head.path,
            0,
            f"the article {address} is in neither this feed nor its archives",
            "build again with `--full`",
        )
        for address in sorted(articles)
        if address not in got
    ]


def _file(address: str, site: Files) -> str:
    return links.inside(address, site.base)[0] if address.startswith(site.base) else ""

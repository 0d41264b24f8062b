"""Telling others what the last builds changed: a WebSub hub of feeds, IndexNow of pages."""

import json
import urllib.parse
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from digest import urls
from digest.config import Settings
from digest.errors import DigestError, Problem
from digest.store import Memory

INDEXNOW = "https://api.indexnow.org/indexnow"
MOST = 10_000
"""Addresses in a message to IndexNow."""
SECONDS = 20
"""How long to wait for an answer."""


class News(NamedTuple):
    """What builds wrote or deleted since others were last told."""

    feeds: Sequence[str]
    pages: Sequence[str]


class Told(NamedTuple):
    """Who was told of how much, and who could not be."""

    lines: Sequence[str]
    problems: Sequence[Problem]


def remember(memory: Memory, site: str, settings: Settings, changed: Iterable[str]) -> None:
    """Note which files a build wrote or deleted, if somebody is to be told."""
    if settings.hub or settings.indexnow:
        news = {*_noted(memory, site), *filter(_is_news, changed)}
        memory.set_note(f"news {site}", json.dumps(sorted(news)))


def news(memory: Memory, site: str) -> News:
    """Return what is to be told of the site in the folder `site`."""
    noted = _noted(memory, site)
    feeds = [path for path in noted if not path.endswith(".html")]
    return News(feeds, [path for path in noted if path.endswith(".html")])


def send(memory: Memory, site: str, settings: Settings, indexnow: str = INDEXNOW) -> Told:
    """Tell the hub and IndexNow what is new; what could not be told is told the next time.

    Raises DigestError where there is neither.
    """
    if not settings.hub and not settings.indexnow:
        raise DigestError("there is nobody to tell", "name a `hub` or an `indexnow` key in the settings")
    found = news(memory, site)
    lines: list[str] = []
    problems: list[Problem] = []
    left: list[str] = []
    if settings.hub and found.feeds:
        left += _tell_hub(settings.hub, settings.url, found.feeds, lines, problems)
    if settings.indexnow and found.pages:
        left += _tell_search(settings.indexnow, indexnow, settings.url, found.pages, lines, problems)
    memory.set_note(f"news {site}", json.dumps(left))
    return Told(lines, problems)


def _tell_hub(hub: str, url: str, feeds: Sequence[str], lines: list[str], problems: list[Problem]) -> Sequence[str]:
    """Tell the hub of each feed (w3.org/TR/websub, section 7); return those that it was not told of."""
    failed = []
    for feed in feeds:
        form = {"hub.mode": "publish", "hub.topic": url + feed, "hub.url": url + feed}
        said = _post(hub, urllib.parse.urlencode(form).encode(), "application/x-www-form-urlencoded")
        if said:
            failed.append(feed)
            problems.append(Problem("error", hub, 0, f"the hub was not told of {url}{feed}: {said}", _MEND))
        else:
            lines.append(f"told {hub} of {url}{feed}")
    return failed


def _tell_search(
    key: str, endpoint: str, url: str, pages: Sequence[str], lines: list[str], problems: list[Problem]
) -> Sequence[str]:
    """Tell search engines of pages (indexnow.org/documentation); return those that they were not told of."""
    failed: list[str] = []
    host = urllib.parse.urlsplit(url).netloc
    for start in range(0, len(pages), MOST):
        some = pages[start : start + MOST]
        listed = [urls.absolute(url, page) for page in some]
        message = {"host": host, "key": key, "keyLocation": f"{url}{key}.txt", "urlList": listed}
        said = _post(endpoint, json.dumps(message).encode(), "application/json; charset=utf-8")
        if said:
            failed += some
            problems.append(
                Problem("error", endpoint, 0, f"IndexNow was not told of {len(some):,} pages: {said}", _MEND)
            )
        else:
            lines.append(f"told {endpoint} of {len(some):,} {'page' if len(some) == 1 else 'pages'}")
    return failed


def _post(address: str, data: bytes, kind: str) -> str:
    """Post some data; return what went wrong, or nothing."""
    import urllib.request  # here: each build remembers what is new, and few tell of it

    headers: Mapping[str, str] = {"Content-Type": kind, "User-Agent": "news-digest"}
    request = urllib.request.Request(address, data, dict(headers), method="POST")  # noqa: S310 - `config` saw to http
    try:
        with urllib.request.urlopen(request, timeout=SECONDS):  # noqa: S310
            return ""
    except (OSError, ValueError) as error:
        return str(error)


def _noted(memory: Memory, site: str) -> list[str]:
    note = memory.note(f"news {site}")
    found: list[str] = json.loads(note) if note else []
    return found


def _is_news(path: str) -> bool:
    """Tell whether a file is a page, or a feed that people subscribe to; archives are none."""
    name = path.rpartition("/")[2]
    feed = name in ("feed.xml", "feed.json", urls.RSS) or path in urls.FEEDS or path in map(urls.json_feed, urls.FEEDS)
    of_language = path.startswith("feeds/") and not name[0].isdigit() and name.endswith((".xml", ".json"))
    return feed or of_language or (path.endswith(".html") and path != "404.html")


_MEND = "run `digest ping` again later"

"""Links to elsewhere, asked for politely: one connection a host at a time, HEAD before GET, never more than a little.

How a client behaves is in RFC 9110 (HEAD: section 9.3.2); 429 is RFC 6585.
"""

import http.client
import socket
import ssl
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Literal, NamedTuple
from urllib.parse import urljoin, urlsplit

from digest import __version__, web
from digest.checking import error, shown, warning
from digest.errors import Problem

AGENT = f"digest/{__version__} (link checker; https://pypi.org/project/news-digest/)"
WEEK = 7 * 24 * 3600
MAX_KNOWN = 50_000
"""Addresses that are remembered."""
_TRIES = 3
_SOME = 4096
"""Bytes read of an answer to a GET: it is the status that is wanted."""


class Manners(NamedTuple):
    """How patient and how polite to be, in seconds; tests are quicker."""

    timeout: float = 10.0
    """For one answer, from the connection on."""
    delay: float = 0.5
    """Between two questions to a host."""
    longest: float = 30.0
    """What a host that asks for patience gets at most."""
    hosts: int = 16
    """Asked at the same time."""
    private: bool = False
    """Whether to ask this machine and those of its network too. Articles come from elsewhere: never but in tests."""


MANNERS = Manners()


class Verdict(NamedTuple):
    """What became of a link."""

    state: Literal["fine", "broken", "unknown"]
    message: str = ""


class Found(NamedTuple):
    """What came of all links."""

    problems: Sequence[Problem]
    known: Mapping[str, int]
    """When each address that is fine was asked for, in seconds since 1970."""
    asked: int


def check(
    places: Mapping[str, tuple[str, int]],
    known: Mapping[str, int],
    now: int,
    progress: Callable[[str, int, int], None],
    manners: Manners = MANNERS,
) -> Found:
    """Ask for every address of `places` (which tells where it is linked first) that was not found fine within a week."""
    fresh = {url: when for url, when in known.items() if now - WEEK < when <= now}
    asked: dict[str, list[str]] = {}
    for url in sorted(places):
        plain = url.partition("#")[0]
        if plain not in fresh:
            asked.setdefault(urlsplit(plain).netloc.lower(), []).append(plain)
    asker = _Asker(manners)
    verdicts: dict[str, Verdict] = {}
    total = sum(map(len, asked.values()))
    with ThreadPoolExecutor(manners.hosts) as pool:
        for done in pool.map(asker.ask_all, (list(dict.fromkeys(urls)) for urls in asked.values())):
            verdicts |= done
            progress("asking for links", len(done), total)
    fresh |= {url: now for url, verdict in verdicts.items() if verdict.state == "fine"}
    newest = sorted(fresh.items(), key=lambda row: (-row[1], row[0]))[:MAX_KNOWN]
    problems = []
    for url, (path, line) in sorted(places.items()):
        verdict = verdicts.get(url.partition("#")[0])
        if verdict and verdict.state == "broken":
            problems.append(
                error(
                    path, line, f"{shown(url)}: {verdict.message}", "correct the link, or link to a copy in an archive"
                )
            )
        elif verdict and verdict.state == "unknown":
            problems.append(
                warning(
                    path, line, f"{shown(url)}: {verdict.message}", "open it yourself: machines are not always let in"
                )
            )
    return Found(problems, dict(sorted(newest)), len(verdicts))


class _Asker:
    """Asks hosts, each by one thread at a time, whichever address leads there."""

    def __init__(self, manners: Manners) -> None:
        self._manners = manners
        self._turns = web.Turns(manners.delay)

    def ask_all(self, urls: Iterable[str]) -> dict[str, Verdict]:
        return {url: self._ask(url) for url in urls}

    def _ask(self, url: str) -> Verdict:
        for attempt in range(_TRIES):
            verdict, wait = self._follow(url)
            if wait is None or attempt == _TRIES - 1:
                return verdict
            time.sleep(min(max(wait, self._manners.delay * 2**attempt), self._manners.longest))
        raise AssertionError("the last attempt returns")

    def _follow(self, url: str) -> tuple[Verdict, float | None]:
        """Ask for an address and where it leads; return also how long to wait before another attempt, if one is of use."""
        seen = [url]
        while True:
            try:
                status, location, wait = self._polite(seen[-1])
            except web.NotPublicError as wrong:
                return Verdict("unknown", f"{wrong}, where readers cannot follow"), None
            except (TimeoutError, ConnectionError) as wrong:
                return Verdict("unknown", web.reason(wrong)), None
            except (OSError, http.client.HTTPException, ValueError) as wrong:
                known = isinstance(wrong, ssl.SSLError) or (
                    isinstance(wrong, socket.gaierror) and wrong.errno == socket.EAI_NONAME
                )
                return Verdict("broken" if known else "unknown", web.reason(wrong)), None
            if status in web.REDIRECTS and location:
                target = urljoin(seen[-1], location).partition("#")[0]
                if target in seen or len(seen) > web.MOST_REDIRECTS:
                    return Verdict("broken", "it leads from one address to the next without end"), None
                if urlsplit(target).scheme not in ("http", "https"):
                    return Verdict("broken", f"it leads to {shown(target)}"), None
                seen.append(target)
                continue
            if status in (429, 503):
                return Verdict("unknown", f"the host answers {status}"), wait
            if status < 400:
                return Verdict("fine"), None
            return Verdict("broken" if status in (404, 410, 451) else "unknown", f"the host answers {status}"), None

    def _polite(self, url: str) -> tuple[int, str, float]:
        """Ask when it is this host's turn: HEAD, and GET where HEAD gives no good answer."""
        with self._turns.of(url):
            found = self._request("HEAD", url)
            if found[0] >= 400 and found[0] not in (429, 503):
                found = self._request("GET", url)
            return found

    def _request(self, method: str, url: str) -> tuple[int, str, float]:
        """Return status, Location and Retry-After of one answer, of which only the first bytes are read."""
        self._turns.rest(url)
        limits = web.Limits(self._manners.timeout, self._manners.timeout, _SOME, whole=False)
        may_be_at = None if self._manners.private else web.is_public
        answer = web.ask(method, url, {"User-Agent": AGENT, "Accept": "*/*"}, limits, may_be_at)
        return answer.status, str(answer.headers.get("Location", "")), web.patience(answer.headers)

"""Fetching, politely: where robots.txt allows it, one question a host at a time, and never where it could do harm."""

import base64
import http.client
import ssl
import threading
from collections.abc import Callable, Mapping
from typing import NamedTuple
from urllib.parse import urljoin, urlsplit

from protego import Protego

from digest import web

MAX_ROBOTS = 512 * 1024
"""Bytes of a robots.txt that count (RFC 9309, section 2.5)."""
_PERMANENT = (301, 308)
_BUSY = (429, 503)
_LATER = "it is asked again with the next `digest pull`"


class Manners(NamedTuple):
    """How patient and how polite to be, in seconds and bytes; tests are quicker."""

    wait: float = 20.0
    """For each step of an answer."""
    total: float = 60.0
    """For a whole answer."""
    delay: float = 1.0
    """Between two questions to a host."""
    longest: float = 10.0
    """Between two questions to a host that asks for more patience in its robots.txt (`Crawl-delay`)."""
    hosts: int = 8
    """Asked at the same time."""
    most: int = 16 * 1024 * 1024
    """Bytes of an answer, unpacked."""
    is_public: Callable[[str], bool] = web.is_public
    """Whether an IP address is one of the open internet."""


class Fetched(NamedTuple):
    """An answer that is one."""

    url: str
    """Where it is from in the end."""
    status: int
    """200 or so, or 304 where it is what it was."""
    body: bytes
    type: str
    """As `text/html`; empty where the host does not say."""
    charset: str
    validators: Mapping[str, str]
    """What to ask with the next time, so that only news is sent: header names and values."""
    moved: str
    """Where it has moved for good; empty where it has not."""


class Failure(NamedTuple):
    """Why there is no answer, and what to do."""

    message: str
    hint: str
    lasting: bool = False
    """It will be so the next time too."""
    wait: float = 0.0
    """Seconds for which the host asks not to be asked again."""
    slow: bool = False
    """It did not come in time."""
    gone: bool = False
    """It said that there is nothing any more, for good."""


class _StopError(Exception):
    def __init__(self, failure: Failure) -> None:
        super().__init__(failure.message)
        self.failure = failure


class Fetcher:
    """Asks hosts, as one visitor with a name."""

    def __init__(self, agent: str, manners: Manners) -> None:
        self._agent = agent
        self._manners = manners
        self._turns = web.Turns(manners.delay)
        self._guard = threading.Lock()
        self._robots: dict[str, Protego] = {}
        self._busy: dict[str, Failure] = {}
        self._private: dict[str, bool] = {}

    def get(self, url: str, accept: str, home: str, validators: Mapping[str, str] | None = None) -> Fetched | Failure:
        """Fetch an address that a person gave (`home` is itself), or one that was found at the address `home`.

        What was found, or is led to, must be in the open internet, unless the home itself is not.
        """
        headers = {"User-Agent": self._agent, "Accept": accept, **(validators or {})}
        seen = [url]
        moved, only_permanent = "", True
        try:
            while True:
                answer = self._polite(seen[-1], headers, home)
                target = _target(seen[-1], answer)
                if not target:
                    break
                if target in seen or len(seen) > web.MOST_REDIRECTS:
                    message = "it leads from one address to the next without end"
                    return Failure(message, "find out where it is now, and write that address", lasting=True)
                only_permanent = only_permanent and answer.status in _PERMANENT
                moved = target if only_permanent else moved
                seen.append(target)
        except _StopError as stop:
            return stop.failure
        if answer.status != 304 and not 200 <= answer.status < 300:
            return self._refused(seen[-1], answer)
        kept = {"ETag": "If-None-Match", "Last-Modified": "If-Modified-Since"}
        said = {ask: str(answer.headers.get(name, "")) for name, ask in kept.items()}
        found = {ask: value for ask, value in said.items() if value and value.isprintable() and len(value) <= 1000}
        kind = answer.headers.get_content_type() if answer.headers["Content-Type"] else ""
        charset = str(answer.headers.get_content_charset() or "")[:40]
        return Fetched(seen[-1], answer.status, answer.body, kind, charset, found, moved)

    def _polite(self, url: str, headers: Mapping[str, str], home: str) -> web.Answer:
        """Ask when it is this host's turn, if its robots.txt lets us."""
        robots = self._robots_of(url, home)
        if not robots.can_fetch(url, self._agent):
            message = "the robots.txt of its host asks programs not to fetch it"
            raise _StopError(Failure(message, "ask its publisher, or leave it out", lasting=True))
        patience = min(float(robots.crawl_delay(self._agent) or 0.0), self._manners.longest)
        secret = web.secrets_of(home) if _origin(url) == _origin(home) else ""
        own = {"Authorization": f"Basic {base64.b64encode(secret.encode()).decode()}"} if secret else {}
        return self._ask(url, {**headers, **own}, home, self._manners.most, patience)

    def _robots_of(self, url: str, home: str) -> Protego:
        """Return what a host's robots.txt says (RFC 9309); where there is none, everything is allowed."""
        origin = _origin(url)
        if origin not in self._robots:
            at = f"{origin}/robots.txt"
            headers = {"User-Agent": self._agent, "Accept": "text/plain, */*;q=0.1"}
            answer = self._ask(at, headers, home, MAX_ROBOTS, whole=False)
            for _ in range(web.MOST_REDIRECTS):
                if not (at := _target(at, answer)):
                    break
                answer = self._ask(at, headers, home, MAX_ROBOTS, whole=False)
            if answer.status >= 500 or answer.status in _BUSY:  # section 2.3.1.4: then nothing is allowed
                failure = self._refused(url, answer)
                raise _StopError(failure._replace(message=f"asked for its robots.txt, {failure.message}"))
            text = answer.body.decode("utf-8", "replace") if 200 <= answer.status < 300 else ""
            self._robots[origin] = Protego.parse(text)
        return self._robots[origin]

    def _ask(
        self, url: str, headers: Mapping[str, str], home: str, most: int, patience: float = 0.0, whole: bool = True
    ) -> web.Answer:
        host = web.host_of(url)
        limits = web.Limits(self._manners.wait, self._manners.total, most, whole)
        with self._turns.of(url):
            if host in self._busy:
                raise _StopError(self._busy[host])
            self._turns.rest(url, patience)
            try:
                return web.ask("GET", url, headers, limits, lambda ip: self._may_be_at(ip, host, web.host_of(home)))
            except (OSError, http.client.HTTPException, ValueError) as wrong:
                raise _StopError(_failure(wrong, self._manners)) from wrong

    def _may_be_at(self, ip: str, host: str, home: str) -> bool:
        """Tell whether to talk to a host at an IP address: the one that a person named may be anywhere, but only there."""
        public = self._manners.is_public(ip)
        with self._guard:
            is_private = self._private.setdefault(home, not public) if host == home else self._private.get(home, False)
        return public or is_private

    def _refused(self, url: str, answer: web.Answer) -> Failure:
        status = answer.status
        message = f"the host answers {status}"
        if status in _BUSY:
            failure = Failure(message, _LATER, wait=web.patience(answer.headers))
            self._busy[web.host_of(url)] = failure
            return failure
        if status == 410:
            return Failure("it is gone for good (the host answers 410)", "take it out", lasting=True, gone=True)
        if status in (401, 402, 403, 407, 451):
            hint = "open it in a browser: it may be for subscribers only, or programs may not be let in"
            return Failure(message, hint, lasting=True)
        if 400 <= status < 500:
            return Failure(message, "find out where it is now, and write that address", lasting=True)
        return Failure(message, f"{_LATER}; tell its publisher if it stays so")


def _target(url: str, answer: web.Answer) -> str:
    """Return where an answer leads to; empty where it does not."""
    location = str(answer.headers.get("Location", "")).strip()
    if answer.status not in web.REDIRECTS or not location:
        return ""
    try:
        target = urljoin(url, location).partition("#")[0]
        parts = urlsplit(target)
        target = parts._replace(netloc=parts.netloc.rpartition("@")[2]).geturl()
    except ValueError:
        target, parts = "", urlsplit("")
    if parts.scheme not in ("http", "https") or not parts.netloc:
        raise _StopError(Failure("it leads to what is no web address", "find out where it is now", lasting=True))
    if parts.scheme == "http" and urlsplit(url).scheme == "https":
        hint = "ask its publisher: what comes without https may have been changed on the way"
        raise _StopError(Failure(f"it leads from https to {web.shown(target)}", hint, lasting=True))
    return target


def _origin(url: str) -> str:
    return f"{urlsplit(url).scheme}://{web.host_of(url)}"


def _failure(wrong: Exception, manners: Manners) -> Failure:
    message = web.reason(wrong)
    if isinstance(wrong, web.TooMuchError):
        return Failure(message, "look what it is: a feed or page of news is smaller", lasting=True)
    if isinstance(wrong, web.NotPublicError):
        hint = "if it is meant to be there, give that address itself"
        return Failure(f"{message}, which nobody named", hint, lasting=True)
    if isinstance(wrong, ssl.SSLCertVerificationError):
        return Failure(message, "open it in a browser; tell its publisher", lasting=True)
    if isinstance(wrong, TimeoutError):
        return Failure(f"{message} ({manners.wait:g} s for each step, {manners.total:g} s for all)", _LATER, slow=True)
    return Failure(message, f"look whether the address is right; {_LATER}")

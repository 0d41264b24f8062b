"""Hosts that misbehave, each path in its own way, and what a pull makes of them."""

import gzip
import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from email.utils import format_datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, NamedTuple

import trustme
from sites import NOW, Site

from digest import build, layout, pulling
from digest.dates import EPOCH
from digest.pulling.fetch import Manners

QUICK = Manners(wait=20.0, total=30.0, delay=0.0, longest=0.0, hosts=4, most=2 << 20)
HOUR = 3_600_000_000
"""Microseconds."""
AUTHORITY = trustme.CA()
"""Whose certificates nobody trusts, unless a test says so."""
FEED = "application/atom+xml"


class Said(NamedTuple):
    """What a host was asked."""

    path: str
    headers: dict[str, str]


class Host:
    """A host on this machine: `pages` are functions that answer, or bytes."""

    def __init__(self, address: str, secure: bool) -> None:
        self.pages: dict[str, Any] = {}
        self.said: list[Said] = []
        self.most = 0
        """Questions at the same time."""
        self.over = threading.Event()
        self._now = 0
        self._guard = threading.Lock()
        host = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                with host._guard:
                    host.said.append(Said(self.path, {name.lower(): text for name, text in self.headers.items()}))
                    host._now += 1
                    host.most = max(host.most, host._now)
                try:
                    page = host.pages.get(self.path)
                    if callable(page):
                        page(self)
                    else:
                        send(self, page or b"", status=200 if page is not None else 404)
                except (OSError, ValueError):
                    pass  # whoever asked is gone
                finally:
                    with host._guard:
                        host._now -= 1

            def log_message(self, *_: object) -> None:
                """Say nothing."""

        self.server = ThreadingHTTPServer((address, 0), Handler)
        self.server.over = self.over  # type: ignore[attr-defined]
        self.server.handle_error = lambda *_: None  # type: ignore[method-assign]
        if secure:
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            AUTHORITY.issue_cert(address).configure_cert(context)
            self.server.socket = context.wrap_socket(
                self.server.socket, server_side=True, do_handshake_on_connect=False
            )
        self.url = f"{'https' if secure else 'http'}://{address}:{self.server.server_address[1]}"
        threading.Thread(target=self.server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()

    @property
    def name(self) -> str:
        """How folders of seeds call it."""
        return self.url.partition("://")[2].replace(":", "-")

    def asked(self) -> list[str]:
        """Return the paths that it was asked for since the last time, without robots.txt."""
        paths = [said.path for said in self.said if said.path != "/robots.txt"]
        self.said.clear()
        return paths


@contextmanager
def serving(address: str = "127.0.0.1", secure: bool = False) -> Iterator[Host]:
    """Run a host for the length of a test."""
    host = Host(address, secure)
    try:
        yield host
    finally:
        host.over.set()
        host.server.shutdown()
        host.server.server_close()


def send(to: BaseHTTPRequestHandler, body: bytes = b"", status: int = 200, **headers: str) -> None:
    """Answer; underscores in names of headers are hyphens."""
    to.send_response(status)
    for name, value in headers.items():
        to.send_header(name.replace("_", "-"), value)
    if "Content_Length" not in headers:
        to.send_header("Content-Length", str(len(body)))
    to.end_headers()
    to.wfile.write(body)


def answer(body: bytes = b"", status: int = 200, **headers: str) -> Callable[[BaseHTTPRequestHandler], None]:
    """Return what answers like this."""
    return lambda to: send(to, body, status, **headers)


def conditional(body: bytes, etag: str = "", day: int = 0) -> Callable[[BaseHTTPRequestHandler], None]:
    """Return what sends `body` only to those who do not have it."""
    modified = format_datetime(EPOCH.replace(year=2025, day=day or 1), usegmt=True)

    def page(to: BaseHTTPRequestHandler) -> None:
        known = to.headers["If-None-Match"] == etag if etag else to.headers["If-Modified-Since"] == modified
        headers = {"ETag": etag} if etag else {"Last_Modified": modified}
        send(to, b"" if known else body, 304 if known else 200, **headers)

    return page


def packed(body: bytes) -> bytes:
    """Return bytes as gzip packs them, always the same."""
    return gzip.compress(body, mtime=0)


def entry(name: str, text: str = "", **more: str) -> str:
    """Return an entry of a feed."""
    values = {
        "id": f"urn:x:{name}",
        "title": name.capitalize(),
        "published": "2025-08-17T10:00:00Z",
        "updated": "2025-08-17T10:00:00Z",
        "content": text
        or f"All that is known about {name}. It is not much, and yet it is enough for a whole sentence.",
    } | more
    link = values.pop("link", f"https://paper.example/{name}")
    return f'<entry><link href="{link}"/>{"".join(f"<{key}>{text}</{key}>" for key, text in values.items() if text)}</entry>\n'


def atom(*entries: str, title: str = "The Paper", attributes: str = "") -> bytes:
    """Return a feed."""
    head = f'<?xml version="1.0"?>\n<feed xmlns="http://www.w3.org/2005/Atom"{attributes}><title>{title}</title>\n'
    return f"{head}{''.join(entries)}</feed>".encode()


def pull(site: Site, *feeds: Any, hours: float = 0.0, manners: Manners = QUICK, **settings: Any) -> pulling.Pulled:
    """Pull feeds as their settings say, so many hours after NOW."""
    if feeds:
        site.configure(feeds=list(feeds), **settings)
    read = build.read_settings(site.root / layout.SETTINGS)
    return pulling.pull(site.root, read, NOW + int(hours * HOUR), manners=manners)


def told(done: pulling.Pulled) -> list[str]:
    """Return problems as lines."""
    return [f"{problem.severity}: {problem.path}: {problem.message} | {problem.hint}" for problem in done.problems]


def counts(done: pulling.Pulled) -> tuple[int, int]:
    """Return how many seeds are new, and how many were updated."""
    return sum(feed.new for feed in done.feeds), sum(feed.updated for feed in done.feeds)

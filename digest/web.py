"""A question over HTTP and its answer: never more bytes, and never longer, than was said. Redirects are the caller's.

How a client behaves is in RFC 9110 (Content-Encoding: section 8.4, redirects: 15.4, Retry-After: 10.2.3).
"""

import http.client
import ipaddress
import socket
import ssl
import threading
import time
import zlib
from collections.abc import Callable, Mapping
from contextlib import suppress
from email.message import Message
from email.utils import parsedate_to_datetime
from typing import NamedTuple
from urllib.parse import quote, unquote, urlsplit

REDIRECTS = (301, 302, 303, 307, 308)
MOST_REDIRECTS = 5
_CHUNK = 65_536


class Limits(NamedTuple):
    """How much an answer may be."""

    wait: float
    """Seconds for each step: the connection, and whatever comes next."""
    total: float
    """Seconds for the whole."""
    most: int
    """Bytes, unpacked."""
    whole: bool = True
    """Whether an answer that is longer is an error; else its beginning is enough."""


class Answer(NamedTuple):
    """What a host says."""

    status: int
    headers: Message
    body: bytes


class TooMuchError(ValueError):
    """An answer is longer than it may be."""


class NotPublicError(OSError):
    """The host is in a network where the one who gave the address has no business."""


def is_public(address: str) -> bool:
    """Tell whether an IP address is one of the open internet (IANA's registries of special purpose addresses)."""
    try:
        found = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return False
    mapped = found.ipv4_mapped if isinstance(found, ipaddress.IPv6Address) else None
    return (mapped or found).is_global and not (mapped or found).is_multicast


def ask(
    method: str, url: str, headers: Mapping[str, str], limits: Limits, may_be_at: Callable[[str], bool] | None = None
) -> Answer:
    """Ask for an http or https address, once. `may_be_at` tells of the host's IP address whether it may be asked.

    Certificates are verified. Raises OSError (TimeoutError, ssl.SSLError, NotPublicError, …), HTTPException, and
    ValueError (TooMuchError); `reason` puts them into words.
    """
    parts = urlsplit(url)
    if not parts.hostname:
        raise ValueError("the address names no host")
    secure = parts.scheme == "https"
    host = parts.hostname if parts.hostname.isascii() else parts.hostname.encode("idna").decode()
    late = threading.Event()
    connection = http.client.HTTPConnection(host, parts.port or (443 if secure else 80), timeout=limits.wait)
    sockets: list[socket.socket] = []  # the connection lets go of its own before the body is read

    def stop() -> None:
        late.set()
        for each in sockets:
            with suppress(OSError):
                each.shutdown(socket.SHUT_RDWR)

    timer = threading.Timer(limits.total, stop)  # a host that drips keeps every single wait short
    timer.daemon = True
    timer.start()
    try:
        connection.connect()
        if may_be_at is not None and not may_be_at(connection.sock.getpeername()[0]):
            raise NotPublicError("it leads into a private network")
        if secure:
            connection.sock = ssl.create_default_context().wrap_socket(
                connection.sock, server_hostname=host, do_handshake_on_connect=False
            )
        sockets.append(connection.sock)
        if isinstance(connection.sock, ssl.SSLSocket):
            connection.sock.do_handshake()
        path = quote(parts.path or "/", safe="/%:@!$&'()*+,;=~-._")
        query = f"?{quote(parts.query, safe='/?%:@!$&()*+,;=~-._')}" if parts.query else ""
        port = f":{parts.port}" if parts.port not in (None, 443 if secure else 80) else ""
        own = {"Host": f"[{host}]{port}" if ":" in host else f"{host}{port}", "Accept-Encoding": "gzip"}
        connection.request(method, path + query, headers={**own, **headers, "Connection": "close"})
        answer = connection.getresponse()
        body = _body(answer, limits, late) if method != "HEAD" else b""
        if late.is_set():
            raise TimeoutError
        return Answer(answer.status, answer.headers, body)
    except (OSError, http.client.HTTPException, AttributeError):  # what TLS holds of a socket is gone when it was shut
        if late.is_set():
            raise TimeoutError from None
        raise
    finally:
        timer.cancel()
        connection.close()


def _body(answer: http.client.HTTPResponse, limits: Limits, late: threading.Event) -> bytes:
    """Return the body of an answer, unpacked piece by piece: a bomb is noticed before it goes off."""
    packed = answer.headers.get("Content-Encoding", "").strip().lower()
    if packed not in ("", "identity", "gzip", "x-gzip"):
        raise ValueError(f"the answer is packed as {packed[:40]!r}, which nobody asked for")
    unpacker = zlib.decompressobj(wbits=16 + zlib.MAX_WBITS) if "gzip" in packed else None
    found = bytearray()
    while not late.is_set() and (piece := answer.read1(_CHUNK)):
        try:
            found += unpacker.decompress(piece, limits.most + 1 - len(found)) if unpacker else piece
        except zlib.error as error:
            raise ValueError("the answer is packed, and broken") from error
        if len(found) > limits.most:
            if limits.whole:
                raise TooMuchError(f"the answer has more than {limits.most:,} bytes")
            return bytes(found[: limits.most])
    if answer.length and not late.is_set():
        raise http.client.IncompleteRead(b"", answer.length)
    if unpacker is not None and found and not unpacker.eof and not late.is_set():
        raise ValueError("the answer is packed, and breaks off")
    return bytes(found)


def patience(headers: Message) -> float:
    """Return the seconds that Retry-After asks for, as a number or a date; 0 where it says nothing."""
    text = str(headers.get("Retry-After", "")).strip()
    if text.isdecimal():
        return float(text[:9])
    try:
        return max(parsedate_to_datetime(text).timestamp() - time.time(), 0.0)
    except (ValueError, TypeError, IndexError, OverflowError):
        return 0.0


def reason(wrong: Exception) -> str:
    """Say why there is no answer."""
    if isinstance(wrong, TimeoutError):
        return "there was no answer in time"
    if isinstance(wrong, ssl.SSLCertVerificationError):
        return f"its certificate is not valid ({wrong.verify_message})"
    if isinstance(wrong, ssl.SSLError):
        return f"no secure connection ({wrong.reason})"
    if isinstance(wrong, (NotPublicError, TooMuchError)):
        return str(wrong)
    if isinstance(wrong, http.client.IncompleteRead):
        return "the answer breaks off"
    if isinstance(wrong, OSError):
        return f"no connection ({wrong.strerror or wrong})"
    return f"no answer that makes sense ({wrong or type(wrong).__name__})"


class Turns:
    """Whose turn it is: each host is asked by one thread at a time, with a rest between two questions."""

    def __init__(self, delay: float) -> None:
        self._delay = delay
        self._locks: dict[str, threading.Lock] = {}
        self._last: dict[str, float] = {}
        self._guard = threading.Lock()

    def of(self, url: str) -> threading.Lock:
        """Return the lock of an address's host, to be held while it is asked."""
        with self._guard:
            return self._locks.setdefault(host_of(url), threading.Lock())

    def rest(self, url: str, delay: float = 0.0) -> None:
        """Wait until the host may be asked again; `delay` is what it wants itself, in seconds."""
        host = host_of(url)
        passed = time.monotonic() - self._last.get(host, float("-inf"))
        if passed < max(self._delay, delay):
            time.sleep(max(self._delay, delay) - passed)
        self._last[host] = time.monotonic()


def host_of(url: str) -> str:
    """Return host and port of an address."""
    return urlsplit(url).netloc.rpartition("@")[2].lower()


def secrets_of(url: str) -> str:
    """Return `user:password` of an address, or nothing."""
    user, at, _ = urlsplit(url).netloc.rpartition("@")
    return unquote(user) if at else ""


def shown(url: str) -> str:
    """Return an address as it may be printed: without user and password, and without query, which may hold a key."""
    try:
        parts = urlsplit(url)
        host = parts.netloc.rpartition("@")[2]
    except ValueError:
        return "an address that is none"
    text = f"{parts.scheme}://{host}{parts.path}{'?…' if parts.query else ''}"
    return text if len(text) <= 200 else f"{text[:199]}…"

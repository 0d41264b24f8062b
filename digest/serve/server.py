"""The server of a preview: HTTP on this machine, and a stream that tells browsers what the last build did."""

import errno
import json
import socket
import threading
from collections.abc import Callable, Sequence
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from ipaddress import ip_address
from typing import Any, NamedTuple

from digest.errors import DigestError, Problem
from digest.serve.answers import EVENTS, Answer, Preview, answer

MOST_SHOWN = 20
"""Problems that an overlay names."""
ALIVE = 15.0
"""Seconds after which a browser is told that nothing happened: so a connection that is gone is noticed."""
MOST_PORTS = 50
"""Ports that are tried after the one asked for."""


class State(NamedTuple):
    """What browsers are told."""

    preview: Preview
    problems: Sequence[Problem] = ()

    def event(self) -> bytes:
        """Return it as an event (HTML, section 9.2.5)."""
        problems = [problem._asdict() for problem in self.problems[:MOST_SHOWN]]
        told = {"version": self.preview.version, "problems": problems, "more": len(self.problems) - len(problems)}
        return f"data: {json.dumps(told)}\n\n".encode()


class Board:
    """Where the state hangs: one thread changes it, any number read it and wait for another."""

    def __init__(self, state: State) -> None:
        self._state = state
        self._changed = threading.Condition()

    @property
    def state(self) -> State:
        """What browsers are told now."""
        return self._state

    def post(self, state: State) -> None:
        """Tell all that wait."""
        with self._changed:
            self._state = state
            self._changed.notify_all()

    def wait(self, told: State | None, seconds: float) -> State:
        """Return the state as soon as it is not the one `told`, at the latest after some seconds."""
        with self._changed:
            self._changed.wait_for(lambda: self._state is not told, seconds)
            return self._state


class Server(ThreadingHTTPServer):
    """Listens; every browser has a thread of its own, none of which keeps the program from ending."""

    daemon_threads = True
    block_on_close = False
    request_queue_size = 128

    def __init__(self, family: int, address: tuple[Any, ...], board: Board, says: Callable[[str], None]) -> None:
        self.address_family = socket.AddressFamily(family)
        self.board = board
        self.says = says
        super().__init__(address, _Handler)

    @property
    def port(self) -> int:
        """The port that it listens on."""
        return int(self.server_address[1])

    def server_bind(self) -> None:
        """Bind, without asking the name service who this machine is: that may take seconds."""
        self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        self.socket.bind(self.server_address)
        self.server_address = self.socket.getsockname()
        self.server_name, self.server_port = str(self.server_address[0]), self.port

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Say nothing of browsers that went away."""


def bound(host: str, port: int, board: Board, says: Callable[[str], None]) -> Server:
    """Return a server on `port` of `host`, or where that is in use on the next one that is free."""
    try:
        family, _, _, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
    except (OSError, UnicodeError) as error:
        raise DigestError(f"--host {host}: {error}", "name an address of this machine, such as 127.0.0.1") from error
    for tried in range(port, min(port + MOST_PORTS, 65536) if port else 1):
        try:
            return Server(family, (address[0], tried, *address[2:]), board, says)
        except OSError as error:
            if error.errno != errno.EADDRINUSE:
                hint = "ports below 1024 are the system's; the usual one is 8000"
                if error.errno == errno.EADDRNOTAVAIL:
                    hint = "this machine has no such address; the usual one is 127.0.0.1"
                raise DigestError(f"{host}:{tried} cannot be listened on: {error.strerror}", hint) from error
    raise DigestError(f"no port from {port} on is free", "stop what listens there, or name another with --port")


class _Handler(BaseHTTPRequestHandler):
    server: Server
    protocol_version = "HTTP/1.1"
    server_version = "digest"
    sys_version = ""
    timeout = 60

    def do_GET(self) -> None:
        if not self._is_asked_by_name():
            text = b"This preview answers to the address that it was started on. To be reached by another, --host names it.\n"
            self._send(Answer(421, {"Content-Type": "text/plain; charset=utf-8"}, text))
        elif self.path.partition("?")[0] == EVENTS:
            self._stream()
        else:
            self._send(answer(self.server.board.state.preview, self.path, self.headers.get("Range", "")))

    do_HEAD = do_GET  # noqa: N815

    def _is_asked_by_name(self) -> bool:
        """Tell whether a browser means this machine: a page from elsewhere must not read drafts by a name of its own."""
        name = self.headers.get("Host", "").rpartition(":")[0] or self.headers.get("Host", "")
        own = str(self.server.server_address[0])
        try:
            loopback = ip_address(own).is_loopback
        except ValueError:
            loopback = False
        return not loopback or name.strip("[]").lower() in ("localhost", own, "127.0.0.1", "::1", "")

    def _send(self, found: Answer) -> None:
        self.send_response(found.status)
        for name, value in found.headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(found.body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(found.body)

    def _stream(self) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/event-stream")
        self.send_header("Cache-Control", "no-store")
        self.send_header("Connection", "close")
        self.end_headers()
        self.close_connection = True
        told: State | None = None
        while self.command != "HEAD":
            state = self.server.board.wait(told, ALIVE)
            try:
                self.wfile.write(b": nothing new\n\n" if state is told else state.event())
            except OSError:  # the browser went
                return
            told = state

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - the base class calls it so
        self.server.says(format % args)

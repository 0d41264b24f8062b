"""`digest check --external` against a server that misbehaves: it is patient, polite and never takes more than a little."""

import json
import socket
import socketserver
import ssl
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime, timedelta
from email.message import Message
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import ClassVar

import pytest
import trustme
from checks import checked, told
from hypothesis import given
from hypothesis import strategies as st
from sites import Site, article

from digest import web
from digest.checking import external
from digest.checking.external import WEEK, Manners

QUICK = Manners(timeout=0.6, delay=0.0, longest=0.1, hosts=4, private=True)
NOW = 1_767_225_600


class Host(BaseHTTPRequestHandler):
    """Answers each path in its own bad way, and counts what it is asked."""

    asked: ClassVar[Counter[str]] = Counter()
    agents: ClassVar[set[str]] = set()
    waited_for: ClassVar[set["Host"]] = set()
    most = 0
    sent = 0
    guard = threading.Lock()

    def answer(self) -> None:
        with Host.guard:
            Host.asked[f"{self.command} {self.path}"] += 1
            Host.agents.add(self.headers["User-Agent"])
            Host.waited_for.add(self)
            Host.most = max(Host.most, len(Host.waited_for))
        try:
            self.behave(self.path.strip("/").partition("?")[0])
        except (ConnectionError, TimeoutError):
            pass
        finally:
            self.answered()

    def answered(self) -> None:
        with Host.guard:
            Host.waited_for.discard(self)

    do_HEAD = do_GET = answer  # noqa: N815

    def behave(self, path: str) -> None:
        if path == "hang":
            time.sleep(1.0)
        elif path == "drip":
            for _ in range(20):
                self.wfile.write(b"H")
                self.wfile.flush()
                time.sleep(0.1)
        elif path == "rubbish":
            self.wfile.write(b"\x00\xff nonsense\r\n\r\n")
        elif path == "close":
            self.close_connection = True
        elif path == "huge":
            self.send(200 if self.command == "GET" else 405)
            while self.command == "GET" and Host.sent < 1 << 26:
                Host.sent += self.wfile.write(b"x" * 65536)
        elif path == "loop":
            self.send(302, Location="/loop")
        elif path.startswith("on-"):
            self.send(302, Location=f"/on-{int(path[3:]) + 1}")
        elif path == "moved":
            self.send(301, Location="/fine")
        elif path == "script":
            self.send(301, Location="javascript:x")
        elif path == "no-head":
            self.send(200 if self.command == "GET" else 405)
        elif path == "busy":
            busy = Host.asked["HEAD /busy"] < 3
            self.send(429 if busy else 200, **({"Retry-After": "3600"} if busy else {}))
        elif path == "always-busy":
            self.send(503, **{"Retry-After": "Wed, 01 Jan 2031 00:00:00 GMT"})
        else:
            self.send(int(path) if path.isdecimal() else 200)

    def send(self, status: int, **headers: str) -> None:
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.answered()  # with the end of the answer, the next question may come
        self.end_headers()

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture(scope="module")
def host() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Host)
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


@pytest.fixture(autouse=True)
def _forget() -> None:
    Host.asked.clear()
    Host.waited_for.clear()  # some still drip for an earlier test
    Host.sent = Host.most = 0


def ask(*urls: str, known: dict[str, int] | None = None, manners: Manners = QUICK) -> external.Found:
    places = {url: (f"{number}.html", 1) for number, url in enumerate(urls)}
    return external.check(places, known or {}, NOW, lambda *_: None, manners)


@pytest.mark.parametrize(
    ("path", "severity", "message"),
    [
        ("404", "error", "the host answers 404"),
        ("410", "error", "the host answers 410"),
        ("403", "warning", "the host answers 403"),
        ("500", "warning", "the host answers 500"),
        ("loop", "error", "it leads from one address to the next without end"),
        ("on-1", "error", "it leads from one address to the next without end"),
        ("script", "error", "it leads to 'javascript:x'"),
        ("hang", "warning", "there was no answer in time"),
        ("drip", "warning", "there was no answer in time"),
        ("rubbish", "warning", "no answer that makes sense"),
        ("close", "warning", "no connection"),
        ("always-busy", "warning", "the host answers 503"),
    ],
)
def test_a_link_that_is_broken(host: str, path: str, severity: str, message: str) -> None:
    (problem,) = ask(f"{host}/{path}").problems
    assert (problem.severity, problem.path, problem.line) == (severity, "0.html", 1)
    assert message in problem.message
    assert f"{host}/{path}" in problem.message


@pytest.mark.parametrize("path", ["fine", "moved", "no-head", "busy", "huge", "fine?q=a b&x=ä", "ä"])
def test_a_link_that_is_fine(host: str, path: str) -> None:
    assert not ask(f"{host}/{path}").problems


def test_a_huge_answer_is_not_read(host: str) -> None:
    assert not ask(f"{host}/huge").problems
    assert Host.sent < 1 << 25


def test_a_host_that_asks_for_patience_gets_some(host: str) -> None:
    ask(f"{host}/always-busy")
    assert Host.asked == {"HEAD /always-busy": 3}


def test_one_question_at_a_time(host: str) -> None:
    found = ask(*(f"{host}/{number}a" for number in range(20)), f"{host}/1a#part")
    assert found.asked == 20
    assert Host.most == 1
    assert set(Host.asked.values()) == {1}
    assert Host.agents == {external.AGENT}


def test_what_was_fine_is_not_asked_for_again_within_a_week(host: str) -> None:
    first = ask(f"{host}/fine", f"{host}/404", known={f"{host}/old": NOW - WEEK, f"{host}/young": NOW - 1})
    assert first.known == {f"{host}/fine": NOW, f"{host}/young": NOW - 1}
    Host.asked.clear()
    again = ask(f"{host}/fine", f"{host}/404", known=dict(first.known))
    assert Host.asked == {"HEAD /404": 1, "GET /404": 1}
    assert len(again.problems) == 1


def test_what_is_remembered_has_a_bound(host: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(external, "MAX_KNOWN", 2)
    known = {f"{host}/a": NOW - 9, f"{host}/b": NOW - 1}
    assert ask(f"{host}/fine", known=known).known == {f"{host}/b": NOW - 1, f"{host}/fine": NOW}


def test_no_host_and_no_secure_connection(host: str) -> None:
    with closing(socket.create_server(("127.0.0.1", 0))) as free:
        port = free.getsockname()[1]
    refused, plain, name = ask(
        f"http://127.0.0.1:{port}/", host.replace("http:", "https:"), "http://nobody.invalid/"
    ).problems
    assert {refused.severity, plain.severity} <= {"warning", "error"}
    assert all("connection" in problem.message or "answer" in problem.message for problem in (refused, plain, name))


class Mute(socketserver.BaseRequestHandler):
    """Takes a connection, and answers to what should be TLS with something else."""

    def handle(self) -> None:
        self.request.recv(100)
        self.request.sendall(b"HTTP/1.0 400 no\r\n\r\n")


def test_a_host_that_speaks_no_tls() -> None:
    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Mute) as server:
        threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
        (problem,) = ask(f"https://127.0.0.1:{server.server_address[1]}/").problems
        server.shutdown()
    assert problem.severity == "error"
    assert "no secure connection" in problem.message


@pytest.mark.parametrize(
    ("name", "days", "message"),
    [
        ("127.0.0.1", 1, ""),
        ("elsewhere.example", 1, "IP address mismatch"),
        ("127.0.0.1", -1, "certificate has expired"),
    ],
)
def test_a_certificate(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, days: int, message: str) -> None:
    authority = trustme.CA()
    authority.cert_pem.write_to_path(tmp_path / "ca.pem")
    monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "ca.pem"))
    after = datetime.now(UTC) + timedelta(days=days)
    with secure(authority.issue_cert(name, not_before=after - timedelta(days=9), not_after=after)) as address:
        problems = ask(address, manners=QUICK._replace(timeout=5.0)).problems
    assert [problem.severity for problem in problems] == ["error"] * bool(message)
    assert all(f"its certificate is not valid ({message}" in problem.message for problem in problems)


def test_a_certificate_that_nobody_vouches_for() -> None:
    with secure(trustme.CA().issue_cert("127.0.0.1")) as address:
        (problem,) = ask(address, manners=QUICK._replace(timeout=5.0)).problems
    assert (problem.severity, "its certificate is not valid" in problem.message) == ("error", True)


@contextmanager
def secure(certificate: trustme.LeafCert) -> Iterator[str]:
    """Run a host that speaks TLS, and give its address."""
    with ThreadingHTTPServer(("127.0.0.1", 0), Host) as server:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        certificate.configure_cert(context)
        server.socket = context.wrap_socket(server.socket, server_side=True, do_handshake_on_connect=False)
        threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
        yield f"https://127.0.0.1:{server.server_port}/fine"
        server.shutdown()


@pytest.mark.parametrize("path", ["fine", "moved"])
def test_nobody_of_this_network_is_asked(host: str, path: str) -> None:
    (problem,) = ask(f"{host}/{path}", manners=QUICK._replace(private=False)).problems
    assert (problem.severity, Host.asked) == ("warning", {})
    assert "it leads into a private network, where readers cannot follow" in problem.message


@given(st.text(max_size=40))
def test_any_patience_is_a_number_of_seconds(text: str) -> None:
    headers = Message()
    headers["Retry-After"] = text.replace("\r", "").replace("\n", "")
    assert web.patience(headers) >= 0.0


def test_links_of_a_site(site: Site, host: str) -> None:
    text = f"[good]({host}/fine), [bad]({host}/404) and [bad]({host}/404) again"
    site.write("content/2025/08/20/a.md", article("Fish", "2025-08-20", text))
    site.build()
    assert not checked(site).problems
    assert not Host.asked
    done = checked(site, outside=True, manners=QUICK)
    assert (done.outside, done.asked) == (2, 2)
    (line,) = told(list(done.problems))
    assert "404: the host" not in line.partition(host)[0]
    assert line.startswith("error: site/2025/08/20/a/index.html:")
    known = json.loads(site.read(".digest/links.json"))
    assert list(known) == [f"{host}/fine"]
    site.write(".digest/links.json", "[broken")
    assert checked(site, outside=True, manners=QUICK).asked == 2
    assert checked(site, outside=True, manners=QUICK).asked == 1

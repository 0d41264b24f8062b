"""Telling others: what a hub and IndexNow hear, and that nothing is told twice or forgotten."""

import json
import ssl
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from threading import Thread
from typing import NamedTuple
from urllib.parse import parse_qs

import pytest
import trustme
from sites import Site, article

from digest import build, ping, store
from digest.errors import DigestError


class Hub(NamedTuple):
    address: str
    heard: list[bytes]
    answers: list[int]
    """What it says to the next messages; 204 after these."""

    def topics(self) -> list[str]:
        """Return the feeds that it was told of since the last time."""
        found = [parse_qs(message.decode()) for message in self.heard]
        self.heard.clear()
        assert all(message["hub.mode"] == ["publish"] for message in found)
        return [message["hub.topic"][0].removeprefix("https://example.org/news/") for message in found]


@pytest.fixture
def hub() -> Iterator[Hub]:
    heard: list[bytes] = []
    answers: list[int] = []

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            heard.append(self.rfile.read(int(self.headers["Content-Length"])))
            self.send_response(answers.pop(0) if answers else 204)
            self.end_headers()

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    server = HTTPServer(("127.0.0.1", 0), Handler)
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield Hub(f"http://127.0.0.1:{server.server_address[1]}/", heard, answers)
    server.shutdown()
    thread.join()
    server.server_close()


def told(site: Site, indexnow: str = "") -> ping.Told:
    settings = build.read_settings(site.root / "digest.yml")
    with store.opened(site.root, lambda: None) as memory:
        return ping.send(memory, "site", settings, indexnow or ping.INDEXNOW)


def test_a_hub_hears_of_the_feeds_that_changed(tmp_path: Path, hub: Hub) -> None:
    site = Site.make(tmp_path, hub=hub.address)
    site.write("content/a.md", article("A", topics=["One"]))
    site.build()
    assert f'<link href="{hub.address}" rel="hub"/>' in site.read("site/feed.xml")
    assert not told(site).problems
    everything = hub.topics()
    assert {"feed.xml", "feed.json", "editions.xml", "corrections.xml", "topics/one/feed.xml"} <= set(everything)
    assert not [name for name in everything if name.startswith("feeds/2")], "nobody subscribes to an archive"
    site.build()
    assert not told(site).lines
    site.write("content/b.md", article("B", topics=["Two"]))
    site.build()
    site.write("content/c.md", article("C"))
    site.build()
    told(site)
    heard = hub.topics()
    assert {"feed.xml", "topics/two/feed.xml"} <= set(heard)
    assert "topics/one/feed.xml" not in heard
    assert len(set(heard)) == len(heard)


def test_what_could_not_be_told_is_told_the_next_time(tmp_path: Path, hub: Hub) -> None:
    site = Site.make(tmp_path, hub=hub.address)
    site.write("content/a.md", article("A"))
    site.build()
    hub.answers[:] = [500]
    (problem,) = told(site).problems
    assert "500" in problem.message
    (failed,) = hub.topics()[:1]
    told(site)
    assert hub.topics() == [failed]


def test_search_engines_hear_of_pages(tmp_path: Path, hub: Hub) -> None:
    key = "0123456789abcdef"
    site = Site.make(tmp_path, indexnow=key)
    site.write("content/a.md", article("A"))
    site.build()
    assert site.read(f"site/{key}.txt") == f"{key}\n"
    assert not told(site, hub.address).problems
    (message,) = map(json.loads, hub.heard)
    assert message["host"] == "example.org"
    assert message["keyLocation"] == f"https://example.org/news/{key}.txt"
    assert "https://example.org/news/2025/08/17/a/" in message["urlList"]
    assert not any("404" in url or url.endswith(".xml") for url in message["urlList"])


def test_nobody_to_tell(site: Site) -> None:
    site.build()
    with pytest.raises(DigestError, match="nobody to tell"):
        told(site)
    said = site.run("ping")
    assert (said.returncode, said.stdout) == (2, "")
    assert "name a `hub`" in said.stderr


def test_a_hub_that_is_not_there(site: Site) -> None:
    site.configure(hub="http://127.0.0.1:9/")
    site.build()
    said = site.run("ping")
    assert said.returncode == 1
    assert "run `digest ping` again later" in said.stderr


def test_a_hub_with_a_certificate_that_nobody_vouches_for(site: Site) -> None:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    trustme.CA().issue_cert("127.0.0.1").configure_cert(context)
    with HTTPServer(("127.0.0.1", 0), BaseHTTPRequestHandler) as server:
        server.socket = context.wrap_socket(server.socket, server_side=True)
        Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
        site.configure(hub=f"https://127.0.0.1:{server.server_address[1]}/")
        site.build()
        problems = told(site).problems
        server.shutdown()
    assert problems
    assert all("certificate verify failed" in problem.message for problem in problems)

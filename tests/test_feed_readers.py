"""Real feed readers, against a server on this machine: each article once, corrections as updates, nothing twice."""

import os
import re
import shutil
import sqlite3
import subprocess
from collections.abc import Iterator
from contextlib import closing
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import NamedTuple
from urllib.parse import urljoin
from urllib.request import urlopen

import feedparser
import pytest
from lxml import etree
from reader import make_reader
from sites import Site, article


class Served(NamedTuple):
    site: Site
    url: str


class _Silent(SimpleHTTPRequestHandler):
    def send_head(self) -> object:
        """Send the file whatever the reader has: these tests change it more often than once a second."""
        del self.headers["If-Modified-Since"]
        return super().send_head()

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture
def served(tmp_path: Path) -> Iterator[Served]:
    site = Site(tmp_path / "digest")
    site.folder.mkdir(parents=True)
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Silent, directory=str(site.folder)))
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    url = f"http://127.0.0.1:{server.server_address[1]}/"
    site.configure(url=url, id="urn:x:digest")
    for month in range(1, 13):
        for day in range(1, 9):
            name = f"2024-{month:02}-{day:02}"
            site.write(f"content/{name}.md", article(f"Title {name}", name, id=f"urn:x:{name}", topics=["All"]))
    yield Served(site, url)
    server.shutdown()
    thread.join()
    server.server_close()


def program(name: str) -> str:
    """Return where a program is; skip the test without it, and fail where all must be tested."""
    found = shutil.which(name)
    if not found:
        reason = f"{name} is not installed"
        if os.environ.get("CI"):
            pytest.fail(reason)
        pytest.skip(reason)
    return found


def change(served: Served, url: str) -> None:
    """Do all that must not show an article twice: rebuild, retitle, move, mend a typo, name another address."""
    site = served.site
    site.replace("content/2024-12-01.md", "Title 2024-12-01", "Another title")
    site.rename("content/2024-12-02.md", "content/elsewhere.md")
    site.replace("content/2024-12-03.md", "All that", "Everything that")
    site.replace("content/2024-12-04.md", "title:", "corrections: [{date: 2025-01-02, text: Wrong}]\ntitle:")
    site.configure(url=url, id="urn:x:digest")
    site.forget()
    site.build()


TITLES = ['<b>x</b> & "y"', "AT&T <script>alert(1)</script>", "AT&amp;T &lt;b&gt;", "a < b ]]> c", "plain"]


def test_a_title_that_looks_like_markup_is_shown_letter_by_letter(site: Site, tmp_path: Path) -> None:
    """As plain text, that is: of a title that says it is HTML, sfeed and reader show the escapes."""
    for number, title in enumerate(TITLES):
        site.write(f"content/{number}.md", article(title, f"2025-08-{20 - number}"))
    site.build()
    feed = site.folder / "feed.xml"
    (tmp_path / "urls").write_text(f"file://{feed}\n")
    command = [program("newsboat"), "-u", str(tmp_path / "urls"), "-c", str(tmp_path / "cache.db"), "-x", "reload"]
    subprocess.run(command, env=os.environ | {"HOME": str(tmp_path)}, check=True, capture_output=True)
    with closing(sqlite3.connect(tmp_path / "cache.db")) as database:
        in_newsboat = [row[0] for row in database.execute("SELECT title FROM rss_item ORDER BY pubDate DESC")]
    said = subprocess.run([program("sfeed")], input=feed.read_bytes(), capture_output=True, check=True)
    in_sfeed = [line.split("\t")[1] for line in said.stdout.decode().splitlines()]
    in_feedparser = [entry.title for entry in feedparser.parse(feed.read_bytes()).entries]
    with make_reader(":memory:", feed_root=str(site.folder)) as reader:
        reader.add_feed("feed.xml")
        reader.update_feeds()
        in_reader = [entry.title for entry in reader.get_entries()]
    assert [in_newsboat, in_sfeed, in_feedparser, in_reader] == [TITLES] * 4


def test_newsboat(served: Served, tmp_path: Path) -> None:
    newsboat = program("newsboat")
    (tmp_path / "urls").write_text(f"{served.url}feed.xml\n")
    cache = tmp_path / "cache.db"

    def titles() -> dict[str, str]:
        command = [newsboat, "-u", str(tmp_path / "urls"), "-c", str(cache), "-x", "reload"]
        subprocess.run(command, env=os.environ | {"HOME": str(tmp_path)}, check=True, capture_output=True)
        with sqlite3.connect(cache) as database:
            rows = database.execute("SELECT guid, title FROM rss_item").fetchall()
        database.close()
        assert len({guid for guid, _ in rows}) == len(rows)
        return dict(rows)

    served.site.build()
    first = titles()
    assert len(first) == 50
    change(served, served.url)
    assert titles().keys() == first.keys()


def test_sfeed(served: Served) -> None:
    sfeed = program("sfeed")

    def rows() -> list[list[str]]:
        with urlopen(f"{served.url}feed.xml") as answer:  # noqa: S310 - our own server
            said = subprocess.run([sfeed, served.url], input=answer.read(), capture_output=True, check=True)
        return [line.split("\t") for line in said.stdout.decode().splitlines()]

    served.site.build()
    first = rows()
    assert len(first) == len({row[5] for row in first}) == 50
    assert all(row[2].startswith(served.url) for row in first)
    assert first[0][1] == "Title 2024-12-08"
    change(served, served.url)
    assert {row[5] for row in rows()} == {row[5] for row in first}


def test_reader_updates_a_correction_and_sees_nothing_twice(served: Served) -> None:
    with make_reader(":memory:") as reader:
        served.site.build()
        reader.add_feed(f"{served.url}feed.xml")
        assert reader.update_feed(f"{served.url}feed.xml").new == 50
        before = {entry.id: entry for entry in reader.get_entries()}
        change(served, served.url)
        # A new address of the site: the same file, its links lead elsewhere.
        result = reader.update_feed(f"{served.url}feed.xml")
        assert result.new == 0
        after = {entry.id: entry for entry in reader.get_entries()}
        assert after.keys() == before.keys()
        assert {id_ for id_ in after if after[id_].updated != before[id_].updated} == {"urn:x:2024-12-04"}
        assert all(after[id_].published == before[id_].published for id_ in after)
        change_address(served)
        assert reader.update_feed(f"{served.url}feed.xml").new == 0


def change_address(served: Served) -> None:
    served.site.configure(url="https://moved.example/", id="urn:x:digest")
    served.site.build()


def test_reader_gets_the_whole_archive(served: Served) -> None:
    served.site.build()
    with make_reader(":memory:") as reader:
        address = f"{served.url}feed.xml"
        while address:
            reader.add_feed(address)
            reader.update_feed(address)
            with urlopen(address) as answer:  # noqa: S310 - our own server
                links = etree.fromstring(answer.read()).findall("{http://www.w3.org/2005/Atom}link")
            older = [link.get("href") for link in links if link.get("rel") == "prev-archive"]
            address = urljoin(address, older[0]) if older else ""
        ids = {entry.id for entry in reader.get_entries()}
    assert ids == {f"urn:x:2024-{month:02}-{day:02}" for month in range(1, 13) for day in range(1, 9)}
    assert all(re.fullmatch(r"urn:x:2024-\d\d-\d\d", id_) for id_ in ids)

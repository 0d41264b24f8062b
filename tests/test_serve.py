"""`digest serve`: what a browser gets, and what it is told while people write. Real HTTP; every wait is for an event."""

import http.client
import json
import queue
import shutil
import signal
import socket
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from sites import Site, article, seed

from digest import serve
from digest.build import Result
from digest.errors import DigestError
from digest.serve import answers
from digest.serve.answers import Preview, answer

RAIN = "content/2025/08/17/rain.md"
PAGE = "/news/2025/08/17/rain/"
PATIENCE = 30
"""Seconds: longer than a stream of events is silent."""


class Browser:
    """A reader at a running preview."""

    def __init__(self, site: Site, **options: Any) -> None:
        self.site = site
        self.said: queue.Queue[str] = queue.Queue()
        self.failures: queue.Queue[DigestError] = queue.Queue()
        self.built: list[Result] = []
        self._served: queue.Queue[str | DigestError] = queue.Queue()
        self._news: queue.SimpleQueue[frozenset[str] | None] = queue.SimpleQueue()
        defaults = {"host": "127.0.0.1", "port": 0, "drafts": False, "future": False, "jobs": 1}
        serving = serve.Serving(site.root, site.root / "digest.yml", **defaults | options)
        quiet = lambda *_: None  # noqa: E731
        built = lambda result, seconds: self.built.append(result)  # noqa: E731
        voice = serve.Voice(self.said.put, self._served.put, built, self.failures.put, quiet, quiet)
        self._thread = threading.Thread(target=self._run, args=(serving, voice))
        self._thread.start()
        address = self._served.get(timeout=PATIENCE)
        if isinstance(address, DigestError):
            self._thread.join()
            raise address
        self.address = address
        self.port = int(address.split(":")[2].split("/")[0])
        self._events: http.client.HTTPConnection | None = None

    def _run(self, serving: serve.Serving, voice: serve.Voice) -> None:
        try:
            serve.run(serving, voice, self._news)
        except DigestError as error:
            self._served.put(error)

    def get(self, path: str, method: str = "GET", **headers: str) -> http.client.HTTPResponse:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        connection.request(method, path, headers=headers)
        response = connection.getresponse()
        response.body = response.read()  # type: ignore[attr-defined]
        connection.close()
        return response

    def text(self, path: str) -> str:
        return str(self.get(path).body.decode())  # type: ignore[attr-defined]

    def listen(self) -> dict[str, Any]:
        """Return the next thing that the browser is told; the first is how it stands."""
        if self._events is None:
            self._events = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
            self._events.request("GET", answers.EVENTS)
            self._stream = self._events.getresponse()
            assert self._stream.headers["Content-Type"] == "text/event-stream"
        while True:
            line = self._stream.readline()
            assert line, "the server closed the stream"
            if line.startswith(b"data: "):
                return dict(json.loads(line[6:]))

    def tell(self, *paths: Path) -> None:
        """Tell the server of changes, as a watch does."""
        self._news.put(frozenset(map(str, paths)))

    def close(self) -> None:
        self._news.put(None)
        self._thread.join()
        if self._events is not None:
            self._stream.close()
            self._events.close()


@pytest.fixture
def site(tmp_path: Path) -> Site:
    return make(tmp_path)


@pytest.fixture(scope="module")
def standing(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    """A preview of a digest in which nobody writes."""
    made = Browser(make(tmp_path_factory.mktemp("standing")))
    yield made
    made.close()


def make(root: Path) -> Site:
    made = Site.make(root)
    made.write(RAIN, article("Rain"))
    made.write("content/2025/08/17/draft.md", article("Not yet", draft=True))
    made.write("content/2025/08/17/late.md", article("Far away", date="2225-01-01"))
    return made


@pytest.fixture
def browser(site: Site) -> Iterator[Browser]:
    made = Browser(site)
    yield made
    made.close()


def test_it_serves_below_the_path_of_the_url_and_leads_there(standing: Browser) -> None:
    assert standing.address.endswith("/news/")
    assert standing.get("/").headers["Location"] == "/news/"
    assert standing.get("/news").headers["Location"] == "/news/"
    assert standing.get(PAGE.rstrip("/")).headers["Location"] == PAGE
    assert "Rain" in standing.text(PAGE)


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/news/", "text/html; charset=utf-8"),
        ("/news/feed.xml", "application/atom+xml"),
        ("/news/sitemap.xml", "application/xml"),
        ("/news/robots.txt", "text/plain; charset=utf-8"),
        ("/news/static/style.css", "text/css; charset=utf-8"),
        ("/news/static/icon.svg", "image/svg+xml"),
        (answers.SCRIPT, "text/javascript; charset=utf-8"),
    ],
)
def test_every_file_has_its_type(standing: Browser, path: str, kind: str) -> None:
    found = standing.get(path)
    assert (found.status, found.headers["Content-Type"]) == (200, kind)


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("app.webmanifest", "application/manifest+json"),
        ("list.json", "application/json"),
        ("rain.md", "text/markdown; charset=utf-8"),
        ("wasm.en.wasm", "application/wasm"),
        ("en_1.pf_index", "application/octet-stream"),
        ("READ", "application/octet-stream"),
    ],
)
def test_files_of_other_parts_have_theirs(tmp_path: Path, name: str, kind: str) -> None:
    (tmp_path / name).write_bytes(b"{}")
    assert answer(Preview(tmp_path, "/", "1"), f"/{name}").headers["Content-Type"] == kind


def test_the_script_is_in_what_is_sent_and_never_in_the_output(standing: Browser) -> None:
    version = standing.listen()["version"]
    assert f'<script src="/.digest/reload.js?{version}" defer></script></body>' in standing.text(PAGE)
    assert all(b"/.digest/" not in path.read_bytes() for path in (standing.site.root / serve.FOLDER).rglob("*.html"))
    assert not standing.site.folder.exists()


def test_an_address_that_is_none_gets_the_page_for_it(standing: Browser) -> None:
    found = standing.get("/news/nowhere/")
    assert found.status == 404
    assert "/.digest/reload.js" in found.body.decode()  # type: ignore[attr-defined]
    assert standing.get("/news/static/").status == 404  # no list of files
    assert standing.get("/elsewhere").status == 404


@pytest.mark.parametrize(
    "path",
    [
        "/news/../../../digest.yml",
        "/news/%2e%2e/%2e%2e/digest.yml",
        "/news/..%5c..%5cdigest.yml",
        "/news//etc/passwd",
        "/news/.digest-manifest",
        "/news/%00",
        "/news/%ff",
        "/../digest.yml",
        f"/news/{'a' * 5000}",
    ],
)
def test_nothing_outside_is_served(standing: Browser, path: str) -> None:
    assert standing.get(path).status == 404


def test_a_link_out_of_the_folder_is_not_followed(tmp_path: Path) -> None:
    (tmp_path / "secret.txt").write_text("secret")
    (tmp_path / "site").mkdir()
    (tmp_path / "site" / "link.txt").symlink_to(tmp_path / "secret.txt")
    (tmp_path / "site" / "404.html").write_text("none")
    assert answer(Preview(tmp_path / "site", "/", "1"), "/link.txt").status == 404


def test_a_page_from_elsewhere_cannot_read_the_preview_by_a_name_of_its_own(standing: Browser) -> None:
    assert standing.get(PAGE, Host="evil.example:80").status == 421
    assert standing.get(PAGE, Host=f"localhost:{standing.port}").status == 200


@pytest.mark.parametrize(
    ("wanted", "status", "part", "place"),
    [
        ("bytes=0-3", 206, b"0123", "bytes 0-3/10"),
        ("bytes=7-", 206, b"789", "bytes 7-9/10"),
        ("bytes=-2", 206, b"89", "bytes 8-9/10"),
        ("bytes=5-99", 206, b"56789", "bytes 5-9/10"),
        ("bytes=10-", 416, b"", "bytes */10"),
        ("bytes=5-2", 200, b"0123456789", None),
        ("bytes=0-1,3-4", 200, b"0123456789", None),
        ("lines=0-1", 200, b"0123456789", None),
        ("bytes=-", 200, b"0123456789", None),
    ],
)
def test_ranges(tmp_path: Path, wanted: str, status: int, part: bytes, place: str | None) -> None:
    (tmp_path / "talk.mp3").write_bytes(b"0123456789")
    found = answer(Preview(tmp_path, "/", "1"), "/talk.mp3", wanted)
    assert (found.status, found.body, found.headers.get("Content-Range")) == (status, part, place)


def test_head_is_get_without_the_body(standing: Browser) -> None:
    head, whole = standing.get(PAGE, "HEAD"), standing.get(PAGE)
    assert head.body == b""  # type: ignore[attr-defined]
    assert head.headers["Content-Length"] == str(len(whole.body))  # type: ignore[attr-defined]


def test_a_change_of_an_article_reloads_the_page(browser: Browser) -> None:
    before = browser.listen()
    browser.site.write(RAIN, article("Rain and wind"))
    after = browser.listen()
    assert after["version"] != before["version"]
    assert after["problems"] == []
    assert "Rain and wind" in browser.text(PAGE)


@pytest.mark.parametrize(
    ("path", "text", "seen"),
    [
        ("seeds/new.txt", ' date 2025-08-18 "Sky" The sun is back\n\nIt is.\n', "The sun is back"),
        ("digest.yml", "title: Another name\nurl: https://example.org/news/\nlanguage: en\n", "Another name"),
        ("templates/partials/footer.html", "<footer>New footer</footer>\n", "New footer"),
        ("content/2025/08/18/sun.md", article("A sunny day", "2025-08-18"), "A sunny day"),
    ],
)
def test_all_that_a_build_reads_is_watched(browser: Browser, path: str, text: str, seen: str) -> None:
    browser.listen()
    browser.site.write(path, text)
    while seen not in browser.text("/news/"):
        browser.listen()


def test_a_problem_is_shown_until_it_is_mended(browser: Browser) -> None:
    browser.listen()
    browser.site.write("content/2025/08/17/bad.md", "---\ntitle: Bad\ndate: 2025-02-30\n---\n")
    (problem,) = browser.listen()["problems"]
    assert (problem["path"], problem["line"]) == ("content/2025/08/17/bad.md", 3)
    assert problem["hint"]
    browser.site.write("content/2025/08/17/bad.md", article("Good"))
    assert browser.listen()["problems"] == []


def test_a_template_error_keeps_the_last_good_page(browser: Browser) -> None:
    version = browser.listen()["version"]
    browser.site.write("templates/article.html", "<p>\n{{ nothing.there }}\n")
    told = browser.listen()
    assert told["version"] == version
    assert [(problem["path"], problem["line"]) for problem in told["problems"]] == [("templates/article.html", 2)]
    assert browser.failures.get(timeout=PATIENCE)
    assert "All that is known" in browser.text(PAGE)
    browser.site.delete("templates/article.html")
    assert browser.listen()["problems"] == []


def test_a_template_error_from_the_beginning(site: Site) -> None:
    site.write("templates/article.html", "{% if %}\n")
    browser = Browser(site)
    try:
        assert [problem["path"] for problem in browser.listen()["problems"]] == ["templates/article.html"]
        found = browser.get("/news/")
        assert found.status in (404, 503)
        assert b"/.digest/reload.js" in found.body  # type: ignore[attr-defined]
        site.delete("templates/article.html")
        assert browser.listen()["problems"] == []
        assert "All that is known" in browser.text(PAGE)
    finally:
        browser.close()


def test_wrong_settings_while_it_runs_stop_nothing(browser: Browser) -> None:
    browser.listen()
    good = browser.site.read("digest.yml")
    browser.site.write("digest.yml", good + "no_such_key: 1\n")
    assert browser.listen()["problems"]
    assert "Rain" in browser.text(PAGE)
    browser.site.write("digest.yml", good)
    assert browser.listen()["problems"] == []


def test_a_folder_that_vanishes_and_comes_back(browser: Browser) -> None:
    browser.listen()
    browser.site.rename("content", "away")
    while browser.get(PAGE).status != 404:
        browser.listen()
    assert "content/ is gone" in browser.said.get(timeout=PATIENCE)
    browser.site.rename("away", "content")
    while browser.get(PAGE).status != 200:
        browser.listen()
    browser.site.write(RAIN, article("Rain once more"))  # and it is watched again
    while "Rain once more" not in browser.text(PAGE):
        browser.listen()


@pytest.mark.parametrize("count", [1_000, pytest.param(10_000, marks=pytest.mark.soak)])
def test_an_archive_that_is_copied_in_is_all_there_after_a_build_or_a_few(browser: Browser, count: int) -> None:
    archive = Site(browser.site.root / "away")
    for number in range(count // 2):
        day = f"{1990 + number // 336}-{number // 28 % 12 + 1:02}-{number % 28 + 1:02}"
        archive.write(f"seeds/wire/{number}.txt", seed(f"One of many, {number}", day))
        archive.write(f"content/{day.replace('-', '/')}/old-{number}.md", article(f"Old, {number}", day))
    browser.listen()
    for folder in ("seeds", "content"):
        shutil.copytree(archive.root / folder, browser.site.root / folder, dirs_exist_ok=True)
    while not any(result.articles == count + 1 for result in browser.built):
        browser.listen()
    assert len(browser.built) <= 5
    assert browser.get(f"/news/{day.replace('-', '/')}/old-{number}/").status == 200
    browser.site.write("content/1990/01/01/old-0.md", article("Edited", "1990-01-01"))  # folders that came are watched
    while "Edited" not in browser.text("/news/1990/01/01/old-0/"):
        browser.listen()


def test_after_very_many_changes_it_watches_anew_before_it_looks(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of very many events systems drop some: with one of a new folder, nobody would hear what happens there."""
    monkeypatch.setattr(serve, "Watcher", Unwatched)
    monkeypatch.setattr(Unwatched, "renew", lambda _: site.write("content/2025/08/18/sun.md", article("Sun")))
    browser = Browser(site)
    try:
        browser.listen()
        browser.tell(*(site.root / f"content/{number}.md" for number in range(serve.MANY + 1)))
        while "Sun" not in browser.text("/news/"):
            browser.listen()
    finally:
        browser.close()


def test_a_change_that_the_watch_did_not_tell_is_found_once_it_is_quiet(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(serve, "QUIET", 0.1)
    monkeypatch.setattr(serve, "Watcher", Unwatched)
    browser = Browser(site)
    try:
        browser.listen()
        site.write(RAIN, article("Rain and wind"))
        site.write("content/2025/08/17/sun.md", article("Sun"))
        browser.tell(site.root / RAIN)
        while "Rain and wind" not in browser.text(PAGE) or "Sun" not in browser.text("/news/"):
            browser.listen()
    finally:
        browser.close()


class Unwatched:
    """A watch that sees nothing."""

    def __init__(self, *_: object) -> None: ...

    def start(self) -> None: ...

    def renew(self) -> None: ...

    def stop(self) -> None: ...


def test_an_output_that_cannot_be_written_is_told_until_it_can(site: Site) -> None:
    site.write(serve.FOLDER, "in the way")
    browser = Browser(site)
    try:
        (problem,) = browser.listen()["problems"]
        assert serve.FOLDER in problem["message"]
        assert problem["hint"]
        site.delete(serve.FOLDER)
        site.write(RAIN, article("Rain and wind"))
        assert browser.listen()["problems"] == []
        assert "Rain and wind" in browser.text(PAGE)
    finally:
        browser.close()


def test_a_disk_that_fills_up_is_told_until_there_is_room_again(
    small: Callable[[int], Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(serve, "QUIET", 0.1)
    full = make(small(20_000) / "digest")
    browser = Browser(full)
    try:
        version = browser.listen()["version"]
        used = shutil.disk_usage(full.root).used // 1024
        small(used + 8)
        full.write(RAIN, article("Rain and wind", text="And wind. " * 300))
        told = browser.listen()
        assert told["version"] == version, "the last good page stays"
        (problem,) = told["problems"]
        assert "No space left" in problem["message"] or "full" in problem["message"]
        assert "make room" in problem["hint"]
        assert "Rain" in browser.text(PAGE)
        small(20_000)  # and nobody saves anything
        while "Rain and wind" not in browser.text(PAGE):
            browser.listen()
    finally:
        browser.close()
    assert browser.failures.qsize() <= 3, "it is not told each time that it is tried"


def test_drafts_and_the_future_leave_what_build_wrote_alone(site: Site) -> None:
    site.build()
    before = site.output()
    browser = Browser(site, drafts=True, future=True)
    try:
        assert "Not yet" in browser.text("/news/2025/08/17/draft/")
        assert "Far away" in browser.text("/news/2225/01/01/late/")
    finally:
        browser.close()
    assert site.output() == before
    result = site.build()
    assert (result.written, result.deleted) == (0, 0)


def test_a_second_serve_says_where_the_first_is(browser: Browser) -> None:
    with pytest.raises(DigestError, match=f"is served already, at http://127.0.0.1:{browser.port}"):
        Browser(browser.site)


def test_a_port_in_use(site: Site) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        browser = Browser(site, port=port)
        try:
            assert browser.port > port
            assert f"port {port} is in use" in browser.said.get(timeout=PATIENCE)
        finally:
            browser.close()


@pytest.mark.parametrize("host", ["no.such.host.invalid", "192.0.2.1"])
def test_a_host_that_is_not_here(site: Site, host: str) -> None:
    with pytest.raises(DigestError) as raised:
        Browser(site, host=host)
    assert raised.value.hint


def test_no_digest(tmp_path: Path) -> None:
    with pytest.raises(DigestError, match="does not exist"):
        Browser(Site(tmp_path))
    assert not [*tmp_path.iterdir()]


def test_an_article_appears_when_its_time_has_come(site: Site) -> None:
    """The clock alone makes the next edition: nobody saves anything."""
    import datetime as dt

    soon = dt.datetime.now(dt.UTC) + dt.timedelta(seconds=2)
    site.write("content/soon.md", article("On time", date=soon.isoformat(), slug="soon"))
    browser = Browser(site)
    try:
        browser.listen()
        while "On time" not in browser.text("/news/"):
            browser.listen()
    finally:
        browser.close()


def test_interrupted_it_ends_at_once_without_a_word_too_many(site: Site) -> None:
    process = site.start("serve", "--port", "0")
    assert process.stdout
    assert "http://127.0.0.1:" in process.stdout.readline()
    process.send_signal(signal.SIGINT)
    _, err = process.communicate(timeout=10)
    assert process.returncode == 0
    assert "Traceback" not in err
    assert "articles" in err or "article" in err

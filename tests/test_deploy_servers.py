"""nginx and Caddy serve a built site with the very configurations of the documentation: types, caching, compression, 404."""

import http.client
import os
import re
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple, NoReturn

import pytest
from sites import Site, article

from digest import compressing

DOCS = Path(__file__).parent.parent / "docs" / "deploy"
BROTLI = Path("/usr/lib/nginx/modules/ngx_http_brotli_static_module.so")
YEAR = "max-age=31536000, immutable"
WEEK = "max-age=604800, immutable"


class Answer(NamedTuple):
    status: int
    headers: Mapping[str, str]
    body: bytes


class Served(NamedTuple):
    """A site that a server serves."""

    server: str
    port: int
    site: Site
    path: str
    """Below which it stands."""

    def get(self, path: str, **headers: str) -> Answer:
        """Ask for a file; nobody asks for compression unless told so."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=10)
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        try:
            connection.request("GET", self.path + path, headers={"Host": "example.org", **named})
            answer = connection.getresponse()
            found = {name.lower(): value for name, value in answer.getheaders()}
            assert len(found) == len(answer.getheaders()), f"a header comes twice: {answer.getheaders()}"
            return Answer(answer.status, found, answer.read())
        finally:
            connection.close()

    def file(self, path: str) -> bytes:
        return (self.site.folder / path).read_bytes()


def block(page: str, number: int = 0) -> str:
    """Return a block of code of a page of the documentation."""
    return re.findall(r"^```\w+\n(.*?)^```", (DOCS / page).read_text("utf-8"), re.MULTILINE | re.DOTALL)[number]


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def change(text: str, old: str, new: str) -> str:
    assert text.count(old) == 1, f"the documentation has not {old!r} once"
    return text.replace(old, new)


def missing(what: str) -> NoReturn:
    if os.environ.get("CI") == "true":
        pytest.fail(f"{what}; .ci/run installs it")
    pytest.skip(what)


def nginx(folder: Path, root: Path, port: int, below: bool) -> list[str]:
    """Write nginx's configuration, and return how to start it: the documentation's, and around it what Debian has in nginx.conf."""
    text = change(block("nginx.md"), "listen 80;", f"listen 127.0.0.1:{port};")
    text = change(text, "    listen [::]:80;\n", "")
    text = change(text, "/var/www/digest;", f"{root};")
    if below:
        text = change(text, "    error_page 404 /404.html;\n", block("nginx.md", 1))
    if BROTLI.exists():
        text = change(text, "# brotli_static on;", "brotli_static on;")
    own = [f"{name}_temp_path {folder}/{name};" for name in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")]
    lines = [
        *(["user root;"] if os.getuid() == 0 else []),
        *([f"load_module {BROTLI};"] if BROTLI.exists() else []),
        f"daemon off; master_process off; pid {folder}/pid; error_log {folder}/error.log;",
        "events {}",
        "http { include /etc/nginx/mime.types; default_type application/octet-stream; access_log off;",
        *own,
        text,
        "}",
    ]
    (folder / "nginx.conf").write_text("\n".join(lines))
    return ["-p", str(folder), "-e", f"{folder}/error.log", "-c", f"{folder}/nginx.conf"]


def caddy(folder: Path, root: Path, port: int, below: bool) -> list[str]:
    text = change(
        block("caddy.md"), "example.org {", f"http://127.0.0.1:{port}, http://example.org:{port} {{\n\tbind 127.0.0.1"
    )
    text = change(text, "/var/www/digest\n", f"{root}\n")
    if below:
        text = change(text, "\t\trewrite @missing /404.html\n", block("caddy.md", 1))
    (folder / "Caddyfile").write_text("{\n\tadmin off\n\tauto_https off\n}\n" + text)
    return ["run", "--config", f"{folder}/Caddyfile", "--adapter", "caddyfile"]


@contextmanager
def running(command: list[str], folder: Path, port: int) -> Iterator[None]:
    """Run a server until the block ends; it is up when it answers."""
    environment = {"PATH": os.environ["PATH"], "HOME": str(folder)}
    with (folder / "output").open("wb") as output:
        process = subprocess.Popen(command, env=environment, stdout=output, stderr=output, stdin=subprocess.DEVNULL)
        try:
            while process.poll() is None:
                try:
                    socket.create_connection(("127.0.0.1", port), 1).close()
                    break
                except OSError:
                    time.sleep(0.02)
            assert process.poll() is None, (folder / "output").read_text()
            yield
        finally:
            process.terminate()
            process.wait(10)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Site:
    """A digest that stands below a path, with an archive that is sealed."""
    site = Site.make(
        tmp_path_factory.mktemp("served") / "digest", rss=True, markdown=True, compress=["gz", "br", "zst"]
    )
    for day in ("2023-06-01", "2025-08-16", "2025-08-17"):
        site.write(f"content/{day}.md", article(f"Of {day}", day, "Some words that are many. " * 40, topics=["Rain"]))
    assert site.build(search=True).problems == []
    return site


@pytest.fixture(scope="module", params=["nginx", "caddy", "nginx below a path", "caddy below a path"])
def served(request: pytest.FixtureRequest, site: Site, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    server, _, below = request.param.partition(" ")
    program = shutil.which(server, path=f"{os.environ['PATH']}:/usr/sbin")
    if program is None:
        missing(f"{server} is not installed")
    folder = tmp_path_factory.mktemp(server)
    root = site.folder
    if below:
        root = folder / "www"
        root.mkdir()
        (root / "news").symlink_to(site.folder)
    port = free_port()
    options = {"nginx": nginx, "caddy": caddy}[server](folder, root, port, bool(below))
    with running([program, *options], folder, port):
        yield Served(server, port, site, "/news/" if below else "/")


TYPES = {
    "": "text/html; charset=utf-8",
    "archive/": "text/html; charset=utf-8",
    "feed.xml": "application/atom+xml; charset=utf-8",
    "topics/rain/feed.xml": "application/atom+xml; charset=utf-8",
    "editions.xml": "application/atom+xml; charset=utf-8",
    "feeds/2025-08.xml": "application/atom+xml; charset=utf-8",
    "rss.xml": "application/rss+xml; charset=utf-8",
    "feed.json": "application/feed+json",
    "topics/rain/feed.json": "application/feed+json",
    "feeds.opml": "text/x-opml; charset=utf-8",
    "manifest.webmanifest": "application/manifest+json",
    "2023/06/01/2023-06-01/index.md": "text/markdown; charset=utf-8",
    "robots.txt": "text/plain; charset=utf-8",
    "llms.txt": "text/plain; charset=utf-8",
    "static/icon.svg": "image/svg+xml",
    "static/apple-touch-icon.png": "image/png",
}


@pytest.mark.parametrize("path", TYPES)
def test_types(served: Served, path: str) -> None:
    answer = served.get(path)
    assert (answer.status, answer.headers["content-type"]) == (200, TYPES[path])
    assert answer.body == served.file(f"{path}index.html" if path.endswith("/") or not path else path)
    assert answer.headers["x-content-type-options"] == "nosniff"


def test_a_sitemap_and_a_script_have_one_of_the_types_that_all_know(served: Served) -> None:
    assert served.get("sitemap.xml").headers["content-type"].partition(";")[0] in ("text/xml", "application/xml")
    kind = served.get("static/theme.js").headers["content-type"].partition(";")[0]
    assert kind in ("application/javascript", "text/javascript")


def test_what_may_be_kept(served: Served) -> None:
    kept = {}
    for path in served.site.output():
        if path.startswith((".digest", "search/pagefind")) or path.endswith((".gz", ".br", ".zst")):
            continue
        kept[path] = served.get(path).headers.get("cache-control", "")
    hashed = {path for path in kept if re.search(r"\.[0-9a-f]{8}\.\w+$|^search/\d{4}.*\.pf_\w+$", path)}
    assert len(hashed) >= 6
    for path, said in kept.items():
        sealed = path == "feeds/2023-06.xml" or path.startswith("feeds/2025")
        assert said == (f"public, {YEAR}" if path in hashed else f"public, {WEEK}" if sealed else "no-cache"), path


def test_the_archive_of_now_is_not_sealed(served: Served) -> None:
    now = time.strftime("feeds/%Y-%m.xml", time.gmtime())
    (served.site.folder / now).write_text("<feed/>")
    try:
        assert served.get(now).headers["cache-control"] == "no-cache"
    finally:
        (served.site.folder / now).unlink()


@pytest.mark.parametrize("path", ["nothing/", "2025/08/17/nothing", "topics/none/feed.xml", ".digest-manifest"])
def test_what_is_not_there_has_the_site_s_own_page(served: Served, path: str) -> None:
    answer = served.get(path)
    assert (answer.status, answer.body) == (404, served.file("404.html"))
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    assert answer.headers["cache-control"] == "no-cache"


def test_a_folder_without_its_slash_leads_to_the_right_place(served: Served) -> None:
    answer = served.get("archive")
    assert answer.status in (301, 308)
    place = answer.headers["location"]
    assert place in ("archive/", f"{served.path}archive/")


@pytest.mark.parametrize("coding", ["gz", "br", "zst"])
@pytest.mark.parametrize("path", ["index.html", "feed.xml", "static/style.css", "manifest.webmanifest"])
def test_the_copies_of_the_build_are_sent(served: Served, path: str, coding: str) -> None:
    if served.server == "nginx" and coding == "zst":
        assert "content-encoding" not in served.get(path, Accept_Encoding="zstd").headers  # nginx knows no Zstandard
        return
    if served.server == "nginx" and coding == "br" and not BROTLI.exists():
        missing("nginx has no module for Brotli: libnginx-mod-http-brotli-static")
    name = {"gz": "gzip", "zst": "zstd"}.get(coding, coding)
    answer = served.get(path, Accept_Encoding=name)
    assert (answer.headers["content-encoding"], answer.body) == (name, served.file(f"{path}.{coding}"))
    assert answer.headers["content-type"] == served.get(path).headers["content-type"]
    assert answer.headers["vary"] == "Accept-Encoding"


def test_a_browser_gets_the_smallest(served: Served) -> None:
    answer = served.get("feed.xml", Accept_Encoding="gzip, deflate, br, zstd")
    best = "br" if served.server == "nginx" else "zstd"
    if served.server == "nginx" and not BROTLI.exists():
        best = "gzip"
    assert answer.headers["content-encoding"] == best


def test_what_has_no_copy_is_compressed_as_it_is_sent(served: Served) -> None:
    (served.site.folder / "own.html").write_text("<p>Words that are many.</p>" * 100)
    try:
        answer = served.get("own.html", Accept_Encoding="gzip")
        assert answer.headers["content-encoding"] == "gzip"
        assert compressing.expand(answer.body, "own.html.gz", 10_000) == b"<p>Words that are many.</p>" * 100
    finally:
        (served.site.folder / "own.html").unlink()


@pytest.mark.parametrize("coding", ["identity", "gzip"])
def test_what_did_not_change_is_not_sent_again(served: Served, coding: str) -> None:
    first = served.get("feed.xml", Accept_Encoding=coding)
    again = served.get("feed.xml", Accept_Encoding=coding, If_None_Match=first.headers["etag"])
    assert (again.status, again.body) == (304, b"")
    later = served.get("feed.xml", Accept_Encoding=coding, If_Modified_Since=first.headers["last-modified"])
    assert later.status == 304


def test_a_part_of_a_file(served: Served) -> None:
    answer = served.get("static/apple-touch-icon.png", Range="bytes=2-9")
    assert (answer.status, answer.body) == (206, served.file("static/apple-touch-icon.png")[2:10])

"""A real browser, and sites for it to look at, at the root of a host and below a path.

Every page is watched: an error on its console, or a request to anywhere but the site, fails the test.
"""

import gzip
import os
import re
import shutil
import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from functools import cache, partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from kinds import fill
from sites import Site

CHROMIUM = ("chromium", "chromium-browser", "google-chrome")
_TEXT = re.compile(r"text/|application/(json|javascript|manifest\+json|xml)|image/svg")
PATIENCE = 15_000
"""Milliseconds after which a page that does not do what is expected fails."""

Serve = Callable[..., str]


def _missing(reason: str) -> None:
    """Skip for a clear reason; where everything must be tested, fail."""
    if os.environ.get("CI"):
        pytest.fail(f"{reason}: .ci/run installs it")
    pytest.skip(f"{reason}: `apt-get install chromium` and `pip install --group dev`")


@pytest.fixture(scope="session")
def chromium() -> str:
    """Return the path of the program."""
    program = os.environ.get("DIGEST_CHROMIUM") or next(filter(None, map(shutil.which, CHROMIUM)), None)
    if not program:
        _missing("there is no Chromium")
    return str(program)


@pytest.fixture(scope="session")
def full(tmp_path_factory: pytest.TempPathFactory) -> Callable[..., Site]:
    """Return what makes a digest with every kind of page in a language, for an address (see `kinds`); tests only look at it."""
    return cache(lambda *how: fill(Site(tmp_path_factory.mktemp("full")), *how))


@pytest.fixture(scope="session")
def browser(chromium: str) -> Iterator[Any]:
    """Chromium without a window."""
    try:
        from playwright.sync_api import expect, sync_playwright
    except ImportError:
        _missing("there is no Playwright")
    expect.set_options(timeout=PATIENCE)
    with sync_playwright() as playwright:
        made = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        yield made
        made.close()


@pytest.fixture
def serve() -> Iterator[Serve]:
    """Return what serves a folder on this machine (`serve(folder, "/news/")`) and says its address."""
    with ExitStack() as stack:

        def start(folder: Path, below: str = "/") -> str:
            server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Host, below=below, directory=str(folder)))
            stack.callback(server.server_close)
            stack.callback(server.shutdown)
            threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
            return f"http://127.0.0.1:{server.server_port}{below}"

        yield start


@pytest.fixture
def open_page(browser: Any, serve: Serve) -> Iterator[Callable[..., Any]]:
    """Return what opens a page with its own context (`viewport`, `color_scheme`, `java_script_enabled` …); hosts outlive it."""
    wrong: list[str] = []
    with ExitStack() as stack:

        def make(**options: Any) -> Any:
            context = stack.enter_context(browser.new_context(**options))
            page = context.new_page()
            page.set_default_timeout(PATIENCE)
            hosts = ("http://127.0.0.1:", "file://", "data:", "blob:")
            page.on("console", lambda said: wrong.append(said.text) if said.type in ("error", "warning") else None)
            page.on("pageerror", lambda error: wrong.append(str(error)))
            page.on("request", lambda asked: None if asked.url.startswith(hosts) else wrong.append(asked.url))
            return page

        yield make
    assert wrong == []


@pytest.fixture
def page(open_page: Callable[..., Any]) -> Any:
    """Return a page of the usual kind."""
    return open_page()


class _Host(SimpleHTTPRequestHandler):
    """A static host that keeps its peace, with the site below a path."""

    def __init__(self, *args: Any, below: str, **options: Any) -> None:
        self._below = below
        super().__init__(*args, **options)

    def translate_path(self, path: str) -> str:
        if not path.startswith(self._below):
            return str(Path(self.directory, "nothing", "here"))
        return super().translate_path("/" + path.removeprefix(self._below))

    def do_GET(self) -> None:
        """Send texts compressed to those who can read that, as real hosts do."""
        path = Path(self.translate_path(self.path))
        kind = self.guess_type(str(path))
        if not path.is_file() or "gzip" not in self.headers["Accept-Encoding"] or not _TEXT.match(kind):
            super().do_GET()
            return
        data = gzip.compress(path.read_bytes())
        self.send_response(200)
        for name, value in (("Type", kind), ("Encoding", "gzip"), ("Length", str(len(data)))):
            self.send_header(f"Content-{name}", value)
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - its name in the library
        pass


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what needs a browser."""
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker("browser")

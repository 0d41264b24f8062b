"""Small digests to try the program on: how tests make one, build it, and look at what came out.

A test reads like a person's day: `site.write(…)`, `site.build()`, and then what is in `site.output()`.
"""

import fcntl
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Collection, Iterable, Iterator
from contextlib import AbstractContextManager, contextmanager
from functools import lru_cache
from html.parser import HTMLParser
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import unquote, urlsplit

from digest import build as building
from digest import fingerprints, layout
from digest.outputs import Output
from digest.plan import Section

Mount = Callable[[Path, str], AbstractContextManager[None]]
"""What the fixture `mount` gives."""
NOW = 1_767_225_600_000_000
"""2026-01-01T00:00Z in microseconds: the moment of builds here, after all articles unless a test says otherwise."""
NOW_TEXT = "2026-01-01T00:00:00Z"
SETTINGS = {
    "title": "Little Digest",
    "description": "What happened.",
    "url": "https://example.org/news/",
    "language": "en",
    "timezone": "Europe/Berlin",
}


class Site(NamedTuple):
    """A digest in a folder of its own."""

    root: Path

    @classmethod
    def make(cls, root: Path, **settings: Any) -> "Site":
        """Make a digest at `root` with the usual settings and these."""
        site = cls(root)
        site.configure(**settings)
        return site

    def configure(self, **settings: Any) -> None:
        """Write the settings file: the usual settings and these."""
        values = SETTINGS | settings
        self.write(layout.SETTINGS, "".join(f"{key}: {json.dumps(value)}\n" for key, value in values.items()))

    @property
    def folder(self) -> Path:
        """Where the output is."""
        return self.root / layout.SITE

    def write(self, path: str, text: str | bytes) -> None:
        """Write a file as a person would."""
        target = self.root / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(text.encode() if isinstance(text, str) else text)

    def read(self, path: str) -> str:
        """Return the text of a file of the project."""
        return (self.root / path).read_text("utf-8")

    def replace(self, path: str, old: str, new: str) -> None:
        """Edit a file: `old`, which must be in it, becomes `new`."""
        text = self.read(path)
        assert old in text, f"{path} does not hold {old!r}"
        self.write(path, text.replace(old, new))

    def rename(self, old: str, new: str) -> None:
        """Rename or move a file."""
        (self.root / new).parent.mkdir(parents=True, exist_ok=True)
        (self.root / old).rename(self.root / new)

    def copy(self, old: str, new: str) -> None:
        """Copy a file."""
        self.write(new, (self.root / old).read_bytes())

    def delete(self, path: str) -> None:
        """Delete a file or a folder with all that is in it."""
        target = self.root / path
        if target.is_dir():
            shutil.rmtree(target)
        else:
            target.unlink()

    def forget(self) -> None:
        """Delete the build memory, as anyone may at any time."""
        shutil.rmtree(self.root / layout.MEMORY, ignore_errors=True)

    def arrive(self, *folders: str) -> None:
        """Have all files but the memory be new, with the bytes they had: a checkout and a restored cache leave them so."""
        for folder in folders or ("",):
            for path in [path for path in (self.root / folder).rglob("*") if path.is_file()]:
                if layout.MEMORY not in path.relative_to(self.root).parts:
                    shutil.copyfile(path, path.with_name("arriving"))
                    path.with_name("arriving").replace(path)

    def files(self, folder: str, suffix: str | tuple[str, ...] = "") -> list[str]:
        """Return the paths of the files below `folder` that end with `suffix`; hidden ones are left out."""
        found = (path.relative_to(self.root).as_posix() for path in (self.root / folder).rglob("*") if path.is_file())
        return sorted(path for path in found if path.endswith(suffix) and "/." not in path)

    def clone(self, root: Path) -> "Site":
        """Copy what is committed, as `git clone` would: neither the memory nor the output."""
        shutil.copytree(self.root, root, ignore=_uncommitted, symlinks=True)
        return Site(root)

    def build(self, progress: building.Progress = lambda step, done, total: None, **options: Any) -> building.Result:
        """Build in this process, as a new process would, with all files old enough to be remembered."""
        with _no_file_too_fresh():
            result = building.build(self.options(**options), progress, _nobody_waits)
        _tick(self.root)
        return result

    def rebuild(
        self, kept: building.Kept | None, changed: Collection[str] | None, **options: Any
    ) -> tuple[building.Result, building.Kept]:
        """Build like `build`, as a process does that built before and is told what `changed`."""
        with _no_file_too_fresh():
            nothing = lambda step, done, total: None  # noqa: E731
            made = building.rebuild(self.options(**options), nothing, _nobody_waits, None, kept, changed)
        _tick(self.root)
        return made

    def options(self, **options: Any) -> building.Options:
        """Return how to build: at NOW with one process, unless `options` say otherwise."""
        defaults = {"root": self.root, "config": self.root / layout.SETTINGS, "output": self.folder, "now": NOW}
        return building.Options(**defaults | options)

    def run(self, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
        """Run the command as people do, in a process of its own."""
        process = self.start(*arguments, **environment)
        out, err = process.communicate()
        return subprocess.CompletedProcess(process.args, process.returncode, out, err)

    def start(self, *arguments: str, program: str = "", **environment: str) -> subprocess.Popen[str]:
        """Start the command, or a `program` text in its place, and do not wait for it."""
        what = ["-c", program] if program else ["-m", "digest"]
        own = {key: value for key, value in os.environ.items() if not key.startswith("DIGEST_")}
        return subprocess.Popen(
            [sys.executable, *what, "--root", str(self.root), *arguments],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            encoding="utf-8",
            env=own | environment,
            start_new_session=True,
        )

    def output(self, without: Collection[str] = ()) -> dict[str, bytes]:
        """Return everything in the output folder: what the build made and what people put there."""
        return tree(self.folder, without)

    def content(self) -> dict[str, bytes]:
        """Return everything below `content/`, with the records of imports."""
        return tree(self.root / layout.CONTENT)

    def times(self) -> dict[str, int]:
        """Return when each file of the project was last changed, but for the build memory."""
        return {
            path.relative_to(self.root).as_posix(): path.stat().st_mtime_ns
            for path in self.root.rglob("*")
            if layout.MEMORY not in path.relative_to(self.root).parts
        }

    @contextmanager
    def locked(self) -> Iterator[None]:
        """Hold the project's lock, as a build that runs does; wait for it first."""
        (self.root / layout.MEMORY).mkdir(exist_ok=True)
        with (self.root / layout.MEMORY / "lock").open("a") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield


def seed(title: str, date: str = "2025-08-17", text: str = "", kicker: str = "") -> str:
    """Return a seed of one article."""
    before = f'"{kicker}" ' if kicker else ""
    return f" date {date} {before}{title}\n\n{text or f'All that is known about “{title}”.'}\n\nAnd no more.\n"


def article(title: str, date: str = "2025-08-17", text: str = "", **keys: Any) -> str:
    """Return a content file that a person wrote."""
    values = {"title": title, "date": date, **keys}
    header = "".join(f"{key}: {json.dumps(value, ensure_ascii=False)}\n" for key, value in values.items())
    return f"---\n{header}---\n\n{text or f'All that is known about *{title}*.'}\n"


def planned(sections: Iterable[Section]) -> Iterator[Output]:
    """Yield all outputs of a plan."""
    for section in sections:
        for one in section.outputs():
            yield from planned([one]) if isinstance(one, Section) else (one,)


def tree(folder: Path, without: Collection[str] = ()) -> dict[str, bytes]:
    """Return every file below `folder` with its bytes, and every folder that is empty, as `name/`."""
    found = {}
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        if path.is_file():
            found[name] = path.read_bytes()
        elif path.is_dir() and not any(path.iterdir()):
            found[f"{name}/"] = b""
    return {name: data for name, data in found.items() if name not in without}


def difference(one: dict[str, bytes], other: dict[str, bytes]) -> list[str]:
    """Return the paths that are in one of two trees only, or that hold other bytes: a failing test shows a short list."""
    return sorted(path for path in one.keys() | other.keys() if one.get(path) != other.get(path))


class Links(HTMLParser):
    """Collects what a page links to: `href` and `src` of every element."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found += [value for name, value in attrs if name in ("href", "src") and value]


@lru_cache(maxsize=10_000)
def links(page: bytes) -> list[str]:
    """Return the links of a page that lead to another file of the site: relative ones, without the fragment."""
    parser = Links()
    parser.feed(page.decode())
    parser.close()
    parts = (urlsplit(link) for link in parser.found)
    return [unquote(part.path) for part in parts if not part.scheme and not part.netloc and part.path]


def reachable(folder: Path) -> tuple[set[str], list[str]]:
    """Follow all links from the front page: return the files that a reader can reach, and the links that are broken."""
    seen = {"index.html"} if (folder / "index.html").exists() else set()
    broken: list[str] = []
    waiting = list(seen)
    while waiting:
        path = waiting.pop()
        for link in links((folder / path).read_bytes()) if path.endswith(".html") else ():
            target = os.path.normpath(os.path.join(os.path.dirname(path), link))
            if target in seen:
                continue
            if os.path.isfile(folder / target):
                seen.add(target)
                waiting.append(target)
            else:
                broken.append(f"{path} → {link}")
    return seen, sorted(broken)


def broken_links(folder: Path) -> list[str]:
    """Return the broken links on all pages that can be reached from the front page."""
    return reachable(folder)[1]


def _uncommitted(folder: str, names: list[str]) -> list[str]:
    return [name for name in names if name in (layout.MEMORY, layout.SITE, layout.TEMPORARY)]


def _nobody_waits() -> None:
    raise AssertionError("another build holds the lock")


@contextmanager
def _no_file_too_fresh() -> Iterator[None]:
    """Let the build trust times of files at once: it does not for the first moments of a file, and tests are quick."""
    racy, fingerprints.RACY = fingerprints.RACY, 0
    try:
        yield
    finally:
        fingerprints.RACY = racy


def _tick(folder: Path) -> None:
    """Wait for the file system's clock to move, so that a file changed from now on has another time than before."""
    probe = folder / layout.MEMORY / "clock"
    probe.touch()
    before = probe.stat().st_ctime_ns
    while probe.stat().st_ctime_ns == before:
        probe.touch()

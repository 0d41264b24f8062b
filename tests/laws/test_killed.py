"""Killed at any moment, a build leaves a site without a broken link and no file half, and the next one ends the job."""

import os
import random
import signal
import subprocess
import sys
import time
import traceback
from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from itertools import count
from pathlib import Path
from typing import Any, TypeVar
from xml.etree import ElementTree

import pytest
from sites import NOW, Site, article, broken_links, difference, reachable, seed

from digest import compressing, layout, workers

Kill = Callable[[Site], bool]
"""Starts a build and kills it; tells whether the build was killed before it ended."""
R = TypeVar("R")
T = TypeVar("T")


# A digest, and what happens to it from one build to the next.


def filled(site: Site, count: int = 12) -> Site:
    """Return the site with articles on several days and under several topics."""
    for number in range(count):
        write_article(site, number)
    return site


def write_article(site: Site, number: int, title: str = "") -> None:
    day = f"2025-{number % 3 + 6:02}-{number % 4 + 1:02}"
    text = article(title or f"Story {number}", day, topics=[f"Topic {number % 5}", "All"], slug=f"story-{number}")
    site.write(f"content/story-{number}.md", text)


def change(site: Site, turn: int, count: int = 12) -> None:
    """Add, edit, move, rename and delete articles, seeds and topics; other ones each turn."""
    for number in range(turn % 3, count, 3):
        (site.root / f"content/story-{number}.md").unlink(missing_ok=True)
    for number in range((turn + 1) % 3, count, 3):
        write_article(site, number)
    for number in range((turn + 2) % 3, count, 3):
        write_article(site, number, f"Story {number}, as of turn {turn}")
    for number in (turn, turn - 1):  # the topic of these has one page, in one turn
        day = f"2025-08-{number % 4 + 1:02}"
        site.write(f"content/new-{number}.md", article(f"New {number}", day, topics=[f"Of turn {turn}"]))
        site.write(f"seeds/seed-{number}.txt", seed(f"Seed of turn {number}", day, f"As of turn {turn}."))
    if turn % 2:  # all pages lead to a style of another name
        site.write("templates/static/style.css", f"/* as of turn {turn} */")
    if (site.root / f"content/new-{turn - 2}.md").exists():
        site.rename(f"content/new-{turn - 2}.md", f"content/renamed-{turn - 2}.md")
    for path in site.files(layout.CONTENT, ".md") + site.files(layout.SEEDS):
        kind, _, number = path.rpartition("/")[2].partition(".")[0].rpartition("-")
        if kind in ("renamed", "seed-of-turn", "seed") and int(number) < turn - 2:
            site.delete(path)


# What must hold.


def survives(site: Site, kill: Kill) -> bool:
    """Kill a build of `site`, check what it left, and that the next build ends the job; tell whether it was killed."""
    clone = site.clone(site.root.parent / "clean" / os.urandom(4).hex())
    clone.build()
    before, after = files(site.content()), files(clone.content())
    killed = kill(site)
    with site.locked():  # free when the last worker of the killed build is gone
        assert_whole(site)
        now = files(site.content())
        assert before.keys() - now.keys() == set(), "content was lost"
        assert {path for path in now if now[path] not in (before.get(path), after.get(path))} == set(), (
            "content is half"
        )
    result = site.build()
    assert result.problems == []
    assert difference(site.output(), clone.output()) == []
    assert difference(site.content(), clone.content()) == []
    return killed


def files(found: dict[str, bytes]) -> dict[str, bytes]:
    """Return a tree without its empty folders and without what was half made."""
    return {path: data for path, data in found.items() if not path.endswith("/") and layout.TEMPORARY not in path}


def assert_whole(site: Site) -> None:
    """Check that no reader meets a broken link, half a page, or a compressed copy that is none of its page."""
    assert broken_links(site.folder) == []
    found = files(site.output())
    assert [path for path, data in found.items() if not is_whole(path, data)] == []
    pages = {path: found[of] for path in found if (of := compressing.original(path)) in found}
    assert [path for path, page in pages.items() if not holds(path, found[path], page)] == []


@lru_cache(maxsize=10_000)
def is_whole(path: str, data: bytes) -> bool:
    """Tell whether a page or a feed has its end."""
    if path.endswith(".xml"):
        ElementTree.fromstring(data)  # noqa: S314 - our own file
    return not path.endswith(".html") or data.endswith(b"</html>\n")


@lru_cache(maxsize=10_000)
def holds(path: str, copy: bytes, page: bytes) -> bool:
    """Tell whether a compressed copy says what its page does."""
    return compressing.expand(copy, path, len(page)) == page


def test_the_link_checker_sees_what_a_kill_could_break(site: Site) -> None:
    filled(site).build()
    assert broken_links(site.folder) == []
    seen, _ = reachable(site.folder)
    pages = {path for path in site.output() if path.endswith(".html")}
    assert pages - seen == {"404.html"}
    assert "static/apple-touch-icon.png" in seen
    site.delete("site/topics/all")
    site.delete("site/feed.xml")
    assert "index.html → feed.xml" in broken_links(site.folder)
    assert "topics/index.html → ../topics/all/index.html" in broken_links(site.folder)
    site.delete("site/index.html")
    assert broken_links(site.folder) == [], "who has no front page has no readers"


# Watched and killed at every touch of the disk.


class Touches:
    """An audit hook that is called before every change of the disk below a folder."""

    EVENTS = ("open", "os.rename", "os.remove", "os.rmdir", "os.mkdir")

    def __init__(self, folder: Path) -> None:
        self.folder = str(folder)
        self.busy = False

    def __call__(self, event: str, arguments: tuple[Any, ...]) -> None:
        if event not in self.EVENTS or self.busy or not str(arguments[0]).startswith(self.folder):
            return
        if event == "open" and not arguments[2] & (os.O_WRONLY | os.O_RDWR):
            return
        self.busy = True
        self.touch(event, Path(arguments[0]))
        self.busy = False

    def touch(self, event: str, path: Path) -> None:
        raise NotImplementedError


class Killing(Touches):
    """Ends the process at its touch number `last`; a file that it was about to write is left torn."""

    def __init__(self, folder: Path, last: int) -> None:
        super().__init__(folder)
        self.left = last

    def touch(self, event: str, path: Path) -> None:
        self.left -= 1
        if self.left == 0:
            if event == "open" and path.parent.is_dir() and not path.is_dir():
                path.write_text("<html>half a fi")
            os.kill(os.getpid(), signal.SIGKILL)


class KillingAt(Touches):
    """Ends the process when it is about to make the folder `name`."""

    EVENTS = ("os.mkdir",)

    def __init__(self, folder: Path, name: str) -> None:
        super().__init__(folder)
        self.name = name

    def touch(self, event: str, path: Path) -> None:
        if path.name == self.name:
            os.kill(os.getpid(), signal.SIGKILL)


class Watching(Touches):
    """Fails the process when a reader would meet a broken link or half a page at any touch."""

    EVENTS = ("os.rename", "os.remove")  # nothing else changes what a reader meets

    def touch(self, event: str, path: Path) -> None:
        try:
            assert_whole(Site(Path(self.folder)))
        except AssertionError:
            print(f"before {event} {path}", file=sys.stderr)
            traceback.print_exc()
            os._exit(1)


def at_touch(last: int, order: int = 0) -> Kill:
    """Kill a build at its touch number `last`; the work of a step is done in an `order` as workers might do it."""
    return lambda site: in_child(site, Killing(site.root, last), order=order) == -signal.SIGKILL


def watched(order: int = 0) -> Kill:
    """Do not kill a build, but look at the site at every touch."""
    return lambda site: in_child(site, Watching(site.root), order=order) != 0


def in_child(site: Site, *hooks: Touches, order: int) -> int:
    """Build in a child process with audit hooks; return the exit code, or less than 0 for a signal."""
    if child := os.fork():
        _, status = os.waitpid(child, 0)
        code = os.waitstatus_to_exitcode(status)
        assert code in (0, -signal.SIGKILL), "see what it wrote on stderr"
        return code
    try:  # in the child, which ends here whatever happens
        workers.serial = any_order(order)
        for hook in hooks:
            sys.addaudithook(hook)
        site.build()
        os._exit(0)
    except BaseException:
        traceback.print_exc()
        os._exit(1)


def any_order(number: int) -> Any:
    """Return a mapper that does the work in another order, as several processes may, and gives the results in theirs."""

    def mapper(function: Callable[[Sequence[T]], R], items: Sequence[T], **_: Any) -> Iterator[R]:
        places = list(range(len(items)))
        if number:
            random.Random(number).shuffle(places)  # noqa: S311 - any order will do
        done = {place: function(items[place : place + 1]) for place in places}
        return iter([done[place] for place in range(len(items))])

    return mapper


@pytest.mark.parametrize("order", range(3))
def test_at_no_moment_of_a_build_a_link_is_broken(site: Site, order: int) -> None:
    filled(site).build()
    for turn in range(3):
        change(site, turn)
        survives(site, watched(order))


@pytest.mark.parametrize("order", range(3))
def test_at_no_moment_of_a_first_build_a_link_is_broken(site: Site, order: int) -> None:
    survives(filled(site), watched(order))


@pytest.mark.parametrize("order", range(3))
def test_at_no_moment_a_language_that_comes_or_goes_breaks_a_link(site: Site, order: int) -> None:
    filled(site).build()
    for languages in (["en", "de"], ["en", "ja"], []):
        site.configure(languages=languages)
        survives(site, watched(order))


def test_at_no_moment_a_compressed_copy_says_what_its_page_does_not(site: Site) -> None:
    site.configure(compress=["gz", "zst"])
    filled(site, 3).build()
    for turn, codings in enumerate((["gz", "zst"], ["br"])):
        change(site, turn, 3)
        site.configure(compress=codings)
        survives(site, watched(order=1))


def test_killed_while_it_compresses(site: Site) -> None:
    site.configure(compress=["gz"])
    filled(site, 3).build()
    assert kill_later_and_later(site, first=31, step=97, order=0) >= 2


@pytest.mark.parametrize("order", range(3))
def test_a_page_that_a_killed_build_made_is_linked_when_its_own_links_are_right(site: Site, order: int) -> None:
    """The killed build made the page of `second`, which links to `third`; now there is no `third`, nor will be."""
    site.write("content/first.md", article("First", "2025-08-17T12:00:00Z"))
    site.build()
    site.write("content/second.md", article("Second", "2025-08-17T11:00:00Z"))
    site.write("content/third.md", article("Third", "2025-08-17T10:00:00Z"))
    assert in_child(site, KillingAt(site.folder, "third"), order=0) == -signal.SIGKILL
    assert "2025/08/17/second/index.html" in site.output()
    site.delete("content/third.md")
    survives(site, watched(order))


@pytest.mark.parametrize("order", range(2))
def test_killed_again_and_again_with_changes_between(site: Site, order: int) -> None:
    kill_again_and_again(site, order, times=8)


@pytest.mark.soak
@pytest.mark.parametrize("order", range(4))
def test_killed_again_and_again_with_changes_between_for_long(site: Site, order: int) -> None:
    kill_again_and_again(site, order, times=100)


def kill_again_and_again(site: Site, order: int, times: int) -> None:
    """Watch builds and kill most of them at some touch; each finds what the others left, and another digest."""
    filled(site).build()
    chance = random.Random(order)  # noqa: S311 - any touches will do
    for turn in range(times):
        change(site, turn)
        last = chance.randrange(1, 200)
        in_child(site, Watching(site.root), Killing(site.root, last), order=order)
    survives(site, watched(order))


@pytest.mark.parametrize("order", range(2))
def test_killed_at_many_touches(site: Site, order: int) -> None:
    filled(site).build()
    assert kill_later_and_later(site, first=1 + order, step=25, order=order) >= 5


@pytest.mark.soak
@pytest.mark.parametrize("order", range(2))
def test_killed_at_every_touch(site: Site, order: int) -> None:
    filled(site).build()
    assert kill_later_and_later(site, first=1, step=1, order=order) >= 100


def kill_later_and_later(site: Site, first: int, step: int, order: int) -> int:
    """Kill one build after another until one survives; return how many were killed."""
    for turn in count():
        change(site, turn)
        if not survives(site, at_touch(first + turn * step, order)):
            return turn
    raise AssertionError("count never ends")


# Killed at random moments.

PROGRAM = """
import sys
from digest import build, cli, library, plan, publish, render, theme, workers
from digest.feeds import formats
from digest.intake import importing
workers.CHUNK, workers.WORTHWHILE, workers.BATCH = 2, 4, 16  # small sites are built by several processes too
print("ready", flush=True)
cli.main()
"""


def at_moment(seconds: float, jobs: int, with_workers: bool) -> Kill:
    """Kill a build of `jobs` processes after `seconds` of work: all of it, or the first process and not its workers."""

    def kill(site: Site) -> bool:
        process = started(site, jobs)
        try:
            process.wait(seconds)
        except subprocess.TimeoutExpired:
            if with_workers:
                os.killpg(process.pid, signal.SIGKILL)
            else:
                process.kill()
        process.communicate()
        assert process.returncode in (0, -signal.SIGKILL)
        return process.returncode != 0

    return kill


def started(site: Site, jobs: int) -> subprocess.Popen[str]:
    """Start a build and return when all its modules are loaded."""
    process = site.start(
        "build", "--no-search", "--jobs", str(jobs), program=PROGRAM, SOURCE_DATE_EPOCH=str(NOW // 1_000_000)
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "ready\n"
    return process


def time_of_a_build(site: Site, jobs: int) -> float:
    process = started(site, jobs)
    begin = time.perf_counter()
    process.communicate()
    assert process.returncode == 0
    return time.perf_counter() - begin


def kill_at_random(site: Site, jobs: int, times: int) -> None:
    filled(site, 40).build()
    change(site, 0, 40)
    duration = time_of_a_build(site, jobs)
    chance = random.Random(jobs)  # noqa: S311 - any moments will do
    for turn in range(1, times + 1):
        change(site, turn, 40)
        if turn % 5 == 0:
            site.configure(title=f"Title of turn {turn}")  # all pages change
        survives(site, at_moment(duration * chance.random(), jobs, with_workers=turn % 2 == 0))


@pytest.mark.parametrize("jobs", [1, 2])
def test_killed_at_random_moments(site: Site, jobs: int) -> None:
    kill_at_random(site, jobs, times=6)


@pytest.mark.soak
@pytest.mark.parametrize("jobs", [1, 2])
def test_killed_at_random_moments_often(site: Site, jobs: int) -> None:
    kill_at_random(site, jobs, times=100)

"""`digest pull`: feeds in, seeds out. It asks in threads, a host in one of them, and writes in the order of the feeds."""

import os
import queue
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

import msgspec

from digest import __version__, dates, feedlist, inputs, locks, web, write
from digest.build import reading_of
from digest.config import DEFAULT_URL, Settings
from digest.errors import DigestError, Problem
from digest.feedlist import PULLED, Feed
from digest.intake.ledger import fingerprint
from digest.layout import SEEDS
from digest.pulling import entries, memory, opml, reading, record, seedfile
from digest.pulling.fetch import Fetcher, Manners
from digest.pulling.memory import Remembered
from digest.pulling.reading import Job, Outcome, Stored, Today
from digest.pulling.record import Known

FOLDER = f"{SEEDS}/{PULLED}"
MAX_RECORD = 256 * 1024 * 1024
"""Bytes of the record of a feed."""
MANNERS = Manners()


class FeedPulled(NamedTuple):
    """What came of one feed."""

    url: str
    """Without user, password and query."""
    name: str
    folder: str
    """Where its seeds are, from the project."""
    state: str
    """`read`, `unchanged`, `waiting` (left alone for some time) or `failed`."""
    new: int
    updated: int
    left: int
    """Entries whose pages are fetched the next time."""


class Pulled(NamedTuple):
    """What a pull did."""

    feeds: Sequence[FeedPulled]
    changed: Sequence[str]
    """The seeds written, from the project."""
    problems: Sequence[Problem]


def pull(
    root: Path,
    settings: Settings,
    now: int,
    listed: Path | None = None,
    progress: Callable[[str, int, int], None] = lambda step, done, total: None,
    manners: Manners = MANNERS,
) -> Pulled:
    """Read the feeds of the settings, or of the OPML file `listed`, and store as seeds what is new.

    `now` is in microseconds since 1970; `progress` is told of each feed. Raises DigestError where there is no feed, another
    pull runs, or the disk refuses; what is wrong with single feeds is in the result.
    """
    feeds, problems = _feeds(root, settings, listed)
    if not feeds and not problems:
        hint = "name them under `feeds:` in the settings, or give a list with `--opml FILE`"
        raise DigestError("there are no feeds to pull", hint)
    with locks.open_lock(locks.make_folder(root) / "pull.lock") as lock:
        if not locks.try_lock(lock):
            raise DigestError("another pull of this digest is running", "wait until it has ended")
        return _pull(root, settings, now, feeds, problems, progress, manners)


def _pull(
    root: Path,
    settings: Settings,
    now: int,
    feeds: Sequence[Feed],
    problems: list[Problem],
    progress: Callable[[str, int, int], None],
    manners: Manners,
) -> Pulled:
    folders = feedlist.folders(feeds)
    remembered = memory.read(root)
    records, wrong = _records(root)
    problems += wrong
    today = Today(root, now // 1_000_000, dates.today(now, settings.zone)[0], settings.zone, reading_of(settings))
    owner = settings.url if settings.url != DEFAULT_URL else "https://pypi.org/project/news-digest/"
    fetcher = Fetcher(f"digest/{__version__} (+{owner})", manners)
    anywhere = {entries.name_of(known) for of in records.values() for known in of}
    groups: dict[str, list[Job]] = {}
    for feed in feeds:
        folder = folders[feed.url]
        job = Job(
            feed, f"{FOLDER}/{folder}", records.get(folder, ()), anywhere, remembered.get(_key(feed), Remembered())
        )
        groups.setdefault(web.host_of(feed.url), []).append(job)
    done: dict[str, FeedPulled] = {}
    changed: list[str] = []
    brought: set[tuple[str, str]] = set()
    try:
        for job, outcome in _in_threads(list(groups.values()), fetcher, today, manners.hosts):
            wrote, told = _store(root, job, outcome, brought)
            changed += [path for path, _ in wrote]
            problems += [*outcome.problems, *told]
            remembered[_key(job.feed)] = outcome.remembered
            new = sum(is_new for _, is_new in wrote)
            done[job.feed.url] = FeedPulled(
                web.shown(job.feed.url), job.feed.name, job.folder, outcome.state, new, len(wrote) - new, outcome.left
            )
            progress("reading feeds", 1, len(feeds))
    finally:
        memory.save(root, remembered)  # a pull that is interrupted has not asked in vain
    write.sweep(root)
    return Pulled([done[feed.url] for feed in feeds], changed, problems)


def _key(feed: Feed) -> str:
    return fingerprint(feed.url.encode())


def _feeds(root: Path, settings: Settings, listed: Path | None) -> tuple[list[Feed], list[Problem]]:
    """Return all feeds, each once, and what is wrong with lists of them. What the settings say of a feed counts."""
    named = {feed.url: feed for feed in feedlist.of_settings(settings.feeds)}
    given: Sequence[Feed | str | Path] = settings.feeds if listed is None else [listed]
    found: dict[str, Feed] = {}
    problems: list[Problem] = []
    for entry in given:
        if isinstance(entry, Feed):
            found.setdefault(entry.url, entry)
            continue
        path = str(entry)
        try:
            data = inputs.read(os.path.join(root, path), opml.MAX_FILE)
        except OSError as error:
            message = f"the list of feeds cannot be read: {error.strerror}"
            problems.append(Problem("error", path, 0, message, "name an OPML file, from the digest's folder"))
            continue
        feeds, wrong = opml.parse(data, path)
        problems += wrong
        for feed in feeds:
            found.setdefault(feed.url, named.get(feed.url, feed))
    return list(found.values()), problems


def _records(root: Path) -> tuple[dict[str, list[Known]], list[Problem]]:
    """Return what was pulled before, by the names of folders."""
    found: dict[str, list[Known]] = {}
    problems: list[Problem] = []
    for path in sorted((root / FOLDER).glob(f".*{record.SUFFIX}")):
        place = f"{FOLDER}/{path.name}"
        try:
            known, wrong = record.read(inputs.read(str(path), MAX_RECORD), place)
        except OSError as error:
            message = f"the record of what was pulled cannot be read: {error.strerror}"
            raise DigestError(f"{place}: {message}", "mend its permissions") from error
        found[path.name[1:].removesuffix(record.SUFFIX)] = known
        problems += wrong
    return found, problems


def _in_threads(
    groups: Sequence[Sequence[Job]], fetcher: Fetcher, today: Today, most: int
) -> Iterator[tuple[Job, Outcome]]:
    """Read the feeds of each host in a thread, and yield what came of each, in the order of hosts and feeds.

    The threads do not keep the program from ending: Ctrl-C need not wait for a slow host.
    """
    todo: queue.SimpleQueue[Sequence[Job]] = queue.SimpleQueue()
    done: queue.SimpleQueue[tuple[str, Outcome | BaseException]] = queue.SimpleQueue()
    for jobs in groups:
        todo.put(jobs)

    def work() -> None:
        with suppress(queue.Empty):
            while True:
                for job in todo.get_nowait():
                    try:
                        done.put((job.feed.url, reading.read(job, fetcher, today)))
                    except BaseException as error:
                        done.put((job.feed.url, error))

    for _ in range(min(most, len(groups))):
        threading.Thread(target=work, daemon=True).start()
    early: dict[str, Outcome | BaseException] = {}
    for job in (job for jobs in groups for job in jobs):
        while job.feed.url not in early:
            early.update([done.get()])
        outcome = early.pop(job.feed.url)
        if isinstance(outcome, BaseException):
            raise outcome
        yield job, outcome


def _store(
    root: Path, job: Job, outcome: Outcome, brought: set[tuple[str, str]]
) -> tuple[list[tuple[str, bool]], list[Problem]]:
    """Write the seeds of a feed, then its record; return which were written, and whether they are new.

    `brought` is what came with this pull from other feeds, and from this one then.
    """
    wrote: list[tuple[str, bool]] = []
    problems: list[Problem] = []
    recorded = {id(known): known for known in job.own}
    there = _by_mark(root / job.folder)
    for one in outcome.stored:
        decided, before = one.decided, one.decided.before
        if before is None and decided.known.link and entries.name_of(decided.known) in brought:
            continue
        known, is_written, problem = _put(root, job, one, there)
        if is_written:
            wrote.append((f"{job.folder}/{known.seed}", before is None or not before.seed))
        problems += [problem] if problem else []
        recorded[id(before) if before else id(known)] = known
    brought |= {entries.name_of(known) for known in recorded.values() if known.link}
    if outcome.stored:
        path = f"{PULLED}/.{job.folder.rpartition('/')[2]}{record.SUFFIX}"
        write.put(root / SEEDS, path, record.write(recorded.values()))
        write.sweep(root / SEEDS)
    return wrote, problems


def _put(root: Path, job: Job, one: Stored, there: dict[str, str]) -> tuple[Known, bool, Problem | None]:
    """Write the seed of an entry, unless a person has a hand in it; return what is to be recorded."""
    known, before = one.decided.known, one.decided.before
    wrote = fingerprint(one.data) if one.data else ""
    if before is not None and before.seed:
        path = f"{job.folder}/{before.seed}"
        on_disk = _read(root / path)
        if not one.data or on_disk is None:
            return _recorded(known, before.seed, before.wrote), False, None
        if fingerprint(on_disk) != before.wrote:
            message = "the entry was changed, but you edited its seed; yours was kept"
            hint = f"compare it with {web.shown(one.decided.entry.known.url)}; edit articles in content/, not seeds"
            return _recorded(known, before.seed, before.wrote), False, Problem("warning", path, 0, message, hint)
        return _recorded(known, before.seed, wrote), write.put(root, path, one.data).wrote, None
    if not one.data:
        return _recorded(known, "", ""), False, None
    if earlier := there.get(seedfile.mark_of(one.decided.entry)):  # the record was lost
        same = fingerprint(_read(root / job.folder / earlier) or b"") == wrote
        return _recorded(known, earlier, wrote if same else ""), False, None
    put = write.put(root, f"{job.folder}/{one.seed}", one.data)
    if put.foreign:
        raise DigestError(f"{job.folder} is no folder", "take away the file that stands there")
    return _recorded(known, one.seed, wrote), put.wrote, None


def _recorded(known: Known, seed: str, wrote: str) -> Known:
    return msgspec.structs.replace(known, seed=seed, wrote=wrote)


def _by_mark(folder: Path) -> dict[str, str]:
    """Return the seeds in a feed's folder by what tells them from each other."""
    names = sorted(os.listdir(folder)) if folder.is_dir() else []
    return {name.rpartition(".")[0].rpartition("-")[2]: name for name in names if not name.startswith(".")}


def _read(path: Path) -> bytes | None:
    try:
        return path.read_bytes()
    except OSError:
        return None

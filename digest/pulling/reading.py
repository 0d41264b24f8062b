"""One feed, from its address to the seeds of its new entries: it asks and decides, and writes nothing."""

import threading
from collections import Counter
from collections.abc import Collection, Sequence
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from digest import seeds, web
from digest.errors import Problem
from digest.feedlist import Feed
from digest.pulling import entries, seedfile
from digest.pulling.entries import Decided
from digest.pulling.fetch import Failure, Fetched, Fetcher
from digest.pulling.memory import Remembered, after_failure
from digest.pulling.record import Known
from digest.seeds import feed as feeds
from digest.seeds import html, markup
from digest.seeds.feed import Entry, joined
from digest.seeds.record import Reading, SeedArticle

MAX_ENTRIES = 1000
"""Entries of a feed, from its beginning."""
MAX_MARKS = 500_000
"""`<` in a feed: what has more elements is none, and would take minutes to read."""
MAX_PAGES = 50
"""Pages fetched for a feed in one go; those of more entries come with the next pulls."""
MAX_PAGE_BYTES = 64 * 1024 * 1024
"""Of all these together."""
TRIES = 3
"""How often the page of an entry is asked for, before the feed's own text must do."""
_FEEDS = (
    "application/atom+xml, application/rss+xml, application/feed+json, application/xml;q=0.9, text/xml;q=0.9, */*;q=0.5"
)
_PAGES = "text/html, application/xhtml+xml;q=0.9"
_AGAIN = "nothing: it is asked for again with the next `digest pull`"
_THEIR_TEXT = "nothing: the feed's own text is taken, where it has one"
_PARSING = threading.Lock()
"""Parsers need not know of threads, and would be no faster in several."""


class Job(NamedTuple):
    """A feed to read, and what is known of it."""

    feed: Feed
    folder: str
    """Where its seeds are, from the project."""
    own: Sequence[Known]
    anywhere: Collection[tuple[str, str]]
    """What came from any feed, see `entries.name_of`."""
    remembered: Remembered


class Today(NamedTuple):
    """What counts for all feeds."""

    root: Path
    now: int
    """Seconds since 1970."""
    day: str
    zone: ZoneInfo
    reading: Reading


class Stored(NamedTuple):
    """What is to become of an entry."""

    decided: Decided
    seed: str
    """The name of its seed file; empty where it is no article."""
    data: bytes
    """Empty where the seed stays as it is."""


class Outcome(NamedTuple):
    """What came of a feed."""

    stored: Sequence[Stored] = ()
    left: int = 0
    """Entries that must wait for the next pull."""
    remembered: Remembered = Remembered()
    problems: Sequence[Problem] = ()
    state: str = "read"
    """`read`, `unchanged`, `waiting` or `failed`."""


class _Notes:
    """What is noted while a feed is read."""

    def __init__(self) -> None:
        self.asked = self.size = 0
        """Pages, and their bytes."""
        self.slow = False
        """A page did not come in time: those that follow are not waited for."""
        self.tried: dict[str, int] = {}
        """Entries left for the next pull, as `Remembered.tried`."""
        self.unfit: Counter[tuple[str, str]] = Counter()
        """Why entries are no articles, each with what to do."""
        self.without: dict[tuple[str, str], list[str]] = {}
        """Why pages were not fetched, with what becomes of their entries, and which."""


def read(job: Job, fetcher: Fetcher, today: Today) -> Outcome:
    """Read a feed and, where its setting says so, the pages of its new entries."""
    before = job.remembered
    place = web.shown(job.feed.url)
    if before.until > today.now:
        return _waiting(job, today)
    validators = before.validators if before.full == job.feed.full else {}
    answer = fetcher.get(job.feed.url, _FEEDS, job.feed.url, validators)
    if isinstance(answer, Failure):
        return _failed(job, answer, today)
    moved = _moved(place, answer)
    if answer.status == 304:
        return Outcome((), 0, Remembered(validators, job.feed.full), moved, "unchanged")
    with _PARSING:
        found = _entries(answer, place)
        if isinstance(found, Failure):
            return _failed(job, found, today)
        listed, problems = found
        decided = entries.decide(listed, job.own, job.anywhere, job.feed.full)
    notes = _Notes()
    stored = [kept for one in decided if (kept := _stored(one, job, fetcher, today, notes))]
    # With validators its host would not send again what is still to be read.
    remembered = Remembered({} if notes.tried else answer.validators, job.feed.full, tried=notes.tried)
    return Outcome(stored, len(notes.tried), remembered, [*moved, *problems, *_told(notes, place)])


def _stored(one: Decided, job: Job, fetcher: Fetcher, today: Today, notes: _Notes) -> Stored | None:
    """Return what becomes of an entry; None where it must wait for the next pull."""
    entry, said = one.entry, one.known.said
    name = one.before.seed if one.before else ""
    if name and not (today.root / job.folder / name).exists():
        return Stored(one, name, b"")  # a person deleted it
    stem = name.rpartition(".")[0] or seedfile.stem_of(entry, seedfile.day_of(entry, today.day, today.zone))
    if name.endswith(".html") or (job.feed.full and not name):
        if notes.slow or notes.asked == MAX_PAGES or notes.size > MAX_PAGE_BYTES:
            notes.tried[said] = job.remembered.tried.get(said, 0)
            return None
        notes.asked += 1
        page = _page(entry, f"{job.folder}/{stem}.html", job.feed, fetcher, today)
        if isinstance(page, bytes):
            notes.size += len(page)
            return Stored(one, f"{stem}.html", page)
        if page is not None:
            notes.slow = page.slow
            tries = job.remembered.tried.get(said, 0) + 1
            again = not page.lasting and tries < TRIES
            then = _AGAIN if again else _THEIR_TEXT
            notes.without.setdefault((page.message, then), []).append(entry.known.url or entry.known.title)
            if again:
                notes.tried[said] = tries
                return None
        if name:
            return Stored(one, name, b"")  # the page as it was is better than the feed's text
    return _as_feed(one, job, f"{stem}.atom", today, notes)


def _told(notes: _Notes, place: str) -> list[Problem]:
    """Return what is to be told of the entries of a feed: each reason once."""
    problems = []
    for (why, hint), which in notes.without.items():
        pages = "the page of 1 entry was" if len(which) == 1 else f"the pages of {len(which):,} entries were"
        first = web.shown(which[0]) if "://" in which[0] else repr(which[0][:80])
        problems.append(Problem("warning", place, 0, f"{pages} not fetched ({first}): {why}", hint))
    for (why, hint), count in sorted(notes.unfit.items()):
        problems.append(Problem("warning", place, 0, f"{_entries_were(count)} left out: {why}", hint))
    waiting = len(notes.tried) - sum(len(which) for (_, hint), which in notes.without.items() if hint == _AGAIN)
    if waiting:
        message = f"{_entries_were(waiting)} left for the next time: these were {notes.asked} pages"
        problems.append(Problem("warning", place, 0, message, "run `digest pull` again"))
    return problems


def _entries_were(count: int) -> str:
    return f"{count:,} {'entry was' if count == 1 else 'entries were'}"


def _waiting(job: Job, today: Today) -> Outcome:
    """Say that a feed is left alone, and why."""
    before = job.remembered
    place = web.shown(job.feed.url)
    if before.gone:
        hint = "take it out of your feeds, or find out where it is now"
        problem = Problem("error", place, 0, before.why, hint)
    else:
        minutes = -(-(before.until - today.now) // 60)
        rest = f"{minutes:,} min" if minutes < 120 else f"{-(-minutes // 60):,} h"
        message = f"it is left alone for another {rest}: {before.why}"
        problem = Problem(
            "warning", place, 0, message, "wait; or delete `.digest/pulled.json` to have all feeds asked now"
        )
    return Outcome((), 0, before, [problem], "waiting")


def _failed(job: Job, failure: Failure, today: Today) -> Outcome:
    hint = "take it out of your feeds, or find out where it is now" if failure.gone else failure.hint
    problem = Problem("error", web.shown(job.feed.url), 0, failure.message, hint)
    return Outcome((), 0, after_failure(job.remembered, failure, today.now), [problem], "failed")


def _moved(place: str, answer: Fetched) -> list[Problem]:
    if not answer.moved:
        return []
    message = f"it has moved for good to {web.shown(answer.moved)}"
    return [Problem("warning", place, 0, message, "write that address into your feeds")]


def _entries(answer: Fetched, place: str) -> tuple[list[Entry], list[Problem]] | Failure:
    """Return the entries of a feed and what is wrong with it, or why it is none."""
    data = answer.body
    if not feeds.recognises(data, ""):
        return _no_feed(answer)
    if data.count(b"<") > MAX_MARKS:
        message = f"it has more than {MAX_MARKS:,} elements"
        return Failure(message, "look what it is: a feed of news is smaller", lasting=True)
    found = feeds.entries_of(data, place, answer.charset, answer.url)
    if isinstance(found, Problem):
        return Failure(found.message, "tell its publisher", lasting=True)
    problems: list[Problem] = []
    if found.broken and not found.found and found.broken.line:
        message = f"the feed is broken in line {found.broken.line:,}, before its first entry"
        return Failure(message, "open it in a browser; tell its publisher", lasting=True)
    if found.broken and found.found:
        problems.append(found.broken._replace(hint="look whether the last entries are whole; tell its publisher"))
    listed = [entry for entry in found.found if isinstance(entry, Entry)]
    if len(listed) > MAX_ENTRIES:
        message = f"the feed has {len(listed):,} entries; those after the first {MAX_ENTRIES:,} were left out"
        problems.append(Problem("warning", place, 0, message, "find out whether its publisher has a shorter one"))
    return [_with_address(entry, answer.url) for entry in listed[:MAX_ENTRIES]], problems


def _with_address(entry: Entry, address: str) -> Entry:
    """Return an entry whose relative links are meant against the feed's address, if nothing else is said."""
    return entry._replace(base=joined(address, entry.base) or address)


def _no_feed(answer: Fetched) -> Failure:
    """Say what stands in the place of a feed; of a page, which feed it names."""
    if not html.recognises(answer.body, ""):
        said = f" (its host says that it is {answer.type[:60]})" if answer.type else ""
        return Failure(f"it is no feed{said}", "find the address of the feed, and write that", lasting=True)
    text = answer.body.decode("utf-8", "replace")[:1_000_000]
    root = markup.parsed(text)
    for node in root.iter("link") if root is not None else ():
        kind = (node.get("type") or "").lower()
        if "alternate" in (node.get("rel") or "").lower().split() and (
            "rss" in kind or "atom" in kind or "feed+json" in kind
        ):
            address = joined(answer.url, (node.get("href") or "").strip())
            return Failure(
                "it is a web page, no feed", f"it names a feed at {web.shown(address)}: write that", lasting=True
            )
    return Failure(
        "it is a web page, no feed, and names none", "find the address of the feed, and write that", lasting=True
    )


def _as_feed(one: Decided, job: Job, name: str, today: Today, notes: _Notes) -> Stored:
    """Return what an entry becomes as the feed has it; where it is no article, count why."""
    entry = one.entry
    day = seedfile.day_of(entry, today.day, today.zone)
    with _PARSING:
        data = seedfile.atom(entry, day, web.shown(job.feed.url), job.feed.name)
        found = _article(data, f"{job.folder}/{name}", today)
    if isinstance(found, Problem):
        hint = "nothing: it is not told again, unless the entry is changed"
        if entry.known.title and not entry.texts and not job.feed.full:
            hint = "with `full: true` the page of each entry is fetched"
        notes.unfit[found.message, hint] += 1
        return Stored(one, "", b"")
    return Stored(one, name, data)


def _page(entry: Entry, path: str, feed: Feed, fetcher: Fetcher, today: Today) -> bytes | Failure | None:
    """Return the page of an entry as a seed; None where the feed itself says as much."""
    url = entry.known.url
    if urlsplit(url).scheme not in ("http", "https"):
        return Failure("the entry has no address", _THEIR_TEXT, lasting=True)
    answer = fetcher.get(url, _PAGES, feed.url)
    if isinstance(answer, Failure):
        return answer
    if answer.type not in ("text/html", "application/xhtml+xml", ""):
        return Failure(f"it is no page, but {answer.type[:60]}", _THEIR_TEXT, lasting=True)
    with _PARSING:
        data = seedfile.page(answer.body, answer.url, answer.charset, entry, feed.name)
        if data is None:
            return Failure("it is no text", _THEIR_TEXT, lasting=True)
        found = _article(data, path, today)
        if isinstance(found, Problem):
            return Failure(f"no article is found in it ({found.message})", _THEIR_TEXT, lasting=True)
        day = seedfile.day_of(entry, today.day, today.zone)
        given = _article(seedfile.atom(entry, day, web.shown(feed.url), feed.name), f"{path}.atom", today)
    return data if isinstance(given, Problem) or _length(found) >= _length(given) else None


def _article(data: bytes, path: str, today: Today) -> SeedArticle | Problem:
    """Return the article of a seed, as a build will read it."""
    articles, problems = seeds.parse(data, path, today.reading)
    return articles[0] if articles else problems[0]


def _length(article: SeedArticle) -> int:
    return sum(len(block.text) for block in article.blocks if not block.mark.startswith("furniture"))

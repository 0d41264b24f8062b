"""What to do with each seed article, given what was imported before and what people did since.

One article may be in several seeds: the same once more, or a later version of it. Its *versions* are put in order by
time, then by the seeds' names, so that it does not matter in which order they came. The newest gives the text; the
oldest of those that came first gives date, address and id.
"""

import datetime as dt
import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from enum import Enum
from heapq import nsmallest
from itertools import count
from operator import itemgetter
from typing import NamedTuple
from zoneinfo import ZoneInfo

from digest.dates import moment_of
from digest.intake import twice
from digest.intake.ledger import Record, Version, fingerprint
from digest.seeds.record import SeedArticle
from digest.urls import slugify

MAX_VERSIONS = 20
"""Other versions, and earlier texts, by which an article is known; older ones are forgotten."""
MAX_COMPARED = 8
"""Versions of other articles that a new one is compared with."""
MAX_ALIKE = 50
"""Articles of a day that share a headline or a paragraph: with more of them, it says nothing about what they are."""
MONTH = 28
"""Days: the content files that may hold another version of an article stand at most a month away."""


class Action(Enum):
    """What happens to a content file."""

    CREATE = "create"
    REFRESH = "refresh"
    SAME = "same"
    KEEP_EDITED = "keep edited"
    CONFLICT = "conflict"
    STAY_DELETED = "stay deleted"
    ORPHAN = "orphan"


def decide(
    record: Record | None, on_disk: str | None, generated: str, text: str, acknowledged: bool = False
) -> tuple[Action, str]:
    """Return what to do with one article, and why.

    `on_disk` and `generated` are hashes of the content file as it is (None: it is not there) and as the
    seeds would give it now; `text` is the hash of the newest version's text; `acknowledged` tells that the
    file's own front matter names this version: a person set it to say "I keep mine".
    """
    if on_disk is None:
        return (
            (Action.CREATE, "the seed is new")
            if record is None
            else (Action.STAY_DELETED, "the file was deleted by hand")
        )
    if on_disk == generated:
        return Action.SAME, "the file is what the seed gives"
    if record is None:
        return Action.KEEP_EDITED, "the file was there before the record of it"
    if on_disk == record.wrote:
        changed = "the seed" if text != record.text else "the importer, the settings, or the seeds that have it"
        return Action.REFRESH, f"{changed} changed and nobody edited the file"
    if text == record.text:
        return Action.KEEP_EDITED, "the file was edited by hand"
    if acknowledged:
        return Action.KEEP_EDITED, "the file was edited by hand, and says that it knows this version of the seed"
    return Action.CONFLICT, "the file was edited by hand, and then the seed changed"


class Draft(NamedTuple):
    """An article as it is known while seeds are read."""

    record: Record | None
    """Of its earlier import."""
    versions: tuple[Version, ...]
    """All of them."""
    first: str
    """Its date since it was imported first; empty as long as it is new."""
    earlier: tuple[str, ...] = ()
    """See `Record.earlier`."""
    changed: bool = True
    """Whether anything about it is new."""


class Index(NamedTuple):
    """The records of all imports, as they are asked for, and what became of them since; `match` fills it."""

    zone: ZoneInfo
    by_path: dict[str, Record]
    months: dict[str, list[str]]
    """`YYYY/MM` to paths."""
    drafts: dict[str, Draft]
    """What `match` met, by key: the path of a record, or the text of a new article's first version."""
    by_text: dict[str, str]
    """Hash of a text to the key of an article."""
    of_seed: dict[str, dict[str, str]]
    """The texts of a seed that will be matched, each with the key of its article."""
    alike: dict[str, dict[int, list[tuple[str, Version]]]]
    """One of the short hashes to days (ordinals), and these to keys and versions."""


def index(records: Iterable[Record], zone: ZoneInfo, todo: Collection[str]) -> Index:
    """Sort `records` out by what is asked of them; `zone` is the digest's, `todo` are the seeds that will be matched."""
    found = Index(zone, {record.path: record for record in records}, {}, {}, {}, {seed: {} for seed in todo}, {})
    for path, record in found.by_path.items():
        found.months.setdefault(path[8:15], []).append(path)
        found.by_text.setdefault(record.text, path)
        if record.seed in found.of_seed:
            found.of_seed[record.seed].setdefault(record.text, path)
        for version in record.also:
            found.by_text.setdefault(version.text, path)
            if version.seed in found.of_seed:
                found.of_seed[version.seed].setdefault(version.text, path)
        for text in record.earlier:
            found.by_text.setdefault(text, path)
    return found


def match(
    seed: str,
    articles: Sequence[SeedArticle],
    known: Index,
    seeds: Collection[str],
    how: tuple[int, str],
    said: Callable[[Version], twice.Text | None],
) -> list[str]:
    """Find out which articles those of one seed file are; return their keys in `known.drafts`.

    An article is known by its very text, even if its file was renamed; else, in the same file, by date and
    headline; else by its first paragraph and one of these; else by a text that is nearly the same. So a file that is
    filled anew each day brings new articles and takes none away. `seeds` are the seed files that exist, `how` is the
    importer and the settings by which they are read; `said` returns what a version says, or None where nobody knows.
    """
    own = known.of_seed[seed]
    left = dict(own)
    keys: list[str] = []
    others: list[tuple[Version, SeedArticle]] = []
    for place, article in enumerate(articles):
        if article.text_hash in left:
            key = left.pop(article.text_hash)
            draft = draft_of(known, key)
            if draft.record is not None and (draft.record.importer, draft.record.how) != how:
                _put(known, key, version_of(article, seed, place), article.text_hash)
            keys.append(key)
        elif article.text_hash not in own:
            others.append((version_of(article, seed, place), article))
    changed: list[tuple[Version, SeedArticle]] = []
    for version, article in others:
        key = known.by_text.get(version.text, "")
        if not key:
            changed.append((version, article))
        elif version.text not in own:  # it does not stand twice in the file
            old = next((text for text, other in left.items() if other == key), "")
            left.pop(old, None)
            _put(known, key, version, old, seeds)
            keys.append(key)
    unknown: list[tuple[Version, SeedArticle]] = []
    for version, article in changed:
        old = _in_its_place(known, left, version)
        if old:
            keys.append(left.pop(old))
            _put(known, keys[-1], version, old, seeds)
        else:
            unknown.append((version, article))
    for version, article in unknown:
        if version.text not in own:
            key = _sent_again(known, version, article, said) or version.text
            old = next(
                (
                    old.text
                    for old in _of_file(known, left, version)
                    if old.date == version.date and left[old.text] == key
                ),
                "",
            )
            left.pop(old, None)
            _put(known, key, version, old, seeds)
            keys.append(key)
    return list(dict.fromkeys(keys))


def draft_of(known: Index, key: str) -> Draft:
    """Return what is known of an article at this point."""
    if key not in known.drafts:
        record = known.by_path.get(key)
        known.drafts[key] = (
            Draft(None, (), "")
            if record is None
            else Draft(record, (record.main, *record.also), record.first or record.date, record.earlier, False)
        )
    return known.drafts[key]


def ranked(draft: Draft, seeds: Collection[str], zone: ZoneInfo) -> list[list[Version]]:
    """Return the versions by text, the newest text first: it counts. Of equal ones, those whose seed exists come first."""
    if len(draft.versions) == 1:
        return [[*draft.versions]]
    standing = [version for version in draft.versions if version.text not in draft.earlier] or draft.versions
    newest: dict[str, tuple[object, ...]] = {}
    for version in standing:
        place = order(version, zone)
        newest[version.text] = max(place, newest.get(version.text, place))
    return [
        sorted(
            (version for version in draft.versions if version.text == text),
            key=lambda version: (version.seed not in seeds, order(version, zone)),
        )
        for text in sorted(newest, key=newest.__getitem__, reverse=True)
    ]


def origin_of(draft: Draft, zone: ZoneInfo) -> Version:
    """Return the version from which a new article has its address: the oldest."""
    if len(draft.versions) == 1:
        return draft.versions[0]
    return min(draft.versions, key=lambda version: (_moment(version.date, zone), natural(version.seed), version.place))


def date_of(draft: Draft, zone: ZoneInfo) -> str:
    """Return the date of an article: that of the day when it came first, with a time if any version knows it."""
    first = draft.first or origin_of(draft, zone).date
    if all(version.date == first for version in draft.versions):
        return first
    dates = {first, *(version.date for version in draft.versions if day_of(version.date, zone) == day_of(first, zone))}
    return min(dates, key=lambda date: (len(date) <= 10, _moment(date, zone), date))


def updated_of(draft: Draft, main: Version, zone: ZoneInfo) -> str:
    """Return when an article became what `main` says; empty where it is what it always was, or nobody knows."""
    others = [version for version in draft.versions if version.text not in draft.earlier]
    if all((version.body, version.title) == (main.body, main.title) for version in others):
        return main.updated
    latest = main.updated or main.date
    return latest if _moment(latest, zone) > _moment(date_of(draft, zone), zone) else main.updated


def version_of(article: SeedArticle, seed: str, place: int) -> Version:
    """Return what is recorded of an article that stands in `seed`."""
    return Version(
        seed=seed,
        place=place,
        sha256=article.sha256,
        text=article.text_hash,
        body=twice.body_of(article),
        date=article.date,
        updated=article.updated,
        title=article.title,
        lead=lead_of(article),
        hashes=twice.hashes_of(article),
    )


def order(version: Version, zone: ZoneInfo) -> tuple[object, ...]:
    """Return what puts versions in order, the newest last: time, then the name of the seed, then the place in it."""
    return _moment(version.updated or version.date, zone), natural(version.seed), version.place


def natural(path: str) -> tuple[object, ...]:
    """Return what puts paths in the order that people expect: `2.txt` before `10.txt`."""
    parts = re.split("([0-9]+)", path)
    return (*(int(part) if at % 2 else part for at, part in enumerate(parts)), path)


def day_of(date: str, zone: ZoneInfo) -> dt.date:
    """Return the day of a date in the digest's time zone. Raises ValueError for what is no date."""
    return dt.date.fromisoformat(date if len(date) <= 10 else moment_of(date, zone).date)


def lead_of(article: SeedArticle) -> str:
    """Return the hash of an article's first block; empty where it has no text."""
    first = article.blocks[0].text if article.blocks else (article.body or "").strip().partition("\n\n")[0]
    return fingerprint(first.encode()) if first else ""


def paths_for(day: dt.date, title: str, lang: str) -> Iterator[str]:
    """Yield the paths that a new content file may have, the nicest first."""
    stem = f"content/{day.isoformat().replace('-', '/')}/{slugify(title, lang)}"
    yield f"{stem}.md"
    for number in count(2):
        yield f"{stem}-{number}.md"


def _moment(date: str, zone: ZoneInfo) -> int:
    return moment_of(date, zone).due


def _put(known: Index, key: str, version: Version, old: str, seeds: Collection[str] | None = None) -> None:
    """Put a version into the article `key`, in the place of the one with the text `old` in its seed, if there is one."""
    draft = draft_of(known, key)
    first, earlier = draft.first, draft.earlier
    others = []
    for other in draft.versions:
        if (other.seed, other.text) == (version.seed, old):
            first = version.date if first == other.date else first  # a person corrected it
        elif other.text != version.text or seeds is None or other.seed in seeds:
            others.append(other)  # else its file was renamed
    if old and old != version.text:
        del known.of_seed[version.seed][old]
        earlier = (*(text for text in earlier if text not in (old, version.text)), old)
    known.drafts[key] = Draft(draft.record, (*others, version), first, earlier)
    known.by_text[version.text] = key
    known.of_seed[version.seed][version.text] = key
    _remember(known, key, version)


def _in_its_place(known: Index, left: Mapping[str, str], version: Version) -> str:
    """Return the text of the version that `version` replaces in its file; empty where it is none of those `left`."""
    olds = _of_file(known, left, version)
    for old in olds:
        if (old.date, old.title) == (version.date, version.title):
            return old.text
    close = [
        old
        for old in olds
        if version.lead and old.lead == version.lead and (old.title == version.title or old.date == version.date)
    ]
    return close[0].text if len(close) == 1 else ""


def _of_file(known: Index, left: Mapping[str, str], version: Version) -> list[Version]:
    """Return the versions that the file of `version` had and has no more: those `left`."""
    return [
        old
        for text, key in left.items()
        for old in draft_of(known, key).versions
        if (old.seed, old.text) == (version.seed, text)
    ]


def _sent_again(
    known: Index, version: Version, article: SeedArticle, said: Callable[[Version], twice.Text | None]
) -> str:
    """Return the key of the article that `version` is, sent again; empty where it is a new one."""
    zone = known.zone
    day = day_of(version.date, zone)
    near = _near(known, day)
    shorts = _shorts(version.hashes)
    found: dict[tuple[bool, int, str, int, str, str], Version] = {}
    today = day.toordinal()
    for by_day in filter(None, map(known.alike.get, shorts)):
        for days in range(-twice.WINDOW, twice.WINDOW + 1):
            alike = by_day.get(today + days, ())
            for key, other in alike if len(alike) <= MAX_ALIKE else ():
                if key[8:15] in near or key not in known.by_path:
                    found[other.body != version.body, abs(days), other.seed, other.place, other.text, key] = other
    candidates = (
        (place, other)
        for place, other in found.items()
        if twice.may_be_same(other.hashes, version.hashes) and other in draft_of(known, place[-1]).versions
    )
    nearest = nsmallest(MAX_COMPARED, candidates, key=itemgetter(0))
    if not nearest or (ours := twice.text_of(article)) is None:
        return ""
    for (another, days, *_, key), other in nearest:
        theirs = said(other) if another else twice.Text(twice.words(other.title), ours.words)
        if theirs is None:
            continue
        older, newer = (theirs, ours) if order(other, zone) <= order(version, zone) else (ours, theirs)
        if twice.same(older, newer, days):
            return key
    return ""


def _near(known: Index, day: dt.date) -> set[str]:
    """Return the months in whose folders other versions of an article of that day may be; they are looked up from now on."""
    ordinals = (min(max(day.toordinal() + days, 1), dt.date.max.toordinal()) for days in (-MONTH, 0, MONTH))
    near = {dt.date.fromordinal(ordinal).isoformat()[:7].replace("-", "/") for ordinal in ordinals}
    for month in sorted(near):
        for path in known.months.pop(month, ()):
            record = known.by_path[path]
            for version in (record.main, *record.also):
                _remember(known, path, version)
    return near


def _remember(known: Index, key: str, version: Version) -> None:
    """Let a version be found by its short hashes."""
    day = day_of(version.date, known.zone).toordinal()
    for short in _shorts(version.hashes):
        known.alike.setdefault(short, {}).setdefault(day, []).append((key, version))


def _shorts(hashes: str) -> list[str]:
    return [hashes[at : at + 8] for at in range(0, len(hashes), 8)]

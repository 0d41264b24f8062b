"""Which entries of a feed are new, which were changed, and which are known: values in, decisions out."""

import hashlib
from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from typing import NamedTuple

import msgspec

from digest.pulling.record import Known, plain
from digest.seeds.feed import Entry

MAX_ID = 1000
MAX_LINK = 2000


class Decided(NamedTuple):
    """An entry that is to be stored."""

    entry: Entry
    known: Known
    """What will be recorded of it, without its seed."""
    before: Known | None
    """What was recorded of it; None where it is new."""


def decide(
    found: Iterable[Entry], own: Sequence[Known], anywhere: Collection[tuple[str, str]], full: bool = False
) -> list[Decided]:
    """Return what to store of the entries that a feed has now; `full` tells that their pages are fetched.

    An entry is the same if its id is. Where ids differ (systems change them) or one is missing, it is the same with the same
    link, if the headline or the moment are the same too, or if the link is a page's that only this one has; but never one
    whose own id is in the feed. `own` is the record of the feed, `anywhere` what came from any feed (`name_of`): a site may
    offer an article in several.
    """
    records = [(known_of(entry, full), entry) for entry in found]
    links = Counter(record.link for record, _ in records)
    there = {record.id for record, _ in records if record.id}
    by_id = {known.id: known for known in own if known.id}
    by_link: dict[str, list[Known]] = {}
    by_said: dict[str, Known] = {}
    for known in own:
        if known.link and known.id not in there:
            by_link.setdefault(known.link, []).append(known)
        if not known.id and not known.link:
            by_said[known.said] = known
    met: set[str] = set()
    decided: list[Decided] = []
    for record, entry in records:
        before = by_id.get(record.id) if record.id else None if record.link else by_said.get(record.said)
        if before is None and record.link:
            is_only = not record.id and links[record.link] == 1 and "/" in record.link
            alike = [old for old in by_link.get(record.link, ()) if is_only or _alike(record, old)]
            before = next((old for old in alike if old.said == record.said), alike[0] if alike else None)
        name = before.said if before else record.id or f"{record.link} {record.said}"
        is_known = before.said == record.said if before else bool(record.link) and name_of(record) in anywhere
        if name not in met and not is_known:
            decided.append(Decided(entry, _with_names(record, before) if before else record, before))
        met.add(name)
    return decided


def name_of(known: Known) -> tuple[str, str]:
    """Return what tells an entry with a link from those of other feeds."""
    return known.id or known.title, known.link


def known_of(entry: Entry, full: bool = False) -> Known:
    """Return what is recorded of an entry; one without text is another when its page is fetched."""
    stated = entry.known
    dates = ("", "") if entry.fired else (stated.date, stated.updated)  # the feed's own date is not the entry's
    said = [entry.id, *stated._replace(date=dates[0], updated=dates[1], publisher=""), entry.texts]
    said += ["full"] if full and not entry.texts else []
    identifier = entry.id if len(entry.id) <= MAX_ID else _hash(entry.id.encode())
    link = plain(stated.url) if len(stated.url) <= MAX_LINK else ""
    mark = _hash(msgspec.json.encode(said))
    return Known(id=identifier, link=link, title=stated.title, date=dates[0][:40], said=mark)


def _with_names(record: Known, before: Known) -> Known:
    """Return what is recorded of a changed entry: neither id nor link is forgotten."""
    return msgspec.structs.replace(record, id=record.id or before.id, link=record.link or before.link)


def _alike(one: Known, other: Known) -> bool:
    return one.title == other.title or (one.date == other.date and len(one.date) > len("2025-08-17"))


def _hash(data: bytes) -> str:
    return hashlib.blake2b(data, digest_size=10).hexdigest()

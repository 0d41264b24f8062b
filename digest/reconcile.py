"""What to do with each seed article, given what was imported before and what people did since.

The record of imports is committed beside the content it speaks of (`content/2025/08/.imported.jsonl`),
so that a fresh clone decides like the machine that imported first.
"""

import hashlib
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from enum import Enum
from itertools import count
from typing import NamedTuple

import msgspec

from digest.errors import Problem
from digest.layout import LEDGER
from digest.seeds.record import SeedArticle
from digest.urls import slugify


class Action(Enum):
    """What happens to a content file."""

    CREATE = "create"
    REFRESH = "refresh"
    SAME = "same"
    KEEP_EDITED = "keep edited"
    CONFLICT = "conflict"
    STAY_DELETED = "stay deleted"
    ORPHAN = "orphan"


class Record(msgspec.Struct, frozen=True, kw_only=True):
    """One import: which article of which seed was written where."""

    path: str
    """The content file, relative to the project."""
    id: str
    seed: str
    """The seed file, relative to the project."""
    text: str
    """Hash of the article's text in the seed."""
    earlier: tuple[str, ...] = ()
    """Such hashes of before: a copy of an earlier version elsewhere is no new article."""
    date: str
    title: str
    lead: str
    """Hash of the first block: it recognises an article whose headline was changed."""
    wrote: str
    """Hash of the content file as it was written: another on disk means that a person edited it."""
    importer: int
    """`compose.IMPORTER` of then."""


class Known(NamedTuple):
    """A seed article and the earlier import that it continues, if any."""

    article: SeedArticle
    record: Record | None


def decide(
    record: Record | None, on_disk: str | None, generated: str, text: str, acknowledged: bool = False
) -> tuple[Action, str]:
    """Return what to do with one article, and why.

    `on_disk` and `generated` are hashes of the content file as it is (None: it is not there) and as the
    seed would give it now; `text` is the hash of the seed article's text; `acknowledged` tells that the
    file's own front matter names this version of the seed: a person set it to say "I keep mine".
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
        changed = "the seed" if text != record.text else "the importer"
        return Action.REFRESH, f"{changed} changed and nobody edited the file"
    if text == record.text:
        return Action.KEEP_EDITED, "the file was edited by hand"
    if acknowledged:
        return Action.KEEP_EDITED, "the file was edited by hand, and says that it knows this version of the seed"
    return Action.CONFLICT, "the file was edited by hand, and then the seed changed"


def match(seed: str, articles: Sequence[SeedArticle], records: "Index", seeds: Collection[str]) -> list[Known]:
    """Pair the articles of one seed file with their earlier imports; identical ones elsewhere are left out.

    An article is known by its very text, even if its file was renamed; else, in the same file, by date and
    headline; else by its first paragraph and one of these two. So a file that is filled anew each day
    brings new articles and takes none away. `seeds` are the seed files that exist.
    """
    own = {record.text: record for record in records.of_seed.get(seed, ())}
    found: dict[str, Known] = {}
    others: list[SeedArticle] = []
    for article in {article.text_hash: article for article in reversed(articles)}.values():
        if article.text_hash in own:
            found[article.text_hash] = Known(article, own.pop(article.text_hash))
        else:
            others.append(article)
    changed: list[SeedArticle] = []
    for article in others:
        known = records.by_text.get(article.text_hash)
        if known is None:
            changed.append(article)
        elif known.seed not in seeds or known.text in own:
            own.pop(known.text, None)
            found[article.text_hash] = Known(article, known)
    left = list(own.values())
    for article in changed:
        record = next((old for old in left if (old.date, old.title) == (article.date, article.title)), None)
        if record is None:
            close = [
                old
                for old in left
                if old.lead == lead_of(article) and (old.title == article.title or old.date == article.date)
            ]
            record = close[0] if len(close) == 1 else None
        if record is not None:
            left.remove(record)
        found[article.text_hash] = Known(article, record)
    return sorted(found.values(), key=lambda known: known.article.line)


class Index(NamedTuple):
    """The records of all imports, as they are asked for."""

    by_path: dict[str, Record]
    by_text: dict[str, Record]
    of_seed: Mapping[str, Sequence[Record]]


def index(records: Iterable[Record]) -> Index:
    """Sort `records` out by what is asked of them."""
    by_path = {record.path: record for record in sorted(records, key=lambda record: record.path)}
    of_seed: dict[str, list[Record]] = {}
    for record in by_path.values():
        of_seed.setdefault(record.seed, []).append(record)
    by_text: dict[str, Record] = {}
    for record in by_path.values():
        for text in (record.text, *record.earlier):
            by_text.setdefault(text, record)
    return Index(by_path, by_text, of_seed)


def lead_of(article: SeedArticle) -> str:
    """Return the hash of an article's first block; empty where it has no text."""
    return fingerprint(article.blocks[0].text.encode()) if article.blocks else ""


def fingerprint(data: bytes) -> str:
    """Return the hash by which the record knows a file, whatever line ends a checkout gave it."""
    return hashlib.blake2b(data.replace(b"\r\n", b"\n"), digest_size=10).hexdigest()


def paths_for(article: SeedArticle, lang: str) -> Iterator[str]:
    """Yield the paths that a new content file of `article` may have, the nicest first."""
    stem = f"content/{article.date.replace('-', '/')}/{slugify(article.title, lang)}"
    yield f"{stem}.md"
    for number in count(2):
        yield f"{stem}-{number}.md"


def ledger_of(path: str) -> str:
    """Return the ledger that speaks of the content file `path`."""
    return "/".join([*path.split("/")[:3], LEDGER])


def read_ledger(data: bytes, path: str) -> tuple[list[Record], list[Problem]]:
    """Read the lines of a ledger; what is none (a merge gone wrong) is named."""
    records, problems = [], []
    for number, line in enumerate(data.split(b"\n"), 1):
        if line.strip():
            try:
                records.append(msgspec.json.decode(line, type=Record))
            except (msgspec.MsgspecError, UnicodeDecodeError):
                problems.append(
                    Problem(
                        "error",
                        path,
                        number,
                        "the line is no record of an import",
                        "restore it from version control, or delete the line",
                    )
                )
    return records, problems


def write_ledger(records: Iterable[Record]) -> bytes:
    """Return the bytes of a ledger: a JSON object a line, sorted by path, so that merges are easy."""
    lines = {record.path: msgspec.json.encode(record) for record in records}
    return b"".join(lines[path] + b"\n" for path in sorted(lines))

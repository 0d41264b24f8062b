"""Where an import looks things up: which articles seeds hold, and what was recorded of them."""

import os
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from functools import lru_cache, partial
from pathlib import Path
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

import msgspec

from digest import content, frontmatter, seeds
from digest.errors import Problem
from digest.fingerprints import digest_of
from digest.intake import compose, reconcile, twice
from digest.intake.ledger import Record, Version, fingerprint, read_ledger
from digest.intake.reconcile import Draft, Index
from digest.layout import LEDGER
from digest.seeds import Reading, SeedArticle

MAX_DAYS = 3
"""Days that the articles without date in one seed may have been given."""
MAX_KEPT = 32 * 1024 * 1024
"""Characters of articles that are kept until they are written; the seeds of more are read twice."""


class Read(NamedTuple):
    """What a seed file holds."""

    articles: Mapping[str, SeedArticle]
    """By the hash of their text, in their order."""
    problems: Sequence[Problem]
    digest: bytes = b""
    """Of its bytes; empty where it could not be read."""


class Met(NamedTuple):
    """What was met in seeds."""

    keys: Mapping[str, Sequence[str]]
    """Of drafts, by seed."""
    problems: Mapping[str, Sequence[Problem]]
    """What is wrong with each seed."""
    digests: Mapping[str, bytes]
    """Of the bytes of each seed; empty where it could not be read."""


class Shelf(NamedTuple):
    """Where an import looks things up."""

    root: Path
    known: Index
    existing: Collection[str]
    """All seed files."""
    reading: Reading
    how: str
    """Hash of `reading`, as in the record."""
    read: Callable[[str], Read]
    """Reads a seed file, or remembers what it holds."""

    def find(self, version: Version) -> SeedArticle | None:
        """Return the article of which `version` speaks; None where its seed has it no more."""
        return self.read(version.seed).articles.get(version.text) if version.seed in self.existing else None


def open_shelf(
    root: Path, records: Iterable[Record], todo: Collection[str], existing: Collection[str], reading: Reading
) -> Shelf:
    """Return where to look up what `records` and the seeds that exist hold; those `todo` will be imported."""
    zone = ZoneInfo(reading.timezone)
    index = reconcile.index(records, zone, todo)
    kept: dict[str, tuple[Read, int]] = {}
    size = 0

    def read(seed: str) -> Read:
        nonlocal size
        if seed not in kept:
            found = _read(root, seed, reading, zone, partial(_dates, index, seed))
            length = sum(len(block.text) for article in found.articles.values() for block in article.blocks)
            kept[seed] = found, length
            size += length
            while size > MAX_KEPT and len(kept) > 1:
                size -= kept.pop(next(iter(kept)))[1]
        return kept[seed][0]

    return Shelf(root, index, existing, reading, _how(reading), read)


def meet(
    shelf: Shelf, todo: Iterable[str], met_all: Callable[[Sequence[SeedArticle]], None] = lambda articles: None
) -> Met:
    """Read the seeds `todo`, and find out which articles they hold.

    Under the empty name stand the keys of articles whose seed is gone, but another has their text. `met_all` is told of the
    articles of each seed, as soon as it is known which they are.
    """
    known = shelf.known
    met: dict[str, list[str]] = {}
    problems: dict[str, Sequence[Problem]] = {}
    digests: dict[str, bytes] = {}
    said = lru_cache(maxsize=256)(partial(_said, shelf))
    for seed in sorted(todo, key=reconcile.natural):
        found = shelf.read(seed)
        problems[seed], digests[seed] = found.problems, found.digest
        articles = list(found.articles.values())
        met[seed] = reconcile.match(seed, articles, known, shelf.existing, (compose.IMPORTER, shelf.how), said)
        met_all(articles)
    met[""] = []
    for path, record in known.by_path.items():
        if record.also and record.seed not in shelf.existing:
            heirs = [version for version in record.also if version.text == record.text]
            if any(shelf.find(version) for version in heirs):
                known.drafts[path] = reconcile.draft_of(known, path)._replace(changed=True)
                met[""].append(path)
    return Met(met, problems, digests)


def main_of(shelf: Shelf, draft: Draft) -> tuple[Version, SeedArticle] | None:
    """Return the version that counts, and its article; None where the content file stands for it, as its seed is gone."""
    for versions in reconcile.ranked(draft, shelf.existing, shelf.known.zone):
        for version in versions:
            article = shelf.find(version)
            if article is not None:
                return version, article
        if draft.record is not None and draft.record.text == versions[0].text:
            return None
    return None


def provenance(path: Path) -> dict[str, Any]:
    """Return what a content file says under `seed:`."""
    found = header_of(path).get("seed")
    return found if isinstance(found, dict) else {}


def header_of(path: Path) -> dict[str, Any]:
    """Return the front matter of a content file; nothing where it cannot be read."""
    try:
        text = content.decode(path.read_bytes(), path.name)
        return {} if isinstance(text, Problem) else frontmatter.load(frontmatter.split(text).header)
    except (OSError, frontmatter.FrontMatterError):
        return {}


def _said(shelf: Shelf, version: Version) -> twice.Text | None:
    """Return what a version says: by its seed, or where that is gone by the content file that was made of it."""
    article = shelf.find(version)
    if article is not None:
        return twice.text_of(article)
    record = shelf.known.by_path.get(shelf.known.by_text.get(version.text, ""))
    if record is None or record.main != version:
        return None
    try:
        text = content.decode((shelf.root / record.path).read_bytes(), record.path)
        return None if isinstance(text, Problem) else twice.text_of_file(version.title, frontmatter.split(text).body)
    except (OSError, frontmatter.FrontMatterError):
        return None


def _how(reading: Reading) -> str:
    """Return what changes when seeds must be read again; a date for articles that have none is no such setting."""
    settings = [reading.languages, sorted(reading.columns.items()), sorted(reading.off)]
    return fingerprint(msgspec.json.encode(settings)) if any(settings) else ""


def _read(root: Path, seed: str, reading: Reading, zone: ZoneInfo, given: Callable[[], Mapping[str, str]]) -> Read:
    """Read a seed file; of articles that stand in it twice, the last counts, as it does among seeds.

    `given` returns the days of those that were imported before: one that has none of its own keeps the day it was given.
    """
    data = read_seed(root, seed)
    if isinstance(data, Problem):
        return Read({}, [data])
    articles, problems = seeds.parse(data, seed, reading)
    dates = given() if problems and not reading.date else {}
    for day in sorted(set(dates.values()))[:MAX_DAYS]:
        dated, left = seeds.parse(data, seed, reading._replace(date=day))
        new = {article.text_hash for article in dated} - {article.text_hash for article in articles}
        if new and all(dates.get(text) == day for text in new):
            articles, problems = dated, left
    found: dict[str, SeedArticle] = {}
    for article in articles:
        try:
            reconcile.day_of(article.date, zone)
            reconcile.day_of(article.updated or article.date, zone)
        except ValueError as error:
            problems.append(Problem("error", seed, article.line, str(error), "write it as 2025-08-17"))
        else:
            found.pop(article.text_hash, None)
            found[article.text_hash] = article
    return Read(found, problems, digest_of(data))


def _dates(known: Index, seed: str) -> Mapping[str, str]:
    """Return the texts that a seed was known to hold, each with the day of its article."""
    return {
        version.text: version.date[:10]
        for record in known.by_path.values()
        for version in (record, *record.also)
        if version.seed == seed
    }


def read_seed(root: Path, path: str) -> bytes | Problem:
    """Return the bytes of a seed, of one that is too large only the beginning."""
    try:
        with open(f"{root}/{path}", "rb", buffering=0) as file:
            size = os.fstat(file.fileno()).st_size
            return file.readall() if size <= seeds.MAX_FILE else file.read(seeds.MAX_FILE + 1)
    except OSError as error:
        return Problem("error", path, 0, f"the file cannot be read: {error.strerror}", "mend its permissions")


def read_records(root: Path, content_files: Iterable[str]) -> tuple[list[Record], list[Problem]]:
    """Return the records of all ledgers among `content_files`, and what is wrong with them."""
    records: list[Record] = []
    problems: list[Problem] = []
    for path in sorted(path for path in content_files if path.endswith(LEDGER)):
        read, wrong = read_ledger((root / path).read_bytes(), path)
        records += read
        problems += wrong
    return records, problems

"""The import: seeds in, content files out. It decides with `reconcile`, writes with `write`, and never overwrites an edit."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from functools import lru_cache, partial
from pathlib import Path
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from digest import compose, content, frontmatter, language, reconcile, seeds, twice, write
from digest.errors import Problem
from digest.layout import CONFLICTS, LEDGER
from digest.ledger import Record, Version, fingerprint, ledger_of, read_ledger, write_ledger
from digest.reconcile import MAX_VERSIONS, Action, Draft, Index
from digest.seeds import Reading, SeedArticle

MAX_DAYS = 3
"""Days that the articles without date in one seed may have been given."""
MAX_KEPT = 32 * 1024 * 1024
"""Characters of articles that are kept until they are written; the seeds of more are read twice."""


class Step(NamedTuple):
    """What was decided for one content file."""

    action: Action
    path: str
    reason: str


class Imported(NamedTuple):
    """What an import did."""

    steps: Sequence[Step]
    problems: Sequence[Problem]
    unsettled: Collection[str]
    """Seeds that must be looked at again next time: something about them was told."""
    wrote: bool
    """Whether anything below `content/` was written."""


class Read(NamedTuple):
    """What a seed file holds."""

    articles: Mapping[str, SeedArticle]
    """By the hash of their text, in their order."""
    problems: Sequence[Problem]


class Shelf(NamedTuple):
    """Where an import looks things up."""

    root: Path
    known: Index
    existing: Collection[str]
    """All seed files."""
    reading: Reading
    read: Callable[[str], Read]
    """Reads a seed file, or remembers what it holds."""

    def find(self, version: Version) -> SeedArticle | None:
        """Return the article of which `version` speaks; None where its seed has it no more."""
        return self.read(version.seed).articles.get(version.text) if version.seed in self.existing else None


def run(
    root: Path,
    todo: Iterable[str],
    gone: Collection[str],
    existing: Collection[str],
    content_files: Collection[str],
    progress: Callable[[], None],
    reading: Reading = seeds.READING,
) -> Imported:
    """Import the seed files `todo` of the project `root`; tell what the seeds that are `gone` left behind.

    `existing` are all seed files, `content_files` all Markdown files and ledgers below `content/`; `progress`
    is told for each seed; `reading` says how to read them. Files are written before the ledger that speaks of them:
    those of a killed import are known by the seed that their front matter names.
    """
    records, problems = read_records(root, content_files)
    todo = list(todo)
    shelf = open_shelf(root, records, todo, existing, reading)
    known = shelf.known
    met, wrong = meet(shelf, todo)
    problems += [problem for found in wrong.values() for problem in found]
    unsettled = {seed for seed, found in wrong.items() if any(problem.severity == "error" for problem in found)}
    steps: list[Step] = []
    updated: set[str] = set()
    done: set[str] = set()
    for seed, keys in met.items():
        for key in keys:
            if key in done:
                continue
            done.add(key)
            draft = known.drafts[key]
            step, record, problem = _import_one(shelf, draft, content_files)
            if step is not None:
                steps.append(step)
            if record is not None:
                known.by_path[record.path] = record
                updated.add(record.path)
            if problem is not None:
                problems.append(problem)
                unsettled |= {version.seed for version in draft.versions}
        if seed:
            progress()
    _write_ledgers(root, known, updated)
    write.sweep(root)
    orphans = (
        Step(Action.ORPHAN, path, f"its seed {record.seed} is gone; the article stays")
        for path, record in sorted((path, record) for path, record in known.by_path.items() if record.seed in gone)
    )
    return Imported([*steps, *orphans], problems, unsettled, bool(updated))


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
            found = _read(root, seed, reading, zone, _dates(index, seed))
            length = sum(len(block.text) for article in found.articles.values() for block in article.blocks)
            kept[seed] = found, length
            size += length
            while size > MAX_KEPT and len(kept) > 1:
                size -= kept.pop(next(iter(kept)))[1]
        return kept[seed][0]

    return Shelf(root, index, existing, reading, read)


def meet(shelf: Shelf, todo: Iterable[str]) -> tuple[dict[str, list[str]], dict[str, Sequence[Problem]]]:
    """Read the seeds `todo`, and find out which articles they hold: return keys of drafts and what is wrong, by seed.

    Under the empty name stand articles whose seed is gone, but another has their text.
    """
    known = shelf.known
    met: dict[str, list[str]] = {}
    problems: dict[str, Sequence[Problem]] = {}
    said = lru_cache(maxsize=256)(partial(_said, shelf))
    for seed in sorted(todo, key=reconcile.natural):
        found = shelf.read(seed)
        problems[seed] = found.problems
        articles = list(found.articles.values())
        met[seed] = reconcile.match(seed, articles, known, shelf.existing, compose.IMPORTER, said)
    met[""] = []
    for path, record in known.by_path.items():
        if record.also and record.seed not in shelf.existing:
            heirs = [version for version in record.also if version.text == record.text]
            if any(shelf.find(version) for version in heirs):
                known.drafts[path] = reconcile.draft_of(known, path)._replace(changed=True)
                met[""].append(path)
    return met, problems


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


def _import_one(
    shelf: Shelf, draft: Draft, files: Collection[str]
) -> tuple[Step | None, Record | None, Problem | None]:
    """Import one article; return what was decided, the record to keep where it is another, and what to tell."""
    root, record = shelf.root, draft.record
    found = main_of(shelf, draft) if draft.changed else None
    if found is None:
        if record is None:
            return None, None, None  # the seed was changed or deleted just now
        action, reason = reconcile.decide(record, _fingerprint(root, record.path), record.wrote, record.text)
        new = (
            _record(shelf, draft, record.main, record.path, record.wrote, record.importer) if draft.changed else record
        )
        return Step(action, record.path, reason), new if new != record else None, None
    main, article = found
    lang = _language(article, shelf.reading)
    path = record.path if record else _free_path(shelf, draft, main, lang, files)
    data = _generated(shelf, draft, main, article, lang, path)
    wrote = fingerprint(data)
    on_disk = _fingerprint(root, path)
    acknowledged = on_disk is not None and names_version(root / path, main.sha256)
    action, reason = reconcile.decide(record, on_disk, wrote, main.text, acknowledged)
    if action is Action.KEEP_EDITED and record is None and _was_left_half_done(shelf, draft, path, on_disk):
        action, reason = Action.REFRESH, "an import that did not end wrote the file, and nobody edited it"
    step = Step(action, path, reason)
    if action is Action.CONFLICT:
        assert record is not None
        write.put(root / CONFLICTS, path, data)
        return step, None, conflict(record, main, article)
    if action in (Action.CREATE, Action.REFRESH):
        write.put(root, path, data)
    ours = record is None or action in (Action.CREATE, Action.REFRESH, Action.SAME)
    new = _record(shelf, draft, main, path, wrote if record is None or ours else record.wrote, compose.IMPORTER)
    return step, new if new != record else None, None


def _record(shelf: Shelf, draft: Draft, main: Version, path: str, wrote: str, importer: int) -> Record:
    """Return what is recorded of an article of which `main` was written to `path`."""
    others = _others(shelf, draft, main)
    date = reconcile.date_of(draft, shelf.known.zone)
    forgotten = [version.text for version in others[:-MAX_VERSIONS]]
    return Record(
        **{name: getattr(main, name) for name in Version.__struct_fields__},
        path=path,
        id=draft.record.id if draft.record else _new_id(path),
        first=date if date != main.date else "",
        also=tuple(others[-MAX_VERSIONS:]),
        earlier=tuple(dict.fromkeys((*forgotten, *draft.earlier)))[-MAX_VERSIONS:],
        wrote=wrote,
        importer=importer,
    )


def _others(shelf: Shelf, draft: Draft, main: Version) -> list[Version]:
    """Return the versions that are not `main`, the oldest first."""
    others = (version for version in draft.versions if (version.seed, version.text) != (main.seed, main.text))
    return sorted(others, key=lambda version: reconcile.order(version, shelf.known.zone))


def _generated(shelf: Shelf, draft: Draft, main: Version, article: SeedArticle, lang: str, path: str) -> bytes:
    """Return the content file that the seeds give."""
    zone = shelf.known.zone
    others = _others(shelf, draft, main)[-MAX_VERSIONS:]
    date, updated = reconcile.date_of(draft, zone), reconcile.updated_of(draft, main, zone)
    return compose.compose(
        article,
        main.seed,
        lang,
        draft.record.id if draft.record else _new_id(path),
        [(version.seed, version.sha256) for version in others],
        date if date != main.date else "",
        updated if updated != main.updated else "",
    ).encode()


def _new_id(path: str) -> str:
    """Return the id of an article that was first written to `path`: so it does not matter which version came first."""
    return content.new_id(f"import {path}")


def _language(article: SeedArticle, reading: Reading) -> str:
    text = "\n".join(block.text for block in article.blocks) or article.body or ""
    return language.detect(f"{article.title}\n{text}", reading.languages, article.lang)


def _free_path(shelf: Shelf, draft: Draft, main: Version, lang: str, files: Collection[str]) -> str:
    """Return where a new article goes: the first path that is free, or that holds this very article already.

    `lang` is the language of `main`.
    """
    zone = shelf.known.zone
    origin = reconcile.origin_of(draft, zone)
    if origin != main and (article := shelf.find(origin)):
        lang = _language(article, shelf.reading)
    hashes = {version.sha256 for version in draft.versions}
    for path in reconcile.paths_for(reconcile.day_of(origin.date, zone), origin.title, lang):
        if path in shelf.known.by_path:
            continue
        if path not in files and not (shelf.root / path).exists():
            return path
        if _provenance(shelf.root / path).get("sha256") in hashes:
            return path
    raise AssertionError("paths_for never ends")


def _was_left_half_done(shelf: Shelf, draft: Draft, path: str, on_disk: str | None) -> bool:
    """Tell whether the file is what an import wrote that did not come to its end, when fewer seeds were there."""
    named = _provenance(shelf.root / path)
    also = named.get("also")
    hashes = {named.get("sha256"), *(one.get("sha256") for one in also or () if isinstance(one, dict))}
    then = draft._replace(versions=tuple(version for version in draft.versions if version.sha256 in hashes))
    found = main_of(shelf, then) if then.versions else None
    if found is None:
        return False
    lang = _language(found[1], shelf.reading)
    return fingerprint(_generated(shelf, then, *found, lang, path)) == on_disk


def conflict(record: Record, main: Version, article: SeedArticle) -> Problem:
    """Say that an edited file was kept though its seed changed, and how a person ends that."""
    path = record.path
    hint = f"compare it with {CONFLICTS}/{path}: to keep yours, write `sha256: {main.sha256}` under its `seed:`; to take the seed's, copy that file over it"
    since = "changed since" if main.seed == record.seed else "has a newer version since"
    return Problem(
        "warning", path, 1, f"you edited this file, and {main.seed}:{article.line} {since}; yours was kept", hint
    )


def names_version(path: Path, sha256: str) -> bool:
    """Tell whether the file says under `seed:` that it knows this version of its seed."""
    return _provenance(path).get("sha256") == sha256


def _provenance(path: Path) -> dict[str, Any]:
    """Return what a content file says under `seed:`."""
    try:
        text = content.decode(path.read_bytes(), path.name)
        found = {} if isinstance(text, Problem) else frontmatter.load(frontmatter.split(text).header).get("seed")
    except (OSError, frontmatter.FrontMatterError):
        return {}
    return found if isinstance(found, dict) else {}


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


def _fingerprint(root: Path, path: str) -> str | None:
    try:
        return fingerprint((root / path).read_bytes())
    except OSError:
        return None


def _dates(known: Index, seed: str) -> Mapping[str, str]:
    """Return the texts that a seed was known to hold, each with the day of its article."""
    found = {text: known.by_path.get(key) for text, key in known.of_seed.get(seed, {}).items()}
    return {text: record.date[:10] for text, record in found.items() if record is not None}


def _read(root: Path, seed: str, reading: Reading, zone: ZoneInfo, dates: Mapping[str, str]) -> Read:
    """Read a seed file; of articles that stand in it twice, the first counts.

    `dates` are the days of those that were imported before: one that has none of its own keeps the day it was given.
    """
    data = read_seed(root, seed)
    if isinstance(data, Problem):
        return Read({}, [data])
    articles, problems = seeds.parse(data, seed, reading)
    for day in sorted(set(dates.values()))[:MAX_DAYS] if problems and not reading.date else ():
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
    return Read(found, problems)


def read_seed(root: Path, path: str) -> bytes | Problem:
    """Return the bytes of a seed, of one that is too large only the beginning."""
    try:
        with open(root / path, "rb") as file:
            return file.read(seeds.MAX_FILE + 1)
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


def _write_ledgers(root: Path, known: Index, updated: Collection[str]) -> None:
    """Write the ledgers in which a record is new or another."""
    of_folder: dict[str, list[Record]] = {ledger_of(path).removesuffix(LEDGER): [] for path in updated}
    for path, record in known.by_path.items():
        if (folder := path[: len("content/2025/08/")]) in of_folder:
            of_folder[folder].append(record)
    for folder, records in sorted(of_folder.items()):
        write.put(root, folder + LEDGER, write_ledger(records))

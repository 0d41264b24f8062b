"""The import: seeds in, content files out. It decides with `reconcile`, writes with `write`, and never overwrites an edit."""

import os
import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from digest import content, write
from digest.editor.vocabulary import Vocabulary
from digest.errors import Problem
from digest.intake import compose, reconcile, tagging
from digest.intake.ledger import Record, Version, fingerprint, ledger_of, write_ledger
from digest.intake.reconcile import MAX_VERSIONS, Action, Draft, Index
from digest.intake.shelf import Shelf, header_of, main_of, meet, open_shelf, provenance, read_records
from digest.intake.tagging import Tagger, Tags
from digest.layout import CONFLICTS, CONTENT, LEDGER
from digest.seeds import READING, Reading, SeedArticle

NO_TOPICS = Vocabulary()
_MONTH = re.compile(rf"{CONTENT}/(\d{{4}}/\d\d)/.+\.md$")


class Step(NamedTuple):
    """What was decided for one content file."""

    action: Action
    path: str
    reason: str


class Imported(NamedTuple):
    """What an import did."""

    steps: Sequence[Step]
    problems: Sequence[Problem]
    once: Collection[Problem]
    """Those of them that only this import tells: no mistakes, and nobody may want to mend them."""
    unsettled: Collection[str]
    """Seeds that must be looked at again next time: something about them was told."""
    wrote: bool
    """Whether anything below `content/` was written."""
    told: Mapping[str, Sequence[Problem]]
    """What is wrong with each seed that was read; `problems` has it too."""
    digests: Mapping[str, bytes]
    """Of the bytes of each of them."""


def run(
    root: Path,
    todo: Iterable[str],
    gone: Collection[str],
    existing: Collection[str],
    content_files: Collection[str],
    progress: Callable[[], None],
    reading: Reading = READING,
    own: Vocabulary = NO_TOPICS,
) -> Imported:
    """Import the seed files `todo` of the project `root`; tell what the seeds that are `gone` left behind.

    `existing` are all seed files, `content_files` all Markdown files and ledgers below `content/`; `progress`
    is told for each seed; `reading` says how to read them, `own` are the digest's own topics. Files are written before
    the ledger that speaks of them: those of a killed import are known by the seed that their front matter names.
    """
    records, problems = read_records(root, content_files)
    earlier = [record.path for record in records]
    todo = list(todo)
    shelf = open_shelf(root, records, todo, existing, reading)
    known = shelf.known
    reader = tagging.Reader(known, reading)
    met, wrong, digests = meet(shelf, todo, reader.read)
    tagger = tagging.tagger(reader.found(), known, existing, own)
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
            step, record, problem = _import_one(shelf, tagger, draft, content_files)
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
    late = list(_late(steps, earlier))
    once = [*late, *(problem for seed, found in wrong.items() if seed not in unsettled for problem in found)]
    _write_ledgers(root, known, updated)
    write.sweep(root)
    orphans = (
        Step(Action.ORPHAN, path, f"its seed {record.seed} is gone; the article stays")
        for path, record in sorted((path, record) for path, record in known.by_path.items() if record.seed in gone)
    )
    return Imported([*steps, *orphans], [*problems, *late], once, unsettled, bool(updated), wrong, digests)


def _late(steps: Iterable[Step], earlier: Iterable[str]) -> Iterator[Problem]:
    """Tell of new articles in months that are closed: the feed's archive of these was read, and is read only once.

    `earlier` are the content files that imports before this one made.
    """
    newest = max((found[1] for found in map(_MONTH.match, earlier) if found), default="")
    months = {step.path: _MONTH.match(step.path) for step in steps if step.action is Action.CREATE}
    late = [(path, found[1]) for path, found in months.items() if found and found[1] < newest]
    if late:
        path, month = late[0]
        others = f", nor {len(late) - 1:,} more" if len(late) > 1 else ""
        message = f"the article came late: {month.replace('/', '-')} is closed, and readers of the feed will not see it{others}"
        yield Problem("warning", path, 0, message, "where they should, add `updated: ` with the day of today")


def _import_one(
    shelf: Shelf, tagger: Tagger, draft: Draft, files: Collection[str]
) -> tuple[Step | None, Record | None, Problem | None]:
    """Import one article; return what was decided, the record to keep where it is another, and what to tell."""
    root, record = shelf.root, draft.record
    found = main_of(shelf, draft) if draft.changed else None
    if found is None:
        if record is None:
            return None, None, None  # the seed was changed or deleted just now
        action, reason = reconcile.decide(record, _fingerprint(root, record.path), record.wrote, record.text)
        new = record
        if draft.changed:
            tags = Tags(record.topics, record.stated, record.terms)
            new = _record(shelf, draft, record.main, tags, record.path, record.wrote, record.importer, record.how)
        return Step(action, record.path, reason), new if new != record else None, None
    main, article = found
    lang = tagger.lang(main) or tagging.language_of(article, shelf.reading)
    path = record.path if record else _free_path(shelf, draft, main, lang, files)
    on_disk = _fingerprint(root, path)
    there = header_of(root / path) if record is None and on_disk is not None else {}
    tags = tagging.tags_of(tagger, record, main, article, lang, there)
    data = _generated(shelf, draft, main, article, lang, path, tags.topics)
    wrote = fingerprint(data)
    acknowledged = on_disk is not None and names_version(root / path, main.sha256)
    action, reason = reconcile.decide(record, on_disk, wrote, main.text, acknowledged)
    if (
        action is Action.KEEP_EDITED
        and record is None
        and _was_left_half_done(shelf, tagger, draft, path, on_disk, there)
    ):
        action, reason = Action.REFRESH, "an import that did not end wrote the file, and nobody edited it"
    step = Step(action, path, reason)
    if action is Action.CONFLICT:
        assert record is not None
        write.put(root / CONFLICTS, path, data)
        return step, None, conflict(record, main, article)
    if action in (Action.CREATE, Action.REFRESH):
        write.put(root, path, data)
    ours = record is None or action in (Action.CREATE, Action.REFRESH, Action.SAME)
    wrote = wrote if record is None or ours else record.wrote
    new = _record(shelf, draft, main, tags, path, wrote, compose.IMPORTER, shelf.how)
    return step, new if new != record else None, None


def _record(
    shelf: Shelf, draft: Draft, main: Version, tags: Tags, path: str, wrote: str, importer: int, how: str
) -> Record:
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
        how=how,
        **tags._asdict(),
    )


def _others(shelf: Shelf, draft: Draft, main: Version) -> list[Version]:
    """Return the versions that are not `main`, the oldest first."""
    others = (version for version in draft.versions if (version.seed, version.text) != (main.seed, main.text))
    return sorted(others, key=lambda version: reconcile.order(version, shelf.known.zone))


def _generated(
    shelf: Shelf, draft: Draft, main: Version, article: SeedArticle, lang: str, path: str, topics: tuple[str, ...]
) -> bytes:
    """Return the content file that the seeds give."""
    zone = shelf.known.zone
    others = _others(shelf, draft, main)[-MAX_VERSIONS:]
    date, updated = reconcile.date_of(draft, zone), reconcile.updated_of(draft, main, zone)
    return compose.compose(
        tagging.with_topics(article, topics),
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


def _free_path(shelf: Shelf, draft: Draft, main: Version, lang: str, files: Collection[str]) -> str:
    """Return where a new article goes: the first path that is free, or that holds this very article already.

    `lang` is the language of `main`.
    """
    zone = shelf.known.zone
    origin = reconcile.origin_of(draft, zone)
    if origin != main and (article := shelf.find(origin)):
        lang = tagging.language_of(article, shelf.reading)
    hashes = {version.sha256 for version in draft.versions}
    for path in reconcile.paths_for(reconcile.day_of(origin.date, zone), origin.title, lang):
        if path in shelf.known.by_path:
            continue
        if path not in files and not os.path.exists(f"{shelf.root}/{path}"):
            return path
        if provenance(shelf.root / path).get("sha256") in hashes:
            return path
    raise AssertionError("paths_for never ends")


def _was_left_half_done(
    shelf: Shelf, tagger: Tagger, draft: Draft, path: str, on_disk: str | None, header: Mapping[str, Any]
) -> bool:
    """Tell whether the file is what an import wrote that did not come to its end, when fewer seeds were there.

    `header` is its front matter.
    """
    named = provenance(shelf.root / path)
    also = named.get("also")
    hashes = {named.get("sha256"), *(one.get("sha256") for one in also or () if isinstance(one, dict))}
    then = draft._replace(versions=tuple(version for version in draft.versions if version.sha256 in hashes))
    found = main_of(shelf, then) if then.versions else None
    if found is None:
        return False
    lang = tagging.language_of(found[1], shelf.reading)
    topics = tagging.tags_of(tagger, None, *found, lang, header).topics
    return fingerprint(_generated(shelf, then, *found, lang, path, topics)) == on_disk


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
    return provenance(path).get("sha256") == sha256


def _fingerprint(root: Path, path: str) -> str | None:
    try:
        with open(f"{root}/{path}", "rb") as file:
            return fingerprint(file.read())
    except OSError:
        return None


def _write_ledgers(root: Path, known: Index, updated: Collection[str]) -> None:
    """Write the ledgers in which a record is new or another."""
    of_folder: dict[str, list[Record]] = {ledger_of(path).removesuffix(LEDGER): [] for path in updated}
    for path, record in known.by_path.items():
        if (folder := path[: len("content/2025/08/")]) in of_folder:
            of_folder[folder].append(record)
    for folder, records in sorted(of_folder.items()):
        write.put(root, folder + LEDGER, write_ledger(records))

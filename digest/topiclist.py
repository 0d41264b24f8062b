"""The topics of a digest: which there are, which there could be, and how one gets another name everywhere."""

import difflib
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import NamedTuple

import msgspec

from digest import content, frontmatter, write
from digest.editor import renaming, terms, topics, vocabulary
from digest.editor.vocabulary import Vocabulary
from digest.errors import DigestError, Problem
from digest.frontmatter import FrontMatterError
from digest.intake import tagging
from digest.intake.ledger import Record, fingerprint, ledger_of, write_ledger
from digest.intake.shelf import read_records
from digest.library import usual_name
from digest.model import Article
from digest.urls import topic_slug

MOST_CANDIDATES = 50
"""New names that are shown, those in most articles first."""
NEAR = 3
"""Topics that are named to who wrote one that there is not."""


class Row(msgspec.Struct, frozen=True):
    """A topic, or a name that could become one."""

    name: str
    slug: str
    count: int
    """Articles that have it; of a candidate, those that would get it."""
    vocabulary: bool
    """Whether it is one of `topics.yml`."""
    candidate: bool


class Renamed(NamedTuple):
    """What a renaming did."""

    changed: Sequence[str]
    """The content files, sorted."""
    problems: Sequence[Problem]


def find(articles: Sequence[Article], own: Vocabulary) -> list[Row]:
    """Return the topics that `articles` have or the vocabulary names, those of most articles first."""
    names: dict[str, Counter[str]] = {}
    counts: Counter[str] = Counter()
    for article in articles:
        counts.update({topic_slug(name) for name in article.topics})
        for name in article.topics:
            names.setdefault(topic_slug(name), Counter())[name] += 1
    ours = {topic_slug(topic.name): topic.name for topic in own.topics}
    rows = [
        Row(ours.get(slug) or usual_name(names[slug]), slug, counts[slug], slug in ours, candidate=False)
        for slug in {**names, **ours}
    ]
    return sorted(rows, key=_most_first)


def candidates(root: Path, articles: Sequence[Article], own: Vocabulary, told: Callable[[int, int], None]) -> list[Row]:
    """Return the names that recur in the newest articles and that no article has as a topic yet.

    Their files are read for it, and `told` how many of how many were.
    """
    newest = sorted(articles, key=lambda article: (-article.order, article.id))[: topics.WINDOW]
    read = []
    for article in newest:
        text = _text(root, article)
        read.append((article.lang, text, terms.terms(*text, article.lang)))
        told(1, len(newest))
    known = topics.archive([terms.marks(found) for _, _, found in read], {})
    used = {name for article in articles for name in article.topics}
    taken = {topic_slug(name) for name in (*used, *(topic.name for topic in own.topics))}
    counts: Counter[str] = Counter()
    names: dict[str, Counter[str]] = {}
    for lang, text, found in read:
        for one in topics.candidates(found, *text, lang, own, known, 2 * topics.MOST):
            if one.reason == "new" and (slug := topic_slug(one.name)) not in taken:
                counts[slug] += 1
                names.setdefault(slug, Counter())[one.name] += 1
    rows = [Row(usual_name(names[slug]), slug, counts[slug], vocabulary=False, candidate=True) for slug in names]
    return sorted(rows, key=_most_first)[:MOST_CANDIDATES]


def _most_first(row: Row) -> tuple[int, str, str]:
    return -row.count, row.name.casefold(), row.slug


def _text(root: Path, article: Article) -> tuple[str, str, str]:
    """Return title, lead and the rest of an article's text."""
    try:
        text = content.decode((root / article.body.file).read_bytes(), article.body.file)
        body = "" if isinstance(text, Problem) else frontmatter.split(text).body
    except (OSError, FrontMatterError):
        body = ""
    return tagging.parts_of_file(article.title, body)


def rename(
    root: Path, articles: Sequence[Article], files: Iterable[str], old: str, new: str, own: Vocabulary, merge: bool
) -> Renamed:
    """Give the topic `old` of all `articles` the name `new`, and touch nothing else in their files.

    With `merge` there must be a topic `new`, else there must be none. `files` are all below `content/`. The records
    come first: a renaming that was stopped leaves files that count as edited until it is done again, and no file is lost.
    Raises DigestError where a name is wrong.
    """
    rows = find(articles, own)
    old, new = old.strip(), new.strip()
    _check(rows, old, new, merge)
    records, broken = read_records(root, files)
    if broken:  # what is wrong there would be lost
        raise DigestError(f"{broken[0].path}:{broken[0].line}: {broken[0].message}", broken[0].hint)
    by_path = {record.path: _in_record(record, record.topics, old, new) for record in records}
    problems: list[Problem] = []
    todo: dict[str, bytes] = {}
    for article in sorted(articles, key=lambda article: article.body.file):
        path = article.body.file
        if not any(topic_slug(name) == topic_slug(old) and name != new for name in article.topics):
            continue
        found = _in_file(root, path, old, new)
        if isinstance(found, Problem):
            problems.append(found)
            continue
        before, todo[path] = found
        record = by_path.get(path)
        if record is not None and fingerprint(before) == record.wrote:
            record = record if record.topics else _in_record(record, article.topics, old, new)
            by_path[path] = msgspec.structs.replace(record, wrote=fingerprint(todo[path]))
    of_ledger: dict[str, list[Record]] = {}
    for record in by_path.values():
        of_ledger.setdefault(ledger_of(record.path), []).append(record)
    changed = {ledger_of(record.path) for record in records if by_path[record.path] != record}
    for ledger in sorted(changed):
        write.put(root, ledger, write_ledger(of_ledger[ledger]))
    for path, data in todo.items():
        write.put(root, path, data)
    write.sweep(root)
    return Renamed(list(todo), problems)


def _in_record(record: Record, names: Sequence[str], old: str, new: str) -> Record:
    """Return the record of an article that has the topics `names`, with `new` in the place of `old`."""
    if not any(topic_slug(name) == topic_slug(old) for name in names):
        return record
    renamed = tuple(dict.fromkeys(new if topic_slug(name) == topic_slug(old) else name for name in names))
    return msgspec.structs.replace(record, topics=renamed, stated=record.stated or tuple(names))


def _check(rows: Sequence[Row], old: str, new: str, merge: bool) -> None:
    """Refuse names that are wrong. Raises DigestError."""
    names = {row.slug: row.name for row in rows}
    there = {row.slug for row in rows if row.count}
    if topic_slug(old) not in there:
        raise DigestError(f"no article has the topic {old[:60]!r}", _near(old, rows))
    if not vocabulary.of_names([new]).topics:
        raise DigestError(f"{new[:60]!r} is no name of a topic", "write one line of words, at most 100 characters")
    same = topic_slug(old) == topic_slug(new)
    if merge and same:
        raise DigestError(f"{old!r} and {new!r} are the same topic already", "`--rename` gives it one spelling")
    if merge and topic_slug(new) not in names:
        raise DigestError(f"there is no topic {new[:60]!r}", f"{_near(new, rows)}; `--rename` makes a new one")
    if not merge and not same and topic_slug(new) in there:
        raise DigestError(f"there is a topic {names[topic_slug(new)]!r} already", "`--merge` puts one into the other")


def _near(name: str, rows: Sequence[Row]) -> str:
    folded = {row.name.casefold(): row.name for row in reversed(rows)}
    near = difflib.get_close_matches(name.casefold(), folded, NEAR, 0.6)
    return f"did you mean {' or '.join(repr(folded[one]) for one in near)}?" if near else "`digest topics` lists them"


def _in_file(root: Path, path: str, old: str, new: str) -> tuple[bytes, bytes] | Problem:
    """Return a content file as it is and as it will be."""
    try:
        before = (root / path).read_bytes()
        after = renaming.in_file(before.decode(), old, new)
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else error
        return Problem("error", path, 0, f"the file cannot be read: {reason}", "mend it, and rename again")
    if after is None:
        message = f"the topic {old!r} is written in a way that cannot be changed without touching more"
        return Problem("error", path, 1, message, f"write {new!r} there by hand")
    return before, after.encode()

"""Which articles are in which state, of which topic, source, day and language."""

import difflib
import re
from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlsplit

from digest import reader
from digest.build import read_topics
from digest.config import Settings, is_language
from digest.errors import DigestError, Problem
from digest.inputs import Inputs
from digest.intake import settled
from digest.intake.importing import conflict, names_version
from digest.intake.ledger import Record, fingerprint
from digest.intake.shelf import main_of, meet, open_shelf, read_records
from digest.library import assemble, with_stories
from digest.look import illegible
from digest.model import Article
from digest.pages import curation, redirects
from digest.reader import Contents
from digest.seeds import READING, Reading
from digest.store import Memory
from digest.stories import coverage
from digest.urls import topic_slug
from digest.workers import serial

PROBLEMS = "problems"


class Wanted(NamedTuple):
    """Which articles to list: those that are all of this; what is empty does not count."""

    state: str = ""
    topic: str = ""
    source: str = ""
    day: str = ""
    """A day, month or year: `2025-08-17`, `2025-08`, `2025`."""
    lang: str = ""


class Listed(NamedTuple):
    """An article, and the states that it is in."""

    states: tuple[str, ...]
    article: Article


class Listing(NamedTuple):
    """What there is to list."""

    rows: list[Listed]
    """Newest first."""
    problems: list[Problem]
    """What is wrong with files that could not be read, or everything that a build would tell."""
    hint: str = ""
    """Where there are no rows: a topic or source that was perhaps meant."""


def find(
    root: Path, memory: Memory, found: Inputs, settings: Settings, now: int, wanted: Wanted, reading: Reading = READING
) -> Listing:
    """Return the articles that are `wanted`; for `problems` none, but everything that a build would tell.

    Nothing is written. `now` is in microseconds since 1970, `reading` says how seeds are read. Raises DigestError
    where something wanted makes no sense.
    """
    _refuse(wanted)
    contents = reader.glance(root, memory, found, settings, features=wanted.state == PROBLEMS)
    problems = [*found.problems, *contents.problems]
    if wanted.state == PROBLEMS:
        problems += [*illegible(settings.theme, found.config.name), *read_topics(root)[1]]
        problems += _problems(memory, contents, now)
        problems += _seed_problems(root, memory, found, reading)
        return Listing([], sorted(problems, key=lambda problem: (problem.path, problem.line)))
    edited = {record.path for record in _edited(root, found)}
    articles = sorted(contents.articles, key=lambda article: (-article.order, article.id))
    listed = [Listed(_states(article, now, edited), article) for article in articles]
    rows = [row for row in listed if _fits(row, wanted)]
    return Listing(rows, problems, "" if rows else _meant(contents.articles, wanted))


def _refuse(wanted: Wanted) -> None:
    if wanted.state == PROBLEMS and any(wanted[1:]):
        raise DigestError("problems are of files, and have no topic, source, day or language", "leave the option out")
    if wanted.day and not _is_day(wanted.day):
        raise DigestError(f"--day: {wanted.day[:40]!r} is no day, month or year", "write 2025-08-17, 2025-08 or 2025")
    if wanted.lang and not is_language(wanted.lang):
        raise DigestError(f"--lang: {wanted.lang[:40]!r} is not a language tag", "write for example `de` or `pt-BR`")


def _is_day(text: str) -> bool:
    try:
        date.fromisoformat(f"{text}-01-01"[:10])
    except ValueError:
        return False
    return re.fullmatch(r"\d{4}(-\d\d){0,2}", text) is not None


def _states(article: Article, now: int, edited: set[str]) -> tuple[str, ...]:
    states = ["draft"] * article.draft + ["future"] * (article.due > now)
    states += ["expired"] * (article.expires is not None and article.expires <= now)
    states = states or ["published"]
    states += ["retracted"] * bool(article.retracted)
    states += ["edited"] * (article.body.file in edited)
    return tuple(states)


def _fits(row: Listed, wanted: Wanted) -> bool:
    article = row.article
    return (
        (not wanted.state or wanted.state.removesuffix("s") in row.states)
        and (not wanted.topic or topic_slug(wanted.topic) in map(topic_slug, article.topics))
        and (not wanted.source or wanted.source.casefold() in _source_names(article))
        and f"{article.date}-".startswith(f"{wanted.day}-" if wanted.day else "")
        and (not wanted.lang or f"{article.lang}-".lower().startswith(f"{wanted.lang}-".lower()))  # RFC 4647, 3.3.1
    )


def _source_names(article: Article) -> set[str]:
    """Return by what the source of an article can be called: its name, and the host of its address."""
    if article.source is None:
        return set()
    host = urlsplit(article.source.url).hostname or ""
    return {article.source.name.casefold(), host, host.removeprefix("www.")} - {""}


def _meant(articles: Iterable[Article], wanted: Wanted) -> str:
    """Return what was perhaps meant by a topic or a source that no article has."""
    topics: Mapping[str, str] = {name.casefold(): name for article in articles for name in article.topics}
    sources = {name: name for article in articles for name in _source_names(article)}
    for kind, name, known in (("topic", wanted.topic, topics), ("source", wanted.source, sources)):
        there = {topic_slug(one) for one in known} if kind == "topic" else set(known)
        if name and (topic_slug(name) if kind == "topic" else name.casefold()) not in there:
            near = difflib.get_close_matches(name.casefold(), sorted(known), 3, 0.6)
            meant = f"; did you mean {' or '.join(repr(known[one]) for one in near)}?" if near else ""
            return f"no article has the {kind} {name[:60]!r}{meant}"
    return ""


def _problems(memory: Memory, contents: Contents, now: int) -> list[Problem]:
    """Return what is wrong among articles, stories and editions; drafts count as they do where they are shown."""
    _, clashes = assemble(contents.articles, now, drafts=True, future=True)
    shelf, _ = assemble(contents.articles, now)
    covered = coverage.glance(memory.days(), shelf, contents.features, serial)
    shelf = with_stories(shelf, covered.story_of)
    chosen = curation.choices(contents.editions, contents.articles, shelf.days, covered.story_of)
    return [*clashes, *redirects.find(shelf.articles)[1], *covered.problems, *chosen.problems]


def _seed_problems(root: Path, memory: Memory, found: Inputs, reading: Reading) -> list[Problem]:
    """Return what is wrong with seeds, and the edited files whose seed changed since."""
    records, problems = read_records(root, found.content)
    known = settled.find(root, memory, found, reading).seeds
    problems += settled.problems(memory, known)
    todo = [seed for seed in found.seeds if seed not in known]
    if not todo:
        return problems
    shelf = open_shelf(root, records, todo, found.seeds, reading)
    edited = {record.path for record in _edited(root, found)}
    met, wrong, _ = meet(shelf, todo)
    problems += [problem for of_seed in wrong.values() for problem in of_seed]
    for key in dict.fromkeys(key for keys in met.values() for key in keys):
        draft = shelf.known.drafts[key]
        if draft.record is None or not draft.changed or draft.record.path not in edited:
            continue
        newest = main_of(shelf, draft)
        if newest is None or newest[0].text == draft.record.text:
            continue
        main, article = newest
        if not names_version(root / draft.record.path, main.sha256):
            problems.append(conflict(draft.record, main, article))
    return problems


def _edited(root: Path, found: Inputs) -> list[Record]:
    """Return the imports whose file a person changed since."""
    records, _ = read_records(root, found.content)
    present = (record for record in records if record.path in found.content)
    return [record for record in present if fingerprint((root / record.path).read_bytes()) != record.wrote]

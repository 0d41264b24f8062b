"""What `digest stories` tells: which articles tell of one event, and why."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple
from zoneinfo import ZoneInfo

from digest import content, inputs, library, reader
from digest.config import Settings
from digest.editor import stories, words
from digest.errors import DigestError, Problem
from digest.inputs import Inputs
from digest.library import Library
from digest.model import Article
from digest.pages.curation import Written
from digest.store import Memory
from digest.stories import coverage
from digest.stories.coverage import Coverage
from digest.workers import serial


class Covered(NamedTuple):
    """The articles of a project and the stories that they are in."""

    articles: Sequence[Article]
    """All of them, those too that no site shows now; newest first."""
    shown: Library
    coverage: Coverage
    editions: Sequence[Written]
    """What people chose for editions."""
    problems: Sequence[Problem]


def find(root: Path, memory: Memory, found: Inputs, settings: Settings, now: int) -> Covered:
    """Return the stories of the project `root` as a site built at `now` (microseconds since 1970) would show them."""
    contents = reader.read(root, memory, found, settings, serial, lambda *_: None)
    shelf, clashes = library.assemble(contents.articles, now)
    covered = coverage.find(memory, shelf, contents.features, serial)
    articles = sorted(contents.articles, key=lambda article: (-article.order, article.id))
    problems = [*found.problems, *contents.problems, *clashes, *covered.problems]
    return Covered(articles, library.with_stories(shelf, covered.story_of), covered, contents.editions, problems)


def as_json(covered: Covered) -> str:
    """Return a JSON array of every article's content file and story (null where it stands alone)."""
    rows = [{"path": a.body.file, "story": covered.coverage.story_of.get(a.id)} for a in covered.articles]
    return json.dumps(rows, ensure_ascii=False, indent=1)


def as_lines(covered: Covered) -> list[str]:
    """Return each story with its articles, the newest story first."""
    lines = []
    for story in covered.shown.stories.values():
        first, last = story.articles[-1].date, story.articles[0].date
        days = first if first == last else f"{first} – {last}"
        lines.append(f"{story.slug}: {len(story.articles)} articles, {days}")
        lines += [f"  {article.body.file}\t{article.title}" for article in reversed(story.articles)]
    alone = len(covered.shown.articles) - len(covered.coverage.story_of)
    many = len(covered.shown.stories)
    return [
        *lines,
        f"{many:,} {'story' if many == 1 else 'stories'}; {alone:,} {'article stands' if alone == 1 else 'articles stand'} alone",
    ]


def explain(root: Path, covered: Covered, one: str, other: str) -> list[str]:
    """Say why two articles, named by their content files or addresses, are or are not one story. Raises DigestError."""
    pair = [_named(covered, name) for name in (one, other)]
    if pair[0].id == pair[1].id:
        raise DigestError(f"{one} and {other} are the same article", "name two")
    found = stories.explain(covered.coverage.items, covered.coverage.known, pair[0].id, pair[1].id)
    assert found is not None, "both are shown"
    spelled: dict[int, str] = {}
    for article in pair:
        file = article.body.file
        read = content.read(inputs.read(f"{root}/{file}", content.MAX_FILE), file, ZoneInfo("UTC"), article.lang)
        if not isinstance(read, Problem):
            spelled |= words.spelled(article.title, article.summary, read[1])
    names = [f"{article.body.file}: {covered.coverage.story_of.get(article.id, 'no story')}" for article in pair]
    return [*names, *stories.told(found, spelled)]


def _named(covered: Covered, name: str) -> Article:
    wanted = name.strip("/").removesuffix("/index.html")
    for article in covered.shown.articles:
        if article.body.file == wanted or article.href.removesuffix("/index.html") == wanted:
            return article
    there = any(article.body.file == wanted for article in covered.articles)
    hint = "it is a draft, in the future, or expired" if there else "name its file, for example content/2025/08/17/x.md"
    raise DigestError(f"{name}: no article of the site is there", hint)

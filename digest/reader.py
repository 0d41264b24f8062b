"""Reading content files: those that are new or another are parsed, what the rest say is remembered."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import NamedTuple
from zoneinfo import ZoneInfo

import msgspec

from digest import content, curation, inputs
from digest.config import Settings, SourceRule
from digest.curation import Written
from digest.errors import Problem
from digest.inputs import Inputs
from digest.model import Article
from digest.store import Memory, Parsed
from digest.workers import Mapper


class Contents(NamedTuple):
    """What all content files say."""

    articles: Sequence[Article]
    features: Mapping[str, bytes]
    """What each article is about (see `editor.words`), by its content file."""
    problems: Sequence[Problem]
    """What is wrong with files that could not be read."""
    editions: Sequence[Written] = ()
    """What people chose for editions, as their files say it."""


class Chunk(NamedTuple):
    """What some content files gave: encoded articles with their features, and problems."""

    articles: list[tuple[bytes, bytes]]
    problems: list[Problem]


def reading_of(settings: Settings) -> str:
    """Return what changes when a setting does that decides how content files are read."""
    return f"{settings.timezone} {settings.language} {settings.sources}"


def read(
    root: Path,
    memory: Memory,
    found: Inputs,
    settings: Settings,
    mapper: Mapper,
    progress: Callable[[str, int, int], None],
) -> Contents:
    """Return what all content files say, parsing those that are new or another."""
    reader = f"{found.program} {reading_of(settings)}"
    remembered = memory.articles()
    valid = remembered if memory.note("reader") == reader else {}
    files = found.articles()
    same = {
        path: valid[path]
        for path, signed in files.items()
        if signed and path in valid and valid[path].signature == signed
    }
    todo = [path for path in files if path not in same]
    decode = msgspec.msgpack.Decoder(Article).decode
    articles = [decode(parsed.article) for parsed in same.values()]
    features = {path: parsed.features for path, parsed in same.items()}
    changed: dict[str, Parsed] = {}
    problems: list[Problem] = []
    for chunk in mapper(partial(_parse, root, settings.timezone, settings.language, settings.sources), todo):
        for blob, about in chunk.articles:
            articles.append(decode(blob))
            path = articles[-1].body.file
            features[path] = about
            changed[path] = Parsed(files[path], blob, about)
        problems += chunk.problems
        progress("reading articles", len(chunk.articles) + len(chunk.problems), len(todo))
    if todo or len(same) != len(remembered):
        memory.set_note("reader", "")
        memory.set_articles(changed, remembered.keys() - same.keys() - changed.keys())
        memory.set_note("reader", reader)
    editions, wrong = _editions(root, memory, found)
    return Contents(articles, features, [*problems, *wrong], editions)


def _editions(root: Path, memory: Memory, found: Inputs) -> tuple[list[Written], list[Problem]]:
    """Return what the files of editions say, reading those that are new, another, or had a problem."""
    remembered = memory.editions()
    files = found.editions()
    decode = msgspec.msgpack.Decoder(Written).decode
    said: list[Written] = []
    changed: dict[str, tuple[str, bytes]] = {}
    problems: list[Problem] = []
    for path, signed in files.items():
        signature = f"{found.program} {signed}"
        known = remembered.get(path)
        if signed and known and known[0] == signature:
            said.append(decode(known[1]))
            continue
        try:
            data = inputs.read(f"{root}/{path}", curation.MAX_FILE)
        except OSError as error:
            problems.append(_unreadable(path, error))
            continue
        written, wrong = curation.read(data, path)
        said += [written] if written else []
        problems += wrong
        if written and signed and not wrong:
            changed[path] = (signature, msgspec.msgpack.encode(written))
    if changed or remembered.keys() - files.keys():
        memory.set_editions(changed, remembered.keys() - files.keys())
    return said, problems


def _unreadable(path: str, error: OSError) -> Problem:
    hint = "mend its permissions, or delete it"
    return Problem("error", path, 0, f"the file cannot be read: {error.strerror}", hint)


def _parse(root: Path, timezone: str, language: str, sources: Sequence[SourceRule], paths: Sequence[str]) -> Chunk:
    """Read and parse content files; it may run in a worker process."""
    from digest.editor import words  # numpy: only where a file is new

    encode = msgspec.msgpack.Encoder().encode
    zone = ZoneInfo(timezone)
    articles: list[Article] = []
    texts: list[tuple[str, str, str]] = []
    problems: list[Problem] = []
    for path in paths:
        try:
            data = inputs.read(f"{root}/{path}", content.MAX_FILE)
        except OSError as error:
            problems.append(_unreadable(path, error))
            continue
        found = content.read(data, path, zone, language, sources)
        if isinstance(found, Problem):
            problems.append(found)
        else:
            article, text = found
            articles.append(article)
            texts.append((article.title, article.summary, text))
    features = words.features_of(texts)
    return Chunk([(encode(article), about) for article, about in zip(articles, features, strict=True)], problems)

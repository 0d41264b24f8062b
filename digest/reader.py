"""Reading content files: those that are new or another are parsed, what the rest say is remembered."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple
from zoneinfo import ZoneInfo

import msgspec

from digest import content, inputs
from digest.config import Settings, SourceRule
from digest.errors import Problem
from digest.inputs import Inputs
from digest.model import Article
from digest.pages import curation
from digest.pages.curation import Written
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
    decoded: Mapping[str, tuple[bytes, Article]] = MappingProxyType({})
    """The articles by their files, with what they were decoded from."""


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
    known: Mapping[str, tuple[bytes, Article]] = MappingProxyType({}),
    meanwhile: Callable[[], None] = lambda: None,
) -> Contents:
    """Return what all content files say, parsing those that are new or another.

    What is `known` to be decoded from the same bytes need not be decoded again; `meanwhile` is what to do while other
    processes read.
    """
    reader = f"{found.program} {reading_of(settings)}"
    remembered = memory.articles()
    files, same = _known(found, remembered if memory.note("reader") == reader else {})
    todo = [path for path in files if path not in same]
    decode = msgspec.msgpack.Decoder(Article).decode
    decoded = {
        path: before
        if (before := known.get(path)) and before[0] == parsed.article
        else (parsed.article, decode(parsed.article))
        for path, parsed in same.items()
    }
    features = {path: parsed.features for path, parsed in same.items()}
    changed: dict[str, Parsed] = {}
    problems: list[Problem] = []
    parse = partial(_parse, root, settings.timezone, settings.language, settings.sources)
    for chunk in mapper(parse, todo, meanwhile=meanwhile):
        for blob, about in chunk.articles:
            article = decode(blob)
            path = article.body.file
            decoded[path] = (blob, article)
            features[path] = about
            changed[path] = Parsed(files[path], blob, about)
        problems += chunk.problems
        progress("reading articles", len(chunk.articles) + len(chunk.problems), len(todo))
    if todo or len(same) != len(remembered):
        memory.set_note("reader", "")
        memory.set_articles(changed, remembered.keys() - same.keys() - changed.keys())
        memory.set_note("reader", reader)
    remembered_editions = memory.editions()
    editions, wrong, kept = _editions(root, remembered_editions, found)
    if kept != remembered_editions:
        memory.set_editions(kept)
    articles = [article for _, article in decoded.values()]
    return Contents(articles, features, [*problems, *wrong], editions, decoded)


def glance(root: Path, memory: Memory, found: Inputs, settings: Settings) -> Contents:
    """Return what all content files say, without features, and remember nothing: for those who only look."""
    reader = f"{found.program} {reading_of(settings)}"
    files, same = _known(found, memory.articles() if memory.note("reader") == reader else {})
    decode = msgspec.msgpack.Decoder(Article).decode
    articles = [decode(parsed.article) for parsed in same.values()]
    problems: list[Problem] = []
    for path in files:
        if path not in same:
            one = _article(root, path, settings.zone, settings.language, settings.sources)
            if isinstance(one, Problem):
                problems.append(one)
            else:
                articles.append(one[0])
    editions, wrong, _ = _editions(root, memory.editions(), found)
    return Contents(articles, {}, [*problems, *wrong], editions)


def _known(found: Inputs, valid: Mapping[str, Parsed]) -> tuple[dict[str, str], dict[str, Parsed]]:
    """Return the signatures of all content files, and what is known of those that still are as they were."""
    files = found.articles()
    same = {
        path: valid[path]
        for path, signed in files.items()
        if signed and path in valid and valid[path].signature == signed
    }
    return files, same


def _editions(
    root: Path, remembered: Mapping[str, tuple[str, bytes]], found: Inputs
) -> tuple[list[Written], list[Problem], dict[str, tuple[str, bytes]]]:
    """Return what the files of editions say, what is wrong with them, and what to remember of those without a problem.

    Only those that are new, another, or had a problem are read.
    """
    decode = msgspec.msgpack.Decoder(Written).decode
    said: list[Written] = []
    problems: list[Problem] = []
    known: dict[str, tuple[str, bytes]] = {}
    for path, signed in found.editions().items():
        signature = f"{found.program} {signed}"
        if signed and path in remembered and remembered[path][0] == signature:
            known[path] = remembered[path]
            said.append(decode(known[path][1]))
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
            known[path] = (signature, msgspec.msgpack.encode(written))
    return said, problems, known


def _parse(root: Path, timezone: str, language: str, sources: Sequence[SourceRule], paths: Sequence[str]) -> Chunk:
    """Read and parse content files; it may run in a worker process."""
    from digest.editor import words  # numpy: only where a file is new

    encode = msgspec.msgpack.Encoder().encode
    zone = ZoneInfo(timezone)
    articles: list[Article] = []
    texts: list[tuple[str, str, str]] = []
    problems: list[Problem] = []
    for path in paths:
        found = _article(root, path, zone, language, sources)
        if isinstance(found, Problem):
            problems.append(found)
        else:
            article, text = found
            articles.append(article)
            texts.append((article.title, article.summary, text))
    features = words.features_of(texts)
    return Chunk([(encode(article), about) for article, about in zip(articles, features, strict=True)], problems)


def _article(
    root: Path, path: str, zone: ZoneInfo, language: str, sources: Sequence[SourceRule]
) -> tuple[Article, str] | Problem:
    """Read and parse one content file."""
    try:
        data = inputs.read(f"{root}/{path}", content.MAX_FILE)
    except OSError as error:
        return _unreadable(path, error)
    return content.read(data, path, zone, language, sources)


def _unreadable(path: str, error: OSError) -> Problem:
    hint = "mend its permissions, or delete it"
    return Problem("error", path, 0, f"the file cannot be read: {error.strerror}", hint)

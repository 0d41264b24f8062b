"""Arranging an edition: the file in which a person does it, begun with what the day has; then, what it does not name."""

import os
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from digest.build import reading_of
from digest.config import Settings
from digest.errors import DigestError, Problem
from digest.inputs import Inputs
from digest.intake import settled
from digest.layout import EDITION
from digest.library import Library
from digest.model import Article
from digest.pages import curation, edition
from digest.pages.curation import NAMING, Written
from digest.store import Memory
from digest.stories import covered

_HEADLINE = 90
"""Characters of a headline beside its article."""
_HEAD = """\
# The edition of {day}. What stands here goes before the weight of the articles; delete the file, and they decide again.
# A name is the last part of an article's or a story's address. A line that begins with # does nothing.

# title: A name for the edition
# note: |
#   Words above it, in **Markdown**. A link to an article of the day: [Read this]({first}/).
# lead: {first}
# hide:  # Not in the edition; the pages stay, and the archive names them.
#   - {first}

# From top to bottom; lead and pinned articles go before. What is not named follows by its weight.
order:
"""


class Arranged(NamedTuple):
    """The file of an edition."""

    day: str
    path: str
    made: bool
    """Whether it is new."""
    unnamed: Sequence[str]
    """Lines for its `order`, of the articles of the day that it does not name."""
    seeds: int
    """Seeds that are not imported, so that their articles are not there yet."""
    problems: Sequence[Problem]
    """Of this day."""


def begin(root: Path, memory: Memory, found: Inputs, settings: Settings, now: int, day: str) -> Arranged:
    """Make the file of the edition of a `day` (`YYYY-MM-DD`; empty: the latest), or look at the one that is there.

    `now` is in microseconds since 1970. Raises DigestError where there is no such edition, or the file cannot be made.
    """
    told = covered.find(root, memory, found, settings, now)
    shelf = told.shown
    chosen = curation.choices(told.editions, told.articles, shelf.days, shelf.story_of)
    day = day or next(iter(shelf.days), "")
    lines = list(_lines(shelf, told.articles, day, now))
    if not lines:
        what = f"there are no articles of {day}" if day else "there is no edition yet"
        raise DigestError(what, "`digest import` brings in seeds, `digest list` names the articles that there are")
    path = curation.path_of(day)
    made = _make(
        root / path, path, _HEAD.format(day=day, first=_name(lines[0][0])) + "".join(line for _, line in lines)
    )
    written = next((one for one in told.editions if one.date == day), None)
    unnamed = [line for article, line in lines if written and not _is_named(article, written, shelf)]
    folder = path.removesuffix(EDITION)
    problems = [*told.problems, *chosen.problems]
    imported = settled.find(root, memory, found, reading_of(settings)).seeds
    return Arranged(
        day,
        path,
        made,
        unnamed,
        len(found.seeds) - len(imported),
        [problem for problem in problems if problem.path.startswith(folder)],
    )


def _lines(shelf: Library, articles: Sequence[Article], day: str, now: int) -> Iterator[tuple[Article, str]]:
    """Yield a day's articles as they stand now, each with its line of `order`; last those that are not shown yet."""
    shown = shelf.days.get(day, ())
    for piece in edition.pieces(shown, shelf.story_of):
        yield piece.lead, _line(piece.lead)
        for other in piece.others:
            yield other, _line(other, f"the same story: {shelf.story_of[other.id]}")
    there = {key for article in shown for key in (article.id, article.slug)}
    waiting = [one for one in articles if one.date == day and not there & {one.id, one.slug}]
    for piece in edition.pieces([one for one in waiting if one.expires is None or one.expires > now], {}):
        yield piece.lead, _line(piece.lead, "a draft" if piece.lead.draft else "not due yet")


def _line(article: Article, more: str = "") -> str:
    headline = " ".join(article.title.split())  # line ends of every kind would end the comment
    short = f"{headline[:_HEADLINE].rstrip()} …" if len(headline) > _HEADLINE else headline
    return f"  - {_name(article)}  # {short}{f' ({more})' if more else ''}\n"


def _name(article: Article) -> str:
    return "'null'" if article.slug == "null" else article.slug  # YAML's word for nothing


def _is_named(article: Article, written: Written, shelf: Library) -> bool:
    names = {article.slug, shelf.story_of.get(article.id)}
    return any(names.intersection(getattr(written, key)) for key in NAMING)


def _make(target: Path, path: str, text: str) -> bool:
    """Make the file, and tell whether it was made: one that is there stays as it is."""
    if os.path.lexists(target):
        return False
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        with target.open("x", encoding="utf-8", newline="\n") as file:
            file.write(text)
    except OSError as error:
        raise DigestError(f"{path} cannot be made: {error.strerror}", "make the folder writable") from error
    return True

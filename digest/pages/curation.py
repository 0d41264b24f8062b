"""Curation: the file in which a person composes the edition of a day, read, and held against the articles of that day."""

import difflib
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import cache
from typing import Any, NamedTuple

import msgspec

from digest import content, frontmatter
from digest.editor.stories import NONE
from digest.errors import Problem
from digest.frontmatter import FrontMatterError
from digest.layout import CONTENT, EDITION
from digest.model import Article
from digest.stories import story

KEYS = ("title", "note", "lead", "order", "pin", "hide")
NAMING = ("lead", "order", "pin", "hide")
"""The keys that name articles and stories."""
MAX_FILE = 1024 * 1024
"""Bytes."""
MAX_TITLE = 200
"""Characters."""
MAX_NOTE = 20_000
"""Characters of Markdown."""
MAX_PROBLEMS = 20
"""Told of one file."""
_PLACE = re.compile(rf"{CONTENT}/(\d{{4}})/(\d\d)/(\d\d)/[^/]+")
_KEY = re.compile(r"[\"']?([\w-]+)[\"']?[ \t]*:")
_NAME = re.compile(r"[^\s,\[\]{}'\"]+")


class Written(msgspec.Struct, frozen=True, gc=False, array_like=True):
    """What an edition's file says, by the names that it gives."""

    file: str
    date: str
    title: str = ""
    note: str = ""
    lead: tuple[str, ...] = ()
    """One name, or none."""
    order: tuple[str, ...] = ()
    pin: tuple[str, ...] = ()
    hide: tuple[str, ...] = ()
    lines: dict[str, int] = {}
    """On which line a key stands (`order`), and a name below it (`order rain`)."""


class Choice(msgspec.Struct, frozen=True, gc=False, array_like=True):
    """What a person chose for an edition.

    It names articles by id and stories by slug; these cannot be mistaken for each other, since an id holds a colon.
    """

    title: str = ""
    note: str = ""
    """Markdown."""
    first: tuple[str, ...] = ()
    """What leads it, then what is pinned."""
    order: tuple[str, ...] = ()
    hide: tuple[str, ...] = ()
    """Articles only."""


class Found(NamedTuple):
    """What people chose, by day, and what of it cannot be."""

    choices: Mapping[str, Choice]
    problems: Sequence[Problem]


def path_of(day: str) -> str:
    """Return where the file of a day (`YYYY-MM-DD`) is."""
    return f"{CONTENT}/{day.replace('-', '/')}/{EDITION}"


def read(data: bytes, path: str) -> tuple[Written | None, list[Problem]]:
    """Read the file of an edition. What is wrong in it is left out and told; None where nothing is of use."""
    day = _day(path)
    if not path.endswith(f"/{EDITION}"):
        return None, [_problem(path, 0, "a file of this name is not read", f"rename it to {EDITION}")]
    if not day:
        hint = f"move it to the folder of its day, for example {path_of('2025-08-17')}"
        return None, [_problem(path, 0, "an edition is that of a day, and this folder is none", hint)]
    if len(data) > MAX_FILE:
        message = f"the file has more than {MAX_FILE:,} bytes"
        return None, [_problem(path, 0, message, "name the articles that matter; the others follow by themselves")]
    text = content.decode(data, path)
    if isinstance(text, Problem):
        return None, [text]
    try:
        values = frontmatter.load(text)
    except FrontMatterError as error:
        message = error.message.replace("the front matter", "the file")
        return None, [_problem(path, max(error.line - 1, 1), message, error.hint)]
    lines = _lines(text)
    said: dict[str, Any] = {}
    wrong: list[tuple[str, str, str]] = []
    for key, value in values.items():
        if key not in KEYS:
            near = difflib.get_close_matches(key, KEYS, 1, 0.5)
            hint = f"did you mean `{near[0]}`?" if near else f"known keys: {', '.join(KEYS)}"
            wrong.append((key, f"unknown key `{key[:40]}`", hint))
        elif key in NAMING:
            said[key] = tuple(_names(key, value, wrong))
        else:
            said[key] = _text(key, value, wrong)
    problems = [_problem(path, lines.get(place, 1), *told) for place, *told in wrong[:MAX_PROBLEMS]]
    stands = {f"{key} {name}" for key in NAMING for name in said.get(key, ())}
    known = {place: line for place, line in lines.items() if place in KEYS or place in stands}
    return Written(path, day, **said, lines=known), problems


def _day(path: str) -> str:
    found = _PLACE.fullmatch(path)
    try:
        return date.fromisoformat("-".join(found.groups())).isoformat() if found else ""
    except ValueError:
        return ""


def _lines(text: str) -> dict[str, int]:
    """Return on which line of a file each key stands first, and each word below it."""
    found: dict[str, int] = {}
    key = ""
    for number, line in enumerate(text.split("\n"), 1):
        if begins := _KEY.match(line):
            key = begins[1]
            found.setdefault(key, number)
        if key in NAMING:
            for word in _NAME.findall(line.partition(" #")[0]):
                found.setdefault(f"{key} {word}", number)
    return found


def _text(key: str, value: Any, wrong: list[tuple[str, str, str]]) -> str:
    limit = MAX_TITLE if key == "title" else MAX_NOTE
    if value is None:
        return ""
    if not isinstance(value, str):
        mend = "write it on one line" if key == "title" else "write `note: |`, and the text below it, indented"
        wrong.append((key, f"`{key}` must be a text", mend))
    elif len(value) > limit:
        wrong.append((key, f"`{key}` has {len(value):,} characters, more than {limit:,}", "shorten it"))
    elif sign := content.control(value):
        wrong.append((key, f"`{key}` holds U+{ord(sign[0]):04X}, which no page can show", "take it out"))
    else:
        return " ".join(value.split()) if key == "title" else value.strip("\n")
    return ""


def _names(key: str, value: Any, wrong: list[tuple[str, str, str]]) -> Iterator[str]:
    """Yield what a key names: a text or a list of them, `lead` one only."""
    listed = value if isinstance(value, list) else [value]
    named: dict[str, None] = {}
    for one in listed:
        if one is None:
            continue
        if not isinstance(one, str) or (key == "lead" and isinstance(value, list)):
            mend = "write `lead: SLUG`" if key == "lead" else f"write `{key}:`, and below it a line `- SLUG` for each"
            what = "one article or story" if key == "lead" else "a list of articles or stories"
            wrong.append((key, f"`{key}` must be {what}, by the last part of the address", mend))
            return
        name = one.strip()
        if name in named:
            wrong.append((f"{key} {name}", f"`{key}` names `{name[:60]}` twice", "delete one of the lines"))
        elif name:
            named[name] = None
            yield name


def choices(
    written: Iterable[Written],
    articles: Sequence[Article],
    days: Mapping[str, Sequence[Article]],
    story_of: Mapping[str, str],
) -> Found:
    """Return what the files of editions choose.

    A name is that of one of the day's `articles`, whether it is shown now or not, or of a story that has one of them.
    `days` are the articles that are shown, by day, and `story_of` has the stories' slugs by article id.
    """
    by_day = {one.date: one for one in written}
    known: dict[str, dict[str, str]] = {day: {} for day in by_day}
    for article in articles if by_day else ():
        if article.date in known:
            names = known[article.date]
            names[article.slug] = article.id
            if article.story and (name := story.name_of(article.story)) != NONE:
                names.setdefault(name, name)

    @cache
    def elsewhere() -> Mapping[str, str]:
        return dict(sorted((article.slug, article.date) for article in articles))

    chosen: dict[str, Choice] = {}
    problems: list[Problem] = []
    for day, one in by_day.items():
        shown = days.get(day, ())
        of_stories = {slug: slug for article in shown if (slug := story_of.get(article.id))}
        own = {article.slug: article.id for article in shown}  # before drafts of the same name
        if not known[day]:
            message, hint = f"there are no articles of {day}", "delete the file, or put it into the folder of its day"
            problems.append(_problem(one.file, 1, message, hint))
            continue
        found = _choose(one, {**of_stories, **known[day], **own}, shown, story_of)
        chosen[day] = found.choice
        for key, name in found.unknown[:MAX_PROBLEMS]:
            line = one.lines.get(f"{key} {name}") or one.lines.get(key, 1)
            near = name.strip("/").rpartition("/")[2].removesuffix(".md")
            close = difflib.get_close_matches(near, {**of_stories, **known[day]}, 1, 0.6)
            hint = "write the last part of an article's or a story's address, or take it out"
            if close:
                hint = f"did you mean `{close[0]}`?"
            elif there := elsewhere().get(near):
                hint = f"that is an article of {there}: only its own edition can name it"
            message = f"`{key}` names `{name[:60]}`, which is no article or story of {day}"
            problems.append(_problem(one.file, line, message, hint))
        problems += found.problems
    return Found(chosen, sorted(problems))


class _Chosen(NamedTuple):
    choice: Choice
    unknown: Sequence[tuple[str, str]]
    """Keys, and the names below them that nothing has."""
    problems: Sequence[Problem]


def _choose(one: Written, known: Mapping[str, str], shown: Sequence[Article], story_of: Mapping[str, str]) -> _Chosen:
    """Return what a file chooses among what is `known` by the names that it may give."""
    listed = {key: [known.get(name, "") for name in getattr(one, key)] for key in NAMING}
    unknown = [(key, name) for key in NAMING for name in getattr(one, key) if name not in known]
    away = {*filter(None, listed["hide"])}
    hidden = {article.id for article in shown if article.id in away or story_of.get(article.id) in away}
    problems = []
    for lead in filter(None, listed["lead"]):
        behind = [article.id for article in shown if lead in (article.id, story_of.get(article.id))]
        if behind and hidden.issuperset(behind):
            message = f"the lead `{one.lead[0]}` is hidden, so it leads nothing"
            hint = "take it out of `hide`, or let another lead"
            problems.append(_problem(one.file, one.lines.get("lead", 1), message, hint))
            listed["lead"] = []
    if shown and len(hidden) == len(shown):
        message, hint = "all articles of the day are hidden, so its edition is empty", "take one out of `hide`"
        problems.append(Problem("warning", one.file, one.lines.get("hide", 1), message, hint))
    first = tuple(dict.fromkeys(filter(None, [*listed["lead"], *listed["pin"]])))
    order = tuple(dict.fromkeys(filter(None, listed["order"])))
    return _Chosen(Choice(one.title, one.note, first, order, tuple(sorted(hidden))), unknown, problems)


def _problem(path: str, line: int, message: str, hint: str) -> Problem:
    return Problem("error", path, line, message, hint)

"""The header of an article in plain text, in the forms that people write: what it is called, from when, by whom."""

import datetime as dt
import re
from functools import cache
from typing import NamedTuple

from digest.seeds import when
from digest.seeds.record import Fired, Reading
from digest.seeds.structure.forms import SHOWN, fire
from digest.seeds.structure.rules import KEYS, PHRASES, QUOTES

MAX_TITLE = 1000
"""Characters of a headline."""
MAX_TITLE_LINE = 200
"""Characters of a line that is a headline for where it stands."""
MAX_HEAD = 6
"""Lines of a paragraph that headline and date stand in."""
MAX_KEYS = 60
"""Lines of a header of keys and values."""

MARK = re.compile(r"(?:\A|(?<=\n)(?<!\S\n))[ \t]*date[ \t]+(\d{4}-\d{1,2}-\d{1,2})(?!\S)[ \t]*(.*)")
"""The header of the seed format: ` date 2025-08-17 Headline`, at the top or after a blank line."""
_LOOSE_MARK = re.compile(r"date[ \t]+(\d{1,4}[./]\d{1,2}[./]\d{1,4})(?!\S)[ \t]*(.*)")
_DASHES = re.compile(r"\n[ \t]*-{3,}[ \t]*\n\s*(?=\S)")
_KEY_LINE = re.compile(r"[ \t]*([^\W\d_][^:：\n]{0,30}?)[ \t]?[:：][ \t]*(.*)")
_BLANK = re.compile(r"\n[^\S\n]*\n")
_FIRST_KEYS = frozenset(KEYS) - {"text", "image", "caption", "summary"}


class Header(NamedTuple):
    """What an article's header says."""

    title: str
    date: str
    rest: str
    """The text below it."""
    line: int
    """In which line of the article `rest` begins, from 0."""
    kicker: str = ""
    fired: tuple[Fired, ...] = ()
    above: tuple[tuple[int, str], ...] = ()
    """Lines of text, each with its number from 0, that stand between headline and date."""
    keys: dict[str, str] | None = None
    """Of a header of keys and values: what it states, by the names in `KEYS`, and `""` for none; others by their own name."""


class Refused(NamedTuple):
    """Why a text is no article, as a Problem says it."""

    line: int
    """Of the article, from 0."""
    message: str
    hint: str


_NO_HEADER = Refused(
    0,
    "there is no header line with a date",
    "start the article with a line like ` date 2025-08-17 Headline`, or give its date with `digest import --date 2025-08-17`",
)


def read(text: str, path: str, reading: Reading) -> Header | Refused:
    """Read the header of an article from the top of its `text`, which has no blank space around it.

    Where it has no date, the file's name or folder may, or `reading` gives one. A headline is never looked for
    further down.
    """
    known = MARK.match(text)
    if known is not None:
        return _marked(text, known, reading)
    if "key-lines" not in reading.off and (header := _keys(text, path, reading)):
        return header
    return _lines(text, path, reading)


def _marked(text: str, found: re.Match[str], reading: Reading) -> Header | Refused:
    """Read ` date 2025-08-17 "Kicker" Headline`."""
    try:
        date = dt.date(*map(int, found[1].split("-"))).isoformat()
    except ValueError as error:
        hint = "correct it to a day of the calendar, YYYY-MM-DD"
        return Refused(0, f"the date {found[1]} is impossible: {error}", hint)
    kicker, title = split_kicker(found[2].strip(), reading.off)
    if not title:
        return Refused(0, "the header has no headline", "write the headline after the date")
    if len(title) > MAX_TITLE or len(kicker) > MAX_TITLE:
        message = f"the headline has {len(title) + len(kicker):,} characters, more than {MAX_TITLE:,}"
        return Refused(0, message, "put a blank line between headline and text")
    fired = (fire("kicker", kicker),) if kicker else ()
    return Header(title, date, text[found.end() :], 0, kicker, fired)


def split_kicker(headline: str, off: frozenset[str] = frozenset()) -> tuple[str, str]:
    """Cut `"Kicker" Headline`: a quoted sentence before a whole headline, with nothing that ties them.

    Where capitals do not tell a sentence from a name (in Title Case, and in scripts without them), nothing is cut.
    """
    closers = QUOTES.get(headline[:1], "")
    end = min((at for mark in closers if (at := headline.find(mark, 1)) > 0), default=-1)
    if end < 0 or "kicker" in off or not headline[end + 1 : end + 2].isspace():
        return "", headline
    kicker, title = headline[1:end].strip(), headline[end + 1 :].strip()
    said, words = kicker.split(), title.split()
    if (
        len(said) < 3
        or len(words) < 3
        or not said[0][0].isupper()
        or not (words[0][0].isupper() or words[0][0].isdecimal())
    ):
        return "", headline
    is_sentence = any(len(word) > 3 and word.islower() and word.isalpha() for word in said)
    small = sum(word[0].islower() for word in words)
    return (kicker, title) if is_sentence and 3 * small > len(words) else ("", headline)


def _keys(text: str, path: str, reading: Reading) -> Header | None:
    """Read lines of `Key: value`, if the article begins with them and they state a headline or a date."""
    first = _KEY_LINE.match(text)
    if first is None or _key(first[1]) not in _FIRST_KEYS:
        return None
    rows = text.split("\n")
    stated: dict[str, str] = {}
    name = ""
    at = 0
    for at, row in enumerate(rows[: MAX_KEYS + 1]):
        found = _KEY_LINE.fullmatch(row)
        if not row.strip() or at == MAX_KEYS:
            break
        if name and row[0] in " \t" and (found is None or not _key(found[1])):
            stated[name] = f"{stated[name]} {row.strip()}".strip()
        elif found is None:
            break
        else:
            name = _key(found[1]) or found[1].strip()
            if name == "text":
                rows[at] = found[2]
                break
            stated[name] = f"{stated[name]}, {found[2].strip()}" if name in stated else found[2].strip()
    else:
        at = len(rows)
    if not stated.get("title") and not when.moment(stated.get("date", "")):
        return None
    fired = [fire("key-lines", rows[0])]
    if date := stated.get("date", ""):
        moment = _moment(date, reading, fired) or date
    else:
        moment = _other_date(path, reading, fired)
    rest = "\n".join(rows[at:])
    line = at
    title = stated.get("title", "")
    if not title and (below := _title_at_top(rest)):
        title, skipped = below
        fired.append(fire("title-line", title))
        line += rest.count("\n", 0, skipped)
        rest = rest[skipped:]
    kicker = stated.get("kicker", "")
    if not kicker:
        kicker, title = split_kicker(title, reading.off)
    return Header(title, moment, rest, line, kicker, tuple(fired), keys=stated)


@cache
def _key_names() -> dict[str, str]:
    return {
        key.strip(): name
        for name, text in KEYS.items()
        for row in text.split("\n")
        for key in row.split(";")
        if key.strip()
    }


def _key(word: str) -> str:
    """Return what a key states; empty for one that is not known."""
    return _key_names().get(word.strip().casefold(), "")


def _lines(text: str, path: str, reading: Reading) -> Header | Refused:
    """Read a headline on the first line, and a date above it, below it, in the path or in `reading`."""
    fired: list[Fired] = []
    looks = (_word_before, _date_above, _date_below, _title_alone) if "title-line" not in reading.off else ()
    found = next((header for look in looks if (header := look(text, reading, fired))), None)
    if found is None:
        return _NO_HEADER
    date = found.date or _other_date(path, reading, fired)
    if not date:
        return _NO_HEADER
    kicker, title = split_kicker(found.title, reading.off)
    if kicker:
        fired.append(fire("kicker", kicker))
    return found._replace(title=title, kicker=kicker, date=date, fired=(fire("title-line", found.title), *fired))


def _word_before(text: str, reading: Reading, fired: list[Fired]) -> Header | None:
    """Read `date 17.08.2025 Headline`, the header of the seed format with its date in another form."""
    found = _LOOSE_MARK.match(text)
    if found is None or not 0 < len(title := found[2].strip()) <= MAX_TITLE:
        return None
    date = _moment(found[1], reading, fired)
    return Header(title, date, text[found.end() :], 0) if date else None


def _date_above(text: str, reading: Reading, fired: list[Fired]) -> Header | None:
    first, _, _ = text.partition("\n")
    below = text[len(first) :]
    found = _title_at_top(below)
    if found is None or not (date := _date_line(first.strip(), reading, fired)):
        return None
    title, end = found
    return Header(title, date, below[end:], below.count("\n", 0, end))


def _date_below(text: str, reading: Reading, fired: list[Fired]) -> Header | None:
    """Read a headline with a date in its paragraph, or with one as the paragraph below."""
    blank = _BLANK.search(text)
    head = text[: blank.start()] if blank else text
    rows = head.split("\n", MAX_HEAD)
    title = rows[0].strip()
    if len(rows) > MAX_HEAD or max(map(len, rows)) > MAX_TITLE_LINE:
        return None
    for at, row in enumerate(rows[1:], 1):
        if date := _date_line(row.strip(), reading, fired):
            above = tuple(enumerate(map(str.strip, rows[1:at]), 1))
            rest = "\n".join(["", *rows[at + 1 :]]) + text[len(head) :]
            return Header(title, date, rest, at, above=above)
    if blank is None or len(rows) > 1:
        return None
    start = len(text) - len(text[blank.start() :].lstrip("\n \t"))
    row, _, rest = text[start:].partition("\n")
    date = _date_line(row.strip(), reading, fired)
    return Header(title, date, rest, text.count("\n", 0, start) + 1) if date else None


def _title_alone(text: str, reading: Reading, fired: list[Fired]) -> Header | None:
    found = _title_at_top(text)
    return Header(found[0], "", text[found[1] :], 0) if found and text[found[1] :].strip() else None


def _title_at_top(text: str) -> tuple[str, int] | None:
    """Return the line at the top of `text` that is alone and short enough to be a headline, and where it ends."""
    body = text.lstrip("\n \t")
    row, _, below = body.partition("\n")
    title = row.strip()
    if not title or len(title) > MAX_TITLE_LINE or below.partition("\n")[0].strip():
        return None
    return title, len(text) - len(body) + len(row)


def _date_line(row: str, reading: Reading, fired: list[Fired]) -> str:
    """Return the moment that a line states, if it is a date and nothing else but a word that says so."""
    if "date-line" in reading.off or not 6 <= len(row) <= when.MAX_DATE or not any(map(str.isdecimal, row)):
        return ""
    guessed: list[Fired] = []
    moment = _moment(_without_label(row), reading, guessed)
    if moment:
        fired += [fire("date-line", row), *guessed]
    return moment


def _moment(text: str, reading: Reading, fired: list[Fired]) -> str:
    """Read a date; where it is not sure which number is the day, that is a rule of its own."""
    read = when.read(text)
    if not read.moment or read.confidence >= when.NAMED:
        return read.moment
    if "day-first" in reading.off:
        return ""
    fired.append(Fired("day-first", read.confidence, text[:SHOWN]))
    return read.moment


def _without_label(row: str) -> str:
    """Take `Published on` and the like, in any of many languages, from the front of a line."""
    low = row.casefold()
    for label in _date_labels().get(low[:2], ()):
        if low.startswith(label) and not low[len(label) : len(label) + 1].isalpha():
            return row[len(label) :].lstrip(" :：\t")
    return row


@cache
def _date_labels() -> dict[str, list[str]]:
    phrases = {
        phrase.strip().rstrip(":.").casefold()
        for text in (PHRASES["published-line"], KEYS["date"], KEYS["updated"], "am; le; on; el; em; il; op; den; d.")
        for row in text.split("\n")
        for phrase in row.split(";")
        if phrase.strip()
    }
    table: dict[str, list[str]] = {}
    for phrase in sorted(phrases, key=lambda phrase: (-len(phrase), phrase)):
        table.setdefault(phrase[:2], []).append(phrase)
    return table


def _other_date(path: str, reading: Reading, fired: list[Fired]) -> str:
    """Return the date in the file's name or folder, or else the one that `reading` gives."""
    date = when.of_path(path) if "date-in-path" not in reading.off else ""
    if date:
        fired.append(fire("date-in-path", path[-60:]))
    return date or reading.date


def spans(text: str) -> list[tuple[int, int]]:
    """Return where in a file's text its articles begin and end.

    Several stand in a file with ` date …` headers, or with headers of keys that lines of dashes part.
    """
    starts = _marks(text)
    if starts:
        starts = [0, *starts] if text[: starts[0]].strip() else [0, *starts[1:]]
        return list(zip(starts, [*starts[1:], len(text)], strict=True))
    if _key_at(text, len(text) - len(text.lstrip())) not in _FIRST_KEYS:
        return [(0, len(text))]
    parts = [dashes for dashes in _DASHES.finditer(text) if _key_at(text, dashes.end()) in _FIRST_KEYS]
    begins = [0, *(dashes.end() for dashes in parts)]
    return list(zip(begins, [*(dashes.start() for dashes in parts), len(text)], strict=True))


def _marks(text: str) -> list[int]:
    """Return where the headers ` date …` of a text begin, without trying the expression at every character."""
    found = []
    at = text.find("date")
    while at >= 0:
        start = at
        while start and text[start - 1] in " \t":
            start -= 1
        if MARK.match(text, start):
            found.append(start)
        at = text.find("date", at + 4)
    return found


def _key_at(text: str, at: int) -> str:
    found = _KEY_LINE.match(text, at)
    return _key(found[1]) if found else ""

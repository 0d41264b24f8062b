"""The form of a line: how wide it is, what it ends with, whether it could be a sub-heading. No word matters here."""

import re
from collections.abc import Callable, Iterable
from typing import NamedTuple

from digest.seeds.record import Block, Fired
from digest.seeds.structure.rules import ASKS, CALLS, CLOSERS, COLONS, DASHES, OPEN_ENDS, QUOTES, RULES, STOPS

MAX_HEADING = 120
"""Width of a sub-heading: characters, of which East Asian ones are two wide."""
MAX_SHORT = 250
"""Characters of a line that is looked at."""
SHOWN = 60
"""Characters of a text that a record of a rule shows."""

_WIDE = re.compile("[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60]")
_GREEK = re.compile("[\u0370-\u03ff]")
_NUMBER = re.compile(r"\d+")
_WORD = re.compile(r"[^\W_]")
_TABLE_ROW = re.compile(r"\d+ ?[:–-] ?\d+(?: \(.{1,12}\))?$")
_SENTENCE_WITHIN = re.compile(rf"[{re.escape(ASKS + CALLS)}.。] ?[\"'”“’»«›‹」』)]*\s+\S")
_ADDRESSES = ("://", "www.", "pic.twitter.com", "@")
_INNER_QUOTATION = re.compile(r"[:：] ?[\"“„«‘'「]")


class Form(NamedTuple):
    """The form of a single short line."""

    width: int
    end: str
    """The last sign before closing quotation marks and brackets."""
    like: bool
    """Whether it could be a sub-heading."""
    why: str = ""
    """The rule that says it could not, where one does."""


class Text(NamedTuple):
    """What the rules look at."""

    blocks: tuple[Block, ...]
    own: list[int]
    """The places of the blocks that are the article's own text, in order."""
    forms: dict[int, Form]
    """Of those of them that are single short lines, by place."""
    off: frozenset[str]

    def at(self, place: int) -> str:
        """Return the text of the block at a place."""
        return self.blocks[place].text

    def width(self, place: int) -> int:
        """Return how wide the block at a place is; of a long one, about."""
        return self.forms[place].width if place in self.forms else len(self.blocks[place].text)


Say = Callable[[str, int], None]
"""Records that a rule fired on the block at a place."""


def text_of(blocks: tuple[Block, ...], own: Iterable[int], off: frozenset[str]) -> Text:
    """Return what the rules look at."""
    places = list(own)
    short = (place for place in places if len(blocks[place].text) <= MAX_SHORT and "\n" not in blocks[place].text)
    return Text(blocks, places, {place: form_of(blocks[place].text) for place in short}, off)


def fire(rule: str, text: str, line: int = 0) -> Fired:
    """Return the record that a rule fired on a text."""
    return Fired(rule, RULES[rule].confidence, text if len(text) <= SHOWN else text[: SHOWN - 1] + "…", line)


def form_of(text: str) -> Form:
    """Return the form of a line, looked at alone."""
    wide = 0 if text.isascii() else len(_WIDE.findall(text))
    width = len(text) + wide
    bare = text.rstrip(CLOSERS)
    end = bare[-1:]
    if end == ";" and not _GREEK.search(text):
        end = ","
    if width > MAX_HEADING or not end or end in STOPS or end in OPEN_ENDS or text[0] in DASHES:
        return Form(width, end, False)
    if end in COLONS:
        return Form(width, end, False, "introduction")
    first = _WORD.search(text)
    if first is None or (first[0].islower() and not text[first.end() : first.end() + 1].isupper()):
        return Form(width, end, False)
    if any(sign in text for sign in _ADDRESSES):
        return Form(width, end, False)
    numbers = _NUMBER.findall(text)
    if numbers:
        share = sum(map(len, numbers)) / (sum(map(str.isalnum, text)) + wide)
        if share > (0.25 if len(numbers) > 1 else 0.5) or _TABLE_ROW.search(text):
            return Form(width, end, False, "figures")
    if (end in ASKS or end in CALLS) and _SENTENCE_WITHIN.search(text):
        return Form(width, end, False)
    if end in ASKS and bare != text and text[0] not in QUOTES and not _INNER_QUOTATION.search(text):
        return Form(width, end, False)  # a sentence that ends with the quotation in it
    return Form(width, end, True)

"""Which part of an article each of its blocks is: sub-heading, question, item, quotation, byline, furniture.

Rules look at how a line is built and what stands around it, for that is alike in all languages; words only help.
`rules` holds them by name.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import NamedTuple

from digest.seeds.record import Block, Fired, Kind
from digest.seeds.structure import headings, lines, talk
from digest.seeds.structure.forms import MAX_SHORT, fire, form_of, text_of
from digest.seeds.structure.rules import ASKS, BULLETS, CLOSERS, DASHES

MAX_BLOCKS = 10_000
"""Blocks of what can be an article; more are left as they are."""
EDGE = 3
"""How many of the first and last blocks bylines and agencies are among."""

MAX_LINKED = 100
"""Characters of the title of something else to read."""

_BULLET = re.compile(rf"([{re.escape(BULLETS)}])[ \t\u00a0\u3000]+(?=\S)")
_NUMBER = re.compile(r"([1-9]\d{0,2})\.[ \t\u00a0]+(?=\S)")
_MARKUP = re.compile(r"\\(?=[^\w\s])|[*_`]+(?=\w)|(?<=\w)[*_`]+|!?\[(?=[^\]]*\]\()|\]\([^)\s]*\)")


class Marked(NamedTuple):
    """Blocks, and what was learnt from them."""

    blocks: tuple[Block, ...]
    fired: tuple[Fired, ...] = ()
    authors: tuple[str, ...] = ()
    source_name: str = ""


def mark(blocks: tuple[Block, ...], off: frozenset[str] = frozenset(), guess_headings: bool = True) -> Marked:
    """Return `blocks` with what each is, and the rules that said so; those in `off` are not asked.

    No text is changed or left out; only the bullets and numbers of lists become markup. A format that has headings,
    lists and quotations of its own says `guess_headings=False`: then only bylines, source lines, datelines and
    furniture are looked for.
    """
    if len(blocks) > MAX_BLOCKS:
        return Marked(blocks)
    fired: list[Fired] = []
    if guess_headings and "list" not in off:
        blocks = _with_lists(blocks, fired)
    found = _standing_lines(blocks, off, guess_headings)
    for place, line in found.items():
        fired.append(fire(line.rule, blocks[place].text, blocks[place].line))
    if found:
        blocks = tuple(
            block._replace(mark=found[place].mark) if place in found else block for place, block in enumerate(blocks)
        )
    own = [place for place, block in enumerate(blocks) if block.kind == "paragraph" and not block.mark]
    for place in own[:2]:
        if "dateline" not in off and (dateline := lines.dateline(blocks[place].text)):
            fired.append(fire("dateline", dateline, blocks[place].line))
            break
    if guess_headings and own:
        blocks = _read(blocks, own, off, fired)
    authors = tuple(dict.fromkeys(name for line in found.values() for name in line.names))
    source = next((line.source for line in found.values() if line.source), "")
    return Marked(blocks, tuple(sorted(fired, key=lambda one: one.line)), authors, source)


def _standing_lines(blocks: tuple[Block, ...], off: frozenset[str], guess: bool) -> dict[int, lines.Line]:
    """Return by place the blocks that tell by themselves what they are."""
    found: dict[int, lines.Line] = {}
    last = len(blocks) - 1
    for place, block in enumerate(blocks):
        if len(block.text) > lines.LONGEST or block.mark or block.kind == "table" or (guess and last == 0):
            continue
        text = _MARKUP.sub("", block.text) if block.markup else block.text
        line = lines.of(text, place < EDGE or place > last - EDGE, off)
        if line is not None:
            found[place] = line
    if guess and "linked-title" not in off:
        for place in [place for place, line in found.items() if line.rule == "read-also" and line.alone]:
            run = [*_takewhile_like(blocks, place + 1, found)]
            for linked in run if place + 1 + len(run) > last else run[: max(1, len(run) - 1)]:
                found[linked] = lines.Line("linked-title", "furniture: linked-title")
    return dict(sorted(found.items()))


def _takewhile_like(blocks: tuple[Block, ...], start: int, found: dict[int, lines.Line]) -> Iterator[int]:
    """Yield the places from `start` on whose blocks have the form of a headline."""
    for place in range(start, len(blocks)):
        block = blocks[place]
        if place in found or block.kind != "paragraph" or len(block.text) > MAX_LINKED or not form_of(block.text).like:
            return
        yield place


def _with_lists(blocks: tuple[Block, ...], fired: list[Fired]) -> tuple[Block, ...]:
    """Make items of lines that begin with the same bullet, within a block or one a block, or are numbered in a block."""
    if not any(_may_be_item(block.text) for block in blocks):
        return blocks
    read: list[Block] = []
    for bullet, run in groupby(blocks, _bullet_of):
        parts = list(run)
        if bullet and _is_list([block.text for block in parts], bullet):
            fired.append(fire("list", parts[0].text, parts[0].line))
            read += (block._replace(kind="item", text=_BULLET.sub("", block.text, count=1), level=1) for block in parts)
        else:
            for block in parts:
                read += _split(block, fired) if "\n" in block.text else [block]
    return tuple(read)


def _may_be_item(text: str) -> bool:
    return text[0] in BULLETS or "\n" in text


def _bullet_of(block: Block) -> str:
    """Return the bullet that a block of one line begins with."""
    found = _BULLET.match(block.text) if block.text[0] in BULLETS and "\n" not in block.text else None
    return found[1] if found else ""


def _is_list(rows: Sequence[str], bullet: str) -> bool:
    """Tell whether rows that begin with the same bullet are a list; with dashes they may be what people say in turn."""
    if bullet not in DASHES:
        return len(rows) > 1
    return len(rows) > 2 and not any(row.rstrip(CLOSERS).endswith(tuple(ASKS)) or len(row) > MAX_SHORT for row in rows)


def _split(block: Block, fired: list[Fired]) -> list[Block]:
    """Return the items of a block of several lines, after the line that may introduce them; or the block."""
    rows = block.text.split("\n")
    for introduced in (0, 1):
        items = rows[introduced:]
        if len(items) < 2:
            break
        bullets = [_BULLET.match(row) for row in items]
        numbers = [_NUMBER.match(row) for row in items]
        if all(bullets) and len({found[1] for found in bullets if found}) == 1 and _is_list(items, items[0][0]):
            read = [Block("item", _BULLET.sub("", row, count=1), 1, line=block.line) for row in items]
        elif all(numbers) and _counts_up([int(found[1]) for found in numbers if found]):
            read = [
                Block("item", row[found.end() :], 1, found[1], line=block.line)
                for row, found in zip(items, numbers, strict=True)
                if found
            ]
        else:
            continue
        fired.append(fire("list", items[0], block.line))
        return [block._replace(text=rows[0]), *read] if introduced else read
    return [block]


def _counts_up(numbers: Sequence[int]) -> bool:
    return all(number == numbers[0] + place for place, number in enumerate(numbers))


def _read(blocks: tuple[Block, ...], own: list[int], off: frozenset[str], fired: list[Fired]) -> tuple[Block, ...]:
    """Return `blocks` with headings, questions and quotations among the article's `own`."""

    def say(rule: str, place: int) -> None:
        fired.append(fire(rule, blocks[place].text, blocks[place].line))

    if len(own) > 1 and "lead" not in off:
        say("lead", own[0])
    text = text_of(blocks, own, off)
    if not text.forms:
        return blocks
    numbered = headings.numbered(text)
    timed, entries = headings.timed(text)
    days = headings.days(text, bool(timed))
    for rule, places in (("numbered-heading", numbered), ("timed-entry", entries), ("day-entry", days)):
        for place in places:
            say(rule, place)
    heads = {*numbered, *entries, *days}
    questions = talk.questions(text, say) - heads
    taken = heads | timed | questions | talk.spoken(text, say)
    heads |= headings.plain(text, taken, heads, say)
    quotations = talk.quotations(text, heads | questions, say)
    if not (heads or questions or quotations):
        return blocks
    below = 3 if entries and min(heads) < min(entries) else 2
    levels = dict.fromkeys(heads, 2) | dict.fromkeys(entries, below)
    kinds: dict[int, Kind] = {}
    kinds.update(dict.fromkeys(quotations, "quotation"))
    kinds.update(dict.fromkeys(questions, "question"))
    kinds.update(dict.fromkeys(heads, "heading"))
    return tuple(
        block._replace(kind=kinds[place], level=levels.get(place, block.level)) if place in kinds else block
        for place, block in enumerate(blocks)
    )

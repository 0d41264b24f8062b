"""Bold lines: what a format with markup sets in bold, line by line, where it means a sub-heading or a question."""

import re

from digest import markdown
from digest.seeds.record import Block, Fired
from digest.seeds.structure.rules import ASKS, CALLS, CLOSERS, COLONS, OPEN_ENDS, RULES, STOPS

MAX_HEADING = 90
"""Characters of a sub-heading."""
MAX_QUESTION = 400
"""Characters of a question."""
MAX_BLOCKS = 5000
"""Blocks that are looked at; an article with more has none of this."""

_BOLD = re.compile(r"\*\*((?:[^*\\\n\[]|\\.)+)\*\*")
_ENDS = STOPS + CALLS + COLONS + OPEN_ENDS


def told(blocks: tuple[Block, ...], off: frozenset[str]) -> tuple[tuple[Block, ...], tuple[Fired, ...]]:
    """Return blocks with what their bold lines are, and the rules that said so; those in `off` are not asked.

    A bold line counts if it is a whole paragraph with text in another weight after it. It is no lead: there is text
    before it. Questions come in numbers, and no article has sub-headings of two kinds.
    """
    if len(blocks) > MAX_BLOCKS:
        return blocks, ()
    words = {at: text for at, block in enumerate(blocks) if (text := _words(block))}
    first = next((at for at, block in enumerate(blocks) if block.kind != "heading" and not block.mark), -1)
    bold = {at: text for at, text in words.items() if _is_followed(blocks, at, words)}
    asked = [at for at, text in bold.items() if text.rstrip(CLOSERS)[-1:] in ASKS and len(text) <= MAX_QUESTION]
    lines = [at for at, text in bold.items() if at > first and _is_heading(text)]
    kinds = dict.fromkeys(asked if len(asked) > 1 and "bold-question" not in off else (), "bold-question")
    if "bold-heading" not in off and not any(block.kind == "heading" for block in blocks):
        kinds |= {at: "bold-heading" for at in lines if at not in kinds}
    found = [*blocks]
    for at, rule in kinds.items():
        kind = "question" if rule == "bold-question" else "heading"
        found[at] = (
            Block("question", words[at], line=blocks[at].line) if kind == "question" else Block("heading", words[at])
        )
    fired = (Fired(rule, RULES[rule].confidence, words[at][:80], blocks[at].line) for at, rule in sorted(kinds.items()))
    return tuple(found), tuple(fired)


def _words(block: Block) -> str:
    """Return the words of a paragraph that is bold as a whole, and one line."""
    is_bold = block.kind == "paragraph" and block.markup and not block.mark and _BOLD.fullmatch(block.text)
    return markdown.first_paragraph(block.text) if is_bold else ""


def _is_followed(blocks: tuple[Block, ...], at: int, words: dict[int, str]) -> bool:
    following = next((later for later in range(at + 1, len(blocks)) if not blocks[later].mark), -1)
    return following > 0 and blocks[following].kind != "heading" and following not in words


def _is_heading(text: str) -> bool:
    bare = text.rstrip(CLOSERS)
    return len(text) <= MAX_HEADING and bool(bare) and bare[-1] not in _ENDS and any(sign.isalpha() for sign in bare)

"""Which part of an article each of its blocks is: sub-heading, question, item, byline, furniture."""

from typing import NamedTuple

from digest.seeds.record import Block, Fired


class Marked(NamedTuple):
    """Blocks, and what was learnt from them."""

    blocks: tuple[Block, ...]
    fired: tuple[Fired, ...] = ()
    authors: tuple[str, ...] = ()
    source_name: str = ""


def mark(blocks: tuple[Block, ...], off: frozenset[str] = frozenset(), guess_headings: bool = True) -> Marked:
    """Return `blocks` with what each is, and the rules that said so; those in `off` are not asked.

    No text is changed or left out. A format that has headings, lists and quotations of its own says
    `guess_headings=False`: then only bylines, source lines and furniture are looked for.
    """
    return Marked(blocks)

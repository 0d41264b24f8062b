"""The record that every format gives: an article, what is known of it, and how it was found out."""

import hashlib
from collections.abc import Iterator, Mapping
from typing import Any, Literal, NamedTuple, Protocol

import msgspec

from digest.errors import Problem
from digest.model import Source

Kind = Literal["paragraph", "heading", "quotation", "question", "item", "table"]


class Block(NamedTuple):
    """A piece of an article between blank lines, or an item of a list."""

    kind: Kind
    text: str
    """In the seed's own characters; where `markup`, Markdown (tables are always)."""
    level: int = 2
    """Of a heading, 2 to 4; of an item, how deep its list is, from 1."""
    number: str = ""
    """Of an item in a numbered list; empty in a list of bullets, whose bullets are not part of `text`."""
    mark: str = ""
    """What it is besides: `byline`, `source`, or `furniture: RULE`."""
    markup: bool = False
    line: int = 0
    """Where it stands in the file; 0 where the format has no lines."""


class Fired(NamedTuple):
    """A rule that decided something about an article."""

    rule: str
    confidence: float
    """0 to 1: how often the rule is right where it fires."""
    text: str = ""
    """What it decided on, shortened."""
    line: int = 0


class Image(NamedTuple):
    """The lead image of an article, as metadata: nothing is fetched."""

    url: str
    caption: str = ""


class Reading(NamedTuple):
    """How to read seeds, as settings and command line say."""

    timezone: str = "UTC"
    languages: tuple[str, ...] = ()
    """The only ones that articles are in; empty where they may be in any."""
    columns: Mapping[str, str] = {}
    """For CSV and JSON Lines: a field of an article to the name of its column."""
    off: frozenset[str] = frozenset()
    """Rules that are switched off."""
    date: str = ""
    """`YYYY-MM-DD` for articles that have none."""


class SeedArticle(NamedTuple):
    """One article of a seed file."""

    title: str
    kicker: str
    date: str
    """`YYYY-MM-DD`, or RFC 3339 where the time is known (without offset: in the digest's time zone)."""
    blocks: tuple[Block, ...]
    line: int
    """Where it starts in the file; 0 where the format has no lines."""
    sha256: str
    """Of its bytes in the file; an article alone in its file has the file's."""
    text_hash: str
    """Of its text without blank space around it, by which it is known again wherever it stands."""
    format: str = "text"
    fired: tuple[Fired, ...] = ()
    """The rules that fired, in the order of the text."""
    updated: str = ""
    """Like `date`."""
    lang: str = ""
    """BCP 47 tag that the seed itself states."""
    summary: str = ""
    """A lead that the format states apart from the text; empty where the first block is the lead."""
    authors: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    source: Source | None = None
    """Who published it, and the canonical address of the original."""
    image: Image | None = None
    header: Mapping[str, Any] | None = None
    """Further front matter, taken as it is: all that a Markdown seed has, what a format states beside the known fields."""
    body: str | None = None
    """Markdown that is taken as it is, in the place of `blocks`."""


class Format(Protocol):
    """A kind of file that articles come in: a module, or what an entry point of the group `digest.seeds` names."""

    NAME: str
    """As `seed.format` in the front matter names it."""

    def recognises(self, data: bytes, path: str) -> bool:
        """Tell from the beginning of `data` and the name in `path` whether a file is of this format."""
        ...

    def read(self, data: bytes, path: str, reading: Reading) -> Iterator[SeedArticle | Problem]:
        """Yield the articles of a file in their order, and a Problem for each thing left out. Never raises."""
        ...


def make(
    format: str,  # noqa: A002 - the field's own name
    raw: bytes,
    title: str,
    date: str,
    blocks: tuple[Block, ...],
    **known: Any,
) -> SeedArticle:
    """Return an article of a format with markup; `raw` are its bytes in the file, `known` other fields.

    Its `text_hash` is of what it says, not of how the file says it.
    """
    known.setdefault("kicker", "")
    known.setdefault("line", 0)
    said = [title, known["kicker"], date, [(block.kind, block.text) for block in blocks], known.get("body") or ""]
    text_hash = hashlib.blake2b(msgspec.json.encode(said), digest_size=16).hexdigest()
    sha256 = hashlib.sha256(raw).hexdigest()
    return SeedArticle(
        title=title, date=date, blocks=blocks, sha256=sha256, text_hash=text_hash, format=format, **known
    )

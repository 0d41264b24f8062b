"""Inline: stretches of text with emphasis and links, as paragraphs of Markdown that render as that text."""

import re
from collections.abc import Iterable, Iterator
from itertools import pairwise
from string import punctuation
from typing import NamedTuple
from unicodedata import category
from urllib.parse import quote

from digest import markdown

MAX_STYLED = 1_000_000
"""Characters of a run; a longer one loses its emphasis and links, not its text."""

_SPACE = re.compile(r"\s{2,}")
_SPACES = re.compile(" {2,}")
_BLANK = re.compile("[\\s\u00ad\u034f\u200b-\u200f\u2060-\u2064\ufeff]*")
"""What shows nothing: newsletters pad with it."""
_LINK = re.compile("\x04(.*?)\x05", re.DOTALL)
_UNSAFE = re.compile(r"[\s()<>\\\"]")
_ENTITY = re.compile(r"&(?=#?[A-Za-z0-9]+;)")
# Stand where a mark will stand while the text is escaped: a run's text holds no control characters.
_DELIMITERS = {1: "*", 2: "**", 3: "***"}
_LOOKS = {(True, False): "\x01", (False, True): "\x02", (True, True): "\x03"}
_COMMON = {("\x01", "\x03"): "\x01", ("\x03", "\x01"): "\x01", ("\x02", "\x03"): "\x02", ("\x03", "\x02"): "\x02"}
_OPEN, _CLOSE, _NONE = "\x04\x05\0"
_RUN = re.compile(r"(.)\1*", re.DOTALL)


class Look(NamedTuple):
    """How a stretch of text looks."""

    em: bool = False
    strong: bool = False
    href: str = ""


class _Known(NamedTuple):
    """The looks in a run of text, and its links, each with the number of the sign that stands for it."""

    looks: tuple[Look, ...]
    links: dict[str, int]


class Part(NamedTuple):
    """A paragraph: plain text, or Markdown where it has any emphasis or link."""

    text: str
    markup: bool


class _Span(NamedTuple):
    """A stretch of a paragraph's characters that look the same."""

    start: int
    end: int
    look: str
    """The placeholder of a delimiter, or a link's sign."""


def is_blank(text: str) -> bool:
    """Tell whether `text` shows nothing."""
    return _BLANK.fullmatch(text) is not None


def parts(run: Iterable[tuple[str, Look]]) -> list[Part]:
    r"""Return the paragraphs of a run of text, which two `\\n` divide; none of them has a blank line.

    Blank space in it is one blank or one line end. The text has no control characters but `\\n`.
    """
    run = [*run]
    text = "".join(text for text, _ in run)
    if len(text) > MAX_STYLED or all(look == Look() for _, look in run):
        plain = _SPACE.sub(_collapsed, text).split("\n\n")
        return [Part(part.strip(), False) for part in plain if not is_blank(part)]
    ids: dict[Look, str] = {}
    looks = "".join(ids.setdefault(look, chr(len(ids))) * len(piece) for piece, look in run)
    return [
        *_styled(
            text,
            looks,
            _Known(tuple(ids), {href: at for at, href in enumerate(dict.fromkeys(look.href for look in ids), 1)}),
        )
    ]


def _collapsed(space: re.Match[str]) -> str:
    lines = space[0].count("\n")
    return "\n" * min(lines, 2) if lines else _SPACES.sub(" ", space[0])


def _styled(text: str, looks: str, known: _Known) -> Iterator[Part]:
    """Yield the paragraphs of a text; at each place, `looks` has the sign whose number is that of a known look."""
    texts: list[str] = []
    kept: list[str] = []
    start = 0
    for space in _SPACE.finditer(text):
        collapsed = _collapsed(space)
        texts += [text[start : space.start()], collapsed]
        kept += [looks[start : space.start()], looks[space.start()] * len(collapsed)]
        start = space.end()
    text = "".join([*texts, text[start:]])
    looks = "".join([*kept, looks[start:]])
    start = 0
    for part in text.split("\n\n"):
        core = part.strip()
        if not is_blank(part):
            at = start + part.index(core)
            yield _markdown(core, looks[at : at + len(core)], known)
        start += len(part) + 2


def _markdown(text: str, looks: str, known: _Known) -> Part:
    """Return a paragraph with its marks."""
    used = {ord(sign): known.looks[ord(sign)] for sign in {*looks}}
    emphasis = looks.translate({sign: _LOOKS.get(look[:2], _NONE) for sign, look in used.items()})
    hrefs = {known.links[look.href]: look.href for look in used.values() if look.href}
    links = _spans(
        text, looks.translate({sign: known.links[look.href] if look.href else 0 for sign, look in used.items()})
    )
    inside: list[_Span] = []
    edges: dict[int, str] = {}
    for link in links:
        here = emphasis[link.start : link.end]
        if here.strip(here[0]):  # emphasis that changes within a link stays within it
            inside += _legible(_spans(text, here, link.start), text, edges, link.start, link.end)
            emphasis = f"{emphasis[: link.start]}{_NONE * len(here)}{emphasis[link.end :]}"
    for link in links:
        edges |= {link.start: "[", link.end - 1: "["}
    outside = _legible(_spans(text, emphasis), text, edges, 0, len(text))
    if not links and not outside:
        return Part(text, False)
    opening: dict[int, str] = {}
    closing: dict[int, str] = {}
    for span in [*outside, *(link._replace(look=_OPEN) for link in links), *inside]:
        opening[span.start] = opening.get(span.start, "") + span.look
        closing[span.end] = (_CLOSE if span.look == _OPEN else span.look) + closing.get(span.end, "")
    places = sorted({*opening, *closing})
    pieces = [text[: places[0]]]
    for place, following in pairwise([*places, len(text)]):
        pieces += [closing.get(place, ""), opening.get(place, ""), text[place:following]]
    escaped = markdown.escape("".join(pieces)).replace("!" + _OPEN, "\\!" + _OPEN)
    targets = (hrefs[ord(link.look)] for link in links)
    return Part(_LINK.sub(lambda link: _link(link[1], next(targets)), escaped).translate(_DELIMITERS), True)


def _spans(text: str, looks: str, start: int = 0) -> list[_Span]:
    """Return the stretches of `text` from `start` that look the same and somehow, without blank space around them."""
    spans = []
    for run in _RUN.finditer(looks):
        piece = text[start + run.start() : start + run.end()]
        if run[1] != _NONE and not is_blank(piece):
            at = start + run.start() + len(piece) - len(piece.lstrip())
            spans.append(_Span(at, at + len(piece.strip()), run[1]))
    return spans


def _legible(spans: list[_Span], text: str, edges: dict[int, str], first: int, last: int) -> list[_Span]:
    """Return the emphasis that Markdown can express in a text from `first` to `last`, where links begin and end at `edges`.

    CommonMark, section 6.2: a delimiter next to a letter on its outer side needs one on its inner side too. Delimiters
    that touch each other would be read as one.
    """
    apart: list[_Span] = []
    for span in spans:
        if not apart or apart[-1].end < span.start:
            apart.append(span)
            continue
        before = apart.pop()
        look = before.look if before.look == span.look else _COMMON.get((before.look, span.look))
        longer = max(before, span, key=lambda each: each.end - each.start)
        apart.append(_Span(before.start, span.end, look) if look else longer)
    return [
        span
        for span in apart
        if (span.start == first or _may_turn(text, edges, span.start, span.start - 1))
        and (span.end == last or _may_turn(text, edges, span.end - 1, span.end))
    ]


def _may_turn(text: str, edges: dict[int, str], inner: int, outer: int) -> bool:
    """Tell whether a delimiter may stand between two places of a text."""
    return not _is_mark(edges.get(inner, text[inner])) or _parts_words(edges.get(outer, text[outer]))


def _is_mark(sign: str) -> bool:
    return category(sign)[0] in "PS"


def _parts_words(sign: str) -> bool:
    """Tell whether every edition of CommonMark takes `sign` for blank space or punctuation: symbols came late."""
    return sign == "\n" or category(sign)[0] == "P" or category(sign) == "Zs" or sign in punctuation


def _link(text: str, address: str) -> str:
    """Return a link in Markdown: `text` is escaped but for what ends a link."""
    whole = _UNSAFE.sub(lambda sign: quote(sign[0]), _ENTITY.sub("&amp;", address))
    return f"[{text.replace(']', chr(92) + ']')}]({whole})"

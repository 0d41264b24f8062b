"""Inline: stretches of text with emphasis and links, as paragraphs of Markdown that render as that text."""

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby, pairwise
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
_OPEN, _CLOSE = "\x04\x05"


class Look(NamedTuple):
    """How a stretch of text looks."""

    em: bool = False
    strong: bool = False
    href: str = ""


class Part(NamedTuple):
    """A paragraph: plain text, or Markdown where it has any emphasis or link."""

    text: str
    markup: bool


class _Span(NamedTuple):
    """A stretch of a paragraph's characters that look the same."""

    start: int
    end: int
    look: str
    """The placeholder of a delimiter; the address of a link."""


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
    looks: list[Look] = []
    for piece, look in run:
        looks += [look] * len(piece)
    return [*_styled(text, looks)]


def _collapsed(space: re.Match[str]) -> str:
    lines = space[0].count("\n")
    return "\n" * min(lines, 2) if lines else _SPACES.sub(" ", space[0])


def _styled(text: str, looks: list[Look]) -> Iterator[Part]:
    """Yield the paragraphs of a text, of which each character has its look."""
    texts: list[str] = []
    kept: list[Look] = []
    start = 0
    for space in _SPACE.finditer(text):
        collapsed = _collapsed(space)
        texts += [text[start : space.start()], collapsed]
        kept += looks[start : space.start()] + [looks[space.start()]] * len(collapsed)
        start = space.end()
    text = "".join([*texts, text[start:]])
    kept += looks[start:]
    start = 0
    for part in text.split("\n\n"):
        core = part.strip()
        if not is_blank(part):
            at = start + part.index(core)
            yield _markdown(core, kept[at : at + len(core)])
        start += len(part) + 2


def _markdown(text: str, looks: list[Look]) -> Part:
    """Return a paragraph with its marks."""
    emphasis = [_LOOKS.get(look[:2], "") for look in looks]
    links = _spans(text, [look.href for look in looks])
    inside: list[_Span] = []
    seen = [*text]
    for link in links:
        here = emphasis[link.start : link.end]
        if len({*here}) > 1:  # emphasis that changes within a link stays within it
            inside += _legible(_spans(text, here, link.start), text, link.start, link.end)
            emphasis[link.start : link.end] = [""] * len(here)
        seen[link.start] = seen[link.end - 1] = "["
    outside = _legible(_spans(text, emphasis), seen, 0, len(text))
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
    addresses = iter(links)
    linked = _LINK.sub(lambda link: _link(link[1], next(addresses).look), escaped)
    return Part(linked.translate(_DELIMITERS), True)


def _spans(text: str, looks: Sequence[str], start: int = 0) -> list[_Span]:
    """Return the stretches of `text` from `start` that look the same and somehow, without blank space around them."""
    spans = []
    for look, group in groupby(looks):
        end = start + sum(1 for _ in group)
        piece = text[start:end]
        if look and not is_blank(piece):
            before = len(piece) - len(piece.lstrip())
            spans.append(_Span(start + before, start + before + len(piece.strip()), look))
        start = end
    return spans


def _legible(spans: list[_Span], seen: Sequence[str], first: int, last: int) -> list[_Span]:
    """Return the emphasis that Markdown can express in a text from `first` to `last`, as it is `seen` there.

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
        if (not _is_mark(seen[span.start]) or span.start == first or _parts_words(seen[span.start - 1]))
        and (not _is_mark(seen[span.end - 1]) or span.end == last or _parts_words(seen[span.end]))
    ]


def _is_mark(sign: str) -> bool:
    return category(sign)[0] in "PS"


def _parts_words(sign: str) -> bool:
    """Tell whether every edition of CommonMark takes `sign` for blank space or punctuation: symbols came late."""
    return sign == "\n" or category(sign)[0] == "P" or category(sign) == "Zs" or sign in punctuation


def _link(text: str, address: str) -> str:
    """Return a link in Markdown: `text` is escaped but for what ends a link."""
    whole = _UNSAFE.sub(lambda sign: quote(sign[0]), _ENTITY.sub("&amp;", address))
    return f"[{text.replace(']', chr(92) + ']')}]({whole})"

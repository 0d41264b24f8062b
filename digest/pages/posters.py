"""Posters: the picture that stands for a page where others link to it: nameplate, date and headlines, as PNG.

The fonts come with the program, so that the bytes are the same on every machine. They have Latin, Greek and Cyrillic
letters; what needs others is left out, since a box in the place of a letter says nothing.
"""

import unicodedata
from collections.abc import Sequence
from functools import cache, lru_cache
from importlib import resources
from io import BytesIO
from typing import NamedTuple

from digest import look
from digest.errors import DigestError
from digest.pages.social import HEIGHT, WIDTH
from digest.views import Poster

try:
    import fontpkg_source_serif_4
    from PIL import Image, ImageDraw, ImageFont
except ImportError as error:
    hint = "install them with `pip install 'news-digest[cards]'`, or take `cards` out of the settings"
    raise DigestError("`cards` needs Pillow and a font, which are not installed", hint) from error

_PAPER, _INK = look.rgb(look.PAPER), (0x1B, 0x1B, 0x1B)
_SHADES = 15
"""Of paper to ink; with the accent they are the sixteen colours that four bits a pixel hold."""
_MARGIN, _GAP = 72, 28
_LEADING = 1.14
_ICON = ((7, 8, 25, 12), (7, 15, 15, 24), (18, 15, 25, 17), (18, 19, 25, 21), (18, 22.5, 25, 24))
"""The bars of `static/icon.svg`, on a square of 32."""


def png(poster: Poster, date: str) -> bytes:
    """Return the picture; `date` is written as the language does."""
    image = Image.new("L", (WIDTH, HEIGHT), 0)
    draw = ImageDraw.Draw(image)
    top = _nameplate(draw, _writable(poster.title), _writable(date) or poster.date)
    headlines = list(filter(None, map(_writable, poster.headlines)))
    if headlines:
        _headlines(draw, headlines, top)
    shades = image.point([level * (_SHADES - 1) // 255 for level in range(256)])
    draw = ImageDraw.Draw(shades)
    draw.rectangle((0, 0, WIDTH, 15), fill=_SHADES)
    if not headlines:
        _icon(draw, top)
    shades.putpalette([part for shade in _palette(poster.accent or look.ACCENT) for part in shade])
    data = BytesIO()
    shades.save(data, "PNG", bits=4, compress_level=4)
    return data.getvalue()


@cache
def _palette(accent: str) -> tuple[tuple[int, ...], ...]:
    steps = _SHADES - 1
    mixed = [
        tuple(paper + (ink - paper) * shade // steps for paper, ink in zip(_PAPER, _INK, strict=True))
        for shade in range(_SHADES)
    ]
    return (*mixed, look.rgb(accent))


class _Face(NamedTuple):
    """The font in a size and a weight."""

    size: int
    weight: int

    @property
    def font(self) -> ImageFont.FreeTypeFont:
        return _font(self.size, self.weight)

    def width(self, text: str) -> float:
        """Return how wide a text is: each word is measured once, which takes most of the time."""
        words = text.split(" ")
        return sum(_width(word, self) for word in words) + (len(words) - 1) * _width(" ", self)


_SMALL, _BRAND, _LINE = _Face(28, 400), _Face(44, 700), _Face(32, 400)
_LEAD = ((_Face(76, 700), 2), (_Face(64, 700), 3), (_Face(54, 700), 3), (_Face(46, 700), 4))
"""Faces for the first headline, each with the lines that it may take."""


def _nameplate(draw: ImageDraw.ImageDraw, title: str, date: str) -> int:
    """Draw the top with what the digest is called and the date; return where it ends."""
    draw.text((WIDTH - _MARGIN, 92), date, 190, _SMALL.font, "rs")
    if title:
        width = WIDTH - 2 * _MARGIN - _GAP - _SMALL.width(date)
        draw.text((_MARGIN, 92), _shortened(title, _BRAND, width), 255, _BRAND.font, "ls")
    draw.rectangle((_MARGIN, 120, WIDTH - _MARGIN, 122), fill=255)
    draw.rectangle((_MARGIN, 127, WIDTH - _MARGIN, 127), fill=255)
    return 128


def _headlines(draw: ImageDraw.ImageDraw, headlines: Sequence[str], top: int) -> None:
    """Draw the first headline large, in the middle of what the others leave at the bottom."""
    width = WIDTH - 2 * _MARGIN
    others, foot = headlines[1:], HEIGHT - 56
    for place, text in enumerate(reversed(others)):
        line = foot - place * 60
        draw.text((_MARGIN, line), _shortened(text, _LINE, width), 255, _LINE.font, "ls")
        draw.rectangle((_MARGIN, line - 42, WIDTH - _MARGIN, line - 42), fill=70)
    bottom = foot - 60 * len(others) + (6 if others else 0)
    face, lines = _fitted(headlines[0], width, bottom - top - _GAP)
    height = face.size * _LEADING
    first = top + (bottom - top - height * len(lines)) / 2 + face.size * 0.86
    for place, text in enumerate(lines):
        draw.text((_MARGIN, first + place * height), text, 255, face.font, "ls")


def _fitted(text: str, width: float, height: float) -> tuple[_Face, list[str]]:
    """Return the largest face in which a headline has room, and its lines; in the smallest it is cut short."""
    for face, most in _LEAD:
        lines = _lines(text, face, width)
        if len(lines) <= most and face.size * _LEADING * len(lines) <= height:
            return face, lines
    room = max(int(height / (face.size * _LEADING)), 1)
    if len(lines) > room:
        lines = [*lines[: room - 1], _shortened(" ".join(lines[room - 1 : room + 1]), face, width)]
    return face, lines


def _lines(text: str, face: _Face, width: float) -> list[str]:
    """Break a text into lines, as few as there can be and of much the same length."""
    most = len(_broken(text, face, width))
    narrow, wide = width / 2, width
    while wide - narrow > width / 50:  # balanced, as `text-wrap: balance` does
        middle = (narrow + wide) / 2
        if len(_broken(text, face, middle)) > most:
            narrow = middle
        else:
            wide = middle
    return _broken(text, face, wide)


def _broken(text: str, face: _Face, width: float) -> list[str]:
    lines: list[str] = []
    room = 0.0
    for word in text.split(" "):
        needed = _width(" ", face) + _width(word, face)
        if lines and needed <= room:
            lines[-1] = f"{lines[-1]} {word}"
            room -= needed
        else:
            lines.append(_shortened(word, face, width))
            room = width - _width(word, face)
    return lines


def _shortened(text: str, face: _Face, width: float) -> str:
    """Return a text, or what of it has room, with a sign that there is more; where it can, it ends with a word."""
    if face.width(text) <= width:
        return text
    end = len(text)
    while end > 1 and face.width(text[:end]) + _width("…", face) > width:
        end = min(end - 1, int(end * width / face.width(text[:end])) + 1)
    start, _, _ = text[:end].rpartition(" ")
    return f"{(start if len(start) > end / 2 else text[:end]).rstrip(' ,;:–-')}…"


def _icon(draw: ImageDraw.ImageDraw, top: int) -> None:
    """Draw the digest's icon in the middle of what is free."""
    unit = 10
    left, above = (WIDTH - 32 * unit) / 2, top + (HEIGHT - top - 32 * unit) / 2
    draw.rounded_rectangle((left, above, left + 32 * unit, above + 32 * unit), 4 * unit, fill=_SHADES)
    for x0, y0, x1, y1 in _ICON:
        draw.rectangle((left + x0 * unit, above + y0 * unit, left + x1 * unit - 1, above + y1 * unit - 1), fill=0)


@lru_cache(maxsize=1 << 14)
def _width(word: str, face: _Face) -> float:
    return face.font.getlength(word)


@lru_cache(maxsize=16)
def _font(size: int, weight: int) -> ImageFont.FreeTypeFont:
    """Return the face in a size; larger ones have finer strokes."""
    file = resources.files(fontpkg_source_serif_4) / "files" / "SourceSerif4[opsz,wght].ttf"
    font = ImageFont.truetype(BytesIO(file.read_bytes()), size, layout_engine=ImageFont.Layout.BASIC)
    font.set_variation_by_axes([weight, min(size, 60)])
    return font


def _writable(text: str) -> str:
    """Return a text without the signs that the font lacks; nothing where a letter or number is among them."""
    kept = []
    for sign in text:
        if sign.isspace() or _has(sign):
            kept.append(sign)
        elif unicodedata.category(sign)[0] in "LNM":
            return ""
    return " ".join("".join(kept).split())


@cache
def _has(sign: str) -> bool:
    if unicodedata.category(sign)[0] == "C":
        return False
    return bytes(_LINE.font.getmask(sign)) != _no_glyph()


@cache
def _no_glyph() -> bytes:
    return bytes(_LINE.font.getmask("\ufffe"))

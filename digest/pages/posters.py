"""Posters: the picture that stands for a page where others link to it: nameplate, date and headline, as PNG.

The fonts come with the program, so that the bytes are the same on every machine. They have Latin, Greek and Cyrillic
letters; what needs others is left out, since a box in the place of a letter says nothing.
"""

import re
import unicodedata
import zlib
from functools import cache, lru_cache
from importlib import resources
from io import BytesIO
from typing import Any, NamedTuple

from digest import look
from digest.errors import DigestError
from digest.pages.social import HEIGHT, WIDTH
from digest.views import Poster

try:
    import fontpkg_source_serif_4
    from PIL import Image, ImageDraw, ImageFont
except ImportError as error:
    hint = "install them with `pip install pillow fontpkg-source-serif-4`, or take `cards` out of the settings"
    raise DigestError("`cards` needs Pillow and a font, which are not installed", hint) from error

_PAPER, _INK = look.rgb(look.PAPER), (0x1B, 0x1B, 0x1B)
_SHADES = 15
"""Of paper to ink; with the accent they are the sixteen colours that four bits a pixel hold."""
_PIECE = re.compile(r"[^\s-]+-*\s*|-+\s*")
"""Of a text: what stays on one line, with the space after it."""
_MARGIN, _GAP = 72, 28
_LEADING = 1.14
_ICON = ((7, 8, 25, 12), (7, 15, 15, 24), (18, 15, 25, 17), (18, 19, 25, 21), (18, 22.5, 25, 24))
"""The bars of `static/icon.svg`, on a square of 32."""


def png(poster: Poster, date: str) -> bytes:
    """Return the picture; `date` is written as the language does."""
    image = Image.new("L", (WIDTH, HEIGHT), 0)
    draw = ImageDraw.Draw(image)
    top = _nameplate(draw, _writable(poster.title), _writable(date) or poster.date)
    headline = _writable(poster.headline)
    if headline:
        _headline(draw, headline, top)
    shades = image.point([level * (_SHADES - 1) // 255 for level in range(256)])
    draw = ImageDraw.Draw(shades)
    draw.rectangle((0, 0, WIDTH, 15), fill=_SHADES)
    if not headline:
        _icon(draw, top)
    shades.putpalette([part for shade in _palette(poster.accent or look.ACCENT) for part in shade])
    data = BytesIO()
    shades.save(data, "PNG", bits=4, compress_level=1, compress_type=zlib.Z_RLE)  # runs of paper: small, and quick
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


_SMALL, _BRAND = _Face(30, 400), _Face(46, 700)
_LEAD = ((_Face(96, 700), 2), (_Face(84, 700), 3), (_Face(72, 700), 4), (_Face(60, 700), 5), (_Face(48, 700), 7))
"""Faces for the headline, each with the lines that it may take."""


def _nameplate(draw: ImageDraw.ImageDraw, title: str, date: str) -> int:
    """Draw the top with what the digest is called and the date; return where it ends."""
    _write(draw, WIDTH - _MARGIN - _width(date, _SMALL), 92, date, _SMALL, 190)
    if title:
        width = WIDTH - 2 * _MARGIN - _GAP - _width(date, _SMALL)
        _write(draw, _MARGIN, 92, _shortened(title, _BRAND, width), _BRAND)
    draw.rectangle((_MARGIN, 120, WIDTH - _MARGIN, 122), fill=255)
    draw.rectangle((_MARGIN, 127, WIDTH - _MARGIN, 127), fill=255)
    return 128


def _headline(draw: ImageDraw.ImageDraw, text: str, top: int) -> None:
    """Draw the headline as large as it has room, in the middle of what is free."""
    bottom = HEIGHT - _GAP
    face, lines = _fitted(text, WIDTH - 2 * _MARGIN, bottom - top - _GAP)
    height = face.size * _LEADING
    first = top + (bottom - top - height * len(lines)) / 2 + face.size * 0.86
    for place, line in enumerate(lines):
        _write(draw, _MARGIN, round(first + place * height), line, face)


def _write(draw: ImageDraw.ImageDraw, left: float, base: int, text: str, face: _Face, ink: int = 255) -> None:
    """Draw a line of text; each sign is made once in a face, which would take most of the time."""
    for sign in text:
        glyph = _glyph(sign, face)
        draw.draw.draw_bitmap((round(left) + glyph.left, base + glyph.top), glyph.mask, ink)
        left += glyph.width


def _fitted(text: str, width: float, height: float) -> tuple[_Face, list[str]]:
    """Return the largest face in which a headline has room, and its lines; in the smallest it is cut short."""
    for face, most in _LEAD:
        lines = _lines(text, face, width)
        whole = all(_width(line, face) <= width for line in lines)
        if whole and len(lines) <= most and face.size * _LEADING * len(lines) <= height:
            return face, lines
    room = max(int(height / (face.size * _LEADING)), 1)
    if len(lines) > room:
        lines = [*lines[: room - 1], " ".join(lines[room - 1 : room + 1])]
    return face, [_shortened(line, face, width) for line in lines]


def _lines(text: str, face: _Face, width: float) -> list[str]:
    """Break a text into lines, as few as there can be and of much the same length."""
    most = len(_broken(text, face, width))
    narrow, wide = width / 2, width
    while wide - narrow > width / 50:  # balanced, as `text-wrap: balance` does
        middle = (narrow + wide) / 2
        lines = _broken(text, face, middle)
        if len(lines) > most or any(_width(line, face) > middle for line in lines):
            narrow = middle
        else:
            wide = middle
    return _broken(text, face, wide)


def _broken(text: str, face: _Face, width: float) -> list[str]:
    """Break a text into lines after spaces and hyphens; a word that has no room has a line of its own."""
    lines: list[str] = []
    for piece in _PIECE.findall(text):
        if lines and _width(lines[-1] + piece.rstrip(), face) <= width:
            lines[-1] += piece
        else:
            lines.append(piece)
    return [line.rstrip() for line in lines]


def _shortened(text: str, face: _Face, width: float) -> str:
    """Return a text, or what of it has room, with a sign that there is more; where it can, it ends with a word."""
    if _width(text, face) <= width:
        return text
    end = len(text)
    while end > 1 and _width(text[:end], face) + _width("…", face) > width:
        end = min(end - 1, int(end * width / _width(text[:end], face)) + 1)
    start, _, _ = text[:end].rpartition(" ")
    return f"{(start if len(start) > end / 2 else text[:end]).rstrip(' ,;:–-')}…"


def _icon(draw: ImageDraw.ImageDraw, top: int) -> None:
    """Draw the digest's icon in the middle of what is free."""
    unit = 10
    left, above = (WIDTH - 32 * unit) / 2, top + (HEIGHT - top - 32 * unit) / 2
    draw.rounded_rectangle((left, above, left + 32 * unit, above + 32 * unit), 4 * unit, fill=_SHADES)
    for x0, y0, x1, y1 in _ICON:
        draw.rectangle((left + x0 * unit, above + y0 * unit, left + x1 * unit - 1, above + y1 * unit - 1), fill=0)


class _Glyph(NamedTuple):
    """A sign in a face."""

    mask: Any
    left: int
    top: int
    """Where it stands, from the place on the line where it begins."""
    width: float
    """To where the next begins."""


@lru_cache(maxsize=1 << 12)
def _glyph(sign: str, face: _Face) -> _Glyph:
    mask, (left, top) = face.font.getmask2(sign, "L", anchor="ls")
    return _Glyph(mask, left, top, face.font.getlength(sign))


@lru_cache(maxsize=1 << 14)
def _width(text: str, face: _Face) -> float:
    return sum(_glyph(sign, face).width for sign in text)


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
    for sign in unicodedata.normalize("NFC", text):
        if sign.isspace() or _has(sign):
            kept.append(sign)
        elif unicodedata.category(sign)[0] in "LNM":
            return ""
    return " ".join("".join(kept).split())


@cache
def _has(sign: str) -> bool:
    if unicodedata.category(sign)[0] == "C":
        return False
    return bytes(_SMALL.font.getmask(sign)) != _no_glyph()


@cache
def _no_glyph() -> bytes:
    return bytes(_SMALL.font.getmask("\ufffe"))

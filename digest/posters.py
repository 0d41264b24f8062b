"""Posters: the picture that stands for a page where others link to it: nameplate, date and headlines, as PNG.

The fonts come with the program, so that the bytes are the same on every machine. They have Latin, Greek and Cyrillic
letters; what needs others is left out, since a box in the place of a letter says nothing.
"""

import unicodedata
from collections.abc import Sequence
from functools import cache, lru_cache
from importlib import resources
from io import BytesIO

from digest.errors import DigestError
from digest.social import HEIGHT, WIDTH
from digest.views import Poster

try:
    import fontpkg_source_serif_4
    from PIL import Image, ImageDraw, ImageFont
except ImportError as error:
    hint = "install them with `pip install 'news-digest[cards]'`, or take `cards` out of the settings"
    raise DigestError("`cards` needs Pillow and a font, which are not installed", hint) from error

_PAPER, _INK, _ACCENT = (0xFD, 0xFB, 0xF7), (0x1B, 0x1B, 0x1B), (0x8C, 0x1C, 0x13)
_SHADES = 15
"""Of paper to ink; with the accent they are the sixteen colours that four bits a pixel hold."""
_MARGIN, _GAP = 72, 28
_LEAD = ((76, 2), (64, 3), (54, 3), (46, 4))
"""Sizes for the first headline, in pixels, each with the lines that it may take."""
_OTHERS = 32
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
    shades.putpalette([part for shade in _palette() for part in shade])
    data = BytesIO()
    shades.save(data, "PNG", bits=4, compress_level=6)
    return data.getvalue()


@cache
def _palette() -> tuple[tuple[int, ...], ...]:
    steps = _SHADES - 1
    mixed = [
        tuple(paper + (ink - paper) * shade // steps for paper, ink in zip(_PAPER, _INK, strict=True))
        for shade in range(_SHADES)
    ]
    return (*mixed, _ACCENT)


def _nameplate(draw: ImageDraw.ImageDraw, title: str, date: str) -> int:
    """Draw the top with what the digest is called and the date; return where it ends."""
    small = _font(28, 400)
    draw.text((WIDTH - _MARGIN, 92), date, 190, small, "rs")
    if title:
        width = WIDTH - 2 * _MARGIN - _GAP - small.getlength(date)
        draw.text((_MARGIN, 92), _shortened(title, _font(44, 700), width), 255, _font(44, 700), "ls")
    draw.rectangle((_MARGIN, 120, WIDTH - _MARGIN, 122), fill=255)
    draw.rectangle((_MARGIN, 127, WIDTH - _MARGIN, 127), fill=255)
    return 128


def _headlines(draw: ImageDraw.ImageDraw, headlines: Sequence[str], top: int) -> None:
    """Draw the first headline large, in the middle of what the others leave at the bottom."""
    width = WIDTH - 2 * _MARGIN
    others, foot = headlines[1:], HEIGHT - 56
    font = _font(_OTHERS, 400)
    for place, text in enumerate(reversed(others)):
        line = foot - place * 60
        draw.text((_MARGIN, line), _shortened(text, font, width), 255, font, "ls")
        draw.rectangle((_MARGIN, line - 42, WIDTH - _MARGIN, line - 42), fill=70)
    bottom = foot - 60 * len(others) + (6 if others else 0)
    size, lines = _fitted(headlines[0], width, bottom - top - _GAP)
    height = size * 1.14
    first = top + (bottom - top - height * len(lines)) / 2 + size * 0.86
    for place, line_text in enumerate(lines):
        draw.text((_MARGIN, first + place * height), line_text, 255, _font(size, 700), "ls")


def _fitted(text: str, width: float, height: float) -> tuple[int, list[str]]:
    """Return the largest size in which a headline has room, and its lines; in the smallest it is cut short."""
    for size, most in _LEAD:
        lines = _lines(text, _font(size, 700), width)
        if len(lines) <= most and size * 1.14 * len(lines) <= height:
            return size, lines
    lines = lines[: max(int(height / (size * 1.14)), 1)]
    return size, [*lines[:-1], _shortened(f"{lines[-1]} …", _font(size, 700), width)]


def _lines(text: str, font: ImageFont.FreeTypeFont, width: float) -> list[str]:
    """Break a text into lines, as few as there can be and of much the same length."""
    most = _broken(text, font, width)
    narrow, wide = width / 2, width
    while wide - narrow > width / 50:  # balanced, as `text-wrap: balance` does
        middle = (narrow + wide) / 2
        if len(_broken(text, font, middle)) > len(most):
            narrow = middle
        else:
            wide = middle
    return _broken(text, font, wide)


def _broken(text: str, font: ImageFont.FreeTypeFont, width: float) -> list[str]:
    lines: list[str] = []
    for word in text.split():
        joined = f"{lines[-1]} {word}" if lines else word
        if lines and font.getlength(joined) <= width:
            lines[-1] = joined
        else:
            lines.append(_shortened(word, font, width))
    return lines


def _shortened(text: str, font: ImageFont.FreeTypeFont, width: float) -> str:
    """Return a text, or what of it has room, with a sign that there is more."""
    if font.getlength(text) <= width:
        return text
    end = len(text)
    while end > 1 and font.getlength(f"{text[:end].rstrip()}…") > width:
        end = min(end - 1, int(end * width / font.getlength(text[:end])) + 1)
    start, _, _ = text[:end].rpartition(" ")
    return f"{(start if len(start) > end / 2 else text[:end]).rstrip(' ,;:–-')}…"


def _icon(draw: ImageDraw.ImageDraw, top: int) -> None:
    """Draw the digest's icon in the middle of what is free."""
    unit = 10
    left, above = (WIDTH - 32 * unit) / 2, top + (HEIGHT - top - 32 * unit) / 2
    draw.rounded_rectangle((left, above, left + 32 * unit, above + 32 * unit), 4 * unit, fill=_SHADES)
    for x0, y0, x1, y1 in _ICON:
        draw.rectangle((left + x0 * unit, above + y0 * unit, left + x1 * unit - 1, above + y1 * unit - 1), fill=0)


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
    return bytes(_font(_OTHERS, 400).getmask(sign)) != _no_glyph()


@cache
def _no_glyph() -> bytes:
    return bytes(_font(_OTHERS, 400).getmask("\ufffe"))

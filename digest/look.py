"""The look of a digest: what `theme:` in its settings changes, and the style sheet that does it."""

import difflib
import hashlib
import re
from collections.abc import Callable, Iterator
from typing import Any

import msgspec

from digest.errors import DigestError, Problem

FACES = {"serif": "", "sans": ":root, [lang] {\n  --text: var(--sans);\n  --heads: var(--sans);\n}\n"}
_COLOUR = re.compile(r"#(?:[0-9A-Fa-f]{3}){1,2}")
_LOGO = re.compile(r"[\w][\w.-]*\.(?:svg|png|jpe?g|webp|gif|avif)", re.IGNORECASE)
_LINK = re.compile(r"https?://[^\s<>\"]+|(?:/|\./)?[^\s<>\"/:][^\s<>\":]*")
MOST_LINKS = 12
PAPER, DARK_PAPER, ACCENT, DARK_ACCENT = "#fdfbf7", "#16181b", "#8c1c13", "#ff9d8a"
"""The theme's own colours, as its style sheet has them."""
LEAST_CONTRAST = 4.5
"""Of small words to their paper (WCAG 2.2, success criterion 1.4.3)."""


class Theme(msgspec.Struct, frozen=True):
    """What `theme:` says; every key has a default."""

    accent: str = ""
    """Colour of what stands out, on light paper."""
    accent_dark: str = ""
    """The same on dark paper; a lighter `accent` where it is empty."""
    faces: str = "serif"
    """Of the text and the headlines: `serif` or `sans`."""
    columns: int = 3
    """Most columns of an edition's lists."""
    logo: str = ""
    """File in `templates/static/` that stands for the title at the top of each page."""
    footer: str = ""
    """What stands at the bottom of each page."""
    navigation: tuple[tuple[str, str], ...] = ()
    """Further entries of the main navigation: what they say, and where they lead."""


def parse(values: Any, where: str) -> Theme:
    """Read `theme:`. Raises DigestError that names place, key and mend."""
    if not isinstance(values, dict):
        raise DigestError(f"{where}: `theme` must be `name: value` lines", "write for example `theme: {faces: sans}`")
    names = Theme.__struct_fields__
    for key in values:
        if key not in names:
            near = difflib.get_close_matches(key, names, 1, 0.5)
            hint = f"did you mean `{near[0]}`?" if near else f"known keys: {', '.join(names)}"
            raise DigestError(f"{where}: unknown key `{key[:60]}` of `theme`", hint)
    return Theme(**{key: _READERS[key](key, value, where) for key, value in values.items()})


def css(theme: Theme | None) -> str:
    """Return the style sheet of a theme; empty where it changes none of the style."""
    if theme is None:
        return ""
    lines = []
    if theme.accent:
        # Even of black this makes a grey that is legible on dark paper.
        dark = theme.accent_dark or f"color-mix(in oklab, {theme.accent} 38%, #fff)"
        lines.append(f"--accent: light-dark({theme.accent}, {dark});")
    elif theme.accent_dark:
        lines.append(f"--accent: light-dark({ACCENT}, {theme.accent_dark});")
    if theme.columns != Theme().columns:
        lines.append(f"--columns: {theme.columns};")
    properties = f":root {{\n  {(chr(10) + '  ').join(lines)}\n}}\n" if lines else ""
    return properties + FACES[theme.faces]


def illegible(theme: Theme | None, path: str) -> Iterator[Problem]:
    """Say which colours of a theme, set in the file at `path`, make small words hard to read on the theme's paper."""
    papers = {"accent": (PAPER, 0), "accent_dark": (DARK_PAPER, 255)} if theme else {}
    for key, (paper, end) in papers.items():
        colour = getattr(theme, key)
        if not colour or (found := contrast(colour, paper)) >= LEAST_CONTRAST:
            continue
        tone, other = ("light", "darker") if key == "accent" else ("dark", "lighter")
        message = f"`theme: {key}` {colour} has a contrast of {found:.1f} to the {tone} paper: small words in it are hard to read"
        hint = f'take a {other} one, such as "{_towards(colour, end, paper)}": the contrast should be {LEAST_CONTRAST} or more'
        yield Problem("warning", path, 0, message, hint)


def contrast(one: str, other: str) -> float:
    """Return the contrast of two colours, 1 to 21 (WCAG 2.2, contrast ratio)."""
    dark, light = sorted(map(_luminance, (rgb(one), rgb(other))))
    return (light + 0.05) / (dark + 0.05)


def rgb(colour: str) -> tuple[int, int, int]:
    """Return the three parts of a colour such as `#8c1c13` or `#824`, 0 to 255 each."""
    digits = colour.removeprefix("#")
    whole = digits if len(digits) == 6 else "".join(digit * 2 for digit in digits)
    return int(whole[:2], 16), int(whole[2:4], 16), int(whole[4:], 16)


def _luminance(colour: tuple[int, int, int]) -> float:
    """Return how light a colour is, 0 to 1 (WCAG 2.2, relative luminance)."""
    linear = [part / 3294.6 if part <= 10 else ((part / 255 + 0.055) / 1.055) ** 2.4 for part in colour]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def _towards(colour: str, end: int, paper: str) -> str:
    """Return the colour nearest to this one that is legible, on the way to black (0) or white (255)."""
    parts = rgb(colour)
    mixed = ("#" + "".join(f"{part + (end - part) * step // 50:02x}" for part in parts) for step in range(51))
    return next(one for one in mixed if contrast(one, paper) >= LEAST_CONTRAST)


def name(text: str) -> str:
    """Return the path of a style sheet, with a name that changes with it."""
    return f"static/theme.{hashlib.blake2b(text.encode(), digest_size=4).hexdigest()}.css" if text else ""


def _text(key: str, value: Any, where: str) -> str:
    if not isinstance(value, str):
        hint = 'write the colour in quotes: "#8c1c13"' if key.startswith("accent") else "put the value in quotes"
        raise DigestError(f"{where}: `theme: {key}` must be a text, not {_shown(value)}", hint)
    if len(value) > 1000 or any(ord(sign) < 32 or 0xD800 <= ord(sign) <= 0xDFFF for sign in value):
        message = f"{where}: `theme: {key}` has over 1,000 characters or control characters"
        raise DigestError(message, "write one short line")
    return value.strip()


def _colour(key: str, value: Any, where: str) -> str:
    text = _text(key, value, where)
    if text and not _COLOUR.fullmatch(text):
        message = f"{where}: `theme: {key}` {text[:40]!r} is no colour"
        raise DigestError(message, 'write it in quotes as "#8c1c13" or "#824"')
    return text


def _faces(key: str, value: Any, where: str) -> str:
    text = _text(key, value, where)
    if text not in FACES:
        raise DigestError(f"{where}: `theme: {key}` is {text[:40]!r}", f"write one of {', '.join(FACES)}")
    return text


def _columns(key: str, value: Any, where: str) -> int:
    text = str(value).strip()
    if text not in ("1", "2", "3", "4"):
        raise DigestError(f"{where}: `theme: {key}` is {text[:40]!r}", "write a number from 1 to 4")
    return int(text)


def _logo(key: str, value: Any, where: str) -> str:
    text = _text(key, value, where)
    if text and not _LOGO.fullmatch(text):
        message = f"{where}: `theme: {key}` {text[:60]!r} is no name of a picture"
        raise DigestError(message, "put the file into templates/static/ and write its name, for example `logo.svg`")
    return text


def _navigation(key: str, value: Any, where: str) -> tuple[tuple[str, str], ...]:
    hint = "write for example `navigation: {About us: https://example.org/about}`"
    if not isinstance(value, dict) or len(value) > MOST_LINKS:
        raise DigestError(f"{where}: `theme: {key}` must be at most {MOST_LINKS} lines `text: address`", hint)
    for text, address in value.items():
        _text(key, text, where)
        if not _LINK.fullmatch(_text(f"{key}: {text[:40]}", address, where)):
            message = f"{where}: {str(address)[:60]!r} in `theme: {key}` leads nowhere"
            raise DigestError(message, f"{hint}, or a path from the site's root: `topics/index.html`")
    return tuple((text.strip(), address.strip().removeprefix("./").lstrip("/")) for text, address in value.items())


def _shown(value: Any) -> str:
    return "empty" if value is None else f"{type(value).__name__} {str(value)[:40]!r}"


_READERS: dict[str, Callable[[str, Any, str], Any]] = {
    "accent": _colour,
    "accent_dark": _colour,
    "faces": _faces,
    "columns": _columns,
    "logo": _logo,
    "footer": _text,
    "navigation": _navigation,
}

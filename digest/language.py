"""Which language a text is in."""

from collections.abc import Callable
from functools import cache

ENOUGH = 60
"""Characters below which nothing is guessed."""
SAMPLE = 400
"""Bytes of UTF-8 that are looked at: more cost time and tell nothing new."""
_LANGUAGES = (
    "af ar az be bg bn bs ca cs cy da de el en es et eu fa fi fr ga gl gu he hi hr hu hy id is it ja ka kk km kn ko ku ky "
    "la lb lo lt lv mk ml mn mr ms mt ne nl nn no pa pl ps pt ro ru si sk sl sq sr sv sw ta te th tl tr ug uk ur uz vi zh"
)


def detect(text: str) -> str:
    """Return the ISO 639-1 code of the language of `text`, or an empty string where it is too short to tell."""
    if len(text) < ENOUGH and not any(ord(sign) > 0x2E7F for sign in text):
        return ""
    language, _ = _classifier()(text.encode()[:SAMPLE].decode(errors="ignore"))
    return str(language)


@cache
def _classifier() -> Callable[[str], tuple[str, float]]:
    import py3langid  # half a second: only where a seed is new

    py3langid.set_languages(_LANGUAGES.split())
    return py3langid.classify  # type: ignore[no-any-return]

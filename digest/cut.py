"""A long text cut short where its reader would: after a sentence, and never inside what is one sign to the eye."""

import re
import unicodedata
from functools import cache

# A full stop and the like end a sentence where blank space follows. Marks of their own end one anywhere: Arabic ؟ and
# ۔, Devanagari। and ॥, Armenian ։, Ethiopic ። and ፧, Burmese ။, Khmer ។ and ៕, Tibetan །, East Asian 。！？.
_SENTENCE_END = re.compile("[.!?…]+[\"'”“’»)\\]]*(?=\\s)|[؟۔।॥։።፧။។៕།。！？｡]+[\"'”“’»)\\]」』）】》]*")
_PHRASE_END = re.compile(r"\s+|[、，；：،؛]")


# These take milliseconds to compile, and most builds cut nothing.
@cache
def _wide() -> re.Pattern[str]:
    """Return what finds East Asian Wide and Fullwidth signs (UAX 11), as far as texts hold them."""
    return re.compile(
        "[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff01-\uff60\uffe0-\uffe6"
        "\U0001f300-\U0001f64f\U0001f680-\U0001f6ff\U0001f900-\U0001faff\U00020000-\U0003fffd]"
    )


@cache
def _between_wide() -> re.Pattern[str]:
    return re.compile(
        "(?<=[\u2e80-\u303e\u3041-\ua4cf\uf900-\ufaff\uff01-\uff60])\n(?=[\u2e80-\u303e\u3041-\ua4cf\uf900-\ufaff\uff01-\uff60])"
    )


# Vowels that are letters to Unicode, but are written onto the sign before them; and skin colours.
_ONTO = frozenset("\u0e33\u0eb3\U0001f3fb\U0001f3fc\U0001f3fd\U0001f3fe\U0001f3ff\u200d")
_FLAGS = ("\U0001f1e6", "\U0001f1ff")
_JAMO = ("\u1160", "\u11ff")


def shorten(text: str, limit: int) -> str:
    """Return `text` on one line, or of a long one its first sentences, as far as they fit in `limit`.

    `limit` is in characters; one that is two columns wide counts twice, for it says as much as two or three letters
    of an alphabet. A text whose first sentence is longer than that ends in an ellipsis, after a word or a phrase.
    """
    if "\n" in text:
        text = " ".join(_between_wide().sub("", text).split("\n"))
    fits = _fitting(text, limit)
    if fits >= len(text):
        return text
    ends = [end.end() for end in _SENTENCE_END.finditer(text, 0, fits)]
    if ends:
        return _closed(text[: _whole(text, ends[-1])])
    fits = _fitting(text, limit - 1)
    phrases = list(_PHRASE_END.finditer(text, fits // 3, fits + 1))
    end = phrases[-1].start() if phrases else _whole(text, fits)
    return _closed(text[:end]) + "…" if limit > 0 else ""


def _fitting(text: str, limit: int) -> int:
    """Return how many characters of `text` fit in `limit` columns."""
    wide = _wide()
    if not wide.search(text, 0, limit):
        return max(limit, 0)
    columns = 0
    for place, sign in enumerate(text):
        columns += 2 if wide.match(sign) else 1
        if columns > limit:
            return place
    return len(text)


def _whole(text: str, end: int) -> int:
    """Return the last place up to `end` that is not inside an extended grapheme cluster (UAX 29, section 3.1.1)."""
    while 0 < end < len(text) and _joined(text, end):
        end -= 1
    return end


def _joined(text: str, place: int) -> bool:
    """Tell whether the signs before and after a place are one to the eye."""
    before, after = text[place - 1], text[place]
    if after in _ONTO or unicodedata.category(after) in ("Mn", "Mc", "Me") or "\U000e0020" <= after <= "\U000e007f":
        return True
    if before == "\u200d" or (unicodedata.combining(before) == 9 and after.isalpha()):  # a virama: the next is below it
        return True
    if _JAMO[0] <= after <= _JAMO[1]:
        return True
    flags = 0
    while flags < place and _FLAGS[0] <= text[place - 1 - flags] <= _FLAGS[1]:
        flags += 1
    return flags % 2 == 1 and _FLAGS[0] <= after <= _FLAGS[1]


def _closed(text: str) -> str:
    """End direction controls that the cut left open, so that what follows is not turned round (UAX 9)."""
    isolates = sum(text.count(sign) for sign in "\u2066\u2067\u2068") - text.count("\u2069")
    embeddings = sum(text.count(sign) for sign in "\u202a\u202b") - text.count("\u202c")
    return text + "\u202c" * embeddings + "\u2069" * isolates

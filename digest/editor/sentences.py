"""Sentences of a paragraph in any script, verbatim and with their place."""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from functools import cache, lru_cache
from typing import NamedTuple

from digest.editor.abbreviations import BEFORE_NUMBERS, before_ordinals, may_end, never_ends
from digest.editor.stopwords import function_words, primary


class Sentence(NamedTuple):
    """A sentence as it stands in its paragraph."""

    text: str
    start: int
    """Its first character's place in the paragraph."""


class _Rules(NamedTuple):
    """What a language knows of full stops that end no sentence."""

    never: frozenset[str]
    may: frozenset[str]
    short: frozenset[str]
    """Both of these, and those in front of numbers."""
    ordinals: frozenset[str] | None
    begins: frozenset[str]
    """Words that have a capital letter only where a sentence begins."""


# What ends a sentence wherever it stands: the property Sentence_Terminal of Unicode (UAX #44, PropList.txt) without
# the marks of Western scripts, which also abbreviate.
_ALWAYS = "。！？｡．؟۔։।॥။።፧፨។៕᠃᠉᱾᱿᭚᭛᭞᭟꘎꘏꛳꛷꣎꣏꤯꧈꧉꩝꩞꩟‼⁇⁈⁉܀܁܂߹"
_QUOTES = "\"'”“’‘»«›‹"
_CLOSING = f"{_QUOTES}」』）】》〉〕)\\]}}"
_OPENING = f"{_QUOTES}„‚「『（【《〈〔(\\[{{\\-–—¿¡*•·"
_END = re.compile(
    rf"[{_ALWAYS}][{_ALWAYS}.!?…]*[{_CLOSING}]*|[.!?…][.!?…]*(?:[ \u00a0\u202f]»(?!\w))?[{_CLOSING}]*(?=\s|$)|\n[ \t]*\n"
)
_CLOSES_ANY = _CLOSING.replace("\\", "") + " \u00a0\u202f"
_NEXT = re.compile(rf"[\s{_OPENING}]*")
_WORD = re.compile(r"[^\W_]+")
_OPENS, _CLOSES = "「『（【《〈〔", "」』）】》〉〕"
_GOES_ON = frozenset("とのなではがをにもへや、，,；：")
"""After the end of a quotation these go on with the sentence around it: Japanese particles, East Asian commas."""
_OWN = {
    "el": re.compile(r"[;;](?=\s)"),  # Greek asks with it
    "hy": re.compile(r":(?=\s)"),  # typed for the Armenian full stop
    # Thai ends a sentence with nothing but a blank, and has blanks within them too; these words begin one.
    "th": re.compile(
        r"(?<=[\u0e01-\u0e4e]{12}) +(?=ทั้งนี้|อย่างไรก็ตาม|นอกจากนี้|ขณะที่|ขณะเดียวกัน|ส่วน|สำหรับ|ต่อมา|ล่าสุด|จากนั้น|ก่อนหน้านี้)"
    ),
}
_LOOK_BACK = 40
"""Characters before a full stop in which its abbreviation is."""
_TITLE = 300
"""Characters of a title in quotation marks, or of a remark in brackets, within a sentence."""


def split(text: str, lang: str = "") -> tuple[Sentence, ...]:
    """Return the sentences of a paragraph; only blank space is between them, so together they are the text.

    `lang` is its BCP 47 tag. What is not certain stays together: a long sentence is no mistake, half a one is.
    """
    sentences = []
    start = _after_blank(text, 0)
    for end in _ends(text, lang, start):
        if piece := text[start:end].rstrip():
            sentences.append(Sentence(piece, start))
            start = _after_blank(text, end)
    if rest := text[start:].rstrip():
        sentences.append(Sentence(rest, start))
    return tuple(sentences)


@cache
def _rules(lang: str) -> _Rules:
    never, may = never_ends(lang), may_end(lang)
    return _Rules(never, may, never | may | BEFORE_NUMBERS, before_ordinals(lang), function_words(lang))


def _after_blank(text: str, place: int) -> int:
    while text[place : place + 1].isspace():
        place += 1
    return place


def _ends(text: str, lang: str, start: int) -> Iterator[int]:
    """Yield the places after which a sentence is over."""
    rules = _rules(lang)
    own = _OWN.get(primary(lang))
    marks: Iterable[re.Match[str]] = _END.finditer(text)
    if own is not None:
        marks = sorted([*marks, *own.finditer(text)], key=re.Match.start)
    depth, counted = 0, start
    for mark in marks:
        if mark.start() < start:
            continue
        sign, end = mark[0][0], mark.end()
        if sign in ".!?…":
            over = _is_plainly_over(text, mark, rules) or _is_over(text, start, mark, rules)
        elif sign in _ALWAYS:
            depth = max(0, depth + _opened(text, counted, end))
            counted = end
            inside = depth > 0 and any(close in text[end : end + 1000] for close in _CLOSES)
            goes_on = mark[0][-1] in _CLOSES and text[end : end + 1] in _GOES_ON
            over = not inside and not goes_on
        else:
            over = True
        if over:
            depth, counted = 0, end
            start = _after_blank(text, end)
            yield end


def _opened(text: str, start: int, end: int) -> int:
    """Return how many East Asian brackets are opened and not closed between two places."""
    piece = text[start:end]
    return sum(map(piece.count, _OPENS)) - sum(map(piece.count, _CLOSES))


def _is_plainly_over(text: str, mark: re.Match[str], rules: _Rules) -> bool:
    """Tell whether a full stop stands between a word that is no abbreviation and a capital letter, as most do."""
    dot, end = mark.span()
    word = text[text.rfind(" ", max(0, dot - _LOOK_BACK), dot) + 1 : dot]
    return (
        end - dot == 1
        and len(word) > 4
        and word.isalpha()
        and text[end : end + 1] == " "
        and text[end + 1 : end + 2].isupper()
        and word.lower() not in rules.short
    )


def _is_over(text: str, start: int, mark: re.Match[str], rules: _Rules) -> bool:
    """Tell whether a Western mark ends the sentence that began at `start`."""
    following = _NEXT.match(text, mark.end())
    after = following.end() if following else mark.end()
    sign = text[after : after + 1]
    if not sign:
        return True
    if sign.islower():
        return False
    marks = mark[0].rstrip(_CLOSES_ANY)
    closing = mark[0][len(marks) :]
    begins = _begins(text, after, rules)
    if closing and not begins and _is_inside(text[max(start, mark.start() - _TITLE) : mark.start()], closing, marks):
        return False
    if marks != ".":
        return True
    return begins if (may := _abbreviates(text, start, mark.start(), after, rules)) is None else not may


def _begins(text: str, place: int, rules: _Rules) -> bool:
    """Tell whether the word at `place` has a capital letter that only the beginning of a sentence gives it."""
    word = _WORD.match(text, place)
    return word is not None and len(word[0]) > 1 and word[0].lower() in rules.begins


def _is_inside(before: str, closing: str, marks: str) -> bool:
    """Tell whether a bracket, or a title in quotation marks, ends here that stands within its sentence."""
    if ")" in closing or "]" in closing:
        return max(before.rfind("("), before.rfind("[")) > 0
    opened = max(map(before.rfind, '„“«»"‚‘‹›'), default=-1)
    if "." in marks or opened <= 0:
        return False
    return before[:opened].rstrip()[-1:].isalnum()  # speech stands after a colon, a comma or a dash


def _abbreviates(text: str, start: int, dot: int, after: int, rules: _Rules) -> bool | None:
    """Tell whether the full stop at `dot` only abbreviates the word before it; None where the next word must tell."""
    words = text[max(start, dot - _LOOK_BACK) : dot].split()
    if not words or text[dot - 1].isspace():
        return False
    word = words[-1].strip("\"'„“”«»‚‘’(),[]:–-/")
    if word.isdecimal():
        return _is_ordinal(word, words, text, start, dot, after, rules)
    if not word or unicodedata.category(word[-1])[0] not in "LM":
        return False
    joined, parts = word.lower(), len(words) - 1
    while parts and words[parts - 1].endswith(".") and len(words[parts - 1]) <= 5:
        parts -= 1
        joined = words[parts].strip('(„"«').lower() + joined
    last = word.lower()
    if joined in rules.never or (last in rules.never and len(last) > 1):
        return True
    if last in BEFORE_NUMBERS and text[after].isdigit():
        return True
    if joined in rules.may or last in rules.may:
        return None
    if len(word) == 1 and (word.isupper() or _is_initial(text, after)):
        return None
    if "." in word and all(len(part) <= 2 for part in word.split(".")):
        return None
    if word.isupper() and rules.ordinals is not None and not word.strip("IVX"):
        return None
    return None if _has_no_vowel(word) else False


def _is_initial(text: str, place: int) -> bool:
    return text[place + 1 : place + 2] == "."


def _is_ordinal(
    number: str, words: Sequence[str], text: str, start: int, dot: int, after: int, rules: _Rules
) -> bool | None:
    """Tell whether `number` and its full stop are an ordinal or number an item, as far as that is certain."""
    if start + len(number) == dot:
        return True
    if rules.ordinals is None or not text[after].isalpha():
        return False
    if len(words) > 1 and words[-2].lower() in rules.ordinals and len(number) <= 3:
        return None
    return None if len(number) <= 2 else False


@lru_cache(maxsize=4096)
def _has_no_vowel(word: str) -> bool:
    """Tell whether a short word of a Western script cannot be spoken: `Tsd`, `bzw`, `кв`."""
    if len(word) > 4 or word.isupper():
        return False
    letters = unicodedata.normalize("NFD", word.lower())
    return all("a" <= sign <= "z" or "а" <= sign <= "я" for sign in letters) and not set(letters) & set(
        "aeiouyаеиоуыэюяё"
    )

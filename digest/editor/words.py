"""What an article is about, in a few hundred bytes: words, names and numbers, by which articles are compared.

Words stand for themselves by hashes, so that it is the same for every script and language. A word counts by its first
letters, which most of its forms share (Ukraine, Ukrainian; Москва, Москвы); two short words or two names in a row count
together as well (White House; in Vietnamese most words are two of what stands between spaces); where a script puts few
spaces or none, pairs of signs count.
"""

import math
import re
import struct
import unicodedata
import zlib
from collections import Counter
from collections.abc import Iterator, Mapping
from functools import lru_cache
from itertools import pairwise

READ = 1500
"""Characters of the text that are read: news says first what matters."""
KEPT = 80
"""Terms that are kept, 4 bytes each: those that tell most."""
STEM = 6
"""Letters of a word that count."""
PAIR = 8
"""Letters of two words that count together."""
WEIGHT_BITS, KIND_BITS = 5, 3
KINDS = (0.4, 0.25, 0.12, 0.06, 0.03, 0.02, 0.01, 0.003)
"""How much of all articles has a term of this kind, as a first guess: short words are common (G. K. Zipf, 1935)."""

_TITLE, _TEXT, _NAME, _TOGETHER = 30, 10, 13, 5
"""What a word in the title, in the text, with a capital letter, and two words together count, in tenths."""
_SIGNS = (
    "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7a3\uf900-\ufaff"
    "\U00020000-\U0003ffff"
)
"""Thai, Lao, Burmese, Khmer, kana, Han and Hangul: a word is few signs, and no or not every space ends one."""
_MARKS = (
    "\u0300-\u036f\u0483-\u0487\u0591-\u05c7\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed\u0711\u0730-\u074a"
    "\u07a6-\u07b0\u0816-\u082d\u0859-\u085b\u08d3-\u0963\u0971-\u0df3\u0f18-\u0f84\u135d-\u135f\u200c\u200d"
)
"""Signs that combine with letters and that a regular expression takes for no part of a word."""
_PLAIN = re.compile(r"\w+")
_SPECIAL = re.compile(f"[{_SIGNS}{_MARKS}]")
_ANY = re.compile(f"[{_SIGNS}]+|(?:[^\\W_{_SIGNS}]|[{_MARKS}])+")
_SIGN = re.compile(f"[{_SIGNS}]")
_TARGET = re.compile(r"\]\([^)\s]*\)")

# A word as a number, from the highest bit: how many letters it has, whether its first is a capital, its hash, its kind.
_HASH = (1 << 24) - 1
_HASHED = _HASH << KIND_BITS
_TERM = (1 << 24 + KIND_BITS) - 1
_CAPITAL = 1 << 24 + KIND_BITS
_LENGTH = 24 + KIND_BITS + 2
_PAIR = (PAIR + 1) << _LENGTH
"""Two words that have together less than this count together: the bit below the length takes up two capitals."""
_RUN = 1 << _LENGTH + 8
"""A run of signs, in place of a word."""
_FIRST, _SECOND = 0x9E37, 0x85EB
_MOST = (1 << WEIGHT_BITS) - 1


def features(title: str, lead: str, body: str) -> bytes:
    """Return what an article is about: at most KEPT terms of 4 bytes, little-endian.

    A term is 24 bits of hash, 3 bits of kind (see KINDS) and 5 bits of weight. `body` is Markdown; a `lead` that it
    begins with is not counted twice. The same words give the same bytes on every machine.
    """
    counts: Counter[int] = Counter()
    for text, factor in _texts(title, lead, body):
        _count(text, factor, counts)
    if not counts:
        return b""
    alike: dict[int, list[int]] = {}  # by count and kind, which say what a term is worth
    for term, count in counts.items():
        case = count << KIND_BITS | term & 7
        if case in alike:
            alike[case].append(term)
        else:
            alike[case] = [term]
    packed: list[int] = []
    for case in sorted(alike, key=_worth, reverse=True):
        found = alike[case]
        left = KEPT - len(packed)
        if len(found) > left:
            found = sorted(found)[:left]
        weight = _weight(case >> KIND_BITS)
        packed += [term << WEIGHT_BITS | weight for term in found]
        if len(found) == left:
            break
    packed.sort()
    return struct.pack(f"<{len(packed)}I", *packed)


def terms(packed: bytes) -> tuple[int, ...]:
    """Return the terms of `features` as numbers: hash, kind and weight, from the highest bit to the lowest."""
    return struct.unpack(f"<{len(packed) // 4}I", packed)


def spelled(title: str, lead: str, body: str) -> Mapping[int, str]:
    """Return how an article writes its terms (hash and kind), for telling people."""
    found: dict[int, str] = {}
    for text, _ in _texts(title, lead, body):
        codes = []
        for token in _tokens(text):
            code = _word(token)
            if code == _RUN:
                for sign in _grams(token):
                    found.setdefault(_gram(sign), sign)
            else:
                found.setdefault(code & _TERM, token)
            codes.append((code, token))
        for (one, first), (other, second) in pairwise(codes):
            if _go_together(one, other):
                found.setdefault(_together(one, other), f"{first} {second}")
    return found


def _texts(title: str, lead: str, body: str) -> Iterator[tuple[str, int]]:
    """Yield what is read of an article, and what a word there counts."""
    yield _clean(title[:READ]), _TITLE
    text = body[: 2 * READ]
    if lead and not text.startswith(lead[:40]):
        text = f"{lead[:READ]}\n{text}"
    if "](" in text:
        text = _TARGET.sub("]", text)
    yield _clean(text[:READ]), _TEXT


def _clean(text: str) -> str:
    """Return `text` with one form of every letter; where all letters are capitals, they tell nothing."""
    if not text.isascii():
        text = unicodedata.normalize("NFKC", text)
    return text.lower() if text.isupper() else text


def _tokens(text: str) -> list[str]:
    try:
        text.encode("cp1252")  # the quickest way to see that nothing special is in it
    except UnicodeEncodeError:
        if _SPECIAL.search(text):
            return _ANY.findall(text)
    return _PLAIN.findall(text)


def _count(text: str, factor: int, counts: Counter[int]) -> None:
    """Add the words of `text` to `counts`, by term, in tenths."""
    tokens = _tokens(text)
    codes = list(map(_word, tokens))
    get = counts.get
    if _RUN in codes:
        for token, code in zip(tokens, codes, strict=True):
            if code == _RUN:
                for term in map(_gram, _grams(token)):
                    counts[term] = get(term, 0) + factor
    named = factor * _NAME // _TEXT
    for code, times in Counter(codes).items():
        if code != _RUN:
            term = code & _TERM
            counts[term] = get(term, 0) + times * (named if code & _CAPITAL else factor)
    together = factor * _TOGETHER // _TEXT
    hashed, kinds, first, second = _HASHED, _KIND_OF_TWO, _FIRST, _SECOND  # `_together`, without the calls
    for term in [
        (one & hashed) * first + (other & hashed) * second >> 8 & hashed | kinds[(one & 7) << 3 | other & 7]
        for one, other in pairwise(codes)
        if one + other < _PAIR or one & other & _CAPITAL
    ]:
        counts[term] = get(term, 0) + together


@lru_cache(maxsize=1 << 17)
def _word(token: str) -> int:
    """Return a word as a number; of a run of signs only that it is one."""
    if _SIGN.match(token):
        return _RUN
    folded = token.casefold()
    length = len(folded)
    if folded[0].isdigit():
        kind = 3 if length < 3 else 6
        stem = folded[:20]
    else:
        stem = folded[:STEM]
        kind = (0, 0, 0, 1, 2, 3, 4)[len(stem)]
    capital = _CAPITAL if token[0].isupper() else 0
    return min(length, PAIR + 1) << _LENGTH | capital | _hash(stem) << KIND_BITS | kind


def _go_together(one: int, other: int) -> bool:
    """Tell whether two words in a row count together: short ones, and names."""
    return one + other < _PAIR or bool(one & other & _CAPITAL)


def _together(one: int, other: int) -> int:
    """Return the term of two words in a row. It is about as common as both words by chance, twice."""
    mixed = (one & _HASHED) * _FIRST + (other & _HASHED) * _SECOND
    return mixed >> 8 & _HASHED | _KIND_OF_TWO[(one & 7) << 3 | other & 7]


def _nearest_kind(share: float) -> int:
    return min(range(len(KINDS)), key=lambda kind: abs(math.log(KINDS[kind] / share)))


_KIND_OF_TWO = tuple(_nearest_kind(max(0.002, min(0.2, one * other / 2))) for one in KINDS for other in KINDS)


def _grams(run: str) -> list[str]:
    """Return the pairs of signs in a run of them."""
    return [run[at : at + 2] for at in range(len(run) - 1)] or [run]


@lru_cache(maxsize=1 << 17)
def _gram(signs: str) -> int:
    """Return the term of two signs (or one). What holds a Japanese sentence together is written in hiragana."""
    hiragana = sum("\u3040" <= sign <= "\u309f" for sign in signs)
    kind = 1 if len(signs) == 1 else (6, 3, 0)[hiragana]
    return _hash(signs) << KIND_BITS | kind


def _hash(text: str) -> int:
    return zlib.crc32(text.encode("utf-8", "replace")) & _HASH


@lru_cache(maxsize=1 << 12)
def _weight(count: int) -> int:
    """Return the weight of a term by its count in tenths: 1 + log(count), in sevenths."""
    return min(_MOST, round(7 * (1 + math.log(count / 10) if count >= 10 else count / 10)))


@lru_cache(maxsize=1 << 12)
def _worth(case: int) -> tuple[int, int]:
    """Return how much a term of this count and kind tells, as far as one article shows it."""
    return round(100 * _weight(case >> KIND_BITS) * -math.log(KINDS[case & 7])), case

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
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from itertools import pairwise
from operator import add

READ = 1500
"""Characters of the text that are read: news says first what matters."""
KEPT = 80
"""Terms that are kept, 4 bytes each: those that tell most."""
FEW = 32
"""Articles below which to load numpy takes longer than it saves (see `many`)."""
STEM = 6
"""Letters of a word that count."""
PAIR = 8
"""Letters of two words that count together."""
WEIGHT_BITS, KIND_BITS = 5, 3
KINDS = (0.4, 0.25, 0.12, 0.06, 0.03, 0.02, 0.01, 0.003)
"""How much of all articles has a term of this kind, as a first guess: short words are common (G. K. Zipf, 1935)."""

TITLE, TEXT, NAME, TOGETHER = 30, 10, 20, 5
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
_FIRST_SIGN = _SIGNS[0]
_TARGET = re.compile(r"\]\([^)\s]*\)")

# A word as a number, from the highest bit: how many letters it has, whether its first is a capital, its hash, its kind.
_HASH = (1 << 24) - 1
HASHED = _HASH << KIND_BITS
TERM_BITS = 24 + KIND_BITS
TERM = (1 << TERM_BITS) - 1
CAPITAL = 1 << TERM_BITS
LENGTH = TERM_BITS + 2
PAIRED = (PAIR + 1) << LENGTH
"""Two words that have together less than this count together: the bit below the length takes up two capitals."""
FIRST, SECOND = 0x9E37, 0x85EB
_MOST = (1 << WEIGHT_BITS) - 1
COUNT_BITS = 9
MANY = (1 << COUNT_BITS) - 1
"""Tenths up to which it is told how often a word is there."""


def features(title: str, lead: str, body: str) -> bytes:
    """Return what an article is about: at most KEPT terms of 4 bytes, little-endian.

    A term is 24 bits of hash, 3 bits of kind (see KINDS) and 5 bits of weight. `body` is Markdown; a `lead` that it
    begins with is not counted twice. The same words give the same bytes on every machine.
    """
    # Many articles at once take the way of `many`, with the same result.
    counts: dict[int, int] = {}
    for text, worth in zip(texts(title, lead, body), (TITLE, TEXT), strict=True):
        words = list(codes(text))
        named, both = worth * NAME // TEXT, worth * TOGETHER // TEXT
        for code in words:
            counts[code & TERM] = counts.get(code & TERM, 0) + (named if code & CAPITAL else worth)
        for one, other in pairwise(words):
            if _go_together(one, other):
                term = _together(one, other)
                counts[term] = counts.get(term, 0) + both
    ranks = {term: told(min(count, MANY) << KIND_BITS | term & (1 << KIND_BITS) - 1) for term, count in counts.items()}
    kept = sorted(counts, key=lambda term: (ranks[term], term))[:KEPT]
    packed = sorted([term << WEIGHT_BITS | WEIGHT[min(counts[term], MANY)] for term in kept])
    return struct.pack(f"<{len(packed)}I", *packed)


def terms(packed: bytes) -> tuple[int, ...]:
    """Return the terms of `features` as numbers: hash, kind and weight, from the highest bit to the lowest."""
    return struct.unpack(f"<{len(packed) // 4}I", packed)


def spelled(title: str, lead: str, body: str) -> Mapping[int, str]:
    """Return how an article writes its terms (hash and kind), for telling people."""
    found: dict[int, str] = {}
    for text in texts(title, lead, body):
        codes = [(_code(part), part) for word in _words(text) for part in _parts(word)]
        for code, part in codes:
            found.setdefault(code & TERM, part)
        for (one, first), (other, second) in pairwise(codes):
            if _go_together(one, other):
                found.setdefault(_together(one, other), f"{first} {second}")
    return found


# These take milliseconds to compile, and most articles hold nothing that they look for.
@cache
def _special() -> re.Pattern[str]:
    return re.compile(f"[{_SIGNS}{_MARKS}]")


@cache
def _any() -> re.Pattern[str]:
    return re.compile(f"[{_SIGNS}]+|(?:[^\\W_{_SIGNS}]|[{_MARKS}])+")


@cache
def _sign() -> re.Pattern[str]:
    return re.compile(f"[{_SIGNS}]")


def _is_of_signs(token: str) -> bool:
    return token[0] >= _FIRST_SIGN and _sign().match(token) is not None


def texts(title: str, lead: str, body: str) -> tuple[str, str]:
    """Return what is read of an article: its title, and its text."""
    text = body[: 2 * READ].lstrip()
    if lead and not text[:80].replace("\\", "").startswith(lead[:40]):
        text = f"{lead[:READ]}\n{text}"
    if "](" in text:
        text = _TARGET.sub("]", text)
    return _clean(title[:READ]), _clean(text[:READ])


def _clean(text: str) -> str:
    """Return `text` with one form of every letter; where all letters are capitals, they tell nothing."""
    if not text.isascii():
        text = unicodedata.normalize("NFKC", text)
    return text.lower() if text.isupper() else text


def codes(text: str) -> Iterable[int]:
    """Return the words of a text as numbers."""
    for known in _BY_BYTES:
        try:
            return map(known.__getitem__, text.encode(known.encoding).translate(known.words_only).split())
        except UnicodeEncodeError:
            continue
    if not _special().search(text):
        return map(_KNOWN.__getitem__, _PLAIN.findall(text))
    every: list[int] = []
    for word in _any().findall(text):
        if _is_of_signs(word) and len(word) > 1:
            every += map(_KNOWN.__getitem__, map(add, word, word[1:]))
        else:
            every.append(_KNOWN[word])
    return every


def _words(text: str) -> list[str]:
    """Return the words of a text, and its runs of signs."""
    return _any().findall(text) if _special().search(text) else _PLAIN.findall(text)


def _parts(token: str) -> Iterator[str]:
    """Yield a word, or the pairs of signs in a run of them."""
    if _is_of_signs(token) and len(token) > 1:
        yield from (token[at : at + 2] for at in range(len(token) - 1))
    else:
        yield token


def _go_together(one: int, other: int) -> bool:
    """Tell whether two words in a row count together: short ones, and names."""
    return one + other < PAIRED or bool(one & other & CAPITAL)


def _together(one: int, other: int) -> int:
    """Return the term of two words in a row. It is about as common as both words by chance, twice."""
    mixed = (one & HASHED) * FIRST + (other & HASHED) * SECOND
    return mixed >> 8 & HASHED | KIND_OF_TWO[(one & 7) << 3 | other & 7]


def told(case: int) -> tuple[int, int]:
    """Sort terms by what they tell, those that tell most first; their count and kind make a `case`."""
    count, kind = case >> KIND_BITS, case & (1 << KIND_BITS) - 1
    return -round(100 * WEIGHT[count] * _TOLD[kind]), -case


def _code(token: str) -> int:
    """Return a word, or one or two signs, as a number. What holds a Japanese sentence together is written in hiragana."""
    if _is_of_signs(token):
        hiragana = sum("\u3040" <= sign <= "\u309f" for sign in token)
        kind = 1 if len(token) == 1 else (6, 3, 0)[hiragana]
        return (PAIR + 1) << LENGTH | _hash(token) << KIND_BITS | kind
    folded = token.casefold()
    length = len(folded)
    if folded[0].isdigit():
        kind = 3 if length < 3 else 6
        stem = folded[:20]
    else:
        stem = folded[:STEM]
        kind = (0, 0, 0, 1, 2, 3, 4)[len(stem)]
    capital = CAPITAL if token[0].isupper() else 0
    return min(length, PAIR + 1) << LENGTH | capital | _hash(stem) << KIND_BITS | kind


class _Words(dict[str, int]):
    """The numbers of the words that were met; a word is looked up without a call."""

    LIMIT = 1 << 18

    def __missing__(self, word: str) -> int:
        if len(self) >= self.LIMIT:
            self.clear()
        code = self[word] = _code(word)
        return code


class _Bytes(dict[bytes, int]):
    """The same for words in an encoding of a byte a letter, which takes a fifth of the time."""

    def __init__(self, encoding: str) -> None:
        self.encoding = encoding
        signs = (bytes([code]).decode(encoding, "replace") for code in range(256))
        self.words_only = bytes(code if _PLAIN.fullmatch(sign) else ord(" ") for code, sign in enumerate(signs))
        """The bytes, with spaces for all that belongs to no word."""

    def __missing__(self, word: bytes) -> int:
        if len(self) >= _Words.LIMIT:
            self.clear()
        code = self[word] = _code(word.decode(self.encoding))
        return code


_KNOWN = _Words()
_BY_BYTES = (_Bytes("cp1252"), _Bytes("cp1251"))


def _hash(text: str) -> int:
    return zlib.crc32(text.encode("utf-8", "replace")) & _HASH


def _nearest_kind(share: float) -> int:
    return min(range(len(KINDS)), key=lambda kind: abs(math.log(KINDS[kind] / share)))


def _weight(count: int) -> int:
    """Return the weight of a term by its count in tenths: 1 + log(count), in sevenths."""
    return min(_MOST, round(7 * (1 + math.log(count / 10) if count >= 10 else count / 10)))


KIND_OF_TWO = [_nearest_kind(max(0.002, min(0.2, one * other / 2))) for one in KINDS for other in KINDS]
WEIGHT = [_weight(count) for count in range(MANY + 1)]
_TOLD = [-math.log(share) for share in KINDS]
"""How much a term of a kind tells; times its weight, as far as one article shows it."""

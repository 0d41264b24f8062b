"""What many articles are about: the `features` of words, for all of them at once, which takes a third of the time."""

from collections.abc import Sequence
from itertools import pairwise

import numpy as np

from digest.editor import words
from digest.editor.words import CAPITAL, HASHED, KIND_BITS, MANY, TERM, TERM_BITS, TEXT, WEIGHT_BITS

Numbers = np.ndarray[tuple[int], np.dtype[np.int64]]

_BREAK = 1 << words.LENGTH + 8
"""Between title and text, in place of a word: it counts for nothing."""
_RANK_BITS = words.COUNT_BITS + KIND_BITS
_KIND_OF_TWO = np.array(words.KIND_OF_TWO)
_WEIGHT = np.array(words.WEIGHT)
_CASE = np.array(sorted(range(1 << _RANK_BITS), key=words.told))
"""Counts and kinds, those that tell most first."""
_RANK = np.argsort(_CASE)
"""For count and kind: how many other pairs of these tell more."""


def features_of(articles: Sequence[tuple[str, str, str]]) -> list[bytes]:
    """Return what each article (title, lead, body) is about, as `words.features` does."""
    codes: list[int] = []
    ends: list[tuple[int, int]] = []
    for article in articles:
        title, text = words.texts(*article)
        codes += words.codes(title)
        codes.append(_BREAK)
        end_of_title = len(codes)
        codes += words.codes(text)
        codes.append(_BREAK)
        ends.append((end_of_title, len(codes)))
    return _kept(np.fromiter(codes, np.int64, len(codes)), ends) if ends else []


def _kept(codes: Numbers, ends: Sequence[tuple[int, int]]) -> list[bytes]:
    """Return the terms to be kept of articles, whose titles and texts end at these places in `codes`."""
    starts = [0, *(end for _, end in ends)]
    article = np.repeat(np.arange(len(ends)), np.diff(starts))
    worth = np.full(len(codes), TEXT)
    for start, (end_of_title, _) in zip(starts, ends, strict=False):
        worth[start:end_of_title] = words.TITLE
    one, other = codes[:-1], codes[1:]
    both = np.nonzero(_go_together(one, other))[0]
    single = np.nonzero(codes != _BREAK)[0]
    named = np.where(codes[single] & CAPITAL, worth[single] * words.NAME // TEXT, worth[single])
    terms = np.concatenate([codes[single] & TERM, _together(one[both], other[both])])
    counts = np.concatenate([named, worth[both] * words.TOGETHER // TEXT])
    owner = np.concatenate([article[single], article[both]])
    # Everything that is sorted by goes into one number each time, for which numpy has its quickest sort.
    found = np.sort((owner << TERM_BITS | terms) << words.COUNT_BITS | counts)
    key = found >> words.COUNT_BITS
    first = np.flatnonzero(np.diff(key, prepend=-1))
    key = key[first]
    count = np.minimum(np.add.reduceat(found & MANY, first), MANY) if len(first) else first
    rank = _RANK[count << KIND_BITS | key & (1 << KIND_BITS) - 1]
    # Of each article the terms that tell most, by number where they tell the same; then by number.
    told = np.sort((key >> TERM_BITS) << _RANK_BITS + TERM_BITS | rank << TERM_BITS | key & TERM)
    owner = told >> _RANK_BITS + TERM_BITS
    begins = np.searchsorted(owner, np.arange(len(ends) + 1))
    told = told[np.arange(len(told)) - begins[owner] < words.KEPT]
    weight = _WEIGHT[_CASE[told >> TERM_BITS & (1 << _RANK_BITS) - 1] >> KIND_BITS]
    packed = (told & TERM) << WEIGHT_BITS | weight
    bits = TERM_BITS + WEIGHT_BITS
    kept = np.sort((told >> _RANK_BITS + TERM_BITS) << bits | packed)
    bounds = np.searchsorted(kept >> bits, np.arange(len(ends) + 1)) * 4
    data = (kept & (1 << bits) - 1).astype("<u4").tobytes()
    return [data[start:end] for start, end in pairwise(bounds.tolist())]


def _go_together(one: Numbers, other: Numbers) -> "np.ndarray[tuple[int], np.dtype[np.bool_]]":
    """Tell whether two words in a row count together: short ones, and names."""
    together: np.ndarray[tuple[int], np.dtype[np.bool_]] = (one + other < words.PAIRED) | ((one & other & CAPITAL) != 0)
    return together


def _together(one: Numbers, other: Numbers) -> Numbers:
    """Return the term of two words in a row."""
    mixed = (one & HASHED) * words.FIRST + (other & HASHED) * words.SECOND
    terms: Numbers = mixed >> 8 & HASHED | _KIND_OF_TWO[(one & 7) << 3 | other & 7]
    return terms

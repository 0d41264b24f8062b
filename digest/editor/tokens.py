"""Tokens: an article as its words, what stands between them, and what a word tells by itself."""

import re
from collections.abc import Callable
from functools import cache, lru_cache, partial
from typing import NamedTuple, TypeVar

from digest.editor.abbreviations import may_end, never_ends
from digest.editor.grammar import COMPANY, COUNTRIES, NOUNS_HAVE_CAPITALS, PEOPLES, SYLLABLE, SYLLABLES, WITHIN_NAMES
from digest.editor.inflection import WORD, fold, root
from digest.editor.signs import BODY, LEAD, TITLE
from digest.editor.speech import titles
from digest.editor.stopwords import calendar, function_words, never_topics, primary

MOST_KNOWN = 50_000
"""Words of a language that are remembered; with more, all are forgotten."""

_T = TypeVar("_T")
_CUT = re.compile(f"({WORD.pattern})")
_ENDS = re.compile(r"[.!?…:\n\"„“”«»‹›(\[–—•|]")


class Form(NamedTuple):
    """What a word tells by itself, whatever stands around it."""

    folded: str
    root: str
    adjective: str
    """The root that it has as an adjective within a name."""
    is_title: bool
    is_day: bool
    """Or a month."""
    is_company: bool
    """Whether it is what companies have behind their names."""
    is_never: bool
    """Whether it is never a topic."""
    is_function: bool
    is_acronym: bool
    is_people: bool
    is_alone: bool
    """Whether it may be a term all by itself."""


class Words:
    """The words of an article, by their numbers. Most are never looked at, so nothing is made of each of them."""

    def __init__(self, title: str, lead: str, body: str, lang: str) -> None:
        self.lang = lang
        self.forms, self.roots, self.nouns = _known(lang)
        """What a word tells by itself; its root; its root where it may be a noun of some weight, else nothing."""
        self.all: list[str] = []
        """What stands before each word, and the word, in turns."""
        starts = []
        for piece in (title, lead, body):
            starts.append(len(self.all) // 2)
            self.all += _CUT.split(f"\n{piece}")[:-1]
        _, self.lead, self.body = starts
        """The numbers of the first words of lead and body."""
        self.texts = self.all[1::2]
        self._shorts = never_ends(lang) | may_end(lang)

    def gap(self, at: int) -> str:
        """Return what stands between a word and the one before; in the first of a piece, a line end too."""
        return self.all[2 * at]

    def joined(self, start: int, end: int) -> str:
        """Return the words from `start` until before `end` with what stands between them."""
        return "".join(self.all[2 * start + 1 : 2 * end])

    def place(self, at: int) -> int:
        """Return in which part of the article a word stands."""
        return BODY if at >= self.body else LEAD if at >= self.lead else TITLE

    def begins(self, at: int) -> bool:
        """Tell whether a capital letter tells nothing: the word begins a sentence, a quotation or a line."""
        gap = self.all[2 * at]
        if gap == " " or not _ENDING[gap]:
            return False
        if gap != ". ":
            return True
        before = self.texts[at - 1]
        return len(before) > 1 and before.lower() not in self._shorts

    def ties(self, at: int) -> bool:
        """Tell whether a name may go on with a word, as far as the gap before it tells."""
        gap = self.all[2 * at]
        return gap == " " or (gap in WITHIN_NAMES and not self.begins(at))

    def form(self, at: int) -> Form:
        """Return what a word tells by itself."""
        return self.forms[self.texts[at]]


class Known(dict[str, _T]):
    """What was found out about words: most words of an article stand in others too. Quicker than `lru_cache`."""

    def __init__(self, find: Callable[[str], _T]) -> None:
        super().__init__()
        self._find = find

    def __missing__(self, word: str) -> _T:
        """Find it out."""
        if len(self) >= MOST_KNOWN:
            self.clear()
        found = self[word] = self._find(word)
        return found


_ENDING = Known(lambda gap: _ENDS.search(gap) is not None)
"""Whether what stands between two words ends a sentence, or begins a line or a quotation."""


@cache
def _known(lang: str) -> tuple[Known[Form], Known[str], Known[str]]:
    return Known(partial(_form, lang=lang)), Known(partial(_root, lang=lang)), Known(partial(_noun, lang=lang))


def _form(text: str, lang: str) -> Form:
    folded = fold(text)
    language = primary(lang)
    is_title = _is_title(folded, lang)
    is_day = folded in calendar(language)
    is_company = folded in COMPANY
    is_never = folded in never_topics(lang)
    is_alone = not (
        is_title or is_day or is_company or is_never or len(text) < 2 or text[0].islower() or is_fragment(text, lang)
    )
    return Form(
        folded,
        root(folded, lang),
        root(folded, lang, adjective=True),
        is_title,
        is_day,
        is_company,
        is_never,
        folded in function_words(lang),
        len(text) > 1 and text.isupper() and not text.isdecimal(),
        language == "en" and (folded in PEOPLES or folded.endswith(("ian", "ese", "ians"))),
        is_alone,
    )


def _root(text: str, lang: str) -> str:
    return root(fold(text), lang)


def _noun(text: str, lang: str) -> str:
    """Return the root of a word; empty for one that is never a topic, or a figure."""
    folded = fold(text)
    return "" if folded in never_topics(lang) or folded.isdecimal() else root(folded, lang)


def is_fragment(text: str, lang: str) -> bool:
    """Tell whether a word is a syllable that only begins a longer name."""
    folded = fold(text)
    return (
        primary(lang) in SYLLABLES
        and folded not in COUNTRIES
        and (not text.isascii() or SYLLABLE.fullmatch(folded) is not None)
    )


def _is_title(word: str, lang: str) -> bool:
    known = titles(lang)
    if word in known or root(word, lang) in known:
        return True
    if primary(lang) not in NOUNS_HAVE_CAPITALS:
        return False
    longer, tails = _long_titles(lang)
    return word[-4:] in tails and word.endswith(longer)  # the first is quick, and true of few words


@cache
def _long_titles(lang: str) -> tuple[tuple[str, ...], frozenset[str]]:
    """Return what longer words for a title end with, in all cases, and the last letters of these."""
    longer = [title + case for title in titles(lang) if len(title) > 3 for case in ("", "n", "en")]
    return tuple(sorted(longer)), frozenset(title[-4:] for title in longer)


@lru_cache(maxsize=32768)
def telling(text: str, lang: str) -> str:
    """Return the root of a word that may be a topic in a script without capitals; empty for others."""
    key = root(fold(text), lang)
    never = never_topics(lang)
    return "" if len(key) < 2 or key in never or key in _never_roots(lang) or fold(text) in never else key


@cache
def _never_roots(lang: str) -> frozenset[str]:
    return frozenset(root(word, lang) for word in never_topics(lang))

"""Topics of an article: from the vocabulary, from those that articles have, and from what matters in it."""

import math
import struct
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from digest.editor import vocabulary
from digest.editor.grammar import NOUNS_HAVE_CAPITALS
from digest.editor.inflection import SPACELESS, WORD, fold, root
from digest.editor.signs import BODY, LEAD, TITLE
from digest.editor.stopwords import function_words, never_topics, primary
from digest.editor.terms import Term, mark
from digest.editor.vocabulary import Vocabulary

MOST = 5
"""Topics of an article."""
WINDOW = 2000
"""Articles of the archive, the newest, that statistics are made of: so an import costs the same however old it is."""
SMALL = 20
"""Articles of an archive too small to tell what is rare."""
LEAST = 2
"""Other articles that a new topic must be found in: a topic of one article helps nobody."""
COMMON_NAME, COMMON_WORD = 0.15, 0.05
"""In a larger part of the archive a name or word is too general for a topic."""
SURE = 0.6
"""A new topic of less confidence is left out."""
LONG = 9
"""Letters of a noun that is not general."""
WHOLE_NAME, FAMILY_NAME = 0.6, 0.2
"""How many of the articles that have a part of a name must have the whole of it; less, where the part is one word."""


_LEAST_MENTIONS = {TITLE: 1, LEAD: 2, BODY: 4}
"""Mentions that a new topic must have in an article, by the best place where it stands."""


class Archive(NamedTuple):
    """What an archive knows of terms."""

    articles: int
    often: Mapping[int, int]
    """In how many articles a term is, by its mark."""
    topics: tuple[tuple[str, int], ...]
    """The topics that articles have, with their numbers of articles."""

    def __hash__(self) -> int:
        """Hash little: it is looked up for every article."""
        return hash((self.articles, len(self.topics)))


class Candidate(NamedTuple):
    """A topic that an article could have."""

    name: str
    confidence: float
    """0 to 1."""
    reason: str
    """`vocabulary`, `topic` (other articles have it) or `new`."""


def archive(marks: Iterable[bytes], topics: Mapping[str, int]) -> Archive:
    """Return the statistics of articles by the marks of their terms (`terms.marks`), and of the topics they have.

    The articles that are imported together belong to it, so that the order of files does not matter.
    """
    often: Counter[int] = Counter()
    count = 0
    for packed in marks:
        count += 1
        often.update(struct.unpack(f"<{len(packed) // 4}I", packed))
    return Archive(count, often, tuple(sorted(topics.items())))


def candidates(
    found: Sequence[Term],
    title: str,
    lead: str,
    body: str,
    lang: str,
    own: Vocabulary,
    known: Archive,
    most: int = MOST,
) -> tuple[Candidate, ...]:
    """Return up to `most` topics of an article, the surest first.

    `found` are its terms. First come the topics of the digest's own vocabulary, then those that other articles have,
    then names and nouns that matter in this article, recur in the archive, and are not common there.
    """
    chosen: dict[str, Candidate] = {}
    for one in vocabulary.match(own, title, lead, body, lang, most):
        chosen[_plain(one.name)] = Candidate(one.name, min(0.8 + 0.03 * one.score, 0.98), "vocabulary")
    rest = [*_used(found, title, lead, body, lang, own, known), *_new(found, lang, known)]
    for candidate in sorted(rest, key=lambda one: (-one.confidence, one.name)):
        if len(chosen) < most and not _is_said(candidate.name, chosen, lang):
            chosen[_plain(candidate.name)] = candidate
    return tuple(sorted(chosen.values(), key=lambda one: (-one.confidence, one.name)))


def _plain(name: str) -> str:
    return " ".join(fold(word) for word in WORD.findall(name))


def _is_said(name: str, chosen: Mapping[str, Candidate], lang: str) -> bool:
    """Tell whether a topic shares a word with one that is chosen: `Merkel` and `Angela Merkel`."""
    words = {root(fold(word), lang) for word in WORD.findall(name)}
    return any(words & {root(word, lang) for word in other.split()} for other in chosen)


def _used(
    found: Sequence[Term], title: str, lead: str, body: str, lang: str, own: Vocabulary, known: Archive
) -> Iterator[Candidate]:
    """Yield topics that other articles have and this one speaks of in more than a word."""
    for one in vocabulary.match(_others(known, own), title, lead, body, lang, 2 * MOST):
        count = known.topics[bisect_left(known.topics, (one.name,))][1]
        if one.score >= 3 and one.mentions >= 2 and count <= max(COMMON_NAME * known.articles, 5):
            yield Candidate(one.name, round(min(0.6 + 0.04 * one.score + 0.02 * min(count, 5), 0.9), 2), "topic")


@lru_cache(maxsize=2)
def _others(known: Archive, own: Vocabulary) -> Vocabulary:
    """Return the topics that articles have, but for those of the vocabulary."""
    named = {_plain(name) for topic in own.topics for name in (topic.name, *(alias for _, alias in topic.aliases))}
    return vocabulary.of_names(name for name, _ in known.topics if _plain(name) not in named)


def named(own: Vocabulary, names: Iterable[str], lang: str) -> tuple[str, ...]:
    """Return topics by the names that the vocabulary has for them, each once."""
    if not own.topics:
        return tuple(names)
    table, language = _table(own), primary(lang)
    plain = [(name, _plain(name)) for name in names]
    return tuple(dict.fromkeys(table.get(("", key)) or table.get((language, key)) or name for name, key in plain))


@lru_cache(maxsize=2)
def _table(own: Vocabulary) -> Mapping[tuple[str, str], str]:
    """Return the names of topics by language (empty: any) and what is written for them."""
    table = {(lang, _plain(alias)): topic.name for topic in own.topics for lang, alias in topic.aliases}
    return {**table, **{("", _plain(topic.name)): topic.name for topic in own.topics}}


def _new(found: Sequence[Term], lang: str, known: Archive) -> Iterator[Candidate]:
    """Yield names and nouns that could become topics; of a name and its parts the one that the archive speaks of."""
    found = [term for term in found if " " not in term.key or not _is_loose(term.name, lang)]
    seen = _Archived(known)
    mentions = {term.key: term.mentions for term in found}
    place = {term.key: term.place for term in found}
    better: set[str] = set()
    whole_names = [term.key for term in found if " " in term.key and seen[term.key].articles > 1]
    for key in sorted(whole_names, key=lambda key: (-key.count(" "), key)):
        words = key.split(" ")
        tails = [tail for first in range(1, len(words)) if (tail := " ".join(words[first:])) in mentions]
        parts = [*tails, *(word for word in words[:-1] if word in mentions)]
        if not parts or key in better:
            continue
        often = seen[key].articles
        shares = [
            seen[part].articles * (WHOLE_NAME if " " in part else FAMILY_NAME)
            for part in tails
            if _may_be_name(part, seen)
        ]
        if often >= max(shares, default=0):
            whole = often / WHOLE_NAME
            better.update(
                part for part in parts if part in tails or not _may_be_name(part, seen) or seen[part].articles <= whole
            )
            mentions[key] = max(mentions[part] for part in (key, *tails))
            place[key] = max(place[part] for part in (key, *tails))
        else:
            better.add(key)
    least = LEAST if known.articles >= SMALL else 1
    for term in found:
        if mentions[term.key] < _LEAST_MENTIONS[place[term.key]] or term.key in better:
            continue  # what it is in the archive need not be looked up
        if seen[term.key].articles > least:
            whole_term = term._replace(mentions=mentions[term.key], place=place[term.key])
            confidence = _confidence(whole_term, seen[term.key], lang, known)
            if confidence >= SURE:
                yield Candidate(_shown(term, seen[term.key]), round(confidence, 2), "new")


def _is_loose(name: str, lang: str) -> bool:
    """Tell whether words are no name together: a general noun before a German name, or what is left of `U.S. Senate`."""
    words = WORD.findall(name)
    if len(words) > 1 and len(words[0]) == 1 and name[1:2] == "." and len(words[1]) > 1:
        return True
    first = fold(words[0])
    return primary(lang) in NOUNS_HAVE_CAPITALS and first in never_topics(lang) and first not in function_words(lang)


class _Seen(NamedTuple):
    """In how many articles of the archive a term is, the one that is asked about among them."""

    articles: int
    as_name: int
    plain: int
    """In its shortest form."""

    @property
    def is_name(self) -> bool:
        """Tell whether the archive mostly takes it for a name."""
        return self.as_name * 2 >= self.articles


def _seen(key: str, known: Archive) -> _Seen:
    get, of_key = known.often.get, mark(key)
    as_name, plain, both = get(of_key | 1, 0), get(of_key | 2, 0), get(of_key | 3, 0)
    return _Seen(get(of_key, 0) + as_name + plain + both or 1, as_name + both, plain + both)


class _Archived(dict[str, _Seen]):
    """What an archive knows of the terms of an article, looked up where it is asked for: of most it is not."""

    def __init__(self, known: Archive) -> None:
        super().__init__()
        self._known = known

    def __missing__(self, key: str) -> _Seen:
        """Look it up."""
        seen = self[key] = _seen(key, self._known)
        return seen


def _may_be_name(key: str, seen: Mapping[str, _Seen]) -> bool:
    return " " in key or seen[key].is_name


def _shown(term: Term, seen: _Seen) -> str:
    """Return a term as a topic's name: in the form that the archive mostly has, so that all articles have the same."""
    name = term.name if term.is_name else term.name[:1].upper() + term.name[1:]
    words = name.split(" ")
    roots = term.key.split(" ")
    if seen.plain * 3 < seen.articles or len(words) != len(roots):
        return name
    cut = [
        word[: len(root)] if fold(word[: len(root)]) == root else word for word, root in zip(words, roots, strict=True)
    ]
    return " ".join(cut)


def _confidence(term: Term, seen: _Seen, lang: str, known: Archive) -> float:
    """Return how sure it is that readers would look for other articles with this term."""
    often, is_name = seen.articles, seen.is_name
    if fold(term.name).replace(" ", "_") in never_topics(lang):
        return 0.0
    if often > max((COMMON_NAME if is_name else COMMON_WORD) * known.articles, 5):
        return 0.0
    if term.mentions < _LEAST_MENTIONS[term.place]:
        return 0.0
    if not is_name and (term.place != TITLE or term.mentions < _enough(term)):
        return 0.0
    rare = math.log(max(known.articles, 2) / often) / math.log(max(known.articles, 2))
    return 0.15 + 0.2 * is_name + 0.1 * term.place + 0.03 * min(term.mentions, 8) + 0.15 * rare


def _enough(term: Term) -> int:
    """Return how often a noun must be mentioned: the shorter it is, the more it may mean."""
    return 3 if len(term.name) >= LONG or " " in term.name or SPACELESS.match(term.name) else 5

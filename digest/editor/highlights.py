"""Highlights: the key sentences of a story or a long article, in its own words."""

import math
import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from digest.editor.passages import Passage, Text, has_label, points_back, sentences
from digest.editor.stopwords import function_words, primary

MOST = 32
"""Sentences that are compared: of each article of a story the first ones, since news begins with what matters."""
LEAST = 3
"""Sentences of each article, however many there are."""
MOST_TEXTS = 20
"""Articles of a story that are read; of more, some in equal distances from the first to the last."""
SHORTEST, LONGEST = 6, 50
"""Words of a sentence; five characters count as one where no spaces tell."""
ALIKE = 0.5
"""Two sentences that share this much of their weight say the same."""
POINTING = 0.4
"""What a sentence is worth that begins with `he`, `this` or `but`, or with a label and a colon."""

SPOKEN = 0.6
"""What a sentence is worth that mostly quotes: there are highlights of their own for that."""

_SPOKEN = re.compile(r"[„“”\"«»「][^„“”\"«»「」]{12,}[“”\"«»」]")
# Vowels and accents that are written onto a letter are no letters to Python, but parts of words all the same.
_WORD = re.compile(
    r"[\w\u0300-\u036f\u0591-\u05bd\u064b-\u065f\u0900-\u0903\u093a-\u094f\u0980-\u0983\u09bc-\u09cd\u0b82\u0bbe-\u0bcd]{2,}"
)
_NO_SPACES = frozenset(["ja", "zh", "th", "lo", "km", "my"])
_EAST = re.compile(r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff]{2,}")


class _Weighed(NamedTuple):
    """A sentence, its words and what it is worth."""

    passage: Passage
    words: frozenset[str]
    order: int
    worth: float


def key_sentences(texts: Sequence[Text], count: int = 3, most: int = MOST) -> tuple[Passage, ...]:
    """Return up to `count` sentences that say most of what an article, or the articles of a story, say.

    Each is the centre of what many sentences speak of (a centroid of words weighted by their rarity: Radev et al.,
    Centroid-based summarization, 2004), and says what those before do not (maximal marginal relevance: Carbonell
    and Goldstein, 1998). Nothing is taken from a text that may not be quoted. They come in the order of the texts.
    About `most` sentences are compared.
    """
    quotable = [text for text in texts if text.may_quote]
    if len(quotable) > MOST_TEXTS:
        quotable = [quotable[number * len(quotable) // MOST_TEXTS] for number in range(MOST_TEXTS)]
    found = _weighed(quotable, most)
    chosen: list[_Weighed] = []
    count = min(count, (len(found) + 1) // 2)
    while len(chosen) < count:
        best = max(found, key=lambda one: (_gain(one, chosen), -one.order), default=None)
        if best is None or _gain(best, chosen) <= 0:
            break
        chosen.append(best)
        found.remove(best)
    return tuple(one.passage for one in sorted(chosen, key=lambda one: one.order))


def _gain(one: _Weighed, chosen: Iterable[_Weighed]) -> float:
    """Return what a sentence adds to those already chosen."""
    repeated = max((_overlap(one.words, other.words) for other in chosen), default=0.0)
    return round(0.0 if repeated >= ALIKE else one.worth * (1 - repeated), 9)


def _overlap(one: frozenset[str], other: frozenset[str]) -> float:
    return len(one & other) / min(len(one), len(other))


def _weighed(texts: Sequence[Text], most: int) -> list[_Weighed]:
    """Return the sentences of the texts that could be chosen, with what each is worth."""
    limit = max(LEAST, most // max(len(texts), 1))
    passages: list[tuple[Passage, frozenset[str]]] = []
    often: dict[str, int] = {}
    titles: set[str] = set()
    for text in texts:
        titles |= words(text.title, text.lang)
        for passage in sentences(text, limit):
            found = words(passage.text, passage.lang)
            passages.append((passage, found))
            for word in found:
                often[word] = often.get(word, 0) + 1
    weights = [_weight(count, len(passages)) for count in range(len(passages) + 1)]
    weight = {word: weights[count] for word, count in often.items() if count > 1}
    for word in titles & weight.keys():
        weight[word] *= 1.5
    return [
        _Weighed(passage, found, order, _worth(passage, found, weight))
        for order, (passage, found) in enumerate(passages)
        if found and SHORTEST <= max(passage.text.count(" ") + 1, len(passage.text) // 5) <= LONGEST
    ]


def _weight(count: int, all_sentences: int) -> float:
    """Return what a word counts: one that is in a single sentence tells nothing of the others."""
    return count * math.log(1 + all_sentences / count) if count > 1 else 0.0


def _worth(passage: Passage, found: frozenset[str], weight: dict[str, float]) -> float:
    centre = math.fsum(weight[word] for word in found if word in weight) / math.sqrt(len(found))
    early = 1 + 0.5 / (1 + passage.block) + (0.5 if passage.block == passage.sentence == 0 else 0.0)
    if points_back(passage.text, passage.lang) or has_label(passage.text):
        early *= POINTING
    if sum(len(spoken) for spoken in _SPOKEN.findall(passage.text)) * 3 > len(passage.text):
        early *= SPOKEN
    return round(centre * early, 9)


def words(text: str, lang: str) -> frozenset[str]:
    """Return the words of a text that carry its meaning; of scripts without spaces, pairs of signs."""
    found = frozenset(_WORD.findall(text.lower())) - function_words(lang)
    if primary(lang) in _NO_SPACES and (runs := _EAST.findall(text)):
        pairs = [run[place : place + 2] for run in runs for place in range(len(run) - 1)]
        found = frozenset(word for word in found if not _EAST.match(word)).union(pairs)
    return found

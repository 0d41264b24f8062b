"""Passages: the texts that may be quoted, and a place in one of them."""

import re
from collections.abc import Iterator
from itertools import islice
from typing import NamedTuple

from digest.editor.sentences import split
from digest.editor.speech import GOES_ON, THE, kinds, pointing
from digest.editor.stopwords import function_words, primary


class Block(NamedTuple):
    """A block of an article, in words without markup."""

    text: str
    kind: str = "paragraph"
    """Only of a `paragraph` are sentences quoted: no heading, list, caption, byline or furniture."""


class Text(NamedTuple):
    """An article whose words are to be shown in another place."""

    key: str
    """By which the caller knows it."""
    lang: str
    title: str
    blocks: tuple[Block, ...]
    """All of them, so that their numbers are the article's."""
    may_quote: bool
    """Whether its rights are `full`: nothing is taken from any other."""


class Passage(NamedTuple):
    """Words of an article, and where they stand."""

    text: str
    key: str
    """Of the article."""
    block: int
    """Which block of the article, from 0."""
    sentence: int
    """Which sentence of the block, from 0."""
    start: int
    """The place of its first character in the block."""
    lang: str


_QUOTES = re.compile(r"[„“”\"«»「」『』()（）\[\]]")
_PAIRS = {"“": "„“", "”": "“„”", "«": "»", "»": "«", "」": "「", "』": "『", ")": "(", "）": "（", "]": "["}
_BEGIN = "\"'„“«»‚‘「『（(¿¡"
_END = "\"'”“’»«›」』)）"
_PICTURE = re.compile(
    r"(?:^|[(\s])(?:Foto|Photo|Bild|Image|Ảnh|Фото|写真|图|사진|Fotó|Kuva|Zdjęcie)\s?[:：]", re.IGNORECASE
)
_NO_PROSE = ("http", "|", "@", "www.", "\n")
_CITED = re.compile(r"[」』\"”][。.]$|^[^\u3041-\u30ff]+。$")
"""What Japanese lists of sources have and its sentences have not: an end with a title, or no syllable at all."""
_LABEL = re.compile(r"[^.:：!?,]{1,40}(?:[.,][^.:：!?,]{1,20}){0,2}[:：]\s")
_PIECE = 200
"""Characters of a block that are read for each sentence wanted: sentences are mostly shorter."""


def sentences(text: Text, limit: int) -> Iterator[Passage]:
    """Yield the sentences of an article's paragraphs that say something by themselves, of its first `limit` ones."""
    left = limit
    for number, block in enumerate(text.blocks if text.may_quote else ()):
        if block.kind != "paragraph" or not block.text:
            continue
        if left <= 0:
            return
        beginning = block.text[: left * _PIECE]
        found = split(beginning, text.lang)
        if len(beginning) < len(block.text):
            found = found[:-1]  # it may be cut off
        for place, sentence in enumerate(islice(found, left)):
            if is_whole(sentence.text, text.lang):
                yield Passage(sentence.text, text.key, number, place, sentence.start, text.lang)
        left -= len(found)


def is_whole(sentence: str, lang: str = "") -> bool:
    """Tell whether a sentence is one: no fragment, question, line of capitals, caption or half of a quotation."""
    core = sentence.rstrip(_END + " \u00a0")
    first = sentence.lstrip(_BEGIN + " \u00a0")[:1]
    if not core or core.endswith("..."):
        return False
    if core[-1] not in ".!…。！।۔։።။។" and not _is_thai(core, lang):
        return False
    if not first or first.islower() or not (first.isalnum() or first > "\u0900"):
        return False
    if sentence.isupper() or any(sign in sentence for sign in _NO_PROSE):
        return False
    if (":" in sentence or "：" in sentence) and _PICTURE.search(sentence):
        return False
    if primary(lang) == "ja" and _CITED.search(sentence):
        return False
    return _is_balanced(sentence)


def _is_thai(core: str, lang: str) -> bool:
    """Tell whether a sentence needs no mark at its end: of Thai and Lao what stands together counts as one."""
    return primary(lang) in ("th", "lo") and len(core) >= 40 and "\u0e00" <= core[-1] <= "\u0eff"


def _is_balanced(sentence: str) -> bool:
    """Tell whether each quotation mark and bracket has its other half."""
    opened: list[str] = []
    for mark in _QUOTES.findall(sentence):
        if opened and opened[-1] in _PAIRS.get(mark, mark):
            opened.pop()
        elif mark in ")]」』）":
            return False
        else:
            opened.append(mark)
    return not opened


def has_label(sentence: str) -> bool:
    """Tell whether a sentence begins with a word or two and a colon: an entry of a list, or who speaks next."""
    return _LABEL.match(sentence, 0, 60) is not None


def points_back(sentence: str, lang: str) -> bool:
    """Tell whether a sentence begins with words that point to the one before it."""
    words = pointing(lang)
    beginning = sentence[:24].lstrip(_BEGIN).lower()
    if primary(lang) in ("ja", "zh"):
        return any(beginning.startswith(word) for word in words)
    first, second, third = [*sentence[:60].lstrip(_BEGIN).lower().replace(",", " ").split(), "", "", ""][:3]
    if first in words or (first in THE and second in kinds(lang) and third not in GOES_ON):
        return True
    return second in words and primary(lang) != "vi" and first in function_words(lang)  # `with her`, `when he`

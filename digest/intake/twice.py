"""Whether two texts are one article, once as it came and once as it was sent again: words in, an answer out.

The limits are measured on real articles: agency news that is sent again, templates (dividends, bonds, weather) in which
only names and numbers differ, and one event as several papers tell it. In doubt the answer is no: an article that
stands twice costs a reader a moment, and one that was taken for another is lost.
"""

import hashlib
import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from digest.seeds.record import SeedArticle

WINDOW = 7
"""Days between two versions of an article."""
LONGEST = 200_000
"""Characters of a text that is compared; a longer one is the same only if it is identical."""
TELLING = 5
"""Words of a sentence that not every article has."""
SHORT = 40
"""Words below which a text is hardly more than its names and numbers."""

_NO_SPACES = (
    "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
)
"""Thai, Lao, Burmese, Khmer, kana, Han: here each character counts as a word."""
_WORD = re.compile(f"[{_NO_SPACES}]|[^\\W{_NO_SPACES}]+")
_ASCII_WORD = re.compile(r"\w+", re.ASCII)
_ONE_SIGN = re.compile(f"[{_NO_SPACES}]")
_SENTENCE_ENDS = (". ", "! ", "? ", "\u2026 ", "\u061f ", "\u06d4 ", "\u0964 ", "\u3002", "\uff01", "\uff1f")
_TARGET = re.compile(r"\]\([^)\s]*\)")


class Text(NamedTuple):
    """An article, for comparing."""

    title: Sequence[str]
    words: Sequence[str]
    """Of the text, without bylines, source lines and furniture; in lower case."""


def text_of(article: SeedArticle) -> Text | None:
    """Return what there is to compare of an article; None where it is too long."""
    parts = _paragraphs(article)
    if sum(map(len, parts)) > LONGEST:
        return None
    return Text(words(article.title), words("\n".join(parts)))


def text_of_file(title: str, body: str) -> Text | None:
    """Return what there is to compare of an article's Markdown; None where it is too long."""
    return None if len(body) > LONGEST else Text(words(title), words(_TARGET.sub("]", body)))


def hashes_of(article: SeedArticle) -> str:
    """Return short hashes, of 8 digits each, by which a version of an article may be found.

    The first is of the headline, the others are of the four longest sentences: a change leaves most of them alone.
    """
    title = words(article.title) or [article.title]
    text = "\n".join(_paragraphs(article))
    for end in _SENTENCE_ENDS[:3] if text.isascii() else _SENTENCE_ENDS:
        text = text.replace(end, "\n")
    longest = sorted(map(str.strip, text.split("\n")), key=lambda text: (-len(text), text))[:4]
    said = (words(text[:LONGEST]) for text in longest)
    return _hash(["title", *title]) + "".join(dict.fromkeys(_hash(found) for found in said if len(found) >= TELLING))


def body_of(article: SeedArticle) -> str:
    """Return the hash of what an article says below its headline, whatever blank space and header it has."""
    said = "".join("".join(_paragraphs(article)).split())
    return hashlib.blake2b(said.encode(), digest_size=8).hexdigest()


def may_be_same(one: str, other: str) -> bool:
    """Tell from the `hashes_of` two articles whether it is worth while to compare them."""
    if one[:8] == other[:8]:
        return True
    ours, theirs = _sentences(one), _sentences(other)
    return len(ours & theirs) >= (1 if min(len(ours), len(theirs)) < 3 else 2)


@lru_cache(maxsize=4096)
def _sentences(hashes: str) -> frozenset[str]:
    """Return the hashes of the sentences in `hashes_of` an article, which is compared with many."""
    return frozenset(hashes[at : at + 8] for at in range(8, len(hashes), 8))


def same(older: Text, newer: Text, days: int) -> bool:
    """Tell whether `newer` is `older` sent again: identical, or with small changes. `days` lie between them.

    It keeps nearly all that was said, and what it adds is less than that. Other numbers in the same words are another
    report, and so are other names, if the headline has them too.
    """
    if days > WINDOW:
        return False
    if sum(map({*newer.words}.__contains__, older.words)) < 0.8 * len(older.words):
        return False  # whatever their order
    title, other_title = list(older.title), list(newer.title)
    if not older.words or not newer.words:
        return not older.words and not newer.words and title == other_title and days == 0
    length = 6 if sum(map(_is_one_sign, older.words)) * 2 > len(older.words) else 3
    size = min(len(older.words), len(newer.words)) * 3 // length
    ours, theirs = _found(older.words, newer.words, length), _found(newer.words, older.words, length)
    kept, known = sum(ours) / len(ours), sum(theirs) / len(theirs)
    if title == other_title or _holds(title, other_title) or _holds(other_title, title):
        enough = 0 if days == 0 and title == other_title else 8
        close = kept >= 0.8 and known >= 0.5
    elif days and _other_numbers(title, other_title):
        return False
    elif list(older.words) == list(newer.words):
        size -= len(_numbers(older.words))  # the dividends of two companies may well be the same
        enough = 12 if days == 0 else 25 if _share(title, other_title) >= 1 / 3 else 60
        close = True
    else:
        enough = 60
        close = kept >= 0.85 and known >= 0.85
    gone = [word for word, found in zip(older.words, ours, strict=True) if not found]
    come = [word for word, found in zip(newer.words, theirs, strict=True) if not found]
    return (
        size >= enough
        and close
        and _few_numbers(older, newer, gone, come, size, days)
        and not _other_names(older, newer, gone, come)
    )


def words(text: str) -> list[str]:
    """Return the words of a text in lower case, without marks; where a script has no spaces, its characters."""
    if text.isascii():
        return _ASCII_WORD.findall(text.lower())
    return _WORD.findall(unicodedata.normalize("NFKC", text).casefold())


def _paragraphs(article: SeedArticle) -> list[str]:
    if article.body is not None and not article.blocks:
        return [_TARGET.sub("]", part) for part in article.body.split("\n\n")]
    return [_TARGET.sub("]", block.text) if block.markup else block.text for block in article.blocks if not block.mark]


def _hash(found: Sequence[str]) -> str:
    return hashlib.blake2b(" ".join(found).encode(), digest_size=4).hexdigest()


def _is_one_sign(word: str) -> bool:
    return len(word) == 1 and _ONE_SIGN.match(word) is not None


def _found(text: Sequence[str], other: Sequence[str], length: int) -> list[bool]:
    """Tell for each word of `text` whether it stands in `other` too, with `length` words in a row the same."""
    length = min(length, len(text), len(other))
    rows = {tuple(other[at : at + length]) for at in range(len(other) - length + 1)}
    found = [False] * len(text)
    for at in range(len(text) - length + 1):
        if tuple(text[at : at + length]) in rows:
            found[at : at + length] = [True] * length
    return found


def _holds(title: list[str], part: list[str]) -> bool:
    """Tell whether a headline is `part` and a word before or after it, as in “Corrected: …”."""
    return len(part) >= 3 and part in (title[: len(part)], title[-len(part) :])


def _share(one: Sequence[str], other: Sequence[str]) -> float:
    both = {*one} | {*other}
    return len({*one} & {*other}) / len(both) if both else 1.0


def _numbers(found: Sequence[str]) -> list[str]:
    return [word for word in found if any(sign.isdigit() for sign in word)]


def _other_numbers(one: Sequence[str], other: Sequence[str]) -> bool:
    ours, theirs = {*_numbers(one)}, {*_numbers(other)}
    return bool(ours - theirs and theirs - ours)


def _few_numbers(older: Text, newer: Text, gone: Sequence[str], come: Sequence[str], size: int, days: int) -> bool:
    """Tell whether so few numbers were put in the place of others that it is a correction."""
    changed = min(len(_numbers(gone)), len(_numbers(come)))
    if changed == 0:
        return True
    if size < SHORT:
        return False
    most = max(len(_numbers(older.words)), len(_numbers(newer.words)))
    return changed <= (most // 5 if days else max(1, most // 4))


def _other_names(older: Text, newer: Text, gone: Sequence[str], come: Sequence[str]) -> bool:
    """Tell whether the words in which the texts differ are those in which the headlines do: then these are two subjects."""
    was = ({*older.title} - {*newer.title}) & {*gone}
    becomes = ({*newer.title} - {*older.title}) & {*come}
    return bool(was - {*_numbers(list(was))}) and bool(becomes - {*_numbers(list(becomes))})

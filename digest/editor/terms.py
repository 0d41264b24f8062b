"""Terms: the names and nouns of an article, in any script, found without a model."""

import re
import zlib
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from itertools import pairwise
from typing import NamedTuple

from digest.editor.abbreviations import may_end, never_ends
from digest.editor.grammar import (
    AT_PLACES,
    COMPANY,
    COUNTRIES,
    COUNTRIES_WITH_ARTICLE,
    DETERMINERS,
    MANY,
    NOUNS_HAVE_CAPITALS,
    ORDER,
    PEOPLES,
    ROMANCE,
    SYLLABLE,
    SYLLABLES,
    WITHIN_NAMES,
)
from digest.editor.inflection import SPACELESS, WORD, fold, root
from digest.editor.signs import BODY, LEAD, TITLE, Seen, in_signs
from digest.editor.speech import PARTICLES, titles
from digest.editor.stopwords import calendar, function_words, never_topics, primary

MOST = 48
"""Terms that are kept of an article, the weightiest ones."""
READ = 20_000
"""Characters of an article that are read."""
LONGEST_NAME = 6
"""Words of a name."""


class Term(NamedTuple):
    """A name or noun of an article."""

    name: str
    """As the article writes it most often, in its plain form where it has that."""
    key: str
    """What its forms share."""
    mentions: int
    place: int
    """The best place where it stands: TITLE, LEAD or BODY."""
    is_name: bool


class _Word(NamedTuple):
    """A word where it stands."""

    text: str
    folded: str
    begins: bool
    """Whether a capital letter tells nothing: it begins a sentence, a quotation or a line."""
    gap: str
    """What stands between it and the word before."""
    place: int


_ENDS = re.compile(r"[.!?…:\n\"„“”«»‹›(\[–—•|]")


def terms(title: str, lead: str, body: str, lang: str) -> tuple[Term, ...]:
    """Return up to MOST names and nouns of an article, the weightiest first; the body without the lead.

    In scripts with capitals, names are runs of capitalised words that do not owe the capital to the beginning of a
    sentence; nouns are what stands between an article and the end of its phrase, or, in German, has a capital too.
    Elsewhere they are words that recur, and in scripts without spaces runs of signs that recur.
    """
    body = body[:READ]
    text = "\n".join((title, lead, body))
    if len(SPACELESS.findall(text[:2000])) * 3 > len(text[:2000]):
        seen = in_signs(title, lead, body, primary(lang))
    else:
        words = [*_words(title, TITLE, lang), *_words(lead, LEAD, lang), *_words(body, BODY, lang)]
        seen = _in_words(words, lang) if _has_capitals(text) else _recurring(words, lang)
    found = [_term(key, one) for key, one in seen.items()]
    found.sort(key=lambda term: (-_weight(term), term.key))
    return tuple(found[:MOST])


def marks(found: Iterable[Term]) -> bytes:
    """Return terms as an archive remembers them: four bytes each.

    The last bit tells whether it is a name, the one before whether the article has it in its shortest form.
    """
    return b"".join(
        (mark(term.key) | term.is_name | (fold(term.name) == term.key) << 1).to_bytes(4, "little") for term in found
    )


def mark(key: str) -> int:
    """Return the number by which a term is remembered; its last two bits are 0."""
    return zlib.crc32(key.encode()) & ~3


def _weight(term: Term) -> float:
    return min(term.mentions, 8) * (1 + term.place) * (2 if term.is_name else 1)


def _term(key: str, seen: Seen) -> Term:
    """Return what was seen as a term, named in the form that all others lengthen, or that is used most."""
    forms = sorted(seen.forms, key=lambda form: (-seen.forms[form], len(form), form))
    folded = [fold(form) for form in forms]
    shortest = min(folded, key=lambda form: (len(form), form))
    name = forms[folded.index(shortest) if all(form.startswith(shortest) for form in folded) else 0]
    return Term(name, key, seen.count, seen.place, seen.is_name)


def _has_capitals(text: str) -> bool:
    sample = text[:3000]
    return any(sign.isupper() for sign in sample) and sum(map(str.islower, sample)) * 4 > len(sample)


def _words(text: str, place: int, lang: str) -> Iterator[_Word]:
    """Yield the words of a piece of the article."""
    end = 0
    before = ""
    shorts = never_ends(lang) | may_end(lang)
    for found in WORD.finditer(text):
        gap = text[end : found.start()]
        begins = end == 0 or (
            _ENDS.search(gap) is not None and not (gap == ". " and (len(before) == 1 or before.lower() in shorts))
        )
        before = found[0]
        yield _Word(before, fold(before), begins, gap, place)
        end = found.end()


def _in_words(words: Sequence[_Word], lang: str) -> dict[str, Seen]:
    """Find names and nouns in a script with capitals."""
    language = primary(lang)
    headline = [word for word in words if word.place == TITLE]
    large = sum(word.text[0].isupper() for word in headline)
    no_case = large * 10 > len(headline) * 6 and language not in NOUNS_HAVE_CAPITALS
    small = {root(word.folded, lang) for word in words if word.text[0].islower()}
    colon = next((place for place, word in enumerate(headline[:4]) if word.gap.startswith(":")), 0)
    topical = _key(headline[:colon], lang) if colon and not no_case else ""  # Berlin: Nobody speaks
    seen: dict[str, Seen] = {}
    weak: list[list[_Word]] = []
    for run, before in _runs(words, lang, no_case):
        name, titled = _trimmed(run, lang)
        if not name:
            continue
        if name[0].begins and not titled and (len(name) == 1 or run[0] != name[0]):
            weak.append(name)  # the capital may be the sentence's own, or a part of the name may be lost
        elif len(name) == 1:
            is_name = titled or _is_acronym(name[0].text) or language not in NOUNS_HAVE_CAPITALS
            is_common = root(name[0].folded, lang) in small and not _is_acronym(name[0].text)
            if not is_common and not _is_people(name[0].folded, lang):
                _see(seen, name, is_name, lang)
        else:
            for first in range(_is_oblique(name, before, lang), len(name) - 1):
                begins = name[first].text[0].isupper() and (first == 0 or len(name[first].text) > 1)
                if begins and not _is_people(name[-1].folded, lang):
                    _see(seen, name[first:], True, lang)
        if language in NOUNS_HAVE_CAPITALS:
            for word in _parts(name, lang):
                _see(seen, [word], _is_acronym(word.text), lang)
    for name in weak:
        key = _key(name, lang)
        if key in seen or key == topical:
            seen.setdefault(key, Seen(True))
            seen[key].add(_joined(name), name[0].place)
        elif len(name) > 1 and language not in NOUNS_HAVE_CAPITALS:
            _see(seen, name, True, lang)
    if language in NOUNS_HAVE_CAPITALS:
        _name_places(words, seen, lang)
    else:
        _nouns(words, seen, lang)
    if no_case:
        _in_headline(headline, seen, lang)
    return {key: one for key, one in seen.items() if one.is_name or one.count > 1 or one.place == TITLE}


def _parts(name: Sequence[_Word], lang: str) -> Iterator[_Word]:
    """Yield the words of a German name that may be names by themselves: the last, and what is joined to the next one."""
    for word, following in pairwise(name):
        joined = following.gap == "-" or (word.folded.endswith("s") and len(word.text) > 4)
        if joined and _trimmed([word], lang)[0]:
            yield word
    if len(name) > 1 and _trimmed(name[-1:], lang)[0]:
        yield name[-1]


def _see(seen: dict[str, Seen], name: Sequence[_Word], is_name: bool, lang: str) -> None:
    one = seen.setdefault(_key(name, lang), Seen(is_name))
    one.add(_joined(name), name[0].place)
    one.is_name = one.is_name or is_name


def _key(name: Sequence[_Word], lang: str) -> str:
    """Return what the forms of a name share; the adjectives in it have endings of their own."""
    return " ".join([*(root(word.folded, lang, True) for word in name[:-1]), root(name[-1].folded, lang)])


def _is_oblique(name: Sequence[_Word], before: str, lang: str) -> bool:
    """Tell whether a name's adjective has the ending of another case, so that it would read badly alone."""
    if primary(lang) not in NOUNS_HAVE_CAPITALS or name[1].gap != " " or before not in DETERMINERS["de"].split():
        return False
    adjective = name[0].folded
    return adjective.endswith(("en", "em", "er", "es")) or (adjective.endswith("e") and before in ("das", "der"))


def _is_people(word: str, lang: str) -> bool:
    """Tell whether an English word says of which people or country something is: it is no name alone."""
    return primary(lang) == "en" and (word in PEOPLES or word.endswith(("ian", "ese", "ians")))


def _runs(words: Sequence[_Word], lang: str, no_case: bool) -> Iterator[tuple[list[_Word], str]]:
    """Yield runs of capitalised words with nothing but a space or hyphen, or the particles of names, between them.

    With each comes the word before it.
    """
    run: list[_Word] = []
    held: list[_Word] = []
    before = last = ""
    for word in words:
        if word.place == TITLE and no_case:
            continue
        if run and (word.begins or word.gap not in WITHIN_NAMES):
            yield run, before
            run, held = [], []
        if word.text[0].isupper():
            before = before if run else last
            run += [*held, word]
            held = []
        elif run and word.folded in PARTICLES and len(held) < 2 and _may_join(run[-1], word, held, lang):
            held.append(word)
        elif run:
            yield run, before
            run, held = [], []
        last = word.folded
    if run:
        yield run, before


def _may_join(last: _Word, particle: _Word, held: Sequence[_Word], lang: str) -> bool:
    """Tell whether a word in small letters may go on with a name."""
    if _is_title(last.folded, lang):
        return False
    if primary(lang) in NOUNS_HAVE_CAPITALS:
        return bool(held) or particle.folded in ("von", "van", "de", "bin", "al", "del", "della", "di", "da", "ibn")
    return primary(lang) not in ROMANCE or particle.folded not in ("du", "des", "della", "dos", "das", "le", "la")


def _trimmed(run: Sequence[_Word], lang: str) -> tuple[list[_Word], bool]:
    """Return a run without the article and titles before it and the company's form after it; whether a title was there."""
    name = list(run)
    folded = [word.folded for word in name]
    never, days, language = never_topics(lang), calendar(primary(lang)), primary(lang)
    if language in NOUNS_HAVE_CAPITALS and "von" in folded[1:-1] and len(name) < 4:
        name = name[: folded.index("von")]  # the mayor of a town
    if language == "vi" and len(name) > 2 and name[0].folded in COUNTRIES:
        name.pop(0)  # President of a country and a name
    titled = False
    while name and (name[0].folded in days or (name[0].begins and name[0].folded in function_words(lang))):
        name.pop(0)
    while name and _is_title(name[0].folded, lang):
        titled = True
        name.pop(0)
    while name and (name[-1].folded in COMPANY or name[-1].folded in days or name[-1].text[0].islower()):
        name.pop()
    if not name or len(name) > LONGEST_NAME or all(word.folded in never for word in name):
        return [], False
    if len(name) == 1 and (len(name[0].text) < 2 or name[0].folded in never or _is_fragment(name[0], language)):
        return [], False
    return name, titled


def _is_fragment(word: _Word, language: str) -> bool:
    """Tell whether a word is a syllable that only begins a longer name."""
    return (
        language in SYLLABLES
        and word.folded not in COUNTRIES
        and (not word.text.isascii() or SYLLABLE.fullmatch(word.folded) is not None)
    )


def _joined(name: Sequence[_Word]) -> str:
    return name[0].text + "".join(word.gap + word.text for word in name[1:])


def _is_acronym(word: str) -> bool:
    return len(word) > 1 and word.isupper() and not word.isdecimal()


def _is_title(word: str, lang: str) -> bool:
    known = titles(lang)
    if word in known or root(word, lang) in known:
        return True
    if primary(lang) not in NOUNS_HAVE_CAPITALS:
        return False
    return any(form.endswith(_long_titles(lang)) for form in (word, word.removesuffix("n"), word.removesuffix("en")))


@cache
def _long_titles(lang: str) -> tuple[str, ...]:
    return tuple(sorted(title for title in titles(lang) if len(title) > 3))


def _name_places(words: Sequence[_Word], seen: dict[str, Seen], lang: str) -> None:
    """Take nouns for names that have no article wherever they stand, in a language where others have one.

    One mention after `in` or `from` is enough, or two of a word that does not look like many things.
    """
    articles = frozenset(DETERMINERS.get(primary(lang), "").split())
    at = frozenset(AT_PLACES.get(primary(lang), "").split())
    last = ""
    with_article: set[str] = set()
    without: dict[str, int] = {}
    for word in words:
        if word.text[0].isupper() and not word.begins and word.place != TITLE:
            key = root(word.folded, lang)
            if last in articles:
                with_article.add(key)
            elif last in at or not word.folded.endswith(MANY):
                without[key] = without.get(key, 0) + (2 if last in at else 1)
        last = word.folded if word.gap == " " or word.begins else ""
    for key, one in seen.items():
        if key in COUNTRIES_WITH_ARTICLE or (without.get(key, 0) > 1 and key not in with_article):
            one.is_name = True


def _nouns(words: Sequence[_Word], seen: dict[str, Seen], lang: str) -> None:
    """Add nouns and pairs with one in small letters that recur: what stands between an article and the end of a phrase."""
    before = frozenset(DETERMINERS.get(primary(lang), "").split())
    never, small = never_topics(lang), function_words(lang)
    if not before and primary(lang) not in SYLLABLES:
        return
    counts: dict[str, Seen] = {}
    nouns: set[str] = set()
    for place, word in enumerate(words):
        if word.text[0].isupper() or len(word.text) < 3:
            continue
        following = words[place + 1] if place + 1 < len(words) else None
        ends = following is None or following.gap != " " or following.folded in small
        for first in (place, place - 1):
            phrase = words[first : place + 1]
            if (
                first < 0
                or any(one.folded in never or one.folded.isdecimal() for one in phrase)
                or (len(phrase) > 1 and word.gap != " ")
            ):
                continue
            if primary(lang) in SYLLABLES and (len(phrase) == 1 or all(_is_title(one.folded, lang) for one in phrase)):
                continue
            key = " ".join(root(one.folded, lang) for one in phrase)
            counts.setdefault(key, Seen(False)).add(_joined(phrase).lower(), word.place)
            article = first > 0 and words[first].gap == " " and words[first - 1].folded in before
            if (article and ends) or primary(lang) in SYLLABLES:
                nouns.add(key)
    for key, one in counts.items():
        if key in nouns and one.count > (4 if primary(lang) in SYLLABLES else 2) and key not in seen:
            seen[key] = one


def _in_headline(headline: Sequence[_Word], seen: dict[str, Seen], lang: str) -> None:
    """Look for known terms in a headline whose capitals tell nothing."""
    roots = [root(word.folded, lang) for word in headline]
    for key, one in seen.items():
        parts = key.split(" ")
        wanted = parts if not one.is_name or len(parts) > 3 else [parts[0] if primary(lang) in ORDER else parts[-1]]
        if any(roots[place : place + len(wanted)] == wanted for place in range(len(roots))):
            one.place = TITLE
            one.count += 1


def _recurring(words: Sequence[_Word], lang: str) -> dict[str, Seen]:
    """Find the words and pairs of words that recur, in a script without capitals."""
    never = {root(word, lang) for word in never_topics(lang)} | never_topics(lang)
    seen: dict[str, Seen] = {}
    for place, word in enumerate(words):
        for first in (place, place - 1):
            phrase = words[max(first, 0) : place + 1]
            keys = [root(one.folded, lang) for one in phrase]
            if first < 0 or any(
                len(key) < 2 or key in never or one.folded in never for key, one in zip(keys, phrase, strict=True)
            ):
                continue
            if len(phrase) == 1 or (word.gap == " " and word.place == phrase[0].place):
                seen.setdefault(" ".join(keys), Seen(len(phrase) > 1)).add(_joined(phrase), word.place)
    found = {key: one for key, one in seen.items() if one.count > 2 or (one.count > 1 and one.place != BODY)}
    for key in [key for key in found if " " in key]:
        for part in key.split(" "):
            if part in found and found[part].count <= found[key].count:
                del found[part]
    return found

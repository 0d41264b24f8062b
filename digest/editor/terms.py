"""Terms: the names and nouns of an article, in any script, found without a model."""

import zlib
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from typing import NamedTuple

from digest.editor.grammar import (
    AT_PLACES,
    COUNTRIES,
    COUNTRIES_WITH_ARTICLE,
    DETERMINERS,
    MANY,
    NOUNS_HAVE_CAPITALS,
    ORDER,
    ROMANCE,
    SYLLABLES,
)
from digest.editor.inflection import SPACELESS, fold
from digest.editor.signs import BODY, TITLE, Seen, in_signs
from digest.editor.speech import PARTICLES
from digest.editor.stopwords import function_words, primary
from digest.editor.tokens import Words, telling

MOST = 48
"""Terms that are kept of an article, the weightiest ones."""
READ = 20_000
"""Characters of an article that are read."""
NEAR = 3000
"""Characters of a body in which names and nouns are looked for: news says first what matters."""
SAMPLE = 240
"""Characters that tell in what kind of script an article is."""
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


def terms(title: str, lead: str, body: str, lang: str) -> tuple[Term, ...]:
    """Return up to MOST names and nouns of an article, the weightiest first; the body without the lead.

    In scripts with capitals, names are runs of capitalised words that do not owe the capital to the beginning of a
    sentence; nouns are what stands between an article and the end of its phrase, or, in German, has a capital too.
    Elsewhere they are words that recur, and in scripts without spaces runs of signs that recur.
    """
    body = body[:READ]
    sample = "\n".join((lead, body[:SAMPLE], title))[:SAMPLE]  # the title last: it may be all in capitals
    if len(SPACELESS.findall(sample)) * 3 > len(sample):
        seen = in_signs(title, lead, body, primary(lang))
    else:
        near, rest = _near(body)
        words = Words(title, lead, near, lang)
        seen = _in_words(words, lang) if _has_capitals(sample) else _recurring(words)
        if rest:
            _count_on(seen, rest)
        seen = {key: one for key, one in seen.items() if one.is_name or one.count > 1 or one.place == TITLE}
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
    if len(seen.forms) == 1:
        return Term(next(iter(seen.forms)), key, seen.count, seen.place, seen.is_name)
    forms = sorted(seen.forms, key=lambda form: (-seen.forms[form], len(form), form))
    folded = [fold(form) for form in forms]
    shortest = min(folded, key=lambda form: (len(form), form))
    name = forms[folded.index(shortest) if all(form.startswith(shortest) for form in folded) else 0]
    return Term(name, key, seen.count, seen.place, seen.is_name)


def _near(body: str) -> tuple[str, str]:
    """Return the beginning of a text, and the rest of it."""
    end = (body.rfind(" ", 0, NEAR) + 1 or NEAR) if len(body) > NEAR else len(body)
    return body[:end], body[end:]


def _count_on(seen: dict[str, Seen], rest: str) -> None:
    """Count the mentions of what was seen in the rest of a text, wherever the signs are the same: that is quick."""
    for one in seen.values():
        for form in tuple(one.forms):
            if count := rest.count(form):
                one.add(form, BODY, count)


def _has_capitals(text: str) -> bool:
    return text.lower() != text and sum(map(str.islower, text)) * 4 > len(text)


def _in_words(words: Words, lang: str) -> dict[str, Seen]:
    """Find names and nouns in a script with capitals."""
    nouns_too = primary(lang) in NOUNS_HAVE_CAPITALS
    large = [at for at, text in enumerate(words.texts) if text[0].isupper()]
    others = set(words.texts).difference([words.texts[at] for at in large])
    small = set(map(words.roots.__getitem__, others))
    in_title = bisect_left(large, words.lead)
    no_case = in_title * 10 > words.lead * 6 and not nouns_too
    if no_case:
        del large[:in_title]
    topical = "" if no_case else _before_colon(words)
    seen: dict[str, Seen] = {}
    weak: list[tuple[int, int]] = []
    texts, forms, gaps = words.texts, words.forms, words.all
    for run, run_end in _runs(words, large):
        if run_end - run == 1:  # as most are
            text = texts[run]
            form = forms[text]
            if not form.is_alone:
                continue
            if gaps[2 * run] != " " and words.begins(run):
                weak.append((run, run_end))  # the capital may be the sentence's own
            elif form.is_acronym or (form.root not in small and not form.is_people):
                _add(seen, form.root, text, words.place(run), form.is_acronym or not nouns_too)
            continue
        start, end, titled = _trimmed(words, run, run_end)
        if start == end:
            continue
        form = words.form(end - 1)
        if not titled and (end - start == 1 or run != start) and words.begins(start):
            weak.append((start, end))  # or a part of the name may be lost
        elif end - start == 1:
            if form.is_acronym or (form.root not in small and not form.is_people):
                _see(seen, words, start, end, titled or form.is_acronym or not nouns_too)
        elif not form.is_people:
            for first in range(start + _is_oblique(words, run, start), end - 1):
                text = words.texts[first]
                if text[0].isupper() and (first == start or len(text) > 1):
                    _see(seen, words, first, end, True)
        if nouns_too and end - start > 1:
            for part in _parts(words, start, end):
                _see(seen, words, part, part + 1, words.form(part).is_acronym)
    for start, end in weak:
        key = _key(words, start, end)
        if key in seen or key == topical:
            seen.setdefault(key, Seen(True)).add(words.joined(start, end), words.place(start))
        elif end - start > 1 and not nouns_too:
            _see(seen, words, start, end, True)
    if nouns_too:
        _name_places(words, large, seen)
    else:
        _nouns(words, seen)
    if no_case:
        _in_headline(words, seen)
    return seen


def _before_colon(words: Words) -> str:
    """Return the key of what a headline begins with, as in “Berlin: Nobody speaks”; empty where it has no colon there."""
    end = next((at for at in range(1, min(words.lead, 4)) if words.gap(at).startswith(":")), 0)
    return _key(words, 0, end) if end else ""


def _parts(words: Words, start: int, end: int) -> Iterator[int]:
    """Yield the words of a German name that may be names by themselves: the last, and what is joined to the next one."""
    for at in range(start, end - 1):
        text = words.texts[at]
        if (words.gap(at + 1) == "-" or (text[-1] in "sS" and len(text) > 4)) and words.form(at).is_alone:
            yield at
    if words.form(end - 1).is_alone:
        yield end - 1


def _see(seen: dict[str, Seen], words: Words, start: int, end: int, is_name: bool) -> None:
    _add(seen, _key(words, start, end), words.joined(start, end), words.place(start), is_name)


def _add(seen: dict[str, Seen], key: str, form: str, place: int, is_name: bool) -> None:
    one = seen.get(key)
    if one is None:
        one = seen[key] = Seen(is_name)
    elif is_name:
        one.is_name = True
    one.add(form, place)


def _key(words: Words, start: int, end: int) -> str:
    """Return what the forms of a name share; the adjectives in it have endings of their own."""
    last = words.roots[words.texts[end - 1]]
    if end - start == 1:
        return last
    return " ".join([*(words.forms[text].adjective for text in words.texts[start : end - 1]), last])


def _is_oblique(words: Words, run: int, start: int) -> bool:
    """Tell whether a name's adjective has the ending of another case, so that it would read badly alone."""
    if primary(words.lang) not in NOUNS_HAVE_CAPITALS or not run or words.gap(start + 1) != " ":
        return False
    before = fold(words.texts[run - 1])
    if before not in _determiners("de"):
        return False
    adjective = words.form(start).folded
    return adjective.endswith(("en", "em", "er", "es")) or (adjective.endswith("e") and before in ("das", "der"))


@cache
def _determiners(language: str) -> frozenset[str]:
    return frozenset(DETERMINERS.get(language, "").split())


def _runs(words: Words, large: Sequence[int]) -> list[tuple[int, int]]:
    """Return where runs of the `large` words begin and end: between them is nothing but a space or hyphen, or particles."""
    if not large:
        return []
    runs = []
    texts, gaps = words.texts, words.all
    start = last = large[0]
    for at in large[1:]:
        if (
            (gaps[2 * at] != " " and not words.ties(at))
            if at - last == 1
            else at - last > 3 or texts[last + 1] not in PARTICLES or not _goes_on(words, last, at)
        ):
            runs.append((start, last + 1))
            start = at
        last = at
    runs.append((start, last + 1))
    return runs


def _goes_on(words: Words, last: int, at: int) -> bool:
    """Tell whether the capitalised words `last` and `at` are of one name, with particles between them."""
    between = words.texts[last + 1 : at]
    return (
        PARTICLES.issuperset(between)
        and all(map(words.ties, range(last + 1, at + 1)))
        and _may_join(words, last, between)
    )


def _may_join(words: Words, last: int, particles: Sequence[str]) -> bool:
    """Tell whether words in small letters may go on with a name."""
    language = primary(words.lang)
    if words.form(last).is_title:
        return False
    if language in NOUNS_HAVE_CAPITALS:
        return particles[0] in ("von", "van", "de", "bin", "al", "del", "della", "di", "da", "ibn")
    return language not in ROMANCE or not any(
        each in ("du", "des", "della", "dos", "das", "le", "la") for each in particles
    )


def _trimmed(words: Words, start: int, end: int) -> tuple[int, int, bool]:
    """Return a run without the article and titles before it and the company's form after it; whether a title was there."""
    language = primary(words.lang)
    forms = [words.forms[text] for text in words.texts[start:end]]
    if language in NOUNS_HAVE_CAPITALS and len(forms) == 3 and forms[1].folded == "von":
        del forms[1:]  # the mayor of a town
    if language == "vi" and len(forms) > 2 and forms[0].folded in COUNTRIES:
        start += 1  # President of a country and a name
        del forms[0]
    first, after = 0, len(forms)
    while first < after and (forms[first].is_day or (forms[first].is_function and words.begins(start + first))):
        first += 1
    titles = first
    while first < after and forms[first].is_title:
        first += 1
    while after > first and (
        forms[after - 1].is_company or forms[after - 1].is_day or words.texts[start + after - 1][0].islower()
    ):
        after -= 1
    name = forms[first:after]
    if not name or len(name) > LONGEST_NAME or (name[0].is_never and all(form.is_never for form in name)):
        return start, start, False
    if len(name) == 1 and not name[0].is_alone:
        return start, start, False
    return start + first, start + after, first > titles


def _name_places(words: Words, large: Sequence[int], seen: dict[str, Seen]) -> None:
    """Take nouns for names that have no article wherever they stand, in a language where others have one.

    One mention after `in` or `from` is enough, or two of a word that does not look like many things.
    """
    language = primary(words.lang)
    articles, at_places = _determiners(language), frozenset(AT_PLACES.get(language, "").split())
    with_article: set[str] = set()
    without: dict[str, int] = {}
    texts, roots, gaps = words.texts, words.roots, words.all
    asked = {key for key, one in seen.items() if not one.is_name}
    for at in large[bisect_left(large, words.lead) :]:
        text = texts[at]
        key = roots[text]
        if key not in asked:
            continue
        if gaps[2 * at] != " " and words.begins(at):
            continue
        last = texts[at - 1].lower() if gaps[2 * at - 2] == " " or words.begins(at - 1) else ""
        if last in articles:
            with_article.add(key)
        elif last in at_places:
            without[key] = without.get(key, 0) + 2
        elif not text.lower().endswith(MANY):
            without[key] = without.get(key, 0) + 1
    for key, one in seen.items():
        if key in COUNTRIES_WITH_ARTICLE or (without.get(key, 0) > 1 and key not in with_article):
            one.is_name = True


def _nouns(words: Words, seen: dict[str, Seen]) -> None:
    """Add nouns and pairs with one in small letters that recur: what stands between an article and the end of a phrase."""
    lang = words.lang
    before, in_syllables = _determiners(primary(lang)), primary(lang) in SYLLABLES
    if not before and not in_syllables:
        return
    enough = 4 if in_syllables else 2
    roots: Counter[str] = Counter()
    counted = Counter([text for text in words.texts if len(text) > 2 and not text[0].isupper()])
    for text, count in counted.items():
        roots[words.nouns[text]] += count
    often = {text: noun for text in counted if (noun := words.nouns[text]) and roots[noun] > enough}
    small = function_words(lang)
    counts: dict[str, Seen] = {}
    nouns: set[str] = set()
    for at, text in enumerate(words.texts):
        if text not in often:
            continue
        ends = at + 1 == len(words.texts) or words.gap(at + 1) != " " or fold(words.texts[at + 1]) in small
        phrases = [] if in_syllables else [(at, often[text])]
        first = words.nouns[words.texts[at - 1]] if at and words.gap(at) == " " else ""
        if first and not (in_syllables and words.form(at - 1).is_title and words.form(at).is_title):
            phrases.append((at - 1, f"{first} {often[text]}"))
        for start, key in phrases:
            counts.setdefault(key, Seen(False)).add(words.joined(start, at + 1).lower(), words.place(at))
            article = start > 0 and words.gap(start) == " " and fold(words.texts[start - 1]) in before
            if (article and ends) or in_syllables:
                nouns.add(key)
    for key, one in counts.items():
        if key in nouns and one.count > enough and key not in seen:
            seen[key] = one


def _in_headline(words: Words, seen: dict[str, Seen]) -> None:
    """Look for known terms in a headline whose capitals tell nothing."""
    lang = words.lang
    roots = [words.roots[text] for text in words.texts[: words.lead]]
    for key, one in seen.items():
        parts = key.split(" ")
        wanted = parts if not one.is_name or len(parts) > 3 else [parts[0] if primary(lang) in ORDER else parts[-1]]
        if any(roots[place : place + len(wanted)] == wanted for place in range(len(roots))):
            one.place = TITLE
            one.count += 1


def _recurring(words: Words) -> dict[str, Seen]:
    """Find the words and pairs of words that recur, in a script without capitals."""
    roots = [telling(text, words.lang) for text in words.texts]
    seen: dict[str, Seen] = {}
    for at, key in enumerate(roots):
        if not key:
            continue
        seen.setdefault(key, Seen(False)).add(words.texts[at], words.place(at))
        if at and roots[at - 1] and words.gap(at) == " ":
            pair = f"{roots[at - 1]} {key}"
            seen.setdefault(pair, Seen(True)).add(words.joined(at - 1, at + 1), words.place(at))
    found = {key: one for key, one in seen.items() if one.count > 2 or (one.count > 1 and one.place != BODY)}
    for key in [key for key in found if " " in key]:
        for part in key.split(" "):
            if part in found and found[part].count <= found[key].count:
                del found[part]
    return found

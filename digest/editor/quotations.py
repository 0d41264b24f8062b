"""Quotations: what somebody said, verbatim, and who it was where the text itself says so."""

import re
from collections.abc import Iterator, Sequence
from functools import cache
from typing import NamedTuple

from digest.editor.highlights import words
from digest.editor.passages import Passage, Text
from digest.editor.sentences import split
from digest.editor.speech import (
    CHINESE_NOBODY,
    CHINESE_VERBS,
    JAPANESE_TITLES,
    JAPANESE_VERBS,
    KOREAN_TITLES,
    NAME_FIRST,
    PARTICLES,
    articles,
    name_follows,
    pointing,
    titles,
    verbs,
)
from digest.editor.stopwords import calendar, function_words, never_topics, primary

SHORTEST, LONGEST = 24, 500
"""Characters of a quotation: shorter ones are single words in quotation marks. East Asian signs count twice."""
MOST_WORDS = 6
"""Words of a speaker's name and title."""
READ = 60_000
"""Characters of a text in which quotations are looked for."""


class Quotation(NamedTuple):
    """Words between quotation marks."""

    text: str
    """Without the marks."""
    start: int
    """The place of its first character in the text."""
    speaker: str
    """In the text's own words; empty where it names nobody."""


class Quoted(NamedTuple):
    """A quotation and where it stands: `passage.text` is what was said."""

    passage: Passage
    speaker: str


_QUOTED = re.compile(
    r"„([^„“”]+)[“”]|“([^“”„]+)”|”([^“”„]+)”|\"([^\"\n]+)\"|«[ \u00a0\u202f]?([^«»]+?)[ \u00a0\u202f]?»|»([^«»]+)«"
    r"|「((?:[^「」]|「[^「」]*」)+)」|『([^『』]+)』"
)
_TOKEN = re.compile(r"[^\W\d_](?:[\w.’'-]*\w)?\.?|[,.:;!?…(—–-]|\S")
_ENDING = re.compile(r"(?<!\b[^\W\d_])\.|[!?;\n„“\"«»]")
_EAST = frozenset(["ja", "zh", "ko"])
_GERMAN_PROFESSIONS = ("erin", "istin", "eurin", "orin", "ärin", "antin", "entin", "ologe", "login")
_AFTER_SOMETHING = re.compile(r"[\u4e00-\u9fff]{2}後[\u4e00-\u9fff]{3}")
_NAME_SIGNS = r"[\u30a1-\u30faー・·々\u3400-\u9fffA-Za-z]"


def quotations(text: str, lang: str) -> tuple[Quotation, ...]:
    """Return what is quoted in a paragraph of `lang`, with its speaker where the sentence names one.

    No speaker is guessed: `he`, `the spokesman` or a quotation in a paragraph about somebody name nobody.
    """
    text = text[:READ]
    found = []
    last = 0
    for quoted in _QUOTED.finditer(text):
        group = quoted.lastindex or 1
        said = quoted[group].strip()
        language = primary(lang)
        if (
            len(said) * (2 if language in _EAST else 1) >= SHORTEST
            and len(said) <= LONGEST
            and _is_speech(said, language)
        ):
            start = quoted.start(group) + len(quoted[group]) - len(quoted[group].lstrip())
            speaker = _speaker(
                text[max(last, quoted.start() - 200) : quoted.start()], said, text[quoted.end() :][:200], lang
            )
            found.append(Quotation(said, start, speaker))
        last = quoted.end()
    return tuple(found)


def key_quotations(texts: Sequence[Text], count: int = 3, longest: int = LONGEST) -> tuple[Quoted, ...]:
    """Return up to `count` quotations with named speakers, each of another one, from texts that may be quoted.

    None has more than `longest` characters.
    Those are preferred that speak of what the headline speaks of, stand early, and are a whole sentence or two.
    They come in the order of the texts.
    """
    ranked = []
    for order, (passage, speaker, title) in enumerate(_attributed(texts)):
        if len(passage.text) > longest:
            continue
        length = min(len(passage.text), 160) / 160
        about = len(words(passage.text, passage.lang) & words(title, passage.lang))
        worth = length + 0.4 * min(about, 3) + 0.5 / (1 + passage.block)
        ranked.append((-round(worth, 9), order, Quoted(passage, speaker)))
    chosen: dict[str, tuple[int, Quoted]] = {}
    for _, order, quoted in sorted(ranked, key=lambda one: one[:2]):
        surname = quoted.speaker.split()[-1]
        if len(chosen) < count and surname not in chosen:
            chosen[surname] = (order, quoted)
    return tuple(quoted for _, quoted in sorted(chosen.values(), key=lambda one: one[0]))


def _attributed(texts: Sequence[Text]) -> Iterator[tuple[Passage, str, str]]:
    """Yield the quotations whose speaker is named, with the headline of the text they are from."""
    for text in texts:
        for number, block in enumerate(text.blocks if text.may_quote else ()):
            if block.kind not in ("paragraph", "quotation"):
                continue
            for said in quotations(block.text, text.lang):
                if said.speaker and not said.text[0].islower():  # what begins within a sentence is a part of one
                    words_said = said.text.rstrip(", \u00a0")
                    before = split(block.text[: said.start], text.lang)
                    place = max(len(before) - 1, 0)
                    yield Passage(words_said, text.key, number, place, said.start, text.lang), said.speaker, text.title


def _is_speech(said: str, language: str) -> bool:
    """Tell a sentence that was said from a name or title in quotation marks."""
    if language in _EAST:
        return said[-1] not in "」』" and not said.isascii()
    tokens = said.split()
    small = sum(token[:1].islower() for token in tokens)
    return len(tokens) >= 5 and (small * 2 >= len(tokens) or said[-1] in ".!?…,")


def _speaker(before: str, said: str, after: str, lang: str) -> str:
    """Return who the words around a quotation say that it is from; empty where they name nobody."""
    language = primary(lang)
    if language in _EAST:
        return _eastern(before, after, language)
    sentence = re.split(r"(?<=[.!?])\s+(?=[^\W\d_a-z])", before)[-1]
    ending = _ENDING.split(after)[0]
    goes_on = said[-1] in ",?!…" or ending.lstrip()[:1] in (",", "–", "—", "-")
    found = ""
    if goes_on and ending.strip(" ,–—-"):
        found = _after_verb(_tokens(ending.lstrip(" ,–—-"), lang), lang)
        if not found and language in NAME_FIRST:
            found = _before_verb(_tokens(ending.lstrip(" ,–—-"), lang), lang)
    if not found and sentence.rstrip()[-1:] in (":", ",") and not goes_on:
        found = _before_verb(_tokens(sentence.rstrip(" :,"), lang), lang, to_the_end=True)
    return found


def _tokens(text: str, lang: str) -> list[str]:
    """Return words and punctuation; a verb of two words, as Vietnamese has them, is one."""
    tokens: list[str] = []
    known = verbs(lang)
    for token in _TOKEN.findall(text):
        if tokens and (both := f"{tokens[-1]}_{token}").lower() in known:
            tokens[-1] = both
        else:
            tokens.append(token)
    return tokens


def _after_verb(tokens: list[str], lang: str) -> str:
    """Read `said the chairman Ann Hill on Monday`: a verb of speech, an article, and a name."""
    known = name_follows(lang)
    place = next((place for place, token in enumerate(tokens[:3]) if token.lower() in known), None)
    if place is None or any(token[0].isupper() for token in tokens[:place]):
        return ""
    return _name(tokens[place + 1 :], lang)


def _before_verb(tokens: list[str], lang: str, to_the_end: bool = False) -> str:
    """Read `Ann Hill said`: a name at the beginning, with nothing but a remark between it and a verb of speech.

    With `to_the_end` these are the words before a quotation, and its verb must be the last.
    """
    known = verbs(lang)
    places = [place for place, token in enumerate(tokens) if token.lower() in known]
    if not places or (to_the_end and len(tokens) - places[-1] > 8):
        return ""
    place = places[-1] if to_the_end else places[0]
    name, length = _named(tokens, lang)
    between = tokens[length:place]
    alone = " " not in name
    if alone and between and name == tokens[0]:
        return ""  # one capital letter at the beginning of a sentence makes no name
    if alone and primary(lang) == "vi" and name == tokens[0]:
        return ""
    if name and (not between or between[0] in ("(", ",") or all(token[0].islower() for token in between[:3])):
        return name if len(between) <= 12 and not any(_is_other(token, lang) for token in between[:3]) else ""
    inverted = _name(tokens[place + 1 :], lang) if tokens[place].lower() in name_follows(lang) else ""
    return inverted if to_the_end and not name else ""


def _is_other(token: str, lang: str) -> bool:
    """Tell whether a word may be another subject than the name before it."""
    return token.lower() in ("and", "und", "et", "y", "e", "i", "и", "og", "och", "en", "ve", "và", "dan")


def _name(tokens: list[str], lang: str) -> str:
    return _named(tokens, lang)[0]


def _named(tokens: list[str], lang: str) -> tuple[str, int]:
    """Return the name that a list of words begins with, and how many of them it and its article are."""
    first = 0
    while first < min(len(tokens), 2) and tokens[first].lower() in articles(lang):
        first += 1
    article = first
    while first < len(tokens) and tokens[first].islower() and _is_title(tokens[first], lang):
        first += 1
    nouns = [token for token in tokens[first : first + 2] if token.islower() and token not in function_words(lang)]
    if first == article and len(nouns) == 2 and _is_title(nouns[1], lang):
        first += 2  # board chairman
    end = first
    while end < len(tokens) and end - first < MOST_WORDS and _is_of_name(tokens, first, end, lang):
        end += 1
    run = tokens[first:end]
    own = [token for token in run if token[0].isupper() and not _is_title(token, lang)]
    own = [token for token in own if token.lower().strip(".") not in never_topics(lang)]
    after_article = first == article > 0 and primary(lang) != "vi"
    alone = len(run) == 1 and (after_article or (run[0].isupper() and len(run[0]) > 1))
    if not own or alone or (after_article and primary(lang) == "en") or run[-1].endswith(("'s", "’s")):
        return "", end
    if _is_title(run[-1].rstrip("."), lang) or _is_unfinished(run, tokens[end : end + 1], lang):
        return "", end
    return " ".join(run), end


def _is_unfinished(run: list[str], following: list[str], lang: str) -> bool:
    """Tell whether words that look like a name are a profession alone, or half of a longer word."""
    if following in (["-"], ["–"]) or run[-1].endswith("-"):
        return True
    return primary(lang) == "de" and len(run) == 1 and run[0].endswith(_GERMAN_PROFESSIONS)


def _is_of_name(tokens: list[str], first: int, place: int, lang: str) -> bool:
    """Tell whether a word goes on with the name, or the title and name, that began at `first`."""
    token = tokens[place]
    if token[0].isupper():
        if place == first and token.lower() in pointing(lang) and primary(lang) != "vi":
            return False  # `Weiter sagte sie`
        return token.lower() not in function_words(lang) and token.lower().strip(".") not in calendar(primary(lang))
    if place == first or not "".join(tokens[place + 1 : place + 2])[:1].isupper():
        return token in ("von", "van", "de") and tokens[place + 1 : place + 2] in (["der"], ["den"], ["la"], ["las"])
    if _is_title(tokens[place - 1], lang):
        return False  # the chairman of something
    if token in ("der", "den", "la", "las"):
        return tokens[place - 1] in ("von", "van", "de")
    return token in PARTICLES or (primary(lang) == "en" and token in titles(lang))


def _is_title(token: str, lang: str) -> bool:
    word = token.lower().rpartition("-")[2]
    known = titles(lang)
    return word in known or (primary(lang) == "de" and any(word.endswith(title) for title in known if len(title) > 3))


def _eastern(before: str, after: str, language: str) -> str:
    """Return the speaker of a Japanese, Korean or Chinese quotation: only one who is named by more than a title."""
    pattern_before, pattern_after = _patterns(language)
    sentence = re.split(r"[。！？!?]|(?<=다)\. ", before)[-1]
    found = ""
    if language == "zh":
        match = pattern_before.search(sentence) or pattern_after.match(after)
        found = match["name"] if match else ""
        return "" if found[-1:] in CHINESE_NOBODY.split() else found
    if pattern_after.match(after):
        for match in pattern_before.finditer(sentence):
            found = match["name"]
    return "" if _AFTER_SOMETHING.search(found) else found


@cache
def _patterns(language: str) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Return what stands before a quotation with its speaker, and what after it."""
    if language == "ja":
        ranks = "|".join(sorted(JAPANESE_TITLES.split(), key=lambda word: (-len(word), word)))
        name = rf"(?<!{_NAME_SIGNS})(?P<name>(?![同前元現各両]){_NAME_SIGNS}{{2,16}}?(?:{ranks}))"
        return (
            re.compile(rf"{name}(?:[(（][^)）]{{1,20}}[)）])?[はが](?=[、,]|[^はが。]{{0,60}}$)"),
            re.compile(rf"(?:など)?と(?:[^。「」]{{0,12}}?)(?:{'|'.join(JAPANESE_VERBS.split())})"),
        )
    if language == "ko":
        ranks = "|".join(KOREAN_TITLES.split())
        name = rf"(?<![가-힣])(?<!한 )(?P<name>(?!이들|그들|중진|초선|익명|야당|여당|해당|현지|전직|현직)[가-힣]{{2,4}} (?:[가-힣A-Za-z]{{2,12}} ){{0,2}}?(?:[가-힣]{{0,6}})(?:{ranks}))"
        return re.compile(rf"{name}(?:은|는|이|가)(?= |$)"), re.compile(r"(?:라고|고|라며|며|이라고)")
    verb = f"(?:{'|'.join(CHINESE_VERBS.split())})"
    signs = r"(?P<name>[\u4e00-\u9fff·]{2,14}?)"
    adverbs = "(?:还|還|也|则|則|随后|同时|曾|今天|昨天)?"
    return (
        re.compile(rf"(?:^|[，。；、\s]){signs}{adverbs}{verb}[:：，,]?\s*$"),
        re.compile(rf"[，,]?\s*{signs}{adverbs}{verb}(?=[，。,：:]|$|[^\u4e00-\u9fff])"),
    )

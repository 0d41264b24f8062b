"""Which language a text is in."""

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Sequence
from functools import cache, lru_cache

from digest.config import is_language

ENOUGH = 40
"""Letters below which nothing is guessed from the words."""
ENOUGH_OF_A_SCRIPT = 8
"""Letters below which nothing is guessed from a script that one language has to itself."""
SAMPLE = 330
"""Bytes of UTF-8 that are looked at, in three pieces: more cost time and tell nothing new."""
SURE = 0.3
"""The least probability. Of 2,965 real articles in seven languages none was above it and wrong; 0.16 was the highest."""
POSSIBLE = 1e-4
"""The least probability, among all languages, of the likeliest of those that a text may be in."""
MOST_SIGNS = 0.08
"""Share of signs like `{};=` from which a text is code or a table."""

# ISO 639-1 codes of the languages that news comes in. `zxx` is what is none: figures, code, names (ISO 639-2).
_LANGUAGES = (
    "af am ar az be bg bn ca cs cy da de el en es et eu fa fi fr ga gl gu ha he hi hr hu hy id is it ja ka kk km kn ko "
    "ku ky la lb lo lt lv mk ml mn mr ms mt my ne nl nn no or pa pl ps pt ro ru si sk sl so sq sr sv sw ta te th tl tr ug "
    "uk ur uz vi zh zxx"
)
_NOT_A_LANGUAGE = "zxx"
# Scripts, by the first word of their letters' Unicode names, in which one language only is written today.
_OWN_SCRIPT = {
    "GREEK": "el",
    "HEBREW": "he",
    "HANGUL": "ko",
    "THAI": "th",
    "LAO": "lo",
    "KHMER": "km",
    "MYANMAR": "my",
    "GEORGIAN": "ka",
    "ARMENIAN": "hy",
    "SINHALA": "si",
    "TAMIL": "ta",
    "TELUGU": "te",
    "KANNADA": "kn",
    "MALAYALAM": "ml",
    "GUJARATI": "gu",
    "GURMUKHI": "pa",
    "ORIYA": "or",
}
_FIGURES = re.compile(r"[^\w\s]*\d[\d\W]*")
_ASCII = re.compile("[\x00-\x7f]+")
_CAPITALS = re.compile(r"\b[^\W\d_a-z]{4,}\b")
_SIGNS = re.compile(r"[{}\[\];=<>|\\/_*#@&]")
_KANA = frozenset(["HIRAGANA", "KATAKANA", "KATAKANA-HIRAGANA", "HALFWIDTH"])
# Codes for one language, or for languages so near that a person who names one knows better than their letters do.
_NEAR = (
    ("no", "nb", "nn"),
    ("hr", "sr", "bs", "sh", "cnr"),
    ("id", "in", "ms", "zsm"),
    ("he", "iw", "yi"),
    ("tl", "fil"),
    ("zh", "cmn", "yue", "wuu"),
    ("ku", "ckb", "kmr"),
    ("fa", "prs"),
)
_FAMILY = {code: codes[0] for codes in _NEAR for code in codes}


def detect(text: str, languages: Sequence[str] = (), declared: str = "") -> str:
    """Return the BCP 47 tag of the language of `text`; empty where that is not certain.

    A text that is too short, or holds figures, names or code rather than words, is not guessed at.
    `languages` are the tags of the only languages it may be in, and the one it is in is returned as written there.
    `declared` is the tag that the text's own file states: it stays, with its region or script, where the words do
    not say another language.
    """
    stated = declared.strip().replace("_", "-")
    if not is_language(stated) or (languages and not tag_of(stated, languages)):
        stated = ""
    code = _by_words(text, languages)
    if stated and (not code or _same(stated, code) or _base(stated) not in _known()):
        return stated
    return tag_of(code, languages) if languages else code


def guess(text: str, languages: Sequence[str] = ()) -> tuple[str, float]:
    """Return the most likely ISO 639-1 code, however short `text` is, with its probability; empty where it holds no words."""
    sample = _sample(text)
    letters = sum(map(str.isalpha, sample))
    if not letters:
        return "", 0.0
    if code := _by_script(sample, letters):
        return _allowed(code, languages)
    if not languages:
        code, share = _classifiers()[0](sample)
        if share >= SURE and code in _news() and code != _NOT_A_LANGUAGE:
            return code, share  # of all languages, so that it is no less among fewer
    codes = frozenset(_FAMILY.get(_base(tag), _base(tag)) for tag in languages) & _known() or _news()
    ranked = [(code, share) for code, share in _classifiers()[1](sample) if code in codes or code == _NOT_A_LANGUAGE]
    code, share = ranked[0]
    if code == _NOT_A_LANGUAGE or (languages and share < POSSIBLE):
        return "", 0.0
    return code, share / (sum(share for _, share in ranked) or 1.0)


def _by_script(sample: str, letters: int) -> str:
    """Return the code of the one language that is written in the script of a text with `letters`; empty for others."""
    others = [sign for sign in _ASCII.sub("", sample) if sign.isalpha()]
    if len(others) * 10 < letters:
        return ""
    scripts = Counter(map(_script, others))
    scripts["LATIN"] += letters - len(others)
    script, most = scripts.most_common(1)[0]
    kana = sum(scripts[name] for name in _KANA)
    if kana >= letters / 10 and kana + scripts["CJK"] > letters / 2:
        return "ja"
    return _OWN_SCRIPT.get(script, "") if most > letters / 2 else ""


def _by_words(text: str, languages: Sequence[str]) -> str:
    """Return the code of the language that the words of `text` are in; empty where that is not certain."""
    beginning = text[: 4 * SAMPLE]
    letters = sum(map(str.isalpha, beginning[:SAMPLE]))
    signs = len(_SIGNS.findall(beginning))
    if letters < ENOUGH or signs > MOST_SIGNS * letters:  # else the rest can only bring more letters
        letters = sum(map(str.isalpha, beginning))
        if letters < (ENOUGH if beginning.isascii() else ENOUGH_OF_A_SCRIPT) or signs > MOST_SIGNS * letters:
            return ""
    code, share = guess(text, languages)
    enough = ENOUGH_OF_A_SCRIPT if code in ("ja", "zh") or code in _OWN_SCRIPT.values() else ENOUGH
    return code if share >= SURE and letters >= enough else ""


def _sample(text: str) -> str:
    """Return the words that are looked at: those of a short text, or of its beginning, middle and end."""
    piece = SAMPLE // 3 if len(text) > SAMPLE else SAMPLE
    places = (0, (len(text) - piece) // 2, len(text) - piece) if len(text) > SAMPLE else (0,)
    pieces = (text[at : at + piece].encode(errors="ignore")[:piece].decode(errors="ignore") for at in places)
    # A headline in capitals is read as the words it is, not as the abbreviations that capitals usually are.
    return _CAPITALS.sub(lambda word: word[0].lower(), _FIGURES.sub(" ", " … ".join(pieces)))


@lru_cache(maxsize=4096)
def _script(sign: str) -> str:
    return unicodedata.name(sign, "").partition(" ")[0]


def _base(tag: str) -> str:
    return tag.lower().partition("-")[0]


def _same(tag: str, other: str) -> bool:
    base, of_other = _base(tag), _base(other)
    return _FAMILY.get(base, base) == _FAMILY.get(of_other, of_other)


def tag_of(code: str, languages: Sequence[str]) -> str:
    """Return the first of `languages` that is the language `code`; empty where none is, or `code` is empty."""
    exact = (tag for tag in languages if code and _base(tag) == _base(code))
    near = (tag for tag in languages if code and _same(tag, code))
    return next(exact, "") or next(near, "")


def _allowed(code: str, languages: Sequence[str]) -> tuple[str, float]:
    return (code, 1.0) if not languages or tag_of(code, languages) else ("", 0.0)


@cache
def _news() -> frozenset[str]:
    return frozenset(_LANGUAGES.split())


@cache
def _known() -> frozenset[str]:
    """Return the codes of all languages that can be told."""
    return _news() | frozenset(code for code, _ in _classifiers()[1](""))


@cache
def _classifiers() -> tuple[Callable[[str], tuple[str, float]], Callable[[str], list[tuple[str, float]]]]:
    """Return what tells the likeliest language of a sample, and what tells the probabilities of all, which takes longer."""
    from digest.intake import langid  # half a second: only where a seed is new

    identifier = langid.load()
    return identifier.classify, identifier.rank

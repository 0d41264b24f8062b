"""Which of the encodings before Unicode some bytes are in: guessed by chardet, and believed where the text then reads well."""

import codecs
import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from itertools import pairwise
from math import inf, log
from typing import NamedTuple

from digest.intake import language

LOOKED_AT = 60_000
"""Bytes by which an encoding is told."""
TOLERATED = 0.2
"""Share of letters that may be strange to a text's language: those of foreign names."""
MARGIN = 0.4
"""How much more doubtful each other reading must be."""

# chardet's name (a Python codec) to that of the WHATWG Encoding Standard. ISO 8859-1, -8 and -9 are within the
# Windows encodings, as that standard has it.
NAMES = {
    "cp1250": "windows-1250",
    "cp1251": "windows-1251",
    "cp1252": "windows-1252",
    "cp1253": "windows-1253",
    "cp1254": "windows-1254",
    "cp1255": "windows-1255",
    "cp1256": "windows-1256",
    "cp1257": "windows-1257",
    "cp1258": "windows-1258",
    "cp874": "windows-874",
    "iso8859-2": "iso-8859-2",
    "iso8859-5": "iso-8859-5",
    "iso8859-6": "iso-8859-6",
    "iso8859-7": "iso-8859-7",
    "iso8859-15": "iso-8859-15",
    "koi8-r": "koi8-r",
    "koi8-u": "koi8-u",
    "mac-roman": "macintosh",
    "cp932": "shift_jis",
    "euc_jis_2004": "euc-jp",
    "gb18030": "gb18030",
    "big5hkscs": "big5",
    "cp949": "euc-kr",
}
_RARE = {"mac-roman": 0.2}
_EAST_ASIAN = {"cp932": "ja", "euc_jis_2004": "ja", "gb18030": "zh", "big5hkscs": "zh", "cp949": "ko"}
# The letters beyond a-z that each language writes (CLDR's exemplar characters, and those of its usual loan words).
_ALPHABETS = {
    "af": "áèéêëîïôöûü",
    "az": "çəğıöşüİ",
    "ca": "àçèéíïòóúü·",
    "cs": "áčďéěíňóřšťúůýž",
    "cy": "âêîôûŵŷ",
    "da": "åæéø",
    "de": "äéöüß",
    "en": "éï",
    "es": "áéíñóúü",
    "et": "äõöüšž",
    "eu": "çñü",
    "fi": "äåöšž",
    "fr": "àâæçèéêëîïôùûüÿœ",
    "ga": "áéíóú",
    "gl": "áéíñóúü",
    "hr": "ćčđšž",
    "hu": "áéíóöúüőű",
    "is": "áæéíðóöúýþ",
    "it": "àèéìíîòóùú",
    "lb": "äéëöü",
    "lt": "ąčėęįšūųž",
    "lv": "āčēģīķļņšūž",
    "nl": "áèéêëíïóöü",
    "no": "åæéòôø",
    "pl": "ąćęłńóśźż",
    "pt": "àáâãçéêíóôõúü",
    "ro": "âîăşţșț",
    "sk": "áäéíóôúýčďĺľňŕšťž",
    "sl": "čšž",
    "sq": "çë",
    "sr": "ćčđšž",
    "sv": "äåéö",
    "tr": "âçîöûüğışİ",
    "vi": "".join(
        unicodedata.normalize("NFC", vowel + tone)
        for vowel in "aăâeêioôơuưy"
        for tone in ("", "\u0300", "\u0301", "\u0303", "\u0309", "\u0323")
    )
    + "đ",
}
# Of the letters that Windows-1252 has, those that texts in its languages borrow every day.
_WESTERN = frozenset(
    ["ca", "da", "de", "en", "es", "fi", "fr", "gl", "id", "it", "la", "lb", "ms", "nl", "no", "pt", "sv", "sw", "tl"]
)
_USUAL = "áàâãåäæçéèêëíìîïñóòôõöøúùûüß"
USUAL = 0.2
_ALONE = "ÀÁÂÅÈÉÊÓÖØÔ"
# Signs beyond ASCII that stand beside words, those that do not touch them (but in `m²`), and those inside one.
_SIGNS = frozenset("„“”‚‘’«»–—…•§€°©®™\xa0\xad¿¡‹›،؟؛٪ـ۔־׳״")
_APART = frozenset("£¥²³½¼¾´×±ªº№µ†‡‰−¹·")
_TOUCHED = re.compile(r"(?<=[^\W\d_])(?<![k \d]m)[£¥²³½¼¾´×±ª№µ†‡‰−¹·]|[²³½¼¾´×±ªº†‡‰−¹·](?=[^\W\d_])")
_WORD = re.compile(r"[^\W\d_]+(?:[^\w\s\x00-\x7f«»“”„‹›–—…\xa0]+[^\W\d_]+)*")
_INSIDE = frozenset("’‘\xad\u200c\u200d´־׳״ـ")


class Guess(NamedTuple):
    """An encoding, by its WHATWG name, with the text that it makes of the bytes."""

    encoding: str
    text: str
    confidence: float


def guess(data: bytes) -> Guess | tuple[str, ...]:
    """Return the encoding that `data` is surely in, or the names of those it may be in; `data` is not UTF-8.

    A reading's doubt is how much likelier chardet finds the likeliest encoding, and how strange its text is. The least
    doubtful reading is believed where no other text comes near it.
    """
    readings: list[tuple[float, str, str]] = []
    for unlikely, codec, text in _readings(data):
        if readings and unlikely > min(readings)[0] + MARGIN:
            break  # this one and those after it come too late to matter
        if all(text != known for _, known, _ in readings):
            readings.append((unlikely + _strangeness_as(codec, text), text, codec))
    readings.sort()
    if not readings or readings[0][0] == inf or (len(readings) > 1 and readings[1][0] < readings[0][0] + MARGIN):
        return tuple(NAMES[codec] for _, _, codec in readings[:3])
    doubt, _, codec = readings[0]
    margin = readings[1][0] - doubt if len(readings) > 1 else inf
    text = _as_usual(codec, data.decode(codec))
    return Guess(_usual_name(codec, text, data), text, 0.99 if margin > 1 else 0.9)


def _usual_name(codec: str, text: str, data: bytes) -> str:
    """Return the name of a codec, or of the most usual one that gives the same text."""
    try:
        return NAMES["cp1252"] if data.decode("cp1252") == text else NAMES[codec]
    except UnicodeDecodeError:
        return NAMES[codec]


def _readings(data: bytes) -> Iterator[tuple[float, str, str]]:
    """Yield how unlikely chardet finds a codec, the codec, and the text that is looked at; the likeliest, at 0, first."""
    import chardet  # for the few files that are not UTF-8

    sample = data if len(data) <= LOOKED_AT else _telling(data)
    ranking = chardet.detect_all(
        sample,
        ignore_threshold=True,
        max_bytes=LOOKED_AT,
        compat_names=False,
        include_encodings=NAMES,
        prefer_superset=False,
    )
    best = ranking[0]["confidence"]
    for guessed in ranking:
        codec = str(guessed["encoding"])
        if codec not in NAMES or not guessed["confidence"]:
            continue
        try:
            text = codecs.getincrementaldecoder(codec)().decode(sample, final=sample is data)
            if sample is not data:
                data.decode(codec)
        except UnicodeDecodeError:
            continue
        yield log(best / guessed["confidence"]) + _RARE.get(codec, 0.0), codec, _as_usual(codec, text)


def _telling(data: bytes) -> bytes:
    """Return the lines of `data` that tell its encoding, as far as they are looked at."""
    return b"\n".join(line for line in data.splitlines() if not line.isascii())[:LOOKED_AT]


def _as_usual(codec: str, text: str) -> str:
    """Write letters with tones, which Windows-1258 has as letters and signs, as one character each like all others do."""
    return unicodedata.normalize("NFC", text) if codec == "cp1258" else text


def reads_well(codec: str, text: str) -> bool:
    """Tell whether `text`, read with `codec`, can be what was written."""
    return _strangeness_as(codec, text) < inf


def _strangeness_as(codec: str, text: str) -> float:
    """Return how many characters beyond ASCII have no business in a text that is read with `codec`; inf for too many."""
    text = text[:LOOKED_AT]
    beyond = sum(sign > "\x7f" for sign in text) or 1
    if any(unicodedata.category(sign) in ("Cc", "Cn", "Co", "Cs") and sign not in "\n\t\r\f\v" for sign in set(text)):
        return inf
    code, _ = language.guess(text)
    if codec in _EAST_ASIAN:
        half_width = sum("\uff61" <= sign <= "\uff9f" for sign in text)
        strange = float(half_width if code == _EAST_ASIAN[codec] else beyond)
    else:
        strange = strangeness(text, code)
    return strange if strange <= TOLERATED * beyond else inf


def strangeness(text: str, code: str) -> float:
    """Return how many characters beyond ASCII have no business in `text`, which is in the language `code`."""
    if code in _EAST_ASIAN.values():
        return 0.0
    signs = sum(
        not sign.isalpha() and sign not in _SIGNS and sign not in _APART and not unicodedata.combining(sign)
        for sign in text
        if sign > "\x7f"
    )
    words = (word for word in _WORD.findall(text) if not word.isascii())
    return signs + len(_TOUCHED.findall(text)) + sum(_strange_in(word, code) for word in words)


def _strange_in(word: str, code: str) -> float:
    """Count what makes no word of `word` in the language `code`: letters of two scripts, capitals inside, signs."""
    beyond = [sign for sign in word if sign > "\x7f"]
    scripts = {_script(sign) for sign in word} - {""}
    if len(scripts) > 1:
        return len(beyond)
    if len(word) == 1 and word.isupper() and word not in _ALONE:
        return 1
    inside = sum(not sign.isalpha() and sign not in _INSIDE and not unicodedata.combining(sign) for sign in beyond)
    case = sum(before.islower() and sign.isupper() and not (before + sign).isascii() for before, sign in pairwise(word))
    foreign = 0.0
    if scripts == {"LATIN"}:
        own, usual = _ALPHABETS.get(code, ""), _USUAL if code in _WESTERN else ""
        small = [sign.lower() for sign in beyond if sign.isalpha() and sign not in own]
        foreign = sum(USUAL if sign in usual else 1 for sign in small if sign not in own)
    return 2 * inside + case + foreign


@lru_cache(maxsize=2048)
def _script(sign: str) -> str:
    """Return the script of a letter, or of a mark that only one script has; empty for all else."""
    of_a_script = sign.isalpha() or unicodedata.combining(sign)
    name = unicodedata.name(sign, "").partition(" ")[0] if of_a_script and sign not in "ªºµ" else ""
    return "" if name == "COMBINING" else name

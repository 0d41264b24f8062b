"""Forms of a word: what is the same in each of them, by the endings that a language has."""

import re
import unicodedata
from functools import cache, lru_cache

from digest.editor.stopwords import primary

# Letters with the marks that combine with them: `\w` alone would cut Hindi, Thai or pointed Hebrew into pieces.
_MARKS = (
    "\u0300-\u036f\u0483-\u0487\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u0610-\u061a\u064b-\u065f\u0670"
    "\u06d6-\u06dc\u06df-\u06e8\u06ea-\u06ed\u0711\u0730-\u074a\u07a6-\u07b0\u0816-\u082d\u0859-\u085b\u08d3-\u0963"
    "\u0971-\u0df3\u0e31\u0e34-\u0e3a\u0e47-\u0e4e\u0eb1-\u0ebc\u0ec8-\u0ecd\u0f18-\u0f39\u0f71-\u0f84\u102b-\u103e"
    "\u1056-\u1059\u135d-\u135f\u17b4-\u17d3\u200c\u200d"
)
WORD = re.compile(rf"[^\W_][\w{_MARKS}]*")
SPACELESS = re.compile(r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]")
"""A sign of a script that puts no spaces between words."""
SHORTEST = 4
"""Letters that are left of a word without its ending: shorter ones would belong to too many words."""

# Endings of nouns and names, and of the adjectives in them; a word in its plain form may have one of those after `/`,
# which its other forms have not. Only such as leave the word the same: a Berliner is not Berlin.
_ENDINGS = {
    "de": "s es n en e ern",
    "en": "s es",
    "nl": "s en e",
    "sv": "s n en et ns ets ar er or na arna erna ens",
    "da": "s n en et er e ne ene ens ets erne",
    "nb": "s n en et er e ne ene ens ets",
    "is": "s ar ur i um inn inum ins",
    "fr": "s x e es",
    "es": "s es",
    "pt": "s es",
    "it": "",
    "ca": "s es",
    "ro": "ul ului le lui a ei i ii lor e uri urile urilor ă / ă a e",
    "pl": "a u y i e o ę ą em iem ie owi ów om ami ach ego emu ym im ej ich ych owie y owa owej ową / a e y i o ia ki",
    "cs": "a u e y i o ě é í ou em ém om ovi ům ám ami emi ách ech ích ů ova ého ému ým ých ými ej ým / a e o y í ý",
    "sk": "a u e y i o é í ou om em ovi ám ami och ách ech ov ého ému ým ých ými ej / a e o y í ý",
    "hr": "a e i o u om em ama ima ov ev ova eva og eg im ih oj ga ju ski ske / a e o",
    "sl": "a e i o u om em ama ih im ega emu ov ev am ah / a e o",
    "sr": "а е и о у ом ем ама има ов ев ова ева ог ег им их ој / а е о",
    "bg": "а я та то те ът ят ия ите ата ето и е ът / а я",
    "lt": "as is us ys a ė o ių ui uje e ą į ų iu io ams oms ose ais omis s ei es ę ius iui iai / as is us ys a ė",
    "lv": "s š is us a e u am im ei as es os ā ē ī ū ai iem ām ēm / s š is us a e",
    "et": "i a u e t d le lt l st sse ks ni na ta ga de te il is ist iga",
    "fi": (
        "n a ä ta tä ssa ssä sta stä lla llä lta ltä lle ksi na nä in en on an un yn än hin t ien jen ja jä "
        "en essa essä esta estä een ella ellä elta elle eksi ena ea eä in issa issä ista istä iin illa illä ille / i a ä"
    ),
    "hu": (
        "t at et ot öt ban ben ba be nak nek val vel ról ről tól től hoz hez höz ra re on en ön n ig ért ként kor k ok ek "
        "nál nél ból ből a e ja je i tal tel át ában ának ával ára áról ától ához án éig ét ében ének ével ére éről ei ai / a e"
    ),
    "tr": (
        "ın in un ün nın nin nun nün ı i u ü yı yi yu yü a e ya ye da de ta te dan den tan ten la le yla yle lar ler ları leri "
        "ların lerin larda lerde nda nde ndan nden na ne sı si su sü nı ni nu nü"
    ),
    "el": "ς σ ο ος ου ον οι ων ους α ας ες η ης ην ει εως ε / ς ος α η ο ης ας",
    "ru": (
        "а я у ю е и ы о й ь ой ей ою ею ом ем ам ям ами ями ах ях ов ев ого его ому ему ым им ых их ыми ими ая яя ую юю ое ее "
        "ые ие ий ый ии ию ией ия ия иях иям / а я о е ь й ий ый ая ия ы и ые ие ое ее"
    ),
    "uk": (
        "а я у ю е и і ї о й ь ою ею єю ом ем єм ам ям ами ями ах ях ів їв ові еві єві ого ому ій им ім их іх ими а ою ії ію "
        "ією ія ий / а я о ь й ий а ія и і"
    ),
    "be": "а я у ю е э ы і о й ь ой ай ей эй ам ом ем ах ях амі ямі аў яў оў ага аму ым ім ых іх ую ая ае / а я о ь й ы",
    "hy": "ի ը ն ին ում ից ով ներ ների ներին",
    "ka": "მა ს ის ით ად ო ი ში ზე თან დან მდე ების ები ებს / ი ა ე",
    "hi": "ों ें ी ा े",
    "ko": (
        "은 는 이 가 을 를 의 에 에서 에게 으로 로 와 과 도 만 까지 부터 이나 나 라는 이라는 처럼 보다 에는 에서는 으로는 로는 과의 와의 "
        "에도 이다 다 들 들은 들이 들을 들의"
    ),
    "fa": "ها های ی هایی",
    "ur": "وں یں",
    "bn": "র ের কে তে য় েতে রা দের টি",
    "id": "nya",
    "ar": "",
    "he": "",
}
_OF_NAMES = {"de": "s es", "tr": "lar ler"}
"""The endings by which forms are one word, where others would make one of several: Bayern is not Bayer.

Turkish divides a name from its endings with an apostrophe.
"""
_ADJECTIVES = {"de": "e en er es em / e er es"}
"""Endings of the words of a name before its last, where they differ: `Vereinigte Staaten`, `Vereinigten Staaten`."""
_PREFIXES = {
    "ar": "و ف ب ل ك ال وال فال بال كال لل ولل وب ول",
    "he": "ו ה ב ל מ ש כ וה של מה בה לה שה וב ול ומ",
    "fa": "",
    "ur": "",
}
"""What some languages write together with the word that follows: and, the, in, to."""
_EQUAL = str.maketrans(
    {"ё": "е", "ı": "i", "\u0307": "", "أ": "ا", "إ": "ا", "آ": "ا", "ى": "ي", "ة": "ه", "ي": "ی", "ك": "ک", "\u0640": "", "\u200c": "", "\u200d": "", "’": "'"}
    | {chr(code): "" for code in (*range(0x0591, 0x05C8), *range(0x064B, 0x0653), 0x0670)}
)  # fmt: skip
# Persian and Arabic have two letters each for what readers take for one.
_EQUAL[ord("ى")] = "ی"


@lru_cache(maxsize=65536)
def fold(word: str) -> str:
    """Return `word` without what tells no words apart: large letters, Arabic points, the dots of ё, dotted and dotless i."""
    if word.isascii():
        return word.lower()
    return unicodedata.normalize("NFKC", word).casefold().translate(_EQUAL)


@cache
def endings(lang: str, adjective: bool = False, of_names: bool = False) -> tuple[frozenset[str], frozenset[str], int]:
    """Return the endings of a language, those that the plain form may have, and how long the longest is."""
    special = _ADJECTIVES if adjective else _OF_NAMES if of_names else {}
    listed = special.get(primary(lang)) or _ENDINGS.get(primary(lang), "")
    every, _, plain = listed.partition("/")
    folded = frozenset(fold(ending) for ending in every.split())
    return folded, frozenset(fold(ending) for ending in plain.split()), max(map(len, folded), default=0)


@cache
def prefixes(lang: str) -> tuple[str, ...]:
    """Return what a language writes together with the word after it, the longest first."""
    return tuple(
        sorted((fold(prefix) for prefix in _PREFIXES.get(primary(lang), "").split()), key=lambda p: (-len(p), p))
    )


@lru_cache(maxsize=65536)
def root(word: str, lang: str, adjective: bool = False) -> str:
    """Return what the forms of a folded word share, as far as its endings tell: `trumps` and `trump` have one root."""
    for prefix in prefixes(lang):
        if word.startswith(prefix) and len(word) - len(prefix) >= 3:
            word = word[len(prefix) :]
            break
    known, plain, longest = endings(lang, adjective, of_names=True)
    for length in range(min(longest, len(word) - SHORTEST), 0, -1):
        if word[-length:] in known or word[-length:] in plain:
            return word[:-length]
    return word


def bare(word: str, lang: str) -> tuple[str, ...]:
    """Return what a word of a text may be in its plain form: itself, and itself without each known ending."""
    known, _, longest = endings(lang)
    starts = [prefix for prefix in prefixes(lang) if word.startswith(prefix) and len(word) - len(prefix) >= 3]
    cuts = [cut for cut in range(1, min(longest, len(word) - 2) + 1) if word[-cut:] in known]
    return (word, *(word[len(prefix) :] for prefix in starts), *(word[:-cut] for cut in cuts))

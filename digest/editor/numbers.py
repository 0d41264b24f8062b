"""Numbers of the day: figures that tell, with their unit and the sentence they stand in."""

import math
import re
from collections.abc import Iterator, Sequence
from functools import cache
from typing import NamedTuple

from digest.editor.passages import Passage, Text, is_whole
from digest.editor.sentences import split
from digest.editor.stopwords import primary

READ = 1200
"""Characters of each article in which figures are looked for: a number that matters stands early."""


class Number(NamedTuple):
    """A figure as the text has it, for example `300 Milliarden Dollar`."""

    text: str
    place: int
    """Of its first character in the sentence."""
    sentence: Passage


class _Figure(NamedTuple):
    """A figure in a block, and how much it tells."""

    start: int
    end: int
    told: float


# What multiplies a number, per language; the abbreviations too.
_MAGNITUDES = {
    3: "thousand thousands tausend mille mil mila duizend tusen tusind tuhat tuhatta tysięcy tysiące tys tisíc tisíce tisuća hiljada ezer bin tūkst tuhande хиляди тысяч тысячи тысяча тысячу тыс тисяч тисячі тис тысяч хиляда nghìn ngàn ribu χιλιάδες ألف آلاف אלף हजार 千 천 พัน",
    4: "万 萬 만 หมื่น",
    5: "lakh lakhs लाख แสน",
    6: "million millions millionen mio mln m millón millones milhão milhões milione milioni miljoen miljoner miljoonaa milionů miliony milion milionów milióny milijuna milijona milioane millió milyon mln milijonų миллион миллиона миллионов млн мільйон мільйона мільйонів мільйони милиона милиони triệu juta εκατομμύρια εκατ مليون ملايين מיליון मिलियन ล้าน",
    7: "crore crores करोड़ 千万",
    8: "億 亿 억",
    9: "billion billions bilhão bilhões bn bln milliarden milliarde mrd milliard milliards miliardo miliardi mld miljard miljarder milliarder mia miljardia miliard miliardů miliardy miliardów milijarde milijardi milijarda miliarde milliárd milyar mlrd млрд миллиард миллиарда миллиардов мільярд мільярда мільярдів милиарда tỷ tỉ miliar δισεκατομμύρια δισ مليار مليارات מיליארד अरब",
    12: "trillion trillions trn billionen billones biljoen трлн триллион триллиона триллионов трильйон triliun 兆 조 تريليون",
}
# What is counted or measured, and how much such a number tells (0 to 1).
_UNITS = {
    0.9: "dollar dollars dollaria dólar dólares dollari dlrs dlr usd euro euros eur euroa eura eur evro franken francs franc chf pfund pound pounds sterling yen yuan rubel ruble rublos рублей рубля руб рубли долларов доллара долл евро гривень грн гривні долара доларів лева lira liras lirayı dolar avro kronen kronor kroner kr złotych zł korun kč forint lei reais real pesos peso rupees rupee रुपये डॉलर rupiah won wons won đồng usd euro ευρώ δολάρια دولار يورو ريال درهم جنيه שקל שקלים דולר יורו 円 ドル ユーロ 元 美元 欧元 달러 원 유로 บาท ดอลลาร์ € $ £ ¥",
    1.0: "tote toten todesopfer todesopfern verletzte verletzten dead deaths killed injured victims morts blessés victimes muertos heridos mortos feridos morti feriti doden gewonden döda skadade döde sårede погибших погибли раненых жертв загиблих poranionych zabitych mrtvých ölü yaralı قتيل قتلى جريح הרוגים פצועים נפגעים मौत घायल",
    0.8: "menschen personen einwohner demonstranten flüchtlinge beschäftigte mitarbeiter arbeitsplätze stellen besucher zuschauer wähler haushalte kinder people persons residents protesters refugees employees workers jobs staff visitors voters households children troops soldiers passengers personnes habitants manifestants réfugiés salariés emplois personas habitantes manifestantes refugiados empleados pessoas persone abitanti manifestanti mensen personen inwoners människor personer mennesker ihmistä henkilöä человек людей жителей беженцев осіб людей osób ludzi lidí osob ľudí ljudi oameni ember fő kişi kişinin insan người orang người jiwa άτομα άνθρωποι شخص شخصا شخصاً איש אנשים תושבים עובדים लोग लोगों 人 名 명 คน",
    0.7: "% prozent percent pct prozentpunkte procent prosent prosenttia procenta procent procentów percent procenti процентов процента процент відсотків відсотки pourcent phần_trăm persen τοις_εκατό パーセント 퍼센트 เปอร์เซ็นต์ بالمئة بالمائة אחוז אחוזים प्रतिशत",
    0.5: "kilometer kilometern kilometers kilometres km meter metern meters metres m miles tonnen tonnes tons ton liter litres hektar hectares acres megawatt mw gigawatt gw terawattstunden kilowattstunden barrels bpd grad degrees quadratkilometer quadratmeter kubikmeter kilogramm kg tonnes mètres kilomètres kilómetros metros toneladas hectáreas chilometri metri tonnellate ettari километров км метров тонн гектаров кілометрів тонн kilometrů metrů tun kilometrów ton hektarów kilometre ton tấn ha hécta キロ メートル トン ヘクタール 公里 吨 킬로미터 톤 häuser houses homes schools wohnungen unternehmen companies",
}
_SIGNS = "€$£¥₽₺₴₫₩₹฿"
_TWO_WORDS = {
    "per cent": 0.7,
    "pour cent": 0.7,
    "por ciento": 0.7,
    "por cento": 0.7,
    "per cento": 0.7,
    "phần trăm": 0.7,
}
# It begins with a sign that must be there, which the search for it then looks for four times as fast.
_DIGITS = re.compile(r"\d(?:\d{0,2}(?:[.,'’ \u00a0\u202f]\d{3})+|\d*)(?:[.,]\d+)?(?:[兆億亿万萬千억만]\d*)*")
_PART_OF_MORE = re.compile(r"(?:[\w/:.+-]|\d ?, ?)$")
_MONEY = re.compile(rf"(?:US|A|C|HK|NT|NZ|R|S)?[{_SIGNS}][ \u00a0\u202f]?$")
_AFTER = re.compile(rf"[ \u00a0\u202f]?(?:d[’'])?([{_SIGNS}%]|(?:[^\W\d_]|[\u0900-\u0903\u093a-\u094f])+\.?)")
_EAST_POWERS = {"千": 3, "万": 4, "萬": 4, "만": 4, "億": 8, "亿": 8, "억": 8, "兆": 12}
_YEARS = re.compile(r"(?:1[5-9]|20|21)\d\d")
_NO_SPACES = frozenset(["ja", "zh", "th", "ko"])
_LATIN = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ")
_ORDINAL = ("目", "째")
"""What makes of `13 people` the thirteenth one."""
LONGEST = 320
"""Characters of a sentence around a number."""
LARGE = 10
"""People and measures below this are no figures."""
# Languages in which a comma divides thousands and a full stop a fraction.
_POINT = frozenset(["en", "ja", "zh", "ko", "th", "he", "hi", "ar", "ur", "bn"])


def numbers(texts: Sequence[Text], count: int = 3) -> tuple[Number, ...]:
    """Return up to `count` figures of an edition that tell most, each of another text, none said twice.

    A figure tells by what it counts (lives, money, people, shares), by its size among those of its kind, by where it
    stands, and by how many of the texts have it. Nothing is taken from a text that may not be quoted. The order is
    that of the texts.
    """
    found = [(number, order) for order, text in enumerate(texts) for number in _of(text)]
    carried: dict[str, set[int]] = {}
    for (number, _), order in found:
        carried.setdefault(_same(number.text), set()).add(order)
    ranked = []
    for place, ((number, worth), _) in enumerate(found):
        others = len(carried[_same(number.text)]) - 1
        ranked.append((-round(worth + 0.3 * min(others, 2), 9), place, number))
    chosen: list[tuple[int, Number]] = []
    for _, place, number in sorted(ranked, key=lambda one: one[:2]):
        same = _same(number.text)
        if len(chosen) < count and all(
            other.sentence.key != number.sentence.key and _same(other.text) != same for _, other in chosen
        ):
            chosen.append((place, number))
    return tuple(number for _, number in sorted(chosen, key=lambda one: one[0]))


def _same(text: str) -> str:
    return "".join(text.lower().split())


def _of(text: Text) -> Iterator[tuple[Number, float]]:
    """Yield the figures of a text with what each tells."""
    language = primary(text.lang)
    left = READ
    for order, block in enumerate(text.blocks if text.may_quote else ()):
        if left <= 0:
            return
        if block.kind == "paragraph":
            figures = [_figure(found, block.text, language) for found in _DIGITS.finditer(block.text, 0, left)]
            yield from _placed(text, order, [figure for figure in figures if figure])
        left -= len(block.text)


def _placed(text: Text, order: int, figures: Sequence[_Figure]) -> Iterator[tuple[Number, float]]:
    """Yield figures with the sentence that each stands in, where that is a whole one."""
    if not figures:
        return
    for place, sentence in enumerate(split(text.blocks[order].text, text.lang)):
        end = sentence.start + len(sentence.text)
        within = [figure for figure in figures if sentence.start <= figure.start and figure.end <= end]
        if within and len(sentence.text) <= LONGEST and is_whole(sentence.text, text.lang):
            passage = Passage(sentence.text, text.key, order, place, sentence.start, text.lang)
            early = 0.4 / (1 + order) + (0.3 if order == place == 0 else 0.0)
            for figure in within:
                start, stop = figure.start - sentence.start, figure.end - sentence.start
                yield Number(sentence.text[start:stop], start, passage), figure.told + early


def _figure(found: re.Match[str], text: str, language: str) -> _Figure | None:
    """Return what a number counts, and how much that tells; None for one that counts nothing known."""
    start, end = found.span()
    before = text[max(0, start - 5) : start]
    money = _MONEY.search(before)
    before = before[: money.start()] if money else before
    if language in _NO_SPACES:
        before = before if before[-1:] < "\u0e00" else ""
    if _PART_OF_MORE.search(before) or text[end : end + 1] in ("/", ":", "-"):
        return None
    size, told = _value(found[0], language), 0.9 if money else 0.0
    counts = False
    for word, place in _words_after(text, end, language):
        if counts and _told().get(word) != 1.0:
            break
        if word in _powers() and size < 1e6:
            size *= 10.0 ** _powers()[word]
            end = place
        elif word in _told() and (not money or word == "usd"):
            counts, told, end = True, max(told, _told()[word]), place  # `12 people` may be `12 people dead`
        elif word != "de":
            break
    if language in _NO_SPACES and text[end : end + 1] in _ORDINAL:
        return None
    is_year = _YEARS.fullmatch(found[0]) and told < 0.7
    if not told or is_year or (size < LARGE and told in (0.8, 0.5)):
        return None
    told += 0.2 * (size > 100) if told == 0.7 else min(math.log10(1 + size), 12) / 12
    return _Figure(start - (len(money[0]) if money else 0), end, told)


def _words_after(text: str, place: int, language: str) -> Iterator[tuple[str, int]]:
    """Yield the words after a number, where they may be of it, in small letters and with the place where each ends."""
    if language in _NO_SPACES:
        for _ in range(2):
            place += text[place : place + 1] == " "
            pieces = (text[place : place + length].lower() for length in range(11, 0, -1))
            word = next((piece for piece in pieces if piece in _told() or piece in _powers()), "")
            place += len(word)
            if not word or (word[-1] in _LATIN and text[place : place + 1] in _LATIN):
                return  # `m` is no part of `mm`
            yield word, place
        return
    for _ in range(3):
        found = _AFTER.match(text, place)
        if found is None:
            return
        word = found[1].lower()
        following = _AFTER.match(text, found.end())
        if following and f"{word} {following[1].lower()}" in _told():
            yield f"{word} {following[1].lower()}", following.end()
            return
        known = word.rstrip(".")
        yield known, found.end() - word.endswith(".")
        place = found.end()


def _value(digits: str, language: str) -> float:
    """Return what a number's digits say; of a single mark before three digits, the language tells what it divides."""
    if digits.isascii() and digits.isdecimal():  # as most are
        return float(digits)
    power = 0.0
    for sign in re.findall(r"\d[\d.,]*[兆億亿万萬千억만]", digits):
        power += float(re.sub(r"[^\d.]", "", sign)) * 10.0 ** _EAST_POWERS[sign[-1]]
    if power:
        return power
    digits = re.sub(r"[\s'’\u00a0\u202f]", "", digits).strip(".,")
    marks = re.findall(r"[.,]", digits)
    fraction = ""
    if len(set(marks)) == 2 and marks.count(marks[-1]) == 1:
        fraction = marks[-1]
    elif len(marks) == 1:
        usual = "." if language in _POINT else ","
        fraction = marks[0] if len(digits) - digits.index(marks[0]) != 4 or marks[0] == usual else ""
    whole, _, rest = digits.rpartition(fraction) if fraction else (digits, "", "0")
    return float(f"{re.sub('[.,]', '', whole) or 0}.{re.sub('[.,]', '', rest) or 0}")


@cache
def _powers() -> dict[str, int]:
    return {word: power for power, listed in _MAGNITUDES.items() for word in listed.split()}


@cache
def _told() -> dict[str, float]:
    return {word.replace("_", " "): told for told, listed in _UNITS.items() for word in listed.split()} | _TWO_WORDS

"""Dates as people write them, read without a clock: a text means the same day on every machine and on every day."""

import datetime as dt
import re
import unicodedata
from collections.abc import Callable
from email.utils import parsedate_tz
from functools import cache, lru_cache
from typing import NamedTuple

MAX_DATE = 80
"""Characters of a date with all that stands around it."""
DAY_FIRST = 0.75
"""How often `03/04/2025` means the third of April where nothing else tells (all the world but the United States)."""

NAMED = 0.95
"""How often a date with a month's name in any of many languages is read right."""


class When(NamedTuple):
    """A date that was read."""

    moment: str
    """`YYYY-MM-DD`, or RFC 3339 where the text has a time (without offset where it has none); empty for no date."""
    confidence: float


NEVER = When("", 0.0)

_DAY = re.compile(r"(\d{4})-(\d\d)-(\d\d)")
# ISO 8601 (extended and basic) and RFC 3339 with the separators that people and programs put in their place.
_YEAR_FIRST = re.compile(
    r"(?P<y>\d{4})(?:(?P<sep>[-/._])(?P<m>\d{1,2})(?P=sep)(?P<d>\d{1,2})|\. ?(?P<m2>\d{1,2})\. ?(?P<d2>\d{1,2})\.?"
    r"|(?P<m3>\d\d)(?P<d3>\d\d)(?=T|$))(?P<rest>.*)"
)
_YEAR_LAST = re.compile(
    r"(?P<a>\d{1,2})(?P<sep>[-/.])(?P<sp> ?)(?P<b>\d{1,2})(?P=sep)(?P=sp)(?P<y>\d{4}|\d\d)(?P<rest>(?!\d).*)"
)
_EAST_ASIAN = re.compile(
    r"(?P<era>令和|平成|昭和|大正|明治|民國|民国)? ?(?P<y>\d{1,4}|元) ?[年년] ?(?P<m>\d{1,2}) ?[月월] ?(?P<d>\d{1,2}) ?[日號号일]"
    r"(?: ?\(.\)| ?[(（]?(?:星期|週|周|礼拜)?[一二三四五六日天月火水木金土]曜?日?[)）]| ?[월화수목금토일]요일)?(?P<rest>.*)"
)
# The year before the first of each era; the Republic of China counts likewise.
_ERAS = {"令和": 2018, "平成": 1988, "昭和": 1925, "大正": 1911, "明治": 1867, "民國": 1911, "民国": 1911}
_TIME = re.compile(
    r"[\sT,;|/·•@–-]*(?:(?:um|at|à|alle|às|kl\.?|o|в|om) )?(?P<half>午前|午後|上午|下午|오전|오후)? ?"
    r"(?P<h>\d{1,2})(?:[:.h時时點点시Hч] ?(?P<min>\d\d)|(?<=T\d\d)(?P<min2>\d\d))[分분m]?(?:[:.]?(?P<s>\d\d)[秒초]?)?(?:[.,]\d{1,9})?"
    r"\s?(?P<pm>[AaPp]\.?[Mm]\.?)?\s?(?:Uhr|uur|h|hrs|hod\.|godz\.)?\s*(?:\(?(?P<zone>Z|UTC|GMT|[+-]\d\d:?\d\d|[+-]\d\d)\)?)?",
)
# RFC 822 section 5 and RFC 5322 section 3.3.
_MAIL = re.compile(
    r"(?:[A-Za-z]{3}, ?)?\d{1,2} [A-Za-z]{3} \d{2,4} \d{1,2}:\d\d(?::\d\d)? (?:[+-]\d{4}|UTC?|GMT|Z|[ECMP][SD]T)(?: \(.{1,20}\))?"
)
_WEEKDAY = re.compile(r"^[^\W\d_]{2,14}\.?, ?(?=\d)")
_YEAR = re.compile(r"(?<!\d)\d{4}(?!\d)")
_NUMBER = re.compile(r"\d+")
_NAME = re.compile(r"[^\W\d_]{2}")
_IN_PATH = re.compile(
    r"(?<!\d)(?:(?P<y>(?:1[6-9]|2[01])\d\d)(?P<sep>[-_./])(?P<m>0?[1-9]|1[0-2])(?P=sep)(?P<d>0?[1-9]|[12]\d|3[01])(?!\d)"
    r"|(?P<y2>(?:19|20)\d\d)(?P<m2>0[1-9]|1[0-2])(?P<d2>0[1-9]|[12]\d|3[01])(?=(?:\d{4}|\d{6})?(?!\d)))"
)
_THAI = re.compile("[\u0e01-\u0e2e]")
_LANGUAGES = (
    "en de fr es pt it nl ru pl uk tr ar cs sv da nb fi el he hu ro bg sr hr sk sl vi id ms th hi bn fa ur ja ko zh "
    "ca lt lv et sq mk ka hy az kk sw ta te mr gu pa ml kn ne si my km is ga cy eu gl af"
)
"""Whose month names are known, the likelier first: where two share a name, they mostly share the month."""


def moment(text: str, order: str = "") -> str:
    """Return a date that people write as `YYYY-MM-DD`, with a time as RFC 3339; empty where `text` is no whole date.

    `order` is `dmy` or `mdy` where the source is known to write numbers so; otherwise the day comes first
    unless that is impossible. Never raises, and knows no today: `yesterday` and `17 August` are no dates.
    """
    return read(text, order).moment


@lru_cache(maxsize=4096)
def read(text: str, order: str = "") -> When:
    """Return what `moment` does, with how sure it is."""
    if _DAY.fullmatch(text):
        return When(_calendar(*map(int, text.split("-"))), 1.0)
    if len(text) > 2 * MAX_DATE or not (text := _plain(text)) or len(text) > MAX_DATE or not _NUMBER.search(text):
        return NEVER
    for reader in (_mail, _year_first, _year_last, _east_asian, _named_month):
        found = reader(text, order)
        if found.moment:
            return found
    return NEVER


def of_path(path: str) -> str:
    """Return the day that a file's name, or else a folder's, begins with or holds as `YYYY-MM-DD`; empty for none.

    Known are `2025/08/17/`, `2025-08-17-…`, `2025_08_17`, `20250817…`; the last one in the path counts.
    """
    for found in reversed(list(_IN_PATH.finditer(path[-1000:]))):
        year, month, day = found["y"] or found["y2"], found["m"] or found["m2"], found["d"] or found["d2"]
        if calendar := _calendar(int(year), int(month), int(day)):
            return calendar
    return ""


_ZONE_NAME = re.compile(r"([+-]\d{4})\s*\([A-Za-z ]{1,40}\)\s*$")
"""The name of a zone as a comment behind its offset (RFC 5322, section 3.3)."""


def _plain(text: str) -> str:
    """Return `text` with ASCII digits, single spaces and nothing around it."""
    if not text.isascii():
        digits = (str(unicodedata.decimal(sign)) if sign.isdecimal() else sign for sign in text)
        text = "".join(digits).replace("：", ":").replace("．", ".").replace("\u200e", "").replace("\u200f", "")
    text = _ZONE_NAME.sub(r"\1", text)
    return " ".join(text.split()).strip(" ,;|•·()[]（）【】「」")


def _calendar(year: int, month: int, day: int) -> str:
    try:
        return dt.date(year, month, day).isoformat()
    except ValueError:
        return ""


def _whole(year: int, month: int, day: int, rest: str) -> str:
    """Return the moment of a day and of what stands after it: nothing, or a time."""
    calendar = _calendar(year, month, day)
    rest = rest.strip(" .,")
    if not calendar or not rest:
        return calendar
    time = _TIME.fullmatch(rest if rest[0] == "T" else f" {rest}")
    if time is None:
        return ""
    hour, minute, second = int(time["h"]), int(time["min"] or time["min2"]), int(time["s"] or 0)
    after_noon = time["pm"] or time["half"]
    if after_noon and hour <= 12:
        hour = hour % 12 + (12 if after_noon[0] in "Pp午下오" and after_noon not in ("午前", "오전") else 0)
    return _clock(calendar, hour, minute, second, time["zone"] or "")


def _clock(calendar: str, hour: int, minute: int, second: int, zone: str) -> str:
    if hour > 23 or minute > 59 or second > 60:
        return ""
    if zone in ("Z", "UTC", "GMT"):
        zone = "+00:00"
    elif zone:
        zone = f"{zone[:3]}:{zone[-2:] if len(zone) > 3 else '00'}"
        if zone[1:3] > "23" or zone[4:] > "59":
            return ""
    return f"{calendar}T{hour:02}:{minute:02}:{min(second, 59):02}{zone}"


def _mail(text: str, order: str) -> When:
    if not _MAIL.fullmatch(text):
        return NEVER
    parts = parsedate_tz(text)
    if parts is None:
        return NEVER
    offset = parts[9] or 0
    sign, minutes = "-" if offset < 0 else "+", abs(offset) // 60
    zone = f"{sign}{minutes // 60:02}{minutes % 60:02}"
    calendar = _calendar(parts[0], parts[1], parts[2])
    return When(_clock(calendar, parts[3], parts[4], parts[5], zone) if calendar else "", 1.0)


def _year_first(text: str, order: str) -> When:
    found = _YEAR_FIRST.fullmatch(text)
    if found is None:
        return NEVER
    month, day = found["m"] or found["m2"] or found["m3"], found["d"] or found["d2"] or found["d3"]
    return When(_whole(int(found["y"]), int(month), int(day), found["rest"]), 1.0)


def _year_last(text: str, order: str) -> When:
    found = _YEAR_LAST.fullmatch(_WEEKDAY.sub("", text, count=1))
    if found is None:
        return NEVER
    first, second, year = int(found["a"]), int(found["b"]), int(found["y"])
    confidence = 1.0
    if len(found["y"]) == 2:
        if found["sep"] == "-":  # which end the year is at, nobody can tell
            return NEVER
        year += 2000 if year < 70 else 1900  # as POSIX strptime has it
        confidence = 0.8
    month_first = order == "mdy" or (second > 12 >= first)
    if first <= 12 and second <= 12 and first != second and found["sep"] != "." and not order:
        confidence *= DAY_FIRST
    if month_first and first > 12:
        month_first = False
    day, month = (second, first) if month_first else (first, second)
    return When(_whole(year, month, day, found["rest"]), confidence)


def _east_asian(text: str, order: str) -> When:
    found = _EAST_ASIAN.fullmatch(text)
    if found is None:
        return NEVER
    year = 1 if found["y"] == "元" else int(found["y"])
    if found["era"]:
        year += _ERAS[found["era"]]
    elif year < 1000:
        return NEVER
    return When(_whole(year, int(found["m"]), int(found["d"]), found["rest"]), 1.0)


def _named_month(text: str, order: str) -> When:
    """Read a month's name, in any of many languages, through dateparser."""
    years = _YEAR.findall(text)
    if len(years) != 1 or not _NAME.search(text) or len(_NUMBER.findall(text)) < 2:
        return NEVER
    try:
        found = _parser(order)(text)
    except Exception:  # a library for untidy texts, on untidy texts
        return NEVER
    if found is None:
        return NEVER
    year = found.year
    if year > 2400 and _THAI.search(text):
        year -= 543  # the Buddhist calendar
    elif years[0] != f"{year:04}" and found.tzinfo is None:
        return NEVER
    if not 1500 <= year < 2200 or (
        found.tzinfo is None and f"{found.day}" not in [n.lstrip("0") for n in _NUMBER.findall(text)]
    ):
        return NEVER
    calendar = _calendar(year, found.month, found.day)
    if not calendar or (":" not in text and (found.hour, found.minute) == (0, 0)):
        return When(calendar, NAMED)
    return When(f"{calendar}T{found.strftime('%H:%M:%S')}{'' if found.tzinfo is None else '+00:00'}", NAMED)


@cache
def _parser(order: str) -> Callable[[str], dt.datetime | None]:
    # A tenth of a second, and only where a date has a name in it.
    from dateparser.date import DateDataParser  # type: ignore[import-untyped]

    settings = {
        "PARSERS": ["absolute-time"],
        "STRICT_PARSING": True,
        "REQUIRE_PARTS": ["year", "month", "day"],
        "DATE_ORDER": order.upper() or "DMY",
        "PREFER_LOCALE_DATE_ORDER": False,
        "TIMEZONE": "UTC",
        "RELATIVE_BASE": dt.datetime(2000, 1, 1),
    }
    parser = DateDataParser(languages=_LANGUAGES.split(), settings=settings)
    return lambda text: parser.get_date_data(text)["date_obj"]

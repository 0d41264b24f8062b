"""How a language writes dates, numbers and its own name (Unicode CLDR, by Babel)."""

import datetime as dt
from functools import lru_cache

from babel import Locale, UnknownLocaleError
from babel.core import get_global
from babel.dates import format_date, format_skeleton
from babel.numbers import format_decimal, format_percent
from babel.units import format_unit

_ZEROS = {
    "adlm": 0x1E950,
    "arab": 0x660,
    "arabext": 0x6F0,
    "beng": 0x9E6,
    "cakm": 0x11136,
    "deva": 0x966,
    "mymr": 0x1040,
    "nkoo": 0x7C0,
    "olck": 0x1C50,
    "tibt": 0xF20,
}
"""Where the ten digits begin of each numbering system that is some language's usual one."""


@lru_cache(maxsize=256)
def locale_of(tag: str) -> Locale:
    """Return what CLDR knows of a BCP 47 language; of the nearest one where it does not know it, else of English."""
    parts = tag.split("-")
    while parts:
        try:
            return Locale.parse("-".join(parts), sep="-")
        except (UnknownLocaleError, ValueError):
            parts.pop()
    return Locale("en")


@lru_cache(maxsize=256)
def chain(tag: str) -> tuple[str, ...]:
    """Return the languages that can speak for `tag`, from the one that suits best: `zh-TW`, `zh-Hant`, `zh`, `en`."""
    locale = locale_of(tag)
    known = [locale.language, *(f"{locale.language}-{part}" for part in (locale.script, locale.territory) if part)]
    parts = tag.split("-")
    stated = ["-".join(parts[:count]) for count in range(1, len(parts) + 1)]
    base = [locale.language] if known[0] == stated[0].lower() else [locale.language, stated[0]]
    return tuple(dict.fromkeys([*reversed(stated[1:]), *reversed(known[1:]), *reversed(base), "en"]))


def date(day: str, locale: Locale, time: str = "") -> str:
    """Write a day (`YYYY-MM-DD`), with its `time` (`HH:MM`) if given, a month (`YYYY-MM`) or a year as the language does."""
    if len(day) == 10:
        written = _day(day, locale)
        both = str(locale.datetime_formats["medium"]).replace("'", "") if time else "{1}"
        return digits(both.replace("{1}", written).replace("{0}", time), locale)
    if len(day) == 7:
        return digits(str(format_skeleton("yMMMM", dt.date.fromisoformat(f"{day}-01"), locale=locale)), locale)
    return digits(day, locale)


@lru_cache(maxsize=512)
def _day(day: str, locale: Locale) -> str:
    return str(format_date(dt.date.fromisoformat(day), "full", locale))


def short_date(day: str, locale: Locale) -> str:
    """Write a day (`YYYY-MM-DD`) as briefly as the language does with the month in letters."""
    return digits(str(format_skeleton("yMMMd", dt.date.fromisoformat(day), locale=locale)), locale)


@lru_cache(maxsize=512)
def short_month(month: str, locale: Locale) -> str:
    """Write the name of a month (`YYYY-MM`) as briefly as the language does."""
    return digits(str(format_skeleton("MMM", dt.date.fromisoformat(f"{month}-01"), locale=locale)), locale)


@lru_cache(maxsize=512)
def minutes(count: int, locale: Locale) -> str:
    """Write a time: `4 min`, `4 Min.`, `4分`."""
    return digits(format_unit(count, "duration-minute", "short", locale=locale), locale)


@lru_cache(maxsize=4096)
def number(count: float, locale: Locale) -> str:
    """Write a number: `12,345`, `12.345`, `۱۲٬۳۴۵`."""
    return digits(str(format_decimal(count, locale=locale, numbering_system="default")), locale)


@lru_cache(maxsize=4096)
def percent(share: float, locale: Locale) -> str:
    """Write a share of one as a percentage: `50%`, `50 %`, `%50`."""
    return digits(str(format_percent(share, locale=locale, numbering_system="default")), locale)


@lru_cache(maxsize=256)
def comma(locale: Locale) -> str:
    """Return what stands between the items of a list, with its spaces: `, `, `، `, `、`."""
    return str(locale.list_patterns["standard"]["middle"]).replace("{0}", "").replace("{1}", "")


def digits(text: str, locale: Locale) -> str:
    """Write the digits in `text` as the language does: `14:05`, `۱۴:۰۵`."""
    table = _digits(locale.default_numbering_system)
    return text.translate(table) if table else text


@lru_cache(maxsize=256)
def own_name(tag: str) -> str:
    """Return what a language calls itself, fit to stand alone: `Français`; the tag where CLDR does not know it."""
    locale = locale_of(tag)
    if locale.language == "en" and not tag.lower().startswith("en"):
        return tag
    name = locale.get_display_name(locale) or tag
    return name[:1].upper() + name[1:]


@lru_cache(maxsize=256)
def week(locale: Locale) -> tuple[tuple[int, str], ...]:
    """Return the days of the week as a calendar of the language heads them: each with its number, Monday's being 0.

    The first is that on which the week begins in the language's country, or in the one where most people speak it.
    """
    territory = locale.territory or str(get_global("likely_subtags").get(str(locale), "")).rpartition("_")[2]
    of_country = Locale.parse(f"{locale.language}_{territory}") if _is_known(locale.language, territory) else locale
    names = locale.days["stand-alone"]["short" if "short" in locale.days["stand-alone"] else "abbreviated"]
    return tuple(
        (day % 7, str(names[day % 7])) for day in range(of_country.first_week_day, of_country.first_week_day + 7)
    )


def _is_known(language: str, territory: str) -> bool:
    try:
        return bool(territory and Locale.parse(f"{language}_{territory}"))
    except (UnknownLocaleError, ValueError):
        return False


@lru_cache(maxsize=32)
def _digits(system: str) -> dict[int, int]:
    zero = _ZEROS.get(system, 0)
    return {ord("0") + number: zero + number for number in range(10)} if zero else {}

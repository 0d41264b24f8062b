"""How languages write dates and numbers."""

import pytest

from digest import locales
from digest.locales import locale_of


@pytest.mark.parametrize(
    ("tag", "known"),
    [
        ("de", "de"),
        ("de-1996", "de"),
        ("pt-BR", "pt_BR"),
        ("sr-Latn", "sr_Latn"),
        ("zh-Hant", "zh_Hant"),
        ("en-GB-oxendict", "en_GB"),
        ("xx", "en"),
        ("de-Nowhere-x", "de"),
    ],
)
def test_tags_that_cldr_knows_and_others(tag: str, known: str) -> None:
    assert str(locale_of(tag)) == known


@pytest.mark.parametrize(
    ("tag", "languages"),
    [
        ("en", ("en",)),
        ("pt-BR", ("pt-BR", "pt", "en")),
        ("zh-TW", ("zh-TW", "zh-Hant", "zh", "en")),
        ("zh-Hant-HK", ("zh-Hant-HK", "zh-Hant", "zh-HK", "zh", "en")),
        ("de-1996", ("de-1996", "de", "en")),
        ("xx", ("xx", "en")),
    ],
)
def test_what_can_speak_for_a_language(tag: str, languages: tuple[str, ...]) -> None:
    assert locales.chain(tag) == languages


@pytest.mark.parametrize(
    ("tag", "day", "month", "year", "short"),
    [
        ("de", "Sonntag, 17. August 2025", "August 2025", "2025", "17. Aug. 2025"),
        ("en", "Sunday, August 17, 2025", "August 2025", "2025", "Aug 17, 2025"),
        ("ja", "2025年8月17日日曜日", "2025年8月", "2025", "2025年8月17日"),
        ("pl", "niedziela, 17 sierpnia 2025", "sierpień 2025", "2025", "17 sie 2025"),
        ("sr-Latn", "nedelja, 17. avgust 2025.", "avgust 2025.", "2025", "17. avg 2025."),
        ("zh-Hant", "2025年8月17日 星期日", "2025年8月", "2025", "2025年8月17日"),
        ("fa", "یکشنبه ۱۷ اوت ۲۰۲۵", "اوت ۲۰۲۵", "۲۰۲۵", "۱۷ اوت ۲۰۲۵"),
    ],
)
def test_dates(tag: str, day: str, month: str, year: str, short: str) -> None:
    locale = locale_of(tag)
    assert [locales.date(date, locale) for date in ("2025-08-17", "2025-08", "2025")] == [day, month, year]
    assert locales.short_date("2025-08-17", locale) == short


def test_a_date_with_its_time() -> None:
    assert locales.date("2025-08-17", locale_of("de"), "14:05") == "Sonntag, 17. August 2025, 14:05"
    assert locales.date("2025-08-17", locale_of("ar"), "14:05") == "الأحد، 17 أغسطس 2025، 14:05"


@pytest.mark.parametrize(
    ("tag", "number", "percent", "time"),
    [
        ("en", "12,345", "25%", "14:05"),
        ("de", "12.345", "25\N{NO-BREAK SPACE}%", "14:05"),
        ("tr", "12.345", "%25", "14:05"),
        ("ar", "12,345", "25%", "14:05"),
        ("ar-EG", "١٢٬٣٤٥", "٢٥%", "١٤:٠٥"),
        ("fa", "۱۲٬۳۴۵", "۲۵%", "۱۴:۰۵"),
        ("he", "12,345", "25%", "14:05"),
    ],
)
def test_numbers_in_the_digits_of_the_language(tag: str, number: str, percent: str, time: str) -> None:
    locale = locale_of(tag)
    plain = str.maketrans("", "", "\N{LEFT-TO-RIGHT MARK}\N{RIGHT-TO-LEFT MARK}\N{ARABIC LETTER MARK}")
    assert locales.number(12345, locale) == number
    assert locales.percent(0.25, locale).translate(plain).replace("٪", "%") == percent
    assert locales.digits("14:05", locale) == time


def test_the_first_day_of_the_week() -> None:
    first = {tag: locales.week(locale_of(tag))[0][0] for tag in ("de", "en", "en-GB", "ar", "he", "ja", "fa", "xx")}
    assert first == {"de": 0, "en": 6, "en-GB": 0, "ar": 5, "he": 6, "ja": 6, "fa": 5, "xx": 6}
    assert [name for _, name in locales.week(locale_of("ja"))] == ["日", "月", "火", "水", "木", "金", "土"]


def test_a_language_names_itself() -> None:
    names = {tag: locales.own_name(tag) for tag in ("de", "fr", "ja", "zh-Hant", "pt-BR", "xx")}
    assert names == {
        "de": "Deutsch",
        "fr": "Français",
        "ja": "日本語",
        "zh-Hant": "中文 (繁體)",
        "pt-BR": "Português (Brasil)",
        "xx": "xx",
    }

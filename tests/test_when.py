"""Dates as people write them, in a table: what each means, and what is no date."""

import datetime as dt
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.seeds import when

MEANS = {
    "2025-08-17": "2025-08-17",
    "2025-8-7": "2025-08-07",
    "20250817": "2025-08-17",
    "2025/8/17": "2025-08-17",
    "2025.08.17 14:30": "2025-08-17T14:30:00",
    "2025. 8. 17.": "2025-08-17",
    "2025-08-17T14:30:00+02:00": "2025-08-17T14:30:00+02:00",
    "2025-08-17T14:30:00.123Z": "2025-08-17T14:30:00+00:00",
    "2025-08-17 14:30:00 +0200": "2025-08-17T14:30:00+02:00",
    "20250817T143000Z": "2025-08-17T14:30:00+00:00",
    "17.08.2025": "2025-08-17",
    "17. 8. 2025": "2025-08-17",
    "17.8.25": "2025-08-17",
    "17/08/2025": "2025-08-17",
    "08/17/2025 3:04 PM": "2025-08-17T15:04:00",
    "17.08.2025, 14.30 Uhr": "2025-08-17T14:30:00",
    "So., 17.08.2025 | 14:30": "2025-08-17T14:30:00",
    "17. August 2025": "2025-08-17",
    "Sonntag, 17. August 2025, 14.30 Uhr": "2025-08-17T14:30:00",
    "August 17, 2025": "2025-08-17",
    "August 17th, 2025": "2025-08-17",
    "Aug. 17, 2025 at 3:04 PM EDT": "2025-08-17T19:04:00+00:00",
    "17 août 2025 à 14h30": "2025-08-17T14:30:00",
    "17 de agosto de 2025": "2025-08-17",
    "17 sierpnia 2025": "2025-08-17",
    "17 августа 2025 г.": "2025-08-17",
    "17 Ağustos 2025 Pazar": "2025-08-17",
    "2025. augusztus 17.": "2025-08-17",
    "ngày 17 tháng 8 năm 2025": "2025-08-17",
    "١٧ أغسطس ٢٠٢٥": "2025-08-17",
    "17 באוגוסט 2025": "2025-08-17",
    "17 अगस्त 2025": "2025-08-17",
    "17 สิงหาคม 2568": "2025-08-17",
    "2025年8月17日": "2025-08-17",
    "2025年8月17日(日) 14時30分": "2025-08-17T14:30:00",
    "2025年8月17日 午後2時30分": "2025-08-17T14:30:00",
    "令和7年8月17日": "2025-08-17",
    "民國114年8月17日": "2025-08-17",
    "2025년 8월 17일 오후 2시 30분": "2025-08-17T14:30:00",
    "１７．８．２０２５": "2025-08-17",
    "Sun, 17 Aug 2025 10:00:00 +0200": "2025-08-17T10:00:00+02:00",
    "Sun, 17 Aug 2025 10:00:00 +0200 (CEST)": "2025-08-17T10:00:00+02:00",
    "17 Aug 2025 10:00 GMT": "2025-08-17T10:00:00+00:00",
    "Sun, 17 Aug 2025 10:00:00 -0000": "2025-08-17T10:00:00+00:00",
}
MEANS_NOTHING = """
yesterday
tomorrow
in 3 days
17 August
August 2025
Sunday
14:30
2025
1755432000
31.02.2025
2025-02-30
2025-08-17T25:00
2025-08-17 and more
8-9-10
In 2024 there were 12 things
17 August 2025 by Jane
۲۶ مرداد ۱۴۰۴
"""


@pytest.mark.parametrize(("text", "moment"), MEANS.items())
def test_a_date_means_one_day_whatever_today_is(text: str, moment: str) -> None:
    assert when.moment(text) == moment


@pytest.mark.parametrize("text", ["", *MEANS_NOTHING.strip().split("\n")])
def test_what_is_no_whole_date_is_none(text: str) -> None:
    assert when.moment(text) == ""


def test_the_day_comes_first_unless_that_is_impossible_or_known_to_be_wrong() -> None:
    assert when.moment("03/04/2025") == "2025-04-03"
    assert when.moment("03/04/2025", "mdy") == "2025-03-04"
    assert when.moment("17/04/2025", "mdy") == "2025-04-17"
    assert when.read("03/04/2025").confidence < when.read("17/04/2025").confidence == 1.0
    assert when.read("03/04/2025", "dmy").confidence == 1.0


@pytest.mark.parametrize(
    ("path", "day"),
    {
        "seeds/2025/08/17/bridge.txt": "2025-08-17",
        "seeds/2025-08-17-bridge.txt": "2025-08-17",
        "seeds/2025_8_7.txt": "2025-08-07",
        "seeds/20250817_bridge.txt": "2025-08-17",
        "seeds/20250817143000.txt": "2025-08-17",
        "seeds/2024/01/02/2025-08-17.txt": "2025-08-17",
        "seeds/2025/13/17/bridge.txt": "",
        "seeds/123456789012.txt": "",
        "seeds/bridge-2025.txt": "",
    }.items(),
)
def test_a_path_may_tell_the_day(path: str, day: str) -> None:
    assert when.of_path(path) == day


def test_the_time_zone_of_the_machine_does_not_matter(monkeypatch: pytest.MonkeyPatch) -> None:
    read = {}
    for zone in ("Pacific/Kiritimati", "America/Los_Angeles"):
        monkeypatch.setenv("TZ", zone)
        time.tzset()
        when.read.cache_clear()
        read[zone] = [when.moment(text) for text in MEANS]
    monkeypatch.undo()
    time.tzset()
    assert read["Pacific/Kiritimati"] == read["America/Los_Angeles"] == list(MEANS.values())


@given(st.text(alphabet="0123456789-/.:, TZ+年月日augUhr٣", max_size=40) | st.text(max_size=40))
def test_whatever_is_read_is_a_date_of_the_calendar(text: str) -> None:
    moment = when.moment(text)
    if moment:
        dt.datetime.fromisoformat(moment)
        assert when.moment(moment) == moment


@given(st.datetimes(min_value=dt.datetime(1900, 1, 1), max_value=dt.datetime(2199, 1, 1)))
def test_the_common_forms_mean_the_day_that_was_written(moment: dt.datetime) -> None:
    day = moment.date().isoformat()
    for form in ("%Y-%m-%d", "%d.%m.%Y", "%Y/%m/%d", "%Y年%m月%d日", "%Y%m%d"):
        assert when.moment(moment.strftime(form)) == day
    assert when.moment(moment.strftime("%Y-%m-%dT%H:%M:%S")) == moment.isoformat(timespec="seconds")

"""Days and moments: what a date in front matter means in the digest's time zone."""

import datetime as dt
import hashlib
import re
from collections.abc import Sequence
from typing import NamedTuple
from zoneinfo import ZoneInfo

EPOCH = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)
_TO_SECONDS = len("2025-08-17T14:05:00")
MICROSECOND = dt.timedelta(microseconds=1)


class Moment(NamedTuple):
    """A point in time as an article needs it."""

    date: str
    """`YYYY-MM-DD` in the digest's time zone."""
    time: str
    """`HH:MM`, or empty where only the day is known."""
    text: str
    """RFC 3339 with offset."""
    order: int
    """Microseconds since 1970."""
    due: int
    """Microseconds since 1970; for a bare day, its midnight."""


def microseconds(moment: dt.datetime) -> int:
    """Microseconds since 1970 of an aware `moment`."""
    return (moment - EPOCH) // MICROSECOND


def rfc3339(moment: dt.datetime) -> str:
    """Return an aware `moment` as RFC 3339; historic offsets with seconds do not fit it and become UTC."""
    offset = moment.utcoffset()
    if offset is None or offset.seconds % 60:
        moment = moment.astimezone(dt.UTC)
    return moment.isoformat()


def own_moment(text: str, salt: str) -> str:
    """Return a moment of RFC 3339 that hardly anything shares.

    Of one that is known to the second only, `salt` alone decides the fraction (section 5.6): it never moves.
    """
    if text[_TO_SECONDS] == ".":
        return text
    return f"{text[:_TO_SECONDS]}.{_spread(salt) % 1_000_000:06}{text[_TO_SECONDS:]}"


def _spread(salt: str) -> int:
    return int.from_bytes(hashlib.blake2b(salt.encode(), digest_size=8).digest(), "big")


def first_hour(day: dt.date, zone: dt.tzinfo | None, salt: str) -> dt.datetime:
    """Return a moment in the first hour of a day that only `salt` decides; its midnight, where there is none."""
    midnight = dt.datetime(day.year, day.month, day.day, tzinfo=zone)
    return midnight + dt.timedelta(microseconds=_spread(salt) % 3_600_000_000 if salt else 0)


def today(now: int, zone: dt.tzinfo) -> tuple[str, int]:
    """Return the day of a moment (microseconds since 1970), and when it ends."""
    try:
        day = (EPOCH + now * MICROSECOND).astimezone(zone).date()
        return day.isoformat(), microseconds(first_hour(day + dt.timedelta(days=1), zone, ""))
    except OverflowError:  # it is after the last day of all
        return dt.date.max.isoformat(), now + 1


def moment_of(text: object, zone: ZoneInfo, salt: str = "") -> Moment:
    """Read a front matter date: a bare day stays that day, a time without zone is the digest's.

    Articles that know only their day get a moment in its first hour from `salt` (their id), so
    that each is unique in feeds, keeps its place, and none moves when others join.

    Raises ValueError, with a sentence for people, for what is no date.
    """
    if not isinstance(text, str):
        raise ValueError("it is not a date")
    try:
        if len(text) <= 10:
            day = dt.date.fromisoformat(text)
            midnight = first_hour(day, zone, "")
            placed = first_hour(day, zone, salt)
            return Moment(day.isoformat(), "", rfc3339(placed), microseconds(placed), microseconds(midnight))
        # YAML allows blanks before the zone, ISO 8601 does not.
        moment = dt.datetime.fromisoformat(re.sub(r"\s+(?=[+-]|Z$)", "", text))
        moment = moment.replace(tzinfo=zone) if moment.tzinfo is None else moment.astimezone(zone)
        local = moment.isoformat()
        order = microseconds(moment)
        return Moment(local[:10], local[11:16], rfc3339(moment), order, order)
    except OverflowError as error:
        raise ValueError(f"{text[:40]} is outside the years that a calendar holds") from error
    except ValueError as error:
        raise ValueError(f"{text[:40]!r} is not a date ({error})") from error


def last_change(published: Moment, changes: Sequence[object], zone: ZoneInfo, salt: str) -> str:
    """Return when an article was last changed, as RFC 3339: the latest of `changes`, as front matter has them.

    A change is later than what it changes, also where only its day is known: of several on the day of the article each
    is a second later. One on an earlier day is none. Raises ValueError as `moment_of` does.
    """
    moments = [moment_of(change, zone, salt) for change in changes]
    last = max(moments, key=lambda moment: moment.order, default=published)
    if not moments or last.date < published.date or (last.time and last.order <= published.order):
        return ""
    bare = sum(moment.date == last.date and not moment.time for moment in moments)
    later = max(bare - 1, 0) + (last.order <= published.order)
    if not later:
        return last.text
    base = max(published, last, key=lambda moment: moment.order)
    return rfc3339((dt.datetime.fromisoformat(base.text) + dt.timedelta(seconds=later)).astimezone(zone))

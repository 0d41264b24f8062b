"""Days and moments: what a date in front matter means in the digest's time zone."""

import datetime as dt
import hashlib
import re
from typing import NamedTuple
from zoneinfo import ZoneInfo

EPOCH = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)
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
            midnight = dt.datetime(day.year, day.month, day.day, tzinfo=zone)
            spread = int.from_bytes(hashlib.blake2b(salt.encode(), digest_size=8).digest(), "big") % 3_600_000_000
            placed = midnight + dt.timedelta(microseconds=spread)
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

"""Which format a seed is in: the first that recognises it, by content and name. Plain text is what is left."""

from functools import cache
from importlib.metadata import entry_points

from digest.seeds import feed, html, mail, markdown, newsml, ninjs, table, text
from digest.seeds.record import Format

ENTRY_POINTS = "digest.seeds"
"""The group by which other packages add a format; theirs are asked first."""


def of(data: bytes, path: str) -> Format:
    """Return the format of a seed file."""
    return next((form for form in _formats() if form.recognises(data, path)), text)


@cache
def _formats() -> tuple[Format, ...]:
    """Return all formats but plain text, in the order in which they are asked."""
    others = sorted(entry_points(group=ENTRY_POINTS), key=lambda point: point.name)
    return (*(point.load() for point in others), mail, feed, newsml, ninjs, html, markdown, table)

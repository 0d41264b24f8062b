"""The record in the middle: an article, as every step from content to page sees it."""

from typing import Any, Literal, get_args

import msgspec

Rights = Literal["full", "excerpt", "link"]
"""What may be shown of an article: its text, its beginning, or its headline."""
RIGHTS: tuple[Rights, ...] = get_args(Rights)


class Source(msgspec.Struct, frozen=True, gc=False):
    """Who published the original, and where it stands."""

    name: str
    url: str = ""


class Correction(msgspec.Struct, frozen=True, gc=False):
    """A mistake that was mended, told to the reader."""

    date: str
    text: str


class Body(msgspec.Struct, frozen=True, gc=False):
    """Where an article's text is: it is read again only for a page that shows it."""

    file: str
    """The content file, relative to the project."""
    digest: bytes
    """Hash of the whole file and its path: a file that changed since it was parsed is noticed."""


class Article(msgspec.Struct, frozen=True, gc=False, array_like=True):
    """An article without its text. Strings are empty and tuples are `()` where nothing is known."""

    body: Body
    id: str
    """A URI that never changes (RFC 4287, section 4.2.6)."""
    title: str
    date: str
    """The calendar day in the digest's time zone, `YYYY-MM-DD`."""
    time: str
    """`HH:MM` in the digest's time zone, or empty for an article that knows only its day."""
    published: str
    """RFC 3339 with offset, for machines; unique among articles that know only their day."""
    order: int
    """Microseconds since 1970 of `published`: articles are sorted by it, newest first."""
    due: int
    """Microseconds since 1970 from when the article may be shown."""
    slug: str
    href: str
    """The path of its page in the site."""
    lang: str
    dir: str
    kicker: str = ""
    summary: str = ""
    updated: str = ""
    """RFC 3339 with offset: the last change that a reader should see."""
    expires: int | None = None
    """Microseconds since 1970 from when the article is no longer shown."""
    draft: bool = False
    authors: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    source: Source | None = None
    aliases: tuple[str, ...] = ()
    rights: Rights = "full"
    """What may be shown: where it is not all, `summary` is what may be, and no page or feed gets the text."""
    notice: str = ""
    """Who may do what with the text, in words."""
    corrections: tuple[Correction, ...] = ()
    story: str = ""
    """The story that a person put it into, by its name or address; `none` where it is to stand alone."""
    retracted: str = ""
    """Why it was taken back: then its text is shown nowhere, and the reason stands for its summary."""
    pin: bool = False
    """Whether it stands before all that is not pinned in its edition."""
    length: int = 0
    """Characters of its Markdown."""
    extra: dict[str, Any] = {}
    """Front matter keys that the program does not know, for a project's own templates."""

"""Outputs: every file of the site as data, and the key that tells whether it is new."""

import hashlib
from collections.abc import Iterable, Mapping
from typing import Literal

import msgspec

from digest import views
from digest.model import Article, Body
from digest.views import Line, Mention, Site

Role = Literal["asset", "page", "index", "feed", "entrance"]
ROLES: tuple[Role, ...] = ("asset", "page", "index", "feed", "entrance")
"""In the order in which they are written: what is linked to before what links to it."""
_PART = 8
"""Bytes of a key for each thing that the file depends on."""


class Output(msgspec.Struct, frozen=True, gc=False, array_like=True):
    """A file of the site."""

    path: str
    """Relative to the output folder."""
    role: Role
    template: str
    """The theme's file that renders it; empty where the program does (feeds, assets)."""
    view: views.Shown


def bodies(view: views.View) -> tuple[Body, ...]:
    """Return the texts that a page with this view shows, and that must be read to render it."""
    if isinstance(view, (views.ArticlePage, views.Manuscript)):
        return (view.article.body,) if view.article.rights == "full" else ()
    if isinstance(view, (views.StoryPage, views.DayPage, views.Home)):
        return tuple(article.body for article in view.texts)
    if isinstance(view, views.Feed):
        return () if view.brief else tuple(entry.body for entry in view.entries if entry.rights == "full")
    return ()


def keys(outputs: Iterable[Output], program: str, templates: Mapping[str, bytes]) -> dict[str, bytes]:
    """Return the key of every output by its path: a short hash for each thing that it depends on.

    That is the `program`, its template with all that it includes (`templates` has their hashes), and every
    field of its view.
    """
    shared: dict[int, bytes] = {id(None): part(None), id(()): part(())}

    def once(value: object) -> bytes:
        """Hash what many views share (the site, an article) once; all stay alive in `outputs`, so ids are theirs."""
        found = shared.get(id(value))
        if found is None:
            if isinstance(value, tuple) and value and isinstance(value[0], Article):
                return part(list(map(once, value)))
            found = part(value)
            if isinstance(value, (Site, Article, Line, Mention, str)):
                shared[id(value)] = found
        return found

    of_program = part(program)
    found: dict[str, bytes] = {}
    for output in outputs:
        view = output.view
        fields = [once(getattr(view, field)) for field in view.__struct_fields__]
        found[output.path] = b"".join((of_program, templates.get(output.template, of_program), *fields))
    return found


def part(value: object) -> bytes:
    """Return the short hash of a view's value."""
    return hashlib.blake2b(msgspec.msgpack.encode(value), digest_size=_PART).digest()


def difference(output: Output, old: bytes, new: bytes) -> list[str]:
    """Name the things by which two keys of an output differ: `program`, `template`, or fields of its view."""
    names = ["program", "template", *output.view.__struct_fields__]
    if len(old) != len(new):
        return ["program"]
    return [
        name
        for place, name in enumerate(names)
        if old[place * _PART : (place + 1) * _PART] != new[place * _PART : (place + 1) * _PART]
    ]

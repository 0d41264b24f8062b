"""Families: what `topics.yml` says for a topic's page, and which topics stand above and below it."""

import unicodedata
from collections.abc import Mapping
from typing import TYPE_CHECKING, NamedTuple

from digest import urls
from digest.library import Library
from digest.urls import topic_slug
from digest.views import Link

if TYPE_CHECKING:  # most digests have no topics of their own
    from digest.editor.vocabulary import Vocabulary


class Family(NamedTuple):
    """What a topic's page shows that its articles do not say."""

    description: str = ""
    above: tuple[Link, ...] = ()
    below: tuple[Link, ...] = ()


NONE = Family()


def families(own: "Vocabulary", library: Library) -> Mapping[str, Family]:
    """Return the families of topics by slug. One without articles has no page: the next above it stands in."""
    topics = {topic.name: topic for topic in own.topics}
    above: dict[str, str] = {}
    below: dict[str, list[str]] = {}
    for topic in own.topics:
        if topic_slug(topic.name) in library.topics:
            parent = topic.parent
            while parent and topic_slug(parent) not in library.topics:
                parent = topics[parent].parent
            if parent:
                above[topic.name] = parent
                below.setdefault(parent, []).append(topic.name)
    return {
        topic_slug(name): Family(
            topic.description,
            tuple(_link(library, parent) for parent in filter(None, [above.get(name)])),
            tuple(_link(library, child) for child in sorted(below.get(name, ()), key=alphabetical)),
        )
        for name, topic in topics.items()
        if topic.description or name in above or name in below
    }


def alphabetical(name: str) -> tuple[str, str]:
    """Return what to sort names by, as readers look for them: in upper and lower case, with and without accents alike."""
    plain = name.casefold()
    if not plain.isascii():
        plain = "".join([sign for sign in unicodedata.normalize("NFD", plain) if not unicodedata.combining(sign)])
    return plain, name


def _link(library: Library, name: str) -> Link:
    slug = topic_slug(name)
    return Link(urls.topic(slug), library.topics[slug].name)

"""Addresses: slugs, the path of every kind of page, and links between them."""

import hashlib
import re
from functools import cache, lru_cache
from urllib.parse import quote, urlsplit, urlunsplit

from anyascii import anyascii

SLUG_LENGTH = 60
_NO_URI = re.compile(r"[^A-Za-z0-9._~:/?#@!$&'()*+,;=%-]|%(?![0-9A-Fa-f]{2})")
"""What an address may not hold, unless its host is a number in brackets (RFC 3986, section 2)."""
_SAFE = "/:@!$&'()*+,;=~"
_NOT_SLUG = re.compile(r"[^a-z0-9]+")
_GERMAN = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "Ä": "Ae", "Ö": "Oe", "Ü": "Ue", "ß": "ss", "ẞ": "SS"})
# These write ä, ö or ü too, but spell them a, o, u without the dots.
_KEEPS_PLAIN_VOWEL = frozenset(
    ["az", "ca", "es", "et", "fi", "fr", "gl", "hu", "it", "kk", "nl", "pt", "sk", "sv", "tk", "tr", "vi"]
)
_LETTER = re.compile(r"[^\W\d_]")
SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_FIRST_UNREADABLE = "\u0e00"


@cache
def _unreadable() -> re.Pattern[str]:
    """Return what finds signs of scripts in which letters, each transliterated by itself, give no words that one could read.

    It takes milliseconds to compile, and most digests need none.
    """
    return re.compile(
        "[\u0e00-\u0fff\u1000-\u109f\u1780-\u17ff\u2e80-\u2fdf\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]"
    )


def slugify(text: str, lang: str = "") -> str:
    """Return a readable ASCII slug of at most SLUG_LENGTH characters; never empty, the same for the same text.

    A text in a script that does not transliterate well keeps what is Latin in it and gets a short
    hash, so its address is short, stable and its own.
    """
    readable = text
    hashed = False
    unreadable = len(_unreadable().findall(text)) if max(text, default="") >= _FIRST_UNREADABLE else 0
    if unreadable and 3 * unreadable >= len(_LETTER.findall(text)) and not lang.startswith("zh"):
        readable = re.sub(r"[^\x00-\u024f]+", " ", text)
        hashed = True
    if lang[:2] not in _KEEPS_PLAIN_VOWEL:
        readable = readable.translate(_GERMAN)
    if lang.startswith("zh"):
        readable = _unreadable().sub(lambda sign: f" {anyascii(sign[0])} ", readable)
    slug = _shorten(_NOT_SLUG.sub("-", re.sub("['’]", "", anyascii(readable)).lower()).strip("-"), SLUG_LENGTH)
    if hashed or not slug:
        mark = hashlib.blake2b(text.encode(), digest_size=4).hexdigest()
        return f"{_shorten(slug, SLUG_LENGTH - 9)}-{mark}".lstrip("-")
    return slug


def _shorten(slug: str, length: int) -> str:
    if len(slug) <= length:
        return slug
    return (slug[: length + 1].rpartition("-")[0] or slug[:length]).rstrip("-")


@lru_cache(maxsize=65536)
def topic_slug(name: str) -> str:
    """Return the slug of a topic: topics whose names give the same slug are the same topic."""
    return slugify(name)


def article(date: str, slug: str) -> str:
    """Return the output path of an article of the day `date` (`YYYY-MM-DD`)."""
    return f"{date.replace('-', '/')}/{slug}/index.html"


def period(date: str) -> str:
    """Return the output path of a day (`YYYY-MM-DD`), a month (`YYYY-MM`) or a year (`YYYY`)."""
    return f"{date.replace('-', '/')}/index.html"


def topic(slug: str, year: str = "") -> str:
    """Return the output path of a topic, or of one year of it."""
    return f"topics/{slug}/{year}/index.html" if year else f"topics/{slug}/index.html"


def story(slug: str) -> str:
    """Return the output path of a story."""
    return f"stories/{slug}/index.html"


def manuscript(path: str) -> str:
    """Return the output path of the Markdown beside the article's page `path`."""
    return f"{path.removesuffix('html')}md"


def card(path: str) -> str:
    """Return the output path of the picture that stands for the page `path` where others link to it."""
    return f"{path.removesuffix('index.html')}card.png"


SEARCH = "search/index.html"
"""The output path of the page to search on."""


def of_index(path: str) -> bool:
    """Tell whether an output path is that of a file of the search index; the page to search on and its copies are none."""
    return path.startswith("search/") and not path.startswith(SEARCH)


def front(language: str) -> str:
    """Return the output path of a language's front page."""
    return f"{language.lower()}/index.html"


def feed(language: str) -> str:
    """Return the output path of a language's feed."""
    return f"feeds/{language.lower()}.xml"


def archive(month: str, part: int = 1) -> str:
    """Return the output path of an archive of the feed: a month (`YYYY-MM`), or a further part of it."""
    return f"feeds/{month}.xml" if part == 1 else f"feeds/{month}-{part}.xml"


def topic_feed(slug: str) -> str:
    """Return the output path of a topic's feed."""
    return f"topics/{slug}/feed.xml"


def json_feed(feed: str) -> str:
    """Return the output path of the JSON Feed beside an Atom feed."""
    return f"{feed.removesuffix('.xml')}.json"


RSS = "rss.xml"
FEEDS = ("editions.xml", "corrections.xml")
SUBSCRIBE = "subscribe/index.html"
"""The output path of the page about feeds."""


def root_of(path: str) -> str:
    """Return what leads from the output `path` to the site's root: `../` for each folder."""
    return "../" * path.count("/")


def absolute(base: str, path: str) -> str:
    """Return the public address of the output `path` below `base`, which ends with a slash."""
    return base + path.removesuffix("index.html")


def uri(address: str) -> str:
    """Return a web address as a URI, which is ASCII (RFC 3987, section 3.1): not everything that reads feeds knows IRIs.

    One that cannot be read stays as it is.
    """
    if not _NO_URI.search(address):
        return address
    try:
        parts = urlsplit(address)
        user, at, host = parts.netloc.rpartition("@")
        host = f"{quote(user, safe='%:')}{at}{host if host.isascii() else host.encode('idna').decode()}"
    except ValueError:  # UnicodeError is one
        return address
    path, query, fragment = (
        quote(re.sub("%(?![0-9A-Fa-f]{2})", "%25", part), safe="%" + _SAFE + more)
        for part, more in ((parts.path, ""), (parts.query, "?"), (parts.fragment, "?"))
    )
    return urlunsplit((parts.scheme, host, path, query, fragment))

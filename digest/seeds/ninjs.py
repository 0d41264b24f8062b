"""ninjs, News in JSON (IPTC, 1.x to 3.x): one item, or a list of items, in a file."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from digest.errors import Problem
from digest.seeds import markup, nitf, stated
from digest.seeds.nitf import MAX_TOPICS
from digest.seeds.record import Block, Reading, SeedArticle
from digest.seeds.stated import Stated, Where, rows

NAME = "ninjs"
MAX_ENTRIES = 1000
"""Of one list in an item."""

_OPENING = re.compile(rb"(?:\xef\xbb\xbf)?\s*[\[{]")
# Keys that only ninjs has; versions 1 and 2 write them small, 3 in camel case.
_SIGNS = re.compile(rb"\"(?:versioncreated|pubstatus|representationtype|body_xhtml)\"\s*:", re.IGNORECASE)
_VERSION_3 = (b'"headlines"', b'"bodies"')
_TEXTS = ("text", "composite", "story", "component", "")
_FIELDS = {"title": "`headlines`", "date": "`versionCreated`", "text": "`bodies`"}
_WITHDRAWN = ("canceled", "cancelled", "withheld")
_KICKERS = ("kicker", "overline", "dachzeile", "topline")
_LEADING = re.compile("feature|main|lead", re.IGNORECASE)
_NAMED = ("associations", "renditions")
_Item = Mapping[str, Any]


def recognises(data: bytes, path: str) -> bool:
    """Tell ninjs from other JSON by keys that only it has."""
    if not _OPENING.match(data):
        return False
    return _SIGNS.search(data) is not None or all(part in data for part in _VERSION_3)


def read(data: bytes, path: str, reading: Reading) -> Iterator[SeedArticle | Problem]:
    """Yield the articles of a file in their order, and a Problem for each item that is none, or that holds odd shapes."""
    decoded = stated.decoded(data, path)
    if isinstance(decoded, Problem):
        yield decoded
        return
    text, fired = decoded
    for row in rows.of_json(text, path):
        if isinstance(row, Problem):
            yield row
            continue
        item = _lowered(row.cells)
        if why := _no_article(item):
            yield Problem("warning", path, row.line, f"{why}; it was left out", "nothing, if that is as it should be")
            continue
        wrong: list[str] = []
        known, blocks, header = _parts(item, wrong)
        for shape in dict.fromkeys(wrong):
            yield Problem("warning", path, row.line, shape, "see https://iptc.org/std/ninjs/")
        found = stated.article(known, blocks, Where(NAME, path, row.line, row.raw, _FIELDS), reading, fired)
        yield found if isinstance(found, Problem) else found._replace(header=header or None)


def _no_article(item: _Item) -> str:
    """Say why an item is not an article to publish; empty where it is one."""
    kind, status = (str(item.get(key) or "").lower() for key in ("type", "pubstatus"))
    if kind not in _TEXTS:
        return f"the item is of the kind {kind[:40]}, not text"
    return f"the provider has withdrawn the item (pubstatus: {status})" if status in _WITHDRAWN else ""


def _parts(item: _Item, wrong: list[str]) -> tuple[Stated, tuple[Block, ...], dict[str, Any]]:
    """Return what an item states, its text, and other front matter; add to `wrong` what has an odd shape."""
    title, kicker, subheads = _headlines(item, wrong)
    url = _text(item, "uri", wrong)
    blocks = _body(item, url if stated.is_address(url) else "", wrong)
    first, version = _text(item, "firstcreated", wrong), _text(item, "versioncreated", wrong)
    date = first or version or _text(item, "contentcreated", wrong)
    embargo, place = _text(item, "embargoed", wrong), _text(item, "located", wrong)
    image, caption = _image(item, wrong)
    byline = _text(item, "byline", wrong) or _text(item, "by", wrong)
    people = [_text(author, "name", wrong, where) for where, author in _entries(item, ("authors",), wrong)]
    known = Stated(
        title=title,
        date=embargo if stated.is_later(embargo, date) else date,
        updated=version,
        kicker=kicker,
        summary=_description(item, wrong),
        lang=_text(item, "language", wrong),
        authors=() if byline else tuple(people),
        byline=byline,
        topics=_topics(item, wrong)[:MAX_TOPICS],
        publisher=_publisher(item, wrong),
        url=url,
        image=image,
        caption=caption,
    )
    top = tuple(Block("heading", text) for text in subheads)
    return known, (*top, *blocks), {"dateline": place} if place and not stated.begins(blocks, place) else {}


def _headlines(item: _Item, wrong: list[str]) -> tuple[str, str, list[str]]:
    """Return headline, kicker and sub-headlines; versions of the headline for other media are passed over."""
    found = [("main", _text(item, "headline", wrong))]
    found += [(key.removeprefix("headline_"), _text(item, key, wrong)) for key in item if key.startswith("headline_")]
    for where, entry in _entries(item, ("headlines",), wrong):
        found.append((_text(entry, "role", wrong, where).lower(), _text(entry, "value", wrong, where)))
    found = [(role, stated.line(text)) for role, text in found if text.strip()]
    subs = [text for role, text in found if "sub" in role]
    kickers = [text for role, text in found if role in _KICKERS]
    titles = [text for role, text in found if text not in (*subs, *kickers)]
    main = next((text for role, text in found if role in ("main", "") and text in titles), "")
    title = main or next(iter(titles), "") or _text(item, "title", wrong)
    return title, next(iter(kickers), ""), [text for text in dict.fromkeys(subs) if text != title]


def _body(item: _Item, base: str, wrong: list[str]) -> tuple[Block, ...]:
    """Return the text of an item: of its versions HTML, else NITF, else plain text."""
    found = [(key.removeprefix("body_"), _text(item, key, wrong)) for key in item if key.startswith("body_")]
    for where, entry in _entries(item, ("bodies",), wrong):
        kind = "".join(_text(entry, key, wrong, where) for key in ("role", "contenttype", "mimetype"))
        found.append((kind.lower(), _text(entry, "value", wrong, where)))
    ranked = sorted(((_rank(kind, text), text) for kind, text in found if text.strip()), key=lambda pair: pair[0])
    for rank, text in ranked:
        blocks = _READERS[rank](text, base)
        if blocks:
            return blocks
    return ()


def _rank(kind: str, text: str) -> int:
    """Return which of `_READERS` reads a body."""
    if "nitf" in kind:
        return 1
    if "html" in kind or ("plain" not in kind and stated.is_html(text)):
        return 0
    return 3 if "xml" in kind or "json" in kind else 2


def _nitf(text: str, base: str) -> tuple[Block, ...]:
    found = nitf.tree(text.encode(), "")
    return () if isinstance(found, Problem) or nitf.name(found[0]) != "nitf" else nitf.story(found[0]).blocks


_READERS = (markup.of_html, _nitf, lambda text, base: markup.of_text(text), lambda text, base: ())
"""For HTML, NITF, plain text, and what is none of them."""


def _description(item: _Item, wrong: list[str]) -> str:
    """Return the summary of an item, or the caption of a picture."""
    found = [_text(item, key, wrong) for key in ("description_text", "description_summary", "description_html")]
    for where, entry in _entries(item, ("descriptions",), wrong):
        found.append(_text(entry, "value", wrong, where))
    text = next((text for text in found if text.strip()), "")
    return "\n".join(block.text for block in markup.of_html(text)) if stated.is_html(text) else text


def _topics(item: _Item, wrong: list[str]) -> tuple[str, ...]:
    """Return the names of subjects in the item's language, then keywords."""
    language = _text(item, "language", wrong)[:2].lower()
    found = []
    for where, subject in _entries(item, ("subject", "subjects"), wrong):
        if (_text(subject, "lang", wrong, where)[:2].lower() or language) == language:
            found.append(_text(subject, "name", wrong, where))
    keywords = item.get("keywords")
    found += [word for word in keywords if isinstance(word, str)] if isinstance(keywords, list) else []
    return tuple(dict.fromkeys(name for name in found if name.strip()))


def _publisher(item: _Item, wrong: list[str]) -> str:
    sources = _entries(item, ("infosource", "infosources"), wrong)
    names = [_text(item, "source", wrong), *(_text(source, "name", wrong, where) for where, source in sources)]
    return next((name for name in (*names, _text(item, "copyrightholder", wrong)) if name.strip()), "")


def _image(item: _Item, wrong: list[str]) -> tuple[str, str]:
    """Return address and caption, with the credit, of the picture that leads an item."""
    found = _entries(item, ("associations",), wrong)
    for where, picture in sorted(
        found, key=lambda entry: _LEADING.search(f"{entry[0]} {entry[1].get('name')}") is None
    ):
        kind = "".join(_text(picture, key, wrong, where) for key in ("type", "mimetype", "contenttype"))
        sizes: dict[str, int] = {}
        for place, rendition in _entries(picture, ("renditions",), wrong, where):
            width, href = rendition.get("width"), _text(rendition, "href", wrong, place).strip()
            if stated.is_address(href):
                sizes.setdefault(href, width if isinstance(width, int) else 0)
        if sizes and re.search("picture|graphic|image", kind.lower()):
            caption = stated.line(_description(picture, wrong))
            credit = stated.line(_text(picture, "byline", wrong, where) or _text(picture, "by", wrong, where))
            is_said = credit.lower() in caption.lower()
            return max(sizes, key=lambda href: sizes[href]), caption if is_said else f"{caption} ({credit})".strip()
    return "", ""


# Shapes


def _entries(item: _Item, keys: tuple[str, ...], wrong: list[str], where: str = "") -> list[tuple[str, _Item]]:
    """Return the objects in a list under one of `keys`, each with its path; an object of named objects is a list too."""
    found: list[tuple[str, _Item]] = []
    for key in keys:
        value, path = item.get(key), f"{where}.{key}".removeprefix(".")
        if isinstance(value, dict) and key in _NAMED:
            entries = [(f"{path}.{name}", entry) for name, entry in value.items()]
        else:
            listed = value if isinstance(value, list) else [value]
            entries = [(f"{path}[{place}]", entry) for place, entry in enumerate(listed[: MAX_ENTRIES + 1])]
        if len(entries) > MAX_ENTRIES:
            wrong.append(f"`{path}` has more than {MAX_ENTRIES:,} entries; the rest was passed over")
            entries = entries[:MAX_ENTRIES]
        for place, entry in entries:
            if isinstance(entry, dict):
                found.append((place, _lowered(entry)))
            elif entry is not None:
                named = place if isinstance(value, (list, dict)) else path
                wrong.append(f"`{named}` is {_shape(entry)}, not an object; it was passed over")
    return found


def _text(item: _Item, key: str, wrong: list[str], where: str = "") -> str:
    """Return the text under `key`; a number is one too."""
    value = item.get(key)
    if value is None or isinstance(value, str):
        return value or ""
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return str(value)
    path = f"{where}.{key}".removeprefix(".")
    wrong.append(f"`{path}` is {_shape(value)}, not a text; it was passed over")
    return ""


def _shape(value: Any) -> str:
    shapes = {str: "a text", list: "a list", dict: "an object", bool: "true or false"}
    return shapes.get(type(value), "a number")


def _lowered(item: _Item) -> _Item:
    """Return an object with its keys in small letters: version 3 writes in camel case what 1 and 2 write small."""
    return {key.lower(): value for key, value in item.items()}

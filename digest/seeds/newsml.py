"""News in XML: NITF files, and NewsML-G2 (IPTC, 2.x), whose items hold their text as NITF, XHTML or plain text."""

import re
from collections.abc import Iterator
from typing import Any

from digest.errors import Problem
from digest.seeds import markup, nitf, stated, when
from digest.seeds.nitf import MAX_TOPICS, Story, find, find_all, name, said
from digest.seeds.record import Block, Fired, Reading, SeedArticle
from digest.seeds.stated import Stated, Where

NAME = "newsml"
HEADER = "newsml-header"
"""The rule that marks what the header of a text says beyond the metadata: the genre, for instance."""

_HEAD = 8192
_ROOTS = rb"(?:nitf|NewsML|newsMessage|newsItem|packageItem|conceptItem|knowledgeItem|planningItem|catalogItem)[\s/>\[]"
# Atomic: a comment that ends once must not be tried to end again.
_START = re.compile(
    rb"(?>\s+|<\?.*?\?>|<!--.*?-->|<!DOCTYPE[^\[>]*(?:\[.*?\]\s*)?>)*+<(?:!DOCTYPE\s+)?(?:[\w.-]+:)?" + _ROOTS,
    re.DOTALL,
)
_OTHER_ITEMS = ("packageitem", "conceptitem", "knowledgeitem", "planningitem", "catalogitem")
_NOT_TOPICS = re.compile(r":(?:geoArea|person|organisation|poi|POI|event|object|category)$")
_FIELDS = {"title": "`headline`", "date": "`versionCreated`", "text": "`contentSet`"}
_NITF_FIELDS = {"title": "`hl1`", "date": "`date.issue`", "text": "`body.content`"}
_XHTML = ("html", "body", "main", "article", "section", "div", "p")
_LANG = "{http://www.w3.org/XML/1998/namespace}lang"


def recognises(data: bytes, path: str) -> bool:
    """Tell a document of these formats by the name of its root."""
    head = data[:_HEAD].removeprefix(b"\xef\xbb\xbf")
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        head = head.decode("utf-16", "replace").encode()
    return _START.match(head) is not None


def read(data: bytes, path: str, reading: Reading) -> Iterator[SeedArticle | Problem]:
    """Yield the stories of a document in their order, and a Problem for each item that is none."""
    found = nitf.tree(data, path)
    if isinstance(found, Problem):
        yield found
        return
    root, fired = found
    if name(root) == "nitf":
        where = Where("nitf", path, root.sourceline, data, _NITF_FIELDS)
        yield from _article(nitf.story(root), where, reading, fired)
    elif name(root) == "newsml":
        message = "the document is NewsML 1, which is not read"
        yield Problem("error", path, root.sourceline, message, "ask the provider for NewsML-G2, NITF or ninjs")
    else:
        yield from _items(root, data, path, reading, fired)


def _items(
    root: Any, data: bytes, path: str, reading: Reading, fired: tuple[Fired, ...]
) -> Iterator[SeedArticle | Problem]:
    """Yield the stories of NewsML-G2: one, or those of a message."""
    from lxml import etree

    is_message = name(root) == "newsmessage"
    items = [item for part in root if name(part) == "itemset" for item in part] if is_message else [root]
    pictures = {item.get("guid"): item for item in items if _kind(item) in ("picture", "graphic")}
    linked = {link.get("residref") for item in items for link in find_all(find(item, "itemmeta"), "link")}
    for item in items:
        if _is_story(item):
            raw = etree.tostring(item) if len(items) > 1 else data  # before reading changes the tree
            story = _story(item, pictures, HEADER not in reading.off)
            yield from _article(story, Where(NAME, path, item.sourceline, raw, _FIELDS), reading, fired)
        elif name(item) in _OTHER_ITEMS:
            message = f"a {name(item).removesuffix('item')} item holds no text; it was left out"
            yield Problem("warning", path, item.sourceline, message, "put the news items that it names into `seeds/`")
        elif name(item) == "newsitem" and item.get("guid") not in linked:
            message = f"the item is of the kind {_kind(item)}, not text; it was left out"
            yield Problem("warning", path, item.sourceline, message, "nothing, if that is as it should be")


def _kind(item: Any) -> str:
    """Return which kind of news an item is, as its class says: `text`, `picture` and the like."""
    kind = find(item, "itemmeta/itemclass")
    code = "" if kind is None else kind.get("qcode") or kind.get("uri") or kind.get("literal") or ""
    return re.split("[:/]", code)[-1].lower()


def _is_story(item: Any) -> bool:
    return name(item) == "newsitem" and _kind(item) in ("text", "composite", "")


def _article(story: Story, where: Where, reading: Reading, fired: tuple[Fired, ...]) -> Iterator[SeedArticle | Problem]:
    if story.withdrawn:
        message = f"the provider has withdrawn the story ({story.withdrawn}); it was left out"
        yield Problem("warning", where.path, where.line, message, "take it out of `seeds/`")
        return
    headers = [block for block in story.blocks if block.mark == f"furniture: {HEADER}"]
    fired += tuple(Fired(HEADER, 0.9, block.text[:80]) for block in headers)
    found = stated.article(story.stated, story.blocks, where, reading, fired)
    yield found if isinstance(found, Problem) else found._replace(header=story.header or None)


def _story(item: Any, pictures: dict[str, Any], marking: bool) -> Story:
    """Return the story of a `newsItem`; `pictures` are the items of its message that hold some. Changes the element.

    The header of its text is marked, where `marking`.
    """
    meta, about = find(item, "itemmeta"), find(item, "contentmeta")
    inner = next((nitf.story(child) for child in find_all(find(item, "contentset"), "nitf")), None)
    title, kicker, subheads = _headlines(item, about)
    names = [*_subjects(about, _language(item, about)), *map(said, find_all(about, "keyword"))]
    byline = said(find(about, "by"))
    description = _description(about)
    repeated = {title, kicker, byline, description, *subheads, *map(said, find_all(about, "name", "keyword"))}
    blocks = inner.blocks if inner else _content(find(item, "contentset"), repeated, marking)
    image = _lead_image(item, pictures)
    first, version = said(find(meta, "firstcreated")), said(find(meta, "versioncreated"))
    place = said(find(about, "dateline")).rstrip(" -–—")
    known = Stated(
        title=title,
        date=_later(first or version, said(find(meta, "embargoed"))),
        updated=said(find(about, "contentmodified")) or version,
        kicker=kicker,
        summary=description,
        lang=_language(item, about),
        authors=() if byline else tuple(_creators(about)),
        byline=byline,
        topics=(*dict.fromkeys(name for name in names if name),)[:MAX_TOPICS],
        publisher=_publisher(item, meta, about),
        url=item.get("guid") or "",
        image=image[0],
        caption=image[1],
    )
    if inner:  # what only the story inside says
        subheads += [inner.stated.title] if inner.stated.title not in (title, "") else []
        known = known._replace(**{key: said for key, said in inner.stated._asdict().items() if not getattr(known, key)})
    subtexts = {stated.line(block.text) for block in blocks[:5]}
    top = tuple(Block("heading", text) for text in subheads if text not in subtexts)
    status = find(meta, "pubstatus")
    code = "" if status is None else re.split("[:/]", status.get("qcode") or status.get("uri") or "")[-1].lower()
    return Story(
        known,
        (*top, *blocks),
        {"dateline": place} if place and not stated.begins(blocks, place) else {},
        f"pubStatus: {code}" if code in ("canceled", "withheld") else "",
    )


def _headlines(item: Any, about: Any) -> tuple[str, str, list[str]]:
    """Return headline, kicker and sub-headlines: a headline without role or rank 1 is the main one."""
    title = kicker = ""
    others: list[str] = []
    for headline in find_all(about, "headline"):
        text, role = said(headline), (headline.get("role") or "").lower()
        is_main = not role.endswith(("subheadline", "sub", "kicker", "overline")) and headline.get("rank") in (
            None,
            "1",
        )
        if is_main and text and not title:
            title = text
        elif role.endswith(("kicker", "overline")):
            kicker = kicker or text
        else:
            others.append(text)
    title = title or said(find(item, "itemmeta/title"))
    return title, kicker, [text for text in dict.fromkeys(others) if text and text != title]


def _language(item: Any, about: Any) -> str:
    told = find(about, "language")
    return ("" if told is None else told.get("tag")) or item.get(_LANG) or ""


def _subjects(about: Any, language: str) -> Iterator[str]:
    """Yield what an item is about, in its language; places, people and codes are no topics."""
    for subject in find_all(about, "subject"):
        if _NOT_TOPICS.search(subject.get("type") or ""):
            continue
        names = [label for label in subject if name(label) == "name"]
        names = [label for label in names if not (label.get("role") or "").endswith(("mnemonic", "short"))]
        own = [label for label in names if (label.get(_LANG) or language)[:2].lower() == language[:2].lower()]
        yield said(next(iter(own or names), None))


def _description(about: Any) -> str:
    """Return the summary or teaser; what has another role (the caption of a picture) is none."""
    wanted = ("summary", "teaser", "abstract", "lead")
    found = find_all(about, "description")
    return next((said(node) for node in found if (node.get("role") or "summary").lower().endswith(wanted)), "")


def _creators(about: Any) -> Iterator[str]:
    """Yield the names of creators; a word without a blank is somebody's account."""
    for creator in (child for child in (() if about is None else about) if name(child) == "creator"):
        author = said(find(creator, "name"))
        if " " in author:
            yield author


def _publisher(item: Any, meta: Any, about: Any) -> str:
    provider, holder = find(meta, "provider"), find(item, "rightsinfo/copyrightholder")
    literals = ("" if node is None else node.get("literal") or "" for node in (provider, holder))
    names = (said(find(provider, "name")), said(find(about, "creditline")), *literals, said(find(holder, "name")))
    return next((name.strip(" -–—/") for name in names if name), "")


def _later(date: str, embargo: str) -> str:
    """Return when an item may be published: not before an embargo ends."""
    return embargo if stated.is_later(embargo, date) else date


def _lead_image(item: Any, pictures: dict[str, Any]) -> tuple[str, str]:
    """Return address and caption of the first picture that an item names, or brings."""
    for link in find_all(find(item, "itemmeta"), "link"):
        picture = pictures.get(link.get("residref") or "")
        if picture is not None:
            return _picture(picture)
        kind = find(link, "itemclass")
        if kind is not None and (kind.get("qcode") or "").endswith((":picture", ":graphic")):
            return (link.get("href") or "").strip(), said(find(link, "title"))
    return _picture(item)


def _picture(item: Any) -> tuple[str, str]:
    """Return address and caption of the largest picture in an item's content."""
    found = ("", -1)
    for remote in find_all(find(item, "contentset"), "remotecontent"):
        width, href = remote.get("width") or "", (remote.get("href") or "").strip()
        size = int(width) if width.isdigit() and len(width) < 9 else 0
        if (remote.get("contenttype") or "").startswith("image/") and stated.is_address(href) and size > found[1]:
            found = (href, size)
    about = find(item, "contentmeta")
    texts = (said(node) for node in find_all(about, "description"))
    return found[0], next((text for text in texts if text), "") if found[0] and not _is_story(item) else ""


# Content


def _content(content: Any, repeated: set[str], marking: bool) -> tuple[Block, ...]:
    """Return the text of an item: the first of its renditions that has one."""
    for node in find_all(content, "inlinexml", "inlinedata"):
        if name(node) == "inlinexml":
            found = tuple(
                block for child in node if name(child) in _XHTML for block in _xhtml(child, repeated, marking)
            )
        else:
            text = "".join(node.itertext())
            is_html = "html" in (node.get("contenttype") or "") or stated.is_html(text)
            found = markup.of_html(text) if is_html else markup.of_text(text)
        if found:
            return found
    return ()


def _xhtml(root: Any, repeated: set[str], marking: bool) -> tuple[Block, ...]:
    """Return the blocks of XHTML. Its header mostly repeats the metadata: what it says beyond them is furniture."""
    body = find(root, "body") if name(root) == "html" else root
    if body is None:
        return ()
    header = find(body, "header")
    if header is None:
        return markup.blocks(body)
    above = [block for block in markup.blocks(header) if stated.line(block.text) not in repeated]
    nitf.remove(header)
    mark = f"furniture: {HEADER}" if marking else ""
    return (
        *(block._replace(mark=mark) for block in above if not when.moment(block.text)),
        *markup.blocks(body),
    )

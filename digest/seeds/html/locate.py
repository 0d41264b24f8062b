"""Locating: which parts of a web page are its article, and which stand beside it."""

import re
from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from digest.seeds import markup
from digest.seeds.markup.elements import BLOCK, UNSEEN, is_hidden, name_of
from digest.seeds.stated import Stated

BESIDE = "beside"
"""The rule that marks what stands between the parts of an article and is none."""
GRAM = 8
"""Letters that two texts must share in a row to be taken for the same."""
LEAD = 60
"""Letters, at least, of a paragraph between headline and text that is a lead."""
LEAST = 20
"""Letters of an article, at least: what is left without what stands apart by its element or class."""
BYLINE = 120
"""Letters, at most, of a line there that is a byline."""

# What content management systems call a lead, and who wrote it.
_LEAD = re.compile(
    r"(?:^|[\s_-])(?:lead|lede|lead-?text|intro|introduction|standfirst|summary|deck|dek|sub-?title|sub-?headline|"
    r"vorspann|untertitel|anrei(?:ss|ß)er|sottotitolo|sommario|entradilla|bajada|chapo|chapeau|excerpt|perex|ingress|"
    r"manchet|abstract|liminar)(?:$|[\s_-])",
    re.IGNORECASE,
)
_BYLINE = re.compile(r"(?:^|[\s_-])(?:byline|authors?|autor(?:en)?|auteurs?|firma|autore)(?:$|[\s_-])", re.IGNORECASE)
_APART_NAMES = (
    "breadcrumb breadcrumbs comments comment-list cookie cookies foot footer kommentare masthead menu nav navbar navi"
    " navigation sidebar side-bar sidebar-primary site-footer site-header"
)
_APART = frozenset(_APART_NAMES.split())
"""Classes and identifiers of what stands around every page of a site."""
_NO_LETTER = re.compile(r"\W+")
_FLOW = frozenset(
    ("p", "ul", "ol", "dl", "blockquote", "pre", "table", "h2", "h3", "h4", "h5", "h6", "figure", "center")
)
"""Elements that a text flows through: next to paragraphs of an article, without a class of their own, they are part of it."""


class _Leaf(NamedTuple):
    """An element with text of its own, not in an element inside it that is a block itself."""

    node: Any
    text: str
    """Its letters and digits."""
    is_link: bool
    """Nearly all of it is links, as in a menu."""


class _Page(NamedTuple):
    """What decides about a part of a page."""

    weight: Mapping[Any, int]
    """How many letters of the main text an element holds, where it holds any."""
    parents: Mapping[Any, Any]
    core: set[Any]
    """The elements in the smallest one that holds the article."""
    classes: set[tuple[str, str]]
    """What elements of the main text look like."""
    stated: Stated
    mark: str


class Located(NamedTuple):
    """What `markup.blocks` needs to know of a page."""

    marks: Mapping[Any, str]
    found: float
    """Which part of the main text, 0 to 1, was found again in the page."""


def letters(text: str) -> str:
    """Return only the letters and digits of `text`, by which two versions of it are compared."""
    return _NO_LETTER.sub("", text)


def locate(root: Any, main: Iterable[str], stated: Stated, taken: tuple[Any, ...], mark: str) -> Located:
    """Return what each part of a page is, given its `main` text in pieces as an extractor found it.

    Extractors leave out what is in doubt: words in rare elements, leads, sub-headings of short sections. So their
    answer says only where an article is, and what stands there is taken from the page itself. Between its first and
    its last paragraph, `mark` is put on what is none; where it is empty, all that stands there is text. `stated` is
    what the page says of its article, and `taken` hold the headline. What stands outside is `markup.OUT`.
    """
    leaves, parents = _leaves(root)
    pieces = [letters(piece) for piece in main]
    whole, short = "".join(pieces), {*pieces}
    grams = {whole[at : at + GRAM] for at in range(len(whole) - GRAM + 1)}
    hits = [leaf for leaf in leaves if not leaf.is_link and _is_in(leaf.text, grams, short)]
    found = sum(len(leaf.text) for leaf in hits)
    apart = _below({node for node in parents if _is_apart(node)}, parents)
    own = [leaf for leaf in hits if leaf.node not in apart]
    hits = own if sum(len(leaf.text) for leaf in own) >= LEAST else hits
    weight = _weights(hits, parents)
    core = _core(root, weight)
    headline = {node for node in parents if any(node is each for each in taken)}
    page = _Page(weight, parents, _below({core}, parents), {_class(leaf.node) for leaf in hits}, stated, mark)
    marks: dict[Any, str] = {leaf.node: markup.OUT for leaf in leaves}
    hit = {leaf.node for leaf in hits}
    places = [at for at, leaf in enumerate(leaves) if leaf.node in page.core]
    if not hits or not places:
        return Located(marks, 0.0)
    last = max(at for at, leaf in enumerate(leaves) if leaf.node in hit)
    begin = next((at + 1 for at, leaf in enumerate(leaves) if leaf.node in headline), places[0])
    around = {node for each in headline for node in each.iterancestors()} & weight.keys()
    opened = False
    for at, leaf in enumerate(leaves):
        if leaf.node in headline:
            continue
        if leaf.node in hit:
            marks[leaf.node], opened = "", True
        elif min(begin, places[0]) <= at <= places[-1] or (leaf.node in around and not leaf.is_link):
            judged = _judged(leaf, page, opened)
            marks[leaf.node] = markup.OUT if at > last and judged else judged
    _settle_headings(leaves, marks, mark)
    return Located(marks, min(1.0, found / len(whole)))


def _leaves(root: Any) -> tuple[list[_Leaf], dict[Any, Any]]:
    """Return the elements with text of their own in their order, and the parent of each element."""
    texts: dict[Any, list[str]] = {}
    linked: dict[Any, int] = {}
    parents: dict[Any, Any] = {root: None}
    owner: dict[Any, Any] = {root: root}
    in_link: dict[Any, bool] = {root: False}
    for node in root.iter():
        parent = node.getparent() if node is not root else None
        if parent is not None and parent not in owner:
            continue
        name = name_of(node)
        is_seen = name != "" and name not in UNSEEN and not is_hidden(node)
        if is_seen:
            parents[node] = parent
            owner[node] = node if name in BLOCK or parent is None else owner[parent]
            in_link[node] = name == "a" or (parent is not None and in_link[parent])
            _put(texts, linked, owner[node], node.text, in_link[node])
        if parent is not None:
            _put(texts, linked, owner[parent], node.tail, in_link[parent])
    leaves = []
    for node in parents:  # in the order of the page
        text = letters("".join(texts.get(node, ())))
        if text:
            leaves.append(_Leaf(node, text, linked.get(node, 0) * 10 >= len(text) * 8))
    return leaves, parents


def _put(texts: dict[Any, list[str]], linked: dict[Any, int], node: Any, text: str | None, is_link: bool) -> None:
    if text:
        texts.setdefault(node, []).append(text)
        if is_link:
            linked[node] = linked.get(node, 0) + len(letters(text))


def _is_in(text: str, grams: set[str], short: set[str]) -> bool:
    """Tell whether most of a text stands in the one that `grams` and `short` are of."""
    if len(text) < 2 * GRAM:
        return text in short
    steps = range(0, len(text) - GRAM + 1, GRAM)
    return sum(text[at : at + GRAM] in grams for at in steps) * 2 > len(steps)


def _weights(hits: list[_Leaf], parents: dict[Any, Any]) -> dict[Any, int]:
    """Return how many letters of the main text each element holds."""
    weight: dict[Any, int] = {}
    for leaf in hits:
        weight[leaf.node] = weight.get(leaf.node, 0) + len(leaf.text)
    for node in reversed(parents):  # children before their parents
        if node in weight and (parent := parents[node]) is not None:
            weight[parent] = weight.get(parent, 0) + weight[node]
    return weight


def _core(root: Any, weight: dict[Any, int]) -> Any:
    """Return the smallest element that holds nine tenths of the main text."""
    node = root
    while True:
        heaviest = max(node, key=lambda child: weight.get(child, 0), default=None)
        if heaviest is None or weight.get(heaviest, 0) * 10 < weight.get(root, 0) * 9 or not weight.get(heaviest):
            return node
        node = heaviest


def _below(tops: set[Any], parents: dict[Any, Any]) -> set[Any]:
    """Return the elements in `tops` and inside them."""
    found = {*tops}
    found.update(node for node in parents if node in found or parents[node] in found)
    return found


def _class(node: Any) -> tuple[str, str]:
    return name_of(node), f"{node.get('class') or ''} {node.get('id') or ''}".strip()


def _is_apart(node: Any) -> bool:
    """Tell whether an element says of itself that it is no part of an article."""
    name, look = _class(node)
    return name in ("nav", "aside", "footer") or (name not in ("html", "body") and not _APART.isdisjoint(look.split()))


def _judged(leaf: _Leaf, page: _Page, opened: bool) -> str:
    """Return the mark of a leaf that lies where the article is, but that the extractor left out."""
    anchor = leaf.node
    is_figure = False
    while anchor not in page.weight:
        above = page.parents[anchor]
        is_figure = is_figure or (
            name_of(anchor) in ("figcaption", "blockquote", "table", "pre") and name_of(above) == "figure"
        )
        if above is None or above in page.weight:
            break
        anchor = above
    name, look = _class(anchor)
    is_flow = anchor in page.weight or (name in _FLOW and not look) or (name, look) in page.classes
    if is_figure or is_flow or not page.mark:
        return ""
    if leaf.is_link:
        return markup.OUT
    if opened:
        return page.mark
    names = [letters(author) for author in page.stated.authors]
    if len(leaf.text) <= BYLINE and (_BYLINE.search(look) or any(name in leaf.text for name in names)):
        return "byline"
    is_lead = len(leaf.text) >= LEAD or _LEAD.search(look) or leaf.text in letters(page.stated.summary)
    return "" if is_lead else page.mark


def _settle_headings(leaves: list[_Leaf], marks: dict[Any, str], mark: str) -> None:
    """Give a sub-heading that the extractor left out the mark of what it heads."""
    following = markup.OUT
    for leaf in reversed(leaves):
        if name_of(leaf.node) in ("h2", "h3", "h4", "h5", "h6") and marks[leaf.node] == mark:
            marks[leaf.node] = following
        following = marks[leaf.node]

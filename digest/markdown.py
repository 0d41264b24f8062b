"""Markdown: plain text into it so that it renders as that text, and Markdown into safe HTML."""

import itertools
import re
from collections.abc import Sequence
from functools import cache, lru_cache
from html import escape as escape_html
from typing import TYPE_CHECKING
from urllib.parse import urljoin

if TYPE_CHECKING:  # loaded where a text holds markup, which most news does not
    from markdown_it import MarkdownIt
    from markdown_it.rules_block import StateBlock
    from markdown_it.rules_core import StateCore
    from markdown_it.token import Token

KEPT = 128
"""Texts whose HTML is kept for the next page that shows them."""
MAX_KEPT = 50_000
"""Characters of such a text."""
MARKS = ("byline", "source", "furniture")
"""What a block can be marked as; see `mark`."""
_INLINE_MARK = re.compile(r"[\\`*\[<]|&(?=#?[A-Za-z0-9]+;)|_")
_LINE_MARK = re.compile(r"(?=#{1,6}(?:[ \t]|$)|>|[-+](?:[ \t]|$)|=+[ \t]*$|[-=_*~|:][-=_*~|: \t]*$|~~~|\|)")
_MAY_BE_MARKUP = re.compile(rf"\A[#>+\-=|~:*_\d]|{_INLINE_MARK.pattern}")
"""Finds whatever the expressions above and below would."""
_ELSEWHERE = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:|/")
_NUMBER = re.compile(r"\d{1,9}[.)]")
_NUMBERED = re.compile(r"^(\d{1,9})(?=[.)](?:[ \t]|$))")
_MARKS = "\\`*_[<"
_ENTITY = re.compile(r"&(?=#?[A-Za-z0-9]+;)")
_BLOCK_STARTS = frozenset("#>+-=|~:`*_[<\\&")


def escape(text: str) -> str:
    """Return Markdown of one block that renders as exactly the characters of `text`.

    `text` has no blank line inside. Only what CommonMark 0.31 would read as markup is escaped, so
    that the file stays pleasant to edit.
    """
    if "\n" not in text and text.strip() == text and not _MAY_BE_MARKUP.search(text):
        return text  # as most blocks of news are
    return "\n".join(_escape_line(line) for line in text.split("\n"))


def heading(text: str, level: int) -> str:
    """Return an ATX heading of one line of `text`."""
    inline = _escape_edges(text, _escape_inline(text.strip()))
    return f"{'#' * level} {re.sub('#+$', lambda run: run[0].replace('#', chr(92) + '#'), inline)}"


def mark(block: str, name: str) -> str:
    """Return Markdown of a `block` that says what it is: `name` begins with one of MARKS."""
    return f"[//]: # ({name})\n{block}" if name else block


def _escape_line(line: str) -> str:
    escaped = _escape_inline(line.strip())
    if _LINE_MARK.match(escaped):
        escaped = "\\" + escaped
    return _escape_edges(line, _NUMBERED.sub(r"\1\\", escaped))


def _escape_inline(text: str) -> str:
    return _INLINE_MARK.sub(lambda mark: _escaped_mark(text, mark), text)


def _escape_edges(text: str, escaped: str) -> str:
    """Put the blank space around `text` back around its `escaped` core, as entities: Markdown would drop it."""
    if text == text.strip():
        return escaped
    before = text[: len(text) - len(text.lstrip())]
    after = text[len(text.rstrip()) :] if text.strip() else ""
    return "".join(f"&#{ord(sign)};" for sign in before) + escaped + "".join(f"&#{ord(sign)};" for sign in after)


def _escaped_mark(line: str, mark: re.Match[str]) -> str:
    if (
        mark[0] == "_"
        and line[mark.start() - 1 : mark.start()].isalnum()
        and line[mark.end() : mark.end() + 1].isalnum()
    ):
        return "_"  # inside a word it is no emphasis
    return "\\" + mark[0]


def render(text: str, base: str = "", anchors: bool = False) -> str:
    """Return the HTML of Markdown `text`: CommonMark and tables, raw HTML shown as text.

    With `base`, relative links and images start from there: an absolute URL (for feeds), or the way from a page to another
    page of the site. With `anchors` each block has an id to link to (`p1`, `p2`, …: see `blocks`).
    """
    plain = _render_plain(text, anchors)
    if plain is not None:
        return plain
    parser = _parser()
    if not base and not anchors:
        return str(parser.render(text))
    tokens = parser.parse(text)
    if base:
        _make_absolute(tokens, base)
    if anchors:
        for place, token in enumerate(filter(_begins_block, tokens), 1):
            token.attrs["id"] = f"p{place}"
    return str(parser.renderer.render(tokens, parser.options, {}))


def _begins_block(token: "Token") -> bool:
    return token.level == 0 and token.nesting >= 0


def _render_plain(text: str, anchors: bool = False) -> str | None:
    """Return the HTML of a text that holds paragraphs and headings of one line only, or None where it holds more.

    Most news is that, and this takes a tenth of the time; a property test holds it to the parser's answer.
    """
    plain = (_plain_html if len(text) <= MAX_KEPT else _plain_html.__wrapped__)(text)
    if plain is None:
        return None
    if not anchors:
        return "".join([f"<{tag}>{line}" for tag, line in plain])
    return "".join([f'<{tag} id="p{place}">{line}' for place, (tag, line) in enumerate(plain, 1)])


@lru_cache(maxsize=KEPT)  # a page and an archive show the same
def _plain_html(text: str) -> list[tuple[str, str]] | None:
    """Return the elements of the blocks of such a text, each with its words and its end."""
    if _may_hold_marks(text):
        return None
    text = text.strip("\n")
    escaped = escape_html(text, quote=False).replace('"', "&quot;")  # at once: that changes no line end
    html = []
    for block, shown in zip(text.split("\n\n"), escaped.split("\n\n"), strict=True):
        is_heading = block.startswith("## ")
        if not _is_plain_line(block[3:] if is_heading else block):
            return None
        html.append(("h2", f"{shown[3:]}</h2>\n") if is_heading else ("p", f"{shown}</p>\n"))
    return html


def _may_hold_marks(text: str) -> bool:
    """Tell whether `text` holds a character that could be inline markup."""
    return any(mark in text for mark in _MARKS) or ("&" in text and _ENTITY.search(text) is not None)


def _is_plain_line(line: str) -> bool:
    """Tell whether a text without inline markup, between blank lines, can only be a paragraph."""
    if not line or "\n" in line:
        return False
    first, last = line[0], line[-1]
    if first in _BLOCK_STARTS or last == "#" or first.isspace() or last.isspace():
        return False
    return not (first.isdecimal() and _NUMBER.match(line))


def blocks(text: str) -> list[tuple[str, str]]:
    """Return what each block of Markdown `text` is, and its words as a reader sees them.

    The n-th is the one that `render` gives the id `pn`. It is a `paragraph`, `heading`, `quotation`, `list`, `table`,
    `code`, `rule`, a `picture` with what stands around it, a `link` with nothing beside it, or what its mark says.
    """
    return _plain_blocks(text) or _parsed_blocks(_parser().parse(text))


def _plain_blocks(text: str) -> list[tuple[str, str]] | None:
    """Return the blocks of a text that `_render_plain` renders, or None where it would not."""
    if _may_hold_marks(text):
        return None
    found = []
    for block in text.strip("\n").split("\n\n"):
        kind, words = ("heading", block[3:]) if block.startswith("## ") else ("paragraph", block)
        if not _is_plain_line(words):
            return None
        found.append((kind, words))
    return found


_KINDS = {
    "paragraph_open": "paragraph",
    "heading_open": "heading",
    "blockquote_open": "quotation",
    "table_open": "table",
    "code_block": "code",
    "fence": "code",
    "hr": "rule",
}


def _parsed_blocks(tokens: Sequence["Token"]) -> list[tuple[str, str]]:
    found: list[tuple[str, list[str]]] = []
    for token in tokens:
        if _begins_block(token):
            kind = str(token.attrs.get("class", "")).removeprefix("mark-") or _KINDS.get(token.type, "list")
            found.append((kind, [token.content]))
        elif token.type == "inline":
            kind, words = found[-1]
            words.append(_seen(token.children or ()))
            if kind == "paragraph":
                found[-1] = (_kind_of(token.children or ()), words)
    return [(kind, "\n".join(filter(None, words))) for kind, words in found]


def _kind_of(children: Sequence["Token"]) -> str:
    """Tell a paragraph of words from a picture with its caption, and from a link that stands alone."""
    if any(child.type == "image" for child in children):
        return "picture"
    alone = len(children) > 1 and children[0].type == "link_open" and children[-1].type == "link_close"
    return "link" if alone and sum(child.type == "link_open" for child in children) == 1 else "paragraph"


def _seen(children: Sequence["Token"]) -> str:
    """Return the words of inline markup as they stand on a page: without what a picture shows."""
    breaks = {"softbreak": " ", "hardbreak": "\n", "image": ""}
    return "".join(breaks.get(child.type, child.content) for child in children).strip()


def first_paragraph(text: str) -> str:
    """Return the plain text of the first paragraph of Markdown `text`; empty where there is none."""
    tokens = _parser().parse(text)
    for opening, inline in itertools.pairwise(tokens):
        if opening.type == "paragraph_open" and opening.level == 0 and not opening.attrs:
            return _words(inline)
    return ""


def plain_text(text: str) -> str:
    """Return the words of Markdown `text`, a line a block."""
    return "\n".join(_words(token) for token in _parser().parse(text) if token.type == "inline")


def _words(inline: "Token") -> str:
    children = inline.children or ()
    return "".join("\n" if child.type in ("softbreak", "hardbreak") else child.content for child in children).strip()


def _make_absolute(tokens: Sequence["Token"], base: str) -> None:
    for token in tokens:
        for name in ("href", "src"):
            if name in token.attrs:
                token.attrs[name] = _join(base, str(token.attrs[name]))
        if token.children:
            _make_absolute(token.children, base)


def _join(base: str, link: str) -> str:
    """Return where a `link` leads from `base`; inside the site to a file, never to a folder, so that it works from a disk."""
    if "://" in base:
        return urljoin(base, link)
    below = base.lstrip("./")
    joined = urljoin(below, link)
    if _ELSEWHERE.match(joined):
        return joined
    path, sign, fragment = joined.partition("#")
    return f"{base.removesuffix(below)}{path}{'index.html' if path.endswith('/') else ''}{sign}{fragment}"


@cache
def _parser() -> "MarkdownIt":
    from markdown_it import MarkdownIt

    parser = MarkdownIt("commonmark", {"html": False, "maxNesting": 100, "inline_definitions": True}).enable("table")
    parser.core.ruler.disable("normalize")  # content.decode has seen to line ends, content.parse to NUL
    parser.block.ruler.before("table", "plain_paragraph", _plain_paragraph)
    parser.core.ruler.at("inline", _inline)
    parser.core.ruler.after("inline", "page_owns_h1", _demote_headings)
    parser.core.ruler.after("inline", "marks", _apply_marks)
    parser.core.ruler.after("inline", "alignments", _class_alignments)
    return parser


def _plain_paragraph(state: "StateBlock", start: int, end: int, silent: bool) -> bool:
    """Take a line of plain text between blank lines as the paragraph that it is.

    Most blocks of news are that: this spares them the ten rules that would look at each first.
    """
    if start + 1 < end and not state.isEmpty(start + 1):
        return False
    first = state.bMarks[start] + state.tShift[start]
    line = state.src[first : state.eMarks[start]]
    if state.sCount[start] - state.blkIndent >= 4 or not _is_plain_line(line):
        return False
    if silent:
        return True
    state.line = start + 1
    state.push("paragraph_open", "p", 1).map = [start, state.line]
    inline = state.push("inline", "", 0)
    inline.content = line
    inline.map = [start, state.line]
    inline.children = []
    state.push("paragraph_close", "p", -1)
    return True


def _inline(state: "StateCore") -> None:
    """Parse inline markup, where a text holds a character that could be some."""
    from markdown_it.token import Token

    for token in state.tokens:
        if token.type != "inline":
            continue
        token.children = []
        if "\n" in token.content or _may_hold_marks(token.content):
            state.md.inline.parse(token.content, state.md, state.env, token.children)
        else:
            token.children.append(Token("text", "", 0, content=token.content))


def _apply_marks(state: "StateCore") -> None:
    """Give a block the class of the mark above it, a line like `[//]: # (furniture: read-also)`.

    CommonMark reads such a line as the definition of a link that nobody uses: other programs show nothing of it.
    """
    tokens: list[Token] = []
    mark = ""
    for token in state.tokens:
        if token.type == "definition":
            name = token.meta["title"].partition(":")[0] if token.meta["label"] == "//" else ""
            mark = name if name in MARKS else ""
            continue
        if mark and token.nesting == 1:
            token.attrs["class"] = f"mark-{mark}"
        mark = ""
        tokens.append(token)
    state.tokens[:] = tokens


def _class_alignments(state: "StateCore") -> None:
    """Say how a cell of a table is aligned by a class: inline styles would need a page that allows them all."""
    for token in state.tokens:
        if token.type in ("th_open", "td_open") and "style" in token.attrs:
            token.attrs["class"] = str(token.attrs.pop("style")).replace("text-align:", "align-")


def _demote_headings(state: "StateCore") -> None:
    """Make a body's level-1 headings level 2: the page's own title is the one `h1`."""
    for token in state.tokens:
        if token.tag == "h1":
            token.tag = "h2"

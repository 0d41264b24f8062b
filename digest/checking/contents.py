"""HTML inside of feeds: what readers cut out, and links that lead nowhere once the text stands elsewhere."""

import re
from collections.abc import Iterator
from typing import Any

from lxml import etree

from digest.checking import links, shown, warning
from digest.checking.links import Files
from digest.errors import Problem

UNSAFE = {
    "applet", "base", "basefont", "embed", "form", "frame", "frameset", "iframe", "input", "isindex", "link", "listing",
    "math", "meta", "noframes", "object", "param", "plaintext", "script", "slot", "style", "svg", "title", "xmp",
}  # fmt: skip
"""Elements that readers remove; the W3C's validator warns of most."""
_MARKUP = re.compile(
    r"</(?:a|b|blockquote|br|cite|code|div|em|h[1-6]|i|li|ol|p|s|small|span|strong|sub|sup|u|ul)\s*>"
    r"|&(?:[a-z]{2,8}|#\d+|#x[0-9a-f]+);",
    re.IGNORECASE,
)
"""What the W3C's validator takes for undeclared HTML: end tags and entities."""
_BROKEN = re.compile("[\x80-\x9f\ufffd]")
"""Controls that stand for letters of another encoding, and the sign for a letter that was lost."""
_ADDRESSES = ("href", "src", "poster", "data", "cite", "action")


def check(html: str, path: str, line: int, site: Files) -> Iterator[Problem]:
    """Yield what is wrong with the HTML of an entry that stands in a file from `line` on."""
    yield from check_characters(html, path, line, "the text of an entry")
    root = etree.fromstring(html, etree.HTMLParser(huge_tree=True)) if html.strip() else None
    if root is not None:
        yield from check_elements(root, path, line - 1, site)


def check_elements(root: Any, path: str, before: int, site: Files) -> Iterator[Problem]:
    """Yield what is wrong with elements of (X)HTML, `before` whose first line there are lines in the file."""
    for element in root.iter(etree.Element):
        tag = etree.QName(element).localname
        if not element.attrib and tag not in UNSAFE:
            continue
        line = before + (element.sourceline or 1)
        if tag in UNSAFE:
            yield warning(path, line, f"<{tag}> in the text of an entry", "readers remove it: leave it out of feeds")
        for name, value in element.attrib.items():
            if name in ("style", "role") or name.startswith("aria-") or (name.startswith("on") and name.isalpha()):
                yield warning(
                    path, line, f"`{name}` in the text of an entry", "readers remove it: leave it out of feeds"
                )
            elif name in _ADDRESSES:
                yield from links.check_public(path, line, f"{tag} {name}", value.strip(), site)
            elif name == "srcset":
                for one in filter(str.strip, re.split(r",\s+", value)):
                    yield from links.check_public(path, line, f"{tag} srcset", one.split()[0], site)


def check_plain(text: str, path: str, line: int, what: str) -> Iterator[Problem]:
    """Yield a finding where plain text holds what looks like HTML."""
    if found := _MARKUP.search(text):
        message = f"{what} is plain text, but holds {shown(found[0])}"
        yield warning(path, line, message, 'say type="html" where it is HTML, or write the sign itself')


def check_characters(text: str, path: str, line: int, what: str) -> Iterator[Problem]:
    """Yield a finding where text holds what is left of broken letters."""
    if found := _BROKEN.search(text):
        message = f"{what} holds U+{ord(found[0]):04X}, which is no letter"
        yield warning(path, line + text.count("\n", 0, found.start()), message, "write the letter that was meant")

"""HTML inside of feeds: what readers cut out, and links that lead nowhere once the text stands elsewhere."""

import re
from collections.abc import Iterator, Set
from html.entities import name2codepoint
from typing import Any

from lxml import etree
from lxml.html import defs

from digest.checking import links, shown, warning
from digest.checking.links import Files
from digest.errors import Problem

UNSAFE = {
    "applet", "base", "basefont", "bdo", "blink", "embed", "form", "frame", "frameset", "iframe", "input", "isindex",
    "link", "listing", "marquee", "math", "meta", "noframes", "object", "param", "plaintext", "script", "slot", "style",
    "svg", "title", "xmp",
}  # fmt: skip
"""Elements that readers remove; the W3C's validator warns of most."""
_KNOWN = UNSAFE | defs.tags | {"bdi", "data", "dialog", "main", "picture", "template"}
"""The elements of HTML."""
_HARMLESS = _KNOWN - UNSAFE
_END_TAG = re.compile(r"</(\w+)\s*>")
_ENTITY = re.compile(r"&(#?\w+);?")
"""What the W3C's validator takes for undeclared HTML, where it is the name of an element or a sign of HTML."""
_BROKEN = re.compile("[\x80-\x9f\ufffd]")
"""Controls that stand for letters of another encoding, and the sign for a letter that was lost."""
_TWICE = re.compile("[\xc2\xc3][\x80-\xbf]")
"""What two bytes of UTF-8 look like that were taken for Latin-1."""
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
        if not element.attrib and tag in _HARMLESS:
            continue
        line = before + (element.sourceline or 1)
        if tag in UNSAFE:
            yield warning(path, line, f"<{tag}> in the text of an entry", "readers remove it: leave it out of feeds")
        elif tag not in _KNOWN:
            hint = "HTML knows no such element, and readers remove it: write &lt; for the sign itself"
            yield warning(path, line, f"<{tag}> in the text of an entry", hint)
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


def check_plain(text: str, path: str, line: int, what: str, spelled: Set[int]) -> Iterator[Problem]:
    """Yield a finding where plain text of XML holds what looks like HTML. `spelled` are the lines of `values.spelled`."""
    found = list(check_tags(text, path, line, what))
    yield from found
    if not found and line not in spelled and (entity := next(filter(_is_sign, _ENTITY.finditer(text)), None)):
        hint = "write the sign itself, or &#x26; for the & where it is meant so"
        yield warning(path, line, f"{what} is plain text, but holds {shown(entity[0])}", hint)


def check_tags(text: str, path: str, line: int, what: str) -> Iterator[Problem]:
    """Yield a finding where plain text holds an end tag of HTML."""
    if tag := next((one for one in _END_TAG.finditer(text) if one[1].lower() in _KNOWN), None):
        hint = "where it is HTML, say so, or leave it out; where it is meant so, readers show it as it stands"
        yield warning(path, line, f"{what} is plain text, but holds {shown(tag[0])}", hint)


def _is_sign(entity: re.Match[str]) -> bool:
    name = entity[1]
    return name in name2codepoint or name == "apos" or not name.isalpha()


def check_characters(text: str, path: str, line: int, what: str) -> Iterator[Problem]:
    """Yield a finding where text holds what is left of broken letters."""
    found = _BROKEN.search(text)
    if found:
        message = f"{what} holds U+{ord(found[0]):04X}, which is no letter"
    elif found := next(filter(_is_broken_line, _TWICE.finditer(text)), None):
        message = f"{what} holds {found[0]!r}, which was one letter"
    else:
        return
    yield warning(path, line + text.count("\n", 0, found.start()), message, "write the letter that was meant")


def _is_broken_line(found: re.Match[str]) -> bool:
    """Tell whether a whole line becomes another text when its letters are read as the bytes that they may have been."""
    whole = found.string
    line = whole[whole.rfind("\n", 0, found.start()) + 1 :].partition("\n")[0]
    try:
        return line.encode("latin-1").decode() != line
    except UnicodeError:
        return False

"""Lines that tell by themselves what they are: furniture of a page, a byline, a source. Each is looked at alone."""

import re
from functools import cache
from typing import NamedTuple

from digest.seeds.structure import rules

LONGEST = 220
"""Characters of such a line."""


def _labels(text: str) -> tuple[str, ...]:
    return tuple(
        sorted((label.strip() for label in text.replace("\n", ";").split(";") if label.strip()), key=len, reverse=True)
    )


_DECORATION = ' \t\xa0>»→▶►▸▷➡☞👉[(（【<«"“+*•·-–—|#■◆'
_AFTER = "\u0627\u064b \t\xa0.:：!>»→▶…)]）】-–—|"
_DASHES = ":：–—|>»→▶-=/＝／"
_DIGIT = re.compile(r"\d")
_EMBED = re.compile(r"(?:https?://|www\.|pic\.twitter\.com/|pic\.x\.com/)\S+|[—–-] ?\S.{0,80}\(@\w{1,30}\).{0,40}")
_DAY_AND_TIME = re.compile(r"\d{1,4}[./-] ?\d{1,2}[./-] ?\d{1,4}\.?(?:[ ,T|–-]+\d{1,2}[:.h]\d\d(?: ?(?:Uhr|h|Z))?)?")
_INITIALS = re.compile(r"[(\[][^\W\d_]{2,4}(?:/[^\W\d_]{2,4})*[)\]]")
_SIGNED_IN_KOREAN = re.compile(r"[=/]?[가-힣]{2,4} ?(?:[가-힣]{2,8} ?)?(?:기자|특파원)(?: ?[\w.+-]+@[\w.-]+)?")
_CUT_NAMES = re.compile(r"\s*(?:[(|/•\n@]|\s[–—-]\s|\s(?:in|aus|à|en|em|à|för|for|για|в|из)\s).*", re.DOTALL)
_JOINER = re.compile(rf"\s+(?:{'|'.join(map(re.escape, rules.NAME_JOINERS.split()))})\s+|\s*[&;、，・]\s*")
_EAST_ASIAN_NAME = re.compile(r"[\u3400-\u9fff]{2,4}|[가-힣]{2,4}|[\u3400-\u9fff\u3040-\u30ff]{2,12}")
_BETWEEN_AGENCIES = re.compile(
    rf"\s*[/,+&|·;]\s*|(?:^|\s+)(?:{'|'.join(_labels(rules.AGENCY_WORDS))})\s+", re.IGNORECASE
)
_AGENCY_CODE = re.compile(r"[:-]\d[\d/-]*$")
_SOURCES = re.compile(
    rf"[(\[（]?(?P<label>{'|'.join(map(re.escape, _labels(rules.SOURCES)))})\s?[:：]\s*(?P<name>\S.*)", re.IGNORECASE
)
_BYLINES = re.compile(
    rf"(?P<label>{'|'.join(map(re.escape, _labels(rules.BYLINES)))})(?P<sign>\s?[:：/／＝=｜|]\s*|\s+)(?P<names>\S.*)",
    re.IGNORECASE,
)
_AGENCIES = frozenset(_labels(rules.AGENCIES))
_BUTTONS = frozenset(rules.BUTTONS.split())
_PARTICLES = frozenset(rules.NAME_PARTICLES.split())
# The Associated Press Stylebook and its sisters: a place in capitals, perhaps a day and an agency, and a dash.
_DATELINE = re.compile(
    r"(?:[^\W\d_a-zß-ÿ]{2}[^\Wa-zß-ÿ]*(?:[ ./’'-]+[^\W\d_a-zß-ÿ][^\Wa-zß-ÿ]+){0,4}(?:, [^\n–—:]{2,30})?(?: ?\([^()\n]{2,40}\))? ?[–—-]{1,2}\s"
    r"|[^\W\d_][^\W\d_.'’-]*(?:[ /-][^\W\d_]+){0,3}(?:, [^\n–—:]{2,30})? \((?P<agency>[^()\n]{2,30})\) ?(?:[–—-]{1,2}|\.)\s"
    r"|[^\W\d_a-zß-ÿ]{3,}(?:, \d{1,2} [^\W\d_]+)?\. /[^/\n]{2,20}/\. "
    r"|【[^】\n]{1,30}】(?=\S)|[（(\[][^）)\]:\n]{1,20}[＝=／/][^）)\]:\n]{1,20}[）)\]] ?(?=\S)"
    r"|(?:新华社|新華社|中新社|中央社)[^\s，。]{1,20}[电電])"
)


class Line(NamedTuple):
    """What a line is."""

    rule: str
    mark: str
    """As `Block.mark` has it."""
    names: tuple[str, ...] = ()
    """Authors of a byline."""
    source: str = ""
    """Whom a source line names."""
    alone: bool = True
    """Whether it is no more than the phrase that the rule looks for."""


def of(text: str, near_edge: bool, off: frozenset[str] = frozenset()) -> Line | None:
    """Tell what a line is; None for the article's own text.

    `near_edge` says that it stands at the top or the end of its article, where alone bylines and agencies are.
    """
    if len(text) > LONGEST or "\n" in text.strip():
        return None
    for look in _LOOKS:
        found = look(text, near_edge)
        if found is not None and found.rule not in off:
            return found
    return None


def authors(text: str) -> tuple[str, ...]:
    """Return the names that a field for authors holds, which is not always only names."""
    text = text.strip()
    signed = _BYLINES.fullmatch(text)
    found = _names(signed["names"]) if signed else ()
    if found or (found := _names(text)) or not text:
        return found
    parts = [part.strip() for part in re.split(r"[;、，|]", text)]
    if len(parts) == 1 and all(" " in part.strip() for part in text.split(",")):
        parts = [part.strip() for part in text.split(",")]
    return tuple(dict.fromkeys(part for part in parts if part))


def dateline(text: str) -> str:
    """Return the dateline that a paragraph begins with; empty where there is none."""
    found = _DATELINE.match(text[:120])
    if found is None or (found["agency"] and not _agency(found["agency"], near_edge=True)):
        return ""
    return found[0].strip()


def _furniture(text: str, near_edge: bool) -> Line | None:
    rule, alone = _phrase(text) or ("", False)
    if not rule and (stripped := text.lstrip(_DECORATION)) != text:
        rule, alone = _phrase(stripped) or ("", False)
    if not rule and text[0] in "hwp—–-" and _EMBED.fullmatch(text):
        rule = "embed"
    elif not rule and len(text) < 120 and _is_row_of_buttons(text):
        rule = "share"
    elif rule == "published-line" or (not rule and len(text) < 40):
        has_digit = _DIGIT.search(text) is not None
        rule = rule if has_digit and rule else "published-line" if has_digit and _DAY_AND_TIME.fullmatch(text) else ""
    return Line(rule, f"furniture: {rule}", alone=alone) if rule else None


def _phrase(text: str) -> tuple[str, bool] | None:
    """Return the rule of the phrase that a line begins with, and whether it is the whole line."""
    low = text.casefold().replace("i\u0307", "i")  # what becomes of the Turkish İ
    for phrase, end, rule in _phrases().get(low[:2], ()):
        if not low.startswith(phrase):
            continue
        rest = low[len(phrase) :]
        alone = not rest.strip(_AFTER)
        sign = rest.lstrip(" \xa0\t")[:1]
        if end == ".":
            fits = alone
        elif end == ":":
            fits = (alone and rule not in ("media", "photo-credit")) or (bool(sign) and sign in _DASHES)
        else:
            fits = alone or phrase[-1] > "\u0590" or not rest[0].isalnum()
        if fits:
            return rule, alone
    return None


@cache
def _phrases() -> dict[str, list[tuple[str, str, str]]]:
    """Return all phrases of furniture by their first two characters, the longer first."""
    table: dict[str, list[tuple[str, str, str]]] = {}
    for rule, text in rules.PHRASES.items():
        for phrase in (part.strip() for row in text.strip().split("\n") for part in row.split(";")):
            end = phrase[-1] if phrase[-1] in ".:" else ""
            bare = phrase.removesuffix(end).casefold()
            table.setdefault(bare[:2], []).append((bare, end, rule))
    for entries in table.values():
        entries.sort(key=lambda entry: (-len(entry[0]), entry))
    return table


def _is_row_of_buttons(text: str) -> bool:
    words = text.casefold().replace(",", " ").replace("|", " ").replace("/", " ").split()
    return len(words) > 1 and all(word in _BUTTONS for word in words)


def _source(text: str, near_edge: bool) -> Line | None:
    found = _SOURCES.fullmatch(text)
    if found is None:
        return None
    name = re.split(r"[,;|(（，、]", found["name"].rstrip(")]）. "), maxsplit=1)[0].strip()
    is_name = near_edge and 1 < len(name) <= 60 and "://" not in name
    return Line("source-line", "source", source=name if is_name else "")


def _agency(text: str, near_edge: bool) -> Line | None:
    if len(text) > 80 or not (near_edge or text[0] in "([—–©" or "/" in text):
        return None
    bare = text.strip(" ()[]—–-*.").removeprefix("©").strip()
    parts = _BETWEEN_AGENCIES.split(_AGENCY_CODE.sub("", bare))
    tokens = [part.strip() for part in parts if part.strip()]
    known = [token for token in tokens if token.casefold() in _AGENCIES]
    if not known or not all(token.casefold() in _AGENCIES or (len(token) <= 4 and token.isalpha()) for token in tokens):
        return None
    is_signed = text[0] in "([—–©" or len(tokens) > 1
    return Line("agency", "source", source=known[0] if near_edge else "") if near_edge or is_signed else None


def _byline(text: str, near_edge: bool) -> Line | None:
    if not near_edge or len(text) > 120:
        return None
    if _INITIALS.fullmatch(text):
        return Line("byline", "byline")
    if "가" <= text[-1] <= "힣" or "@" in text:
        signed = _SIGNED_IN_KOREAN.fullmatch(text)
        if signed:
            return Line("byline", "byline", (re.match("[=/]?([가-힣]{2,4})", text)[1],))  # type: ignore[index]
    found = _BYLINES.fullmatch(text)
    if found is None:
        return None
    names = _names(found["names"])
    if names or (found["sign"].strip() and len(found["names"]) <= 80 and not re.search(r"[.!?。؟]$", found["names"])):
        return Line("byline", "byline", names)
    return None


def _rights(text: str, near_edge: bool) -> Line | None:
    return Line("rights", "furniture: rights") if text[0] in "©ⓒ" else None


_LOOKS = (_furniture, _source, _agency, _byline, _rights)


def _names(text: str) -> tuple[str, ...]:
    """Return the names that a byline's text begins with; none where it does not begin with a whole name."""
    parts = _JOINER.split(_CUT_NAMES.sub("", text.strip(" .")))
    names = [name for part in parts for name in (part.split(",") if len(parts) > 1 else part.split(",")[:1])]
    found = [name.strip() for name in names if _is_name(name.strip())]
    return tuple(dict.fromkeys(found)) if found and names and _is_name(names[0].strip()) else ()


def _is_name(text: str) -> bool:
    """Tell whether a text has the form of a person's whole name."""
    if len(text) > 40 or any(sign.isdecimal() for sign in text):
        return False
    if text and text[0] > "\u3000":
        return _EAST_ASIAN_NAME.fullmatch(text) is not None
    words = text.split()
    if not 2 <= len(words) <= 5:
        return False
    if not text[0].isupper():  # a script without capital letters
        return (
            not text[0].islower() and text[0].isalpha() and len(words) <= 4 and all(word[0].isalpha() for word in words)
        )
    return words[-1][0].isupper() and all(word[0].isupper() or word.casefold() in _PARTICLES for word in words)

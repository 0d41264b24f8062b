"""The characters of a text so that what a reader sees is what is there: hidden ones taken out, misread ones mended."""

import re
import unicodedata
from collections.abc import Callable

from digest.seeds.record import Fired

MAX_SHOWN = 40
"""Characters of an example."""

# What `clean` looks for, in one expression: ordinary text holds none of it and costs microseconds.
_ODD = re.compile(
    "[\x0b\x0c\x80-\x9f\xad\u061c\u180b-\u180f\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff\U000e0000-\U000e01ef]"
)
_LINE_ENDS = re.compile("\r\n[\x0b\x0c]?|[\x0b\x0c\x85\u2028\u2029]")
_C1 = re.compile("[\x80-\x9f]")
_TYPOGRAPHIC = frozenset("€‚„…‘’“”•–—™‹›")
_SOFT_HYPHEN = re.compile("\xad+(?:\r?\n(?=[^\\W\\d_]))?")
# Without a width or a meaning of their own: Unicode's Default_Ignorable_Code_Point (section 5.21), but those below.
_ZERO_WIDTH = re.compile("[\u180e\u200b\u2060-\u2064\u206a-\u206f\ufeff]+")
_JOINERS = re.compile("[\u200c\u200d]+")
_TAGS = re.compile("(\U0001f3f4[\U000e0020-\U000e007e]+\U000e007f)|[\U000e0000-\U000e007f]+")
_SELECTORS = re.compile("[\u180b-\u180d\u180f\ufe00-\ufe0f\U000e0100-\U000e01ef]+")
_BIDI = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_MARKS = "\u061c\u200e\u200f"
_RIGHT_TO_LEFT = re.compile(
    "[\u0590-\u061b\u061d-\u08ff\ufb1d-\ufdfd\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff]"
)
# Arabic, Syriac, N'Ko and the scripts of South and Central Asia, in which joiners change letters.
_JOINING = re.compile(
    "[\u0600-\u08ff\u0900-\u0dff\u0f00-\u109f\u1780-\u18af\ua840-\ua877\ua8e0-\uabff\ufb50-\ufdff\ufe70-\ufefc"
    "\U00010a00-\U00011fff]"
)
# Thai, Lao, Tibetan, Burmese and Khmer: an invisible space may stand where a line may break.
_UNSPACED = re.compile("[\u0e00-\u0fff\u1000-\u109f\u1780-\u17ff]")
_PICTURE = re.compile("[\u00a9\u00ae\u2190-\u2bff\u3030\u303d\u3297\u3299\ufe0f\U0001f000-\U0001faff]")

# UTF-8 read as another encoding: what its first bytes become there, and what must follow. Western: two, three or four
# bytes; Central European, Turkish and Baltic; Cyrillic; Greek; Mac.
_REST = "\x80-\xbf€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ"
_QUOTES = "€‚-„†‡‰‹‘-•–—™›"
_MISREAD = re.compile(
    "[\xc2-\xde\xe0-\xf4ĂĹĐŃŘŮĞăĺĆāðРСВГвΒΓΞΟβ√‚–—](?:"
    f"(?<=[\xc2-\xde])[{_REST}]|(?<=[ÂÃ]) |(?<=[\xe0-\xf4ăĺ])[{_REST}ŚśŤťŹźŁłĄąŞşŻżĽľˇ˘˛˝Ğğİış]{{2}}"
    f"|(?<=[ĂĹÄÅĐŃŘŮĞĆā])[{_REST}ŚśŤťŹźŁłĄąŞşŻżĽľˇ˘˛˝]"
    f"|(?<=[РСВГ])[\x80-\x9f\xa1-\xbfЂ-ЏђѓєѕіїјљњћќўџҐґЁё{_QUOTES}]|(?<=[вβ])[Ђ€]"
    f"|(?<=[ΒΓΞΟ])[\x80-\x9f\xa1-\xbfΆΈΉΊΌΎΏ{_QUOTES}]|(?<=√)[^\\s\\w]|(?<=‚)Ä|(?<=[–—])[^\\s\\w])"
)


def clean(text: str) -> tuple[str, tuple[Fired, ...]]:
    """Return `text` without characters that mislead its reader, and what was done, each with how often.

    Mojibake is repaired where that is certain. Soft hyphens, invisible spaces, tags and direction controls go, but
    those that a script or an emoji needs; line ends of other systems become line feeds. Other control characters stay:
    they make a text none, and the reader of its format says so.
    """
    fired: list[Fired] = []
    if _MISREAD.search(text):
        text, found = _repair(text)
        fired += found
        if any(each.rule == "mojibake-left" for each in found):
            return text, tuple(fired)  # what looks like a soft hyphen may be half of a letter
    if not _ODD.search(text):
        return text, tuple(fired)
    for rule, step in _STEPS:
        changed = step(text)
        if changed != text:
            fired.append(_told(rule, text, changed))
            text = changed
    return text, tuple(fired)


def _told(rule: str, before: str, after: str) -> Fired:
    """Say how many characters a step took out or changed, and where the first stood."""
    first = next((at for at, (one, other) in enumerate(zip(before, after, strict=False)) if one != other), len(after))
    removed = len(before) - len(after)
    count = removed or sum(one != other for one, other in zip(before, after, strict=False))
    sign = f"U+{ord(before[first]):04X}" if first < len(before) else ""
    return Fired(rule, 1.0, f"{count} × {sign}" if count > 1 else sign, before.count("\n", 0, first) + 1)


def _line_ends(text: str) -> str:
    if "\x85" in text and ("\n" in text or any(sign != "\x85" for sign in _C1.findall(text))):
        return _LINE_ENDS.sub(lambda end: end[0] if end[0] == "\x85" else _line_end(end), text)
    return _LINE_ENDS.sub(_line_end, text)


def _line_end(end: re.Match[str]) -> str:
    if end[0].startswith("\r\n"):
        return "\r\n"  # a page break after it is no further line
    return "\n\n" if end[0] == "\u2029" else "\n"


def _misread_controls(text: str) -> str:
    """Read C1 controls as Windows-1252 has them, where each gives a typographic sign, or a letter within a word."""
    read = {}
    for found in _C1.finditer(text):
        sign = found[0].encode("latin-1").decode("cp1252", "replace")
        beside = text[found.start() - 1 : found.start()] + text[found.end() : found.end() + 1]
        if sign not in _TYPOGRAPHIC and not (sign in "ŠšŽžŒœŸ" and any(map(str.isalpha, beside))):
            return text
        read[ord(found[0])] = sign
    return text.translate(read)


def _soft_hyphens(text: str) -> str:
    return _SOFT_HYPHEN.sub("", text)


def _zero_width(text: str) -> str:
    def keep(run: re.Match[str]) -> str:
        around = text[run.start() - 1 : run.start()], text[run.end() : run.end() + 1]
        return "\u200b" if "\u200b" in run[0] and all(map(_UNSPACED.match, around)) else ""

    text = _ZERO_WIDTH.sub(keep, text)
    return _JOINERS.sub(lambda run: _joiner(text, run), text)


def _joiner(text: str, run: re.Match[str]) -> str:
    """Keep one joiner beside a letter that it shapes, or between two pictures of which it makes one."""
    before = text[run.start() - 1 : run.start()]
    after = text[run.end() : run.end() + 1]
    if _JOINING.match(before) or (_JOINING.match(after) and not before.isalpha()):
        return run[0][0]
    return "\u200d" if "\u200d" in run[0] and _PICTURE.match(before) and _PICTURE.match(after) else ""


def _tags(text: str) -> str:
    return _TAGS.sub(lambda run: run[1] or "", text)


def _selectors(text: str) -> str:
    return _SELECTORS.sub(lambda run: run[0][0] if _selects(text, run) else "", text)


def _selects(text: str, run: re.Match[str]) -> bool:
    """Tell whether a variation selector stands after a character that has variants: a sign, a picture, an ideograph."""
    before = text[run.start() - 1 : run.start()]
    if not before:
        return False
    if before in "0123456789#*":
        return text[run.end() : run.end() + 1] == "\u20e3"
    name = unicodedata.name(before, "")
    return unicodedata.category(before)[0] in "SP" or name.startswith(("CJK", "MONGOLIAN", "MYANMAR", "PHAGS-PA"))


def _bidi(text: str) -> str:
    """Take out overrides, and direction controls that nothing closes; all of them where nothing runs from right to left.

    Controls end with their line (Unicode Bidirectional Algorithm, UAX 9, section 3.3.2).
    """
    if not _RIGHT_TO_LEFT.search(text):
        return _BIDI.sub("", text)
    return "\n".join(_balanced(line) if _BIDI.search(line) else line for line in text.split("\n"))


def _balanced(line: str) -> str:
    keep: set[int] = set()
    opened: list[tuple[int, str]] = []
    for found in _BIDI.finditer(line):
        at, sign = found.start(), found[0]
        if sign in _MARKS:
            keep.add(at)
        elif sign == "\u202c":  # ends the last embedding or override, but none outside an isolate
            if opened and opened[-1][1] not in "\u2066\u2067\u2068":
                start, opener = opened.pop()
                keep |= {start, at} if opener in "\u202a\u202b" else set()
        elif sign == "\u2069":  # ends the last isolate, and what is open inside it
            inside = [number for number, (_, opener) in enumerate(opened) if opener in "\u2066\u2067\u2068"]
            if inside:
                keep |= {opened[inside[-1]][0], at}
                del opened[inside[-1] :]
        else:
            opened.append((at, sign))
    return _BIDI.sub(lambda found: found[0] if found.start() in keep else "", line)


_STEPS: tuple[tuple[str, Callable[[str], str]], ...] = (
    ("line-ends", _line_ends),
    ("misread-controls", _misread_controls),
    ("soft-hyphens", _soft_hyphens),
    ("tags", _tags),
    ("variation-selectors", _selectors),
    ("zero-width", _zero_width),
    ("direction-controls", _bidi),
)


def _repair(text: str) -> tuple[str, list[Fired]]:
    """Undo that UTF-8 was read as another encoding, where the whole text agrees that it was.

    Certain is what can be turned back into `text`, leaves nothing suspicious, and stands in or beside words: a text
    may well speak of “Ã¤”.
    """
    from ftfy import TextFixerConfig, fix_encoding_and_explain  # for the few texts that look misread
    from ftfy.badness import is_bad

    if not is_bad(text):
        return text, []
    only_encoding = TextFixerConfig(
        unescape_html=False,
        remove_terminal_escapes=False,
        replace_lossy_sequences=False,
        decode_inconsistent_utf8=False,
        fix_c1_controls=False,
        fix_latin_ligatures=False,
        fix_character_width=False,
        uncurl_quotes=False,
        fix_line_breaks=False,
        fix_surrogates=False,
        remove_control_chars=False,
        normalization=None,
    )
    fixed, steps = fix_encoding_and_explain(text, only_encoding)
    codecs = [step.parameter for step in steps or () if step.action == "encode"]
    read_as = {step.parameter for step in steps or () if step.action == "decode"}
    found = _MISREAD.search(text)
    at = found.start() if found else 0
    line = text.count("\n", 0, at) + 1
    if (
        read_as
        and read_as <= {"utf-8", "utf-8-variants"}
        and not is_bad(fixed)
        and _turned_back(fixed, codecs) == _spaced(text)
        and _in_words(text)
    ):
        ahead = len(_turned_forward(text[:at], codecs))
        return fixed, [Fired("mojibake", 0.99, f"{_word(text, at)} → {_word(fixed, ahead)}", line)]
    return text, [Fired("mojibake-left", 0.5, _word(text, at), line)]


def _turned_back(fixed: str, codecs: list[str]) -> str:
    for codec in reversed(codecs):
        fixed = fixed.encode().decode(codec)
    return _spaced(fixed)


def _turned_forward(text: str, codecs: list[str]) -> str:
    for codec in codecs:
        text = text.encode(codec, "ignore").decode("utf-8", "ignore")
    return text


def _spaced(text: str) -> str:
    return " ".join(text.replace("\xa0", " ").split())


def _in_words(text: str) -> bool:
    return any(
        text[found.start() - 1 : found.start()].isalpha() or text[found.end() : found.end() + 1].isalpha()
        for found in _MISREAD.finditer(text)
    )


def _word(text: str, at: int) -> str:
    """Return the word around a place."""
    start = max(text.rfind(" ", 0, at), text.rfind("\n", 0, at)) + 1
    return text[start : start + MAX_SHOWN].split(maxsplit=1)[0] if text[start : start + MAX_SHOWN].split() else ""

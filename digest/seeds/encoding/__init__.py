"""The encoding of a seed: its bytes as text, where that is certain, and otherwise why it is not."""

import codecs
import re
from typing import NamedTuple

from digest.intake import language
from digest.seeds.encoding import legacy
from digest.seeds.encoding.characters import clean
from digest.seeds.record import Fired

__all__ = ["Decoded", "Refused", "clean", "decode"]

RULE = "encoding"
MAX_LINES_NAMED = 5
SURELY = 15
"""How many characters of valid UTF-8 for each odd byte make it sure that a file is meant to be UTF-8."""
SAVE_AS = "save the file with the encoding UTF-8"
ENOUGH = 20
"""Bytes beyond ASCII that tell an encoding better than a declaration that makes no sense."""
WESTERN = "windows-1252"


class Decoded(NamedTuple):
    """The text of some bytes."""

    text: str
    """With its line ends as they were, without byte order mark."""
    encoding: str
    """By the name that the WHATWG Encoding Standard gives it."""
    fired: tuple[Fired, ...] = ()
    """What had to be guessed; empty for UTF-8, and where a byte order mark or a declaration says it."""


class Refused(NamedTuple):
    """Why bytes are not read as text, as a Problem says it."""

    line: int
    """Where the first odd byte is; 0 where the whole file is none."""
    message: str
    hint: str


# A byte order mark, the encoding that it stands for, and the Python codec. UTF-32's little-endian one begins as
# UTF-16's does.
_MARKS = (
    (b"\xef\xbb\xbf", "utf-8", "utf-8"),
    (b"\xff\xfe\0\0", "utf-32le", "utf-32-le"),
    (b"\0\0\xfe\xff", "utf-32be", "utf-32-be"),
    (b"\xff\xfe", "utf-16le", "utf-16-le"),
    (b"\xfe\xff", "utf-16be", "utf-16-be"),
)
# First bytes of files that hold no text, or hold it packed.
_BINARY = (
    (b"\x89PNG", "a PNG image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"GIF8", "a GIF image"),
    (b"RIFF", "an image, sound or film"),
    (b"II*\0", "a TIFF image"),
    (b"MM\0*", "a TIFF image"),
    (b"%PDF-", "a PDF document"),
    (b"PK\x03\x04", "an Office document or an archive"),
    (b"PK\x05\x06", "an empty archive"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an Office document"),
    (b"{\\rtf", "an RTF document"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"BZh", "a bzip2 archive"),
    (b"\xfd7zXZ\0", "an xz archive"),
    (b"7z\xbc\xaf", "a 7z archive"),
    (b"Rar!", "a RAR archive"),
    (b"\x7fELF", "a program"),
    (b"OggS", "a sound or film"),
    (b"ID3", "a sound"),
    (b"SQLite format 3\0", "a database"),
)
_PACKED = (b"%PDF-", b"{\\rtf")  # these look like text
_BINARY_STARTS = tuple(start for start, _ in _BINARY)
# Labels that files declare, to codecs. Python reads a label narrowly where the WHATWG Encoding Standard, and those
# who write it, mean the Windows encoding that extends it (section 4.2).
_WIDER = {
    "ascii": "cp1252",
    "iso8859-1": "cp1252",
    "iso8859-9": "cp1254",
    "iso8859-11": "cp874",
    "tis-620": "cp874",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "big5": "big5hkscs",
    "shift_jis": "cp932",
    "euc_kr": "cp949",
    "euc_jp": "euc_jis_2004",
}
_DECLARABLE = re.compile(
    r"cp125[0-8]|cp(?:437|850|852|855|857|858|862|866|874|932|949)|iso8859-\d+|koi8-[rut]|mac-(?:roman|cyrillic|greek|latin2"
    r"|turkish|iceland)|euc_jis_2004|gb18030|big5hkscs|hz|iso2022_(?:jp|kr).*|utf-(?:8|16|32).*"
)
_ESCAPES = (b"\x1b$", b"\x1b(")
_SEVEN_BIT = re.compile(r"iso2022|hz$")
_BINARY_CONTROLS = re.compile(rb"[\0-\x08\x0e-\x1a\x1c-\x1f]")
_STRAYS = re.compile("[\udc80-\udcff]+")
ENOUGH_OF_ANOTHER_SCRIPT = 8
"""Letters of another script that a text with Latin letters must have for its encoding to be told by them."""
_HALF = re.compile(rb"\xed[\xa0-\xbf][\x80-\xbf]")
_LONE_HALF = re.compile("[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]")
_CUT_OFF = re.compile(rb"[\xc2-\xf4][\x80-\xbf]")
_BEGUN = re.compile(rb"[\xc2-\xdf]|[\xe0-\xef][\x80-\xbf]?|[\xf0-\xf4][\x80-\xbf]{0,2}")
_CONTROLS = re.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f\x80-\x84\x86-\x9f\ufdd0-\ufdef\ufffe\uffff]")


def decode(data: bytes, declared: str = "") -> Decoded | Refused:
    """Return the text of `data`; `declared` is the encoding that the file itself or its message names, if any.

    UTF-8 is taken as it is. Then count a byte order mark, what is declared, and what can be told with certainty from
    the bytes: that is reported as `encoding`.
    """
    if b"\0" in data or data.startswith((b"\xff\xfe", b"\xfe\xff", *_PACKED)):
        return _wide(data)
    text = _read(data, "utf-8-sig")
    codec = _codec(declared)
    if text is not None:
        return _escaped(data, text, codec)
    if (found := _with_halves(data)) is not None:
        return found
    if data.startswith(_BINARY_STARTS):
        return _not_text(data)
    stated = _read(data, codec) if codec else None
    if stated is None or _CONTROLS.search(stated):
        return _undeclared(data)
    if legacy.reads_well(codec, stated):
        return Decoded(stated, _name(codec))
    found = _undeclared(data)  # a label is often a default that nobody chose
    told = isinstance(found, Decoded) and sum(byte > 0x7F for byte in data[: legacy.LOOKED_AT]) >= ENOUGH
    return found if told else Decoded(stated, _name(codec))


def _read(data: bytes, codec: str) -> str | None:
    try:
        return data.decode(codec)
    except UnicodeDecodeError:
        return None


def _with_halves(data: bytes) -> Decoded | Refused | None:
    """Read UTF-8 that holds halves of surrogate pairs, if `data` is that: a pair is the sign it means (CESU-8, UTR 26)."""
    first = _HALF.search(data)
    if first is None:
        return None
    try:
        text = data.removeprefix(codecs.BOM_UTF8).decode("utf-8", "surrogatepass")
    except UnicodeDecodeError:
        return None
    if lone := _LONE_HALF.search(text):
        message = f"U+{ord(lone[0]):04X} is half of a surrogate pair, and no sign by itself"
        return Refused(text.count("\n", 0, lone.start()) + 1, message, "take it out")
    whole = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le")
    return Decoded(whole, "cesu-8", (Fired(RULE, 0.99, "cesu-8", data.count(b"\n", 0, first.start()) + 1),))


def _not_text(data: bytes) -> Refused:
    named = next((f": it is {name}" for start, name in _BINARY if data.startswith(start)), "")
    return Refused(0, f"the file is not a text{named}", "seeds are text files; take it out of `seeds/`")


def _wide(data: bytes) -> Decoded | Refused:
    """Read UTF-16 or UTF-32, which hold NUL bytes where other encodings hold none."""
    for mark, name, codec in _MARKS:
        if data.startswith(mark):
            text = _read(data[len(mark) :], codec)
            if text is not None and "\0" not in text:
                return Decoded(text, name)
    if data.startswith(_BINARY_STARTS):
        return _not_text(data)
    # Without a mark, the order in which more signs are ASCII (spaces, line ends, figures) is the right one.
    read = [(text, name) for _, name, codec in _MARKS[3:] if (text := _read(data, codec)) and _is_text(codec, text)]
    if read:
        text, name = max(read, key=lambda each: sum(map(str.isascii, each[0])))
        return Decoded(text, name, (Fired(RULE, 0.95, name, 1),))
    return _not_text(data)


def _is_text(codec: str, text: str) -> bool:
    """Tell whether what `codec` gives is in some language."""
    return not _CONTROLS.search(text) and legacy.reads_well(codec, text) and bool(language.detect(text))


def _name(codec: str) -> str:
    return legacy.NAMES.get(codec, codec)


def _codec(declared: str) -> str:
    """Return the Python codec of a declared encoding; empty where there is none that is meant for texts."""
    try:
        name = codecs.lookup(declared.strip().strip("'\"")[:40]).name if declared else ""
    except (LookupError, ValueError):  # ValueError for a NUL in the name
        return ""
    name = _WIDER.get(name, name)
    return name if _DECLARABLE.fullmatch(name) else ""


def _escaped(data: bytes, text: str, codec: str) -> Decoded:
    """Read the East Asian encodings of mail, which are ASCII with escapes; any other `text` is the UTF-8 it seems."""
    guessed = "iso2022_jp_2" if any(escape in data for escape in _ESCAPES) else ""
    codec = codec if _SEVEN_BIT.match(codec) else guessed
    found = _read(data, codec) if codec else None
    if found is None or found.isascii() or "\x1b" in found:
        return Decoded(text, "utf-8")
    name = "hz-gb-2312" if codec == "hz" else "iso-2022-kr" if "kr" in codec else "iso-2022-jp"
    fired = Fired(RULE, 0.99, name, _line_of(data, data.index(b"\x1b"))) if codec == guessed else None
    return Decoded(found, name, (fired,) if fired else ())


def _undeclared(data: bytes) -> Decoded | Refused:
    text = data.decode("utf-8", "surrogateescape")  # odd bytes become lone surrogates (PEP 383)
    strays = sum(len(run[0]) for run in _STRAYS.finditer(text))
    valid = len(text) - strays - len(text.encode("ascii", "ignore"))
    if valid > SURELY * strays:
        return _mixed(text)
    found = _guessed(data)
    return found if isinstance(found, Decoded) or valid < max(SURELY / 5, 2 * strays) else _mixed(text)


def _mixed(text: str) -> Decoded | Refused:
    """Read UTF-8 in which a few characters are Windows-1252's, as texts pasted together have."""
    first, *others = _STRAYS.finditer(text)
    line = text.count("\n", 0, first.start()) + 1
    if not others and first.end() == len(text) and _BEGUN.fullmatch(_bytes(first)):
        return Refused(line, "the file ends in the middle of a character", "get it again: its end is missing")
    mended = _with_western(text)
    lines = list(dict.fromkeys(text.count("\n", 0, run.start()) + 1 for run in (first, *others[:MAX_LINES_NAMED])))
    named = ", ".join(map(str, lines)) + (", …" if len(others) > MAX_LINES_NAMED else "")
    if mended is None:
        message = (
            f"the byte 0x{_bytes(first)[0]:02X} is not UTF-8, though most of the file is; odd bytes are in line {named}"
        )
        return Refused(line, message, f"correct these places, and {SAVE_AS}")
    return Decoded(mended, "utf-8", (Fired(RULE, 0.9, f"utf-8, with {WESTERN} in line {named}", line),))


def _with_western(text: str) -> str | None:
    """Return `text` with its odd bytes read as Windows-1252; None where that gives a sign with no business there."""
    read = {}
    for run in _STRAYS.finditer(text):
        found = None if _CUT_OFF.match(_bytes(run)) else _read(_bytes(run), "cp1252")
        if found is None:
            return None
        read[run[0]] = found
    mended = _STRAYS.sub(lambda run: read[run[0]], text)
    code, _ = language.guess(mended)
    words = (_STRAYS.sub(lambda run: read[run[0]], word) for word in text.split() if _STRAYS.search(word))
    likely = code and code not in ("ja", "ko", "zh") and all(legacy.strangeness(word, code) < 1 for word in words)
    return mended if likely else None


def _bytes(run: re.Match[str]) -> bytes:
    return run[0].encode("ascii", "surrogateescape")


def _guessed(data: bytes) -> Decoded | Refused:
    found = legacy.guess(data)
    at = _first_odd(data)
    line = _line_of(data, at)
    if isinstance(found, legacy.Guess) and _is_scattered(found.text[: legacy.LOOKED_AT]):
        found = (found.encoding,)
    if isinstance(found, legacy.Guess):
        return Decoded(found.text, found.encoding, (Fired(RULE, found.confidence, found.encoding, line),))
    if 50 * len(_BINARY_CONTROLS.findall(data)) > len(data):
        return _not_text(data)
    maybe = f", and what else it is, is not certain (perhaps {' or '.join(found)})" if found else ""
    return Refused(line, f"the byte 0x{data[at]:02X} is not UTF-8{maybe}", SAVE_AS)


def _is_scattered(text: str) -> bool:
    """Tell whether a Latin text holds only some letters of another script: those are odd bytes read as something."""
    others = sum(sign > "\u024f" and sign.isalpha() and not "\u1e00" <= sign <= "\u1eff" for sign in text)
    latin = sum(sign.isascii() and sign.isalpha() for sign in text)
    return 0 < others < max(ENOUGH_OF_ANOTHER_SCRIPT, latin / 4) and latin > 0


def _first_odd(data: bytes) -> int:
    try:
        data.decode("utf-8")
    except UnicodeDecodeError as error:
        return error.start
    return 0


def _line_of(data: bytes, at: int) -> int:
    return data.count(b"\n", 0, at) + 1

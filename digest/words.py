"""The interface's words: gettext catalogues (PO files) of the theme, and of the digest's own templates."""

import gettext
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from babel import Locale
from babel.messages.catalog import Catalog
from babel.messages.pofile import PoFileError, PoFileParser

from digest import locales
from digest.errors import DigestError

FOLDER = "messages"
_LINE = re.compile(r'(?:(?:#~\s*)?(?:(?:msgid|msgid_plural|msgctxt|msgstr(?:\[\d\])?)\s)?\s*"(?:[^"\\]|\\.)*"|#.*|)\s*')
_HINT = 'write `msgid "word"` and below it `msgstr "text"`; the built-in en.po has them all'
_RULE_HINT = 'write for example `"Plural-Forms: nplurals=2; plural=(n != 1);\\n"`'
_ENOUGH = 200
"""Numbers with which a plural rule is tried."""


class Counting(NamedTuple):
    """A word that counts things."""

    forms: Sequence[str]
    """With `{}` where the number stands."""
    rule: Callable[[int], int]
    """Which of the forms a number takes."""

    def __call__(self, count: int, number: str) -> str:
        """Return the form for `count`, which is written as `number`."""
        return self.forms[self.rule(count)].replace("{}", number)


Words = Mapping[str, str | Counting]


def words(theme: Sequence[str], language: str) -> Words:
    """Return the interface's words in `language`, those of the nearest language where one is missing, else English.

    `theme` are the folders of the templates, first the one whose files win: a catalogue of one shadows single words.
    Raises DigestError where a catalogue is wrong.
    """
    found: dict[str, str | Counting] = {}
    for name in reversed(locales.chain(language)):
        rule = ""
        for folder in reversed(theme):
            path = Path(folder, FOLDER, f"{name}.po")
            if path.is_file():
                read, rule = _read(path, locales.locale_of(name), rule, found)
                found |= read
    return found


def _read(path: Path, locale: Locale, rule: str, known: Words) -> tuple[dict[str, str | Counting], str]:
    """Return what a catalogue has, and its plural rule: `rule`, or else that of its language, where it states none."""
    where = f"templates/{FOLDER}/{path.name}"
    catalog = Catalog(locale=locale)
    try:
        lines = path.read_text("utf-8-sig").split("\n")
    except UnicodeDecodeError as error:
        raise DigestError(f"{where}:1: it is not UTF-8", "save the file with the encoding UTF-8") from error
    named = False
    for number, line in enumerate(lines, 1):
        if not _LINE.fullmatch(line):
            raise DigestError(f"{where}:{number}: this is no line of a catalogue: {line.strip()[:60]}", _HINT)
        if line.startswith("msgstr") and not named:
            raise DigestError(f"{where}:{number}: this text is of no `msgid`", _HINT)
        named = line.startswith("msgid") or (named and not line.startswith("msgstr "))
    try:
        if rule:
            catalog.mime_headers = [("plural-forms", rule)]
        PoFileParser(catalog, abort_invalid=True).parse(lines)
        plural = gettext.c2py(catalog.plural_expr)
        outside = {plural(count) for count in range(_ENOUGH)} - set(range(catalog.num_plurals))
    except PoFileError as error:
        raise DigestError(f"{where}:{error.lineno + 1}: {error}", _HINT) from error
    except (ArithmeticError, LookupError, RecursionError, TypeError, ValueError) as error:
        raise DigestError(f"{where}:{_line_of(lines, 'Plural-Forms')}: {error}", _RULE_HINT) from error
    if outside:
        message = f"the plural rule wants form {max(outside)}, and there are {catalog.num_plurals}"
        raise DigestError(f"{where}:{_line_of(lines, 'Plural-Forms')}: {message}", _RULE_HINT)
    return dict(_entries(catalog, where, plural, known)), catalog.plural_forms


def _entries(
    catalog: Catalog, where: str, rule: Callable[[int], int], known: Words
) -> Iterator[tuple[str, str | Counting]]:
    """Yield what is translated; what is marked as fuzzy or is empty is not, yet."""
    count = catalog.num_plurals
    for message in catalog:
        forms = message.string if isinstance(message.string, tuple | list) else (message.string,)
        name = message.id if isinstance(message.id, str) else message.id[0]
        if not name or message.fuzzy or not any(forms):
            continue
        place = f"{where}:{message.lineno}"
        if name in known and isinstance(known[name], Counting) != message.pluralizable:
            kind = "is one text" if message.pluralizable else "counts things"
            mend = (
                "take out `msgid_plural`" if message.pluralizable else "add `msgid_plural`, and number its `msgstr[0]`"
            )
            raise DigestError(f"{place}: `{name}` {kind}", mend)
        if not all(forms):
            raise DigestError(
                f"{place}: `{name}` has not all of its {count} forms", f"write `msgstr[0]` to `[{count - 1}]`"
            )
        texts = tuple(map(str, forms))
        yield name, Counting(texts, rule) if message.pluralizable else texts[0]


def _line_of(lines: Sequence[str], text: str) -> int:
    return next((number for number, line in enumerate(lines, 1) if text in line), 1)

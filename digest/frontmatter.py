"""Front matter: the YAML block between `---` lines at the top of a Markdown file."""

import datetime as dt
import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Any, NamedTuple

import yaml

MAX_HEADER = 64 * 1024
"""Characters; more is no front matter but an attack or an accident."""
MAX_DEPTH = 20
_CLOSING = re.compile(r"^(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.MULTILINE)
_REFERENCE = re.compile(r"(?:^|[\s\[{,:?-])[&*][^\s]", re.MULTILINE)
_OPENING = re.compile(r"[\[{]|[-?][ \t]")
_BEYOND_BASIC_PLANE = re.compile("[\U00010000-\U0010ffff]")
_KEY = re.compile(r"[A-Za-z_][A-Za-z0-9_-]{0,60}")
_DECIMAL = re.compile(r"\d+\.\d+")
_INDICATORS = frozenset("#,[]{}&*!|>'\"%@`")
"""No plain text begins with one of these, and only some with the next ones; `""` is the beginning of an empty text."""
_MARKERS = frozenset(["", "-", "?", ":", "."])
_NOTHING = frozenset(("", "~", "null", "Null", "NULL"))
_ANOTHER = "\0"
"""Stands for a text that is written in another way."""
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_DUMPER = getattr(yaml, "CSafeDumper", yaml.SafeDumper)


class _TextLoader(getattr(yaml, "CBaseLoader", yaml.BaseLoader)):  # type: ignore[misc]
    """Composes nodes without asking what type each value looks like: all are texts here."""

    def resolve(self, kind: type, value: str, implicit: object) -> str:
        """Give every node the same tag."""
        return ""

    def descend_resolver(self, node: object, index: object) -> None:
        """Forget the path to a node, on which no tag depends."""

    def ascend_resolver(self) -> None:
        """Forget it on the way back too."""


class FrontMatterError(Exception):
    """The block cannot be read: `line` of the file, the reason, and a hint how to mend it."""

    def __init__(self, line: int, message: str, hint: str) -> None:
        super().__init__(message)
        self.line = line
        self.message = message
        self.hint = hint


class Parts(NamedTuple):
    """A Markdown file cut in two."""

    header: str
    """The YAML text; empty where the file has no front matter."""
    body: str
    body_line: int
    """The line of the file on which the body starts, from 1."""


def split(text: str) -> Parts:
    """Cut `text` into front matter and body. Raises FrontMatterError where the block is not closed."""
    if not text.startswith("---\n"):
        return Parts("", text, 1)
    end = text.find("\n---\n", 3, MAX_HEADER)
    if end >= 0 and "\n---" not in (header := text[3:end]) and "\n..." not in header:  # as most files have it
        return Parts(text[4 : end + 1], text[end + 5 :], text.count("\n", 0, end + 5) + 1)
    closing = _CLOSING.search(text, 4)
    if closing is None:
        raise FrontMatterError(1, "the front matter has no end", "add a line `---` after the last key")
    header = text[4 : closing.start()]
    if len(header) > MAX_HEADER:
        raise FrontMatterError(1, f"the front matter has {len(header):,} characters", f"keep it below {MAX_HEADER:,}")
    return Parts(header, text[closing.end() :], header.count("\n") + 3)


def load(header: str) -> dict[str, Any]:
    """Read the YAML of a header: texts as they are written, `None`, lists and mappings of these.

    No value is taken for a number, a date or a truth: a title may be `1984`, a topic `NO`.
    Raises FrontMatterError with line, reason and mend.
    """
    if (simple := _simple(header)) is not None:
        return simple
    try:
        _refuse_bombs(header)
        node = yaml.compose(header, _TextLoader)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        reason = getattr(error, "problem", None) or str(error).partition("\n")[0]
        message = f"the front matter is not valid YAML: {reason}"
        raise FrontMatterError(
            mark.line + 2 if mark else 1, message, "put quotes around a value that holds `:`, `#` or quotes"
        ) from error
    if node is None:
        return {}
    if not isinstance(node, yaml.MappingNode):
        raise FrontMatterError(
            2,
            f"the front matter is a {type(node).__name__.removesuffix('Node').lower()}, not `key: value` lines",
            "write each as `key: value`",
        )
    return _mapping(node)


def _simple(header: str) -> dict[str, Any] | None:
    """Read a header as most files have it, in a third of PyYAML's time; None where it holds anything else.

    That is `key: text` lines, lists of texts, and mappings of such lines, indented below a key without a text.
    """
    if not header.replace("\n", "").isprintable():
        return None
    content: Any = {}
    root, level = content, 0
    outer: list[tuple[int, Any]] = []  # indentation and content of the lists and mappings around this one
    opened = ""  # the key that has nothing yet
    for line in header.split("\n"):
        rest = line.lstrip(" ")
        if not rest:
            continue
        indent = len(line) - len(rest)
        is_item = rest[:2] == "- "
        if indent > level or (is_item and opened and indent == level):
            if not opened or len(outer) > MAX_DEPTH - 3:
                return None
            outer.append((level, content))
            made: Any = [] if is_item else {}
            content[opened] = made
            content, level = made, indent
        elif indent < level or (type(content) is list and not is_item):
            while outer and (level > indent or type(content) is list):
                level, content = outer.pop()
        if level != indent or (type(content) is list) is not is_item:
            return None
        if is_item:
            text = _simple_text(rest[2:])
            if text is _ANOTHER:
                return None
            content.append(text)
            opened = ""
            continue
        key, colon, written = rest.partition(":")
        if not colon or key in content or not _is_simple_key(key):
            return None
        if not written:
            content[key], opened = None, key
            continue
        text = _simple_text(written[1:])
        if written[0] != " " or text is _ANOTHER:
            return None
        content[key], opened = text, ""
    return root  # type: ignore[no-any-return]


def _simple_text(written: str) -> str | None:
    """Return the text of a line that is plain, or in quotes without any inside (YAML 1.1, section 9.1); _ANOTHER else."""
    first = written[:1]
    if first in ("'", '"'):
        text = written[1:-1]
        return (
            text if len(written) > 1 and written[-1] == first and first not in text and "\\" not in text else _ANOTHER
        )
    if not (first.isalnum() or first > "\x7f") or written[-1] in " :" or ": " in written or " #" in written:
        return _ANOTHER
    return None if written in _NOTHING else written


@lru_cache(maxsize=256)
def _is_simple_key(key: str) -> bool:
    return _KEY.fullmatch(key) is not None


def load_typed(header: str) -> dict[str, Any]:
    """Read a header that `load` accepts with YAML's own types: numbers, dates and truths. Raises FrontMatterError."""
    try:
        value = yaml.load(header, _LOADER)  # noqa: S506 - a safe loader, in C where there is one
    except (yaml.YAMLError, ValueError, OverflowError) as error:
        message = f"a value in the front matter is impossible: {error}"
        raise FrontMatterError(_line_of_bad_value(header), message, "correct it, or put it in quotes") from error
    return value if isinstance(value, dict) else {}


def _mapping(node: yaml.MappingNode) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for key, value in node.value:
        if not isinstance(key, yaml.ScalarNode):
            raise FrontMatterError(_line(key), "a key is not a word", "write each as `key: value`")
        if key.value in found:
            raise FrontMatterError(_line(key), f"the key `{key.value[:40]}` stands twice", "delete one of them")
        found[key.value] = _value(value)
    return found


def _value(node: yaml.Node) -> Any:
    if isinstance(node, yaml.ScalarNode):
        return None if not node.style and node.value in _NOTHING else node.value
    if isinstance(node, yaml.SequenceNode):
        return [_value(item) for item in node.value]
    assert isinstance(node, yaml.MappingNode)
    return _mapping(node)


def line_of(header: str, key: str) -> int:
    """Return the line of the file on which `key` stands in its front matter; 1 where it does not."""
    found = re.search(rf"^[\"']?{re.escape(key)}[\"']?[ \t]*:", header, re.MULTILINE)
    return header.count("\n", 0, found.start()) + 2 if found else 1


def dump(mapping: dict[str, Any], body: str) -> str:
    """Return a Markdown file of `mapping`, in its order, and `body`; `load` and `split` give both back."""
    try:
        header = "".join(_lines(mapping, "", {}))
    except _NotSimpleError:
        header = ""
    if not header or _BEYOND_BASIC_PLANE.search(header):
        header = _dump_any(mapping)
    return f"---\n{header}---\n{body}"


def _dump_any(mapping: dict[str, Any]) -> str:
    # libyaml writes characters beyond the basic plane (emoji) as escapes; the Python dumper leaves them readable.
    dumper = yaml.SafeDumper if _BEYOND_BASIC_PLANE.search(str(mapping)) else _DUMPER
    written: str = yaml.dump(
        mapping, Dumper=dumper, allow_unicode=True, sort_keys=False, width=2**31 - 1, default_flow_style=False
    )
    return written


class _NotSimpleError(Exception):
    """There is a value that is left to PyYAML."""


def _lines(mapping: dict[str, Any], indent: str, met: dict[int, object]) -> Iterator[str]:
    """Yield the lines that PyYAML would write, in a tenth of its time. Raises _NotSimpleError for what is rare in news.

    `met` holds the values that PyYAML would write only once, and then refer to.
    """
    for key, value in mapping.items():
        if not _is_plain_key(key):
            raise _NotSimpleError
        if type(value) is str:
            yield f"{indent}{key}: {_scalar(value)}\n"
            continue
        if type(value) is float and _DECIMAL.fullmatch(text := repr(value)):
            yield f"{indent}{key}: {text}\n"
            continue
        if not value or id(value) in met:
            raise _NotSimpleError
        met[id(value)] = value
        if type(value) is dt.date:
            yield f"{indent}{key}: {value.isoformat()}\n"
        elif type(value) is dict:
            yield f"{indent}{key}:\n"
            yield from _lines(value, f"{indent}  ", met)
        elif type(value) is list and all(type(item) is str for item in value):
            yield f"{indent}{key}:\n"
            yield from (f"{indent}- {_scalar(item)}\n" for item in value)
        else:
            raise _NotSimpleError


@lru_cache(maxsize=256)
def _is_plain_key(key: str) -> bool:
    return _KEY.fullmatch(key) is not None and not _is_typed(key)


def _scalar(text: str) -> str:
    """Return a text as YAML: plain where it can be (YAML 1.1, section 9.1.3), else in single quotes."""
    printable = text.replace("\xa0", " ")
    if not printable.isprintable() or printable.strip() != printable or text[:1] in _MARKERS:
        raise _NotSimpleError
    if text[0] in _INDICATORS or text[-1] == ":" or ": " in text or " #" in text or _is_typed(text):
        return "'" + text.replace("'", "''") + "'"
    return text


def _is_typed(text: str) -> bool:
    """Tell whether a plain text would be read as a number, a date, a truth or nothing."""
    patterns = yaml.SafeDumper.yaml_implicit_resolvers.get(text[:1], ())
    return any(pattern.match(text) for _, pattern in patterns)


def _refuse_bombs(header: str) -> None:
    """Refuse references (they can multiply without end) and nesting that would exhaust the C stack."""
    referring = ("&" in header or "*" in header) and _REFERENCE.search(header)
    if not referring and len(_OPENING.findall(header)) <= MAX_DEPTH:
        return
    depth = 0
    for event in _events(header):
        if getattr(event, "anchor", None):
            raise FrontMatterError(
                _line(event),
                "the front matter uses YAML references (`&name`, `*name`)",
                "write the value out where it is needed, or put it in quotes",
            )
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
            if depth > MAX_DEPTH:
                raise _nested(_line(event))
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1


def _events(header: str) -> Iterator[yaml.Event]:
    """Yield YAML's events; newer versions of PyYAML refuse deep nesting themselves, in words of their own."""
    try:
        yield from yaml.parse(header, _LOADER)
    except RecursionError as error:
        raise _nested(2) from error
    except yaml.YAMLError as error:
        if "nesting" not in str(error):
            raise
        mark = getattr(error, "problem_mark", None)
        raise _nested(mark.line + 2 if mark else 2) from error


def _nested(line: int) -> FrontMatterError:
    return FrontMatterError(
        line, f"the front matter is nested more than {MAX_DEPTH} deep", "use simple lists and `key: value` lines"
    )


def _line(event: yaml.Event | yaml.Node) -> int:
    return event.start_mark.line + 2 if event.start_mark else 1


def _line_of_bad_value(header: str) -> int:
    """Find the first line whose value alone raises: PyYAML does not say which one it was."""
    for number, line in enumerate(header.split("\n"), 2):
        try:
            yaml.load(line, _LOADER)  # noqa: S506 - as above
        except yaml.YAMLError:
            continue
        except (ValueError, OverflowError):
            return number
    return 1


def plain(value: Any) -> Any:
    """Return a front matter value as strings, numbers, lists and mappings only (dates as ISO 8601)."""
    if isinstance(value, dict):
        return {str(key): plain(item) for key, item in value.items()}
    if isinstance(value, (list, tuple, set)):
        return [plain(item) for item in value]
    if isinstance(value, (dt.date, dt.datetime)):
        return value.isoformat()
    return value if isinstance(value, (str, int, float, bool, type(None))) else str(value)

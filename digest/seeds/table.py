"""Tables: CSV, JSON Lines and JSON with an article a row. Settings, or well-known names, say which column holds what."""

import csv
import datetime as dt
import re
from collections.abc import Iterable, Iterator, Mapping
from html import unescape
from io import StringIO
from itertools import chain, islice
from types import MappingProxyType
from typing import Any

from digest.errors import Problem
from digest.seeds import markup, stated, when
from digest.seeds.record import Block, Fired, Reading, SeedArticle
from digest.seeds.stated import Stated, Where, columns, rows
from digest.seeds.stated.columns import Columns
from digest.seeds.stated.rows import Row

NAME = "table"
MAX_CELL = 5_000_000
"""Characters of a cell."""
FIRST = 500
"""Rows whose dates are looked at together: one of them may tell whether the day or the month comes first."""
LONG_LINE = 100
"""Characters; lines of a text without blank lines are paragraphs where some are longer."""

_INNER = ("name", "rendered", "value", "html", "text", "title", "url")
_DELIMITERS = ",;\t|"
_SAMPLE = 64 * 1024
_CSV = (".csv", ".tsv", ".tab")
_EXCEL = re.compile(r"sep=([,;\t|])\n")
_BLANK_LINE = re.compile(r"\n[^\S\n]*\n")
_TAG = re.compile(r"<[^<>]*>")
_POSIX_TIME = re.compile(r"([0-9]{10})(?:[0-9]{3})?(?:\.[0-9]*)?")
_NUMBERS = re.compile(r"\s*([0-9]{1,2})[/.-]([0-9]{1,2})[/.-][0-9]{2,4}(?![0-9])")
MIN_COLUMNS = 3
"""Columns that a first line must name for a file without a telling name to be a table."""
_LIST_MARKS = " \t\n'\"[]"


def recognises(data: bytes, path: str) -> bool:
    """Tell a table by its name, JSON by its beginning, and CSV by a first line with well-known names of columns."""
    head = data[:4096].removeprefix(b"\xef\xbb\xbf").decode("utf-8", "replace")
    if path.lower().endswith(_CSV) or rows.is_json(head, path):
        return True
    first = _EXCEL.sub("", head.replace("\r", "\n"), count=1).partition("\n")[0]
    if max(map(first.count, _DELIMITERS)) < MIN_COLUMNS - 1:
        return False
    found = columns.find(_split(first, _delimiter(first)), {}).names
    return "title" in found and len(found) >= MIN_COLUMNS and ("text" in found or "summary" in found)


def read(data: bytes, path: str, reading: Reading) -> Iterator[SeedArticle | Problem]:
    """Yield the article of each row of a table, and a Problem for each row that is none."""
    decoded = stated.decoded(data, path)
    if isinstance(decoded, Problem):
        yield decoded
        return
    text, fired = decoded
    is_json = rows.is_json(text, path) and not path.lower().endswith(_CSV)
    found = _with_columns(rows.of_json(text, path) if is_json else _csv_rows(text, path, reading), reading.columns)
    first = [*islice(found, FIRST)]
    order = _order(first)
    for row in chain(first, found):
        yield row if isinstance(row, Problem) else _article(*row, order, path, reading, fired)


def _with_columns(rows: Iterable[Row | Problem], wanted: Mapping[str, str]) -> Iterator[tuple[Row, Columns] | Problem]:
    """Yield each row with its columns: those of JSON need not be the same in all."""
    found = columns.find((), wanted)
    names: tuple[str, ...] = ()
    for row in rows:
        if isinstance(row, Problem):
            yield row
            continue
        if names != (*row.cells,):
            names = (*row.cells,)
            found = columns.find(names, wanted)
        yield row, found


def _article(
    row: Row, found: Columns, order: str, path: str, reading: Reading, fired: tuple[Fired, ...]
) -> SeedArticle | Problem:
    values = {field: row.cells[name] for field, name in found.names.items()}
    texts = {field: "\n\n".join(_texts(value, field != "text")) for field, value in values.items()}
    text, summary = texts.get("text", ""), texts.get("summary", "")
    if not text.strip():
        text, summary = summary, ""
    url, publisher = texts.get("url", ""), texts.get("source", "")
    if not url and stated.is_address(publisher.strip()):
        url, publisher = publisher, ""
    said = Stated(
        title=texts.get("title", ""),
        date=_date(texts.get("date", ""), order),
        updated=_date(texts.get("updated", ""), order),
        kicker=texts.get("kicker", ""),
        summary=summary,
        lang=texts.get("lang", ""),
        authors=_list(values.get("authors"), ";|\n"),
        topics=_list(values.get("topics"), ",;|\n"),
        publisher=publisher,
        url=url,
        image=texts.get("image", ""),
        caption=texts.get("caption", ""),
    )
    fields = {
        field: f"the column `{found.names[field]}`"
        if field in found.names
        else f"a column that `columns:` in `digest.yml` names as `{field}`"
        for field in ("title", "date", "text")
    }
    where = Where(NAME, path, row.line, row.raw, fields)
    is_html = stated.is_html(text)
    blocks = markup.of_html(text, url.strip()) if is_html else _paragraphs(text)
    return stated.article(said, blocks, where, reading, (*fired, found.fired), guess_headings=not is_html)


def _paragraphs(text: str) -> tuple[Block, ...]:
    """Return the paragraphs of a cell of plain text."""
    if not _BLANK_LINE.search(text) and any(len(line) > LONG_LINE for line in text.split("\n")):
        text = text.replace("\n", "\n\n")
    return markup.of_text(text)


# Cells


def _date(text: str, order: str) -> str:
    """Return a date as articles have it, or `text` where it is none.

    A bare number of ten or thirteen digits is a POSIX time, in seconds or milliseconds.
    """
    if number := _POSIX_TIME.fullmatch(text.strip()):
        return (dt.datetime(1970, 1, 1, tzinfo=dt.UTC) + dt.timedelta(seconds=int(number[1]))).isoformat()
    return when.moment(text, order) or text


def _order(rows: Iterable[tuple[Row, Columns] | Problem]) -> str:
    """Return `dmy` or `mdy` where a date like 17/08/2025 in one of `rows` tells that, and none says otherwise."""
    said = set()
    for row in rows:
        date = "" if isinstance(row, Problem) else row[0].cells.get(row[1].names.get("date", ""), "")
        if numbers := _NUMBERS.match(str(date)):
            said |= {order for order, number in (("dmy", numbers[1]), ("mdy", numbers[2])) if int(number) > 12}
    return said.pop() if len(said) == 1 else ""


def _list(value: Any, signs: str) -> tuple[str, ...]:
    """Return the parts of a cell with a list: as JSON has it, as Python prints it, or parted by one of `signs`."""
    if not isinstance(value, str):  # numbers are somebody's keys, not names
        return tuple(name for name in _texts(value) if not name.isdigit())
    if value.strip().startswith("[") and value.strip().endswith("]"):
        signs = ","
    return tuple(part.strip(_LIST_MARKS) for part in re.split(f"[{signs}]", value))


def _texts(value: Any, is_line: bool = True) -> Iterator[str]:
    """Yield the texts of a JSON value: of a list those of its entries, of an object what it is about."""
    if is_line and isinstance(value, dict) and isinstance(value.get("rendered"), str):  # WordPress: HTML in any field
        yield unescape(_TAG.sub("", value["rendered"]))
        return
    for entry in value if isinstance(value, list) else [value]:
        inner = next((entry[key] for key in _INNER if key in entry), None) if isinstance(entry, dict) else entry
        if isinstance(inner, (str, int, float)) and not isinstance(inner, bool):
            yield str(inner)


# Rows


def _csv_rows(text: str, path: str, reading: Reading) -> Iterator[Row | Problem]:
    """Yield the rows of CSV (RFC 4180) below its header line."""
    told = _EXCEL.match(text)
    start = told.end() if told else 0
    offset = 1 if told else 0
    delimiter = told[1] if told else _delimiter(text[:_SAMPLE], reading.columns)
    taken: list[str] = []
    reader = csv.reader(_noted(StringIO(text[start:], newline=""), taken), delimiter=delimiter, strict=True)
    header: list[str] = []
    while True:
        taken.clear()
        line = reader.line_num + 1 + offset
        try:
            cells = _next(reader)
        except csv.Error as error:
            yield _broken(str(error), path, line, reader.line_num + offset)
            continue
        if cells is None:
            return
        if not any(cell.strip() for cell in cells):
            continue
        if not header:
            header = [cell.strip() for cell in cells]
            if problem := _unknown(header, path, line, reading):
                yield problem
                return
            continue
        if any(cell.strip() for cell in cells[len(header) :]):
            message = f"the row has {len(cells)} cells, and the header only {len(header)}"
            hint = f"put quotes around the cells that hold `{delimiter}`".replace("\t", "a tab")
            yield Problem("error", path, line, message, hint)
            continue
        cells += [""] * (len(header) - len(cells))
        yield Row(
            dict(zip(reversed(header), reversed(cells[: len(header)]), strict=True)), line, "".join(taken).encode()
        )


def _noted(lines: Iterable[str], taken: list[str]) -> Iterator[str]:
    """Yield `lines`, and note them in `taken`."""
    for line in lines:
        taken.append(line)
        yield line


def _next(reader: Iterator[list[str]]) -> list[str] | None:
    """Return the next row, whose cells may be long; None at the end. Raises csv.Error."""
    before = csv.field_size_limit(MAX_CELL)  # one for all of Python, so it is set back
    try:
        return next(reader, None)
    finally:
        csv.field_size_limit(before)


def _broken(said: str, path: str, line: int, last: int) -> Problem:
    lines = f"the lines {line} to {last} were" if last > line else "it was"
    if "end of data" in said:
        return Problem("error", path, line, f"a quote that begins here never ends; {lines} left out", "close the quote")
    message = f"the row is not valid CSV ({said}); {lines} left out"
    return Problem("error", path, line, message, 'put `""` for each quote inside a quoted cell')


def _delimiter(text: str, wanted: Mapping[str, str] = MappingProxyType({})) -> str:
    """Return the sign that parts the cells of a header: the one with which most columns are known, then most are there."""

    def known(delimiter: str) -> tuple[int, int]:
        names = _split(text, delimiter)
        return len(columns.find(names, wanted).names), len(names)

    return max(_DELIMITERS, key=known)


def _split(text: str, delimiter: str) -> list[str]:
    """Return the cells of the first row of `text` that has any."""
    try:
        rows = csv.reader(StringIO(text, newline=""), delimiter=delimiter)
        return [cell.strip() for cell in next((row for row in rows if any(row)), [])]
    except csv.Error:
        return []


def _unknown(header: list[str], path: str, line: int, reading: Reading) -> Problem | None:
    """Say that a table has no column for the headline or the text."""
    found = columns.find(header, reading.columns).names
    missing = [] if "title" in found else ["headline (`title`)"]
    missing += [] if "text" in found or "summary" in found else ["`text`"]
    if not missing:
        return None
    message = f"no column is known as the {' and the '.join(missing)}; the columns are: {', '.join(header)[:300]}"
    hint = f"name them in `digest.yml`, for example `columns: {{title: {header[0][:40] or 'Head'}, text: Body}}`"
    return Problem("error", path, line, message, hint)

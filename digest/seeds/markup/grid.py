"""Grids: the tables of HTML that hold data, as tables of Markdown; others only lay a page out."""

from collections.abc import Callable
from typing import Any

from digest.seeds.markup.elements import HEADING, LISTS, name_of, whole

MAX_CELLS = 20_000
"""Cells of a table; a larger one becomes paragraphs."""
MAX_CELL = 400
"""Characters in a cell of a table without header cells; with more, the table only lays a page out."""


def table(node: Any, cell_of: Callable[[Any], str]) -> str:
    """Return a table in GitHub Flavored Markdown, or empty for one that only lays a page out.

    `cell_of` returns the Markdown of a cell, without line ends. The first row becomes the head: Markdown has no tables
    without one. A table inside a table, with a heading, a list, one row or one column lays out.
    """
    if (node.get("role") or "").lower() in ("presentation", "none"):
        return ""
    rows: list[Any] = []
    has_headers = False
    for each in node.iterdescendants():
        name = name_of(each)
        if name == "table" or name in HEADING or name in LISTS or name in ("blockquote", "pre", "figure"):
            return ""
        if name == "tr":
            rows.append(each)
        has_headers = has_headers or name == "th"
    grid = _grid(rows, cell_of) if len(rows) > 1 else []
    if not grid or (not has_headers and any(len(cell) > MAX_CELL for row in grid for cell in row)):
        return ""
    lines = [f"| {' | '.join(row)} |" for row in grid]
    lines.insert(1, "|" + " --- |" * len(grid[0]))
    return "\n".join(lines)


def _grid(rows: list[Any], cell_of: Callable[[Any], str]) -> list[list[str]]:
    """Return the Markdown of a table's cells, all rows equally long; nothing where they are no table."""
    grid: list[list[str]] = []
    below: dict[int, int] = {}
    cells = 0
    for row in rows:
        line: list[str] = []
        for cell in row:
            if name_of(cell) not in ("td", "th"):
                continue
            while below.get(len(line), 0) > 0:
                below[len(line)] -= 1
                line.append("")
            across, down = (min(max(whole(cell.get(name), 1), 1), 100) for name in ("colspan", "rowspan"))
            below |= {len(line) + step: down - 1 for step in range(across)}
            line += [cell_of(cell).replace("|", "\\|")] + [""] * (across - 1)
            cells += across
            if cells > MAX_CELLS:
                return []
        for column in sorted(column for column, left in below.items() if left > 0 and column >= len(line)):
            below[column] -= 1
        grid.append(line)
    grid = [row for row in grid if any(row)]
    width = max((len(row) for row in grid), default=0)
    if width * len(grid) > MAX_CELLS:
        return []
    grid = [row + [""] * (width - len(row)) for row in grid]
    used = [column for column in range(width) if any(row[column] for row in grid)]
    return [[row[column] for column in used] for row in grid] if len(used) > 1 and len(grid) > 1 else []

"""The build memory: what the last build read and wrote, in `.digest/` (always safe to delete)."""

import json
import os
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping, Set
from contextlib import contextmanager
from pathlib import Path
from types import MappingProxyType
from typing import Literal, NamedTuple, TypeVar

from digest import locks
from digest.errors import DigestError
from digest.fingerprints import signature
from digest.layout import MEMORY

R = TypeVar("R")
_FILE = "memory.sqlite"
FORMAT = 8
"""Counted up when the tables change: an older memory is then forgotten."""

_TABLES = """
CREATE TABLE IF NOT EXISTS seeds (path TEXT PRIMARY KEY, signature TEXT NOT NULL, digest BLOB NOT NULL, told TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS articles (folder TEXT PRIMARY KEY, files BLOB NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS editions (path TEXT PRIMARY KEY, signature TEXT NOT NULL, written BLOB NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS days (day TEXT PRIMARY KEY, digest BLOB NOT NULL, placed BLOB NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS outputs (site TEXT, section TEXT, signatures TEXT NOT NULL, keys BLOB NOT NULL, PRIMARY KEY (site, section)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS sections (site TEXT, name TEXT, digest BLOB NOT NULL, PRIMARY KEY (site, name)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS notes (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
"""


class Written(NamedTuple):
    """What the memory knows of a file of the site."""

    key: bytes
    digest: bytes
    signature: str
    section: str
    """The section of the plan that it belongs to."""


def whole(section: str) -> str:
    """Return the section that one is part of: `2025-08` for `2025-08/17`, the part of a month that is a day."""
    return section.partition("/")[0]


class Seed(NamedTuple):
    """What the memory knows of a seed file that was imported without a mistake."""

    signature: str
    digest: bytes
    told: str
    """What else was said of it, as JSON; often nothing."""


class Parsed(NamedTuple):
    """What the memory knows of a content file."""

    signature: str
    article: bytes
    """Encoded."""
    features: bytes
    """What it is about, see `editor.words`."""


class Tables(NamedTuple):
    """What a memory said when it was left, for the next build of the same process: of use while nobody else wrote to it."""

    state: str
    """Of the file."""
    articles: Mapping[str, Parsed] | None
    days: Mapping[str, tuple[bytes, bytes]] | None
    outputs: Mapping[str, Mapping[str, Written]]
    """By output folder."""


_UNREAD = Tables("", None, None, MappingProxyType({}))


class Memory:
    """The open memory of a project. Close it with `opened`."""

    def __init__(self, database: sqlite3.Connection, tables: Tables = _UNREAD) -> None:
        self._database = database
        self._articles, self._days, self._outputs = tables.articles, tables.days, dict(tables.outputs)
        # What was read is kept, and never changed: a write makes another.

    def seeds(self) -> dict[str, str]:
        """Return the signature of every seed file that was imported without a mistake, by path."""
        return dict(self._database.execute("SELECT path, signature FROM seeds"))

    def known_seeds(self) -> dict[str, Seed]:
        """Return everything that is known of the same files."""
        return {path: Seed(*row) for path, *row in self._database.execute("SELECT * FROM seeds")}

    def articles(self) -> Mapping[str, Parsed]:
        """Return what is known of every content file that could be read, by path."""
        if self._articles is None:
            found: dict[str, Parsed] = {}
            for (files,) in self._database.execute("SELECT files FROM articles"):
                found |= _unpacked(files, dict[str, Parsed])
            self._articles = found
        return self._articles

    def editions(self) -> dict[str, tuple[str, bytes]]:
        """Return the signature and what it says (encoded) of every edition's file without a problem, by path."""
        rows = self._database.execute("SELECT path, signature, written FROM editions")
        return {path: (signed, written) for path, signed, written in rows}

    def days(self) -> Mapping[str, tuple[bytes, bytes]]:
        """Return what each day's articles were compared with (a digest), and the stories that they were put into."""
        if self._days is None:
            rows = self._database.execute("SELECT day, digest, placed FROM days")
            self._days = {day: (digest, placed) for day, digest, placed in rows}
        return self._days

    def outputs(self, site: str) -> Mapping[str, Written]:
        """Return what was written to the output folder `site`, by path; no key where a write may not have ended."""
        if site not in self._outputs:
            rows = self._database.execute("SELECT section, signatures, keys FROM outputs WHERE site = ?", (site,))
            self._outputs[site] = {
                path: Written(key, digest, signed, section)
                for section, signatures, keys in rows
                for (path, signed), (key, digest) in zip(
                    json.loads(signatures).items(), _unpacked(keys, list[tuple[bytes, bytes]]), strict=True
                )
            }
        return self._outputs[site]

    def paths(self, site: str, months: Iterable[str]) -> dict[str, list[str]]:
        """Return the files of months in the output folder `site`."""
        found: dict[str, list[str]] = {name: [] for name in months}
        for path, written in self.outputs(site).items() if found else ():
            if (month := whole(written.section)) in found:
                found[month].append(path)
        return found

    def signatures(self, site: str) -> dict[str, str]:
        """Return the signature of every file of the output folder `site`, by path."""
        found: dict[str, str] = {}
        for (signatures,) in self._database.execute("SELECT signatures FROM outputs WHERE site = ?", (site,)):
            found |= json.loads(signatures)
        return found

    def note(self, name: str) -> str:
        """Return a note that an earlier build left; empty where it left none."""
        row = self._database.execute("SELECT value FROM notes WHERE name = ?", (name,)).fetchone()
        return str(row[0]) if row else ""

    def set_note(self, name: str, value: str) -> None:
        """Leave a note for the next build."""
        with self._database:
            self._database.execute("INSERT OR REPLACE INTO notes VALUES (?, ?)", (name, value))

    def set_seeds(self, changed: Mapping[str, Seed], gone: Iterable[str]) -> None:
        """Remember seed files, and forget those that are `gone`."""
        with self._database:
            self._database.executemany("DELETE FROM seeds WHERE path = ?", ((path,) for path in gone))
            rows = ((path, *row) for path, row in changed.items())
            self._database.executemany("INSERT OR REPLACE INTO seeds VALUES (?, ?, ?, ?)", rows)

    def set_articles(self, changed: Mapping[str, Parsed], gone: Iterable[str]) -> None:
        """Remember what content files say, and forget those that are `gone`."""
        gone = set(gone)
        self._articles = _changed(self.articles(), changed, gone)
        folders = set(map(os.path.dirname, (*changed, *gone)))
        files = _grouped(folders, ((path.rpartition("/")[0], path, row) for path, row in self._articles.items()))
        with self._database:
            empty = [(folder,) for folder in folders if not files[folder]]
            self._database.executemany("DELETE FROM articles WHERE folder = ?", empty)
            rows = ((folder, _packed(of_folder)) for folder, of_folder in files.items() if of_folder)
            self._database.executemany("INSERT OR REPLACE INTO articles VALUES (?, ?)", rows)

    def set_editions(self, known: Mapping[str, tuple[str, bytes]]) -> None:
        """Remember these files of editions, and no others."""
        with self._database:
            self._database.execute("DELETE FROM editions")
            rows = ((path, *row) for path, row in known.items())
            self._database.executemany("INSERT INTO editions VALUES (?, ?, ?)", rows)

    def set_days(self, changed: Mapping[str, tuple[bytes, bytes]], gone: Iterable[str]) -> None:
        """Remember the stories of days, and forget those that are `gone`."""
        gone = set(gone)
        self._days = _changed(self.days(), changed, gone)
        with self._database:
            self._database.executemany("DELETE FROM days WHERE day = ?", ((day,) for day in gone))
            rows = ((day, *row) for day, row in changed.items())
            self._database.executemany("INSERT OR REPLACE INTO days VALUES (?, ?, ?)", rows)

    def sections(self, site: str) -> dict[str, bytes]:
        """Return the digests of the sections that are complete in the output folder `site`, by name."""
        return dict(self._database.execute("SELECT name, digest FROM sections WHERE site = ?", (site,)))

    def forget(self, site: str, paths: Iterable[str], sections: Iterable[str]) -> None:
        """Forget files of the output folder and sections before they are worked on, and that it was complete."""
        with self._database:
            self._database.execute("DELETE FROM notes WHERE name = ?", (f"done {site}",))
            rows = ((site, name) for name in sections)
            self._database.executemany("DELETE FROM sections WHERE site = ? AND name = ?", rows)
        self._change_outputs(site, {}, set(paths))

    def set_outputs(self, site: str, written: Mapping[str, Written], sections: Mapping[str, bytes]) -> None:
        """Remember what now is in the output folder, and which sections are complete."""
        self._change_outputs(site, written, set())
        with self._database:
            complete = ((site, *row) for row in sections.items())
            self._database.executemany("INSERT OR REPLACE INTO sections VALUES (?, ?, ?)", complete)

    def _change_outputs(self, site: str, written: Mapping[str, Written], gone: Set[str]) -> None:
        before = self.outputs(site)
        after = self._outputs[site] = _changed(before, written, gone)
        sections = {row.section for path in (*written, *gone) for rows in (before, after) if (row := rows.get(path))}
        files = _grouped(sections, ((row.section, path, row) for path, row in after.items()))
        with self._database:
            empty = [(site, section) for section in sections if not files[section]]
            self._database.executemany("DELETE FROM outputs WHERE site = ? AND section = ?", empty)
            for section, rows in files.items():
                if rows:
                    signatures = json.dumps({path: row.signature for path, row in rows.items()})
                    packed = (site, section, signatures, _packed([row[:2] for row in rows.values()]))
                    self._database.execute("INSERT OR REPLACE INTO outputs VALUES (?, ?, ?, ?)", packed)

    def let_go(self) -> None:
        """Do not keep what articles and days say: who asks for it again has it read again."""
        self._articles = self._days = None

    def tables(self, root: Path) -> Tables:
        """Return what this memory of the project `root` says now, to be handed to the next `opened`."""
        return Tables(_state(root / MEMORY / _FILE), self._articles, self._days, self._outputs)


def _changed(rows: Mapping[str, R], new: Mapping[str, R], gone: Set[str]) -> Mapping[str, R]:
    """Return rows as they are after a write."""
    return {path: row for path, row in rows.items() if path not in gone} | dict(new) if new or gone else rows


def _grouped(groups: Set[str], rows: Iterable[tuple[str, str, R]]) -> dict[str, dict[str, R]]:
    """Return the rows of these groups: the memory holds each as one, and so reads thousands of files at once."""
    files: dict[str, dict[str, R]] = {group: {} for group in groups}
    for group, path, row in rows:
        if group in files:
            files[group][path] = row
    return files


def _packed(value: object) -> bytes:
    from msgspec import msgpack  # not for a build that changes nothing

    return msgpack.encode(value)


def _unpacked(data: bytes, kind: type[R]) -> R:
    from msgspec import MsgspecError, msgpack

    try:
        return msgpack.decode(data, type=kind)
    except MsgspecError as error:
        raise sqlite3.DatabaseError(str(error)) from error


def _state(path: Path) -> str:
    """Return what changes whenever anybody writes to a database, or puts another in its place."""
    try:
        with path.open("rb") as file:
            status = os.fstat(file.fileno())
            # The file change counter (sqlite.org/fileformat.html, section 1.3.7).
            return f"{status.st_ino} {signature(status)} {file.read(28)[24:].hex()}"
    except OSError:
        return ""


@contextmanager
def opened(root: Path, waiting: Callable[[], None], tables: Tables = _UNREAD) -> Iterator[Memory]:
    """Open the memory of the project at `root`, alone: a second build waits, after telling so through `waiting`.

    `tables` are what it said when this process left it: if nobody wrote to it since, they need not be read again.
    Raises DigestError where `.digest/` cannot be written, or the other build does not end in `locks.WAIT` seconds.
    """
    folder = locks.make_folder(root)
    with locks.open_lock(folder / locks.BUILD) as held:
        locks.acquire(held, waiting)
        path = folder / _FILE
        right = tables.state and tables.state == _state(path)
        database = _database(path)
        try:
            yield Memory(database, tables if right else _UNREAD)
        except sqlite3.Error as error:
            message = f"{path} cannot be used: {error}"
            hint = f"make room, or mend its permissions, or delete {folder}; and run the command again"
            raise DigestError(message, hint) from error
        finally:
            database.close()


@contextmanager
def glanced(root: Path) -> Iterator[Memory]:
    """Open the memory of the project at `root` to look at it: nothing is written, and no build is waited for.

    One that is not there, or cannot be read now, is as good as empty. Nothing may be set.
    """
    database = _glance(root / MEMORY / _FILE)
    try:
        yield Memory(database)
    finally:
        database.close()


def condition(root: Path) -> Literal["none", "good", "other", "broken"]:
    """Tell whether there is a memory, and whether it is of this version of the program and can be read."""
    path = root / MEMORY / _FILE
    if not path.exists():
        return "none"
    database = None
    try:
        database = sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True, timeout=1)
        (version,) = database.execute("PRAGMA user_version").fetchone()
        (sound,) = database.execute("PRAGMA quick_check(1)").fetchone()
    except sqlite3.Error:
        return "broken"
    finally:
        if database is not None:
            database.close()
    return "broken" if sound != "ok" else "good" if version == FORMAT else "other"


def _database(path: Path) -> sqlite3.Connection:
    """Open the database; one that is broken or of another format is thrown away."""
    wrong = ""
    for _ in range(2):
        database = sqlite3.connect(path)
        try:
            # A lost memory costs a full build and nothing else: no write needs to reach the disk at once.
            database.execute("PRAGMA synchronous = OFF")
            (found,) = database.execute("PRAGMA user_version").fetchone()
            if found == FORMAT:
                database.execute("SELECT count(*) FROM notes").fetchone()
                return database
            if found == 0:
                database.executescript(_TABLES)
                database.execute(f"PRAGMA user_version = {FORMAT}")
                return database
        except sqlite3.DatabaseError as error:
            wrong = f": {error}"
        database.close()
        path.unlink()
        Path(f"{path}-journal").unlink(missing_ok=True)
    raise DigestError(f"{path} cannot be used{wrong}", f"make room, or delete {path.parent}")


def _glance(path: Path) -> sqlite3.Connection:
    """Open the database for reading, as it is now; in its place an empty one where it is of no use."""
    try:
        database = sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True, timeout=1, isolation_level=None)
    except sqlite3.Error:
        return _empty()
    try:
        database.execute("BEGIN")  # a build that runs changes nothing under our eyes
        (found,) = database.execute("PRAGMA user_version").fetchone()
        database.execute("SELECT count(*) FROM notes").fetchone()
    except sqlite3.Error:
        found = 0
    if found == FORMAT:
        return database
    database.close()
    return _empty()


def _empty() -> sqlite3.Connection:
    database = sqlite3.connect(":memory:")
    database.executescript(_TABLES)
    return database

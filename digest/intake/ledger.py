"""The record of imports: which article of which seeds was written where, committed beside the content it speaks of.

So a fresh clone decides like the machine that imported first (`content/2025/08/.imported.jsonl`).
"""

import hashlib
from collections.abc import Iterable

import msgspec

from digest.errors import Problem
from digest.layout import LEDGER


class Version(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, gc=False):
    """An article as one seed has it."""

    seed: str
    """The seed file, relative to the project."""
    place: int = 0
    """Its place among the articles of the file."""
    sha256: str = ""
    """Of its bytes in the seed."""
    text: str
    """Hash of the article in the seed, with its header: it is known again by it."""
    body: str = ""
    """Hash of what it says below its headline."""
    date: str
    updated: str = ""
    """Where the seed states it."""
    title: str
    lead: str
    """Hash of the first block: it recognises an article whose headline was changed."""
    hashes: str = ""
    """`twice.hashes_of`: by these, other versions of it are found."""


class Record(Version, frozen=True, kw_only=True, omit_defaults=True, gc=False):
    """One article that was imported: the version of which the content file is, and what else is known of it."""

    path: str
    """The content file, relative to the project."""
    id: str
    first: str = ""
    """`date` of the content file, where it is another version's."""
    also: tuple[Version, ...] = ()
    """The other versions, the oldest first."""
    earlier: tuple[str, ...] = ()
    """Texts that an edit of a seed replaced: a copy of one elsewhere is no new article, and none that counts."""
    wrote: str
    """Hash of the content file as it was written: another on disk means that a person edited it."""
    importer: int
    """`compose.IMPORTER` of then."""
    how: str = ""
    """Hash of the settings by which seeds were read then; empty for the usual ones."""
    topics: tuple[str, ...] = ()
    """Those of the content file as it was first written, or as `digest topics` renamed them since."""
    stated: tuple[str, ...] = ()
    """Those that the seed states, where `topics` has other names for them."""
    terms: bytes = b""
    """`terms.marks` of the version of which the content file is: new articles are compared with it."""

    @property
    def main(self) -> Version:
        """The version of which the content file is."""
        return Version(**{name: getattr(self, name) for name in Version.__struct_fields__})


def fingerprint(data: bytes) -> str:
    """Return the hash by which the record knows a file, whatever line ends a checkout gave it."""
    return hashlib.blake2b(data.replace(b"\r\n", b"\n"), digest_size=10).hexdigest()


def ledger_of(path: str) -> str:
    """Return the ledger that speaks of the content file `path`."""
    return "/".join([*path.split("/")[:3], LEDGER])


def read_ledger(data: bytes, path: str) -> tuple[list[Record], list[Problem]]:
    """Read the lines of a ledger; what is none (a merge gone wrong) is named."""
    records, problems = [], []
    decode = msgspec.json.Decoder(Record).decode
    folder = path.removesuffix(LEDGER)
    for number, line in enumerate(data.split(b"\n"), 1):
        if line.strip():
            try:
                record = decode(line)
                if not record.path.startswith(folder) or "/../" in record.path:
                    raise ValueError("a record elsewhere")
                records.append(record)
            except (msgspec.MsgspecError, ValueError):
                problems.append(
                    Problem(
                        "error",
                        path,
                        number,
                        "the line is no record of an import",
                        "restore it from version control, or delete the line",
                    )
                )
    return records, problems


def write_ledger(records: Iterable[Record]) -> bytes:
    """Return the bytes of a ledger: a JSON object a line, sorted by path, so that merges are easy."""
    lines = {record.path: msgspec.json.encode(record) for record in records}
    return b"".join(lines[path] + b"\n" for path in sorted(lines))

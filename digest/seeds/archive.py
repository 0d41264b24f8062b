"""Archives: `.zip`, `.tar` and `.tar.gz` with seeds of any format in them. Nothing is ever unpacked to disk."""

from collections.abc import Callable, Iterator
from io import BytesIO
from typing import IO, TYPE_CHECKING, Any, NamedTuple

from digest.errors import Problem

if TYPE_CHECKING:  # loaded where there is an archive
    from tarfile import TarInfo
    from zipfile import ZipInfo

NAME = "archive"
MAX_FILE = 20 * 1024 * 1024
"""Bytes of a seed file, alone or in an archive; a larger one is no pile of articles."""
MAX_ENTRIES = 10_000
"""Files and folders in one archive."""
MAX_TOTAL = 200 * 1024 * 1024
"""Bytes of all files in one archive, unpacked."""
MAX_NAME = 1000
"""Characters of a name in an archive."""

_ZIP = (b"PK\3\4", b"PK\5\6")
_ZIP_ENTRY = b"PK\1\2"
_GZIP = b"\x1f\x8b\x08"
_OTHERS = (b"\xfd7zXZ\0", b"\x28\xb5\x2f\xfd", b"7z\xbc\xaf\x27\x1c", b"Rar!\x1a\x07")
_BLOCK = 512
_CHUNK = 1024 * 1024
_DOCUMENTS = frozenset(["[Content_Types].xml", "mimetype", "META-INF/MANIFEST.MF"])
"""Names at the top of zip files that are something else: Office Open XML, OpenDocument and EPUB, Java."""
_REPACK = "unpack it, and put its files into `seeds/`, or pack them again as .zip or .tar.gz"
_REFETCH = "fetch the archive again, or pack it again"


class _Entry(NamedTuple):
    """A file in an archive, before it is read."""

    name: str
    size: int
    """As the archive declares it, which need not be true."""
    wrong: str
    """Why it is not read; empty where it can be."""
    info: Any


def recognises(data: bytes, path: str) -> bool:
    """Tell an archive by its magic bytes (APPNOTE 4.3, RFC 1952 section 2.3.1, POSIX ustar), never by its name."""
    return data.startswith((*_ZIP, _GZIP)) or data[257:262] == b"ustar" or _is_other(data)


def _is_other(data: bytes) -> bool:
    return data.startswith(_OTHERS) or (data.startswith(b"BZh") and data[4:10] == b"1AY&SY")


def members(data: bytes, path: str) -> Iterator[tuple[str, bytes] | Problem]:
    """Yield path and bytes of each file in an archive, sorted by name, and a Problem for each that is left out.

    The paths begin with the archive's own. Sizes are counted as they are read, whatever the archive declares.
    Hidden files and folders are passed over. Never raises.
    """
    if _is_other(data):
        yield Problem("error", path, 0, "archives of this kind are not read", _REPACK)
    elif data.startswith(_ZIP):
        yield from _zip_members(data, path)
    else:
        yield from _tar_members(data, path)


def _zip_members(data: bytes, path: str) -> Iterator[tuple[str, bytes] | Problem]:
    from zipfile import ZipFile

    if data.count(_ZIP_ENTRY) > MAX_ENTRIES:  # counted before ZipFile makes an object of each
        yield _too_many(path)
        return
    try:
        archive = ZipFile(BytesIO(data))
    except Exception as error:  # zipfile raises a dozen types on broken archives
        yield Problem("error", path, 0, f"the zip archive is broken or cut off ({_said(error)})", _REFETCH)
        return
    if not _DOCUMENTS.isdisjoint(archive.namelist()):
        message = "the file is an office document, an e-book or a program, not an archive of articles"
        yield Problem("error", path, 0, message, "save it as plain text or HTML")
        return
    entries = [_zip_entry(info) for info in archive.infolist()]
    yield from _read_all(entries, path, archive.open)


def _zip_entry(info: "ZipInfo") -> _Entry:
    from zipfile import ZIP_DEFLATED, ZIP_STORED

    wrong = ""
    if info.flag_bits & 1:
        wrong = "it is encrypted"
    elif info.external_attr >> 28 not in (0, 4, 8):  # the POSIX file type: none told, a folder, a file
        wrong = "it is a link or a device, not a file"
    elif info.compress_type not in (ZIP_STORED, ZIP_DEFLATED):  # zipfile unpacks the others without bound
        wrong = "it is compressed in a way that is not read"
    return _Entry(info.filename.replace("\\", "/"), info.file_size, wrong, info)


def _tar_members(data: bytes, path: str) -> Iterator[tuple[str, bytes] | Problem]:
    from tarfile import TarError, TarFile

    plain, broken = _gunzip(data) if data.startswith(_GZIP) else (data, "")
    if len(plain) > MAX_TOTAL:
        yield Problem("error", path, 0, f"the archive unpacks to more than {MAX_TOTAL:,} bytes", "split it")
        return
    entries: list[_Entry] = []
    place = -1
    try:
        archive = TarFile(fileobj=BytesIO(plain), errors="replace")
        while (info := archive.next()) is not None:
            if info.size < 0 or archive.offset <= place:  # else it would be read again and again
                raise TarError("a size in it is impossible")
            if len(entries) == MAX_ENTRIES:
                yield _too_many(path)
                return
            place = archive.offset
            entries.append(_tar_entry(info))
        end = plain[archive.offset : archive.offset + _BLOCK]
        if not end or end.strip(b"\0"):  # tarfile takes any nonsense after the first file for the end
            raise TarError("its end is missing")
    except Exception as error:  # tarfile lets ValueError, RecursionError and others through
        broken = broken or _said(error)
    if entries:
        yield from _read_all(entries, path, archive.extractfile)
    if broken:
        message = f"the archive is broken or cut off ({broken}); what could be read of it was"
        yield Problem("error", path, 0, message, _REFETCH)


def _tar_entry(info: "TarInfo") -> _Entry:
    is_file = info.isdir() or (info.isfile() and not info.issparse())
    name = f"{info.name}/" if info.isdir() else info.name
    return _Entry(name, info.size, "" if is_file else "it is a link or a device, not a file", info)


def _gunzip(data: bytes) -> tuple[bytes, str]:
    """Return what a gzip file holds, of more than MAX_TOTAL only a bit more, and what is wrong with it."""
    from gzip import GzipFile

    chunks: list[bytes] = []
    size = 0
    try:
        file = GzipFile(fileobj=BytesIO(data))
        while size <= MAX_TOTAL and (chunk := file.read1(_CHUNK)):
            chunks.append(chunk)
            size += len(chunk)
    except Exception as error:  # EOFError, zlib.error, BadGzipFile
        return b"".join(chunks), _said(error)
    return b"".join(chunks), ""


def _read_all(
    entries: list[_Entry], path: str, opened: Callable[[Any], IO[bytes] | None]
) -> Iterator[tuple[str, bytes] | Problem]:
    """Read `entries` in the order of their names."""
    total = 0
    for entry in sorted(entries, key=lambda entry: entry.name):
        parts = [part for part in entry.name.split("/") if part != "."]
        if not parts[-1] or any(part == "__MACOSX" or part.startswith(".") for part in parts if part != ".."):
            continue
        name = "/".join(parts).encode(errors="replace").decode()
        where = f"{path}/{name[:MAX_NAME]}"
        if wrong := entry.wrong or _wrong_name(name):
            yield Problem("error", where, 0, f"the file in the archive was left out: {wrong}", _REPACK)
            continue
        try:
            member = b"" if entry.size > MAX_FILE else _read(entry, opened)
        except Exception as error:  # as above, and zlib.error
            yield Problem("error", where, 0, f"the file in the archive is broken ({_said(error)})", _REFETCH)
            continue
        if max(entry.size, len(member)) > MAX_FILE:
            message = f"the file in the archive has more than {MAX_FILE:,} bytes"
            yield Problem("error", where, 0, message, "split it, or take out what is no text")
            continue
        total += len(member)
        if total > MAX_TOTAL:
            message = f"the archive holds more than {MAX_TOTAL:,} bytes; this file and those after it were left out"
            yield Problem("error", where, 0, message, "split the archive")
            return
        yield where, member


def _read(entry: _Entry, opened: Callable[[Any], IO[bytes] | None]) -> bytes:
    """Return the bytes of a file, of more than MAX_FILE only one more. Raises what the libraries raise."""
    file = opened(entry.info)
    assert file is not None
    return file.read(MAX_FILE + 1)


def _wrong_name(name: str) -> str:
    """Say what is wrong with the name of a file in an archive."""
    parts = name.split("/")
    if ".." in parts or not parts[0] or parts[0].endswith(":"):
        return "its name leads out of the archive"
    if len(name) > MAX_NAME:
        return f"its name has more than {MAX_NAME:,} characters"
    return "" if name.isprintable() else "its name holds control characters"


def _too_many(path: str) -> Problem:
    return Problem("error", path, 0, f"the archive holds more than {MAX_ENTRIES:,} files", "split it")


def _said(error: Exception) -> str:
    return " ".join(str(error).split())[:100] or type(error).__name__

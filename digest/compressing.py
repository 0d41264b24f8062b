"""Compressing: the bytes of a file in, those of its compressed copy out, the same ones each time."""

import zlib
from collections.abc import Callable, Iterable, Mapping
from functools import cache
from importlib import import_module
from typing import Any

from digest.errors import DigestError

_TEXT = (
    ".css", ".csv", ".html", ".ics", ".js", ".json", ".jsonld", ".map",
    ".md", ".mjs", ".opml", ".svg", ".txt", ".webmanifest", ".xml", ".xsl",
)  # fmt: skip
_LEVELS = {"gz": 9, "br": 8, "zst": 12}
"""More effort than this takes ten times as long for a few bytes of a page."""
_LIBRARIES = {"br": "brotli", "zst": "zstandard"}
CODINGS = tuple(_LEVELS)
"""How a copy can be compressed, which is how its name ends: gzip (RFC 1952), Brotli (RFC 7932), Zstandard (RFC 8878)."""


def copies(path: str, codings: Iterable[str]) -> list[str]:
    """Return the paths of the compressed copies of a file: one for each of `codings`, none where it is no text."""
    return [f"{path}.{coding}" for coding in codings] if path.endswith(_TEXT) else []


def original(path: str) -> str:
    """Return which file `path` is a compressed copy of, by its name; empty where it is none."""
    stem, _, coding = path.rpartition(".")
    return stem if coding in CODINGS and stem.endswith(_TEXT) else ""


def compress(data: bytes, path: str) -> bytes:
    """Return what a copy named `path` of a file with `data` holds. Raises DigestError where a library is missing."""
    return _COMPRESS[_coding(path)](data)


def expand(data: bytes, path: str, most: int) -> bytes | None:
    """Return what a copy named `path` says, or its first `most` bytes and one more; None where it is broken."""
    coding = _coding(path)
    try:
        if coding == "gz":
            return zlib.decompressobj(wbits=31).decompress(data, most + 1)
        if coding == "br":
            decoder = _library("brotli").Decompressor()
            return bytes(decoder.process(data, output_buffer_limit=most + 1))[: most + 1]
        return bytes(_library("zstandard").ZstdDecompressor().stream_reader(data).read(most + 1))
    except DigestError:
        raise
    except Exception:  # each library has an exception of its own
        return None


def refuse_missing(codings: Iterable[str]) -> None:
    """Raise DigestError where a library that is needed is not installed."""
    for coding in codings:
        if coding in _LIBRARIES:
            _library(_LIBRARIES[coding])


def _coding(path: str) -> str:
    return path.rpartition(".")[2]


def _gzip(data: bytes) -> bytes:
    packer = zlib.compressobj(_LEVELS["gz"], wbits=31)
    packed = packer.compress(data) + packer.flush()
    return packed[:9] + b"\xff" + packed[10:]  # zlib names the system here (RFC 1952, section 2.3.1)


def _brotli(data: bytes) -> bytes:
    return bytes(_library("brotli").compress(data, quality=_LEVELS["br"]))


def _zstandard(data: bytes) -> bytes:
    return bytes(_compressor().compress(data))


@cache
def _compressor() -> Any:
    return _library("zstandard").ZstdCompressor(level=_LEVELS["zst"])


def _library(name: str) -> Any:
    try:
        return import_module(name)  # here: who compresses nothing needs none
    except ImportError as error:
        hint = "`pip install 'news-digest[compress]'` brings it; or write `compress: [gz]`"
        raise DigestError(f"`compress` needs the library {name}, which is not installed", hint) from error


_COMPRESS: Mapping[str, Callable[[bytes], bytes]] = {"gz": _gzip, "br": _brotli, "zst": _zstandard}

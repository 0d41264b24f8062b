"""Seals: a poster in which stands what it was made of, so that it need not be drawn again, even if nothing is remembered.

A seal is a chunk of text in the PNG (W3C, Portable Network Graphics, section 11.3.3.3). It holds a hash of all that is
drawn, of what draws it, and of all other bytes of the file: no other poster has it, and none that somebody changed.
"""

import hashlib
import zlib
from functools import cache
from importlib import metadata, resources

import msgspec

from digest import locales
from digest.views import Poster

LARGEST = 1 << 20
"""Bytes of a file beyond which it is no poster."""
_END = b"\x00\x00\x00\x00IEND\xaeB`\x82"
_NAME = b"tEXtdigest\x00"
_LENGTH = 32
"""Of the hash, as hexadecimal digits."""
_SIZE = 4 + len(_NAME) + _LENGTH + 4


def key(poster: Poster) -> bytes:
    """Return what only a poster has that would be drawn alike."""
    date = locales.date(poster.date, locales.locale_of(poster.language))
    return hashlib.blake2b(_drawing() + msgspec.msgpack.encode((poster, date))).digest()


def sealed(png: bytes, key: bytes) -> bytes:
    """Return a picture with the seal for a key."""
    chunk = _NAME + hashlib.blake2b(key + png, digest_size=_LENGTH // 2).hexdigest().encode()
    size, check = len(chunk) - 4, zlib.crc32(chunk)
    return b"".join((png[: -len(_END)], size.to_bytes(4, "big"), chunk, check.to_bytes(4, "big"), _END))


def holds(data: bytes, key: bytes) -> bool:
    """Tell whether a file is a picture with the seal for this key, as it was made."""
    end = len(data) - len(_END)
    return data.endswith(_END) and sealed(data[: end - _SIZE] + _END, key) == data


@cache
def _drawing() -> bytes:
    """Return what changes when the same poster may be drawn in another way."""
    try:
        versions = [metadata.version(name) for name in ("pillow", "fontpkg-source-serif-4")]
    except metadata.PackageNotFoundError:
        return b""  # nothing can be drawn, and who tries to is told so
    return resources.files("digest.pages").joinpath("posters.py").read_bytes() + " ".join(versions).encode()

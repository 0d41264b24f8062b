"""What a browser gets for an address: a file of the preview with its right type, a redirection, a range, or the page for none."""

import os
import re
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple
from urllib.parse import quote, unquote, urlsplit

OWN = "/.digest/"
"""Below it stands what belongs to the server, and to no site."""
SCRIPT = f"{OWN}reload.js"
EVENTS = f"{OWN}events"
TYPES = {
    ".html": "text/html; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".mjs": "text/javascript; charset=utf-8",
    ".json": "application/json",
    ".map": "application/json",
    ".jsonld": "application/ld+json",
    ".webmanifest": "application/manifest+json",
    ".xml": "application/xml",
    ".xsl": "text/xsl; charset=utf-8",
    ".opml": "text/x-opml; charset=utf-8",
    ".ics": "text/calendar; charset=utf-8",
    ".txt": "text/plain; charset=utf-8",
    ".md": "text/markdown; charset=utf-8",
    ".csv": "text/csv; charset=utf-8",
    ".svg": "image/svg+xml",
    ".png": "image/png",
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
    ".gif": "image/gif",
    ".webp": "image/webp",
    ".avif": "image/avif",
    ".ico": "image/x-icon",
    ".woff": "font/woff",
    ".woff2": "font/woff2",
    ".ttf": "font/ttf",
    ".otf": "font/otf",
    ".wasm": "application/wasm",
    ".pdf": "application/pdf",
    ".epub": "application/epub+zip",
    ".mp3": "audio/mpeg",
    ".m4a": "audio/mp4",
    ".ogg": "audio/ogg",
    ".mp4": "video/mp4",
    ".webm": "video/webm",
    ".zip": "application/zip",
    ".gz": "application/gzip",
}
"""By the end of a file's name, the same on every machine: what the system knows of types differs."""
UNKNOWN = "application/octet-stream"
_RANGE = re.compile(r"bytes=(\d*)-(\d*)")
_FEEDS = {b"<feed": "application/atom+xml", b"<rss": "application/rss+xml"}
_WAITING = """<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>digest serve</title></head>
<body><p>There is no page yet. It will appear here as soon as the digest can be built.</p></body></html>
"""


class Preview(NamedTuple):
    """What is served."""

    folder: Path
    prefix: str
    """The path of the digest's `url`: the site is served below it, so that all links are as they will be."""
    version: str
    """Of the site: another after each build that changed something."""


class Answer(NamedTuple):
    """What a browser gets."""

    status: int
    headers: Mapping[str, str]
    body: bytes = b""


def answer(preview: Preview, target: str, wanted: str = "") -> Answer:
    """Return what stands at `target`, the path of a request; `wanted` is its `Range` header."""
    try:
        path = unquote(urlsplit(target).path, errors="strict")
    except ValueError:
        return _none(preview)
    if path == SCRIPT:
        return _found(Path(__file__).with_name("reload.js").read_bytes(), ".js", wanted)
    if not path.startswith(preview.prefix):
        return _moved(preview.prefix) if path in ("/", preview.prefix.rstrip("/")) else _none(preview)
    inside = path.removeprefix(preview.prefix)
    file = _file(preview.folder, inside)
    if file is None:
        return _none(preview)
    if file.is_dir():
        if not (file / "index.html").is_file():
            return _none(preview)
        if not path.endswith("/"):
            return _moved(f"{path}/")
        file /= "index.html"
    try:
        data = file.read_bytes()
    except OSError:
        return _none(preview)
    if file.suffix == ".html":
        return _found(with_script(data, preview.version), ".html", "")
    return _found(data, file.suffix, wanted)


def with_script(page: bytes, version: str) -> bytes:
    """Return a page with the script that reloads it: a file of the same origin, as a strict page allows."""
    script = f'<script src="{SCRIPT}?{version}" defer></script>'.encode()
    before, end, after = page.rpartition(b"</body>")
    return before + script + end + after if end else page + script


def _file(folder: Path, inside: str) -> Path | None:
    """Return the file or folder of that name; None where there is none, or where it is not to be seen."""
    parts = inside.split("/")
    hidden = any(part.startswith(".") and part != ".well-known" for part in parts)
    if hidden or "\\" in inside or "\0" in inside or "" in parts[:-1]:
        return None
    try:
        file = (folder / inside).resolve()
        stands = file.exists() and (file.is_dir() or not inside.endswith("/"))
    except OSError:  # a name too long
        return None
    return file if stands and file.is_relative_to(folder.resolve()) else None


def _found(data: bytes, suffix: str, wanted: str) -> Answer:
    kind = TYPES.get(suffix.lower(), UNKNOWN)
    if suffix == ".xml":
        kind = next((feed for mark, feed in _FEEDS.items() if mark in data[:2000]), kind)
    headers = {"Content-Type": kind, "Cache-Control": "no-store", "X-Content-Type-Options": "nosniff"}
    if suffix != ".html":
        headers["Accept-Ranges"] = "bytes"
    match = _RANGE.fullmatch(wanted.strip())
    if match is None or not any(match.groups()):
        return Answer(200, headers, data)
    first, last = match.groups()
    start = int(first) if first else max(0, len(data) - int(last))
    end = min(int(last), len(data) - 1) if first and last else len(data) - 1
    if first and last and int(last) < start:
        return Answer(200, headers, data)  # no range at all, which is to be passed over (RFC 9110, section 14.1.1)
    if start >= len(data):
        return Answer(416, {**headers, "Content-Range": f"bytes */{len(data)}"})
    return Answer(206, {**headers, "Content-Range": f"bytes {start}-{end}/{len(data)}"}, data[start : end + 1])


def _moved(path: str) -> Answer:
    return Answer(302, {"Location": quote(path), "Cache-Control": "no-store"})


def _none(preview: Preview) -> Answer:
    """Return the site's own page for an address that is none, or while there is no site a page that waits for it."""
    headers = {"Content-Type": TYPES[".html"], "Cache-Control": "no-store"}
    page = preview.folder / "404.html"
    if not os.path.isfile(page):
        return Answer(503, headers, with_script(_WAITING.encode(), preview.version))
    return Answer(404, headers, with_script(page.read_bytes(), preview.version))

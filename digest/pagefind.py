"""Pagefind: HTML in, the files of a search index out, the same bytes for the same pages in the same order."""

import base64
import json
import shutil
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from importlib import import_module
from pathlib import Path
from typing import IO, Any, NamedTuple

ENTRY = "pagefind-entry.json"
"""Of an index: what it holds, by language."""
UNKNOWN = "unknown"
"""The search program for languages that Pagefind has no stemmer for."""
_INDEX = ("fragment/", "index/", "filter/")
_PACKAGES = ("pagefind_bin_extended", "pagefind_bin")
_NOBODY_SEARCHES = "ᚠᛇᚻ"
"""A program to search with comes with an index only, and an index with a word."""


class PagefindError(Exception):
    """No index was made; the message says why."""


class Engine(NamedTuple):
    """Pagefind on this machine."""

    program: str
    version: str
    """Another version may make other files."""


class Index(NamedTuple):
    """The index of some pages."""

    files: Mapping[str, bytes]
    """By name relative to its folder."""
    languages: Mapping[str, tuple[str, int]]
    """By language: the program that searches it, and the number of its pages."""


def find() -> Engine | None:
    """Return the Pagefind that is installed beside this program, or anywhere on the machine."""
    from importlib import metadata

    for package in _PACKAGES:
        try:
            program: Path = import_module(package).get_executable()
        except (ImportError, OSError):
            continue
        return Engine(str(program), f"{package} {metadata.version(package)}")
    for name in ("pagefind_extended", "pagefind"):
        if found := shutil.which(name):
            return Engine(found, f"{name} {_said([found, '--version'])}")
    return None


def index(engine: Engine, pages: Sequence[tuple[str, str]]) -> Index:
    """Index pages, each given with its address. Raises PagefindError."""
    made = _files(engine, pages)
    entry = _entry(made)
    found = {name: data for name, data in made.items() if name.startswith(_INDEX) or name.endswith(".pf_meta")}
    found[ENTRY] = _written(entry)
    languages = {
        language: (about["wasm"] or UNKNOWN, about["page_count"])
        for language, about in sorted(entry["languages"].items())
    }
    return Index(found, languages)


def searcher(engine: Engine, program: str) -> dict[str, bytes]:
    """Return the files of a program that searches indexes in a browser. Raises PagefindError."""
    html = f'<html lang="{program}"><body data-pagefind-body><p>{_NOBODY_SEARCHES}</p></body></html>'
    made = _files(engine, [("index.html", html)])
    entry = _entry(made)
    wanted = {f"wasm.{about['wasm'] or UNKNOWN}.pagefind" for about in entry["languages"].values()}
    found = {
        name: data
        for name, data in made.items()
        if name in wanted or name == "pagefind.js" or name.endswith((".pf_meta", ".pf_index"))
    }
    return {**found, ENTRY: _written(entry)}


def _entry(made: Mapping[str, bytes]) -> Any:
    entry = json.loads(made[ENTRY])
    if not entry["languages"]:
        raise PagefindError("Pagefind found nothing to index")
    return entry


def _written(entry: Any) -> bytes:
    """Write what an index holds in one order: Pagefind's own is another each time."""
    return json.dumps(entry, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def _files(engine: Engine, pages: Sequence[tuple[str, str]]) -> dict[str, bytes]:
    *_, answer = _ask(engine, [*_requests(pages)])
    return {file["path"]: base64.b64decode(file["content"]) for file in answer["files"]}


def _requests(pages: Sequence[tuple[str, str]]) -> Iterator[dict[str, Any]]:
    yield {"type": "NewIndex", "config": {"keep_index_url": True}}
    for path, html in pages:
        yield {"type": "AddFile", "index_id": 0, "file_path": path, "file_contents": html}
    yield {"type": "GetFiles", "index_id": 0}


def _ask(engine: Engine, requests: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return the answers of Pagefind's service, which reads and writes Base64 with a comma after each message."""
    import subprocess
    import threading

    try:
        process = subprocess.Popen(  # noqa: S603 - the program was found above
            [engine.program, "--service"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )
    except OSError as error:
        raise PagefindError(f"{engine.program} does not start: {error.strerror}") from error
    assert process.stdin is not None
    assert process.stdout is not None
    with process:
        # Both at once: neither pipe holds all that goes through it.
        sender = threading.Thread(target=_send, args=(process.stdin, requests), daemon=True)
        sender.start()
        try:
            answers = _receive(process.stdout, len(requests))
        except (ValueError, LookupError) as error:
            raise PagefindError(f"Pagefind's answer makes no sense: {error}") from error
        finally:
            process.kill()
            sender.join()
    if len(answers) < len(requests):
        raise PagefindError("Pagefind ended before the index was made")
    for answer in answers:
        if answer["type"] == "Error":
            raise PagefindError(f"Pagefind says: {answer.get('message', '')}")
    return answers


def _send(pipe: IO[bytes], requests: Sequence[dict[str, Any]]) -> None:
    try:
        for number, payload in enumerate(requests, 1):
            pipe.write(base64.b64encode(json.dumps({"message_id": number, "payload": payload}).encode()) + b",")
        pipe.flush()
    except OSError:  # it is gone; that there is no answer tells so
        with suppress(OSError):
            pipe.close()


def _receive(pipe: IO[bytes], count: int) -> list[dict[str, Any]]:
    answers: list[dict[str, Any]] = []
    parts: list[bytes] = []
    while len(answers) < count and (data := pipe.read1(1 << 20)):  # type: ignore[attr-defined]
        parts.append(data)
        if b"," in data:
            *whole, rest = b"".join(parts).split(b",")
            answers += [json.loads(base64.b64decode(message))["payload"] for message in whole]
            parts = [rest]
    return answers


def _said(command: Sequence[str]) -> str:
    import subprocess

    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=10, check=False)  # noqa: S603
    except (OSError, subprocess.TimeoutExpired):
        return ""
    return done.stdout.strip()

"""The daily loop: build a preview in a folder of its own, serve it, watch the project, build again, tell the browsers."""

import gc
import os
import re
import secrets
import sqlite3
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import BrokenExecutor
from contextlib import contextmanager
from pathlib import Path
from queue import Empty, SimpleQueue
from typing import NamedTuple
from urllib.parse import urlsplit

from digest import layout
from digest.build import Kept, Options, Progress, Result, read_settings, rebuild
from digest.errors import DigestError, Problem
from digest.serve.answers import Preview
from digest.serve.server import Board, Server, State, bound
from digest.serve.watching import Watcher
from digest.workers import kept

FOLDER = f"{layout.MEMORY}/preview"
"""Where the site of a preview is."""
_LOCK = f"{layout.MEMORY}/preview.lock"
_PLACE = re.compile(r"(?s)([\w./-]+\.\w+)(?:, line |:)(\d+): (.+)")
_LONGEST_WAIT = 3600.0
"""Seconds between two looks at the clock: a machine may sleep in between."""
QUIET = 5.0
"""Seconds without a change after which everything is looked at once more: of very many events, systems drop some."""
MANY = 200
"""Changes at a time from which on everything is looked at instead."""
_DISK = (OSError, sqlite3.Error)
"""Where one of these stopped a build, it is tried again without a change: nobody saves a file when a disk has room again."""
Changes = frozenset[str]
"""Absolute paths of what is another; empty where only the time is."""


class Serving(NamedTuple):
    """What to serve, and where."""

    root: Path
    config: Path
    host: str
    port: int
    drafts: bool
    future: bool
    jobs: int


class Voice(NamedTuple):
    """Who is told what happens."""

    says: Callable[[str], None]
    serves: Callable[[str], None]
    """Is told the address, once there is something to see."""
    built: Callable[[Result, float], None]
    failed: Callable[[DigestError], None]
    requests: Callable[[str], None]
    progress: Progress


class _Session:
    """What a serve knows between two builds."""

    def __init__(self, serving: Serving, voice: Voice) -> None:
        self.serving = serving
        self.voice = voice
        self.name = secrets.token_hex(4)
        self.builds = 0
        self.until: int | None = None
        """Microseconds since 1970 when time alone will change what is shown."""
        self.board = Board(State(self.preview("/")))
        self.told: tuple[object, ...] | None = None
        self.kept: Kept | None = None
        self.sure = True
        """Whether the last build looked at everything itself."""

    def preview(self, prefix: str) -> Preview:
        return Preview(self.serving.root / FOLDER, prefix, f"{self.name}-{self.builds}")


def run(serving: Serving, voice: Voice, news: "SimpleQueue[Changes | None] | None" = None) -> None:
    """Build, serve, watch, until the user interrupts; `news` are of changes, and None at the end. Raises DigestError where there is nothing to serve."""
    read_settings(serving.config)  # wrong settings leave nothing behind
    session = _Session(serving, voice)
    with (
        _alone(serving.root) as note,
        kept(serving.jobs) as pool,
        bound(serving.host, serving.port, session.board, voice.requests) as server,
    ):
        if serving.port and server.port != serving.port:
            voice.says(f"port {serving.port} is in use; {server.port} is free, and taken instead")
        note(_address(serving, server, ""))
        queue = news or SimpleQueue()
        watcher = Watcher(serving.root, serving.config, queue.put, voice.says)
        watcher.start()
        try:
            _build(session, pool, None)
            thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
            thread.start()
            voice.serves(_address(serving, server, session.board.state.preview.prefix))
            while (changes := _await(queue, session.until, _LONGEST_WAIT if session.sure else QUIET)) is not None:
                if not serving.root.is_dir():
                    raise DigestError(f"{serving.root} is gone", "there is nothing left to serve")
                many, again = len(changes) > MANY, not changes and not session.sure
                if many:
                    watcher.renew()  # some events may be missing, and with one of a new folder all that happens in it
                before = session.builds
                _build(session, pool, None if many or again else changes)
                if again and session.builds != before:  # something was not told
                    watcher.renew()
                    session.sure = False
            server.shutdown()
        finally:
            watcher.stop()


def _build(session: _Session, pool: Callable[..., object], changes: Changes | None) -> None:
    """Build the preview after some changes, or after a look at everything, and tell of it."""
    serving, voice = session.serving, session.voice
    begun = time.perf_counter()
    now = time.time_ns() // 1000
    options = Options(
        root=serving.root,
        config=serving.config,
        output=serving.root / FOLDER,
        now=now,
        drafts=serving.drafts,
        future=serving.future,
        jobs=serving.jobs,
        compress=False,
    )
    state = session.board.state
    session.sure = changes is None
    try:
        # Another build of this project may run: it is waited for, and that it runs is nothing to tell.
        with _no_garbage(session.sure):
            result, session.kept = rebuild(options, voice.progress, lambda: None, pool, session.kept, changes)  # type: ignore[arg-type]
        prefix = urlsplit(read_settings(serving.config).url).path or "/"
    except BrokenExecutor as error:
        raise DigestError("a process that helps to build was killed", "start `digest serve` again") from error
    except (DigestError, OSError) as wrong:
        failure = wrong if isinstance(wrong, DigestError) else _as_error(wrong)
        session.sure = session.sure and not isinstance(failure.__cause__, _DISK)
        session.until = session.kept = None
        problem = _as_problem(failure)
        if problem != session.told:
            session.board.post(State(state.preview, [problem]))
            session.told = problem
            voice.failed(failure)
        return
    if result.written or result.deleted or prefix != state.preview.prefix:
        session.builds += 1
    session.until = result.until
    if (told := (session.builds, *result.problems)) != session.told:
        session.board.post(State(session.preview(prefix), result.problems))
        session.told = told
        voice.built(result, time.perf_counter() - begun)


def _await(queue: "SimpleQueue[Changes | None]", until: int | None, longest: float) -> Changes | None:
    """Wait for changes, or until time alone makes one, or for some seconds; None at the end. What came meanwhile is one."""
    left = longest if until is None else min(longest, until / 1e6 - time.time())
    try:
        changes = queue.get(timeout=max(left, 0))
        while changes is not None and not queue.empty():
            further = queue.get()
            changes = None if further is None else changes | further
    except Empty:
        return frozenset()
    return changes


@contextmanager
def _no_garbage(idle: bool) -> Iterator[None]:
    """Look for no garbage in what a build makes, nearly all of which stays: only before it, where nobody waits for it."""
    if idle:
        gc.unfreeze()
        gc.collect()
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        gc.enable()


def _as_error(wrong: OSError) -> DigestError:
    """Return what nobody foresaw of the disk: a file that vanished under a build, and the like."""
    error = DigestError(f"{wrong.filename or 'a file'}: {wrong.strerror or wrong}", "it is tried again in some seconds")
    error.__cause__ = wrong
    return error


def _as_problem(error: DigestError) -> Problem:
    """Return what stopped a build as a problem of the file that its message names."""
    found = _PLACE.fullmatch(error.message)
    if found is None:
        return Problem("error", "digest", 0, error.message, error.hint)
    return Problem("error", found[1], int(found[2]), found[3], error.hint)


def _address(serving: Serving, server: Server, prefix: str) -> str:
    host = f"[{serving.host}]" if ":" in serving.host else serving.host
    return f"http://{host}:{server.port}{prefix}"


@contextmanager
def _alone(root: Path) -> Iterator[Callable[[str], None]]:
    """See to it that a digest is served once; give a function that notes where."""
    from digest.locks import make_folder, open_lock, try_lock

    make_folder(root)
    path = root / _LOCK
    with open_lock(path) as lock:
        if not try_lock(lock):
            lock.seek(0)
            where = lock.read().strip()
            message = f"this digest is served already{f', at {where}' if where else ''}"
            raise DigestError(message, "open that, or end it with Ctrl-C first")

        def note(address: str) -> None:
            os.truncate(path, 0)
            lock.write(address)
            lock.flush()

        yield note
        os.truncate(path, 0)

"""Parallel work as an argument: one worker is the builtin `map`, more are processes, and the results are the same."""

import os
import signal
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, ExitStack, contextmanager, nullcontext
from typing import TYPE_CHECKING, Protocol, TypeVar

if TYPE_CHECKING:
    from concurrent.futures import ProcessPoolExecutor

T = TypeVar("T")
R = TypeVar("R")
CHUNK = 128
"""Items of work that travel to a worker at a time, at most."""
WORTHWHILE = 256
"""Items of work below which starting processes costs more than it saves."""


class Mapper(Protocol):
    """Applies a function to chunks of work; results come in the order of the work."""

    def __call__(
        self,
        function: Callable[[Sequence[T]], R],
        items: Sequence[T],
        chunk: int | None = None,
        ends: Callable[[T], bool] | None = None,
    ) -> Iterator[R]:
        """Yield `function(part)` for the parts of `items`, of at most `chunk` (or CHUNK) items each.

        A part is over after an item that `ends` it, too.
        """
        ...


def serial(
    function: Callable[[Sequence[T]], R],
    items: Sequence[T],
    chunk: int | None = None,
    ends: Callable[[T], bool] | None = None,
) -> Iterator[R]:
    """Map in this process."""
    return map(function, _chunks(items, chunk or CHUNK, ends))


class Processes:
    """Maps in processes, which are started where there first is enough to do."""

    def __init__(self, start: Callable[[], "ProcessPoolExecutor"], jobs: int, once: bool) -> None:
        self._start = start
        self._jobs = jobs
        self._once = once  # for one build, of which this process then need not load what the others have loaded
        self._pool: ProcessPoolExecutor | None = None

    def __call__(
        self,
        function: Callable[[Sequence[T]], R],
        items: Sequence[T],
        chunk: int | None = None,
        ends: Callable[[T], bool] | None = None,
    ) -> Iterator[R]:
        """Yield `function(part)` for the parts of `items`; where there are few, this process does it."""
        chunks = _chunks(items, chunk or CHUNK, ends)
        few = len(chunks) < 2 or (chunk != 1 and len(items) < WORTHWHILE)
        if few and not (self._once and self._pool):
            return map(function, chunks)
        self._pool = self._pool or self._start()
        return self._pool.map(function, chunks)

    def prepare(self, function: Callable[[T], object], item: T) -> None:
        """Have each process call `function(item)` while this one does something else, if there are any yet."""
        if self._pool:
            for _ in range(self._jobs):
                self._pool.submit(function, item)


@contextmanager
def workers(jobs: int) -> Iterator[Mapper]:
    """Give a Mapper of `jobs` processes, which are started where there first is enough to do, and gone at the end."""
    with ExitStack() as stack:
        yield serial if jobs < 2 else Processes(lambda: stack.enter_context(_pool(jobs)), jobs, once=True)


@contextmanager
def kept(jobs: int) -> Iterator[Callable[[int], AbstractContextManager[Mapper]]]:
    """Give what `workers` gives, but with processes that are started now and stay for one build after another."""
    if jobs < 2:
        yield lambda jobs: nullcontext(serial)
        return
    pool = _pool(jobs)
    try:
        pool.submit(os.getpid).result()  # forks all: later there are threads, with which that would be no good idea
        mapper: Mapper = Processes(lambda: pool, jobs, once=False)
        yield lambda jobs: nullcontext(mapper)
    finally:
        pool.shutdown(wait=False, cancel_futures=True)


def _pool(jobs: int) -> "ProcessPoolExecutor":
    import multiprocessing
    from concurrent.futures import ProcessPoolExecutor

    # Forked workers share what is loaded, and the build's lock. They are forked while the parent is still small, and
    # the work travels to them: would they read it in its memory, counting references would copy most of that.
    context = multiprocessing.get_context("fork" if sys.platform == "linux" else "spawn")
    return ProcessPoolExecutor(jobs, context, _start)


def _chunks(items: Sequence[T], chunk: int, ends: Callable[[T], bool] | None) -> list[Sequence[T]]:
    if ends is None:
        return [items[start : start + chunk] for start in range(0, len(items), chunk)]
    made: list[list[T]] = [[]]
    for item in items:
        if len(made[-1]) == chunk:
            made.append([])
        made[-1].append(item)
        if ends(item):
            made.append([])
    return [one for one in made if one]


def _start() -> None:
    """Prepare a worker: Ctrl-C is the parent's to handle, and a worker does not outlive its parent."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    from multiprocessing import parent_process
    from multiprocessing.connection import wait

    parent = parent_process()
    if parent is not None:
        wait([parent.sentinel])
        os._exit(1)

"""Parallel work as an argument: one worker is the builtin `map`, more are processes, and the results are the same."""

import os
import signal
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, ExitStack, contextmanager, nullcontext
from functools import cache, partial
from typing import TYPE_CHECKING, Protocol, TypeVar

if TYPE_CHECKING:
    from concurrent.futures import ProcessPoolExecutor

T = TypeVar("T")
R = TypeVar("R")
CHUNK = 64
"""Items of work that travel to a worker at a time."""
WORTHWHILE = 256
"""Items of work below which starting processes costs more than it saves."""


class Mapper(Protocol):
    """Applies a function to chunks of work; results come in the order of the work."""

    def __call__(self, function: Callable[[Sequence[T]], R], items: Sequence[T], chunk: int = CHUNK) -> Iterator[R]:
        """Yield `function(part)` for the parts of `items`, of `chunk` items each."""
        ...


def serial(function: Callable[[Sequence[T]], R], items: Sequence[T], chunk: int = CHUNK) -> Iterator[R]:
    """Map in this process."""
    return map(function, _chunks(items, chunk))


@contextmanager
def workers(jobs: int) -> Iterator[Mapper]:
    """Give a Mapper of `jobs` processes, which are started where there first is enough to do, and gone at the end."""
    with ExitStack() as stack:
        start = cache(lambda: stack.enter_context(_pool(jobs)))
        yield serial if jobs < 2 else partial(_parallel, start)


@contextmanager
def kept(jobs: int) -> Iterator[Callable[[int], AbstractContextManager[Mapper]]]:
    """Give what `workers` gives, but with processes that are started now and stay for one build after another."""
    if jobs < 2:
        yield lambda jobs: nullcontext(serial)
        return
    pool = _pool(jobs)
    try:
        pool.submit(os.getpid).result()  # forks all: later there are threads, with which that would be no good idea
        mapper: Mapper = partial(_parallel, lambda: pool)
        yield lambda jobs: nullcontext(mapper)
    finally:
        pool.shutdown(wait=False, cancel_futures=True)


def _parallel(
    start: Callable[[], "ProcessPoolExecutor"],
    function: Callable[[Sequence[T]], R],
    items: Sequence[T],
    chunk: int = CHUNK,
) -> Iterator[R]:
    chunks = _chunks(items, chunk)
    few = len(chunks) < 2 or (chunk > 1 and len(items) < WORTHWHILE)
    return map(function, chunks) if few else start().map(function, chunks)


def _pool(jobs: int) -> "ProcessPoolExecutor":
    import multiprocessing
    from concurrent.futures import ProcessPoolExecutor

    # Forked workers share what is loaded, and the build's lock. They are forked while the parent is still small, and
    # the work travels to them: would they read it in its memory, counting references would copy most of that.
    context = multiprocessing.get_context("fork" if sys.platform == "linux" else "spawn")
    return ProcessPoolExecutor(jobs, context, _start)


def _chunks(items: Sequence[T], chunk: int) -> list[Sequence[T]]:
    return [items[start : start + chunk] for start in range(0, len(items), chunk)]


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

"""Parallel work as an argument: one worker is the builtin `map`, more are processes, and the results are the same."""

import os
import signal
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, ExitStack, contextmanager, nullcontext
from functools import partial
from typing import TYPE_CHECKING, Any, Protocol, TypeVar

from digest.errors import DigestError

if TYPE_CHECKING:
    from concurrent.futures import ProcessPoolExecutor

T = TypeVar("T")
R = TypeVar("R")
CHUNK = 128
"""Items of work that a worker is given at a time, at most."""
WORTHWHILE = 256
"""Items of work below which starting processes costs more than it saves."""
BATCH = 16_384
"""Items of work after which processes are forked anew: what they touched of this one's memory, they hold twice."""
FORKS = sys.platform == "linux"
"""Whether a process can be forked at any time; elsewhere the system's own libraries may not stand it."""


def _nothing() -> None:
    """Do nothing."""


class Mapper(Protocol):
    """Applies a function to chunks of work; results come in the order of the work."""

    def __call__(
        self,
        function: Callable[[Sequence[T]], R],
        items: Sequence[T],
        chunk: int | None = None,
        ends: Callable[[T], bool] | None = None,
        meanwhile: Callable[[], None] = _nothing,
    ) -> Iterator[R]:
        """Yield `function(part)` for the parts of `items`, of at most `chunk` (or CHUNK) items each.

        A part is over after an item that `ends` it, too. `meanwhile` is what this process may do while others work.
        """
        ...


def serial(
    function: Callable[[Sequence[T]], R],
    items: Sequence[T],
    chunk: int | None = None,
    ends: Callable[[T], bool] | None = None,
    meanwhile: Callable[[], None] = _nothing,
) -> Iterator[R]:
    """Map in this process."""
    return map(function, _chunks(items, chunk, ends))


class Processes:
    """Maps in processes, by a way to `apply` a function to chunks in them; where there is little to do, this one does it."""

    def __init__(self, apply: Callable[..., Iterator[Any]]) -> None:
        self._apply = apply

    def __call__(
        self,
        function: Callable[[Sequence[T]], R],
        items: Sequence[T],
        chunk: int | None = None,
        ends: Callable[[T], bool] | None = None,
        meanwhile: Callable[[], None] = _nothing,
    ) -> Iterator[R]:
        """Yield `function(part)` for the parts of `items`, see `Mapper`."""
        chunks = _chunks(items, chunk, ends)
        few = len(chunks) < 2 or (chunk != 1 and len(items) < WORTHWHILE)
        return map(function, chunks) if few else self._apply(function, chunks, meanwhile)


def _forked(
    jobs: int, function: Callable[[Sequence[T]], R], chunks: Sequence[Sequence[T]], meanwhile: Callable[[], None]
) -> Iterator[R]:
    """Yield what processes return that are forked for it: they have all that this one has, and only results travel."""
    from concurrent.futures import BrokenExecutor

    try:
        for start, end in _batches(chunks):
            with _pool(jobs, function, chunks) as pool:
                results: Iterator[R] = pool.map(_do, range(start, end))
                meanwhile()
                meanwhile = _nothing
                yield from results
    except BrokenExecutor as error:
        hint = "run the command again, with `--jobs 1` if this machine has little memory"
        raise DigestError("a process that helps was killed", hint) from error


def _travelling(
    pool: "ProcessPoolExecutor", function: Callable[[Sequence[T]], R], chunks: Sequence[Sequence[T]], _: object
) -> Iterator[R]:
    """Return what processes return that stay, and to which the work travels."""
    return pool.map(function, chunks)


@contextmanager
def workers(jobs: int) -> Iterator[Mapper]:
    """Give a Mapper of `jobs` processes, which are started where there first is enough to do, and gone at the end."""
    with ExitStack() as stack:
        if jobs < 2:
            yield serial
        elif FORKS:
            yield Processes(partial(_forked, jobs))
        else:
            yield Processes(partial(_travelling, stack.enter_context(_pool(jobs))))


@contextmanager
def kept(jobs: int) -> Iterator[Callable[[int], AbstractContextManager[Mapper]]]:
    """Give what `workers` gives, but with processes that are started now and stay for one build after another."""
    if jobs < 2:
        yield lambda jobs: nullcontext(serial)
        return
    pool = _pool(jobs)
    try:
        pool.submit(os.getpid).result()  # forks all: later there are threads, with which that would be no good idea
        mapper: Mapper = Processes(partial(_travelling, pool))
        yield lambda jobs: nullcontext(mapper)
    finally:
        pool.shutdown(wait=False, cancel_futures=True)


def _pool(jobs: int, *work: Any) -> "ProcessPoolExecutor":
    """Return a pool of processes that know some `work`; only where they are forked it may be large."""
    import multiprocessing
    from concurrent.futures import ProcessPoolExecutor

    context = multiprocessing.get_context("fork" if FORKS else "spawn")  # forked ones share the build's lock, too
    return ProcessPoolExecutor(jobs, context, _start, work)


def _chunks(items: Sequence[T], chunk: int | None, ends: Callable[[T], bool] | None) -> list[Sequence[T]]:
    size = chunk or CHUNK
    if ends is None:
        return [items[start : start + size] for start in range(0, len(items), size)]
    made: list[list[T]] = [[]]
    for item in items:
        if len(made[-1]) == size:
            made.append([])
        made[-1].append(item)
        if ends(item):
            made.append([])
    return [one for one in made if one]


def _batches(chunks: Sequence[Sequence[T]]) -> Iterator[tuple[int, int]]:
    """Yield where a batch of chunks starts and ends."""
    start = count = 0
    for place, chunk in enumerate(chunks):
        if count and count + len(chunk) > BATCH:
            yield start, place
            start, count = place, 0
        count += len(chunk)
    yield start, len(chunks)


_work: list[Any] = []
"""In a forked process: a function, and the chunks to which it is applied."""


def _do(number: int) -> Any:
    function, chunks = _work
    return function(chunks[number])


def _start(*work: Any) -> None:
    """Prepare a worker: Ctrl-C is the parent's to handle, and a worker does not outlive its parent."""
    _work[:] = work
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    from multiprocessing import parent_process
    from multiprocessing.connection import wait

    parent = parent_process()
    if parent is not None:
        wait([parent.sentinel])
        os._exit(1)

"""Watching a project: who edits it makes events, whatever editor, script or sync tool it is."""

import threading
from collections.abc import Callable, Iterator
from pathlib import Path

from watchfiles import Change, watch

from digest import layout

FOLDERS = (layout.SEEDS, layout.CONTENT, layout.TEMPLATES)
STEP = 20
"""Milliseconds of silence after which a change counts as whole."""
MOST = 500
"""Milliseconds after which it counts even if there are more: ten thousand files arrive in several parts."""
POLLING = 1000
"""Milliseconds between two looks where the system cannot tell what happens."""


class Watcher:
    """Calls `changed` with the paths of what is another in the project `root`, until it is stopped."""

    def __init__(
        self, root: Path, config: Path, changed: Callable[[frozenset[str]], None], says: Callable[[str], None]
    ) -> None:
        self._root = root
        self._config = config
        self._changed = changed
        self._says = says
        self._stop = threading.Event()
        self._inner = threading.Event()
        """Stops the watch of the folders."""
        self._threads: list[threading.Thread] = []
        self._guard = threading.Lock()

    def start(self) -> None:
        """Begin; when this returns, nothing that happens is missed."""
        self.renew()
        places = dict.fromkeys([self._root, self._config.parent])
        self._spawn(places, False, self._stop, self._of_root)

    def stop(self) -> None:
        """End, and wait for the end."""
        self._stop.set()
        with self._guard:
            self._inner.set()
        for thread in self._threads:
            thread.join()

    def renew(self) -> None:
        """Watch the folders that are there, from now on these and no others; when this returns, nothing new is missed.

        Where the system drops an event of a new folder, nobody would hear what happens in it.
        """
        with self._guard:
            self._inner.set()
            self._inner = threading.Event()
            folders = dict.fromkeys(self._root / name for name in FOLDERS if (self._root / name).is_dir())
            if folders and not self._stop.is_set():
                self._spawn(folders, True, self._inner, lambda changes: self._changed(_paths(changes)))

    def _of_root(self, changes: set[tuple[Change, str]]) -> None:
        names = {Path(path).name for _, path in changes if Path(path).parent == self._root}
        files = {path for _, path in changes}
        if names.intersection(FOLDERS):
            for change, path in sorted(changes):
                if change == Change.deleted and Path(path).name in FOLDERS and not Path(path).is_dir():
                    self._says(f"{Path(path).name}/ is gone; what was made of it goes too, until it is back")
            self.renew()
            self._changed(_paths(changes))
        elif layout.TOPICS in names or str(self._config) in files or not self._root.is_dir():
            self._changed(_paths(changes))

    def _spawn(
        self,
        places: dict[Path, None],
        deep: bool,
        stop: threading.Event,
        told: Callable[[set[tuple[Change, str]]], None],
    ) -> None:
        ready = threading.Event()
        failed: list[Exception] = []

        def run() -> None:
            try:
                for changes in _watched(places, deep, stop, self._says):
                    ready.set()
                    if changes:
                        told(changes)
            except Exception as error:
                failed.append(error)
            finally:
                ready.set()

        self._threads = [thread for thread in self._threads if thread.is_alive()]
        thread = threading.Thread(target=run, daemon=True)
        self._threads.append(thread)
        thread.start()
        ready.wait()
        if failed and not stop.is_set():
            self._says(f"changes cannot be watched: {failed[0]}")


def _paths(changes: set[tuple[Change, str]]) -> frozenset[str]:
    return frozenset(path for _, path in changes)


def _watched(
    places: dict[Path, None], deep: bool, stop: threading.Event, says: Callable[[str], None]
) -> Iterator[set[tuple[Change, str]]]:
    """Yield changes, at the beginning an empty set; without the system's help the folders are looked at each second."""
    try:
        yield from _changes(places, deep, stop, polling=None)
    except OSError as error:
        says(f"the system cannot watch so many folders ({error}); they are looked at every second instead")
        yield from _changes(places, deep, stop, polling=True)


def _changes(
    places: dict[Path, None], deep: bool, stop: threading.Event, polling: bool | None
) -> Iterator[set[tuple[Change, str]]]:
    yield from watch(
        *places,
        watch_filter=_counts,
        step=STEP,
        debounce=MOST,
        stop_event=stop,
        rust_timeout=200,
        yield_on_timeout=True,
        recursive=deep,
        force_polling=polling,
        poll_delay_ms=POLLING,
        ignore_permission_denied=True,
        raise_interrupt=False,
    )


def _counts(change: Change, path: str) -> bool:
    """Tell whether a change may matter: what editors keep beside a file does not."""
    return not Path(path).name.startswith((".", "#", "~")) or path.endswith(layout.LEDGER)

"""A browser at `digest serve`: how long it waits from the moment when a file was saved until it is told to load the page anew."""

from __future__ import annotations

import http.client
import json
import signal
import subprocess
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

from measure import BenchError

EVENTS = "/.digest/events"
PATIENCE = 120.0
"""Seconds after which nothing will come any more."""
PAUSE = 3.0
"""Seconds between two savings: a person reads before typing on, and the server has then ended all that it does."""


def reloads(command: Sequence[str], site: Path, save: Callable[[int], None], times: int) -> list[float]:
    """Serve a site, call `save` some times, and return after how many seconds each was in the browser."""
    waits = []
    with _served(command, site) as address, _told(address) as versions:
        next(versions)  # how it stands
        for number in range(times):
            time.sleep(PAUSE)
            save(number)
            saved = time.perf_counter()
            next(versions)
            waits.append(time.perf_counter() - saved)
    return waits


@contextmanager
def _served(command: Sequence[str], site: Path) -> Iterator[str]:
    """Run the server, and give its address once the site stands."""
    with subprocess.Popen(command, cwd=site, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as process:
        try:
            assert process.stdout
            address = process.stdout.readline().split(" ")[0]
            if not address.startswith("http://"):
                raise BenchError(f"{' '.join(command)}: no address, but {address!r}")
            yield address
        finally:
            process.send_signal(signal.SIGINT)
            process.communicate()


@contextmanager
def _told(address: str) -> Iterator[Iterator[str]]:
    """Listen as the reload script does; yield each version of the site that it is told."""
    connection = http.client.HTTPConnection(urlsplit(address).netloc, timeout=PATIENCE)
    connection.request("GET", EVENTS)
    stream = connection.getresponse()
    try:
        yield _versions(stream)
    finally:
        stream.close()
        connection.close()


def _versions(stream: http.client.HTTPResponse) -> Iterator[str]:
    before = ""
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        line = stream.readline()
        if not line:
            break
        if line.startswith(b"data: ") and (version := json.loads(line[6:])["version"]) != before:
            before = version
            yield version
            until = time.monotonic() + PATIENCE
    raise BenchError("the browser was told nothing")

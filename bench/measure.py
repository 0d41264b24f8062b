"""Time and weigh whole processes, compare folders, and keep the disk out of the figures."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

SAMPLE_SECONDS = 0.03
PROC = Path("/proc")


class BenchError(Exception):
    """A program could not be measured; the message says which and why."""


def seconds(command: Sequence[str], folder: Path) -> float:
    """Wall time of the command, from start to exit."""
    started = time.perf_counter()
    result = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    elapsed = time.perf_counter() - started
    if result.returncode:
        raise BenchError(_failure(command, result.returncode, result.stderr or result.stdout))
    return elapsed


def peak_memory(command: Sequence[str], folder: Path) -> float:
    """Largest sum of PSS in bytes over the command and all its descendants.

    PSS divides shared pages among those who share them, so a pool of forked workers is
    counted once. Sampling costs time: never take a duration from this run. The command
    leads a session of its own, which also holds children whose parent has gone.
    """
    peak = 0
    with subprocess.Popen(
        command,
        cwd=folder,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    ) as process:
        while process.poll() is None:
            peak = max(peak, sum(_pss(pid) for pid in _session_members(process.pid)))
            time.sleep(SAMPLE_SECONDS)
    if process.returncode:
        raise BenchError(_failure(command, process.returncode, ""))
    return float(peak)


@contextmanager
def one_core() -> Iterator[None]:
    """Bind this process, and so what it starts, to a single core."""
    before = os.sched_getaffinity(0)
    os.sched_setaffinity(0, {max(before)})
    try:
        yield
    finally:
        os.sched_setaffinity(0, before)


def fingerprint(folder: Path) -> dict[str, bytes]:
    """Every file below the folder with a hash of its content."""
    return {
        str(path.relative_to(folder)): hashlib.blake2b(path.read_bytes()).digest()
        for path in folder.rglob("*")
        if path.is_file()
    }


def differences(before: dict[str, bytes], after: dict[str, bytes]) -> list[str]:
    """Files added, changed or removed."""
    return sorted(name for name in before | after if before.get(name) != after.get(name))


def file_system(path: Path) -> str:
    """The type of the file system that holds the path: the longest mount point wins."""
    mounts = [line.split()[1:3] for line in (PROC / "mounts").read_text().splitlines()]
    holding = [(len(point), kind) for point, kind in mounts if path.is_relative_to(point)]
    return max(holding)[1]


def free_memory() -> int:
    """Bytes that programs could get, the cache of files included."""
    lines = (PROC / "meminfo").read_text().splitlines()
    return next(int(line.split()[1]) * 1024 for line in lines if line.startswith("MemAvailable:"))


def discard(path: Path, trash: Path) -> None:
    """Make a path vanish without slowing down the build that is timed next.

    ext4 creates files several times slower for a while after many were deleted, so there
    old output is only moved aside. On a tmpfs it would fill the memory, so it is deleted.
    """
    if not path.exists():
        return
    if file_system(path) != "tmpfs":
        trash.mkdir(exist_ok=True)
        path.rename(trash / str(time.monotonic_ns()))
    elif path.is_dir():
        shutil.rmtree(path)
    else:
        path.unlink()


def _session_members(leader: int) -> list[int]:
    members = []
    for entry in PROC.iterdir():
        if not entry.name.isdigit():
            continue
        try:
            # The name, in brackets, may hold spaces; then: state, parent, group, session.
            fields = (entry / "stat").read_text().rpartition(")")[2].split()
        except OSError:
            continue  # gone meanwhile
        if int(fields[3]) == leader:
            members.append(int(entry.name))
    return members


def _pss(pid: int) -> int:
    try:
        lines = (PROC / str(pid) / "smaps_rollup").read_text().splitlines()
    except OSError:
        return 0  # gone meanwhile, or a zombie
    return sum(int(line.split()[1]) * 1024 for line in lines if line.startswith("Pss:"))


def _failure(command: Sequence[str], code: int, output: str) -> str:
    return f"{' '.join(command)}: exit code {code}\n{output[-2000:]}".rstrip()

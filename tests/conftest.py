"""What all tests share: Hypothesis draws the same examples in every run, and never looks at a clock."""

import signal
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import CodeType
from typing import ClassVar

import pytest
from hypothesis import HealthCheck, settings
from jinja2 import FileSystemBytecodeCache
from jinja2.bccache import Bucket
from sites import Mount, Site

from digest import render

settings.register_profile(
    "digest", derandomize=True, deadline=None, print_blob=False, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("digest")
# What runs in the background ignores Ctrl-C, and so would every program that it starts.
signal.signal(signal.SIGINT, signal.default_int_handler)


class Compiled(FileSystemBytecodeCache):
    """Jinja2's cache, for the templates of all tests of a process: to compile the theme takes longer than to build with it."""

    known: ClassVar[dict[tuple[str, str], CodeType]] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        super().load_bytecode(bucket)
        bucket.code = bucket.code or self.known.get((bucket.key, bucket.checksum))

    def dump_bytecode(self, bucket: Bucket) -> None:
        super().dump_bytecode(bucket)
        assert bucket.code
        self.known[bucket.key, bucket.checksum] = bucket.code


render.FileSystemBytecodeCache = Compiled


@pytest.fixture
def site(tmp_path: Path) -> Site:
    """A digest without articles."""
    return Site.make(tmp_path / "digest")


@pytest.fixture
def small(tmp_path: Path) -> Iterator[Callable[[int], Path]]:
    """Return what makes a small disk, or another size of it, in kB."""
    folder = tmp_path / "small"
    folder.mkdir()

    def make(size: int) -> Path:
        again = "remount," if folder.is_mount() else ""
        _mount("-t", "tmpfs", "-o", f"{again}size={size}k", "tmpfs", str(folder))
        return folder

    yield make
    if folder.is_mount():
        subprocess.run(["umount", folder], check=True)


@pytest.fixture
def mount() -> Mount:
    """Return what mounts a folder where it is, for some time, as a disk of its own: `rw`, or `ro` to be read only."""

    @contextmanager
    def mounted(folder: Path, how: str) -> Iterator[None]:
        _mount("--bind", str(folder), str(folder))
        try:
            _mount("-o", f"remount,bind,{how}", str(folder))
            yield
        finally:
            subprocess.run(["umount", folder], check=True)

    return mounted


def _mount(*arguments: str) -> None:
    if subprocess.run(["mount", *arguments], capture_output=True).returncode:
        pytest.skip("nothing may be mounted here, as in most containers; tests with limits and permissions stand in")

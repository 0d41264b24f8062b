"""What all tests share: Hypothesis draws the same examples in every run, and never looks at a clock."""

import signal
from pathlib import Path
from types import CodeType
from typing import ClassVar

import pytest
from hypothesis import HealthCheck, settings
from jinja2 import FileSystemBytecodeCache
from jinja2.bccache import Bucket
from sites import Site

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

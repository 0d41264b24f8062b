"""What all tests share: Hypothesis draws the same examples in every run, and never looks at a clock."""

import signal
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from sites import Site

settings.register_profile(
    "digest", derandomize=True, deadline=None, print_blob=False, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("digest")
# What runs in the background ignores Ctrl-C, and so would every program that it starts.
signal.signal(signal.SIGINT, signal.default_int_handler)


@pytest.fixture
def site(tmp_path: Path) -> Site:
    """A digest without articles."""
    return Site.make(tmp_path / "digest")

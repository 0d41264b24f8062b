"""What all tests share: Hypothesis draws the same examples in every run, and never looks at a clock."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from sites import Site

settings.register_profile(
    "digest", derandomize=True, deadline=None, print_blob=False, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("digest")


@pytest.fixture
def site(tmp_path: Path) -> Site:
    """A digest without articles."""
    return Site.make(tmp_path / "digest")

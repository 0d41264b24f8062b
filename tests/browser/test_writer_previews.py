"""Somebody writes, with the preview open beside the editor: it follows, and says what is wrong, within the page's own policy."""

import os
import re
import signal
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sites import Site, article

RAIN = "content/2025/08/17/rain.md"


@pytest.fixture
def preview(tmp_path: Path) -> Iterator[tuple[Site, str]]:
    site = Site.make(tmp_path)
    site.write(RAIN, article("Rain"))
    process = site.start("serve", "--port", "0", "--jobs", "1")
    assert process.stdout
    yield site, process.stdout.readline().split()[0]
    os.kill(process.pid, signal.SIGINT)
    process.communicate(timeout=20)


def test_the_page_follows_and_names_what_is_wrong(page: Any, preview: tuple[Site, str]) -> None:
    from playwright.sync_api import expect

    site, address = preview
    page.goto(f"{address}2025/08/17/rain/")
    expect(page.locator("html")).to_have_attribute("data-digest", re.compile(".+"))
    site.write(RAIN, article("Rain and wind"))
    expect(page.locator("h1")).to_have_text("Rain and wind")
    expect(page.locator("digest-problems")).to_have_count(0)
    site.write(RAIN, article("Rain and wind", date="2025-02-30"))
    site.write("content/sun.md", article("Sun"))
    page.goto(address)
    panel = page.locator("digest-problems section")
    expect(panel).to_contain_text(f"{RAIN}:3")
    expect(panel).to_contain_text("write it as 2025-08-17")
    assert panel.evaluate("element => getComputedStyle(element).position") == "fixed"
    site.write(RAIN, article("Rain again"))
    expect(page.locator("digest-problems")).to_have_count(0)
    expect(page.locator("main")).to_contain_text("Rain again")
    page.close()

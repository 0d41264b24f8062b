"""What Lighthouse says of the pages that readers see most, on a phone and on a desk: 100 of 100 in every category."""

import json
import os
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from kinds import TOOLS, tool
from sites import Site

LIGHTHOUSE = TOOLS / "lighthouse" / "cli" / "index.js"
CATEGORIES = ("performance", "accessibility", "best-practices", "seo")
ATTEMPTS = 4
"""How often speed is measured before it counts as slow: other work of the machine shows in it."""

pytestmark = pytest.mark.lighthouse


@pytest.mark.parametrize("device", ["mobile", "desktop"])
@pytest.mark.parametrize(
    "kind", ["", "2025/08/17/", "2025/08/17/lead/", "archive/"], ids=["home", "edition", "article", "archive"]
)
def test_pages_score_100(
    full: Callable[..., Site], serve: Callable[..., str], chromium: str, tmp_path: Path, kind: str, device: str
) -> None:
    tool(Path(shutil.which("node") or "node"))
    program = tool(LIGHTHOUSE)
    address = serve(full().folder, "/news/")
    best: dict[str, float] = {}
    for _ in range(ATTEMPTS):
        told = audit(program, chromium, f"{address}{kind}", device, tmp_path / "told.json")
        scores = {name: told["categories"][name]["score"] for name in CATEGORIES}
        best = {name: max(score, best.get(name, 0)) for name, score in scores.items()}
        if all(score == 1 for score in best.values()):
            break
    assert best == dict.fromkeys(CATEGORIES, 1), {
        name: audit["title"] for name, audit in told["audits"].items() if (audit["score"] or 0) < 1
    }


def audit(program: Path, chromium: str, address: str, device: str, told: Path) -> dict:
    """Return what Lighthouse says of a page."""
    options = ["--quiet", "--output=json", f"--output-path={told}", "--chrome-flags=--headless --no-sandbox"]
    options += [f"--only-categories={','.join(CATEGORIES)}"] + ["--preset=desktop"] * (device == "desktop")
    environment = {**os.environ, "CHROME_PATH": chromium}
    subprocess.run(["node", program, address, *options], env=environment, check=True, capture_output=True, text=True)
    return json.loads(told.read_text("utf-8"))

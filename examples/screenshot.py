"""Makes the picture of the README: the front page of `examples/valley`, as Chromium shows it. `make screenshot` runs it."""

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from PIL import Image

HERE = Path(__file__).parent
PICTURE = HERE.parent / "docs" / "front-page.webp"
SIZE = (1100, 920)
"""In CSS pixels."""


def main() -> None:
    """Build the example in a folder of its own, look at it, and write the picture."""
    program = shutil.which("chromium") or shutil.which("google-chrome")
    if program is None:
        sys.exit("there is no Chromium: `apt-get install chromium`")
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder, "valley")
        shutil.copytree(HERE / "valley", root)
        build = ["digest", "--quiet", "--root", str(root), "build", "--now", "2025-08-17T20:00", "--no-search"]
        subprocess.run([sys.executable, "-m", *build], check=True)
        taken = Path(folder, "front-page.png")
        options = ["--headless", "--no-sandbox", "--hide-scrollbars", "--force-device-scale-factor=1.6"]
        size = f"--window-size={SIZE[0]},{SIZE[1]}"
        page = (root / "site/index.html").as_uri()
        command = [program, *options, size, f"--user-data-dir={folder}/profile", f"--screenshot={taken}", page]
        subprocess.run(command, check=True, capture_output=True)
        Image.open(taken).save(PICTURE, "WEBP", quality=72, method=6)
    print(f"{PICTURE}: {PICTURE.stat().st_size:,} bytes")


if __name__ == "__main__":
    main()

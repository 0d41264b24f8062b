"""The built wheel, installed elsewhere, is the whole program: `digest init x && digest --root x build`."""

import os
import re
import subprocess
import sys
import sysconfig
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the wheel."""
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "hatchling", "build", "--target", "wheel", "--directory", str(folder)]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    (built,) = folder.glob("news_digest-*.whl")
    return built


def test_the_wheel_holds_program_and_theme_and_nothing_else(wheel: Path) -> None:
    packed = {name for name in zipfile.ZipFile(wheel).namelist() if ".dist-info/" not in name}
    program = {path.relative_to(ROOT).as_posix() for path in (ROOT / "digest").rglob("*.py")}
    templates = ROOT / "templates"
    theme = {
        f"digest/theme/{path.relative_to(templates).as_posix()}" for path in templates.rglob("*") if path.is_file()
    }
    assert packed == program | theme


def test_installed_elsewhere_it_makes_and_builds_a_digest(wheel: Path, tmp_path: Path) -> None:
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("DIGEST_", "PYTHON"))}

    def run(*command: str | Path) -> str:
        ran = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True)
        assert (ran.returncode, ran.stderr) == (0, "")
        return ran.stdout

    run(sys.executable, "-m", "venv", "--without-pip", "venv")
    paths = sysconfig.get_paths("venv", vars={"base": str(tmp_path / "venv"), "platbase": str(tmp_path / "venv")})
    python, packages = Path(paths["scripts"], "python"), Path(paths["purelib"])
    run(sys.executable, "-m", "pip", "-q", "--python", python, "install", "--no-deps", "--no-index", wheel)
    # The dependencies come from here, without the network; a .pth inside that folder (an editable install) has no effect.
    (packages / "dependencies.pth").write_text(sysconfig.get_path("purelib") + "\n")
    found = run(python, "-c", "import digest; print(digest.__file__)").strip()
    assert Path(found).is_relative_to(packages)

    digest = Path(paths["scripts"], "digest")
    run(digest, "init", "x")
    assert "0 articles" in run(digest, "--root", "x", "build")
    page = (tmp_path / "x/site/index.html").read_text("utf-8")
    style = re.search(r'<link rel="stylesheet" href="(static/style\.[0-9a-f]{8}\.css)">', page)
    assert style is not None
    assert (tmp_path / "x/site" / style[1]).stat().st_size > 0

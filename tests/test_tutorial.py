"""The tutorial works: everything in it is done in an empty home, with the program from the wheel, and says what it says there."""

import os
import re
import shutil
import signal
import subprocess
import sys
import sysconfig
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
TUTORIAL = ROOT / "docs" / "tutorial.md"
COUNTS = re.compile(r"\d[\d,]*(?= (?:written|unchanged|deleted|files|links|feeds))|\d+\.\d\d(?= s\))|127\.0\.0\.1:\d+")
"""What is other on each machine, or with each new kind of file."""


def blocks() -> Iterator[tuple[str, str, str]]:
    """Yield the tutorial's blocks of code: the kind, the file that it names, and the text."""
    pattern = r"^```(\w+)(?: (\S+))?\n(.*?)^```$"
    yield from re.findall(pattern, TUTORIAL.read_text("utf-8"), re.MULTILINE | re.DOTALL)


def steps(console: str) -> Iterator[tuple[str, str]]:
    """Yield each command of a block, with what it should print."""
    for part in re.split(r"^\$ ", console, flags=re.MULTILINE)[1:]:
        command, _, printed = part.partition("\n")
        yield command, printed


class Terminal:
    """A shell that somebody sits at: what is exported and the folder stay from one command to the next."""

    def __init__(self, home: Path, packages: Path, libraries: Path) -> None:
        self.folder = home
        self.environment = {
            "HOME": str(home),
            "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}",
            "LANG": "C.UTF-8",
            # pip finds the wheel, and what it needs, without the network.
            "PIP_FIND_LINKS": str(packages),
            "PIP_NO_INDEX": "1",
            "PIP_NO_DEPS": "1",
            "PIP_DISABLE_PIP_VERSION_CHECK": "1",
            "PYTHONPATH": str(libraries),
        }

    def run(self, command: str) -> str:
        """Run a command and return all that it prints."""
        script = f"{command}\ncode=$?\n{{ pwd; env -0; }} > '{self.environment['HOME']}/.after'\nexit $code"
        done = subprocess.run(
            ["sh", "-c", script],
            cwd=self.folder,
            env=self.environment,
            stdout=-1,
            stderr=-2,
            text=True,
            encoding="utf-8",
        )
        assert done.returncode == 0, f"{command}: {done.stdout}"
        pwd, _, variables = Path(self.environment["HOME"], ".after").read_text("utf-8").partition("\n")
        self.folder = Path(pwd)
        self.environment = dict(pair.split("=", 1) for pair in variables.split("\0") if pair)
        return done.stdout

    def serve(self, command: str) -> str:
        """Start a server, look at its page, end it as people do, and return all that it printed."""
        with subprocess.Popen(  # noqa: S602 - as people do
            f"exec {command} --port 0",
            shell=True,
            cwd=self.folder,
            env=self.environment,
            stdout=-1,
            stderr=-1,
            text=True,
        ) as process:
            assert process.stdout is not None
            first = process.stdout.readline()
            with urllib.request.urlopen(first.split()[0], timeout=10) as page:  # noqa: S310 - our own server
                assert b"The Valley This Morning" in page.read()
            process.send_signal(signal.SIGINT)
            out, err = process.communicate(timeout=20)
        said = [line for line in err.splitlines() if " → " in line]
        return first + out + "".join(f"{line}\n" for line in said)

    def edit(self, name: str, diff: str) -> None:
        """Edit a file as a diff says: lines with - become the lines with + after them."""
        path = self.folder / name
        text = path.read_text("utf-8")
        for old, new in re.findall(r"^-(.*\n)((?:\+.*\n)+)", diff, re.MULTILINE):
            assert text.count(f"\n{old}") == 1, f"{name} has not {old!r} once"
            text = text.replace(f"\n{old}", "\n" + re.sub(r"^\+", "", new, flags=re.MULTILINE))
        path.write_text(text, "utf-8")


def libraries(folder: Path) -> Path:
    """Return a folder with the libraries that are installed here, and without the program itself."""
    folder.mkdir()
    for path in Path(sysconfig.get_path("purelib")).iterdir():
        if (
            not re.match(r"news_digest|__editable__|_editable|_news_digest|pip\b|pip-|__pycache__", path.name)
            and path.suffix != ".pth"
        ):
            (folder / path.name).symlink_to(path)
    return folder


PATIENCE = re.compile(r"^(reading|writing|importing) [a-z ]+: [\d,]+\n", re.MULTILINE)
"""What a slow machine says meanwhile."""


def is_as_told(printed: str, expected: str) -> bool:
    """Compare what a command printed with the tutorial, where … stands for anything and counts of files may differ."""
    pattern = re.escape(COUNTS.sub("0", expected)).replace("…", ".*")
    return re.fullmatch(pattern, COUNTS.sub("0", PATIENCE.sub("", printed))) is not None


def test_the_tutorial(tmp_path: Path) -> None:
    if shutil.which("rsync") is None:
        if os.environ.get("CI"):
            pytest.fail("rsync is not installed; .ci/run installs it")
        pytest.skip("rsync is not installed")
    packages, home = tmp_path / "packages", tmp_path / "home"
    command = [sys.executable, "-m", "hatchling", "build", "--target", "wheel", "--directory", str(packages)]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    home.mkdir()
    terminal = Terminal(home, packages, libraries(tmp_path / "site-packages"))
    wrong = []
    for kind, name, text in blocks():
        if kind == "diff":
            terminal.edit(name, text)
        elif name:
            (terminal.folder / name).write_text(text, "utf-8")
        else:
            assert kind == "console"
            for command_, expected in steps(text):
                printed = terminal.serve(command_) if command_ == "digest serve" else terminal.run(command_)
                if not is_as_told(printed, expected):
                    wrong.append(f"$ {command_}\n{printed}but the tutorial says\n{expected}")
    assert wrong == [], "\n".join(wrong)
    installed = Path(terminal.run("command -v digest").strip())
    assert installed.is_relative_to(home)
    home_page = (terminal.folder / "site/index.html").read_text("utf-8")
    assert "What we learned this week" in home_page
    assert "Two rivers left their beds, not three." in (
        terminal.folder / "site/2025/08/17/rivers-rise-across-the-valley/index.html"
    ).read_text("utf-8")
    day = (terminal.folder / "site/2025/08/17/index.html").read_text("utf-8")
    assert day.index("The ferry to the island") < day.index("Rivers rise across the valley")

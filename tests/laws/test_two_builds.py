"""Two builds of one digest at the same time: one waits, says so, and nothing is done twice or half."""

import re
import subprocess
from pathlib import Path

from sites import NOW_TEXT, Site, article, difference, seed

from digest import build as building

WAITING = "digest: another build of this project is running; waiting for it\n"
ONE_BUILD = ("build", "--no-search", "--now", NOW_TEXT, "--jobs", "2")


def filled(site: Site, count: int = 40) -> Site:
    """Return the site with seeds and articles to build."""
    for number in range(count):
        site.write(f"seeds/{number}.txt", seed(f"Seed {number}", f"2025-08-{number % 28 + 1:02}"))
        site.write(f"content/{number}.md", article(f"By hand {number}", f"2025-07-{number % 28 + 1:02}"))
    return site


def test_a_build_waits_for_the_one_that_runs_and_says_so(site: Site, tmp_path: Path) -> None:
    alone = filled(site).clone(tmp_path / "alone")
    alone.build()
    with site.locked():
        waiting = [site.start(*ONE_BUILD), site.start(*ONE_BUILD)]
        assert [first_line(build) for build in waiting] == [WAITING, WAITING]
        assert not site.folder.exists(), "who waits does nothing"
        assert site.files("content/2025") == []
    for build in waiting:
        _, err = build.communicate()
        assert (build.returncode, without_progress(err)) == (0, "")
    assert difference(site.output(), alone.output()) == []
    assert difference(site.content(), alone.content()) == []


def test_builds_that_start_together_give_what_one_gives(site: Site, tmp_path: Path) -> None:
    alone = filled(site).clone(tmp_path / "alone")
    alone.build()
    builds = [site.start(*ONE_BUILD) for _ in range(4)]
    for build in builds:
        _, err = build.communicate()
        assert build.returncode == 0, err
        assert without_progress(err) in ("", WAITING)
    assert difference(site.output(), alone.output()) == []
    assert difference(site.content(), alone.content()) == []


def test_a_build_that_waited_sees_what_the_other_did(site: Site) -> None:
    """Also the other way round: what is written while it waits is in what it builds."""
    told = []
    with site.locked():
        build = site.start(*ONE_BUILD)
        told.append(first_line(build))
        site.write("content/late.md", article("Late"))
    build.communicate()
    assert (build.returncode, told) == (0, [WAITING])
    assert "2025/08/17/late/index.html" in site.output()


def test_other_commands_wait_too(site: Site) -> None:
    site.write("seeds/one.txt", seed("One"))
    with site.locked():
        assert site.run("list").returncode == 0, "it only reads"
        commands = [site.start("import"), site.start("stories")]
        assert [first_line(command) for command in commands] == [WAITING, WAITING]
        assert site.files("content") == []
    assert [command.wait() for command in commands] == [0, 0]
    for command in commands:
        command.communicate()
    assert site.files("content") == ["content/2025/08/17/one.md"]


def test_a_build_that_has_not_to_wait_says_nothing(site: Site) -> None:
    told: list[str] = []
    building.build(site.options(), lambda step, done, total: None, lambda: told.append("waits"))
    assert told == []


def first_line(process: subprocess.Popen[str]) -> str:
    """Return the first line that a process writes on stderr, as soon as it does."""
    assert process.stderr is not None
    return process.stderr.readline()


def without_progress(err: str) -> str:
    """Leave out what a build says of work that takes it over a second: `writing pages: 179`."""
    return re.sub(r"^[a-z ]+: \d+\n", "", err, flags=re.MULTILINE)

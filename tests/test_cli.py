"""The command line, as a person or a cron job meets it: what it says, on which stream, with which exit code."""

import gc
import json
import os
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import click
import pytest

from digest import __version__
from digest.cli import cli, main

SEED = ' date 2025-08-17 "A kicker of words" Rivers rise after the rain\n\nFirst paragraph.\n\nLast paragraph.\n'
RIVERS = "content/2025/08/17/rivers-rise-after-the-rain.md"
OPTIONS = [
    (name, param.opts[-1].removeprefix("--"))
    for name, command in cli.commands.items()
    for param in command.params
    if isinstance(param, click.Option)
]


class Ran(NamedTuple):
    """How a command ended, and what it said."""

    code: int
    out: str
    err: str


Run = Callable[..., Ran]


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> Run:
    """Run `digest` with arguments, from `tmp_path`."""
    for name in [*os.environ]:
        if name.startswith("DIGEST_") or name in ("SOURCE_DATE_EPOCH", "NO_COLOR"):
            monkeypatch.delenv(name)
    monkeypatch.chdir(tmp_path)

    def run_it(*arguments: object) -> Ran:
        monkeypatch.setattr(sys, "argv", ["digest", *map(str, arguments)])
        with pytest.raises(SystemExit) as ended:
            main()
        gc.enable()
        return Ran(int(ended.value.code or 0), *capsys.readouterr())

    return run_it


@pytest.fixture
def root(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A new digest with one seed, and the folder in which commands run."""
    assert run("init", "news").code == 0
    folder = tmp_path / "news"
    (folder / "seeds" / "rivers.txt").write_text(SEED)
    monkeypatch.chdir(folder)
    return folder


def write(root: Path, name: str, **front: str) -> Path:
    """Write an article of 2025-08-17 by hand."""
    values = {"title": name.capitalize(), "date": "2025-08-17", **front}
    path = root / "content" / "2025" / "08" / "17" / f"{name}.md"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("---\n" + "".join(f"{key}: {value}\n" for key, value in values.items()) + "---\n\nText.\n")
    return path


def snapshot(folder: Path) -> dict[str, bytes]:
    """Return every file below `folder`, and every folder (as no bytes)."""
    found = {path.relative_to(folder).as_posix(): path for path in folder.rglob("*")}
    return {name: path.read_bytes() if path.is_file() else b"" for name, path in found.items()}


def shown(root: Path, slug: str) -> bool:
    """Tell whether the site has an article, on its page and in the feed."""
    page = (root / f"site/2025/08/17/{slug}/index.html").is_file()
    assert page == (f"/{slug}/" in (root / "site/feed.xml").read_text())
    return page


# Help


def test_version(run: Run) -> None:
    assert run("--version") == Ran(0, f"digest, version {__version__}\n", "")


@pytest.mark.parametrize("command", sorted(cli.commands))
def test_every_command_and_option_explains_itself(run: Run, command: str) -> None:
    ran = run(command, "--help")
    assert (ran.code, ran.err) == (0, "")
    assert ran.out.startswith(f"Usage: digest {command} ")
    assert all(param.help for param in cli.commands[command].params if isinstance(param, click.Option))


def test_help_lists_all_commands_in_sections(run: Run) -> None:
    out = run("--help").out
    assert "To begin:\n    digest init news" in out
    listed = [line.split()[0] for line in out.partition("The daily work:")[2].splitlines() if line.startswith("  ")]
    assert sorted(listed[:-1]) == sorted(cli.commands)
    assert "..." not in out.partition("The daily work:")[2]  # no sentence is cut short


@pytest.mark.parametrize("name", sorted(cli.commands))
def test_a_command_is_in_the_file_of_its_name(name: str) -> None:
    callback = cli.commands[name].callback
    assert callback
    assert callback.__module__ in (f"digest.commands.{name}", f"digest.commands.{name}_")


@pytest.mark.parametrize("wrong", [["bild"], ["build", "--nonsense"], ["build", "--jobs", "0"], ["list", "nonsense"]])
def test_wrong_usage(run: Run, root: Path, wrong: list[str]) -> None:
    before = snapshot(root)
    ran = run(*wrong)
    assert (ran.code, ran.out) == (2, "")
    assert "Usage: digest" in ran.err
    assert snapshot(root) == before


@pytest.mark.parametrize(
    ("wrong", "meant"), [(["bild"], "'build'"), (["lst"], "'list'"), (["build", "--base-ulr", "x"], "'--base-url'")]
)
def test_a_misspelt_name_is_told_with_the_one_meant(run: Run, wrong: list[str], meant: str) -> None:
    ran = run(*wrong)
    assert ran.code == 2
    assert "Did you mean" in ran.err
    assert meant in ran.err


@pytest.mark.parametrize(
    ("wrong", "mend"),
    [
        (["list", "-v"], "-v stands before the command: `digest -v list`"),
        (["build", "--root", "x"], "--root stands before the command: `digest --root build`"),
        (["new", "Rivers", "rise"], "put what has spaces in it between quotes"),
    ],
)
def test_wrong_usage_is_told_with_its_mend(run: Run, wrong: list[str], mend: str) -> None:
    ran = run(*wrong)
    assert ran.code == 2
    assert ran.err.endswith(f"\n  {mend}\n")


def test_a_folder_inside_a_digest_is_told_of_it(run: Run, root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(root / "seeds")
    ran = run("build")
    assert ran.code == 2
    assert f"this folder is inside the digest {root}: go there" in ran.err


def test_python_m_digest_is_the_command(tmp_path: Path) -> None:
    ran = subprocess.run([sys.executable, "-m", "digest", "list"], cwd=tmp_path, capture_output=True, text=True)
    assert (ran.returncode, ran.stdout) == (2, "")
    assert "digest.yml does not exist" in ran.stderr


# digest init


def test_a_new_digest_builds_at_once(run: Run, tmp_path: Path) -> None:
    ran = run("init", "new")
    assert ran.code == 0
    assert "made digest.yml" in ran.out
    assert "next:" in ran.out
    assert run("--root", "new", "build").code == 0
    assert "There are no articles yet." in (tmp_path / "new/site/index.html").read_text()


def test_init_never_overwrites(run: Run, tmp_path: Path) -> None:
    (tmp_path / "digest.yml").write_text("title: Mine\n")
    (tmp_path / ".gitignore").write_text("mine\n")
    assert run("init").code == 0
    assert (tmp_path / "digest.yml").read_text() == "title: Mine\n"
    assert (tmp_path / ".gitignore").read_text() == "mine\n"
    before = snapshot(tmp_path)
    ran = run("init")
    assert ran.code == 0
    assert "nothing was changed" in ran.out
    assert snapshot(tmp_path) == before


def test_each_new_digest_has_an_id_of_its_own(run: Run, tmp_path: Path) -> None:
    run("init", "a")
    run("init", "b")
    assert (tmp_path / "a/digest.yml").read_text() != (tmp_path / "b/digest.yml").read_text()


def test_init_where_a_file_stands_in_the_way(run: Run, tmp_path: Path) -> None:
    (tmp_path / "seeds").write_text("not a folder")
    ran = run("init")
    assert ran.code == 2
    assert "name another folder" in ran.err


# Wrong settings


@pytest.mark.parametrize("command", ["build", "import", "list"])
def test_outside_a_digest(run: Run, tmp_path: Path, command: str) -> None:
    ran = run(command)
    assert (ran.code, ran.out) == (2, "")
    assert "digest.yml does not exist" in ran.err
    assert "`digest init` makes one" in ran.err
    assert snapshot(tmp_path) == {}


def test_a_root_that_is_not_there(run: Run, tmp_path: Path) -> None:
    ran = run("--root", "nowhere", "build")
    assert ran.code == 2
    assert "digest.yml does not exist" in ran.err
    assert snapshot(tmp_path) == {}


@pytest.mark.parametrize("command", ["build", "import", "list"])
@pytest.mark.parametrize(
    ("settings", "says"),
    [
        ("title: T\ntimezon: UTC\n", ["digest.yml:2:", "unknown key `timezon`", "did you mean `timezone`?"]),
        ("zzz: 1\n", ["digest.yml:1:", "known keys: title, description"]),
        ("title: T\nurl: example.org\n", ["digest.yml:2:", "not the address of a site", "https://"]),
        ("url: https://example.org/?a=b\n", ["not the address of a site"]),
        ("timezone: Europe/Nowhere\n", ["digest.yml:1:", "`timezone`", "Europe/Berlin"]),
        ("language: Deutsch!\n", ["digest.yml:1:", "`language`", "`de`"]),
        ("id: no URI\n", ["digest.yml:1:", "`id`", "urn:uuid:"]),
        ("title: [a, b]\n", ["digest.yml:1:", "`title` must be a text"]),
        ("title: A\ntitle: B\n", ["digest.yml:2:", "stands twice"]),
        ("- a\n- b\n", ["digest.yml:1:", "not `key: value` lines"]),
        ('title: "open\n', ["digest.yml:", "not valid YAML"]),
        ("a: &a [x]\nb: *a\n", ["digest.yml:1:", "references"]),
    ],
)
def test_wrong_settings_are_named_and_nothing_is_written(
    run: Run, root: Path, command: str, settings: str, says: list[str]
) -> None:
    (root / "digest.yml").write_text(settings)
    before = snapshot(root)
    ran = run(command)
    assert (ran.code, ran.out) == (2, "")
    assert [words for words in says if words not in ran.err] == []
    assert snapshot(root) == before


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["--base-url", "example.org"], "--base-url"),
        (["--now", "tomorrow"], "--now"),
        (["--output", "."], "digest's own files"),
        (["--output", "seeds"], "digest's own files"),
        (["--output", "content/2025"], "digest's own files"),
        (["--output", "templates/site"], "digest's own files"),
        (["--output", ".digest"], "digest's own files"),
        (["--output", ".."], "digest's own files"),
    ],
)
def test_wrong_options_are_named_and_nothing_is_written(run: Run, root: Path, arguments: list[str], says: str) -> None:
    before = snapshot(root.parent)
    ran = run("build", *arguments)
    assert (ran.code, ran.out) == (2, "")
    assert says in ran.err
    assert snapshot(root.parent) == before


def test_another_settings_file(run: Run, root: Path) -> None:
    (root / "other.yml").write_text("title: The other one\n")
    assert run("--config", "other.yml", "build").code == 0
    assert "The other one" in (root / "site/index.html").read_text()
    assert run("--config", "none.yml", "build").code == 2


# digest build


def test_the_closing_summary(run: Run, root: Path) -> None:
    first = run("build")
    assert (first.code, first.err) == (0, "")
    assert re.fullmatch(
        r"imported: 1 create\n1 article, 11 pages → site/: \d+ written, 0 unchanged, 0 deleted \(\d+\.\d\d s\)\n",
        first.out,
    )
    again = run("build")
    assert re.fullmatch(r"1 article, 11 pages → site/: all \d+ files up to date \(\d+\.\d\d s\)\n", again.out)


def test_quiet_says_nothing_but_what_went_wrong(run: Run, root: Path) -> None:
    for command in (["build"], ["import"], ["build", "--full"], ["clean"], ["init", "another"]):
        assert run("--quiet", *command) == Ran(0, "", "")
    write(root, "bad", date="2025-02-30")
    assert "bad.md:3" in run("-q", "build").err


def test_json_is_one_object_and_nothing_else(run: Run, root: Path) -> None:
    write(root, "bad", date="2025-02-30")
    ran = run("build", "--json", "--explain")
    told = json.loads(ran.out)
    contract = ["articles", "pages", "written", "unchanged", "deleted", "changed", "problems", "seconds"]
    assert list(told)[: len(contract)] == contract
    assert (told["articles"], told["pages"], told["unchanged"], told["deleted"]) == (1, 11, 0, 0)
    assert told["written"] == len(told["changed"])
    assert all((root / "site" / path).is_file() for path in told["changed"])
    (problem,) = told["problems"]
    assert list(problem) == ["severity", "path", "line", "message", "hint"]
    assert (problem["severity"], problem["path"], problem["line"]) == ("error", "content/2025/08/17/bad.md", 3)
    assert ran.code == 1
    again = json.loads(run("build", "--json").out)
    assert again == {**told, "written": 0, "unchanged": told["written"], "changed": [], "seconds": again["seconds"]}


def test_a_bad_file_is_named_with_line_and_mend_and_the_rest_is_built(run: Run, root: Path) -> None:
    write(root, "bad", date="2025-02-30")
    for _ in "first", "again":
        ran = run("build")
        assert ran.code == 1
        problem, hint = ran.err.splitlines()
        assert problem.startswith("error: content/2025/08/17/bad.md:3: '2025-02-30' is not a date")
        assert hint == "  write it as 2025-08-17 or 2025-08-17T14:05:00+02:00"
        assert "1 article," in ran.out
    assert shown(root, "rivers-rise-after-the-rain")
    assert not shown(root, "bad")


def test_what_a_file_says_cannot_steer_the_terminal(run: Run, root: Path) -> None:
    write(root, "bad", slug='"\\e[2Jgone"')
    ran = run("build")
    assert ran.code == 1
    assert "\x1b" not in ran.err


def test_strict_makes_warnings_count(run: Run, root: Path) -> None:
    run("build")
    (root / RIVERS).write_text((root / RIVERS).read_text().replace("First", "Edited"))
    (root / "seeds/rivers.txt").write_text(SEED.replace("First", "Corrected"))
    ran = run("build")
    assert ran.code == 0
    assert ran.err.startswith(f"warning: {RIVERS}:1: you edited this file, and seeds/rivers.txt:1 changed since")
    assert run("build", "--strict").code == 1


def test_now_decides_what_is_due(run: Run, root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(root, "later", date="2025-08-17T12:00:00+00:00")
    assert run("build", "--now", "2025-08-17T11:59:59").code == 0
    assert not shown(root, "later")
    assert run("build", "--now", "2025-08-17T12:00").code == 0
    assert shown(root, "later")
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1755431999")
    assert run("build").code == 0
    assert not shown(root, "later")
    assert run("build", "--future").code == 0
    assert shown(root, "later")
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1755432000")
    assert run("build").code == 0
    assert shown(root, "later")
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "noon")
    assert run("build").code == 2


def test_now_is_in_the_time_zone_of_the_digest(run: Run, root: Path) -> None:
    (root / "digest.yml").write_text("timezone: Asia/Tokyo\n")
    write(root, "later", date="2025-08-17")
    run("build", "--now", "2025-08-16T23:59")
    assert not shown(root, "later")
    run("build", "--now", "2025-08-16T15:00Z")
    assert shown(root, "later")


def test_an_article_expires(run: Run, root: Path) -> None:
    write(root, "brief", expires="2025-08-18")
    run("build", "--now", "2025-08-17T23:59")
    assert shown(root, "brief")
    run("build", "--now", "2025-08-18")
    assert not shown(root, "brief")


def test_drafts_show_only_where_they_are_asked_for(run: Run, root: Path) -> None:
    write(root, "idea", draft="true")
    run("build")
    assert not shown(root, "idea")
    run("build", "--drafts")
    assert shown(root, "idea")
    run("build")
    assert not shown(root, "idea")


def test_base_url_by_option_and_environment(run: Run, root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DIGEST_BUILD_BASE_URL", "https://preview.example/x")
    run("build")
    assert "https://preview.example/x/2025/08/17/rivers" in (root / "site/feed.xml").read_text()
    run("build", "--base-url", "https://option.example")
    assert "https://option.example/2025/08/17/rivers" in (root / "site/feed.xml").read_text()


@pytest.mark.parametrize(("command", "option"), OPTIONS, ids=lambda word: word)
def test_every_option_has_its_environment_variable(command: str, option: str) -> None:
    (param,) = (param for param in cli.commands[command].params if f"--{option}" in param.opts)
    prefix = f"DIGEST_{command.upper()}_"
    assert prefix + option.replace("-", "_").upper() == (param.envvar or prefix + str(param.name).upper())


def test_output_elsewhere(run: Run, root: Path, tmp_path: Path) -> None:
    for target in (tmp_path / "public", root / "site" / "preview"):
        ran = run("build", "-o", target)
        assert ran.code == 0
        assert (target / "index.html").is_file()
    assert not (root / "site/index.html").exists()


def test_explain_says_why(run: Run, root: Path) -> None:
    assert "index.html: it is new\n" in run("build", "--explain").out
    (root / RIVERS).write_text((root / RIVERS).read_text().replace("First", "Edited"))
    lines = run("build", "--explain").out.splitlines()
    assert "2025/08/17/rivers-rise-after-the-rain/index.html: its article was edited" in lines
    (root / "site/robots.txt").unlink()
    assert "robots.txt: the file is gone" in run("build", "--explain").out.splitlines()
    assert "robots.txt: everything was asked for" in run("build", "--explain", "--full").out.splitlines()
    assert len(run("build", "--explain").out.splitlines()) == 1


def test_no_escapes_where_nobody_watches(root: Path) -> None:
    ran = subprocess.run([sys.executable, "-m", "digest", "-v", "build", "--explain"], cwd=root, capture_output=True)
    assert ran.returncode == 0
    assert b"\x1b" not in ran.stdout + ran.stderr


# digest import


def test_import_says_what_it_did_and_why(run: Run, root: Path) -> None:
    assert run("-v", "import").out == f"create: {RIVERS} (the seed is new)\n1 create\n"
    assert run("import", "seeds").out == "1 same\n"
    (root / RIVERS).unlink()
    assert (
        run("-v", "import", "seeds").out == f"stay deleted: {RIVERS} (the file was deleted by hand)\n1 stay deleted\n"
    )


def test_import_of_some_seeds_only(run: Run, root: Path) -> None:
    for name in ("a", "b", "c"):
        (root / f"seeds/{name}.txt").write_text(SEED.replace("Rivers", f"{name.upper()} rivers"))
    assert run("import", "seeds/a.txt", root / "seeds/b.txt").out == "2 create\n"
    assert sorted(path.stem[:3] for path in root.rglob("*.md")) == ["a-r", "b-r"]
    assert run("import").code == 0
    assert sorted(path.stem[:3] for path in root.rglob("*.md")) == ["a-r", "b-r", "c-r", "riv"]


def test_import_of_what_is_no_seed(run: Run, root: Path, tmp_path: Path) -> None:
    (tmp_path / "away.txt").write_text(SEED)
    for path in ("digest.yml", "../away.txt", "seeds/none.txt", "content"):
        ran = run("import", path)
        assert ran.code == 2
        assert "put it into seeds/ first" in ran.err
    assert not list(root.rglob("*.md"))


# digest clean


def test_clean_removes_what_the_build_made_and_nothing_else(run: Run, root: Path) -> None:
    run("import")
    before = {name: data for name, data in snapshot(root).items() if not name.startswith(".digest")}
    (root / "site/2025").mkdir()
    (root / "site/2025/mine.html").write_text("mine")
    run("build")
    assert (root / "site/index.html").is_file()
    ran = run("clean")
    assert ran.code == 0
    assert re.fullmatch(r"\d+ files of the site removed, and the build memory\n", ran.out)
    assert snapshot(root) == {**before, "site/2025": b"", "site/2025/mine.html": b"mine"}


def test_clean_of_another_output(run: Run, root: Path, tmp_path: Path) -> None:
    run("build", "-o", "../public")
    run("clean", "-o", "../public")
    assert snapshot(tmp_path / "public") == {}

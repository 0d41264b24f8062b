"""`digest list`: what there is, for a person at a terminal, for a pipe and for a program; and nothing is written."""

import gc
import json
import os
import pty
import re
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner
from sites import Site

from digest import layout, store
from digest.cli import cli
from digest.commands import list_
from digest.listing import PROBLEMS

NOW = ("--now", "2025-08-18")
FOLDER = "content/2025/08/17"


def article(site: Site, slug: str, title: str = "", **front: object) -> str:
    """Write an article of 2025-08-17, and return its path."""
    values = {"title": title or slug.capitalize(), "date": "2025-08-17", **front}
    path = f"{FOLDER}/{slug}.md"
    site.write(
        path, "---\n" + "".join(f"{key}: {json.dumps(value)}\n" for key, value in values.items()) + "---\n\nText.\n"
    )
    return path


def listed(site: Site, *arguments: str) -> list[str]:
    """Return the names of the files that are listed, in their order."""
    ran = CliRunner().invoke(cli, ["--root", str(site.root), "list", *NOW, *arguments], catch_exceptions=False)
    gc.enable()
    assert ran.exit_code == 0, ran.stderr
    return [Path(line.split("\t")[2]).stem for line in ran.stdout.splitlines()]


def seen(site: Site, *arguments: str, columns: int = 80, **environment: str) -> str:
    """Return what a terminal of so many columns is sent."""
    ours, theirs = pty.openpty()
    own = {key: value for key, value in os.environ.items() if not key.startswith("DIGEST_") and key != "NO_COLOR"}
    with subprocess.Popen(
        [sys.executable, "-m", "digest", "--root", str(site.root), *arguments],
        stdin=subprocess.DEVNULL,
        stdout=theirs,
        stderr=subprocess.DEVNULL,
        env=own | {"COLUMNS": str(columns), "TERM": "xterm"} | environment,
    ):
        os.close(theirs)
        data = b""
        try:
            while part := os.read(ours, 65536):
                data += part
        except OSError:
            pass  # the other end is closed
        os.close(ours)
    return data.decode().replace("\r\n", "\n")


def plain(text: str) -> str:
    """Return what a terminal shows, without colours."""
    return re.sub(r"\x1b\[[0-9;]*m", "", text)


@pytest.fixture
def filled(site: Site) -> Site:
    """A digest with an article in each state."""
    site.write(
        "seeds/rivers.txt", ' date 2025-08-17 "A kicker of words" Rivers rise after the rain\n\nFirst.\n\nLast.\n'
    )
    assert site.run("import").returncode == 0
    site.replace(f"{FOLDER}/rivers-rise-after-the-rain.md", "First", "Edited")
    article(site, "plain")
    article(site, "idea", draft=True)
    article(site, "later", date="2025-08-18T12:00")
    article(site, "gone", expires="2025-08-17T20:00")
    article(site, "wrong", retracted="It was not so.")
    site.forget()
    return site


def test_by_state(filled: Site) -> None:
    lines = filled.run("list", *NOW).stdout.splitlines()
    assert {tuple(line.split("\t")) for line in lines} == {
        ("future", "2025-08-18", f"{FOLDER}/later.md", "Later"),
        ("edited", "2025-08-17", f"{FOLDER}/rivers-rise-after-the-rain.md", "Rivers rise after the rain"),
        ("published", "2025-08-17", f"{FOLDER}/plain.md", "Plain"),
        ("draft", "2025-08-17", f"{FOLDER}/idea.md", "Idea"),
        ("expired", "2025-08-17", f"{FOLDER}/gone.md", "Gone"),
        ("retracted", "2025-08-17", f"{FOLDER}/wrong.md", "Wrong"),
    }
    assert lines[0].startswith("future")  # the newest first
    assert listed(filled, "drafts") == ["idea"]
    assert listed(filled, "future") == ["later"]
    assert listed(filled, "expired") == ["gone"]
    assert listed(filled, "retracted") == ["wrong"]
    assert listed(filled, "edited") == ["rivers-rise-after-the-rain"]
    assert sorted(listed(filled, "published")) == ["plain", "rivers-rise-after-the-rain", "wrong"]


def test_the_states_of_the_command_line_are_those_of_articles() -> None:
    (argument,) = (param for param in cli.commands["list"].params if param.name == "state")
    assert list(argument.type.choices) == [*list_.STATES]  # type: ignore[attr-defined]
    assert PROBLEMS in list_.STATES


def test_nothing_is_written_and_no_build_is_waited_for(filled: Site) -> None:
    before = filled.files("")
    assert not (filled.root / layout.MEMORY).exists()
    listed(filled)
    filled.run("list", "problems")
    assert filled.files("") == before
    assert not (filled.root / layout.MEMORY).exists()
    with store.opened(filled.root, lambda: None):
        assert len(listed(filled)) == 6


def test_what_a_build_remembers_is_used_and_left_alone(filled: Site) -> None:
    filled.build()
    memory = filled.root / layout.MEMORY / "memory.sqlite"
    before = memory.read_bytes()
    article(filled, "newer")
    assert "newer" in listed(filled)
    assert memory.read_bytes() == before
    memory.write_bytes(b"no database")
    assert "newer" in listed(filled)
    assert memory.read_bytes() == b"no database"


def test_by_topic_source_day_and_language(site: Site) -> None:
    article(
        site, "one", topics=["Weather", "Rivers"], source={"name": "The Times", "url": "https://www.times.example/1"}
    )
    article(site, "two", topics=["weather"], lang="de-AT")
    article(site, "three", date="2025-07-01", lang="de", source="Die Zeit")
    assert sorted(listed(site, "--topic", "WEATHER")) == ["one", "two"]
    assert listed(site, "--source", "the times") == ["one"]
    assert listed(site, "--source", "times.example") == ["one"]
    assert sorted(listed(site, "--lang", "de")) == ["three", "two"]
    assert listed(site, "--lang", "de-at") == ["two"]
    assert listed(site, "--day", "2025-07") == ["three"]
    assert sorted(listed(site, "--day", "2025-08-17")) == ["one", "two"]
    assert len(listed(site, "--day", "2025")) == 3
    assert listed(site, "published", "--topic", "weather", "--lang", "de", "--day", "2025-08") == ["two"]
    assert listed(site, "drafts", "--topic", "weather") == []


def test_an_empty_result_says_so(site: Site) -> None:
    article(site, "one", topics=["Weather"], source="The Times")
    for arguments, says in (
        (["drafts"], "no such articles\n"),
        (["problems"], "no problems\n"),
        (["--topic", "Wether"], "no article has the topic 'Wether'; did you mean 'Weather'?\n"),
        (["--source", "Tme Times"], "no article has the source 'Tme Times'; did you mean 'the times'?\n"),
        (["drafts", "--topic", "weather"], "no such articles\n"),
    ):
        ran = site.run("list", *arguments)
        assert (ran.returncode, ran.stdout, ran.stderr) == (0, "", says)
    assert site.run("-q", "list", "drafts").stderr == ""


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        (["--day", "2025-13"], "'2025-13' is no day, month or year"),
        (["--day", "25"], "'25' is no day, month or year"),
        (["--day", "2025-08-17-01"], "is no day, month or year"),
        (["--lang", "ger man"], "'ger man' is not a language tag"),
        (["problems", "--lang", "de"], "problems are of files"),
        (["draft"], "drafts"),
    ],
)
def test_what_makes_no_sense_is_refused(site: Site, wrong: list[str], says: str) -> None:
    ran = site.run("list", *wrong)
    assert (ran.returncode, ran.stdout) == (2, "")
    assert says in ran.stderr


def test_problems_have_path_line_and_mend(site: Site) -> None:
    site.write("seeds/bad.txt", "No header.\n")
    article(site, "bad", date="2025-02-30")
    ran = site.run("list", "problems")
    assert (ran.returncode, ran.stderr) == (1, "")
    rows = [line.split("\t") for line in ran.stdout.splitlines()]
    assert [row[:2] for row in rows] == [["error", f"{FOLDER}/bad.md:3"], ["error", "seeds/bad.txt:1"]]
    assert "'2025-02-30' is not a date" in rows[0][2]
    assert rows[0][3].startswith("write it as 2025-08-17")
    shown = plain(seen(site, "list", "problems"))
    assert f"{FOLDER}/bad.md:3" in shown.replace("\n", "")
    assert "2 problems" in shown
    # Elsewhere they are told beside what is listed.
    assert "error: content/2025/08/17/bad.md:3" in site.run("list").stderr


LETTER = """\
From: Press Office <press@town.example>
Date: Sun, 17 Aug 2025 09:00:00 +0100
Subject: The river rises
Content-Type: multipart/mixed; boundary=outer

--outer
Content-Type: text/plain

It has rained for three days.
--outer
Content-Type: application/pdf
Content-Disposition: attachment; filename=map.pdf

None.
--outer--
"""
"""Of this a warning tells that what is attached was left out."""


def test_problems_are_all_that_a_build_tells(site: Site) -> None:
    """Of stories, editions and seeds too, whether a build was before or not; and what it told once is still known."""
    site.write("seeds/letter.eml", LETTER)
    site.write("seeds/bad.txt", "No header.\n")
    article(site, "one", story="2025-08-17-on")
    article(site, "two", aliases=["/old/"])
    article(site, "three", aliases=["/old/"])
    site.write(f"{FOLDER}/edition.yml", "lead: one\norder: [tow]\n")
    built = site.build()
    told = {(problem.path, problem.message) for problem in built.problems}
    assert {path for path, _ in told} == {
        "seeds/letter.eml",
        "seeds/bad.txt",
        f"{FOLDER}/one.md",
        f"{FOLDER}/two.md",
        f"{FOLDER}/edition.yml",
    }
    letter = ("seeds/letter.eml", next(message for path, message in told if path == "seeds/letter.eml"))

    def listed_problems() -> set[tuple[str, str]]:
        rows = (line.split("\t") for line in site.run("list", "problems").stdout.splitlines())
        return {(row[1].partition(":")[0], row[2]) for row in rows}

    assert listed_problems() == told
    assert {(problem.path, problem.message) for problem in site.build().problems} == told - {letter}
    assert listed_problems() == told
    site.forget()
    assert listed_problems() == told


def test_problems_ask_no_imported_seed_again(site: Site) -> None:
    """No seed is opened, but where something else than an import wrote the record of imports."""
    site.write("seeds/letter.eml", LETTER)
    site.build()
    program = f"""if True:
        import sys
        def hook(event, arguments):
            if event == "open" and str(arguments[0]).startswith({str(site.root / "seeds")!r}): print("opened")
        sys.addaudithook(hook)
        from digest import cli
        cli.main()"""
    assert "opened" not in site.start("list", "problems", program=program).communicate()[0]
    (ledger,) = site.root.rglob(layout.LEDGER)
    ledger.write_text(ledger.read_text() + "\n")
    assert "opened" in site.start("list", "problems", program=program).communicate()[0]


def test_json(filled: Site) -> None:
    filled.write("content/2025/08/17/bad.md", "no front matter\n")
    ran = filled.run("list", "future", "--json", *NOW)
    found = json.loads(ran.stdout)
    (later,) = found["articles"]
    assert later == {
        "path": f"{FOLDER}/later.md",
        "id": later["id"],
        "title": "Later",
        "date": "2025-08-18",
        "states": ["future"],
        "lang": "en",
        "source": "",
        "topics": [],
        "address": "/2025/08/18/later/",
        "due": "2025-08-18T12:00:00+02:00",
        "expires": None,
    }
    assert [problem["path"] for problem in found["problems"]] == ["content/2025/08/17/bad.md"]
    assert ran.returncode == 1


def test_a_table_on_a_terminal(filled: Site) -> None:
    sent = seen(filled, "list", *NOW)
    assert "\x1b[" in sent
    shown = plain(sent)
    assert re.search(r"^2025-08-17 +draft +Idea", shown, re.MULTILINE)
    assert f"{FOLDER}/idea.md" in shown
    assert "6 articles: 1 future" in shown
    colour = re.compile(r"\x1b\[[0-9;]*3[1-7]m")
    assert colour.search(sent)
    assert not colour.search(seen(filled, "list", *NOW, NO_COLOR="1"))


@pytest.mark.parametrize("columns", [30, 80, 160])
def test_wide_scripts_and_narrow_terminals_stay_legible(site: Site, columns: int) -> None:
    from rich.cells import cell_len

    article(site, "ja", "東京で大雨、川の水位が上がり住民が避難した", lang="ja", topics=["天気"])
    article(site, "he", "הגשם הציף את הרחובות", lang="he", source="הארץ")
    lines = plain(seen(site, "list", columns=columns)).split("\n")
    assert max(map(cell_len, lines)) <= columns
    text = "".join(line[line.index(" ") if line[:4].isdigit() else 0 :].strip() for line in lines)
    assert "東京で大雨" in re.sub(r"[^\w、]", "", text)
    # Set apart, so that a terminal which turns it around leaves the other columns alone.
    assert "\N{FIRST STRONG ISOLATE}הגשם" in text


def test_a_terminal_gets_the_newest_and_is_told_of_the_rest(site: Site) -> None:
    for number in range(list_.ENOUGH + 5):
        article(site, f"article-{number:03}", date=f"2025-08-17T{number // 60:02}:{number % 60:02}")
    shown = plain(seen(site, "list"))
    assert "article-204.md" in shown
    assert "article-004.md" not in shown
    assert "these are the newest 200" in shown
    assert "article-004.md" in plain(seen(site, "-v", "list"))
    assert len(listed(site)) == list_.ENOUGH + 5


def test_a_title_cannot_steer_the_terminal(site: Site) -> None:
    article(site, "hostile", "Red \x1b[31m alert\N{RIGHT-TO-LEFT OVERRIDE}", lang="fa")
    article(site, "persian", "می\N{ZERO WIDTH NON-JOINER}خواهم", lang="fa")
    for text in (site.run("list").stdout, seen(site, "list")):
        assert "\x1b[31m" not in text
        assert "\N{RIGHT-TO-LEFT OVERRIDE}" not in text
        assert "می\N{ZERO WIDTH NON-JOINER}خواهم" in text

"""`digest doctor`: what is odd in a set-up is found, with its place and how to mend it; and nothing is written."""

import json
import os
import sqlite3
import subprocess
import zipfile
from pathlib import Path

import pytest
from sites import NOW, Site

from digest import doctor, inputs, layout, store, theme
from digest.build import read_settings
from digest.doctoring import Finding, Setup, memory, programs, settings
from digest.errors import DigestError

SEED = ' date 2025-08-17 "A kicker of words" Rivers rise after the rain\n\nFirst paragraph.\n\nLast paragraph.\n'
GOOD = {"url": "https://news.rivers.press/", "author": "The Rivers Desk"}
IGNORED = ".digest/\n.digest-tmp/\n"
COPY = (theme.builtin() / "article.html").read_text("utf-8")


def article(site: Site, slug: str, **front: object) -> str:
    values = {"title": slug.capitalize(), "date": "2025-08-17", **front}
    path = f"content/2025/08/17/{slug}.md"
    site.write(
        path, "---\n" + "".join(f"{key}: {json.dumps(value)}\n" for key, value in values.items()) + "---\nText.\n"
    )
    return path


def git(site: Site, *arguments: str) -> None:
    who = {"GIT_AUTHOR_NAME": "A", "GIT_AUTHOR_EMAIL": "a@b", "GIT_COMMITTER_NAME": "A", "GIT_COMMITTER_EMAIL": "a@b"}
    command = ["git", "-C", str(site.root), *arguments]
    subprocess.run(command, check=True, capture_output=True, env=os.environ | who)


def found(site: Site, check: str = "", environment: dict[str, str] | None = None) -> list[Finding]:
    """Return what a check finds, or all of them."""
    examined = doctor.examine(site.root, site.root / layout.SETTINGS, site.folder, NOW, environment or {})
    return [one for name, findings in examined.findings.items() if check in ("", name) for one in findings]


def one(site: Site, check: str, **environment: str) -> tuple[str, str, str, str]:
    """Return the only finding of a check: its severity, place, message and mend."""
    (finding,) = found(site, check, environment)
    place = f"{finding.path}:{finding.line}" if finding.line else finding.path
    return finding.severity, place, finding.message, finding.hint


@pytest.fixture
def well(site: Site) -> Site:
    """A digest in git of which there is nothing to say."""
    site.configure(**GOOD)
    site.write(".gitignore", IGNORED)
    site.write("site/.gitignore", "*\n!.gitignore\n")
    site.write("seeds/rivers.txt", SEED)
    site.build()
    git(site, "init", "--quiet")
    git(site, "add", ".")
    git(site, "commit", "--quiet", "--message", "Begin")
    return site


def test_all_is_well(well: Site) -> None:
    before = {path: path.stat().st_mtime_ns for path in well.root.rglob("*")}
    ran = well.run("doctor")
    assert (ran.returncode, ran.stderr) == (0, "")
    assert ran.stdout == f"{len(doctor.OF_FILES) + len(doctor.OF_SETTINGS) + 1} checks: all is well\n"
    assert "well: time zone\n" in well.run("-v", "doctor").stdout
    assert {path: path.stat().st_mtime_ns for path in well.root.rglob("*")} == before


def test_what_needs_mending_comes_first_and_has_an_exit_code(well: Site) -> None:
    well.configure(**GOOD | {"url": "http://localhost:8000/", "author": ""})
    ran = well.run("doctor")
    assert (ran.returncode, ran.stderr) == (1, "")
    first, mend, *_, last = ran.stdout.splitlines()
    assert first.startswith("error: base URL: digest.yml:3: `url` http://localhost:8000/ is an address that only")
    assert mend.startswith("  write the address under which readers find the site")
    assert last.endswith(" checks: 1 needs mending, 2 worth a look")  # no author, and settings that are not committed
    assert "notice" not in well.run("-q", "doctor").stdout
    well.configure(**GOOD)
    git(well, "add", ".")
    well.configure(**GOOD | {"author": ""})
    assert well.run("doctor").returncode == 0  # only a notice


def test_json(well: Site) -> None:
    well.configure(**GOOD | {"url": "https://example.org/"})
    ran = well.run("doctor", "--json")
    told = json.loads(ran.stdout)
    assert ran.returncode == 1
    assert {"base URL", "memory", "clock"} <= set(told["checks"])
    assert told["findings"][0] == {
        "check": "base URL",
        "severity": "error",
        "path": "digest.yml",
        "line": 3,
        "message": "`url` still is the example https://example.org/",
        "hint": "write the address under which readers find the site",
    }


def test_a_new_digest_is_told_what_it_needs(site: Site) -> None:
    root = site.root.parent / "new"
    ran = Site(root).run("init")
    assert ran.returncode == 0
    ran = Site(root).run("doctor")
    assert ran.returncode == 1
    for says in ("`url` still is the example", "`title` still is 'My digest'", "no `author`", "`timezone` is UTC"):
        assert says in ran.stdout
    assert "there are no articles yet" in ran.stdout


def test_a_folder_that_is_no_digest(tmp_path: Path) -> None:
    with pytest.raises(DigestError, match=r"digest\.yml does not exist"):
        doctor.examine(tmp_path, tmp_path / "digest.yml", tmp_path / "site", NOW, {})


# Settings


def test_wrong_settings_are_told_and_the_rest_is_looked_at(well: Site) -> None:
    well.configure(timezone="Europe/Atlantis")
    well.write("seeds/bad.txt", "No header.\n")
    severity, place, message, mend = one(well, "settings")
    assert (severity, place) == ("error", "digest.yml")
    assert "`timezone` 'Europe/Atlantis' is not known" in message
    assert "write for example `Europe/Berlin`" in mend
    assert one(well, "seeds")[1] == "seeds/bad.txt:1"
    assert not found(well, "base URL")


@pytest.mark.parametrize(
    ("url", "severity", "says"),
    [
        ("http://127.0.0.1/", "error", "only this machine or network knows"),
        ("http://192.168.1.7/", "error", "only this machine or network knows"),
        ("https://news.example.com/", "error", "still is the example"),
        ("https://news/", "error", "no dot"),
        ("http://news.rivers.press/", "notice", "http"),
        ("https://news.rivers.press/daily/", "notice", "robots.txt"),
        ("https://news.rivers.press/a//b/", "error", "'/a//b/'"),
        ("https://news.rivers.press/index.html", "error", "index.html"),
    ],
)
def test_base_url(site: Site, url: str, severity: str, says: str) -> None:
    site.configure(url=url)
    told = one(site, "base URL")
    assert told[:2] == (severity, "digest.yml:3")
    assert says in told[2]


def test_no_url_at_all(site: Site) -> None:
    site.write("digest.yml", "title: Rivers\n")
    assert one(site, "base URL")[:2] == ("error", "digest.yml")


@pytest.mark.parametrize(
    ("language", "zone", "says"),
    [
        ("de", "UTC", "for example `Europe/Berlin`"),
        ("ja", "Etc/UTC", "for example `Asia/Tokyo`"),
        ("de-AT", "UTC", "for example `Europe/Vienna`"),
        ("de", "EST", "write a place"),
        ("en", "Etc/GMT+2", "write a place"),
    ],
)
def test_time_zone(site: Site, language: str, zone: str, says: str) -> None:
    site.configure(language=language, timezone=zone)
    severity, place, _, mend = one(site, "time zone")
    assert (severity, place) == ("notice", "digest.yml:5")
    assert says in mend


def test_a_zone_that_is_not_set(site: Site) -> None:
    site.write("digest.yml", "title: Rivers\nlanguage: tr\n")
    assert "there is no `timezone`" in one(site, "time zone")[2]
    site.configure(language="tr", timezone="Europe/Berlin")
    assert not found(site, "time zone")


def test_languages_without_words(site: Site) -> None:
    site.configure(language="nl")
    severity, place, message, mend = one(site, "languages")
    assert (severity, place) == ("error", "digest.yml:4")
    assert "`language` has nl, for which the interface has no words" in message
    assert "templates/messages/nl.po" in mend
    site.write("templates/messages/nl.po", 'msgid ""\nmsgstr ""\n"Plural-Forms: nplurals=2; plural=(n != 1);\\n"\n')
    assert not found(site, "languages")


@pytest.mark.parametrize("language", ["en", "en-GB", "de-AT", "zh-TW", "he"])
def test_languages_with_words(site: Site, language: str) -> None:
    site.configure(language=language)
    assert not found(site, "languages")


def test_languages_of_articles(site: Site) -> None:
    article(site, "eins", lang="de-AT")
    article(site, "one", lang="en")
    assert "de-AT (1), en (1)" in one(site, "languages")[2]
    site.configure(languages=["de", "en"])
    assert not found(site, "languages")
    article(site, "un", lang="fr")
    severity, place, message, mend = one(site, "languages")
    assert (severity, place) == ("error", "digest.yml:6")
    assert message == "1 article is in fr, not in `languages`"
    assert "digest list --lang fr" in mend
    site.configure(languages=["de", "en", "fr", "it"])
    assert one(site, "languages")[2] == "`languages` has it, and no article is in it"


def test_the_environment(site: Site) -> None:
    told = one(site, "environment", DIGEST_BUILD_DRAFTS="1", HOME="/")
    assert told[:2] == ("notice", "$DIGEST_BUILD_DRAFTS")


# Articles


def test_the_same_twice(site: Site) -> None:
    article(site, "one", id="urn:x:1")
    article(site, "two", id="urn:x:1")
    severity, place, message, mend = one(site, "ids and addresses")
    assert (severity, place) == ("error", "content/2025/08/17/two.md:1")
    assert "its id urn:x:1 is that of content/2025/08/17/one.md" in message
    assert mend == "delete the `id` line in the copy"


def test_aliases(site: Site) -> None:
    article(site, "one", aliases=["/2025/08/17/two/", "/../up"])
    article(site, "two")
    messages = [finding.message for finding in found(site, "aliases")]
    assert "is no address in the site" in messages[0]
    assert messages[1] == "its alias /2025/08/17/two/ is the address of content/2025/08/17/two.md"


def test_content_that_cannot_be_read(site: Site) -> None:
    article(site, "bad", date="2025-02-30")
    severity, _, message, mend = one(site, "content")
    assert severity == "error"
    assert message.startswith("1 file cannot be read, first content/2025/08/17/bad.md:3: ")
    assert "digest list problems" in mend


def test_seeds_that_gave_no_article(well: Site) -> None:
    well.write("seeds/bad.txt", "No header.\n")
    assert one(well, "seeds")[:2] == ("error", "seeds/bad.txt:1")
    well.write("seeds/bad.txt", SEED.replace("Rivers rise", "Lakes rise").replace("First", "Other"))
    assert one(well, "seeds")[2] == "1 seed waits for the next import: seeds/bad.txt"
    well.build()
    assert not found(well, "seeds")


def test_a_seed_of_many_articles_gave_them(well: Site) -> None:
    well.write("seeds/table.csv", "title,date,text\nLakes,2025-08-17,Lakes rose.\nSeas,2025-08-16,Seas rose.\n")
    with zipfile.ZipFile(well.root / "seeds/more.zip", "w") as pack:
        pack.writestr("ponds.txt", SEED.replace("Rivers rise", "Ponds rise").replace("First", "Pond"))
    assert one(well, "seeds")[2].startswith("2 seeds wait for the next import")
    well.build()
    assert not found(well, "seeds")


def test_a_record_that_a_merge_broke(well: Site) -> None:
    path = "content/2025/08/.imported.jsonl"
    well.write(path, f"<<<<<<< HEAD\n{well.read(path)}=======\n")
    assert [finding.line for finding in found(well, "records of imports")] == [1, 3]


# Version control and the output


def test_no_version_control(site: Site) -> None:
    if any((folder / ".git").exists() for folder in site.root.parents):
        pytest.skip("the temporary folder is in a git repository")
    assert one(site, "version control")[0] == "notice"


def test_what_builds_make_would_be_committed(well: Site) -> None:
    well.write(".gitignore", "")
    well.delete("site/.gitignore")
    well.forget()
    git(well, "commit", "--quiet", "--all", "--message", "Forget")
    messages = [finding.message for finding in found(well, "version control")]
    assert [message.partition(" is not ignored")[0] for message in messages] == [".digest/", ".digest-tmp/", "site/"]
    git(well, "add", "--force", "site/index.html")
    assert "are committed" in found(well, "version control")[-1].message


def test_a_git_that_does_not_answer(site: Site) -> None:
    site.write(".git", "gitdir: /nowhere\n")
    severity, _, message, _ = one(site, "version control")
    assert severity == "notice"
    assert message.startswith("git does not answer: fatal: ")


def test_content_that_nobody_keeps(well: Site) -> None:
    well.write(".gitignore", IGNORED + "content/\n")
    assert one(well, "version control")[:2] == ("error", "content")
    well.write(".gitignore", IGNORED)
    path = article(well, "ümläut")
    assert one(well, "version control")[2] == f"1 change is not committed: {path}"


def test_files_in_the_output_that_no_build_made(well: Site) -> None:
    well.write("site/mine.html", "mine")
    well.write("site/CNAME", "news.rivers.press")
    severity, place, message, _ = one(well, "output")
    assert (severity, place, message) == ("notice", "site", "1 file is not of a build: mine.html")
    well.delete(f"site/{layout.MANIFEST}")
    assert one(well, "output")[0] == "error"


# Templates


def test_a_template_that_is_the_built_in_one(site: Site) -> None:
    site.write("templates/article.html", COPY)
    assert one(site, "templates")[:3] == ("notice", "templates/article.html", "it is the built-in file, word for word")


def test_a_copy_that_lacks_blocks(site: Site) -> None:
    site.write("templates/base.html", "<!doctype html>{% block main %}{% endblock %}")
    severity, place, message, mend = one(site, "templates")
    assert (severity, place) == ("notice", "templates/base.html")
    assert "is it a copy of an older one?" in message
    assert '{% extends "default/base.html" %}' in mend


@pytest.mark.parametrize(
    ("text", "line", "says", "mend"),
    [
        ('{% extends "default/article.html" %}\n{% block mian %}{% endblock %}', 2, "no block `mian`", "`main`"),
        ('{% extends "default/artikel.html" %}', 0, "there is no such template", "article.html"),
        ("{% if %}", 1, "", "mend the template"),
    ],
)
def test_a_template_that_shows_nothing(site: Site, text: str, line: int, says: str, mend: str) -> None:
    site.write("templates/article.html", text)
    (finding,) = found(site, "templates")
    assert (finding.severity, finding.path, finding.line) == ("error", "templates/article.html", line)
    assert says in finding.message
    assert mend in finding.hint


def test_a_template_that_adds_to_a_block_is_well(site: Site) -> None:
    text = (
        '{% extends "default/article.html" %}{% block main %}{% block mine %}{% endblock %}{{ super() }}{% endblock %}'
    )
    site.write("templates/article.html", text)
    assert not found(site, "templates")


def test_words_of_own_templates(site: Site) -> None:
    site.configure(language="de")
    site.write("templates/partials/mine.html", "{{ t.archive }} {{ t.rivers }}")
    severity, place, message, mend = one(site, "catalogues")
    assert (severity, place, message) == ("error", "templates/partials/mine.html", "no catalogue has the words rivers")
    assert "templates/messages/de.po" in mend
    site.write("templates/messages/en.po", 'msgid "rivers"\nmsgstr "Rivers"\n')
    assert "will be English" in one(site, "catalogues")[2]
    site.write("templates/messages/de.po", 'msgid "rivers"\nmsgstr "Flüsse"\n')
    assert not found(site, "catalogues")
    site.write("templates/messages/de.po", "nonsense\n")
    assert "this is no line of a catalogue" in one(site, "catalogues")[2]


# The memory and the machine


def test_a_memory_of_another_version(well: Site) -> None:
    with sqlite3.connect(well.root / layout.MEMORY / "memory.sqlite") as database:
        database.execute(f"PRAGMA user_version = {store.FORMAT + 1}")
    database.close()
    assert one(well, "memory")[:3] == ("notice", ".digest", "the memory is of another version of the program")


def test_a_memory_that_cannot_be_read(well: Site) -> None:
    well.write(".digest/memory.sqlite", "no database" * 100)
    assert one(well, "memory")[:3] == ("error", ".digest", "the memory cannot be read")
    well.forget()
    well.write(".digest", "a file")
    assert one(well, "memory")[:3] == ("error", ".digest", "it is a file, and a build needs a folder there")


def test_a_memory_of_other_files(well: Site) -> None:
    for path in (well.root / "content").rglob("*.md"):
        os.utime(path, ns=(1, 1))
    assert "all files are newer than the memory" in one(well, "memory")[2]


def test_leftovers_of_a_killed_build(well: Site) -> None:
    well.write("site/.digest-tmp/123", "half")
    assert one(well, "leftovers")[:2] == ("notice", "site/.digest-tmp")
    with store.opened(well.root, lambda: None):
        assert "is running" in one(well, "leftovers")[2]


@pytest.mark.parametrize(
    ("disk", "says"),
    [
        (memory.Disk(False, memory.ROOM, False), "cannot be written to"),
        (memory.Disk(True, 1024 * 1024, False), "has 1 MB left"),
        (memory.Disk(True, memory.ROOM, True), "no inodes"),
    ],
)
def test_a_disk_that_refuses(site: Site, disk: memory.Disk, says: str) -> None:
    (finding,) = memory.trouble(setup(site), "/srv/digest/site", disk)
    assert finding.severity == "error"
    assert says in finding.message


@pytest.mark.parametrize(
    ("now", "says"), [(0, "it says 1970-01-01"), (NOW, "it says 2026-01-01, and this file was changed on 2026-02-01")]
)
def test_a_clock_that_is_wrong(site: Site, now: int, says: str) -> None:
    february = NOW // 1_000_000 + 31 * 24 * 3600
    os.utime(site.root / article(site, "later"), (february, february))
    (finding,) = memory.clock(setup(site)._replace(now=now))
    assert finding.severity == "error"
    assert says in finding.message
    assert not list(memory.clock(setup(site)._replace(now=february * 1_000_000)))


def test_missing_programs(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    site.configure(cards="latest")
    assert not found(site, "cards")
    monkeypatch.setattr(programs, "find_spec", lambda name: None)
    monkeypatch.setattr(programs.pagefind, "find", lambda: None)
    assert "Pillow and its font are not installed" in one(site, "cards")[2]
    assert "Pagefind is not installed" in one(site, "search")[2]


def setup(site: Site) -> Setup:
    """Return how a digest is set up, as checks get it."""
    config = site.root / layout.SETTINGS
    with store.glanced(site.root) as known:
        files = inputs.find(site.root, config)
        return Setup(site.root, config, site.folder, read_settings(config), {}, files, known, (), (), NOW, {})


def test_each_check_is_named_for_what_it_looks_at() -> None:
    named = [*doctor.OF_SETTINGS.values(), *doctor.OF_FILES.values()]
    assert len(set(named)) == len(named)
    assert settings.base_url in named

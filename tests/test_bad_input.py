"""One bad file hurts only itself: it is named, and everything else is built."""

import os
import re
from pathlib import Path

import pytest

from digest.build import Options, Result, build
from digest.errors import DigestError, Problem

SETTINGS = "title: D\nurl: https://x.example/\nlanguage: en\ntimezone: UTC\n"
GOOD = " date 2025-08-17 A good article\n\nLead.\n\nText."
HEADER = "title: T\ndate: 2025-08-17\n"


def run(root: Path, **options: bool | int) -> Result:
    (root / "digest.yml").write_text(SETTINGS)
    made = Options(root=root, config=root / "digest.yml", output=root / "site", now=2**62)._replace(**options)
    return build(made, lambda *_: None, lambda: None)


def only_problem(result: Result) -> Problem:
    (found,) = result.problems
    assert found.message
    assert found.hint
    return found


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\xff\xfe\x00x",
        b"\0\1\2" * 100,
        b" date 2025-08-17 T\n\n\x81\x9d\xff and \x8d\x8f",
        b"No date\n\nText.",
        b" date 2025-02-30 T\n\nText.",
        b" date 2025-08-17 T\n\nBell \x07.",
        b" date 2025-08-17 T\n\n\xed\xa0\x80",
        b" date 2025-08-17 " + b"T" * 5000 + b"\n\nText.",
    ],
)
def test_a_bad_seed(tmp_path: Path, data: bytes) -> None:
    (tmp_path / "seeds").mkdir()
    (tmp_path / "seeds/bad.txt").write_bytes(data)
    (tmp_path / "seeds/good.txt").write_text(GOOD)
    result = run(tmp_path)
    assert only_problem(result).path == "seeds/bad.txt"
    assert result.articles == 1
    again = run(tmp_path)
    assert (again.problems, again.written) == (result.problems, 0)


def test_a_huge_seed_is_not_read_into_memory(tmp_path: Path) -> None:
    (tmp_path / "seeds").mkdir()
    with (tmp_path / "seeds/huge.txt").open("wb") as file:
        file.truncate(50 * 1024 * 1024)
    assert only_problem(run(tmp_path)).path == "seeds/huge.txt"


@pytest.mark.parametrize(
    "text",
    [
        "---\ntitle: a: b\n---\nText.\n",
        "---\n- a\n- b\n---\nText.\n",
        "---\ntitle: T\ndate: 2025-08-17\n",
        "---\na: &a [x]\nb: &b [*a, *a]\n---\n",
        "---\n" + "[" * 60_000 + "\n---\n",
        f"---\n{HEADER}slug: ../../../etc/passwd\n---\n",
        f"---\n{HEADER}topics: ['../../x']\n---\n",
        '---\ntitle: "\\ud800"\ndate: 2025-08-17\n---\n',
        f"---\ntitle: {'x' * 5000}\ndate: 2025-08-17\n---\n",
        "---\ntitle: T\n---\nNo date.\n",
        "No front matter at all.\n",
        f"---\n{HEADER}---\nBell \x07.\n",
    ],
)
def test_a_bad_content_file(tmp_path: Path, text: str) -> None:
    (tmp_path / "content").mkdir()
    (tmp_path / "content/bad.md").write_text(text)
    (tmp_path / "content/good.md").write_text(f"---\n{HEADER}---\nText.\n")
    result = run(tmp_path)
    assert only_problem(result).path == "content/bad.md"
    assert only_problem(result).line >= 1
    assert result.articles == 1
    assert not list(tmp_path.glob("../etc*"))
    (tmp_path / "content/bad.md").unlink()
    assert not run(tmp_path).problems


def test_a_link_out_of_the_project_is_not_followed(tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text(GOOD)
    root = tmp_path / "project"
    for folder in ("seeds", "content"):
        (root / folder).mkdir(parents=True)
    (root / "seeds/link.txt").symlink_to(secret)
    (root / "content/link.md").symlink_to(secret)
    (root / "content/folder").symlink_to(tmp_path)
    result = run(root)
    assert {problem.path for problem in result.problems} == {"seeds/link.txt", "content/link.md", "content/folder"}
    assert result.articles == 0


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="root may read everything")
def test_a_file_without_permission(tmp_path: Path) -> None:
    (tmp_path / "seeds").mkdir()
    (tmp_path / "seeds/secret.txt").write_text(GOOD)
    (tmp_path / "seeds/secret.txt").chmod(0)
    assert only_problem(run(tmp_path)).path == "seeds/secret.txt"


def test_a_fifo_is_not_waited_for(tmp_path: Path) -> None:
    (tmp_path / "seeds").mkdir()
    os.mkfifo(tmp_path / "seeds/pipe.txt")
    assert "neither file nor folder" in only_problem(run(tmp_path)).message


HOSTILE = [
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "{{ 7 * 7 }}{% include 'x' %}",
    "</title></head>",
    "\u202ereversed",
    "javascript:alert(1)",
    "&lt;b&gt;",
    "a" * 300,
]


def test_nothing_in_an_article_reaches_the_page_as_markup_or_code(tmp_path: Path) -> None:
    from html.parser import HTMLParser

    import yaml

    (tmp_path / "content").mkdir()
    for number, text in enumerate(HOSTILE):
        header = {"title": text, "date": "2025-08-17", "kicker": text, "summary": text, "authors": [text]}
        header |= {"topics": [text], "source": {"name": text}, "corrections": [{"date": "2025-08-18", "text": text}]}
        (tmp_path / f"content/a{number}.md").write_text(f"---\n{yaml.safe_dump(header)}---\n{text}\n")
    result = run(tmp_path)
    assert not result.problems

    class Tags(HTMLParser):
        def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
            assert tag not in ("img", "b")
            ours = "src" in dict(attrs) and re.fullmatch(
                r"(?:/|(?:\.\./)*)static/(?:search|subscribe|theme)\.[0-9a-f]{8}\.js", dict(attrs)["src"] or ""
            )
            assert tag != "script" or ours or attrs == [("type", "application/ld+json")]
            assert not any(name.startswith("on") for name, _ in attrs)
            links = [value or "" for name, value in attrs if name in ("href", "src")]
            assert not any(link.startswith("javascript:") for link in links)

    pages = list((tmp_path / "site").rglob("*.html"))
    assert len(pages) > len(HOSTILE)
    for page in pages:
        text = page.read_text()
        assert text.count("</title>") == 1
        assert text.count("<script") == text.count("</script>") <= 2
        assert "7 * 7" in text or "49" not in re.sub(r"\.[0-9a-f]{8}\.", "", text), "but for the hashes in names"
        Tags().feed(text)


def test_a_template_error_is_named_and_the_site_stays_whole(tmp_path: Path) -> None:
    (tmp_path / "content").mkdir()
    (tmp_path / "content/a.md").write_text(f"---\n{HEADER}---\nText.\n")
    run(tmp_path)
    before = (tmp_path / "site/index.html").read_bytes()
    (tmp_path / "templates").mkdir()
    (tmp_path / "templates/home.html").write_text("{{ view.nothing }}")
    with pytest.raises(DigestError, match=r"templates/home\.html"):
        run(tmp_path)
    assert (tmp_path / "site/index.html").read_bytes() == before
    (tmp_path / "templates/home.html").unlink()
    assert not run(tmp_path).problems


@pytest.mark.parametrize(
    ("name", "text", "says"),
    [
        ("messages/en.po", "home: Start", r"templates/messages/en\.po:1"),
        ("messages/en.po", 'msgid "articles"\nmsgstr "x"', r"templates/messages/en\.po:1"),
        (
            "home.html",
            "\n{% include 'nothing.html' %}",
            r"templates/home\.html:2: there is no template `nothing\.html`",
        ),
        ("home.html", "\n{{ 1 / 0 }}", r"templates/home\.html:2: division by zero"),
        ("home.html", "{% if %}", r"templates/home\.html:1"),
        ("base.html", "M\udcfcll", r"templates/base\.html is not UTF-8"),
    ],
)
def test_a_wrong_theme_is_named(tmp_path: Path, name: str, text: str, says: str) -> None:
    path = tmp_path / "templates" / name
    path.parent.mkdir(parents=True)
    path.write_bytes(text.encode("utf-8", "surrogateescape"))
    with pytest.raises(DigestError, match=says) as caught:
        run(tmp_path)
    assert caught.value.hint


def test_a_link_in_the_theme_publishes_nothing_of_this_machine(tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text("secret")
    root = tmp_path / "project"
    (root / "templates/static").mkdir(parents=True)
    (root / "templates/static/key.txt").symlink_to(secret)
    assert only_problem(run(root)).path == "templates/static/key.txt"
    assert not (root / "site/static/key.txt").exists()


def test_a_month_that_goes_and_comes_back_is_whole_again(tmp_path: Path) -> None:
    (tmp_path / "content").mkdir()
    text = f"---\n{HEADER}---\nText.\n"
    (tmp_path / "content/a.md").write_text(text)
    (tmp_path / "content/b.md").write_text(text.replace("2025-08-17", "2025-09-17"))
    run(tmp_path)
    (tmp_path / "content/a.md").unlink()
    assert run(tmp_path).deleted == 5
    (tmp_path / "content/a.md").write_text(text)
    run(tmp_path)
    assert (tmp_path / "site/2025/08/17/a/index.html").is_file()
    assert (tmp_path / "site/sitemaps/2025-08.xml").is_file()


def test_a_broken_memory_is_thrown_away(tmp_path: Path) -> None:
    (tmp_path / "content").mkdir()
    (tmp_path / "content/a.md").write_text(f"---\n{HEADER}---\nText.\n")
    first = run(tmp_path)
    (tmp_path / ".digest/memory.sqlite").write_bytes(b"garbage" * 1000)
    again = run(tmp_path)
    assert (again.written, again.unchanged) == (0, first.written)

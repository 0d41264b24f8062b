"""The seed text format, case by case (`cases/seeds/`), and what is no seed."""

from pathlib import Path

import pytest

from digest import content, seeds

CASES = sorted((Path(__file__).parent / "cases" / "seeds").glob("*.txt"))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.stem)
def test_a_case(case: Path) -> None:
    """A case is a seed, a line of `=`, and what it becomes: one `kind: text` a line."""
    seed, _, expected = case.read_text("utf-8").partition("\n==========\n")
    articles, problems = seeds.parse(seed.encode(), case.name)
    found = []
    for article in articles:
        found += [f"date: {article.date}", f"kicker: {article.kicker}", f"title: {article.title}"]
        source = article.source.name if article.source else ""
        stated = {"lang": article.lang, "authors": ", ".join(article.authors), "topics": ", ".join(article.topics)}
        stated |= {"source": source, **(article.header or {})}
        found += [f"{key}: {value}" for key, value in stated.items() if value]
        found += [f"{block.kind}: {block.text!r}" for block in article.blocks]
    found += [f"{problem.severity} in line {problem.line}: {problem.message}" for problem in problems]
    assert "\n".join(found) + "\n" == expected


@pytest.mark.parametrize(
    ("data", "line", "says"),
    [
        (b"", 0, "empty"),
        (b" \n\n\t\n", 0, "empty"),
        (b"x" * (seeds.MAX_FILE + 1), 0, "bytes"),
        (b"\x89PNG\r\n\x1a\n\0\0\0", 0, "not a text"),
        (b" date 2025-08-17 T\n\nok\n\n\xed\xa0\x80", 5, "surrogate pair"),
        (b"No header\n\nText", 1, "no header line"),
        (b" date 2025-02-30 T\n\nText", 1, "impossible"),
        (b" date 2025-13-01 T\n\nText", 1, "impossible"),
        (b" date 0000-01-01 T\n\nText", 1, "impossible"),
        (b" date 2025-08-17\n\nText", 1, "no headline"),
        (b" date 2025-08-17 T\n\nText\n\nMore \x07 text", 5, "U+0007"),
        (b" date 2025-08-17 T\n\nText \xc2\x81 dash", 3, "U+0081"),
        (b" date 2025-08-17 " + b"x" * 5000 + b"\n\nText", 1, "5,000 characters"),
    ],
)
def test_bad_seeds_are_named_with_line_cause_and_mend(data: bytes, line: int, says: str) -> None:
    articles, (problem,) = seeds.parse(data, "seeds/x.txt")
    assert articles == []
    assert problem.severity == "error"
    assert (problem.path, problem.line) == ("seeds/x.txt", line)
    assert says in problem.message
    assert problem.hint


def test_too_many_articles_in_a_file() -> None:
    data = "\n\n".join(f" date 2025-08-17 Title {number}\n\nText {number}." for number in range(10_000))
    articles, (problem,) = seeds.parse(data.encode(), "seeds/x.txt")
    assert len(articles) == seeds.MAX_ARTICLES
    assert problem.line == 4 * seeds.MAX_ARTICLES + 1


def test_one_bad_article_hurts_only_itself() -> None:
    data = b" date 2025-08-17 One\n\nText.\n\n date 2025-02-31 Two\n\nText.\n\n date 2025-08-17 Three\n\nText."
    articles, (problem,) = seeds.parse(data, "seeds/x.txt")
    assert [article.title for article in articles] == ["One", "Three"]
    assert problem.line == 5


def test_line_ends_and_a_byte_order_mark_do_not_matter() -> None:
    text = " date 2025-08-17 Title\n\nOne.\n\nTwo."
    (unix,), _ = seeds.parse(text.encode(), "x")
    (windows,), _ = seeds.parse(b"\xef\xbb\xbf" + text.replace("\n", "\r\n").encode(), "x")
    (mac,), _ = seeds.parse(text.replace("\n", "\r").encode(), "x")
    assert unix.blocks == windows.blocks == mac.blocks
    assert unix.text_hash == windows.text_hash == mac.text_hash


def test_an_article_keeps_its_hash_when_another_joins_its_file() -> None:
    one = " date 2025-08-17 One\n\nText."
    (alone,), _ = seeds.parse(one.encode(), "x")
    (first, _), _ = seeds.parse(f"{one}\n\n date 2025-08-17 Two\n\nText.".encode(), "x")
    assert alone.text_hash == first.text_hash


def test_a_date_may_come_from_the_path_or_from_the_command_line() -> None:
    data = b"A new bridge\n\nThe lead."
    (article,), _ = seeds.parse(data, "seeds/2025/08/17/bridge.txt")
    assert (article.title, article.date) == ("A new bridge", "2025-08-17")
    (article,), _ = seeds.parse(data, "seeds/bridge.txt", seeds.Reading(date="2025-08-18"))
    assert article.date == "2025-08-18"
    (article,), _ = seeds.parse(
        b"A new bridge\n19.08.2025\n\nText.", "2025-08-17.txt", seeds.Reading(date="2025-08-18")
    )
    assert article.date == "2025-08-19"


def test_a_date_alone_makes_no_headline_of_a_paragraph() -> None:
    articles, (problem,) = seeds.parse(b"One line.\nAnother one.\n\nText.", "seeds/2025-08-17.txt")
    assert articles == []
    assert "no header line" in problem.message


def test_blocks_know_their_lines() -> None:
    (article,), _ = seeds.parse(b"\n\n date 2025-08-17 T\nLead.\n\n\nTwo\nlines.\n \nThree.", "x")
    assert [block.line for block in article.blocks] == [4, 7, 10]


def test_a_long_lead_is_cut_at_a_sentence_and_a_short_one_is_not_cut() -> None:
    sentence = "Ein Satz von gut sechzig Zeichen, der hier sehr oft wiederkehrt. "
    assert content.excerpt(sentence.strip()) == sentence.strip()
    assert content.excerpt(sentence * 20) == (sentence * 9).strip()

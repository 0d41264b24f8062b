"""Structure out of plain text: every rule has a case in `cases/rules/`, and can be switched off."""

import re
from html import unescape
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest import markdown, seeds
from digest.intake import compose
from digest.seeds import structure
from digest.seeds.record import Block, Reading
from digest.seeds.structure.rules import FURNITURE, RULES

CASES = sorted((Path(__file__).parent / "cases" / "rules").glob("*.txt"))
PATH = "seeds/2025/08/17/case.txt"


def test_every_rule_has_a_case() -> None:
    assert {case.stem for case in CASES} == set(RULES)
    assert set(FURNITURE) <= set(RULES)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.stem)
def test_a_rule(case: Path) -> None:
    """A case is a seed, a line of `=`, and what it becomes: one `kind: text` a line, and the rules that fired."""
    seed, _, expected = case.read_text("utf-8").partition("\n==========\n")
    shown, rules = show(seed, Reading())
    assert shown == expected
    assert case.stem in rules


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.stem)
def test_a_rule_that_is_switched_off_does_not_fire_and_loses_no_text(case: Path) -> None:
    seed = case.read_text("utf-8").partition("\n==========\n")[0]
    articles, problems = seeds.parse(seed.encode(), PATH, Reading(off=frozenset([case.stem]), date="2025-08-17"))
    assert case.stem not in {fired.rule for article in articles for fired in article.fired}
    if problems:  # without it, nothing says where the header is
        assert case.stem in ("title-line", "date-line", "day-first", "key-lines")
    else:
        assert letters(articles) == letters(seeds.parse(seed.encode(), PATH)[0])


def show(seed: str, reading: Reading) -> tuple[str, set[str]]:
    articles, problems = seeds.parse(seed.encode(), PATH, reading)
    found = []
    for article in articles:
        found.append(
            f"{article.date} | {article.kicker} | {article.title}"
            if article.kicker
            else f"{article.date} | {article.title}"
        )
        found += [f"authors: {', '.join(article.authors)}"] if article.authors else []
        found += [f"source: {article.source.name} {article.source.url}".rstrip()] if article.source else []
        found += [f"topics: {', '.join(article.topics)}"] if article.topics else []
        found += [f"{key}: {value}" for key, value in (article.header or {}).items()]
        found += [f"{label(block)}: {block.text!r}" for block in article.blocks]
    found += [f"{problem.severity} in line {problem.line}: {problem.message}" for problem in problems]
    rules = [fired.rule for article in articles for fired in article.fired]
    found.append(f"rules: {', '.join(dict.fromkeys(rules))}")
    return "\n".join(found) + "\n", set(rules)


def label(block: Block) -> str:
    number = f" {block.level}" if block.kind == "heading" else f" {block.number}" if block.number else ""
    return f"{block.kind}{number}" + (f" ({block.mark})" if block.mark else "")


def letters(articles: list[seeds.SeedArticle]) -> str:
    """Return all that articles say, without blank space, bullets and numbers of lists."""
    parts = [part for one in articles for part in (one.kicker, one.title, *(block.text for block in one.blocks))]
    return "".join(sign for sign in "".join(parts) if sign.isalpha())


LINES = st.sampled_from(
    [
        "A short line",
        "Was nun?",
        "Haben Sie das gewusst?",
        "Ich weiß es nicht, sagte sie, und ging.",
        "A paragraph that is long enough to be one, with a full stop, and a second sentence after it. " * 3,
        "• a bullet",
        "- a dash",
        "– Noch ein Strich",
        "1. one",
        "2. two",
        "3. three",
        "10:30 Uhr: Es regnet",
        "11:45 - It stops",
        "12.15 Uhr",
        "Montag, 18. 8.",
        "„Ein ganzes Zitat.“",
        "“Another one”",
        "— Anna Weber",
        "Weber: Nein.",
        "Post: Doch?",
        "Lesen Sie auch",
        "Mehr zum Thema: Möwen",
        "Von Anna Weber",
        "mli/dpa",
        "Quelle: Post",
        "https://example.org/",
        "1,204 1,310 2:1",
        "# not a heading",
        "*what*?",
        "> said",
        "関連記事",
        "これは段落です。",
        "何が起きたか",
        "\u00a0Was?\u00a0",
    ]
)
BLOCK = st.lists(
    LINES | st.text(st.characters(exclude_categories=["Cc", "Cs", "Zl", "Zp"]), min_size=1, max_size=30),
    min_size=1,
    max_size=4,
)
TEXTS = st.lists(BLOCK.map("\n".join).map(lambda text: text.strip(" ")).filter(str.strip), min_size=1, max_size=14)
OFF = st.frozensets(st.sampled_from(sorted(RULES)), max_size=5)


@given(TEXTS, OFF, st.booleans())
def test_the_blocks_hold_the_same_characters_whatever_rules_fire_but_for_bullets(
    texts: list[str], off: frozenset[str], guess: bool
) -> None:
    blocks = blocks_from(texts)
    marked = structure.mark(blocks, off, guess)
    assert squeeze(marked.blocks) == squeeze(blocks)
    assert not {fired.rule for fired in marked.fired} & off
    assert marked == structure.mark(blocks, off, guess)


@given(TEXTS)
def test_the_page_shows_the_same_text(texts: list[str]) -> None:
    marked = structure.mark(blocks_from(texts))
    html = markdown.render(compose.body_of(marked.blocks))
    shown = unescape(re.sub(r"<[^>]*>", "", html))
    assert "".join(shown.split()) == "".join("".join(block.text for block in marked.blocks).split())


@given(st.text(max_size=300) | TEXTS.map("\n\n".join), st.sampled_from(["", "2025-08-17"]), OFF)
def test_nothing_that_is_a_text_makes_the_reader_fail(text: str, date: str, off: frozenset[str]) -> None:
    for data in (text.encode(errors="replace"), f" date 2025-08-17 Title\n\n{text}".encode(errors="replace")):
        articles, problems = seeds.parse(data, "seeds/x.txt", Reading(date=date, off=off))
        assert articles or problems
        assert all(problem.message and problem.hint for problem in problems)


@given(st.lists(LINES, min_size=3, max_size=10))
def test_a_text_with_a_header_is_kept_whole(lines: list[str]) -> None:
    text = "\n\n".join(line.strip() for line in lines)
    (article,), _ = seeds.parse(f" date 2025-08-17 Title\n\n{text}".encode(), "seeds/x.txt")
    assert squeeze(article.blocks) == squeeze(blocks_from(text.split("\n\n")))


def blocks_from(texts: list[str]) -> tuple[Block, ...]:
    return tuple(Block("paragraph", text, line=place) for place, text in enumerate(texts))


def squeeze(blocks: tuple[Block, ...]) -> str:
    """Return the characters of blocks without blank space, and without the bullets and numbers that lines begin with."""
    rows = (row for block in blocks for row in block.text.split("\n"))
    return "".join("".join(BULLET.sub("", row).split()) for row in rows)


BULLET = re.compile(r"(?:[^\w\s]|\d{1,3}\.)\s+(?=\S)")

"""What the import does with each article: the whole table, and how articles are known again."""

import datetime as dt
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from digest.intake.ledger import Record, Version, fingerprint, read_ledger, write_ledger
from digest.intake.reconcile import Action, decide, index, match, natural, paths_for, version_of
from digest.seeds import SeedArticle, parse


def record(**changes: Any) -> Record:
    values = {"path": "content/2025/08/17/t.md", "id": "urn:x:1", "seed": "seeds/a.txt", "text": "text-1"}
    values |= {"date": "2025-08-17", "title": "T", "lead": "lead-1", "wrote": "wrote-1", **changes}
    return Record(**values, importer=1)


RECORD = record()


@pytest.mark.parametrize(
    ("known", "on_disk", "generated", "text", "acknowledged", "action"),
    [
        (None, None, "wrote-1", "text-1", False, Action.CREATE),
        (None, "wrote-1", "wrote-1", "text-1", False, Action.SAME),
        (None, "edited", "wrote-1", "text-1", False, Action.KEEP_EDITED),
        (RECORD, None, "wrote-1", "text-1", False, Action.STAY_DELETED),
        (RECORD, None, "wrote-2", "text-2", False, Action.STAY_DELETED),
        (RECORD, "wrote-1", "wrote-1", "text-1", False, Action.SAME),
        (RECORD, "wrote-1", "wrote-2", "text-2", False, Action.REFRESH),  # the seed changed
        (RECORD, "wrote-1", "wrote-2", "text-1", False, Action.REFRESH),  # the importer changed
        (RECORD, "wrote-2", "wrote-2", "text-2", False, Action.SAME),  # killed before the ledger was written
        (RECORD, "edited", "wrote-1", "text-1", False, Action.KEEP_EDITED),
        (RECORD, "edited", "wrote-2", "text-1", False, Action.KEEP_EDITED),  # the importer changed
        (RECORD, "edited", "wrote-2", "text-2", False, Action.CONFLICT),
        (RECORD, "edited", "wrote-2", "text-2", True, Action.KEEP_EDITED),
    ],
)
def test_the_table(
    known: Record | None, on_disk: str | None, generated: str, text: str, acknowledged: bool, action: Action
) -> None:
    found, reason = decide(known, on_disk, generated, text, acknowledged)
    assert found is action
    assert reason


def articles(*texts: str) -> list[SeedArticle]:
    found, problems = parse("\n\n".join(texts).encode(), "seeds/a.txt")
    assert not problems
    return found


def remembered(article: SeedArticle, seed: str = "seeds/a.txt") -> Record:
    version = {name: getattr(version_of(article, seed, 0), name) for name in Version.__struct_fields__}
    return Record(**version, path=f"content/2025/08/17/{article.text_hash}.md", id="urn:x:1", wrote="w", importer=1)


ONE = " date 2025-08-17 One\n\nLead one.\n\nText one."
TWO = " date 2025-08-17 Two\n\nLead two.\n\nText two."
BERLIN = ZoneInfo("Europe/Berlin")


def matched(now: list[SeedArticle], before: list[Record], seeds: tuple[str, ...] = ("seeds/a.txt",)) -> list[str]:
    """Return which articles of `seeds/a.txt` are known: each with the headline it had, and the seeds that have it."""
    known = index(before, BERLIN, ["seeds/a.txt"])
    keys = match("seeds/a.txt", now, known, seeds, (1, ""), lambda version: None)
    drafts = [known.drafts[key] for key in keys]
    return [
        f"{draft.versions[-1].title} ← {draft.record.title if draft.record else 'new'}: "
        + " ".join(sorted(version.seed.removeprefix("seeds/") for version in draft.versions))
        for draft in drafts
    ]


def test_an_article_is_known_by_its_text() -> None:
    one, two = articles(ONE, TWO)
    assert matched([two, one], [remembered(one), remembered(two)]) == ["Two ← Two: a.txt", "One ← One: a.txt"]


def test_an_article_is_known_in_a_renamed_file() -> None:
    (one,) = articles(ONE)
    assert matched([one], [remembered(one, "seeds/gone.txt")]) == ["One ← One: a.txt"]


def test_an_article_that_another_file_has_is_one_with_it() -> None:
    (one,) = articles(ONE)
    assert matched([one], [remembered(one, "seeds/b.txt")], ("seeds/a.txt", "seeds/b.txt")) == [
        "One ← One: a.txt b.txt"
    ]


def test_an_article_is_known_when_its_text_its_headline_or_its_date_changed() -> None:
    (one,) = articles(ONE)
    for changed in (
        ONE.replace("Text one", "New text"),
        ONE.replace("One", "Other headline"),
        ONE.replace("17", "18"),
    ):
        assert [line.endswith("← One: a.txt") for line in matched(articles(changed), [remembered(one)])] == [True]


def test_a_file_filled_anew_brings_new_articles() -> None:
    (one,) = articles(ONE)
    assert matched(articles(TWO), [remembered(one)]) == ["Two ← new: a.txt"]
    weather = " date 2025-08-17 Weather\n\nSun."
    tomorrow = " date 2025-08-18 Weather\n\nRain."
    assert matched(articles(tomorrow), [remembered(*articles(weather))]) == ["Weather ← new: a.txt"]


def test_twice_the_same_in_a_file_is_one() -> None:
    assert matched(articles(ONE, ONE), []) == ["One ← new: a.txt"]


def test_paths_count_up_where_a_title_comes_again() -> None:
    paths = paths_for(dt.date(2025, 8, 17), "One", "en")
    assert [next(paths), next(paths)] == ["content/2025/08/17/one.md", "content/2025/08/17/one-2.md"]


LEDGER = "content/2025/08/.imported.jsonl"


def test_the_ledger_is_read_as_it_was_written_and_a_broken_line_is_named() -> None:
    also = (version_of(articles(TWO)[0], "seeds/b.txt", 3),)
    records = [record(path=f"content/2025/08/17/{name}.md", also=also) for name in "ba"]
    data = write_ledger(records)
    assert read_ledger(data, LEDGER) == (sorted(records, key=lambda record: record.path), [])
    found, (problem,) = read_ledger(b"<<<<<<< HEAD\n" + data, LEDGER)
    assert len(found) == 2
    assert problem.line == 1


@pytest.mark.parametrize("path", ["content/2025/08/../../../../x.md", "/etc/passwd", "content/2025/09/17/t.md", "x.md"])
def test_a_ledger_speaks_of_its_own_folder_only(path: str) -> None:
    found, (problem,) = read_ledger(write_ledger([record(path=path)]), LEDGER)
    assert found == []
    assert problem.line == 1


def test_line_ends_of_a_checkout_are_no_edit() -> None:
    assert fingerprint(b"a\r\nb\r\n") == fingerprint(b"a\nb\n") != fingerprint(b"a\nc\n")


def test_seeds_stand_in_the_order_that_people_expect() -> None:
    names = ["a10.txt", "a9.txt", "a09.txt", "b/1.txt", "a.txt", "10.txt", "9.txt"]
    assert sorted(names, key=natural) == ["9.txt", "10.txt", "a09.txt", "a9.txt", "a10.txt", "a.txt", "b/1.txt"]

"""What the import does with each article: the whole table, and how articles are known again."""

import pytest

from digest.reconcile import Action, Record, decide, fingerprint, index, match, paths_for, read_ledger, write_ledger
from digest.seeds import SeedArticle, parse


def record(**changes: str) -> Record:
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
    from digest.reconcile import lead_of

    path = f"content/2025/08/17/{article.text_hash}.md"
    return record(
        path=path, seed=seed, text=article.text_hash, date=article.date, title=article.title, lead=lead_of(article)
    )


ONE = " date 2025-08-17 One\n\nLead one.\n\nText one."
TWO = " date 2025-08-17 Two\n\nLead two.\n\nText two."


def matched(now: list[SeedArticle], before: list[Record], seeds: tuple[str, ...] = ("seeds/a.txt",)) -> list[str]:
    pairs = match("seeds/a.txt", now, index(before), seeds)
    return [f"{article.title} ← {known.title if known else 'new'}" for article, known in pairs]


def test_an_article_is_known_by_its_text() -> None:
    one, two = articles(ONE, TWO)
    assert matched([two, one], [remembered(one), remembered(two)]) == ["One ← One", "Two ← Two"]


def test_an_article_is_known_in_a_renamed_file() -> None:
    (one,) = articles(ONE)
    assert matched([one], [remembered(one, "seeds/gone.txt")]) == ["One ← One"]


def test_an_article_that_another_file_has_is_left_to_it() -> None:
    (one,) = articles(ONE)
    assert matched([one], [remembered(one, "seeds/b.txt")], ("seeds/a.txt", "seeds/b.txt")) == []


def test_an_article_is_known_when_its_text_its_headline_or_its_date_changed() -> None:
    (one,) = articles(ONE)
    for changed in (
        ONE.replace("Text one", "New text"),
        ONE.replace("One", "Other headline"),
        ONE.replace("17", "18"),
    ):
        assert [line.endswith("← One") for line in matched(articles(changed), [remembered(one)])] == [True]


def test_a_file_filled_anew_brings_new_articles() -> None:
    (one,) = articles(ONE)
    assert matched(articles(TWO), [remembered(one)]) == ["Two ← new"]
    weather = " date 2025-08-17 Weather\n\nSun."
    tomorrow = " date 2025-08-18 Weather\n\nRain."
    assert matched(articles(tomorrow), [remembered(*articles(weather))]) == ["Weather ← new"]


def test_twice_the_same_in_a_file_is_one() -> None:
    assert matched(articles(ONE, ONE), []) == ["One ← new"]


def test_paths_count_up_where_a_title_comes_again() -> None:
    (one,) = articles(ONE)
    paths = paths_for(one, "en")
    assert [next(paths), next(paths)] == ["content/2025/08/17/one.md", "content/2025/08/17/one-2.md"]


def test_the_ledger_is_read_as_it_was_written_and_a_broken_line_is_named() -> None:
    records = [record(path=f"content/2025/08/17/{name}.md") for name in "ba"]
    data = write_ledger(records)
    assert read_ledger(data, "x") == (sorted(records, key=lambda record: record.path), [])
    found, (problem,) = read_ledger(b"<<<<<<< HEAD\n" + data, "content/2025/08/.imported.jsonl")
    assert len(found) == 2
    assert problem.line == 1


def test_line_ends_of_a_checkout_are_no_edit() -> None:
    assert fingerprint(b"a\r\nb\r\n") == fingerprint(b"a\nb\n") != fingerprint(b"a\nc\n")

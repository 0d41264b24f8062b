"""What is kept of an article's words, for comparing."""

import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.editor import many, words

LOREM = "Der Stadtrat von Ulm beriet am Montag über den Haushalt. "
_words = st.sampled_from(
    ["Ulm", "ulm", "A", "in", "ULM", "2025", "Überschwemmung", "город", "Hochwasser", "洪水が", "東京都", "Paris"]
)
_texts = st.lists(_words | st.text(max_size=8), max_size=60).map(" ".join) | st.integers(0, 900).map(
    lambda count: " ".join(f"Word{number % 90} {number % 7} so" for number in range(count))
)


def kept(title: str, body: str = "", lead: str = "") -> set[str]:
    return {
        words.spelled(title, lead, body)[one >> words.WEIGHT_BITS]
        for one in words.terms(words.features(title, lead, body))
    }


def weights(title: str, body: str = "") -> dict[str, int]:
    found = words.spelled(title, "", body)
    return {found[one >> words.WEIGHT_BITS]: one & 31 for one in words.terms(words.features(title, "", body))}


def test_the_same_words_are_the_same_bytes_on_every_machine() -> None:
    assert words.features("Flood in Ulm", "", "The Danube rose.").hex() == (
        subprocess.run(
            [
                sys.executable,
                "-c",
                "from digest.editor import words; print(words.features('Flood in Ulm', '', 'The Danube rose.').hex())",
            ],
            capture_output=True,
            text=True,
            env={"PYTHONHASHSEED": "1"},
        ).stdout.strip()
    )


@given(st.lists(st.tuples(_texts, _texts, _texts), max_size=4))
def test_in_company_an_article_has_the_same_bytes_as_alone(articles: list[tuple[str, str, str]]) -> None:
    assert many.features_of(articles) == [words.features(*article) for article in articles]


def test_an_article_costs_a_few_hundred_bytes() -> None:
    long = " ".join(f"word{number} Name{number} {number}" for number in range(5000))
    assert len(words.features("A title", "", long)) == 4 * words.KEPT


def test_nothing_is_kept_of_nothing() -> None:
    assert words.features("", "", "") == words.features("—", " ", "* * *") == b""


def test_a_word_counts_more_in_the_title_than_in_the_text() -> None:
    found = weights("Überschwemmung", "Das Hochwasser stieg.")
    assert found["Überschwemmung"] > found["Hochwasser"] > found["stieg"]


def test_forms_of_a_word_are_one() -> None:
    one, other = (words.features(title, "", "") for title in ("Ukrainian", "Ukraine's"))
    assert {*words.terms(one)} & {*words.terms(other)}
    one, other = (words.features(title, "", "") for title in ("президента", "президентом"))
    assert one == other


def test_names_of_two_words_and_pairs_of_short_words_count_together() -> None:
    assert {"Angela Merkel", "đi tù"} <= kept("Angela Merkel besucht Paderborn", "bị đi tù")
    assert "besucht Paderborn" not in kept("Angela Merkel besucht Paderborn")


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("東京で地震", {"東京", "地震"}),
        ("น้ำท่วม", {"น้"}),
        ("서울에서 지진", {"서울", "지진"}),
        ("हिन्दी समाचार", {"हिन्दी", "समाचार"}),
        ("خبر عاجل", {"خبر", "عاجل"}),
    ],
)
def test_every_script_has_words(title: str, expected: set[str]) -> None:
    assert expected <= kept(title)


def test_one_letter_has_one_form() -> None:
    assert words.features("Mu\u0308nchen", "", "") == words.features("M\u00fcnchen", "", "")


def test_capitals_throughout_tell_nothing() -> None:
    assert words.features("FLOOD IN ULM", "", "") == words.features("flood in ulm", "", "")


def test_a_lead_that_the_body_begins_with_is_not_counted_twice() -> None:
    whole = words.features("T", "", LOREM + "Und mehr.")
    assert (
        whole == words.features("T", LOREM, LOREM + "Und mehr.") == words.features("T", LOREM, f"\n\n{LOREM}Und mehr.")
    )
    assert words.features("T", "1. FC Ulm", "\n1\\. FC Ulm siegt") == words.features("T", "", "1. FC Ulm siegt")


def test_where_a_link_leads_is_no_word() -> None:
    assert "example" not in kept("T", "[here](https://example.org/)")


def test_what_a_long_text_says_last_does_not_matter() -> None:
    text = LOREM * 100
    assert words.features("T", "", text) == words.features("T", "", text + "Paderborn")

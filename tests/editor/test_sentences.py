"""Sentences: a paragraph cut where its sentences end, in any script. A `|` in a case shows where."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.editor import sentences

CASES = Path(__file__).parents[1] / "cases" / "sentences"
TEXTS = st.text(
    st.sampled_from("aB5зД漢かกअأ.!?…。！？۔।։;:,-–()[]«»„“”‘’「」\"' \n\u00a0\u3000\u0e33")
    | st.characters(exclude_categories=["Cs"]),
    max_size=60,
)


def paragraphs() -> list[tuple[str, str]]:
    found = []
    for case in sorted(CASES.iterdir()):
        for line in case.read_text("utf-8").splitlines():
            lang, _, text = line.partition(": ") if case.stem == "others" else (case.stem, "", line)
            found.append((lang, text))
    return found


@pytest.mark.parametrize(("lang", "cut"), paragraphs(), ids=str)
def test_a_paragraph(lang: str, cut: str) -> None:
    found = sentences.split(cut.replace("|", ""), lang)
    assert [sentence.text for sentence in found] == [piece.strip() for piece in cut.split("|")]


@given(TEXTS, st.sampled_from(["", "de", "en", "ru", "ja", "th", "el", "hy", "tr", "xx-Latn"]))
def test_sentences_and_the_blank_space_between_them_are_the_text(text: str, lang: str) -> None:
    place = 0
    for sentence in sentences.split(text, lang):
        assert text[place : sentence.start].strip() == ""
        assert sentence.text
        assert text.startswith(sentence.text, sentence.start)
        place = sentence.start + len(sentence.text)
    assert text[place:].strip() == ""


@given(TEXTS)
def test_the_same_text_has_the_same_sentences(text: str) -> None:
    assert sentences.split(text, "de") == sentences.split(text, "de")


@pytest.mark.parametrize("piece", ["X.) ", "「。", 'x." A', "。」と", "1. ", "A. ", "(", "...", "a\n\n", "ก "])
def test_a_very_long_paragraph_takes_no_very_long_time(piece: str) -> None:
    assert sentences.split(piece * 20_000, "de")


def test_a_language_that_nobody_knows_is_split_all_the_same() -> None:
    assert [sentence.text for sentence in sentences.split("Ena i toe. Oku to’a. Hm?", "xx")] == [
        "Ena i toe.",
        "Oku to’a.",
        "Hm?",
    ]

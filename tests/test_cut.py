"""Excerpts: the first sentences of a text in any script, and never half a sign."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.content import SUMMARY_LENGTH, excerpt
from digest.cut import shorten


@pytest.mark.parametrize(
    ("text", "limit", "short"),
    [
        ("One. Two. Three.", 12, "One. Two."),
        ("One. Two. Three.", 16, "One. Two. Three."),
        ("„Ja.“ Sie ging weg.", 12, "„Ja.“"),
        ("3.5 Millionen Euro und mehr", 12, "3.5…"),
        ("ما هذا؟ سؤال آخر لا يتسع هنا.", 12, "ما هذا؟"),
        ("یہ ایک جملہ ہے۔ یہ دوسرا ہے۔", 20, "یہ ایک جملہ ہے۔"),
        ("यह एक वाक्य है। यह दूसरा वाक्य है।", 20, "यह एक वाक्य है।"),
        ("Մեկ։ Երկու։ Երեք։", 13, "Մեկ։ Երկու։"),
        ("ነው። ሌላ ነው።", 6, "ነው።"),
        ("日本語の文。次の文は長い。", 16, "日本語の文。"),
        ("「終わった。」次の文は長い。", 18, "「終わった。」"),
        ("市议会决定修复旧桥，工程明年开始", 24, "市议会决定修复旧桥…"),
        ("ဒါက စာကြောင်း။ နောက်တစ်ကြောင်း။", 20, "ဒါက စာကြောင်း။"),
        ("នេះជាប្រយោគ។ មួយទៀត។", 15, "នេះជាប្រយោគ។"),
        ("one word after another and on", 20, "one word after…"),
        ("שלום \u2067abc def\u2069 עולם", 10, "שלום \u2067abc\u2069…"),
        ("line\nline", 20, "line line"),
        ("日本\n語", 20, "日本語"),
        ("x" * 30, 10, "x" * 9 + "…"),
        ("anything", 0, ""),
    ],
)
def test_a_long_text_ends_after_a_sentence_or_at_least_a_word(text: str, limit: int, short: str) -> None:
    assert shorten(text, limit) == short


@pytest.mark.parametrize(
    "sign",
    [
        "e\u0301",
        "क्षि",
        "นำ",
        "ក្ក",
        "👩\u200d👩\u200d👧",
        "👍🏽",
        "🇩🇪",
        "🏴\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f",
        "❤\ufe0f",
        "\u1112\u1161\u11ab",
        "葛\U000e0100",
        "שָׁ",
    ],
)
def test_what_is_one_sign_to_the_eye_stays_whole(sign: str) -> None:
    for limit in range(2, 40):
        cut = shorten(sign * 40, limit).removesuffix("…")
        assert cut == sign * (len(cut) // len(sign))


def test_wide_signs_count_twice() -> None:
    assert len(excerpt("字" * 1000)) == SUMMARY_LENGTH // 2
    assert len(excerpt("한국어" * 1000)) == SUMMARY_LENGTH // 2
    assert len(excerpt("x" * 1000)) == SUMMARY_LENGTH
    assert excerpt("日本語の文。" * 200) == "日本語の文。" * 50


@given(
    st.text(
        st.characters(exclude_categories=["Cs"]) | st.sampled_from("\u200d🇩🇪👩字\u0301\u094dक.。 \u2067\u2069\u202b"),
        max_size=80,
    ),
    st.integers(0, 60),
)
def test_an_excerpt_is_short_and_begins_the_text(text: str, limit: int) -> None:
    short = shorten(text, limit)
    assert (
        sum(2 if unicodedata.east_asian_width(sign) in "WF" else 1 for sign in short if sign not in "\u2069\u202c")
        <= (max(limit, 0) + text.count("\U0001f1e6"))
        or len(short) <= limit
    )
    kept = "".join(short.removesuffix("…").rstrip("\u2069\u202c").split())
    assert "".join(text.split()).startswith(kept) or "…" in text
    assert shorten(text, limit) == short

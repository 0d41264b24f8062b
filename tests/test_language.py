"""The language of an article: told where it is certain, and not where it is not."""

import subprocess
import sys
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from py3langid.langid import MODEL_FILE, LanguageIdentifier

from digest.intake import langid
from digest.intake.language import detect

TEXTS = {
    path.stem: path.read_text("utf-8") for path in sorted((Path(__file__).parent / "cases" / "languages").glob("*.txt"))
}
OTHERS = {
    "th": "สภาเมืองมีมติเมื่อวันอังคารให้ซ่อมแซมสะพานเก่าข้ามแม่น้ำ นายกเทศมนตรีกล่าวว่าเรารอไม่ได้อีกแล้ว",
    "hi": "नगर परिषद ने मंगलवार को नदी पर बने पुराने पुल की मरम्मत करने का निर्णय लिया। महापौर ने कहा कि हम और प्रतीक्षा नहीं कर सकते।",
    "fa": "شورای شهر روز سه‌شنبه تصمیم گرفت پل قدیمی روی رودخانه را بازسازی کند. شهردار گفت که دیگر نمی‌توانیم صبر کنیم.",
    "ka": "საქალაქო საბჭომ სამშაბათს გადაწყვიტა მდინარეზე გადებული ძველი ხიდის შეკეთება.",
    "km": "ក្រុមប្រឹក្សាក្រុងបានសម្រេចនៅថ្ងៃអង្គារឱ្យជួសជុលស្ពានចាស់ឆ្លងកាត់ទន្លេ។",
    "nl": "De gemeenteraad heeft dinsdag besloten de oude brug over de rivier te herstellen. ‘We kunnen niet langer wachten’, zei de burgemeester.",
    "da": "Byrådet besluttede tirsdag, at den gamle bro over åen skal sættes i stand. »Vi kan ikke vente længere,« sagde borgmesteren efter mødet.",
    "fi": "Kaupunginvaltuusto päätti tiistaina korjata joen yli kulkevan vanhan sillan. Työt alkavat keväällä ja kestävät noin kaksi vuotta.",
    "id": "Wali kota mengatakan bahwa mereka tidak bisa menunggu lebih lama karena jembatan tua itu sudah rusak sejak tahun lalu.",
}


@pytest.mark.parametrize("name", TEXTS)
def test_an_article_and_each_of_its_paragraphs_are_in_its_language(name: str) -> None:
    language = name.partition("-")[0]
    assert detect(TEXTS[name]) == language
    assert {detect(paragraph) for paragraph in TEXTS[name].split("\n\n")} == {language}


@pytest.mark.parametrize("language", OTHERS)
def test_a_sentence_is_enough(language: str) -> None:
    assert detect(OTHERS[language]) == language


@pytest.mark.parametrize("name", TEXTS)
def test_pieces_of_sixty_characters_are_never_told_wrong(name: str) -> None:
    text = TEXTS[name]
    told = {detect(text[start : start + 60]) for start in range(0, len(text) - 60, 61)}
    assert told <= {name.partition("-")[0], ""}


@pytest.mark.parametrize(
    "text",
    [
        "",
        " \n ",
        "Nein.",
        "Kurz und gut: nicht genug.",
        "12 345 678 – 9,01 % · 2 345",
        "DAX 18.345,12 +0,3 % · MDAX 25.012,40 -0,1 % · TecDAX 3.310,00 · SAP 178,20 · BMW 91,02 · BASF 44,90 · RWE 33,10",
        "A1 B2 C3 D4 E5 F6 G7 H8 I9 K10 L11 M12 N13 O14 P15 Q16 R17 S18 T19",
        "Ann Miller, Bo Chen, Carl Schmidt, Diego Ruiz, Eva Novak, Fatima Ali, Goran Ilic, Hana Sato, Ivan Petrov, Kim Lee",
        "function f(a, b) { return a.map(x => x * b).filter(Boolean).reduce((s, y) => s + y, 0); } const z = f([1], 2);",
        "https://example.org/a/b/c https://example.com/news/2025/08/17/title https://foo.example/bar?x=y&z=w",
        "aGVsbG8gd29ybGQgdGhpcyBpcyBiYXNlNjQgZW5jb2RlZCB0ZXh0IHdoaWNoIG1lYW5zIG5vdGhpbmcgdG8gYW55b25l",
        "… – „“ ‚‘ « » ! ? ,,, ... *** --- ___ === +++",
    ],
)
def test_what_is_too_short_or_holds_no_words_is_not_guessed_at(text: str) -> None:
    assert detect(text) == ""


def test_figures_in_a_telegram_do_not_hide_its_words() -> None:
    text = (
        "Net profit rose to 12.6 mln from 9.1 mln, the company said, and sales to 337.3 mln from 315.2 mln in the year."
    )
    assert detect(text) == "en"


def test_a_headline_in_capitals_counts_as_its_words() -> None:
    assert detect(TEXTS["de"].split("\n\n")[1].upper()) == "de"


@pytest.mark.parametrize(
    ("name", "languages", "told"),
    [
        ("de", ("de", "en"), "de"),
        ("de", ("de-AT", "en"), "de-AT"),
        ("pt", ("pt-BR",), "pt-BR"),
        ("zh-Hant", ("en", "zh-Hant"), "zh-Hant"),
        ("ja", ("de", "en"), ""),
        ("el", ("de", "en"), ""),
        ("he", ("he", "ar"), "he"),
        ("sv", ("nb", "sv"), "sv"),
        ("de", ("hsb", "de"), "de"),
        ("fr", ("de",), ""),
    ],
)
def test_the_settings_say_which_languages_there_are(name: str, languages: tuple[str, ...], told: str) -> None:
    assert detect(TEXTS[name], languages) == told


def test_norwegian_is_told_by_the_tag_that_the_settings_have_for_it() -> None:
    text = (
        "Bystyret vedtok tirsdag at den gamle brua over elva skal repareres. Vi kan ikke vente lenger, sa ordføreren."
    )
    assert [detect(text), detect(text, ("nb", "en")), detect(text, ("nn",))] == ["no", "nb", "nn"]


@pytest.mark.parametrize(
    ("text", "declared", "told"),
    [
        (TEXTS["pt"], "pt-BR", "pt-BR"),
        (TEXTS["zh-Hant"], "zh-Hant-TW", "zh-Hant-TW"),
        (TEXTS["de"], "de_AT", "de-AT"),
        (TEXTS["de"], "DE", "DE"),
        (TEXTS["de"], "en-US", "de"),
        (TEXTS["ja"], "en", "ja"),
        ("Nein.", "de-CH", "de-CH"),
        ("Nein.", "no language", ""),
        (TEXTS["de"], "", "de"),
        (TEXTS["cs"], "hsb", "hsb"),
    ],
)
def test_a_declared_language_stays_where_the_words_do_not_say_another(text: str, declared: str, told: str) -> None:
    assert detect(text, (), declared) == told


def test_a_declared_language_that_the_settings_do_not_have_does_not_count() -> None:
    assert detect("Nein.", ("en",), "de") == ""
    assert detect(TEXTS["de"], ("de",), "en") == "de"


def test_nothing_is_loaded_before_a_text_is_long_enough() -> None:
    program = "import sys; from digest.intake.language import detect; detect('Kurz und gut: nicht genug.'); sys.exit('py3langid' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", program]).returncode == 0


def test_restricting_one_call_changes_no_other() -> None:
    detect(TEXTS["de"], ("en",))
    assert detect(TEXTS["de"]) == "de"


@given(st.text(max_size=400), st.sampled_from([(), ("de", "en"), ("xx",), ("zh-Hant",)]), st.text(max_size=12))
def test_any_text_has_a_tag_or_none(text: str, languages: tuple[str, ...], declared: str) -> None:
    told = detect(text, languages, declared)
    assert told == detect(text, languages, declared)
    assert not told or not languages or told in languages or told == declared.strip().replace("_", "-")


@cache
def classifiers() -> tuple[LanguageIdentifier, LanguageIdentifier]:
    return langid.load(), LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)


@pytest.mark.parametrize("text", [*TEXTS.values(), *OTHERS.values(), "", "1984", "a", "\ud800", "😀 " * 99])
def test_the_quick_classifier_gives_the_very_numbers_of_py3langid(text: str) -> None:
    quick, slow = classifiers()
    assert quick.classify(text) == slow.classify(text)
    assert quick.rank(text) == slow.rank(text)

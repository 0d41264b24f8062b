"""Addresses: readable, short, the same for the same text."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.urls import SLUG, SLUG_LENGTH, absolute, article, period, root_of, slugify, uri


@pytest.mark.parametrize(
    ("title", "lang", "slug"),
    [
        (
            "Russland akzeptiert offenbar Ukraine-Sicherheitsgarantien",
            "de",
            "russland-akzeptiert-offenbar-ukraine-sicherheitsgarantien",
        ),
        ("Größe, Übermaß & Äpfel", "de", "groesse-uebermass-aepfel"),
        ("Hükümet görüşmesi", "tr", "hukumet-gorusmesi"),
        ("L’été à la plage: it's fine", "fr", "lete-a-la-plage-its-fine"),
        ("Công ty Chứng khoán ACB có Tổng giám đốc mới", "vi", "cong-ty-chung-khoan-acb-co-tong-giam-doc-moi"),
        ("Путин и Трамп", "ru", "putin-i-tramp"),
        ("中国经济", "zh", "zhong-guo-jing-ji"),
        ("Łódź: 5 %", "pl", "lodz-5"),
    ],
)
def test_readable(title: str, lang: str, slug: str) -> None:
    assert slugify(title, lang) == slug


def test_a_script_that_does_not_transliterate_well_still_gets_a_good_address() -> None:
    slug = slugify("NASA が発表、太陽系に第10惑星か", "ja")
    assert slug.startswith("nasa-10-")
    assert slug == slugify("NASA が発表、太陽系に第10惑星か", "ja")
    assert slugify("太陽系", "ja") != slugify("惑星系", "ja")


@pytest.mark.parametrize(
    ("title", "lang", "slug"),
    [
        ("قرر مجلس المدينة ترميم الجسر", "ar", "qrr-mjls-lmdynh-trmym-ljsr"),
        ("می\u200cخواهم پل قدیمی", "fa", "mykhwhm-pl-qdymy"),
        ("מועצת העיר החליטה לשפץ את הגשר", "he", "mvtst-hyr-hhlyth-lsfts-t-hgsr"),
        ("\u2067שלום\u2069 NASA 5G", "he", "slvm-nasa-5g"),
        ("시의회는 다리를 고치기로", "ko", "siuihoeneun-dalileul-gochigilo"),
        ("नगर परिषद ने पुल की मरम्मत", "hi", "ngr-prisd-ne-pul-ki-mrmmt"),
        ("市議會決定修復舊橋", "zh-Hant", "shi-yi-hui-jue-ding-xiu-fu-jiu-qiao"),
        ("สภาเมืองมีมติให้ซ่อมแซมสะพานเก่า", "th", "8e97bed3"),
        ("ក្រុមប្រឹក្សាក្រុងបានសម្រេច", "km", "18b1651a"),
        ("မြို့တော်ကောင်စီ", "my", "80366a38"),
        ("市議会は古い橋を修復 NASA", "ja", "nasa-80fd880e"),
    ],
)
def test_the_addresses_of_other_scripts_stay_as_they_are(title: str, lang: str, slug: str) -> None:
    """Published addresses are for ever: whoever changes one of these breaks links."""
    assert slugify(title, lang) == slug


@given(st.text(max_size=300), st.sampled_from(["", "de", "ja", "zh", "tr"]))
def test_every_title_gets_a_slug(title: str, lang: str) -> None:
    slug = slugify(title, lang)
    assert SLUG.fullmatch(slug)
    assert len(slug) <= SLUG_LENGTH


def test_paths() -> None:
    assert article("2025-08-17", "x") == "2025/08/17/x/index.html"
    assert [period("2025"), period("2025-08")] == ["2025/index.html", "2025/08/index.html"]
    assert [root_of("index.html"), root_of("2025/08/index.html")] == ["", "../../"]
    assert absolute("https://x.example/d/", "2025/index.html") == "https://x.example/d/2025/"


@pytest.mark.parametrize(
    ("address", "written"),
    [
        ("https://example.org/a?b=%C3%BC#c", "https://example.org/a?b=%C3%BC#c"),
        ("https://bücher.example:8080/ü?ä=ö#ß", "https://xn--bcher-kva.example:8080/%C3%BC?%C3%A4=%C3%B6#%C3%9F"),
        ("https://ann:x@bücher.example/", "https://ann:x@xn--bcher-kva.example/"),
        ("https://e.org/100%/{x} [1].mp3", "https://e.org/100%25/%7Bx%7D%20%5B1%5D.mp3"),
        ("https://[2001:db8::1]/ü", "https://[2001:db8::1]/%C3%BC"),
        ("http://[", "http://["),
    ],
)
def test_an_address_in_ascii(address: str, written: str) -> None:
    assert uri(address) == written


@given(st.text())
def test_any_address_is_ascii_once_and_for_all_unless_nobody_can_read_it(rest: str) -> None:
    address = f"https://e.example/{rest}"
    written = uri(address)
    assert uri(written) == written
    assert written.isascii() or written == address

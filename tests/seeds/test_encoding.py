"""Encodings: the bytes of a seed as the text that somebody wrote, or a reason why not; and no hidden characters."""

import codecs
import hashlib
import sys
import unicodedata
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.seeds.encoding import Decoded, Refused, clean, decode

LANGUAGES = Path(__file__).parents[1] / "cases" / "languages"
TEXTS = {path.stem: path.read_text("utf-8") for path in sorted(LANGUAGES.glob("*.txt"))}
LEGACY = {
    "ar": "windows-1256 iso-8859-6",
    "bg": "windows-1251",
    "cs": "windows-1250 iso-8859-2",
    "de": "windows-1252 iso-8859-1 iso-8859-15 mac-roman",
    "el": "windows-1253 iso-8859-7",
    "en": "windows-1252 mac-roman",
    "es": "windows-1252",
    "fr": "windows-1252 iso-8859-15 mac-roman",
    "he": "windows-1255 iso-8859-8",
    "hu": "windows-1250 iso-8859-2",
    "it": "windows-1252",
    "ja": "shift_jis euc-jp",
    "ko": "euc-kr",
    "pl": "windows-1250 iso-8859-2",
    "pt": "windows-1252",
    "ro": "windows-1250",
    "ru": "windows-1251 koi8-r iso-8859-5",
    "sv": "windows-1252",
    "tr": "windows-1254 iso-8859-9",
    "uk": "windows-1251 koi8-u",
    "vi": "windows-1258",
    "zh-Hans": "gb18030",
    "zh-Hant": "big5",
}
PAIRS = [(language, name) for language, names in LEGACY.items() for name in names.split()]
PLAIN = str.maketrans({"’": "'", "‘": "'", "–": "-", "—": "-", **dict.fromkeys("„“”«»", '"'), "£": "GBP ", "€": "EUR"})
CEDILLAS = str.maketrans("șțȘȚ", "şţŞŢ")
"""Romanian as Windows-1250 has it."""


def written_in(language: str, encoding: str) -> str:
    """Return a language's text as its writers had it in an encoding: without signs that it lacks."""
    text = TEXTS[language]
    if encoding == "windows-1250":
        text = text.translate(CEDILLAS)
    if encoding == "windows-1258":
        return "".join(map(vietnamese, text))
    try:
        text.encode(encoding)
    except UnicodeEncodeError:
        return text.translate(PLAIN)
    return text


def vietnamese(sign: str) -> str:
    """Return a letter as Windows-1258 has it: the tone is a sign of its own."""
    if len(sign.encode("cp1258", "ignore")):
        return sign
    letter, tones = "", ""
    for part in unicodedata.normalize("NFD", sign):
        composed = unicodedata.normalize("NFC", letter + part)
        is_letter = not letter or part in "\u0302\u0306\u031b"
        letter, tones = (composed, tones) if is_letter else (letter, tones + part)
    return letter + tones


def pieces(text: str, length: int, number: int) -> Iterator[str]:
    """Yield pieces of a text from its beginning to its end; a text that is too short is repeated."""
    while len(text) < length:
        text += "\n\n" + text
    for place in range(number):
        start = (len(text) - length) * place // max(number - 1, 1)
        yield text[start : start + length]


@pytest.mark.parametrize("language", TEXTS)
@pytest.mark.parametrize("form", ["utf-8", "utf-8-sig", "utf-16", "utf-32", "utf-16-le", "utf-16-be"])
def test_unicode_is_read_whatever_its_form(language: str, form: str) -> None:
    found = decode(TEXTS[language].encode(form))
    assert isinstance(found, Decoded)
    assert found.text == TEXTS[language]
    assert found.encoding == {"utf-8-sig": "utf-8"}.get(form, form.replace("-le", "le").replace("-be", "be")) or (
        sys.byteorder in found.encoding + "little" and form in ("utf-16", "utf-32")
    )


@pytest.mark.parametrize(("language", "encoding"), PAIRS)
def test_an_older_encoding_is_told_from_its_bytes(language: str, encoding: str) -> None:
    """Pieces of an article are read right; those of a few words may be refused, but are never read wrong."""
    text = written_in(language, encoding)
    refused = 0
    for length, number in ((30, 7), (60, 7), (120, 7), (300, 5), (len(text), 1), (2000, 1)):
        for piece in pieces(text, length, number):
            found = decode(piece.encode(encoding))
            if isinstance(found, Refused):
                assert length < 300
                refused += 1
                continue
            assert found.text == unicodedata.normalize("NFC", piece)
            assert [fired.rule for fired in found.fired] == ([] if piece.isascii() else ["encoding"])
    assert refused <= 2


def test_a_guess_is_reported_with_the_line_that_needed_it() -> None:
    data = f" date 2025-08-17 Der Rat\n\n{TEXTS['de']}".encode("windows-1252")
    found = decode(data)
    assert isinstance(found, Decoded)
    (fired,) = found.fired
    assert (found.encoding, fired.rule, fired.text, fired.line) == ("windows-1252", "encoding", "windows-1252", 3)
    assert 0.9 <= fired.confidence <= 1


@pytest.mark.parametrize("name", ["Müller", "Köln", "Straße", "Größe", "Ärzte"])
def test_one_umlaut_in_a_german_text_is_enough(name: str) -> None:
    text = f" date 2025-08-17 Besuch am Dienstag\n\nAm Dienstag war {name} das Thema im Rat der Stadt.\n"
    found = decode(text.encode("latin-1"))
    assert isinstance(found, Decoded)
    assert found.text == text


@pytest.mark.parametrize(
    ("text", "encoding", "declared"),
    [
        ("naïve", "windows-1252", "iso-8859-1"),
        ("“naïve”", "windows-1252", "ISO-8859-1"),
        ("Wałęsa", "iso-8859-2", "latin2"),
        ("дом", "koi8-r", "KOI8-R"),
        ("дом", "cp866", "ibm866"),
        ("日本", "shift_jis", "Shift_JIS"),
        ("日本語で書く", "iso2022_jp", "iso-2022-jp"),
        ("中文", "gb2312", "gb2312"),
        ("中文新闻", "hz", "hz-gb-2312"),
        ("한국", "euc-kr", "ks_c_5601-1987"),
        ("İş", "iso-8859-9", "iso-8859-9"),
        ("Übung", "utf-8", "iso-8859-1"),
        ("Übung", "utf-8", "no-such-encoding"),
        ("Übung", "utf-8", ""),
    ],
)
def test_a_declared_encoding_counts_where_the_bytes_are_not_utf_8(text: str, encoding: str, declared: str) -> None:
    found = decode(text.encode(encoding), declared)
    assert isinstance(found, Decoded)
    assert found.text == text
    assert found.fired == ()


def test_a_declaration_that_gives_nonsense_is_not_believed() -> None:
    for text, encoding in ((TEXTS["ru"], "windows-1251"), (TEXTS["pl"], "windows-1250"), (TEXTS["ja"], "euc-jp")):
        found = decode(text.encode(encoding), "iso-8859-1")
        assert isinstance(found, Decoded)
        assert found.text == text
        assert found.fired


@pytest.mark.parametrize(
    "declared", ["rot13", "base64", "unicode_escape", "idna", "punycode", "utf-7", "\0", "ü", "x" * 99]
)
def test_only_encodings_of_texts_can_be_declared(declared: str) -> None:
    text = TEXTS["de"]
    found = decode(text.encode("windows-1252"), declared)
    assert isinstance(found, Decoded)
    assert found.text == text


def test_japanese_mail_with_escapes_is_read_without_a_declaration() -> None:
    found = decode(TEXTS["ja"].encode("iso2022_jp"))
    assert isinstance(found, Decoded)
    assert (found.text, found.encoding, found.fired[0].rule) == (TEXTS["ja"], "iso-2022-jp", "encoding")


@pytest.mark.parametrize(
    ("pasted", "line"),
    [
        ("Er sagte, das sei „schön“ – und ging.", 3),
        ("Die Größe der Straße überrascht.", 3),
        ("Ein Café in Besançon.", 3),
        ("Es kostet 5 €…", 3),
    ],
)
def test_a_few_bytes_of_windows_1252_in_a_text_of_utf_8_are_read_as_such(pasted: str, line: int) -> None:
    head, tail = "Überschrift für Bürger\n\n", "\n\n" + TEXTS["de"]
    found = decode(head.encode() + pasted.encode("windows-1252") + tail.encode())
    assert isinstance(found, Decoded)
    assert found.text == head + pasted + tail
    (fired,) = found.fired
    assert (fired.rule, fired.text, fired.line) == ("encoding", f"utf-8, with windows-1252 in line {line}", line)


@pytest.mark.parametrize(
    ("stray", "says"),
    [
        (b"\xe2\x80 x", "0xE2"),
        (b"Gr\xc3e", "0xC3"),
        (b"\x81", "0x81"),
        (b"Gr\xb6e", "0xB6"),
        (b"\xc3\x28", "0xC3"),
        (b"\xff\xff", "0xFF"),
    ],
)
def test_odd_bytes_that_are_no_letters_are_named_with_their_line(stray: bytes, says: str) -> None:
    refused = decode(b"one\n\ntwo " + stray + b"\n\n" + TEXTS["de"].encode())
    assert isinstance(refused, Refused)
    assert refused.line == 3
    assert says in refused.message
    assert "not UTF-8" in refused.message
    assert "UTF-8" in refused.hint


def test_a_file_that_was_cut_off_says_so() -> None:
    refused = decode(TEXTS["de"].encode() + "…".encode()[:2])
    assert isinstance(refused, Refused)
    assert refused.line == TEXTS["de"].count("\n") + 1
    assert "ends in the middle" in refused.message


def test_what_cannot_be_told_is_refused_with_what_it_may_be() -> None:
    refused = decode(b"\xe0\xe9 \xf5 \xe8\xec")
    assert isinstance(refused, Refused)
    assert "not UTF-8" in refused.message
    assert "UTF-8" in refused.hint


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "PNG"),
        (b"\xff\xd8\xff\xe0\0\x10JFIF", "JPEG"),
        (b"%PDF-1.7\n1 0 obj\n<<>>", "PDF"),
        (b"PK\x03\x04\x14\0\6\0", "Office document or an archive"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1\0\0", "Office"),
        (b"{\\rtf1\\ansi Text}", "RTF"),
        (b"\x1f\x8b\x08\0\0\0\0\0", "gzip"),
        (b"ID3\x03\0\0\0", "sound"),
        (b"text \0 with NUL", "not a text"),
        (hashlib.shake_128(b"x").digest(4000), "not a text"),
        (hashlib.shake_128(b"x").digest(4000).replace(b"\0", b""), "not a text"),
    ],
)
def test_what_is_no_text_is_refused(data: bytes, says: str) -> None:
    refused = decode(data)
    assert isinstance(refused, Refused)
    assert refused.line == 0
    assert refused.message.startswith("the file is not a text")
    assert says in refused.message


@pytest.mark.parametrize("text", ["ID3 von VW", "RIFF raff", "PK sagt", "BZh", "Rar! rief er", "GIF89a erklärt"])
def test_words_are_not_taken_for_the_marks_of_binary_files(text: str) -> None:
    assert decode(text.encode()) == Decoded(text, "utf-8")


@given(st.binary(max_size=300), st.sampled_from(["", "utf-8", "iso-8859-1", "shift_jis", "utf-16", "hz", "koi8-r"]))
def test_any_bytes_are_a_text_or_refused(data: bytes, declared: str) -> None:
    found = decode(data, declared)
    assert found == decode(data, declared)
    if isinstance(found, Decoded):
        found.text.encode()
        assert found.text == data.decode("utf-8-sig", "replace") or found.encoding != "utf-8" or found.fired
    else:
        assert found.message
        assert found.hint
        assert 0 <= found.line <= data.count(b"\n") + 1


@given(st.text(max_size=300))
def test_every_text_in_utf_8_is_read_as_it_is(text: str) -> None:
    found = decode(text.encode())
    if isinstance(found, Refused):
        assert "\0" in text or text.startswith(("%PDF-", "{\\rtf"))
    elif "\x1b" not in text and "\0" not in text:
        assert found == Decoded(text.removeprefix("\ufeff"), "utf-8")


@pytest.mark.parametrize("language", TEXTS)
@pytest.mark.parametrize("codec", ["sloppy-windows-1252", "latin-1"])
def test_utf_8_that_was_read_as_western_is_turned_back(language: str, codec: str) -> None:
    import ftfy  # noqa: F401 - it registers the codecs

    misread = codecs.decode(TEXTS[language].encode(), codec)
    found, (fired,) = clean(misread)
    assert found == TEXTS[language]
    assert fired.rule == "mojibake"
    before, arrow, after = fired.text.partition(" → ")
    assert arrow
    assert before in misread
    assert after[:5] in found


@pytest.mark.parametrize(
    ("misread", "right"),
    [
        ("Das ZugestÃ¤ndnis", "Das Zugeständnis"),
        ("â€žJaâ€œ, sagte er", "„Ja“, sagte er"),
        ("donâ€™t", "don’t"),
        ("voilÃ  le travail", "voilà le travail"),
        ("ZugestÃƒÂ¤ndnis", "Zugeständnis"),
        ("РџСЂРёРІРµС‚, РјРёСЂ", "Привет, мир"),
        ("dans lâ€™Ã©tÃ©", "dans l’été"),
    ],
)
def test_mojibake_is_repaired(misread: str, right: str) -> None:
    found, (fired,) = clean(misread)
    assert (found, fired.rule, fired.line) == (right, "mojibake", 1)


@pytest.mark.parametrize(
    "text",
    [
        "Der Buchstabe Ã steht im Portugiesischen in NÃO.",
        "Die Zeichenfolge „Ã¤“ entsteht, wenn „ä“ falsch gelesen wird.",
        "The sequence Ã¤ is an a with two dots.",
        "SÃO PAULO e SÃO JOÃO",
        "À «l’été» …",
        "Das „Ü“ – groß» geschrieben",
        "Ð and Þ are letters",
        "В» Москве",
        "РСФСР и СССР",
        "ÅÄÖ",
        "3 × 4 = 12 £",
        "Müller ZugestÃ¤ndnis",
    ],
)
def test_what_is_not_surely_mojibake_stays(text: str) -> None:
    found, fired = clean(text)
    assert found == text
    assert {each.rule for each in fired} <= {"mojibake-left"}


@pytest.mark.parametrize("language", TEXTS)
def test_ordinary_texts_stay_as_they_are(language: str) -> None:
    assert clean(TEXTS[language]) == (TEXTS[language], ())


@pytest.mark.parametrize(
    ("before", "after", "rule"),
    [
        ("Helikopter\xadlandeplatz", "Helikopterlandeplatz", "soft-hyphens"),
        ("Helikopter\xad\nlandeplatz", "Helikopterlandeplatz", "soft-hyphens"),
        ("zero\u200bwidth", "zerowidth", "zero-width"),
        ("a\ufeffb\u2060c", "abc", "zero-width"),
        ("Auf\u200clage", "Auflage", "zero-width"),
        ("a\u200db", "ab", "zero-width"),
        ("a\u202ekcab\u202cb", "akcabb", "direction-controls"),
        ("\u200eLatin\u200f", "Latin", "direction-controls"),
        ("\u2066Latin\u2069", "Latin", "direction-controls"),
        ("שלום \u2067abc", "שלום abc", "direction-controls"),
        ("שלום \u202eabc\u202c", "שלום abc", "direction-controls"),
        ("שלום \u2067\u202eabc\u2069", "שלום \u2067abc\u2069", "direction-controls"),
        ("שלום \u202babc\nd\u202c", "שלום abc\nd", "direction-controls"),
        ("plain\U000e0041\U000e0042", "plain", "tags"),
        ("x\ufe0fy", "xy", "variation-selectors"),
        ("\ufe0fy", "y", "variation-selectors"),
        ("one\u2028two\u2029three", "one\ntwo\n\nthree", "line-ends"),
        ("one\x0btwo\x0cthree", "one\ntwo\nthree", "line-ends"),
        ("one\x85two", "one\ntwo", "line-ends"),
        ("„Ja\x94, sagte\x85\n", "„Ja”, sagte…\n", "misread-controls"),
        ("Text \x96 dash", "Text – dash", "misread-controls"),
        ("\x9akoda und \x8eižkov", "škoda und Žižkov", "misread-controls"),
    ],
)
def test_what_a_reader_does_not_see_is_taken_out_and_reported(before: str, after: str, rule: str) -> None:
    found, fired = clean(before)
    assert found == after
    assert rule in [each.rule for each in fired]
    assert clean(after) == (after, ())


@pytest.mark.parametrize(
    "text",
    [
        "می\u200cخواهم",  # Persian: a joiner inside a word
        "क्\u200dष और क्\u200cष",  # Hindi: which form a letter has
        "ශ්\u200dරී ලංකා",  # Sinhala
        "👩\u200d👧 und 🏳\ufe0f\u200d🌈",  # one picture of several
        "❤\ufe0f 1\ufe0f\u20e3 ©\ufe0f",
        "葛\U000e0100城",  # which form an ideograph has
        "🏴\U000e0067\U000e0062\U000e0073\U000e0063\U000e0074\U000e007f",  # the flag of Scotland
        "שלום \u2066abc\u2069 \u200f(עולם)\u200f",
        "عربي \u202babc\u202c",
        "ភាសា\u200bខ្មែរ",  # Khmer: where a line may break
        "tab\there",
    ],
)
def test_what_a_script_or_a_picture_needs_stays(text: str) -> None:
    assert clean(text) == (text, ())


def test_changes_are_counted_and_placed() -> None:
    _, (fired,) = clean("one\ntwo\xad two\xad two\n")
    assert (fired.rule, fired.text, fired.line) == ("soft-hyphens", "2 × U+00AD", 2)


@pytest.mark.parametrize("text", ["bell \x07", "escape \x1b[0m", "NUL \0", "C1 \x81", "odd \x9d place"])
def test_other_control_characters_stay_for_the_reader_of_the_format_to_refuse(text: str) -> None:
    assert clean(text)[0] == text


SIGNS = st.sampled_from(
    "aäß \n\r\t.א中ا👩🏴\xa0" + "".join(map(chr, [*range(0x80, 0xA0), 0xAD, *range(0x200B, 0x2010)]))
)
ODD = st.sampled_from(
    "\x0b\x0c\u2028\u2029\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufe0f\ufeff\U000e0041\U000e007fÃ¤â€"
)


@given(st.text(SIGNS | ODD, max_size=40))
def test_a_clean_text_is_clean(text: str) -> None:
    found, fired = clean(text)
    assert (found == text) or fired
    assert clean(found)[0] == found
    visible = [sign for sign in text if sign.isalnum() and ord(sign) < 0x80]
    assert [sign for sign in found if sign.isalnum() and ord(sign) < 0x80] == visible


def test_halves_of_a_surrogate_pair_are_one_sign_and_a_lone_half_is_none() -> None:
    pair = "😀".encode("utf-16-be")
    halves = b"".join(
        pair[at : at + 2].decode("utf-16-be", "surrogatepass").encode("utf-8", "surrogatepass") for at in (0, 2)
    )
    found = decode("Grüße\n".encode() + halves)
    assert isinstance(found, Decoded)
    assert (found.text, found.encoding) == ("Grüße\n😀", "cesu-8")
    lone = decode("Grüße\n".encode() + halves[:3])
    assert isinstance(lone, Refused)
    assert (lone.line, "U+D83D" in lone.message) == (2, True)

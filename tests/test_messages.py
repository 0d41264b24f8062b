"""The interface's words: every language has each of them, in as many forms as its numbers want."""

import re
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po

from digest import locales, words
from digest.errors import DigestError

TEMPLATES = Path(__file__).parent.parent / "templates"
LANGUAGES = sorted(path.stem for path in (TEMPLATES / "messages").iterdir())
TRANSLATIONS = sorted({*LANGUAGES} - {"en"})
HEADER = 'msgid ""\nmsgstr "Plural-Forms: RULE\\n"\n\n'
ARTICLES = 'msgid "articles"\nmsgid_plural "articles"\n'


def catalogue(language: str) -> Catalog:
    with (TEMPLATES / "messages" / f"{language}.po").open("rb") as file:
        return read_po(file, abort_invalid=True)


def theme(folder: Path, **files: str) -> tuple[str, ...]:
    """Return the built-in theme, shadowed by catalogues of one's own."""
    (folder / "messages").mkdir(parents=True)
    for name, text in files.items():
        (folder / "messages" / f"{name.replace('_', '-')}.po").write_text(text, "utf-8")
    return str(folder), str(TEMPLATES)


def said(found: words.Words, name: str) -> str:
    word = found[name]
    assert isinstance(word, str)
    return word


def counted(found: words.Words, count: int) -> str:
    word = found["articles"]
    assert isinstance(word, words.Counting)
    return word(count, str(count))


def test_the_languages_of_the_interface() -> None:
    assert {*LANGUAGES} == {*["ar", "de", "en", "es", "fr", "he", "it", "ja", "pl", "ru", "tr", "uk", "zh", "zh-Hant"]}


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_language_has_every_word(language: str) -> None:
    assert {message.id for message in catalogue(language)} == {message.id for message in catalogue("en")}
    for message in catalogue(language):
        forms = message.string if isinstance(message.string, tuple) else (message.string,)
        assert all(forms), message.id
        assert not message.fuzzy, message.id
        assert all(form == form.strip() for form in forms if message.id), message.id


@pytest.mark.parametrize("language", TRANSLATIONS)
def test_a_translator_sees_the_english(language: str) -> None:
    english = catalogue("en")
    for message in catalogue(language):
        if message.id:
            name = message.id if isinstance(message.id, str) else message.id[0]
            original = english.get(name)
            assert original is not None
            texts = [original.string] if isinstance(original.string, str) else original.string
            assert message.auto_comments == [" | ".join(texts)], name


@pytest.mark.parametrize("language", TRANSLATIONS)
def test_a_sentence_ends_as_the_english_one(language: str) -> None:
    """A word that leads to something ends with a colon, a sentence with a full stop, a heading with neither."""
    for name in ("original", "empty", "no_topics", "no_stories"):
        assert said(words.words((str(TEMPLATES),), language), name)[-1] in ".:。：", name
    for name in ("home", "archive", "topics", "stories", "earlier", "related", "not_found"):
        assert said(words.words((str(TEMPLATES),), language), name)[-1] not in ".:。：", name


@pytest.mark.parametrize("language", TRANSLATIONS)
def test_a_word_has_the_places_of_the_english_one(language: str) -> None:
    """`{}`, `{date}` and the like are what is put in."""
    found, english = (words.words((str(TEMPLATES),), tag) for tag in (language, "en"))
    for name, word in english.items():
        if isinstance(word, str):
            assert sorted(re.findall(r"{\w*}", said(found, name))) == sorted(re.findall(r"{\w*}", word)), name


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_forms_are_those_of_the_numbers_of_the_language(language: str) -> None:
    """The catalogue's rule tells apart the numbers that CLDR tells apart, and no others."""
    word = words.words((str(TEMPLATES),), language)["articles"]
    assert isinstance(word, words.Counting)
    category = locales.locale_of(language).plural_form
    pairs = {(word.rule(count), category(count)) for count in range(1001)}
    assert len(pairs) == len(word.forms) == len({form for form, _ in pairs}) == len({name for _, name in pairs})


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_form_that_several_numbers_take_names_the_number(language: str) -> None:
    word = words.words((str(TEMPLATES),), language)["articles"]
    assert isinstance(word, words.Counting)
    takes = [word.rule(count) for count in range(1001)]
    for place, form in enumerate(word.forms):
        assert form.count("{}") == 1 or (form.count("{}") == 0 and takes.count(place) == 1), form


@pytest.mark.parametrize(
    ("language", "forms"),
    [
        ("de", {0: "0 Artikel", 1: "1 Artikel", 5: "5 Artikel"}),
        ("fr", {0: "0 article", 1: "1 article", 2: "2 articles"}),
        ("pl", {1: "1 artykuł", 3: "3 artykuły", 12: "12 artykułów", 22: "22 artykuły", 25: "25 artykułów"}),
        ("ru", {1: "1 статья", 4: "4 статьи", 11: "11 статей", 21: "21 статья"}),
        ("uk", {1: "1 стаття", 4: "4 статті", 11: "11 статей", 21: "21 стаття"}),
        ("ar", {0: "لا مقالات", 1: "مقال واحد", 2: "مقالان", 3: "3 مقالات", 11: "11 مقالًا", 100: "100 مقال"}),
        ("he", {1: "כתבה אחת", 2: "שתי כתבות", 3: "3 כתבות"}),
        ("ja", {1: "1件の記事", 2: "2件の記事"}),
    ],
)
def test_how_languages_count(language: str, forms: dict[int, str]) -> None:
    found = words.words((str(TEMPLATES),), language)
    assert {count: counted(found, count) for count in forms} == forms


def test_a_word_of_ones_own_shadows_a_single_one(tmp_path: Path) -> None:
    own = theme(tmp_path / "own", de='msgid "home"\nmsgstr "Startseite"\n')
    assert said(words.words(own, "de"), "home") == "Startseite"
    assert said(words.words(own, "de"), "archive") == "Archiv"
    assert said(words.words(own, "de-AT"), "home") == "Startseite"
    assert said(words.words(own, "en"), "home") == "Today"


def test_a_missing_word_is_taken_from_the_nearest_language(tmp_path: Path) -> None:
    """From that of the script, then of the base, then English; what is fuzzy or empty is missing."""
    own = theme(
        tmp_path / "own",
        pt='msgid "home"\nmsgstr "Hoje"\n\nmsgid "archive"\nmsgstr "Arquivo"\n',
        pt_BR='msgid "archive"\nmsgstr "Acervo"\n\n#, fuzzy\nmsgid "home"\nmsgstr "Casa"\n\nmsgid "topics"\nmsgstr ""\n',
    )
    found = words.words(own, "pt-BR")
    assert [said(found, name) for name in ("archive", "home", "topics")] == ["Acervo", "Hoje", "Topics"]
    assert said(words.words(own, "zh-TW"), "topics") == "話題"
    assert said(words.words(own, "zh-CN"), "topics") == "话题"
    assert said(words.words(own, "xx"), "topics") == "Topics"


def test_a_catalogue_that_states_no_rule_counts_as_its_language_does(tmp_path: Path) -> None:
    forms = "".join(f'msgstr[{number}] "{number}:{{}}"\n' for number in range(6))
    own = theme(tmp_path / "own", ar=ARTICLES + forms, nl=ARTICLES + 'msgstr[0] "{} stuk"\nmsgstr[1] "{} stukken"\n')
    assert [counted(words.words(own, "ar"), count) for count in (0, 1, 2, 3, 11, 100)] == [
        "0:0",
        "1:1",
        "2:2",
        "3:3",
        "4:11",
        "5:100",
    ]
    assert [counted(words.words(own, "nl"), count) for count in (1, 2)] == ["1 stuk", "2 stukken"]


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("home: Start", r"en\.po:1: this is no line of a catalogue: home: Start"),
        ('msgid "home"\nmsgstr "Start\n', r"en\.po:2: this is no line"),
        ('msgid "home"\nmsgstr "a "b" c"\n', r"en\.po:2: this is no line"),
        ('\nmsgid "home"\n\nmsgid "archive"\nmsgstr "A"\n', r"en\.po:2: missing msgstr"),
        ('"lost"\n', r"en\.po:1: "),
        ('msgstr "lost"\n', r"en\.po:1: "),
        ('\nmsgid "articles"\nmsgstr "{} pieces"\n', r"en\.po:2: `articles` counts things"),
        ('\nmsgid "home"\nmsgid_plural "home"\nmsgstr[0] "a"\nmsgstr[1] "b"\n', r"en\.po:2: `home` is one text"),
        (ARTICLES + 'msgstr[0] "{} piece"\n', r"en\.po:1: `articles` has not all of its 2 forms"),
        (ARTICLES + 'msgstr[0] "a"\nmsgstr[1] "b"\nmsgstr[2] "c"\n', r"en\.po:1: .*more translations"),
        (HEADER.replace("RULE", "nplurals=2; plural=n>;"), r"en\.po:2: "),
        (HEADER.replace("RULE", "nplurals=2; plural=n/0;"), r"en\.po:2: "),
        (HEADER.replace("RULE", "nplurals=many; plural=0;"), r"en\.po:2: "),
        (HEADER.replace("RULE", "nplurals=2; plural=n;"), r"en\.po:2: the plural rule wants form 199, and there are 2"),
    ],
)
def test_a_broken_catalogue_is_named(tmp_path: Path, text: str, says: str) -> None:
    with pytest.raises(DigestError, match=f"templates/messages/{says}") as caught:
        words.words(theme(tmp_path / "own", en=text), "en")
    assert caught.value.hint
    assert "Traceback" not in str(caught.value)


def test_a_catalogue_that_is_no_text_is_named(tmp_path: Path) -> None:
    own = theme(tmp_path / "own", en="")
    (tmp_path / "own/messages/en.po").write_bytes(b'msgid "home"\nmsgstr "\xff"\n')
    with pytest.raises(DigestError, match=r"en\.po:1: it is not UTF-8"):
        words.words(own, "en")

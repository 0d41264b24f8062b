"""Topics: by the digest's own vocabulary, by those in use, and by what matters in an article against the archive."""

import itertools
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.editor import tokens, topics, vocabulary
from digest.editor.inflection import fold, root
from digest.editor.terms import NEAR, Term, marks, terms
from digest.editor.vocabulary import Topic, Vocabulary

CASES = Path(__file__).parents[1] / "cases" / "topics"
NONE = Vocabulary()


@pytest.mark.parametrize("case", sorted(CASES.iterdir()), ids=lambda case: case.stem)
def test_a_vocabulary(case: Path) -> None:
    text, _, expected = case.read_text("utf-8").partition("==========\n")
    own, problems = vocabulary.load(text, "topics.yml")
    told = [f"{one.severity} {one.line}: {one.message}\n  {one.hint}\n" for one in problems]
    for line in expected.splitlines():
        lang, _, title = line.partition(" ->")[0].partition(": ")
        if " ->" in line:
            found = ", ".join(sorted(one.name for one in vocabulary.match(own, title, "", "", lang)))
            told.append(f"{lang}: {title} ->{found and ' '}{found}\n")
    assert "".join(told) == expected


def test_a_mention_in_the_title_counts_more_than_one_in_the_body() -> None:
    own = Vocabulary((Topic("Berlin"), Topic("Bonn"), Topic("Köln"), Topic("Ulm")))
    found = vocabulary.match(own, "In Berlin", "Und in Bonn.", "Köln. Bonn, Ulm, Ulm, Ulm und Ulm.", "de")
    assert [(one.name, one.score, one.mentions) for one in found] == [("Ulm", 3, 4), ("Bonn", 3, 2), ("Berlin", 3, 1)]


def test_an_article_gets_no_more_topics_than_asked_for() -> None:
    own = vocabulary.of_names([f"Topic{number}" for number in range(20)])
    title = " ".join(topic.name for topic in own.topics)
    assert len(vocabulary.match(own, title, "", "", "en", 5)) == 5


def test_broken_parts_leave_the_rest_of_use() -> None:
    own, problems = vocabulary.load("Asia:\n  parnt: x\n  aliases: [Far East]\nEurope:\n", "topics.yml")
    assert [problem.line for problem in problems] == [2]
    assert own == Vocabulary((Topic("Asia", (("", "Far East"),)), Topic("Europe")))


# Forms of a word.


@pytest.mark.parametrize(
    ("lang", "forms"),
    [
        ("en", ["Trump", "Trumps"]),
        ("de", ["Merkel", "Merkels"]),
        ("ru", ["Путин", "Путина", "Путину", "Путиным", "Путине"]),
        ("ru", ["Москва", "Москвы", "Москве", "Москвой"]),
        ("uk", ["Зеленський", "Зеленського", "Зеленському"]),
        ("pl", ["Tusk", "Tuska", "Tuskiem", "Tuskowi"]),
        ("tr", ["Bakan", "Bakanlar"]),
        ("fi", ["Lontoo", "Lontoossa", "Lontoosta"]),
        ("ko", ["서울특별시", "서울특별시는", "서울특별시에서"]),
        ("ar", ["العراق", "والعراق"]),
    ],
)
def test_forms_of_a_name_have_one_root(lang: str, forms: list[str]) -> None:
    assert len({root(fold(form), lang) for form in forms}) == 1


@pytest.mark.parametrize(
    ("lang", "one", "other"), [("de", "Bayern", "Bayer"), ("de", "Berlin", "Berliner"), ("en", "Iran", "Iranian")]
)
def test_other_words_have_another_root(lang: str, one: str, other: str) -> None:
    assert root(fold(one), lang) != root(fold(other), lang)


# What matters in an article.


def names(title: str, lead: str, body: str, lang: str) -> list[str]:
    return [term.name for term in terms(title, lead, body, lang) if term.is_name]


def test_a_name_does_not_owe_its_capital_to_the_beginning_of_a_sentence() -> None:
    found = names("Dam on the Wye closed", "Engineers said so. Tom A. Reed said so to Reed.", "Water rose in the Wye. Still, Tom A. Reed said no.", "en")  # fmt: skip
    assert set(found) == {"Wye", "Tom A. Reed", "Reed"}


def test_titles_and_weekdays_are_no_part_of_a_name() -> None:
    assert names("", "Am Montag traf Bundeskanzlerin Rita Kern den Abgeordneten Jan Holm.", "", "de") == [
        "Jan Holm",
        "Rita Kern",
    ]
    assert "Rita Kern" in names("", "There came President Rita Kern on Monday.", "", "en")


def test_a_headline_in_capitals_tells_nothing_of_its_words() -> None:
    (acme, *_) = terms("ACME BUYS OLD MILL", "It will buy a mill, said Acme.", "In May, Acme paid.", "en")
    assert (acme.name, acme.place, acme.is_name) == ("Acme", 2, True)


def test_scripts_without_spaces_give_what_recurs() -> None:
    found = {
        term.name for term in terms("青川橋の建設", "青川橋を市が建設した。", "市長は青川橋が必要だと述べた。", "ja")
    }
    assert "青川橋" in found
    found = {term.name for term in terms("青川大桥开工", "青川大桥今天开工。", "人们等了青川大桥很久。", "zh")}
    assert "青川大桥" in found


def test_scripts_without_capitals_give_what_recurs() -> None:
    found = {term.name for term in terms("جسر النهر", "افتتح جسر النهر.", "كان جسر النهر مغلقا.", "ar")}
    assert any("النهر" in name for name in found)


def test_names_are_looked_for_where_an_article_begins_and_counted_to_its_end() -> None:
    filling = "Dann kam der Regen und blieb lange. " * (NEAR // 30)
    rest = f"{filling} Es sprach Jan Holm mit Rita Kern, und Jan Holm mit Rita Kern."
    found = {term.name: term.mentions for term in terms("Auental", "Dort baut Rita Kern.", rest, "de")}
    assert (found["Rita Kern"], "Jan Holm" in found) == (3, False)
    assert "Jan Holm" in names("Auental", "Dort baut Rita Kern.", rest[len(filling) :], "de")


def test_what_is_known_of_words_never_grows_without_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tokens, "MOST_KNOWN", 3)
    text = ("Kerns Pläne", "Rita Kern will in Auental bauen.", "Dort baut Rita Kern.", "de-x-few")
    words = tokens.Words(*text)
    assert [words.forms[word].folded for word in words.texts] == [word.lower() for word in words.texts]
    assert len(words.forms) <= 3
    assert [term.key for term in terms(*text)] == [term.key for term in terms(*text[:3], "de")]


FILLING = "Dann kam der Regen und blieb lange. Alle warteten auf besseres Wetter, und {} auch."


def archive(texts: list[tuple[str, str, str, str]], used: dict[str, int] | None = None) -> topics.Archive:
    filling = [("Regen", f"Im Dorf {number} regnete es.", FILLING.format(number), "de") for number in range(40)]
    return topics.archive([marks(terms(*text)) for text in [*texts, *filling]], used or {})


def topics_of(text: tuple[str, str, str, str], known: topics.Archive, own: Vocabulary = NONE) -> list[str]:
    return [one.name for one in topics.candidates(terms(*text), *text, own, known)]


KERN = ("Kerns Pläne für Auental", "Rita Kern will in Auental bauen.", "Dort baut Rita Kern. Viele sehen das so.", "de")
TRUMP = [("Trumps plans", "The plans of Trump are new.", "They are Trumps plans.", "en") for _ in range(3)]


def test_names_that_recur_in_the_archive_become_topics() -> None:
    assert topics_of(KERN, archive([KERN] * 3)) == ["Rita Kern", "Auental"]


def test_a_name_of_one_article_is_no_topic() -> None:
    assert topics_of(KERN, archive([KERN])) == []


def test_what_every_article_has_is_no_topic() -> None:
    assert topics_of(("Regen", "Im Dorf regnete es.", FILLING, "de"), archive([])) == []


def test_forms_of_a_name_are_one_topic_called_by_its_plain_form() -> None:
    only_possessive = ("Trumps plans", "They say the Trumps plans are new.", "So are other Trumps plans.", "en")
    assert topics_of(only_possessive, archive(TRUMP)) == ["Trump"]


def test_the_vocabulary_comes_first() -> None:
    own, _ = vocabulary.load("Kern, Rita: {aliases: [Rita Kern, Kern]}")
    found = topics.candidates(terms(*KERN), *KERN, own, archive([KERN] * 3))
    assert [(one.name, one.reason) for one in found] == [("Kern, Rita", "vocabulary"), ("Auental", "new")]


def test_topics_in_use_are_preferred() -> None:
    found = topics.candidates(terms(*KERN), *KERN, NONE, archive([KERN] * 3, {"AUENTAL": 2, "Bauen": 1, "Nie": 9}))
    assert [(one.name, one.reason) for one in found] == [("AUENTAL", "topic"), ("Rita Kern", "new")]


def test_a_topic_of_nearly_all_articles_is_not_given_further() -> None:
    assert "Auental" not in topics_of(KERN, archive([KERN], {"Auental": 40}))


def test_the_order_of_the_archive_does_not_show() -> None:
    texts = [KERN, *TRUMP]
    known = [topics.archive([marks(terms(*text)) for text in order], {}) for order in itertools.permutations(texts)]
    assert all(one == known[0] for one in known)


def test_an_empty_archive_gives_no_new_topics() -> None:
    assert topics_of(KERN, topics.archive([], {})) == []


def test_few_topics_and_few_bytes_for_each_article() -> None:
    text = (
        "Many",
        "",
        " ".join(
            f"The {chr(65 + n % 26)}{'aeiou'[n % 5]}xo{n} town and {chr(65 + n % 26)}{'aeiou'[n % 5]}xo{n}."
            for n in range(500)
        ),
        "en",
    )
    found = terms(*text)
    assert len(marks(found)) <= 192
    known = topics.archive([marks(found)] * 3, {})
    assert len(topics.candidates(found, *text, NONE, known)) <= 5


TEXTS = st.text(
    st.sampled_from("aA bB.,\n Äß漢字カナひ中文한국 और किعرب'’-„“ 0") | st.characters(exclude_categories=["Cs"]),
    max_size=120,
)


@given(TEXTS, TEXTS, TEXTS, st.sampled_from(["", "de", "en", "vi", "ru", "ja", "zh", "th", "ko", "ar", "he", "xx"]))
def test_whatever_an_article_is_its_terms_stand_in_it(title: str, lead: str, body: str, lang: str) -> None:
    found = terms(title, lead, body, lang)
    assert found == terms(title, lead, body, lang)
    whole = "\n".join((title, lead, body)).lower()
    for term in found:
        assert isinstance(term, Term)
        assert term.name.lower() in whole
        assert term.mentions > 0
    known = topics.archive([marks(found)] * 3, {})
    names = [one.name for one in topics.candidates(found, title, lead, body, lang, NONE, known)]
    assert len(names) == len(set(names)) <= 5


@given(st.text(max_size=200))
def test_whatever_the_vocabulary_is_it_is_read_or_told_of(text: str) -> None:
    own, problems = vocabulary.load(text)
    assert all(problem.line >= 1 and problem.message and problem.hint for problem in problems)
    assert {one.name for one in vocabulary.match(own, text[:100], text, text, "de")} <= {one.name for one in own.topics}


@pytest.mark.parametrize("piece", ["a", "A ", "Ab cd. ", "漢", "カ", "กา", "A-", "„", "Ab of "])
def test_a_very_long_article_takes_no_very_long_time(piece: str) -> None:
    for lang in ("de", "zh", "vi"):
        assert len(terms(piece * 50, piece * 50, piece * 50_000, lang)) <= 48


def test_a_large_vocabulary_is_no_burden() -> None:
    text = "".join(
        f"Topic {number}:\n  parent: Topic {number + 1}\n  aliases: [Alias {number}, Same]\n" for number in range(3000)
    )
    own, problems = vocabulary.load(text)
    assert len(own.topics) == 3000
    assert {problem.message.partition("`")[0] for problem in problems} == {"the parent ", "the alias "}


@pytest.mark.parametrize(
    ("title", "sentence", "lang", "expected"),
    [
        ("Neues aus der Stadt Wien", "In der Stadt Wien ist es so.", "de", {"Wien"}),
        ("Neues aus der Hauptstadt", "In der Hauptstadt ist es so.", "de", set()),
        ("Was die Deutsche Bank will", "Er sieht die Deutsche Bank hier.", "de", {"Deutsche Bank"}),
        ("All about the fourth quarter", "He saw the fourth quarter.", "en", set()),
        ("What the U.S. Senate wants", "He saw the U.S. Senate there.", "en", set()),
        ("What they say in New York", "He saw it in New York there.", "en", {"New York"}),
    ],
)
def test_general_words_are_no_topics(title: str, sentence: str, lang: str, expected: set[str]) -> None:
    texts = [(title, "", " ".join([sentence] * 3))] * 4 + [("Nothing", "", "There is nothing here.")] * 60
    texts += [("Etwas", "", "Er kam aus Wien, ging aus Wien und blieb in Wien.")] * 4
    found = [terms(*text, lang) for text in texts]
    known = topics.archive([marks(one) for one in found], {})
    assert {one.name for one in topics.candidates(found[0], *texts[0], lang, NONE, known)} == expected

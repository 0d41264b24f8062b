"""Highlights: key sentences, quotations and numbers, in the articles' own words."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.editor.highlights import key_sentences
from digest.editor.numbers import numbers
from digest.editor.passages import Block, Passage, Text, has_label, is_whole, points_back
from digest.editor.quotations import key_quotations, quotations

CASES = Path(__file__).parents[1] / "cases" / "highlights"


def text(raw: str, key: str = "a", may_quote: bool = True) -> Text:
    """Read a case: language and headline, then a block a line; a heading begins with `##`, a byline with `Von`."""
    first, *lines = raw.strip().splitlines()
    lang, _, title = first.partition(": ")
    kinds = {"##": "heading", "Von": "byline"}
    return Text(
        key, lang, title, tuple(Block(line, kinds.get(line.split()[0], "paragraph")) for line in lines), may_quote
    )


def told(article: Text) -> str:
    lines = [f"sentence {p.block}.{p.sentence}: {p.text}" for p in key_sentences([article])]
    lines += [
        f"quotation {q.passage.block}.{q.passage.sentence}: {q.passage.text} | {q.speaker}"
        for q in key_quotations([article])
    ]
    lines += [f"number {n.sentence.block}.{n.sentence.sentence}: {n.text}" for n in numbers([article])]
    return "".join(f"{line}\n" for line in lines)


@pytest.mark.parametrize("case", sorted(CASES.iterdir()), ids=lambda case: case.stem)
def test_a_case(case: Path) -> None:
    raw, _, expected = case.read_text("utf-8").partition("==========\n")
    assert told(text(raw)) == expected


def story() -> list[Text]:
    raw = (CASES / "english.txt").read_text("utf-8").partition("==========\n")[0]
    other = (CASES / "a-long-article-in-german.txt").read_text("utf-8").partition("==========\n")[0]
    return [text(raw, "one"), text(other, "two"), text(raw, "three")]


def test_what_may_not_be_quoted_is_never_shown() -> None:
    closed = [article._replace(may_quote=False) for article in story()]
    assert (key_sentences(closed), key_quotations(closed), numbers(closed)) == ((), (), ())
    mixed = [closed[0], story()[1]]
    assert {passage.key for passage in key_sentences(mixed)} == {"two"}
    assert {quoted.passage.key for quoted in key_quotations(mixed)} == {"two"}
    assert {number.sentence.key for number in numbers(mixed)} == {"two"}


def test_a_story_does_not_say_the_same_twice() -> None:
    first, _, again = story()
    found = key_sentences([first, again])
    assert len({passage.text for passage in found}) == len(found) == 3


def test_a_number_is_told_once_and_each_of_another_article() -> None:
    found = numbers(story(), 5)
    assert [(number.text, number.sentence.key) for number in found] == [
        ("12 people dead", "one"),
        ("12,5 Millionen Euro", "two"),
        ("$3.5 million", "three"),
    ]


def test_everything_stands_word_for_word_where_it_is_said_to() -> None:
    articles = {article.key: article for article in story()}
    for passage in (
        *key_sentences(story(), 9),
        *(quoted.passage for quoted in key_quotations(story(), 9)),
        *(number.sentence for number in numbers(story(), 9)),
    ):
        assert stands(passage, articles)
    for number in numbers(story(), 9):
        assert number.sentence.text.startswith(number.text, number.place)
    for quoted in key_quotations(story(), 9):
        assert quoted.speaker in articles[quoted.passage.key].blocks[quoted.passage.block].text


def stands(passage: Passage, articles: dict[str, Text]) -> bool:
    return articles[passage.key].blocks[passage.block].text.startswith(passage.text, passage.start)


SAID = "Das wird in der Stadt noch lange dauern"


@pytest.mark.parametrize(
    ("lang", "sentence", "speaker"),
    [
        ("de", f"„{SAID}“, sagte Bundestrainer Jan Holm am Montag.", "Bundestrainer Jan Holm"),
        ("de", f"„{SAID}“, so Holm.", "Holm"),
        ("de", f"Am Montag erklärte Rita von der Heide: „{SAID}.“", "Rita von der Heide"),
        ("de", f"„{SAID}“, sagte er im Weißen Haus.", ""),
        ("de", f"„{SAID}“, sagte der Sprecher.", ""),
        ("de", f"„{SAID}“, sagte der Sportchef von Bayer Auental.", ""),
        ("de", f"„{SAID}“, teilte die Polizei mit.", ""),
        ("de", f"„{SAID}.“ Holm ging nach Hause.", ""),
        ("de", f"Holm nannte das „{SAID}“ und ging.", ""),
        ("en", "“This will take a very long time,” President Ann B. Hill said.", "President Ann B. Hill"),
        ("en", "“This will take a very long time,” said Hill on Tuesday.", "Hill"),
        ("en", "“This will take a very long time,” she told Reuters.", ""),
        ("en", "“This will take a very long time,” the Foreign Ministry said.", ""),
        ("en", "“This will take a very long time,” said Tuesday's report.", ""),
        ("fr", "« Cela va prendre beaucoup de temps », a déclaré le président Jean Martin lundi.", "Jean Martin"),
        ("fr", "Selon lui, « cela va prendre beaucoup de temps ».", ""),
        ("es", "«Esto va a llevar mucho tiempo», dijo Ana Gil.", "Ana Gil"),
        ("it", "«Ci vorrà ancora molto molto tempo», ha detto Mario Rossi.", "Mario Rossi"),
        ("pl", "„To jeszcze potrwa bardzo długo” – powiedział Jan Nowak.", "Jan Nowak"),
        ("ru", "Мэр Иван Петров заявил: «Это займёт очень много времени».", "Мэр Иван Петров"),
        ("fi", "”Tämä kestää vielä hyvin kauan”, sanoi Aino Laine.", "Aino Laine"),
        ("hu", "„Ez még nagyon sokáig fog tartani” – mondta Kovács János.", "Kovács János"),
        ("tr", "“Bu daha çok uzun zaman alacak” dedi Ali Kaya.", ""),
        ("vi", "“Việc này sẽ còn mất nhiều thời gian”, ông Nguyễn Văn An nói.", "Nguyễn Văn An"),
        ("vi", "Nói về cơ hội, ông nói: “Việc này sẽ còn mất nhiều thời gian”.", ""),
        ("ja", "田中さん(42)は「これはまだ長い時間がかかります」と話した。", "田中さん"),
        ("ja", "首相は「これはまだ長い時間がかかります」と述べた。", ""),
        ("zh", "王小明表示：“这还需要很长很长的时间。”", "王小明"),
        ("zh", "他说：“这还需要很长很长的时间。”", ""),
        ("ko", '김철수 대표는 "이것은 아직 오랜 시간이 걸린다"라고 말했다.', "김철수 대표"),
        ("ko", '한 중진 의원은 "이것은 아직 오랜 시간이 걸린다"라고 말했다.', ""),
        ("de", f"„{SAID}“, sagte Jan Holm zur Sportschau.", "Jan Holm"),
        ("de", f"Weiter sagte er: „{SAID}.“", ""),
        ("de", f"Weiter sagte Holm: „{SAID}.“", "Holm"),
        ("de", f"„{SAID}“, sagte der Oberkommandierende General in Auental.", ""),
        ("de", f"„{SAID}“, erklärt Ernährungsberaterin und Autorin Rita Lam.", ""),
        ("de", f"„{SAID}“, sagte der Auentaler Gesundheits-, Sozial- und Schuldirektor Jan Holm.", ""),
        ("en", "“This will take a very long time,” said Nevada Sen. Paul Hill.", ""),
        ("ja", "大会終了後志位和夫委員長は「これはまだ長い時間がかかります」と話した。", ""),
        ("ko", '그는 "이것은 아직 오랜 시간이 걸린다"라고 말했다.', ""),
    ],
)
def test_only_who_is_named_speaks(lang: str, sentence: str, speaker: str) -> None:
    (quotation,) = quotations(sentence, lang)
    assert quotation.speaker == speaker
    assert sentence.startswith(quotation.text, quotation.start)


def test_a_part_of_a_sentence_that_was_said_is_no_key_quotation() -> None:
    said = [f"„{SAID}“, sagte Jan Holm.", "„die hier noch lange dauern wird und dann viel kostet“, so Rita Lam."]
    (quoted,) = key_quotations([Text("a", "de", "", tuple(map(Block, said)), True)])
    assert quoted.speaker == "Jan Holm"


def test_what_was_said_ends_without_the_comma_of_the_sentence_around_it() -> None:
    said = Block("“This will take a very long time,” said Hill.")
    (quoted,) = key_quotations([Text("a", "en", "", (said,), True)])
    assert quoted.passage.text == "This will take a very long time"


@pytest.mark.parametrize(
    ("lang", "sentence", "whole"),
    [
        ("ja", "市は新しい橋の建設を始める計画を決定している。", True),
        ("ja", "『新しい橋の建設を始める計画』。", False),
        ("ja", "読売新聞『新しい橋の建設』。", False),
        ("ja", "AssociatedPress , August 16 , 2005。", False),
        ("th", "รัฐบาลประกาศเมื่อวันจันทร์ว่าจะสร้างบ้านในกรุงเทพมหานครภายในปีหน้า", True),
        ("th", "รัฐบาลประกาศ", False),
        ("en", "The bridge was closed\nand opened again.", False),
        ("en", "The bridge was closed and opened again.", True),
    ],
)
def test_what_is_a_whole_sentence(lang: str, sentence: str, whole: bool) -> None:
    assert is_whole(sentence, lang) == whole


@pytest.mark.parametrize(
    ("lang", "sentence", "back"),
    [
        ("de", "Die Organisation steht der Stadt nahe.", True),
        ("de", "Die Organisation der Brückenfreunde steht der Stadt nahe.", False),
        ("de", "Mit ihr kamen sieben Leute in die Stadt.", True),
        ("de", "Mit der Brücke kamen sieben Leute in die Stadt.", False),
        ("en", "When he came, the bridge was open.", True),
        ("en", "In the town of Elmtown, the bridge was open.", False),
        ("de", "Die Brücke steht nahe der Stadt.", False),
        ("en", "The company said that it would build.", True),
        ("en", "The company that built the bridge is gone.", False),
        ("fr", "Le groupe de presse a été vendu.", False),
        ("ja", "この橋は古い。", True),
    ],
)
def test_what_points_to_the_sentence_before(lang: str, sentence: str, back: bool) -> None:
    assert points_back(sentence, lang) == back


def test_an_entry_of_a_list_has_a_label() -> None:
    assert has_label("Sept. 29, 1946: Rams first game at Coliseum.")
    assert has_label("Attendance: 93,103, which set a record.")
    assert not has_label("The bridge over the river was closed on Monday, and so the mayor said: it stays closed.")


def test_a_title_in_quotation_marks_is_no_quotation() -> None:
    assert quotations("Der Film „Das lange Ende“ und „Die Neue Große Alte Brücke Auental“ liefen.", "de") == ()


@pytest.mark.parametrize(
    ("lang", "sentence", "figures"),
    [
        ("de", "Es kostet 300 Milliarden Dollar, 1.234,5 Mio. Euro oder 12,5 Prozent.", ["300 Milliarden Dollar", "1.234,5 Mio. Euro", "12,5 Prozent"]),
        ("de", "Am 17. August 2005 um 20:15 Uhr fiel das 3:1 im 2. Spiel der 37 Jahre alten Elf.", []),
        ("en", "It cost $3.5 billion in 1987, US$ 300 more, and 5 per cent of 1,000 people came.", ["$3.5 billion", "US$ 300", "5 per cent", "1,000 people"]),
        ("fr", "Cela coûte 3 milliards d’euros en tout.", ["3 milliards d’euros"]),
        ("es", "Esto cuesta 3.000 millones de euros al año.", ["3.000 millones de euros"]),
        ("ru", "Ущерб составил 3,5 млрд руб., погибли 12 человек.", ["3,5 млрд руб", "12 человек"]),
        ("ja", "損失は3億5000万円で、2000人が10.5%減った。", ["3億5000万円", "2000人", "10.5%"]),
        ("ja", "史上13人目の快挙で、625 mm の雨が降った。", []),
        ("zh", "投资达30亿元，共有2000人参加了活动。", ["30亿元", "2000人"]),
        ("ko", "손실은 30억 달러이며 2000명이 참여했다.", ["30억 달러", "2000명"]),
        ("he", "עלות התוכנית היא 3.5 מיליארד שקל.", ["3.5 מיליארד שקל"]),
        ("hi", "योजना की लागत 350 करोड़ रुपये है।", ["350 करोड़ रुपये"]),
        ("ar", "تبلغ تكلفة الخطة 3.5 مليار دولار.", ["3.5 مليار دولار"]),
        ("th", "ทั้งนี้โครงการจะใช้งบประมาณ 3,500 ล้านบาท ในกรุงเทพมหานคร", ["3,500 ล้านบาท"]),
        ("vi", "Dự án trị giá hơn 96 tỷ đồng và 30% vốn.", ["96 tỷ đồng", "30%"]),
    ],
)  # fmt: skip
def test_a_number_has_its_unit(lang: str, sentence: str, figures: list[str]) -> None:
    several = [Text(str(n), lang, "", (Block(sentence.replace(other, "…")),), True) for n, other in enumerate(figures)]
    found = {number.text for number in numbers([*several, Text("x", lang, "", (Block(sentence),), True)], 99)}
    assert found <= set(figures)
    assert bool(found) == bool(figures)


WORDS = st.text(
    st.sampled_from('aB ä5漢か%€.,:!?„“”"«»「」()\n-–’sag 0') | st.characters(exclude_categories=["Cs"]), max_size=80
)


@given(
    st.lists(st.tuples(WORDS, st.sampled_from(["paragraph", "heading"])), max_size=6),
    st.sampled_from(["", "de", "en", "ja", "zh", "ko", "vi", "xx"]),
)
def test_whatever_the_articles_are_each_passage_stands_in_them(blocks: list[tuple[str, str]], lang: str) -> None:
    article = Text("a", lang, "Title", tuple(Block(*block) for block in blocks), True)
    found = [
        *key_sentences([article]),
        *(q.passage for q in key_quotations([article])),
        *(n.sentence for n in numbers([article])),
    ]
    assert all(stands(passage, {"a": article}) for passage in found)
    for block in article.blocks:
        for quotation in quotations(block.text, lang):
            assert block.text.startswith(quotation.text, quotation.start)
            assert not quotation.speaker or quotation.speaker.split()[0] in block.text


@pytest.mark.parametrize("piece", ["„a b c d e f“, ", '"', "« ", "5 % ", "12,345 ", "「あ", "Ab said: ", "5億"])
def test_a_very_long_article_takes_no_very_long_time(piece: str) -> None:
    for lang in ("de", "ja"):
        article = Text("a", lang, "Title", (Block(piece * 20_000),), True)
        assert len(key_sentences([article])) <= 3
        assert len(key_quotations([article])) <= 3
        assert len(numbers([article])) <= 3

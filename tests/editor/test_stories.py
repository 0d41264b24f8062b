"""Which articles tell of one event."""

from collections.abc import Sequence

import pytest

from digest.editor import stories, words
from digest.editor.calendar import Item

FLOOD = [
    (
        "Hochwasser in Passau: Donau steigt auf zehn Meter",
        "In Passau ist die Donau am Montag auf zehn Meter gestiegen. Die Altstadt ist überflutet, Helfer bauen Dämme aus Sandsäcken. Oberbürgermeister Dupper sprach von einer Katastrophe.",
    ),
    (
        "Passau unter Wasser",
        "Die Donau hat die Altstadt von Passau überflutet. Oberbürgermeister Dupper rief den Katastrophenfall aus, Helfer füllen Sandsäcke. Der Pegel stand bei zehn Metern.",
    ),
    (
        "Katastrophenfall in Passau nach Hochwasser",
        "Nach dem Hochwasser der Donau gilt in Passau der Katastrophenfall. Der Pegel erreichte zehn Meter, die Altstadt wurde geräumt, sagte Dupper. Sandsäcke werden knapp.",
    ),
]
TRAIN = [
    (
        "Güterzug entgleist bei Celle",
        "Bei Celle ist ein Güterzug mit Kesselwagen entgleist. Die Strecke zwischen Hannover und Hamburg ist gesperrt. Die Bahn rechnet mit langen Verspätungen.",
    ),
    (
        "Bahnstrecke Hannover–Hamburg nach Unfall gesperrt",
        "Nach der Entgleisung eines Güterzugs bei Celle bleibt die Strecke zwischen Hannover und Hamburg gesperrt. Kesselwagen kippten um, teilte die Bahn mit.",
    ),
]
RUSSIAN = [
    (
        "Землетрясение на Камчатке: разрушены дома",
        "На Камчатке произошло землетрясение магнитудой 7,1. В Петропавловске повреждены дома, сообщило МЧС. Объявлена угроза цунами.",
    ),
    (
        "Угроза цунами после землетрясения у берегов Камчатки",
        "После землетрясения магнитудой 7,1 у Камчатки объявлена угроза цунами. По данным МЧС, в Петропавловске повреждены десятки домов.",
    ),
]
JAPANESE = [
    (
        "能登半島で震度6弱の地震",
        "石川県の能登半島で3日、震度6弱の地震があった。気象庁によると津波の心配はない。珠洲市で住宅が倒壊した。",
    ),
    (
        "石川・珠洲市で住宅倒壊、能登で強い地震",
        "3日、能登半島を震源とする地震があり、石川県珠洲市で震度6弱を観測した。気象庁は津波の心配はないとしている。",
    ),
]
OTHERS = [
    ("Theater eröffnet Spielzeit mit Faust", "Das Schauspielhaus beginnt die Spielzeit mit Goethes Faust. Die Regisseurin setzt auf Puppen und Musik von Schubert."),
    ("Neue Impfung gegen Malaria zugelassen", "Die Behörde hat einen Impfstoff gegen Malaria zugelassen. Forscher aus Oxford hatten ihn entwickelt."),
    ("Rekordpreis für ein Gemälde von Klimt", "In London ist ein Bildnis von Klimt für hundert Millionen Pfund versteigert worden, so viel wie nie für den Maler."),
]  # fmt: skip


def items(day: str, texts: Sequence[tuple[str, str]], forced: str = "", hour: int = 0) -> list[Item]:
    return [
        Item(f"{day}/{title}", words.features(title, "", body), hour + number, forced)
        for number, (title, body) in enumerate(texts)
    ]


def found(days: dict[str, list[Item]]) -> list[list[str]]:
    """Return the stories as lists of titles."""
    told: dict[str, list[str]] = {}
    for key, story in stories.stories(days, stories.place(days)).items():
        if story is not None:
            told.setdefault(story, []).append(key.partition("/")[2])
    return list(told.values())


def titles(texts: Sequence[tuple[str, str]]) -> list[str]:
    return [title for title, _ in texts]


@pytest.mark.parametrize("event", [FLOOD, TRAIN, RUSSIAN, JAPANESE], ids=["de", "de2", "ru", "ja"])
def test_articles_about_one_event_are_a_story_and_others_are_not(event: list[tuple[str, str]]) -> None:
    assert found({"2025-08-17": items("2025-08-17", [*event, *OTHERS])}) == [titles(event)]


def test_a_story_goes_on_over_days() -> None:
    days = {
        f"2025-08-{17 + number}": items(f"2025-08-{17 + number}", [text, OTHERS[number]])
        for number, text in enumerate(FLOOD)
    }
    assert found(days) == [titles(FLOOD)]


def test_a_story_keeps_the_key_of_its_first_article() -> None:
    days = {"2025-08-17": items("2025-08-17", FLOOD[:2])}
    before = stories.stories(days, stories.place(days))
    days["2025-08-18"] = items("2025-08-18", FLOOD[2:])
    after = stories.stories(days, stories.place(days))
    assert {*before.values()} == {*after.values()} == {f"2025-08-17/{FLOOD[0][0]}"}


def test_what_comes_long_after_is_another_story() -> None:
    days = {day: items(day, [*FLOOD, *OTHERS]) for day in ("2025-08-01", "2025-09-20")}
    assert found(days) == [titles(FLOOD), titles(FLOOD)]


def test_no_story_is_told_for_ever() -> None:
    days = {f"2025-{month:02}-{day:02}": items(f"2025-{month:02}-{day:02}", [FLOOD[day % 3], *OTHERS[day % 3 :]]) for month in (5, 6, 7, 8, 9) for day in (1, 11, 21)}  # fmt: skip
    longest = max(found(days), key=len)
    assert len(longest) <= 7


def test_a_person_joins_what_the_texts_do_not() -> None:
    day = items("2025-08-17", [TRAIN[0], OTHERS[0]], "Sommer 2025")
    later = items("2025-12-24", [OTHERS[1]], " sommer  2025 ")
    assert found({"2025-08-17": day, "2025-12-24": later}) == [[TRAIN[0][0], OTHERS[0][0], OTHERS[1][0]]]


def test_what_is_like_an_article_of_a_named_story_follows_it() -> None:
    days = {
        "2025-08-17": [*items("2025-08-17", FLOOD[:2], "Flut"), *items("2025-08-17", OTHERS)],
        "2025-08-18": items("2025-08-18", FLOOD[2:]),
    }
    assert found(days) == [titles(FLOOD)]
    assert {*stories.stories(days, stories.place(days)).values()} == {"=flut", None}


def test_two_names_stay_two_stories() -> None:
    days = {
        "2025-08-17": [*items("2025-08-17", FLOOD[:1], "A"), *items("2025-08-17", FLOOD[1:2], "B")],
        "2025-08-18": [*items("2025-08-18", FLOOD[1:2], "A"), *items("2025-08-18", FLOOD[2:], "B")],
    }
    assert {*stories.stories(days, stories.place(days)).values()} == {"=a", "=b"}
    assert [len(one) for one in found(days)] == [2, 2]


def test_a_name_that_nobody_else_uses_makes_no_story() -> None:
    assert found({"2025-08-17": items("2025-08-17", OTHERS[:1], "Alone")}) == []


def test_a_person_keeps_an_article_out() -> None:
    days = {"2025-08-17": [*items("2025-08-17", FLOOD[:1], "none"), *items("2025-08-17", FLOOD[1:] + OTHERS, hour=3)]}
    assert found(days) == [titles(FLOOD[1:])]


def test_sentences_alone_make_no_story_by_two_words() -> None:
    texts = [
        ("Kurz gemeldet", "Ein Mann wurde verletzt."),
        ("Kurz gemeldet", "Eine Frau gewann im Lotto."),
        ("Wetter", "Es regnet."),
    ]
    assert found({"2025-08-17": items("2025-08-17", [*texts, *OTHERS])}) == []


def test_identical_texts_are_a_story_however_many() -> None:
    days = {
        "2025-08-17": [
            item._replace(key=f"{number:05}") for number in range(5000) for item in items("2025-08-17", FLOOD[:1])
        ]
    }
    assert [len(one) for one in found(days)] == [5000]


def test_many_articles_on_a_day_are_no_trouble() -> None:
    texts = [
        (f"Titel{number} Wort{number % 997}", f"Satz{number} über Name{number % 499} und Ort{number}. " * 3)
        for number in range(2000)
    ]
    days = {"2025-08-17": items("2025-08-17", [*texts, *FLOOD])}
    assert titles(FLOOD) in found(days)


def test_daily_reports_are_no_story_once_they_are_known_to_come_daily() -> None:
    def report(day: int) -> tuple[str, str]:
        sky = ("sonnig", "Regen", "Nebel", "Gewitter", "Schnee", "bedeckt", "Wind")[day % 7]
        return f"Das Wetter: {sky}", f"Der Wetterdienst meldet für heute {sky}. Die Temperaturen erreichen {day * 3 % 30} Grad, nachts sinken sie auf {day * 7 % 17} Grad. Der Wind weht mäßig."  # fmt: skip

    days = {}
    for day in range(1, 29):
        name = f"2025-08-{day:02}"
        filler = [
            (f"Ereignis{day}x{number}", f"Gegend{day}y{number} Sache{day}z{number} Leute{number}k{day}. " * 2)
            for number in range(12)
        ]
        days[name] = items(name, [report(day), *filler])
    placed = stories.stories(days, stories.place(days))
    weather = [story for key, story in placed.items() if "Wetter" in key]
    assert not any(weather[12:])


def test_nothing_of_nothing() -> None:
    assert stories.place({}) == {}
    assert found({"2025-08-17": [Item("a", b""), Item("b", b"x" * 4)]}) == []


def test_it_says_in_words_why_two_articles_are_together() -> None:
    days = {"2025-08-17": items("2025-08-17", [*FLOOD, *OTHERS])}
    known = stories.place(days)
    one, other = (f"2025-08-17/{title}" for title, _ in FLOOD[:2])
    why = stories.explain(days, known, one, other)
    assert why is not None
    assert why.together
    assert why.likeness > why.threshold
    told = stories.told(why, {**words.spelled(*_whole(FLOOD[0])), **words.spelled(*_whole(FLOOD[1]))})
    assert told[0] == "They are one story."
    assert "Passau" in " ".join(told)


def test_it_says_why_two_articles_are_not_together() -> None:
    days = {"2025-08-17": items("2025-08-17", [*FLOOD, *OTHERS])}
    known = stories.place(days)
    why = stories.explain(days, known, f"2025-08-17/{FLOOD[0][0]}", f"2025-08-17/{OTHERS[0][0]}")
    assert why is not None
    assert not why.together
    assert why.likeness < why.threshold
    assert stories.told(why, {})[0] == "They are not one story."
    assert stories.explain(days, known, "nowhere", "nobody") is None


def _whole(text: tuple[str, str]) -> tuple[str, str, str]:
    return text[0], "", text[1]

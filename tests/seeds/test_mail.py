"""E-mail as seeds: newsletters, boxes of them, and what mail systems do to text on its way."""

import base64
import quopri
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from told import cases, check

from digest import seeds
from digest.seeds import Reading, SeedArticle, mail

HEAD = "From: Elm Times <post@elm.example>\nDate: Tue, 04 Mar 2025 10:00:00 -0500\nSubject: Rain again\nMIME-Version: 1.0\n"


def parse(message: str | bytes, path: str = "seeds/x.eml", reading: Reading = seeds.READING) -> SeedArticle:
    articles, problems = seeds.parse(message.encode() if isinstance(message, str) else message, path, reading)
    assert problems == []
    return articles[0]


@pytest.mark.parametrize("case", cases("seeds-mail"), ids=lambda case: case.stem)
def test_a_case(case: Path) -> None:
    check(case)


@pytest.mark.parametrize(
    ("data", "path", "is_mail"),
    [
        (HEAD.encode() + b"\nText", "seeds/x", True),
        (HEAD.replace("\n", "\r\n").encode() + b"\r\nText", "seeds/x.txt", True),
        (b"From ann@elm.example Tue Mar  4 10:00:00 2025\nX: y\n\nText", "seeds/x", True),
        (b"anything", "seeds/x.eml", True),
        (b"Title: A seed with a header\nDate: 2025-08-17\nFrom: Ann Lee\n\nText", "seeds/x.txt", False),
        (b"From here on, it rained.\n\nText", "seeds/x.txt", False),
        (b"---\nfrom: x\nmime-version: 1\n---\nText", "seeds/x.md", False),
        (b" date 2025-08-17 From: a headline\n\nText", "seeds/x.txt", False),
    ],
)
def test_a_message_is_known_by_its_header_or_by_its_name(data: bytes, path: str, is_mail: bool) -> None:
    assert mail.recognises(data, path) is is_mail


TEXT = "Über den Fluss führt ab heute eine größere Brücke, sagte der Bürgermeister."


@pytest.mark.parametrize("charset", ["utf-8", "iso-8859-1", "windows-1252", "utf-16", "US-ASCII"])
@pytest.mark.parametrize("way", ["8bit", "quoted-printable", "base64"])
def test_text_arrives_as_it_was_written(charset: str, way: str) -> None:
    data = TEXT.encode("utf-8" if charset == "US-ASCII" else charset)
    if charset == "utf-16" and way == "8bit":
        way, body = "base64", base64.encodebytes(data)
    else:
        body = {"8bit": bytes, "quoted-printable": quopri.encodestring, "base64": base64.encodebytes}[way](data)
    head = f'{HEAD}Content-Type: text/plain; charset="{charset}"\nContent-Transfer-Encoding: {way}\n\n'
    assert [block.text for block in parse(head.encode() + body).blocks] == [TEXT]


@pytest.mark.parametrize(
    ("subject", "title"),
    [
        ("=?utf-8?q?Gr=C3=B6=C3=9Fere_Br=C3=BCcke?=", "Größere Brücke"),
        ("=?utf-8?B?R3LDtsOf?= =?utf-8?B?ZXJl?=", "Größere"),
        ("=?utf-8?B?R3LD?= =?utf-8?B?tsOf?=", "Größ"),
        ("=?iso-8859-1?q?Br=FCcke?= steht", "Brücke steht"),
        ("=?utf-8?q?A=5F1?=", "A_1"),
        ("Größere Brücke", "Größere Brücke"),
        ("Folded\n over a line", "Folded over a line"),
        ("=?utf-8?q?broken", "=?utf-8?q?broken"),
        ("=?bogus?q?Rain?=", "Rain"),
    ],
)
def test_a_subject_is_read_however_it_is_encoded(subject: str, title: str) -> None:
    assert parse(HEAD.replace("Rain again", subject) + "\nText.").title == title


def test_a_subject_in_bytes_of_another_encoding_is_read() -> None:
    assert parse((HEAD.replace("Rain again", "Größere Brücke") + "\nText.").encode("latin-1")).title == "Größere Brücke"


def test_the_richer_of_two_versions_is_taken_unless_it_shows_nothing() -> None:
    def message(html: str) -> str:
        parts = f"--b\nContent-Type: text/plain\n\nPlain.\n--b\nContent-Type: text/html\n\n{html}\n--b--\n"
        return f"{HEAD}Content-Type: multipart/alternative; boundary=b\n\n{parts}"

    assert parse(message("<p>Rich.</p>")).blocks[0].text == "Rich."
    assert parse(message("<p> </p><img src=x>")).blocks[0].text == "Plain."


def test_a_signature_is_text_where_its_rule_is_off() -> None:
    message = f"{HEAD}\nText.\n\n-- \nAnn Lee\n"
    assert [block.mark for block in parse(message).blocks] == ["", "furniture: signature"]
    assert [block.mark for block in parse(message, reading=Reading(off=frozenset({"signature"}))).blocks] == ["", ""]


def nested(depth: int) -> bytes:
    parts = "".join(f"Content-Type: multipart/mixed; boundary=b{level}\n\n--b{level}\n" for level in range(depth))
    return f"{HEAD}{parts}Content-Type: text/plain\n\nDeep.".encode()


def test_nesting_is_bounded() -> None:
    assert parse(nested(50)).blocks[0].text == "Deep."
    articles, (problem,) = seeds.parse(nested(5000), "seeds/x.eml")
    assert articles == []
    assert "parts" in problem.message
    assert problem.hint


def test_of_thousands_of_parts_the_first_are_read_and_the_rest_is_told() -> None:
    parts = "".join(f"--b\nContent-Type: text/plain\n\nPart {number}.\n" for number in range(3000))
    (article,), (problem,) = seeds.parse(
        f"{HEAD}Content-Type: multipart/mixed; boundary=b\n\n{parts}--b--".encode(), "seeds/x.eml"
    )
    assert len(article.blocks) == mail.MAX_PARTS
    assert problem.severity == "warning"
    assert "parts" in problem.message


PIECES = st.sampled_from(
    [
        *(
            "From: ",
            "Subject: =?utf-8?q?",
            "?=",
            "Date: ",
            "Content-Type: ",
            "multipart/mixed; boundary=b",
            "text/html",
            "; charset=",
            "\n",
            "\n\n",
        ),
        *(
            "--b\n",
            "--b--\n",
            "Content-Transfer-Encoding: ",
            "base64",
            "x-uuencode",
            "quoted-printable",
            "message/rfc822",
            "begin 644 x\n",
            "=E4=",
        ),
        *(
            "; filename*=x'y'%E4",
            "; format=flowed; delsp=yes",
            "> > a \n",
            "-- \n",
            "From a@b Tue Mar  4 10:00:00 2025\n",
            "\0",
            "\r",
            "utf-7",
            "=?",
        ),
        *(
            "Content-Disposition: attachment",
            "text/plain",
            "multipart/alternative; boundary=",
            'boundary="',
            "<a@b",
            "\u202e",
            "Snapshot-Content-Location: x\n",
        ),
    ]
)


@settings(max_examples=200, deadline=None)
@given(
    st.lists(PIECES | st.text(max_size=8), max_size=25).map("".join),
    st.sampled_from(["seeds/x.eml", "seeds/2025-08-17.mbox"]),
)
def test_no_message_is_an_accident(text: str, path: str) -> None:
    data = text.encode("utf-8", "surrogatepass")
    assert seeds.parse(data, path) == seeds.parse(data, path)
    assert all(problem.hint for problem in seeds.parse(HEAD.encode() + data, path)[1])
